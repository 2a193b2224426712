"""A second look at the best evidence, by how surely each sentence answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.reread import ANSWERS, MIDDLE, reread, with_odds
from qa.weigh import Evidence
from tests.qa.evidence import bridge

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

QUESTION = "How many people cross the strait?"


@dataclass(slots=True)
class Odds:
    """Gives these log-odds in turn, and keeps what it was asked."""

    odds: Sequence[float]
    asked: tuple[str, Sequence[tuple[str, str]]] = ("", ())

    def scores(self, question: str, sentences: Sequence[tuple[str, str]]) -> NDArray[np.float32]:
        self.asked = (question, sentences)
        return np.array(self.odds, dtype=np.float32)


def evidence(*scores: float) -> list[Evidence]:
    return [
        Evidence(item, score, similarity=0.0, passage=0.0, own=0.0, around=0.0, named=0.0, told={}, said=())
        for item, score in zip(bridge(), scores, strict=True)
    ]


def test_each_sentence_is_read_under_its_headline_and_keeps_its_log_odds() -> None:
    model = Odds([1.5, -2.0, 0.0, -8.0])
    read = with_odds(QUESTION, evidence(4.0, 3.0, 2.0, 1.0), model)
    assert [e.answers for e in read] == [1.5, -2.0, 0.0, -8.0]
    assert [e.score for e in read] == [4.0, 3.0, 2.0, 1.0]
    question, pairs = model.asked
    assert question == QUESTION
    assert pairs == [(item.article.title or "", item.sentence.text) for item in bridge()]


def test_a_sentence_that_answers_comes_before_one_with_more_of_the_words() -> None:
    ordered = reread(QUESTION, evidence(4.0, 3.0, 2.0, 1.0), Odds([-9.0, 4.0, -9.0, -9.0]))
    assert [e.numbered.number for e in ordered] == [2, 1, 3, 4]


def test_at_the_middle_it_counts_half() -> None:
    best, *_ = reread(QUESTION, evidence(1.0, 0.0, 0.0, 0.0), Odds([MIDDLE] * 4))
    assert best.score == pytest.approx(1.0 + ANSWERS / 2)


@given(st.lists(st.floats(-30, 30), min_size=4, max_size=4))
def test_of_equal_evidence_the_surer_stands_first_and_nothing_is_lost(odds: list[float]) -> None:
    ordered = reread(QUESTION, evidence(1.0, 1.0, 1.0, 1.0), Odds(odds))
    assert sorted(e.numbered.number for e in ordered) == [1, 2, 3, 4]
    assert [e.score for e in ordered] == sorted((e.score for e in ordered), reverse=True)
    assert ordered[0].answers == pytest.approx(max(odds), rel=1e-5, abs=1e-5)
