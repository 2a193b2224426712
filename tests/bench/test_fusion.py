"""Rankings fused by rank, against sums of written-out fractions."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.bench.fusion import DAMPING, fuse

rankings = st.dictionaries(
    st.sampled_from(["dense", "lexical", "third"]), st.lists(st.integers(0, 30), unique=True), max_size=3
)


def test_a_score_is_the_sum_of_one_over_sixty_plus_the_rank() -> None:
    fused = fuse({"dense": [7, 5], "lexical": [5, 9, 7]})
    assert [found for found, _ in fused] == [5, 7, 9]
    expected = [Fraction(1, 62) + Fraction(1, 61), Fraction(1, 61) + Fraction(1, 63), Fraction(1, 62)]
    assert [score for _, score in fused] == pytest.approx([float(score) for score in expected], abs=1e-15)


def test_equal_scores_go_by_id() -> None:
    assert [found for found, _ in fuse({"dense": [9, 4], "lexical": [4, 9]})] == [4, 9]


def test_nothing_fuses_to_nothing() -> None:
    assert fuse({}) == fuse({"dense": [], "lexical": []}) == []


@given(rankings)
def test_each_id_comes_once_with_its_sum_and_the_best_first(lists: dict[str, list[int]]) -> None:
    fused = fuse(lists)
    expected = {
        found: sum(Fraction(1, DAMPING + 1 + ids.index(found)) for ids in lists.values() if found in ids)
        for ids in lists.values()
        for found in ids
    }
    assert dict(fused) == pytest.approx({found: float(score) for found, score in expected.items()})
    assert len(fused) == len(expected)
    assert [score for _, score in fused] == sorted((score for _, score in fused), reverse=True)
