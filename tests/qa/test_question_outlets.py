"""Outlets in a question: how they are called, and whether their account is asked for."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from qa.questions.coverage import source
from qa.questions.outlets import outlet_names

if TYPE_CHECKING:
    from pathlib import Path

OUTLETS = (
    "BBC News", "BBC News - Business", "CNN (Web News)", "New York Times - Opinion", "www.nytimes.com", "www.wsj.com",
    "edition.cnn.com", "Fox Online News", "The Hill", "Time Magazine", "abcnews.go.com", "timesofindia.indiatimes.com",
    "Associated Press", "The Valley Echo", "TheBlaze.com", "usa.chinadaily.com.cn", "Ben Shapiro", "Whitehouse.gov",
    "Heritage Foundation", "Al Jazeera",
)  # fmt: skip


@pytest.mark.parametrize(
    ("called", "outlets"),
    [
        ("the BBC", {"BBC News", "BBC News - Business"}),
        ("BBC News - Business", {"BBC News - Business"}),
        ("bbc.com", {"BBC News", "BBC News - Business"}),
        ("CNN", {"CNN (Web News)", "edition.cnn.com"}),
        ("The New York Times", {"New York Times - Opinion", "www.nytimes.com"}),
        ("the NYT", {"New York Times - Opinion", "www.nytimes.com"}),
        ("the Wall Street Journal", {"www.wsj.com"}),
        ("Fox News", {"Fox Online News"}),
        ("ABC News", {"abcnews.go.com"}),
        ("the Times of India", {"timesofindia.indiatimes.com"}),
        ("the AP", {"Associated Press"}),
        ("the Echo", {"The Valley Echo"}),
        ("valley echo", {"The Valley Echo"}),
        ("The Blaze", {"TheBlaze.com"}),
        ("China Daily", {"usa.chinadaily.com.cn"}),
        ("al jazeera", {"Al Jazeera"}),
    ],
)
def test_an_outlet_is_known_by_what_people_call_it(called: str, outlets: set[str]) -> None:
    (mention,) = outlet_names(OUTLETS).find(f"it is so, {called}, is it")
    assert set(mention.outlets) == outlets


@pytest.mark.parametrize(
    "text",
    [
        "over the hill",
        "in the USA",
        "Echo Park",
        "the echo of it",
        "Fox Corporation",
        "an American Associated Press Club",
    ],
)
def test_words_and_longer_names_are_no_outlet(text: str) -> None:
    assert outlet_names(OUTLETS).find(text) == ()


@pytest.mark.parametrize(
    ("question", "rest"),
    [
        ("According to the BBC, who won?", "who won?"),
        ("Who won, according to a CNN report?", "Who won?"),
        ("Who won in CNN's coverage?", "Who won in the coverage?"),
        ("What did the AP report about the vote?", "What is reported about the vote?"),
        ("What does Al Jazeera say happened in Gaza?", "What happened in Gaza?"),
        ("Who did the BBC say was to blame?", "Who was to blame?"),
        ("When did the BBC report the talks resume?", "When is it reported the talks resume?"),
        ("Did the BBC report that he left?", "Is it reported that he left?"),
        ("Did the BBC mention the fire?", "Is there a report of the fire?"),
        ("How was the vote covered by the BBC?", "How was the vote covered?"),
        ("What do outlets other than CNN say?", "What do outlets say?"),
        ("Who won, as reported by 'The Hill'?", "Who won?"),
    ],
)
def test_an_outlet_named_as_a_source_is_taken_out_of_the_question(question: str, rest: str) -> None:
    found = source(question, OUTLETS, follows=False)
    assert found is not None
    assert " ".join(found.rest.split()).replace(" ?", "?") == rest
    assert found.words in question


@pytest.mark.parametrize(
    "question",
    [
        "Why did Fox News fire Bill O'Reilly?",
        "Who sued CNN?",
        "Who blamed the BBC for the leak?",
        "What did BBC reporters do in Gaza?",
        "What did the BBC say about its own presenter?",
        "Did the BBC apologise for the story?",
        "Who bought shares in Time Magazine?",
        "What did the minister tell the BBC?",
        "Who works for the Associated Press?",
        "What happened after CNN reported the leak?",
        "What did Ben Shapiro say about the vote?",
        "What did the White House say about the vote?",
        "What did the Heritage Foundation claim about the law?",
    ],
)
def test_an_outlet_that_is_in_the_news_itself_is_no_filter(question: str) -> None:
    assert source(question, OUTLETS, follows=False) is None


def test_outlets_in_different_places_are_all_found_and_the_words_stay() -> None:
    question = "Does the CNN report blame the mayor, while Al Jazeera suggests that the wind did it?"
    found = source(question, OUTLETS, follows=False)
    assert found is not None
    assert set(found.outlets) == {"CNN (Web News)", "edition.cnn.com", "Al Jazeera"}
    assert found.rest == question


def test_an_outlet_alone_asks_for_its_account_only_after_another_question() -> None:
    for text in ("And the BBC?", "in CNN only?", "What about Al Jazeera?"):
        assert source(text, OUTLETS, follows=True) is not None
    assert source("What about Al Jazeera?", OUTLETS, follows=False) is None
    unlike = source("not Al Jazeera", OUTLETS, follows=True)
    assert unlike is not None
    assert set(unlike.outlets) == set(OUTLETS) - {"Al Jazeera"}


@pytest.mark.shared
@pytest.mark.parametrize(("half", "precision", "recall"), [(0, 0.97, 0.85), (1, 0.97, 0.85)])
def test_outlets_of_real_questions_are_found(shared: Path, half: int, precision: float, recall: float) -> None:
    """MultiHop-RAG; an outlet counts as named where the question spells the outlet of its evidence."""
    lines = (shared / "multihop" / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    outlets = tuple(sorted({e["outlet"] for row in rows for e in row["evidence"]}))
    right = extra = missed = 0
    for row in (row for row in rows[half::2] if row["evidence"]):
        gold = {_family(e["outlet"]) for e in row["evidence"]}
        named = {outlet for outlet in gold if _letters(outlet) in _letters(row["question"])}
        found = source(row["question"], outlets, follows=False)
        read = {_family(outlet) for outlet in found.outlets} if found else set()
        right, extra, missed = right + len(read & named), extra + len(read - gold), missed + len(named - read)
    assert right / (right + extra) >= precision
    assert right / (right + missed) >= recall


def _family(outlet: str) -> str:
    return re.split(r" [-|] ", outlet)[0].replace("FOX", "Fox")


def _letters(text: str) -> str:
    return re.sub(r"\W", "", text.lower().removeprefix("the "))
