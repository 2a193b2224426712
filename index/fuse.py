"""What each search tells of a passage, as one score."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

MEANING, ABOUT, TOGETHER = 0.3, 0.6, 0.4
"""What the cosine of a passage, that of its article, and the words that stand together count where the best score by
words is 1.

Chosen on half of 144 quiz questions, by at what place the article that answers comes, the passage's also on half of 240
titles of events; tests/bench/retrieval.py shows other values.
"""


def blend(
    meaning: Mapping[int, float],
    words: Mapping[int, float],
    about: Mapping[int, float] | None = None,
    together: Mapping[int, float] | None = None,
) -> list[tuple[int, float]]:
    """Weighs scores and not ranks, so that a passage far ahead of the others stays ahead.

    Args:
        meaning: cosine of the question and each candidate.
        words: BM25 scores; 0 where one is missing. They count by their share of the best one.
        about: cosine of the question and the article of each candidate; the passage's own where that is not known.
        together: the share of the question's neighbouring words that stand together in each candidate.

    Returns:
        (id, score) of each id in `meaning`, best first, ties by id.
    """
    best = max(words.values(), default=0.0) or 1.0
    about = meaning if about is None else about
    together = together or {}
    scores = {
        i: words.get(i, 0.0) / best + MEANING * meaning[i] + ABOUT * about[i] + TOGETHER * together.get(i, 0.0)
        for i in meaning
    }
    return sorted(scores.items(), key=lambda item: (-item[1], item[0]))
