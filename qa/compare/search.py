"""What each outlet has on a question: one search of the whole, parted by outlet, and each outlet's best passages."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np

from index.fuse import fuse
from index.retrieve import hits

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from index.archive import Archive
    from index.types import Filters, Hit

DEPTH = 400
"""Passages that each search hands on; what an outlet has beyond them does not bear on the question."""
STORY = "story"
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
) -> dict[str, tuple[Hit, ...]]:
    """The best passages of each outlet that has any, the outlet with the best first.

    Args:
        vector: the question's, `(dimension,)`.
        filters: what the search is limited to; outlets that it names are all in, whatever they have.
        silent: further article ids whose outlets are all in, such as those of the same story.
        outlets: how many outlets at the most.
        passages: how many passages of each.

    Returns:
        By outlet; an article without an outlet stands alone under its id.
    """
    rankings = _rankings(question, vector, archive, filters, silent)
    fused = fuse(rankings)
    speaks = _speakers(archive, [i for i, _ in fused])
    of_outlet: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for place, (passage, score) in enumerate(fused):
        outlet = speaks[passage][1]
        if place < FIRST or outlet in of_outlet or filters.outlets or speaks[passage][0] in silent:
            of_outlet[outlet].append((passage, score))
    chosen = dict(list(of_outlet.items())[:outlets])
    found_by = {name: ids for name, ids in rankings.items() if name != STORY}
    return {outlet: hits(archive, vector, found[:passages], found_by) for outlet, found in chosen.items()}


def _rankings(
    question: str, vector: NDArray[np.float32], archive: Archive, filters: Filters, silent: Sequence[str]
) -> dict[str, list[int]]:
    articles = None if filters.empty else sorted({*archive.catalogue.select(filters), *silent})
    allowed = None if articles is None else np.array(archive.catalogue.passage_ids(articles), dtype=np.int64)
    found = {
        "dense": [i for i, _ in archive.dense.search(vector, DEPTH, allowed=allowed)],
        "lexical": [i for i, _ in archive.lexical.search(question, DEPTH, articles=articles)],
    }
    if silent:
        among = np.array(archive.catalogue.passage_ids(silent), dtype=np.int64)
        found[STORY] = [i for i, _ in archive.dense.search(vector, len(among), allowed=among)]
    return found


def _speakers(archive: Archive, passages: Sequence[int]) -> Mapping[int, tuple[str, str]]:
    """Article id and outlet (the article's id where it has none) of passages."""
    articles = archive.catalogue.articles_of(passages)
    outlets = archive.catalogue.outlets_of(set(articles.values()))
    return {passage: (article, outlets[article] or article) for passage, article in articles.items()}
