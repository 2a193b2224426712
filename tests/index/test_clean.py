"""Boilerplate is marked, body text is not, and the marks are in order."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.clean import REPEATS, lines, mark
from index.types import Reason

BODY = (
    "Harbour pilots in Kestrel Bay refused to board ships on Monday, saying the new rota leaves them no sleep.",
    "“We will not sail tired,” said Ines Okafor, who leads the pilots’ union.",
    "The port authority denied that anybody had been asked to work longer, and called the stoppage unlawful.",
)


def words(text: str, reason: Reason | None = None) -> list[str]:
    return [text[m.start : m.end] for m in mark(text) if reason in (None, m.reason)]


@pytest.mark.shared
def test_every_character_of_the_seed_articles_is_labelled_as_by_hand(shared: Path) -> None:
    gold = json.loads(Path(__file__).with_name("gold_seed_marks.json").read_text("utf-8"))
    for name, spans in gold.items():
        text = (shared / "seeds" / name).read_bytes().decode("utf-8")
        assert [[m.start, m.end, m.reason.value] for m in mark(text)] == spans


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("Advertisement", Reason.ADVERTISEMENT),
        ("Story continues below", Reason.ADVERTISEMENT),
        ("Image copyright Getty Images", Reason.CAPTION),
        ("Enlarge this image toggle caption Ana Lima/AP", Reason.CAPTION),
        ("FILE PHOTO: A pilot boat leaves the harbour. REUTERS/Ana Lima", Reason.CAPTION),
        ("SEE ALSO: Pilots walk out for a second day", Reason.RELATED),
        ("[Read what the pilots wrote to the harbour master]", Reason.RELATED),
        ("Sign up for our daily newsletter", Reason.SUBSCRIPTION),
        ("Already subscribed? Log in", Reason.SUBSCRIPTION),
        ("Hello {{first_name}}, welcome back", Reason.TEMPLATE),
        ("Share this article: Facebook Twitter WhatsApp Email", Reason.SHARING),
        ("Follow @kestreldaily", Reason.SHARING),
        ("We use cookies and similar methods to recognise visitors.", Reason.COOKIES),
        ("Copyright © 2019 The Kestrel Daily, LLC. Click here for reprint permission.", Reason.CREDIT),
        ("Ana Lima in Lisbon contributed to this report.", Reason.CREDIT),
        ("View all 14 comments", Reason.COMMENTS),
        ("6 years ago", Reason.NAVIGATION),
    ],
)
def test_a_line_of_standing_text_is_marked_with_its_reason_between_paragraphs(line: str, reason: Reason) -> None:
    text = f"{BODY[0]}\n\n{line}\n\n{BODY[1]}"
    assert words(text, reason) == [line]
    assert len(mark(text)) == 1


@pytest.mark.parametrize(
    "sentence",
    [
        "The minister declined to comment.",
        "More than 40 people signed up for the march, and the police asked them to share cars.",
        "“Subscribe to that idea and you will lose your job,” Okafor told the pilots’ newsletter.",
        "The photo shows a pilot asleep at the wheel of his launch.",
        "“Be the first to comment,” the editor urged her readers, “and you win a cup.”",
        "He said the cookies that the site uses had sent his address to advertisers in three countries.",
        "The union contributed to the report that parliament ordered after the sinking.",
        "Related claims were thrown out by a court in 2017.",
        "The harbour master said the strike had contributed.",
        "Twitter banned the account; Facebook did not.",
        "Watch the tide, the old pilots say.",
    ],
)
def test_a_sentence_that_only_speaks_of_such_things_stays(sentence: str) -> None:
    assert mark(f"{BODY[0]}\n\n{sentence}\n\n{BODY[1]}") == ()


def test_all_that_follows_a_comment_form_is_marked_up_to_the_last_character() -> None:
    tail = "Leave a Reply\n\nName *\n\nWebsite\n\nNotify me of new posts\n\n*"
    text = "\n\n".join((*BODY, tail))
    assert words(text) == [tail]


def test_prose_behind_a_heading_of_the_end_zone_keeps_what_follows_it() -> None:
    text = "\n\n".join((BODY[0], "Related stories", BODY[1], BODY[2]))
    assert words(text) == ["Related stories"]


def test_an_end_of_a_page_needs_something_before_it() -> None:
    short = [f"Pilot {number} stays ashore" for number in ("one", "two", "three", "four", "five")]
    assert words("\n".join(("Kestrel Daily", "Leave a Reply", *short))) == ["Leave a Reply"]
    assert words("\n".join((*short, "Leave a Reply", "Name"))) == ["Leave a Reply\nName"]


def test_a_line_an_outlet_repeats_is_marked_at_the_ends_and_where_it_calls_to_action() -> None:
    standing = frozenset(
        {"The Kestrel Daily", "Reach the newsroom at 555 0100 or click through", "Harbour news", BODY[2]}
    )
    text = "\n".join(
        (
            "The Kestrel Daily",
            BODY[0],
            "Harbour news",
            "Reach the newsroom at 555 0100 or click through",
            *BODY[1:],
        )
    )
    marked = [text[m.start : m.end] for m in mark(text, repeated=standing)]
    assert marked == ["The Kestrel Daily", "Reach the newsroom at 555 0100 or click through"]


def test_menus_and_footers_of_a_whole_page_are_marked_and_its_headline_and_prose_are_not() -> None:
    head = ("Home", "World", "Sport", "Sign in", "Kestrel weather", "Tide tables", "Newsletters")
    foot = ("Most popular", "Bakers of the bay bake on", "About us", "Privacy policy", "Kestrel Daily, Harbour Row 3")
    story = ("Pilots stay ashore in Kestrel Bay", *BODY * 4)
    text = "\n".join((*head, *story, *foot))
    marked = "\n".join(words(text))
    assert set(marked.split("\n")) == {*head, *foot}
    short = "\n".join((*head, *BODY, *foot))
    assert not any(line in "\n".join(words(short)).split("\n") for line in (*BODY, "Tide tables"))


def test_candidate_lines_come_once_with_their_blanks_folded() -> None:
    assert list(lines("Kestrel  Daily\n\n Kestrel Daily \nA\n\nTides")) == ["Kestrel Daily", "Tides"]
    assert REPEATS == 5


def test_a_text_of_nothing_but_standing_lines_is_left_alone() -> None:
    assert mark("Advertisement\nShare this\n") == ()
    assert mark("") == ()


PIECES = st.lists(
    st.one_of(
        st.text(max_size=40),
        st.sampled_from(
            [*BODY, "Advertisement", "Leave a Reply", "Follow @x", "\r\n", "{{x}}", "\u2028", "Comments (3)"]
        ),
    )
)


@given(PIECES, st.sampled_from(["\n", "\n\n", "\r\n", " "]))
def test_marks_are_sorted_apart_within_the_text_and_begin_and_end_with_a_character(
    pieces: list[str], glue: str
) -> None:
    text = glue.join(pieces)
    found = mark(text, repeated=frozenset(pieces[:2]))
    assert list(found) == sorted(found)
    for before, after in pairwise(found):
        assert before.end <= after.start
    for one in found:
        assert 0 <= one.start < one.end <= len(text)
        assert text[one.start : one.end] == text[one.start : one.end].strip()
