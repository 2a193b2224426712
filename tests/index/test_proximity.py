"""Words that stand together in the question and in a passage."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.proximity import WITHIN, proximity

QUESTION = "Who led the harbour board?"
RARE = {"who": 0.5, "led": 3.0, "the": 0.1, "harbor": 4.0, "board": 2.0}
PAIRS = {"who led": 3.5, "led the": 3.1, "the harbour": 4.1, "harbour board": 6.0}


def share(text: str) -> float:
    return proximity(QUESTION, {7: text}, RARE.__getitem__)[7]


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("Ilse Karg, who led the harbour board, resigned.", ["who led", "led the", "the harbour", "harbour board"]),
        ("The board of harbours met.", ["harbour board", "the harbour"]),  # stems, in either order
        ("Board members of the old harbour", ["the harbour"]),  # five words from one to the other
        ("The strike closed a harbour.", []),  # four
        ("", []),
        ("Harbour harbour harbour", []),  # a pair takes both words
    ],
)
def test_a_text_has_the_share_of_the_pairs_that_stand_together_in_it(text: str, held: list[str]) -> None:
    assert share(text) == pytest.approx(sum(PAIRS[pair] for pair in held) / sum(PAIRS.values()))


def test_a_question_of_one_word_has_no_pairs() -> None:
    assert proximity("Harbour?", {1: "The harbour."}, RARE.__getitem__) == {1: 0.0}
    assert proximity("…", {1: "The harbour."}, RARE.__getitem__) == {1: 0.0}


@given(st.lists(st.sampled_from(["mayor", "ferry", "strike", "union", "rain"]), min_size=2, max_size=6), st.integers(1))
def test_the_question_itself_has_all_pairs_and_far_words_none(words: list[str], seed: int) -> None:
    question = " ".join(words)
    apart = (" and" * WITHIN + " ").join(words)
    found = proximity(question, {seed: question, 0: apart}, lambda stem: 1.0 + len(stem))
    assert found[seed] == pytest.approx(1.0)
    assert found[0] == pytest.approx(0.0)
