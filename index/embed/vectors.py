"""What both ways of running a model share: how many texts go at once, and vectors of unit length."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

Vectors: TypeAlias = "NDArray[np.float32]"

BATCH = 16


def unit(vectors: Vectors) -> Vectors:
    """The vectors of the last axis, each divided by its length."""
    shortened: Vectors = vectors / np.linalg.norm(vectors, axis=-1, keepdims=True).clip(min=1e-12)
    return shortened
