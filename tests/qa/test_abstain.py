"""Saying that the archive does not say."""

from __future__ import annotations

from dataclasses import replace

import pytest

from index.lexical import stems
from index.types import Hit, Kind, Passage
from qa.abstain import (
    ANSWERS,
    COVERED,
    FOUND,
    FOUND_AHEAD,
    IN_ARTICLE,
    LACKING,
    LEAST,
    NAMED,
    NEAREST,
    OPEN,
    TOLD,
    abstained,
    abstention,
)
from qa.said import FITS, HARDLY
from qa.types import Searched
from qa.weigh import Evidence, Question
from tests.qa.evidence import bridge

OUTLETS = ("Fjord Gazette", "Harbour Post")


def read(text: str) -> Question:
    return Question.read(text, lambda _: 1.0)


def given(question: Question, named: float = 1.0) -> float:
    """What the names give, and the question's words in the article."""
    article = bridge()[0].article
    return NAMED * named + IN_ARTICLE * question.coverage(set(stems(f"{article.title or ''} {article.text}")))


def evidence(
    question: Question, *, support: float, named: float = 1.0, told: float = 0.0, around: float = 1.0
) -> list[Evidence]:
    """Four sentences, each with this support; what names and article do not give, how surely it answers does."""
    made = Evidence(
        bridge()[0],
        score=0.0,
        similarity=0.0,
        passage=0.0,
        own=0.0,
        around=around,
        named=named,
        told={Kind.BLAME: told},
        said=(),
        answers=(support - given(question, named)) / ANSWERS,
    )
    return [replace(made, numbered=item) for item in bridge()]


def hits(*scores: float) -> list[Hit]:
    """Passages with these scores."""
    text = bridge()[0].article.text
    passage = Passage(1, bridge()[0].article.id, 0, len(text), 0, 1, text)
    return [Hit(passage, bridge()[0].article, score, 0.0, ("dense",), ()) for score in scores]


NOTHING = hits(0.0)
"""A passage that adds nothing to what the sentences have."""


def test_the_support_of_the_best_decides() -> None:
    question = read("How many people cross the strait?")
    assert abstention(question, evidence(question, support=LEAST + 0.001), NOTHING, 2, OUTLETS) is None
    assert abstention(question, evidence(question, support=LEAST - 0.01), NOTHING, 2, OUTLETS) is not None
    one_good = [*evidence(question, support=0.0)[:3], *evidence(question, support=LEAST + 0.001)[3:]]
    assert abstention(question, one_good, NOTHING, 2, OUTLETS) is None


def test_telling_the_act_asked_about_adds_to_support() -> None:
    question = read("Who blamed whom?")
    assert (
        abstention(question, evidence(question, support=LEAST - TOLD + 0.001, told=FITS), NOTHING, 2, OUTLETS) is None
    )
    assert abstention(question, evidence(question, support=LEAST - TOLD, told=HARDLY), NOTHING, 2, OUTLETS) is not None


@pytest.mark.parametrize(("around", "answered"), [(COVERED, True), (COVERED - 0.01, False)])
def test_telling_the_act_counts_only_of_what_is_asked_about(around: float, answered: bool) -> None:
    question = read("Who blamed whom for the storm?")
    ranked = evidence(question, support=LEAST - TOLD + 0.001, told=FITS, around=around)
    assert (abstention(question, ranked, NOTHING, 2, OUTLETS) is None) == answered


def test_one_sentence_must_tell_the_act_and_cover_what_is_asked() -> None:
    question = read("Who blamed whom?")
    told = evidence(question, support=LEAST - TOLD + 0.001, told=FITS, around=0.5)
    covered = evidence(question, support=LEAST - TOLD + 0.001, told=0.0, around=1.0)
    assert abstention(question, [told[0], *covered[1:]], NOTHING, 2, OUTLETS) is not None


