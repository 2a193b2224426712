"""What happened when, over invented articles: the days found, what is told together, and who had it first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.segment import segment
from index.statements.syntax import Parser
from index.types import Article, Sentence
from qa.stories.timeline import timeline
from tests.fakes import HashEmbedder

if TYPE_CHECKING:
    from qa.stories.types import Timeline

pytestmark = pytest.mark.model

PARSER = Parser()
Told = tuple[Article, tuple[Sentence, ...]]


def article(outlet: str, text: str, published: str | None = "2026-03-04", number: int = 1) -> Told:
    made = Article(f"{outlet}-{number}", f"{outlet}.txt", "", text, f"{outlet} {number}", outlet, published)
    return made, segment(made.id, text, ())


def read(*articles: Told, voices: dict[str, str] | None = None) -> Timeline:
    own = {one.id: one.outlet or one.id for one, _ in articles}
    return timeline(articles, own | (voices or {}), PARSER, HashEmbedder().documents)


def days(*texts: str) -> list[tuple[str, bool]]:
    found = read(*(article(f"outlet {number}", text) for number, text in enumerate(texts)))
    return [(entry.day, entry.announced) for entry in found.entries]


@pytest.mark.parametrize(
    "text",
    [
        "The ferry hit the pier on Monday.",
        "Police said the ferry hit the pier on Monday.",
        "On Monday, the ferry hit the pier.",
        "The ferry hit the pier in the early hours of Monday.",
        "The ferry hit the pier late Monday.",
        "The ferry hit the pier on Monday evening and sank.",
        "The harbour was closed on Monday.",
        "The council has met on Monday.",
    ],
)
def test_what_is_told_of_a_past_day_is_found(text: str) -> None:
    assert days(text) == [("2026-03-02", False)]


@pytest.mark.parametrize(
    "text",
    [
        "The council will meet on Friday.",
        "The council is expected to meet on Friday.",
        "The mayor said the council will meet on Friday.",
        "The council plans to meet on Friday.",
    ],
)
def test_what_is_to_come_is_announced(text: str) -> None:
    assert days(text) == [("2026-03-06", True)]


@pytest.mark.parametrize(
    "text",
    [
        "The ferry did not sail between Monday and Tuesday.",
        "The harbour has been closed since Monday.",
        "The man, who was freed on Monday, thanked the crew.",
        "Monday's storm damaged the pier.",
        "The mayor said: “We met on Monday and agreed.”",
        "The ferry could sail on Friday.",
        "The mayor denied that the council met on Monday.",
        "If the storm ended on Monday, the ferry sailed.",
        "The ferry sailed every Monday.",
        "The bands played on Black Friday.",
        "The council was due to meet on Friday.",
        "This article was amended on Monday to correct a name.",
        "Updated on Monday.",
        "Today, ferries carry more people than trains.",
    ],
)
def test_what_cannot_be_anchored_is_left_out(text: str) -> None:
    assert days(text) == []


def test_a_sentence_of_two_days_stands_under_both() -> None:
    found = read(article("Courier", "The mayor said on Tuesday that the ferry hit the pier on Monday."))
    assert [(entry.day, entry.when, entry.citations) for entry in found.entries] == [
        ("2026-03-02", ("Monday",), (1,)),
        ("2026-03-03", ("Tuesday",), (1,)),
    ]


def test_outlets_that_tell_the_same_are_one_entry_and_copies_one_account() -> None:
    same = "The ferry hit the harbour wall of Skerry on Monday, injuring 12 passengers."
    found = read(
        article("Courier", same),
        article("Gazette", same),
        article("Northline", "On Monday the ferry hit the harbour wall of Skerry, injuring 12 passengers."),
        article("Dispatch", "The weather office warned of snow on Monday."),
        voices={"Courier-1": "Meridian Wire", "Gazette-1": "Meridian Wire"},
    )
    assert [(entry.outlets, entry.independent, len(entry.citations)) for entry in found.entries] == [
        (("Courier", "Gazette", "Northline"), 2, 3),
        (("Dispatch",), 1, 1),
    ]


def test_each_outlets_earliest_article_is_when_it_first_had_the_story() -> None:
    found = read(
        article("Gazette", "The ferry sank.", "2026-03-04"),
        article("Courier", "The ferry sank.", "2026-03-05", 1),
        article("Courier", "The ferry sinks.", "2026-03-03", 2),
        article("Courier", "The ferry lies low.", "2026-03-03", 3),
        article("Dispatch", "The ferry sank.", None),
    )
    assert [(one.outlet, one.published, one.article_id, one.same_day) for one in found.first] == [
        ("Courier", "2026-03-03", "Courier-2", 1),
        ("Gazette", "2026-03-04", "Gazette-1", 0),
        ("Dispatch", None, "Dispatch-1", 0),
    ]


def test_an_article_that_was_dated_anew_does_not_tell_what_its_weekdays_mean() -> None:
    found = read(
        article("Courier", "The ferry sank on Monday."),
        article("Gazette", "The ferry sank on Monday."),
        article("Dispatch", "The ferry sank on Monday.", "2026-09-02"),
    )
    assert [(entry.day, entry.outlets) for entry in found.entries] == [("2026-03-02", ("Courier", "Gazette"))]


@settings(max_examples=15)
@given(
    st.lists(
        st.sampled_from(["The ferry sank on Monday.", "Rain fell on Tuesday.", "Nobody was there.", "We met."]),
        max_size=5,
    )
)
def test_every_citation_is_the_articles_own_words(texts: list[str]) -> None:
    told = [article(f"outlet {number}", f"{text} {text}") for number, text in enumerate(texts)]
    found = read(*told)
    by_id = {one.id: one for one, _ in told}
    assert {m for entry in found.entries for m in entry.citations} == {c.marker for c in found.citations}
    for citation in found.citations:
        assert by_id[citation.article_id].text[citation.start : citation.end] == citation.quote
