"""DOOR: a question to ranked passages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from index.balance import balance
from index.fuse import blend
from index.planner import allowed, by_article
from index.proximity import proximity
from index.rerank import reorder
from index.types import Hit

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from index.archive import Archive
    from index.embed import Embedder
    from index.rerank import Reranker
    from index.types import Filters

CANDIDATES = 100
"""Passages that each search hands to the fusion."""
BY_WORDS = 300
"""Passages whose score by words is known."""
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
    scope = allowed(archive.catalogue, filters)
    ids, articles = (scope.passages, scope.articles) if scope else (None, None)
    vector = embedder.query(question) if vector is None else vector
    candidates = max(CANDIDATES, 2 * k)
    meaning = dict(archive.dense.search(vector, candidates, allowed=ids, exact=exact))
    words = dict(archive.lexical.search(question, max(BY_WORDS, candidates), articles=articles, passages=ids))
    rankings = {"dense": tuple(meaning), "lexical": tuple(words)[:candidates]}
    further = [i for i in rankings["lexical"] if i not in meaning]
    meaning |= dict(zip(further, archive.dense.similarity(vector, further), strict=True))
    near = [i for i, _ in blend(meaning, words)[: max(LOOKED_INTO, 2 * k)]]
    about, article_of = _about(archive, vector, near)
    near_meaning = {i: meaning[i] for i in near}
    read = [i for i, _ in blend(near_meaning, words, about)[: max(READ, k)]]
    texts = archive.catalogue.texts(read)
    ranked = blend(near_meaning, words, about, proximity(question, texts, archive.lexical.stem_rarity))
    if reranker:
        ranked = reorder(ranked, reranker.scores(question, [texts[i] for i, _ in ranked[: len(read)]]))
    if balanced:
        voices = archive.copies.voices(set(article_of.values()))
        ranked = balance(ranked, k, group=lambda i: voices[article_of[i]], cost=SLOT)
    return hits(archive, vector, ranked[:k], rankings)


def _about(
    archive: Archive, vector: NDArray[np.float32], passages: Sequence[int]
) -> tuple[dict[int, float], dict[int, str]]:
    """For each passage the mean cosine of the question and its article's passages, and the article's id."""
    articles = by_article(archive.catalogue, passages)
    spans = list(dict.fromkeys(articles.values()))
    rows = [i for _, first, last in spans for i in range(first, last + 1)]
    cosines = archive.dense.vectors(rows) @ vector
    ends = np.cumsum([last + 1 - first for _, first, last in spans])
    means = dict(zip(spans, (float(part.mean()) for part in np.split(cosines, ends[:-1])), strict=True)) if rows else {}
    return {i: means[articles[i]] for i in passages}, {i: article for i, (article, _, _) in articles.items()}


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
