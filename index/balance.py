"""So that one outlet does not speak for all: slots by outlet."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Sequence

T = TypeVar("T")


def balance(ranked: Sequence[T], k: int, *, group: Callable[[T], Hashable | None]) -> list[T]:
    """The first `k`, every group having had its n-th slot before any has its next.

    Args:
        ranked: best first; this order holds within a round.
        group: what an item speaks for (its outlet); items of no group (None) each count as a group of their own.
    """
    rounds: dict[int, list[T]] = defaultdict(list)
    seen: dict[Hashable, int] = defaultdict(int)
    for item in ranked:
        speaks_for = group(item)
        if speaks_for is None:
            rounds[0].append(item)
        else:
            rounds[seen[speaks_for]].append(item)
            seen[speaks_for] += 1
    return [item for number in sorted(rounds) for item in rounds[number]][:k]
