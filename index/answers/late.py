"""Late interaction: question and sentence are read apart, and each token of the one looks for its like in the other.

After Khattab and Zaharia, "ColBERT: Efficient and Effective Passage Search via Contextualized Late Interaction over
BERT", SIGIR 2020; here the question's tokens count by how telling they are, and the likeness of the whole counts too.
What a sentence's tokens are does not hang on the question, so they are remembered.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np

from index.embed import DEFAULT_MODEL
from index.embed.vectors import unit
from index.embed.weights import resolve
from index.remembered import Memory

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from index.answers.weights import Weights
    from index.embed.vectors import Vectors

QUESTION, HEADLINE, SENTENCE = 64, 20, 64
"""Tokens that are read of each. Hardly a question has so many; what it asks may stand at its end."""
KEPT = 400
"""Sentences whose tokens are remembered, about 30 MB."""


class TokenModel(Protocol):
    """A model that gives a vector for each token."""

    def hidden(self, rows: Sequence[Sequence[int]]) -> list[Vectors]:
        """What the model makes of rows of tokens, every token of a row in turn, `(tokens, dimension)`."""


@dataclass(frozen=True, slots=True)
class _Read:
    """A text's tokens, each of unit length, `(tokens, dimension)`, and the text as a whole, `(dimension,)`."""

    tokens: Vectors
    whole: Vectors


class LateInteraction:
    """Tells what answers a question; safe for several threads."""

    def __init__(self, model: TokenModel, weights: Weights) -> None:
        from tokenizers import Tokenizer

        self._model = model
        self._weights = weights
        self._tokenizer = Tokenizer.from_file(str(Path(resolve(DEFAULT_MODEL)) / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._begin, self._part = self._tokenizer.encode("").ids
        self._sentences: Memory[tuple[str, str], _Read] = Memory(self._read, KEPT)

    def scores(self, question: str, sentences: Sequence[tuple[str, str]]) -> NDArray[np.float32]:
        """The log-odds that each sentence, given with its headline, answers the question, `(len(sentences),)`."""
        if not sentences:
            return np.empty(0, dtype=np.float32)
        [hidden] = self._model.hidden([self._row((question, QUESTION))])
        whole = _whole(hidden)
        looking = unit(_linear(self._weights.turned, hidden))
        telling = np.logaddexp(0, _linear(self._weights.telling[None], hidden)[:, 0])
        telling /= telling.sum()
        told = self._sentences.of(sentences)
        by_token = np.array([(looking @ read.tokens.T).max(axis=1) @ telling for read in told], dtype=np.float32)
        by_whole = np.array([whole @ read.whole for read in told], dtype=np.float32)
        mix = self._weights.mix
        return np.asarray(mix[0] * by_token + mix[1] * by_whole + mix[2], dtype=np.float32)

    def _read(self, sentences: Sequence[tuple[str, str]]) -> Iterable[_Read]:
        rows = [
            self._row((headline, HEADLINE), (text, SENTENCE)) if headline else self._row((text, SENTENCE))
            for headline, text in sentences
        ]
        return [_Read(unit(hidden), _whole(hidden)) for hidden in self._model.hidden(rows)]

    def _row(self, *parts: tuple[str, int]) -> list[int]:
        """The ids of texts, of each so many tokens at the most."""
        row = [self._begin]
        for text, most in parts:
            row += [*self._tokenizer.encode(text, add_special_tokens=False).ids[:most], self._part]
        return row


def _whole(hidden: Vectors) -> Vectors:
    return unit(hidden.mean(axis=0))


def _linear(weights: NDArray[np.float32], vectors: Vectors) -> Vectors:
    """`(outputs, dimension + 1)` times `(tokens, dimension)`, the last column being added."""
    return np.asarray(vectors @ weights[:, :-1].T + weights[:, -1], dtype=np.float32)
