"""What each outlet has on a question: one search of the whole, parted by outlet, and each outlet's best passages."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np

from index.fuse import blend
from index.planner import Allowed, allowed
from index.ranking import Candidates, candidates, rank
from index.retrieve import hits

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from index.archive import Archive
    from index.rerank import Reranker
    from index.types import Filters, Hit

DEPTH = 400
"""Passages that each search hands on; what an outlet has beyond them does not bear on the question."""
NEAR, READ = 100, 60
"""Those whose articles are looked at as a whole, and of these, those that are read; the others come after them."""
FIRST = 30
"""An outlet is among the hits if one of its passages is among so many."""


def search(
    question: str,
    vector: NDArray[np.float32],
    *,
    archive: Archive,
    filters: Filters,
    silent: Sequence[str] = (),
    outlets: int = 10,
    passages: int = 8,
    reranker: Reranker | None = None,
) -> dict[str, tuple[Hit, ...]]:
    """The best passages of each outlet that has any, the outlet with the best first.

    Args:
        vector: the question's, `(dimension,)`.
        filters: what the search is limited to; outlets that it names are all in, whatever they have.
        silent: further article ids whose outlets are all in, such as those of the same story.
        outlets: how many outlets at the most.
        passages: how many passages of each.
        reranker: puts the best in its own order, where there is one.

    Returns:
        By outlet; an article without an outlet stands alone under its id.
    """
    found = _candidates(question, vector, archive, filters, silent)
    best = rank(question, vector, archive, found, near=NEAR, read=READ, reranker=reranker)
    known = {i for i, _ in best}
    ranked = best + [(i, score) for i, score in blend(found.meaning, found.words) if i not in known]
    speaks = _speakers(archive, [i for i, _ in ranked])
    of_outlet: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for place, (passage, score) in enumerate(ranked):
        outlet = speaks[passage][1]
        if place < FIRST or outlet in of_outlet or filters.outlets or speaks[passage][0] in silent:
            of_outlet[outlet].append((passage, score))
    chosen = dict(list(of_outlet.items())[:outlets])
    return {outlet: hits(archive, vector, those[:passages], found.found_by) for outlet, those in chosen.items()}


def _candidates(
    question: str, vector: NDArray[np.float32], archive: Archive, filters: Filters, silent: Sequence[str]
) -> Candidates:
    """What bears on the question, and whatever the silent articles have."""
    among = np.array(archive.catalogue.passage_ids(silent), dtype=np.int64)
    scope = allowed(archive.catalogue, filters)
    if scope and silent:
        articles = sorted({*scope.articles, *silent})
        scope = Allowed(articles, np.array(archive.catalogue.passage_ids(articles), dtype=np.int64))
    found = candidates(question, vector, archive, scope, DEPTH)
    if not silent:
        return found
    meaning = {**found.meaning, **dict(archive.dense.search(vector, len(among), allowed=among))}
    return Candidates(meaning, found.words, found.found_by)


def _speakers(archive: Archive, passages: Sequence[int]) -> Mapping[int, tuple[str, str]]:
    """Article id and outlet (the article's id where it has none) of passages."""
    articles = archive.catalogue.articles_of(passages)
    outlets = archive.catalogue.outlets_of(set(articles.values()))
    return {passage: (article, outlets[article] or article) for passage, article in articles.items()}
