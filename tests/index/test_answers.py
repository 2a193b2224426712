"""The model of answers: the trained weights are what was trained, and tell what answers from what is near it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.answers import LateInteraction, open_answers
from index.answers.late import HEADLINE, QUESTION, SENTENCE
from index.answers.weights import PARTS, Weights, adapted, trained
from index.embed import DEFAULT_MODEL, TorchEmbedder
from index.embed.weights import load
from qa.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

DIMENSION = 8


class TokenTable:
    """A model that knows each token by its number alone, and remembers the rows that it was given."""

    def __init__(self) -> None:
        self.table = np.random.default_rng(5).standard_normal((40_000, DIMENSION)).astype(np.float32)
        self.rows: list[list[int]] = []

    def hidden(self, rows: Sequence[Sequence[int]]) -> list[NDArray[np.float32]]:
        self.rows += [list(row) for row in rows]
        return [self.table[list(row)] for row in rows]


def plain(mix: tuple[float, float, float] = (1.0, 0.0, 0.0)) -> Weights:
    """Weights by which each token of a question counts alike and looks for itself."""
    turned = np.hstack([np.eye(DIMENSION), np.zeros((DIMENSION, 1))]).astype(np.float32)
    return Weights("plain", {}, turned, np.zeros(DIMENSION + 1, dtype=np.float32), mix)


def by_hand(table: NDArray[np.float32], question: Sequence[int], sentence: Sequence[int]) -> float:
    """The mean, over the question's tokens, of the largest cosine with any token of the sentence."""
    cosines = [
        max(float(table[q] @ table[t] / np.linalg.norm(table[q]) / np.linalg.norm(table[t])) for t in sentence)
        for q in question
    ]
    return sum(cosines) / len(cosines)


def test_a_score_is_the_mean_of_each_tokens_best_match() -> None:
    model = TokenTable()
    scores = LateInteraction(model, plain()).scores("Who sailed?", [("", "The ferry sailed."), ("Storm", "Rain fell.")])
    asked, *told = model.rows
    assert scores.tolist() == pytest.approx([by_hand(model.table, asked, row) for row in told], abs=1e-5)


def test_the_texts_as_a_whole_and_what_is_added_count_as_they_are_mixed() -> None:
    model = TokenTable()
    [score] = LateInteraction(model, plain((0.0, 2.0, -3.0))).scores("Who sailed?", [("", "Nobody.")])
    asked, told = (model.table[row].mean(axis=0) for row in model.rows)
    cosine = float(asked @ told / np.linalg.norm(asked) / np.linalg.norm(told))
    assert float(score) == pytest.approx(2 * cosine - 3, abs=1e-5)


@given(st.text(max_size=300), st.text(max_size=300), st.text(max_size=900))
def test_no_more_is_read_than_there_is_room_for(question: str, headline: str, text: str) -> None:
    model = TokenTable()
    LateInteraction(model, plain()).scores(question, [(headline, text)])
    asked, told = model.rows
    assert len(asked) <= QUESTION + 2
    assert len(told) <= HEADLINE + SENTENCE + 3
    assert (asked[0], asked[-1]) == (told[0], told[-1])


def test_what_is_asked_behind_a_sentence_on_the_matter_is_read() -> None:
    matter = (
        "A storm crossed the islands this week and left some villages without water, light or a road, after the coast "
        "guard had warned the mayors of the whole northern shore twice on the day before."
    )
    model = TokenTable()
    LateInteraction(model, plain()).scores("Which?", [("", "Nobody.")])
    LateInteraction(model, plain()).scores(f"{matter} Which?", [("", "Nobody.")])
    alone, behind = model.rows[0], model.rows[2]
    assert behind[-len(alone) + 1 :] == alone[1:]
    assert len(behind) > 34


def test_a_sentence_is_read_once_and_so_is_none() -> None:
    model = TokenTable()
    answers = LateInteraction(model, plain())
    first = answers.scores("Who?", [("", "He sailed."), ("", "He sailed."), ("A", "He sailed.")])
    again = answers.scores("When?", [("A", "He sailed."), ("", "He sailed.")])
    assert len(model.rows) == 4  # two questions and two sentences
    assert first[0] == first[1]
    assert first.shape == (3,)
    assert again.shape == (2,)
    assert answers.scores("Why?", []).shape == (0,)


def test_what_was_trained_changes_every_map_of_the_model() -> None:
    weights = trained()
    assert set(weights.changes) == {f"{layer}.{part}" for layer in range(6) for part in PARTS}
    assert all(np.isfinite(change).all() and np.abs(change).max() > 0 for change in weights.changes.values())
    assert weights.turned.shape == (384, 385)
    assert weights.telling.shape == (385,)


@pytest.mark.model
@pytest.mark.slow
def test_scores_are_those_of_the_model_run_by_pytorch() -> None:
    sentences = [("Ferry talks fail", "The mayor blamed the ferry firm."), ("", "Rain."), ("Rain", "It rained. " * 60)]
    weights = trained()
    name = "for answers"
    torch = LateInteraction(TorchEmbedder(name, adapted(load(DEFAULT_MODEL), weights)), weights)
    ours = open_answers(cache=Settings().cache).scores("Who blamed the ferry firm?", sentences)
    assert ours == pytest.approx(torch.scores("Who blamed the ferry firm?", sentences), abs=0.05)


@pytest.mark.model
def test_what_answers_stands_above_what_is_on_the_same_matter() -> None:
    answers = open_answers(cache=Settings().cache)
    headline = "Ferry talks between the two islands collapse"
    sentences = {
        "The talks collapsed because the company would not pay for new boats.": "Why did the ferry talks collapse?",
        "Mayor Ilse Karg will lead the talks for the islands.": "Who will lead the ferry talks?",
        "Some 4,200 people cross the strait each day.": "How many people take the ferry?",
        "The next round is planned for the third of June.": "When will the ferry talks go on?",
    }
    pairs = [(headline, text) for text in sentences]
    for place, question in enumerate(sentences.values()):
        assert int(answers.scores(question, pairs).argmax()) == place
    assert answers.scores("Which bank lent the islands money?", pairs).max() < 0
