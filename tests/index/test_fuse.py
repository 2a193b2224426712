"""Rankings fused by rank, against sums of written-out fractions."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.fuse import ABOUT, DAMPING, MEANING, TOGETHER, blend, fuse

rankings = st.dictionaries(
    st.sampled_from(["dense", "lexical", "third"]), st.lists(st.integers(0, 30), unique=True), max_size=3
)


def test_a_score_is_the_sum_of_one_over_sixty_plus_the_rank() -> None:
    fused = fuse({"dense": [7, 5], "lexical": [5, 9, 7]})
    assert [found for found, _ in fused] == [5, 7, 9]
    expected = [Fraction(1, 62) + Fraction(1, 61), Fraction(1, 61) + Fraction(1, 63), Fraction(1, 62)]
    assert [score for _, score in fused] == pytest.approx([float(score) for score in expected], abs=1e-15)


def test_a_weight_multiplies_and_another_damping_is_taken() -> None:
    fused = fuse({"dense": [1], "lexical": [2, 1]}, weights={"lexical": 0.5}, damping=1)
    assert dict(fused) == pytest.approx({1: float(Fraction(1, 2) + Fraction(1, 6)), 2: 0.25})


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


def test_a_blend_weighs_cosines_and_the_share_of_the_best_score_by_words() -> None:
    found = blend({1: 0.5, 2: 0.4, 3: 0.1}, {2: 8.0, 3: 4.0, 9: 16.0}, {1: 0.2, 2: 0.3, 3: 0.3})
    expected = {2: 0.5 + 0.4 * MEANING + 0.3 * ABOUT, 3: 0.25 + 0.1 * MEANING + 0.3 * ABOUT}
    expected[1] = 0.5 * MEANING + 0.2 * ABOUT
    assert dict(found) == pytest.approx(expected)
    assert [score for _, score in found] == sorted(expected.values(), reverse=True)


def test_a_blend_adds_what_words_that_stand_together_count() -> None:
    together = {1: 0.5, 3: 1.0}
    plain = dict(blend({1: 0.5, 2: 0.4}, {2: 8.0}))
    assert dict(blend({1: 0.5, 2: 0.4}, {2: 8.0}, together=together)) == pytest.approx(
        {1: plain[1] + 0.5 * TOGETHER, 2: plain[2]}
    )


def test_a_blend_without_words_or_articles_goes_by_the_cosines_and_equals_by_id() -> None:
    assert [i for i, _ in blend({7: 0.1, 3: 0.5, 2: 0.1}, {})] == [3, 2, 7]
    assert blend({}, {1: 3.0}) == []
