"""One score out of what each search tells, against sums written out."""

from __future__ import annotations

import pytest

from index.fuse import ABOUT, MEANING, TOGETHER, blend


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
