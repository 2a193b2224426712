"""Vectors that are remembered are those that the embedder gives."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from index.remembered import Remembered
from tests.fakes import HashEmbedder

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray


class Counting(HashEmbedder):
    """Notes what is embedded."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.by_token: list[str] = []

    def documents(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """The vectors."""
        self.texts += texts
        return super().documents(texts)

    def tokens(self, texts: Sequence[str]) -> list[NDArray[np.float32]]:
        """The vectors of their words."""
        self.by_token += texts
        return [HashEmbedder().documents(text.split()) for text in texts]


@given(st.lists(st.lists(st.sampled_from("abcdefgh")), max_size=8), st.integers(0, 5))
def test_remembered_or_not_the_vectors_are_the_same(asked: list[list[str]], most: int) -> None:
    remembered = Remembered(HashEmbedder(), most)
    for texts in asked:
        assert np.array_equal(remembered(texts), HashEmbedder().documents(texts).reshape(len(texts), 64))


def test_what_was_embedded_lately_is_not_embedded_again_and_the_oldest_is_forgotten() -> None:
    embedder = Counting()
    remembered = Remembered(embedder, 2)
    remembered(["one", "two", "one"])
    remembered(["one"])
    assert embedder.texts == ["one", "two"]
    remembered(["three"])  # two was used longest ago
    remembered(["one"])
    remembered(["two"])
    assert embedder.texts == ["one", "two", "three", "two"]


def test_the_tokens_of_a_text_are_remembered_apart_from_its_vector() -> None:
    embedder = Counting()
    remembered = Remembered(embedder, 2, 1)
    assert np.array_equal(remembered.tokens(["fog lifts"])[0], HashEmbedder().documents(["fog", "lifts"]))
    remembered.tokens(["fog lifts"])
    assert (embedder.texts, embedder.by_token) == ([], ["fog lifts"])
    assert np.array_equal(remembered.documents(["fog lifts"]), HashEmbedder().documents(["fog lifts"]))
    remembered.tokens(["rain"])
    remembered.tokens(["fog lifts"])
    assert embedder.by_token == ["fog lifts", "rain", "fog lifts"]
