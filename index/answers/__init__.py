"""How surely a sentence answers a question: both read token by token, by a model that was trained to tell.

Likeness of meaning finds sentences on the same matter; whether one of them answers is another thing. The model is the
default embedding model with small changes to its weights, trained by `tests/bench/train_answers.py` on questions
about news whose answers were marked, sentence by sentence, in the articles of several outlets each.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from index.answers.late import LateInteraction
from index.answers.weights import adapted, trained
from index.embed import DEFAULT_MODEL, opened
from index.embed.weights import load

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

__all__ = ["AnswerModel", "LateInteraction", "open_answers"]


class AnswerModel(Protocol):
    """Tells sentences that answer a question from those that do not."""

    def scores(self, question: str, sentences: Sequence[tuple[str, str]]) -> NDArray[np.float32]:
        """The log-odds that each sentence, given with its headline, answers the question, `(len(sentences),)`."""


def open_answers(*, cache: Path) -> LateInteraction:
    """The model of answers that is part of the installation.

    Args:
        cache: where converted models are kept.

    Raises:
        ModelUnavailableError: the default embedding model, which it rests on, is not installed.
    """
    weights = trained()
    name = f"{DEFAULT_MODEL} for answers {weights.digest}"
    return LateInteraction(opened(name, lambda: adapted(load(DEFAULT_MODEL), weights), cache=cache), weights)