def test_how_well_the_best_passage_fits_and_how_far_it_stands_out_count_beside_the_words() -> None:
    question = read("How many people cross the strait?")
    ranked = evidence(question, support=LEAST - 1.0)
    assert abstention(question, ranked, hits(0.9 / FOUND), 2, OUTLETS) is not None
    assert abstention(question, ranked, hits(1.01 / FOUND), 2, OUTLETS) is None
    # Beside one alike it must be better itself; the further ones count together.
    assert abstention(question, ranked, hits(0.9 / FOUND, 0.9 / FOUND), 2, OUTLETS) is not None
    ahead = 0.2 / FOUND_AHEAD
    assert abstention(question, ranked, hits(0.9 / FOUND, *[0.9 / FOUND - ahead] * 3), 2, OUTLETS) is None
    assert abstention(question, ranked, hits(0.9 / FOUND, *[0.9 / FOUND] * 3, -9.0), 2, OUTLETS) is not None


def test_how_surely_the_surest_answers_counts_for_and_against() -> None:
    question = read("How many people cross the strait?")
    ranked = [replace(e, answers=-1.0) for e in evidence(question, support=0.0)]
    found = hits((LEAST - given(question)) / FOUND)
    assert abstention(question, ranked, found, 2, OUTLETS) is not None
    surest = replace(ranked[-1], answers=0.001)
    assert abstention(question, [*ranked[:-1], surest], found, 2, OUTLETS) is None
    short = hits((LEAST - given(question) - 2 * ANSWERS - 0.01) / FOUND)
    assert abstention(question, [replace(e, answers=2.0) for e in ranked], short, 2, OUTLETS) is not None


def test_a_question_in_other_words_than_the_articles_is_answered_where_the_model_is_sure() -> None:
    question = read("How many people cross the strait?")
    ranked = evidence(question, support=LEAST + 0.001, around=0.0)
    assert abstention(question, ranked, NOTHING, 2, OUTLETS) is None


def test_words_of_the_question_that_the_article_has_count_and_so_does_none_that_it_has_not() -> None:
    known, unknown = read("bridge strait"), read("bridge zeppelin")
    assert given(known) > given(unknown)
    ranked = [replace(e, answers=0.0) for e in evidence(known, support=0.0)]
    found = hits((LEAST - given(known) + 0.001) / FOUND)
    assert abstention(known, ranked, found, 2, OUTLETS) is None
    assert abstention(unknown, ranked, found, 2, OUTLETS) is not None


def test_where_nothing_particular_is_asked_for_the_words_decide_alone() -> None:
    question = read("What is reported about the strait?")
    for around in (1.0, 0.6):
        ranked = [replace(e, answers=None) for e in evidence(question, support=0.0, around=around)]
        needed = LEAST - given(question) - OPEN + LACKING * (1 - around)
        assert abstention(question, ranked, hits((needed + 0.001) / FOUND), 2, OUTLETS) is None
        assert abstention(question, ranked, hits((needed - 0.001) / FOUND), 2, OUTLETS) is not None


def test_a_question_that_names_what_nothing_names_is_not_answered() -> None:
    question = read("Did Petra Lind cross the strait?")
    found = abstention(question, evidence(question, support=99.0, named=0.0), NOTHING, 2, OUTLETS)
    assert found is not None
    assert "names" in found.reason


def test_an_abstention_says_why_what_was_searched_and_the_nearest() -> None:
    question = read("Anything?")
    ranked = evidence(question, support=0.0)
    found = abstention(question, ranked, NOTHING, 7, OUTLETS)
    assert found is not None
    assert found.reason.startswith("The archive does not say.")
    assert found.searched == Searched(articles=7, outlets=OUTLETS)
    assert [c.quote for c in found.nearest] == [e.numbered.sentence.text for e in ranked[:NEAREST]]
    assert [c.marker for c in found.nearest] == [1, 2, 3]


def test_nothing_found_is_an_abstention_with_nothing_near() -> None:
    found = abstention(read("Anything?"), [], [], 0, ())
    assert found == abstained("Nothing was found for these words.", [], 0, ())
    assert found.nearest == ()


@pytest.mark.parametrize("support", [0.0, 100.0])
def test_without_names_only_support_counts(support: float) -> None:
    question = read("how many people crossed?")
    found = abstention(question, evidence(question, support=support, named=0.0), NOTHING, 1, ())
    assert (found is None) == (support > LEAST)
