"""What is known of an article comes with what shows it; what nothing shows stays unknown."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from index.dates import day
from index.metadata import find
from index.readers import read
from index.types import Document, Evidence, Origin, Span

if TYPE_CHECKING:
    from pathlib import Path

BODY = "Harbour pilots refused to board ships on Monday, saying the new rota leaves them no time for sleep."


def found(text: str, **fields: str) -> dict[str, Evidence]:
    return find(Document(path="/a.txt", key="", text=text, fields=fields))


def test_a_given_field_wins_over_the_words_and_is_only_stripped() -> None:
    known = found(f"By Ana Lima\n{BODY}", outlet=" The  Tern ", authors="Bo Ray", title="Pilots stay ashore")
    assert known["outlet"] == Evidence("The  Tern", 0.95, Origin.FIELD, "outlet")
    assert known["authors"].value == "Bo Ray"
    assert known["title"].span is None


def test_a_given_title_that_opens_the_text_has_its_span() -> None:
    known = found(f"PILOTS STAY ASHORE\n{BODY}", title="Pilots stay ashore")
    assert known["title"] == Evidence("Pilots stay ashore", 0.95, Origin.FIELD, "title", Span(0, 18))


def test_the_first_line_is_a_headline_unless_it_reads_like_something_else() -> None:
    assert found(f"Pilots stay ashore in Kestrel Bay\n{BODY}")["title"].span == Span(0, 33)
    assert found(f"# Pilots stay ashore\n\n{BODY}")["title"].value == "Pilots stay ashore"
    for first in (BODY, "Ana Lima and Bo Ray", "By Ana Lima", "Aug. 1, 2018, 2:15 p.m. ET", "6 years ago"):
        assert "title" not in found(f"{first}\n{BODY}"), first
    assert "title" not in found("Pilots stay ashore in Kestrel Bay")


@pytest.mark.parametrize(
    ("text", "outlet"),
    [
        (
            f"{BODY}\nDisclaimer: No Kestrel Herald Journalist was involved in creation of this content",
            "Kestrel Herald",
        ),
        (f"{BODY}\nCopyright © 2019 The Kestrel Times, LLC. All rights reserved.", "The Kestrel Times"),
        (f"LISBON (Reuters) - {BODY}", "Reuters"),
        (f"WASHINGTON, July 28 (AP) — {BODY}", "Associated Press"),
        (f"New York CNN Business —\n\n{BODY}", "CNN"),
    ],
)
def test_the_words_of_a_disclaimer_a_copyright_or_a_dateline_show_the_outlet(text: str, outlet: str) -> None:
    evidence = found(text)["outlet"]
    assert evidence.value == outlet
    assert evidence.origin is Origin.TEXT
    assert evidence.span is not None
    assert evidence.span.of(text) in (outlet, "AP")


def test_an_outlet_that_is_only_cited_is_not_the_article_s_own() -> None:
    assert "outlet" not in found(
        f"The talks ended, CNN reported citing officials.\n{BODY} Reuters could not confirm it."
    )
    assert "outlet" not in found(f"{BODY}\nCopyright 2018 The Associated Press. All rights reserved.")


def test_an_address_shows_outlet_day_and_section_when_nothing_better_does() -> None:
    known = found(BODY, url="https://www.tern.example/world/2019/oct/05/pilots-ashore")
    assert (known["outlet"].value, known["outlet"].confidence) == ("tern.example", 0.3)
    assert known["published"].value == "2019-10-05"
    assert known["section"].value == "world"
    assert found(BODY, url="https://tern.example/x", outlet="Tern")["outlet"].value == "Tern"
    assert "outlet" not in found(BODY, url="no address")


def test_a_byline_shows_the_authors() -> None:
    assert (
        found(f"Pilots stay ashore\nBy Ana Lima, Bo Ray and Cy Orr\n{BODY}")["authors"].value
        == "Ana Lima; Bo Ray; Cy Orr"
    )
    assert found(f"{BODY}\n(Reporting by Ana Lima; Editing by Bo Ray)")["authors"].value == "Ana Lima"
    assert "authors" not in found(f"{BODY}\nHe was hurt by Ana Lima and a falling rope.")


def test_a_date_counts_only_where_it_is_said_to_be_the_article_s() -> None:
    text = f"Pilots stay ashore\nPublished 5 October 2019\n{BODY}"
    evidence = found(text)["published"]
    assert evidence.value == "2019-10-05"
    assert evidence.span is not None
    assert evidence.span.of(text) == "5 October 2019"
    assert found(f"Tern | Updated: 2017-09-15 17:52\n{BODY}")["published"].value == "2017-09-15"
    assert "published" not in found(f"FILE - In this Sept. 30, 2016, photo a posted notice is seen.\n{BODY}")
    assert "published" not in found(f"{BODY}", published="October 2019")


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2019-10-05", "2019-10-05"),
        ("2019-10-05T23:10:00+09:00", "2019-10-05"),
        ("Sat, 05 Oct 2019 23:10:00 GMT", "2019-10-05"),
        ("October 5, 2019 at 4:30 pm", "2019-10-05"),
        ("25/12/2018", "2018-12-25"),
        ("20191005", "2019-10-05"),
        ("1570233600", "2019-10-05"),
        ("1570233600000", "2019-10-05"),
        ("05/10/2019", None),
        ("October 2019", None),
        ("2019", None),
        ("2019-02-30", None),
        ("Saturday", None),
        ("yesterday", None),
        ("9999-01-01", None),
        ("", None),
    ],
)
def test_a_day_is_read_only_where_it_is_beyond_doubt(written: str, expected: str | None) -> None:
    assert day(written) == expected


@pytest.mark.shared
def test_the_seeds_show_one_title_and_one_outlet_and_no_more(shared: Path) -> None:
    first, second = (find(next(read(path))) for path in sorted((shared / "seeds").iterdir()))  # type: ignore[arg-type]
    assert set(first) == {"title", "language"}
    assert first["title"].span == Span(0, 49)
    assert set(second) == {"outlet", "language"}
    assert second["outlet"].value == "Business Standard"
