"""Saying that the archive does not say."""

from __future__ import annotations

from dataclasses import replace

import pytest

from index.types import Kind
from qa.abstain import AHEAD, AROUND, LEAST, NEAREST, ONE_EVENT, PASSAGE, TOLD, abstained, abstention
from qa.said import FITS, HARDLY
from qa.types import Searched
from qa.weigh import Evidence, Question
from tests.qa.evidence import bridge

OUTLETS = ("Fjord Gazette", "Harbour Post")


def read(text: str) -> Question:
    return Question.read(text, lambda _: 1.0)


def evidence(*, support: float, named: float = 1.0, told: float = 0.0) -> list[Evidence]:
    """Four sentences of one event, each with this support; what that does not give, the words around it do."""
    made = Evidence(
        bridge()[0],
        score=0.0,
        similarity=0.0,
        passage=0.0,
        own=0.0,
        around=(support - ONE_EVENT) / AROUND,
        named=named,
        told={Kind.BLAME: told},
        said=(),
    )
    return [replace(made, numbered=item) for item in bridge()]


def test_the_support_of_the_best_decides() -> None:
    question = read("How many people cross the strait?")
    assert abstention(question, evidence(support=LEAST + 0.001), 2, OUTLETS) is None
    assert abstention(question, evidence(support=LEAST - 0.01), 2, OUTLETS) is not None
    one_good = [*evidence(support=0.0)[:3], *evidence(support=LEAST + 0.001)[3:]]
    assert abstention(question, one_good, 2, OUTLETS) is None


def test_telling_the_act_asked_about_adds_to_support() -> None:
    question = read("Who blamed whom?")
    assert abstention(question, evidence(support=LEAST - TOLD + 0.001, told=FITS), 2, OUTLETS) is None
    assert abstention(question, evidence(support=LEAST - TOLD, told=HARDLY), 2, OUTLETS) is not None


def test_the_meaning_of_the_passage_counts_beside_the_words() -> None:
    question = read("How many people cross the strait?")
    ranked = [replace(e, passage=0.01 / PASSAGE) for e in evidence(support=LEAST - 0.001)]
    assert abstention(question, ranked, 2, OUTLETS) is None


def test_evidence_that_stands_out_supports_more() -> None:
    question = read("How many people cross the strait?")
    best, *others = evidence(support=LEAST - AHEAD)
    assert abstention(question, [best, *others], 2, OUTLETS) is not None
    assert abstention(question, [replace(best, score=1.001), *others], 2, OUTLETS) is None


def test_evidence_of_several_events_supports_less_the_nearer_it_comes_to_the_best() -> None:
    question = read("How many people cross the strait?")
    best, *others = evidence(support=LEAST + ONE_EVENT / 3)
    alike = [best, *(replace(e, event=0.0) for e in others)]
    behind = [best, *(replace(e, event=0.0, score=-2.0) for e in others)]
    assert abstention(question, [best, *others], 2, OUTLETS) is None
    assert abstention(question, alike, 2, OUTLETS) is not None
    assert abstention(question, behind, 2, OUTLETS) is None


def test_a_question_that_names_what_nothing_names_is_not_answered() -> None:
    found = abstention(read("Did Petra Lind cross the strait?"), evidence(support=99.0, named=0.0), 2, OUTLETS)
    assert found is not None
    assert "names" in found.reason


def test_an_abstention_says_why_what_was_searched_and_the_nearest() -> None:
    ranked = evidence(support=0.0)
    found = abstention(read("Anything?"), ranked, 7, OUTLETS)
    assert found is not None
    assert found.reason.startswith("The archive does not say.")
    assert found.searched == Searched(articles=7, outlets=OUTLETS)
    assert [c.quote for c in found.nearest] == [e.numbered.sentence.text for e in ranked[:NEAREST]]
    assert [c.marker for c in found.nearest] == [1, 2, 3]


def test_nothing_found_is_an_abstention_with_nothing_near() -> None:
    found = abstention(read("Anything?"), [], 0, ())
    assert found == abstained("Nothing was found for these words.", [], 0, ())
    assert found.nearest == ()


@pytest.mark.parametrize("support", [0.0, 100.0])
def test_without_names_only_support_counts(support: float) -> None:
    found = abstention(read("how many people crossed?"), evidence(support=support, named=0.0), 1, ())
    assert (found is None) == (support > LEAST)
