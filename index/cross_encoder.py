"""Models that read two texts together; of those, the ones trained to tell whether one text implies another."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from index.embed.weights import quieten
from index.errors import ModelUnavailableError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

CLASSES = ("entailment", "neutral", "contradiction")


@dataclass(frozen=True, slots=True)
class Likely:
    """Probabilities of the three classes; they sum to 1."""

    entailment: float
    neutral: float
    contradiction: float


class PairModel:
    """A sentence-transformers CrossEncoder, loaded when it is first asked; safe for several threads."""

    def __init__(self, name: str, *, role: str, cache: Path | None) -> None:
        """Costs nothing.

        Args:
            name: a folder, or a name on a hub.
            role: what it is wanted for, as people are told.
            cache: where a model from a hub is kept.
        """
        self.name = name
        self._role = role
        self._cache = cache
        self._lock = threading.Lock()

    def predict(self, pairs: Sequence[tuple[str, str]]) -> NDArray[np.float64]:
        """The model's scores, `(pairs,)` or `(pairs, classes)`.

        Raises:
            ModelUnavailableError: there is no such model.
        """
        with self._lock:
            return np.asarray(self._model.predict(list(pairs), show_progress_bar=False), dtype=np.float64)

    @property
    def labels(self) -> list[str]:
        """The model's own names for its outputs, in their order."""
        with self._lock:
            named = self._model.config.id2label
        return [str(named[place]) for place in sorted(named)]

    @cached_property
    def _model(self) -> Any:
        quieten()
        from sentence_transformers import CrossEncoder

        try:
            return CrossEncoder(self.name, cache_folder=str(self._cache) if self._cache else None, device="cpu")
        except (OSError, ValueError):
            raise ModelUnavailableError(
                f"The {self._role} {self.name} cannot be loaded: give the folder or the hub name of a cross-encoder."
            ) from None


class Entailment(Protocol):
    """A model of entailment."""

    def judge(self, premise: str, hypothesis: str) -> Likely:
        """How likely the premise implies the hypothesis, neither, or its opposite."""


class CrossEncoderEntailment:
    """A cross-encoder with the classes of natural language inference, a folder or a name on a hub."""

    def __init__(self, name: str, *, cache: Path | None = None) -> None:
        self._model = PairModel(name, role="judge", cache=cache)

    def judge(self, premise: str, hypothesis: str) -> Likely:
        """The probabilities.

        Raises:
            ModelUnavailableError: there is no such model, or it has other classes.
        """
        probabilities = softmax(self._model.predict([(premise, hypothesis)])[0])
        return Likely(*(float(probabilities[place]) for place in self._places))

    @cached_property
    def _places(self) -> tuple[int, ...]:
        """Where each of `CLASSES` stands among the model's outputs, by the model's own names for them."""
        labels = [label.casefold() for label in self._model.labels]
        if set(labels) != set(CLASSES):
            raise ModelUnavailableError(
                f"The judge {self._model.name} does not tell entailment, neutral and contradiction apart: "
                "choose another."
            )
        return tuple(labels.index(name) for name in CLASSES)


def softmax(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    """Probabilities of scores, `(classes,)`."""
    raised = np.exp(scores - scores.max())
    return np.asarray(raised / raised.sum(), dtype=np.float64)
