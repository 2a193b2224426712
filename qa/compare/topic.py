"""Which of the articles that were found tell of the events that the question is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qa.compare.events import same_event

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from index.types import Article
    from qa.weigh import Evidence

NEAR_BEST = 0.93
"""Evidence that scores this share of the best tells what the question is about."""
DAYS_APART = 30
"""A story is told on for weeks."""


def on_topic(ranked: Sequence[Sequence[Evidence]], articles: Collection[Article]) -> frozenset[str]:
    """Ids of the articles that tell of an event that the best evidence tells of.

    Args:
        ranked: the evidence of each voice, best first.
    """
    every = [evidence for of_voice in ranked for evidence in of_voice]
    best = max((evidence.score for evidence in every), default=0.0)
    anchors = {e.numbered.article.id: e.numbered.article for e in every if e.score >= NEAR_BEST * best}
    return frozenset(
        article.id
        for article in articles
        if any(article.id == i or same_event(article, anchor, DAYS_APART) for i, anchor in anchors.items())
    )
