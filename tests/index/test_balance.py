"""Slots by outlet."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from index.balance import balance

items = st.lists(st.sampled_from(["a", "b", "c", None]), max_size=25).map(lambda groups: list(enumerate(groups)))


def test_no_outlet_has_a_second_slot_before_every_outlet_has_its_first() -> None:
    ranked = ["a1", "a2", "a3", "b1", "a4", "c1", "b2"]
    assert balance(ranked, 4, group=lambda item: item[0]) == ["a1", "b1", "c1", "a2"]
    assert balance(ranked, 99, group=lambda item: item[0]) == ["a1", "b1", "c1", "a2", "b2", "a3", "a4"]


def test_items_of_no_group_each_have_a_first_slot() -> None:
    ranked = [("a", 1), ("a", 2), (None, 3), (None, 4)]
    assert balance(ranked, 4, group=lambda item: item[0]) == [("a", 1), (None, 3), (None, 4), ("a", 2)]


@given(items, st.integers(0, 30))
def test_slots_differ_by_one_at_most_until_a_group_runs_out(ranked: list[tuple[int, str | None]], k: int) -> None:
    chosen = balance(ranked, k, group=lambda item: item[1])
    assert len(chosen) == min(k, len(ranked)) == len(set(chosen))
    there = Counter(group for _, group in ranked if group)
    given_ = Counter(group for _, group in chosen if group)
    for group, most in there.items():
        for other in there:
            assert given_[group] == most or given_[other] <= given_[group] + 1
    for group in {g for _, g in ranked}:
        own = [item for item in chosen if item[1] == group]
        assert own == [item for item in ranked if item[1] == group][: len(own)]
