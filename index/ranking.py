"""The passages that may answer a question, and their order: what each search finds, and a closer look at the best."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from index.chunk import headed
from index.fuse import blend
from index.planner import by_article
from index.proximity import proximity
from index.rerank import reorder

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from index.archive import Archive
    from index.planner import Allowed
    from index.rerank import Reranker

BY_WORDS = 300
"""Passages whose score by words is known, at least."""


@dataclass(frozen=True, slots=True)
class Candidates:
    """Passages that may answer.

    Attributes:
        meaning: cosine of the question and each candidate.
        words: BM25 scores, also of some that are no candidates; a missing one is 0.
        found_by: by the name of a search, what it handed on, best first.
    """

    meaning: Mapping[int, float]
    words: Mapping[int, float]
    found_by: Mapping[str, Sequence[int]]


def candidates(
    question: str,
    vector: NDArray[np.float32],
    archive: Archive,
    scope: Allowed | None,
    most: int,
    *,
    exact: bool = False,
) -> Candidates:
    """What the search by meaning and the search by words find.

    Args:
        vector: the question's, `(dimension,)`.
        scope: what the search is limited to.
        most: passages that each search hands on.
        exact: compare every vector, however many there are.
    """
    ids, articles = (scope.passages, scope.articles) if scope else (None, None)
    meaning = dict(archive.dense.search(vector, most, allowed=ids, exact=exact))
    words = dict(archive.lexical.search(question, max(BY_WORDS, most), articles=articles, passages=ids))
    found_by = {"dense": tuple(meaning), "lexical": tuple(words)[:most]}
    further = [i for i in found_by["lexical"] if i not in meaning]
    meaning |= dict(zip(further, archive.dense.similarity(vector, further), strict=True))
    return Candidates(meaning, words, found_by)


def rank(
    question: str,
    vector: NDArray[np.float32],
    archive: Archive,
    found: Candidates,
    *,
    near: int,
    read: int,
    reranker: Reranker | None = None,
) -> list[tuple[int, float]]:
    """The best candidates with their scores, best first: by their words and meaning, and what their article is about.

    Args:
        near: how many are ranked; their whole articles are compared with the question.
        read: how many of these are read: for words that stand together, and by the reranker.
    """
    nearest = {i: found.meaning[i] for i, _ in blend(found.meaning, found.words)[:near]}
    about = _about(archive, vector, list(nearest))
    texts = archive.catalogue.texts([i for i, _ in blend(nearest, found.words, about)[:read]])
    together = proximity(question, texts, archive.lexical.stem_rarity)
    ranked = blend(nearest, found.words, about, together)
    if reranker:
        ranked = reorder(ranked, reranker.scores(question, _headed(archive, [i for i, _ in ranked[: len(texts)]])))
    return ranked


def _headed(archive: Archive, passages: Sequence[int]) -> list[str]:
    """Passages as a model reads them: under their headlines."""
    found = archive.catalogue.found(passages)
    return [text for i in passages for text in headed(found[i][1], [found[i][0]])]


def _about(archive: Archive, vector: NDArray[np.float32], passages: Sequence[int]) -> dict[int, float]:
    """For each passage the mean cosine of the question and its article's passages."""
    articles = by_article(archive.catalogue, passages)
    spans = list(dict.fromkeys(articles.values()))
    if not spans:
        return {}
    rows = [i for _, first, last in spans for i in range(first, last + 1)]
    cosines = archive.dense.vectors(rows) @ vector
    ends = np.cumsum([last + 1 - first for _, first, last in spans])
    means = dict(zip(spans, (float(part.mean()) for part in np.split(cosines, ends[:-1])), strict=True))
    return {i: means[articles[i]] for i in passages}
