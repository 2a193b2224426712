"""Several rankings into one."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

DAMPING = 60
"""The constant of reciprocal rank fusion (Cormack, Clarke and Buettcher, SIGIR 2009)."""


def fuse(
    rankings: Mapping[str, Sequence[int]],
    *,
    weights: Mapping[str, float] | None = None,
    damping: int = DAMPING,
) -> list[tuple[int, float]]:
    """Reciprocal rank fusion: an id's score is the sum of `weight / (damping + rank)`, ranks from 1.

    Args:
        rankings: by name, ids best first.
        weights: by name; 1 where a name is missing.

    Returns:
        (id, score), best first, ties by id.
    """
    scores: dict[int, float] = {}
    for name, ids in rankings.items():
        weight = (weights or {}).get(name, 1.0)
        for rank, found in enumerate(ids, start=1):
            scores[found] = scores.get(found, 0.0) + weight / (damping + rank)
    return sorted(scores.items(), key=lambda item: (-item[1], item[0]))
