"""A second look at the passages found: question and passage read together, by a model that a person names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from index.cross_encoder import PairModel
from index.errors import ModelUnavailableError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


class Reranker(Protocol):
    """A model that reads a question and a passage together."""

    def scores(self, question: str, passages: Sequence[str]) -> Sequence[float]:
        """How well each passage answers the question; higher is better, on whatever scale."""


class CrossEncoderReranker:
    """A cross-encoder with one score, a folder or a name on a hub."""

    def __init__(self, name: str, *, cache: Path | None = None) -> None:
        self._model = PairModel(name, role="reranker", cache=cache)

    def scores(self, question: str, passages: Sequence[str]) -> list[float]:
        """The model's scores, in the order of the passages.

        Raises:
            ModelUnavailableError: there is no such model, or it gives more than one score.
        """
        if not passages:
            return []
        if (outputs := len(self._model.labels)) != 1:
            raise ModelUnavailableError(
                f"The reranker {self._model.name} gives {outputs} scores for a passage: choose one that gives one."
            )
        return [float(score) for score in self._model.predict([(question, passage) for passage in passages])]


def reorder(ranked: Sequence[tuple[int, float]], scores: Sequence[float]) -> list[tuple[int, float]]:
    """The ranked passages in the order of `scores`, equals as they were; each place keeps the score that it had.

    So what comes after goes on as if the search had found this order: how much a score is worth is known of the
    search's own, and of a model that anyone may name it is not.

    Args:
        ranked: passages and the search's scores, best first.
        scores: the model's, as many or fewer; what it did not look at stays behind.
    """
    order = sorted(range(len(scores)), key=lambda place: -scores[place])
    return [(ranked[place][0], score) for place, (_, score) in zip(order, ranked, strict=False)] + list(
        ranked[len(scores) :]
    )
