"""Plain fusion of rankings, which the product's own search is measured against."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

DAMPING = 60
"""The constant of reciprocal rank fusion (Cormack, Clarke and Buettcher, SIGIR 2009)."""


def fuse(rankings: Mapping[str, Sequence[int]]) -> list[tuple[int, float]]:
    """Reciprocal rank fusion: an id's score is the sum of `1 / (DAMPING + rank)`, ranks from 1.

    Args:
        rankings: by name, ids best first.

    Returns:
        (id, score), best first, ties by id.
    """
    scores: defaultdict[int, float] = defaultdict(float)
    for ids in rankings.values():
        for rank, found in enumerate(ids, start=1):
            scores[found] += 1 / (DAMPING + rank)
    return sorted(scores.items(), key=lambda item: (-item[1], item[0]))
