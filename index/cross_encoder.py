"""Models that read two texts together; of those, the ones trained to tell whether one text implies another."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from index.embed.weights import quieten
from index.errors import ModelUnavailableError

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

CLASSES = ("entailment", "neutral", "contradiction")


@dataclass(frozen=True, slots=True)
class Likely:
    """Probabilities of the three classes; they sum to 1."""

    entailment: float
    neutral: float
    contradiction: float


def load(name: str, *, role: str, cache: Path | None) -> Any:
    """A sentence-transformers CrossEncoder.

    Args:
        name: a folder, or a name on a hub.
        role: what it is wanted for, as people are told.
        cache: where a model from a hub is kept.

    Raises:
        ModelUnavailableError: there is no such model.
    """
    quieten()
    from sentence_transformers import CrossEncoder

    try:
        return CrossEncoder(name, cache_folder=str(cache) if cache else None, device="cpu")
    except (OSError, ValueError):
        raise ModelUnavailableError(
            f"The {role} {name} cannot be loaded: give the folder or the hub name of a cross-encoder."
        ) from None


class Entailment(Protocol):
    """A model of entailment."""

    def judge(self, premise: str, hypothesis: str) -> Likely:
        """How likely the premise implies the hypothesis, neither, or its opposite."""


class CrossEncoderEntailment:
    """A sentence-transformers CrossEncoder with the classes of natural language inference."""

    def __init__(self, name: str, *, cache: Path | None = None) -> None:
        """Costs nothing: the model is loaded at the first question.

        Args:
            name: a folder, or a name on a hub.
            cache: where a model from a hub is kept.
        """
        self.name = name
        self._cache = cache

    def judge(self, premise: str, hypothesis: str) -> Likely:
        """The probabilities.

        Raises:
            ModelUnavailableError: there is no such model, or it has other classes.
        """
        scores = self._model.predict([(premise, hypothesis)], show_progress_bar=False)
        probabilities = softmax(np.asarray(scores, dtype=np.float64)[0])
        return Likely(*(float(probabilities[place]) for place in self._places))

    @cached_property
    def _model(self) -> Any:
        return load(self.name, role="judge", cache=self._cache)

    @cached_property
    def _places(self) -> tuple[int, ...]:
        """Where each of `CLASSES` stands among the model's outputs, by the model's own names for them."""
        named = {str(label).casefold(): int(place) for place, label in self._model.config.id2label.items()}
        if set(named) != set(CLASSES):
            raise ModelUnavailableError(
                f"The judge {self.name} does not tell entailment, neutral and contradiction apart: choose another."
            )
        return tuple(named[name] for name in CLASSES)


def softmax(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    """Probabilities of scores, `(classes,)`."""
    raised = np.exp(scores - scores.max())
    return np.asarray(raised / raised.sum(), dtype=np.float64)
