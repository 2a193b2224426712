"""So that one outlet does not speak for all: what an outlet says after its first word counts less."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Sequence

T = TypeVar("T")


def balance(
    ranked: Sequence[tuple[T, float]], k: int, *, group: Callable[[T], Hashable | None], cost: float
) -> list[tuple[T, float]]:
    """The first `k`, where an item loses `cost` if a better one of its group stands before it.

    So what is far better than the rest keeps its place, and among much alike every group is heard: relevance less
    redundancy (Carbonell and Goldstein, "The Use of MMR", SIGIR 1998), where redundant is what speaks for the same
    group. A group pays once and not for each slot: the one outlet that has the answer may need several. At a cost
    above every difference of scores, each group has its first slot before any has a second.

    Args:
        ranked: items with their scores, best first.
        group: what an item speaks for (its outlet); an item of no group (None) loses nothing.
        cost: in units of the score.

    Returns:
        Items with the scores that they came with.
    """
    heard: set[Hashable] = set()
    worth: list[float] = []
    for item, score in ranked:
        speaks_for = group(item)
        worth.append(score - cost if speaks_for in heard else score)
        if speaks_for is not None:
            heard.add(speaks_for)
    order = sorted(range(len(ranked)), key=lambda place: -worth[place])
    return [ranked[place] for place in order[:k]]
