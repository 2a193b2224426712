"""DOOR: a question to ranked passages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.balance import balance
from index.planner import allowed
from index.ranking import candidates, rank
from index.types import Hit

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from index.archive import Archive
    from index.embed import Embedder
    from index.rerank import Reranker
    from index.types import Filters

CANDIDATES = 100
"""Passages that each search hands to the fusion."""
LOOKED_INTO = 60
"""Candidates whose whole articles are compared with the question."""
READ = 30
"""The best of them, which are read: for words that stand together, and by a reranker, where there is one. A small one
takes about a second for so many on two cores."""
SLOT = 0.2
"""What a passage loses where a better one of the same voice stands before it; the best score by words counts 1."""


def retrieve(
    question: str,
    *,
    archive: Archive,
    embedder: Embedder,
    filters: Filters,
    k: int = 10,
    balanced: bool = True,
    exact: bool = False,
    vector: NDArray[np.float32] | None = None,
    reranker: Reranker | None = None,
) -> tuple[Hit, ...]:
    """The `k` passages that fit the question best: by their meaning, their words, and what their article is about.

    Args:
        filters: what the search is limited to.
        vector: the question's, where it is known already, `(dimension,)`.
        balanced: among passages that fit much alike, let every independent account be heard.
        exact: compare every vector, however many there are.
        reranker: puts the best in its own order, where there is one.
    """
    vector = embedder.query(question) if vector is None else vector
    scope = allowed(archive.catalogue, filters)
    found = candidates(question, vector, archive, scope, max(CANDIDATES, 2 * k), exact=exact)
    near, read = max(LOOKED_INTO, 2 * k), max(READ, k)
    ranked = rank(question, vector, archive, found, near=near, read=read, reranker=reranker)
    if balanced:
        article_of = archive.catalogue.articles_of([i for i, _ in ranked])
        voices = archive.copies.voices(set(article_of.values()))
        ranked = balance(ranked, k, group=lambda i: voices[article_of[i]], cost=SLOT)
    return hits(archive, vector, ranked[:k], found.found_by)


def hits(
    archive: Archive,
    vector: NDArray[np.float32],
    ranked: Sequence[tuple[int, float]],
    rankings: Mapping[str, Sequence[int]],
) -> tuple[Hit, ...]:
    """Passages as hits, with what of them the archive holds.

    Args:
        archive: holds them.
        vector: the question's, `(dimension,)`.
        ranked: passages and scores, best first.
        rankings: what each search found, by its name.
    """
    similarities = archive.dense.similarity(vector, [i for i, _ in ranked])
    named = {name: set(ids) for name, ids in rankings.items()}
    found = archive.catalogue.found([i for i, _ in ranked])  # every indexed passage is in the catalogue
    found_hits = []
    for (passage_id, score), similarity in zip(ranked, similarities, strict=True):
        passage, article = found[passage_id]
        found_hits.append(
            Hit(
                passage=passage,
                article=article,
                score=score,
                similarity=similarity,
                found_by=tuple(name for name, ids in named.items() if passage_id in ids),
                sentences=archive.catalogue.sentences(article, passage),
            )
        )
    return tuple(found_hits)
