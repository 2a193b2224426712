"""DOOR: a question to ranked passages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from index.balance import balance
from index.fuse import fuse
from index.types import Hit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from index.archive import Archive
    from index.embed import Embedder
    from index.types import Filters

CANDIDATES = 50
"""Passages that each search hands to the fusion."""


def retrieve(
    question: str,
    *,
    archive: Archive,
    embedder: Embedder,
    filters: Filters,
    k: int = 10,
    balanced: bool = True,
    vector: NDArray[np.float32] | None = None,
) -> tuple[Hit, ...]:
    """The `k` passages that fit the question best, from both searches, fused by rank.

    Args:
        filters: what the search is limited to.
        vector: the question's, where it is known already, `(dimension,)`.
        balanced: give every independent account among the best a slot before any has a second.
    """
    articles = None if filters.empty else archive.catalogue.select(filters)
    allowed = None if articles is None else np.array(archive.catalogue.passage_ids(articles), dtype=np.int64)
    vector = embedder.query(question) if vector is None else vector
    candidates = max(CANDIDATES, k)
    rankings = {
        "dense": [i for i, _ in archive.dense.search(vector, candidates, allowed=allowed)],
        "lexical": [i for i, _ in archive.lexical.search(question, candidates, articles=articles)],
    }
    fused = fuse(rankings)
    if balanced:
        articles_of = archive.catalogue.articles_of([i for i, _ in fused[: 2 * k]])
        voices = archive.copies.voices(set(articles_of.values()))
        fused = balance(fused[: 2 * k], k, group=lambda item: voices[articles_of[item[0]]])
    return _hits(archive, vector, fused[:k], rankings)


def _hits(
    archive: Archive,
    vector: NDArray[np.float32],
    fused: Sequence[tuple[int, float]],
    rankings: dict[str, list[int]],
) -> tuple[Hit, ...]:
    similarities = archive.dense.similarity(vector, [i for i, _ in fused])
    hits = []
    for (passage_id, score), similarity in zip(fused, similarities, strict=True):
        found = archive.catalogue.passage(passage_id)
        assert found is not None, "every indexed passage is in the catalogue"
        passage, article = found
        sentences = archive.catalogue.sentences(article)
        hits.append(
            Hit(
                passage=passage,
                article=article,
                score=score,
                similarity=similarity,
                found_by=tuple(name for name, ids in rankings.items() if passage_id in ids),
                sentences=tuple(s for s in sentences if passage.first <= s.ordinal <= passage.last),
            )
        )
    return tuple(hits)
