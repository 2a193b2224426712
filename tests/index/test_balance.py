"""Slots by outlet."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.balance import balance

Item = tuple[str | None, int]
ALL = 1e6
"""A cost above every difference of scores."""

groups = st.lists(st.sampled_from(["a", "b", "c", None]), max_size=25)
ranked_items = groups.flatmap(
    lambda those: st.lists(st.floats(0, 2), min_size=len(those), max_size=len(those)).map(
        lambda scores: [((g, n), s) for n, (g, s) in enumerate(zip(those, sorted(scores, reverse=True), strict=True))]
    )
)


def group(item: Item) -> str | None:
    return item[0]


def test_no_outlet_has_a_second_slot_before_every_outlet_has_its_first_at_any_cost() -> None:
    ranked = [(name, 1 - n / 10) for n, name in enumerate(["a1", "a2", "a3", "b1", "a4", "c1", "b2"])]
    names = [name for name, _ in balance(ranked, 99, group=lambda item: item[0], cost=ALL)]
    assert names == ["a1", "b1", "c1", "a2", "a3", "a4", "b2"]
    assert balance(ranked, 4, group=lambda item: item[0], cost=ALL) == [ranked[n] for n in (0, 3, 5, 1)]


def test_what_is_better_by_more_than_the_cost_keeps_its_place() -> None:
    ranked = [("a1", 1.0), ("a2", 0.9), ("b1", 0.85), ("a3", 0.7), ("c1", 0.65), ("d1", 0.2)]
    names = [name for name, _ in balance(ranked, 6, group=lambda item: item[0], cost=0.1)]
    assert names == ["a1", "b1", "a2", "c1", "a3", "d1"]


def test_items_of_no_group_lose_nothing() -> None:
    ranked = [(("a", 1), 1.0), (("a", 2), 0.9), ((None, 3), 0.8), ((None, 4), 0.8)]
    assert [item for (_, item), _ in balance(ranked, 4, group=group, cost=ALL)] == [1, 3, 4, 2]


@given(ranked_items, st.integers(0, 30), st.sampled_from([0.0, 0.1, ALL]))
def test_each_slot_goes_to_the_best_where_a_group_pays_from_its_second_on(
    ranked: list[tuple[Item, float]], k: int, cost: float
) -> None:
    chosen = balance(ranked, k, group=group, cost=cost)
    assert len(chosen) == min(k, len(ranked)) == len({item for item, _ in chosen})
    heard: set[str | None] = set()
    left = dict(ranked)
    for item, score in chosen:
        first = {g: min(n for h, n in left if h == g) for g, _ in left}
        worth = {o: s - cost * ((o[0] in heard or o[1] != first[o[0]]) and o[0] is not None) for o, s in left.items()}
        assert worth[item] == pytest.approx(max(worth.values()))
        assert left.pop(item) == score
        heard |= {item[0]} - {None}


@given(ranked_items)
def test_without_a_cost_the_order_of_the_scores_stays(ranked: list[tuple[Item, float]]) -> None:
    assert [score for _, score in balance(ranked, 99, group=group, cost=0)] == [score for _, score in ranked]
