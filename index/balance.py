"""So that one outlet does not speak for all: a slot taken makes the next one dearer."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Sequence

T = TypeVar("T")


def balance(
    ranked: Sequence[tuple[T, float]], k: int, *, group: Callable[[T], Hashable | None], cost: float
) -> list[tuple[T, float]]:
    """The first `k`, chosen one by one, an item losing `cost` for every slot that its group has already.

    So what is far better than the rest keeps its place, and among much alike every group is heard: relevance less
    redundancy (Carbonell and Goldstein, "The Use of MMR", SIGIR 1998), where redundant is what speaks for the same
    group. At a cost above every difference of scores, each group has its n-th slot before any has its next.

    Args:
        ranked: items with their scores, best first.
        group: what an item speaks for (its outlet); an item of no group (None) loses nothing.
        cost: in units of the score.

    Returns:
        Items with the scores that they came with.
    """
    waiting: dict[Hashable, list[tuple[T, float]]] = defaultdict(list)
    for place, (item, score) in enumerate(ranked):
        speaks_for = group(item)
        waiting[("alone", place) if speaks_for is None else speaks_for].append((item, score))
    had: dict[Hashable, int] = defaultdict(int)
    chosen: list[tuple[T, float]] = []
    while waiting and len(chosen) < k:
        best = max(waiting, key=lambda g: waiting[g][0][1] - had[g] * cost)  # among equals the group that came first
        chosen.append(waiting[best].pop(0))
        had[best] += 1
        if not waiting[best]:
            del waiting[best]
    return chosen
