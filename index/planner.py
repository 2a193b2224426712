"""Which passages a filter lets through, without asking the record for each of them."""

from __future__ import annotations

import json
import threading
from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from index.catalogue import Catalogue
    from index.types import Filters

    Ids = NDArray[np.int64]

FEW = 500
"""Articles whose passages the record itself gives as quickly."""


SCOPES = 4
"""Filters of an archive that are remembered, the latest; of a million passages each takes 8 MB at most."""


@dataclass(frozen=True, slots=True)
class Allowed:
    """What a search is limited to.

    Attributes:
        articles: their ids.
        passages: ids of all their passages, ascending.
    """

    articles: Sequence[str]
    passages: Ids


def allowed(catalogue: Catalogue, filters: Filters) -> Allowed | None:
    """What the filters let through; None where that is everything."""
    if filters.empty:
        return None
    with _lock:
        scopes = _scopes.setdefault(catalogue, OrderedDict())
        scope = scopes.pop(filters, None)
    if scope is None:
        articles = catalogue.select(filters)
        scope = Allowed(articles, passages_of(catalogue, articles))
    with _lock:
        scopes[filters] = scope  # the latest comes last
        while len(scopes) > SCOPES:
            scopes.popitem(last=False)
    return scope


def passages_of(catalogue: Catalogue, articles: Sequence[str]) -> Ids:
    """Ids of the passages of these articles, ascending."""
    found = _ranges_of(catalogue).passages(articles) if len(articles) > FEW else None
    return np.array(catalogue.passage_ids(articles), dtype=np.int64) if found is None else found


def by_article(catalogue: Catalogue, passages: Sequence[int]) -> dict[int, tuple[str, int, int]]:
    """The article of each of these passages, with the ids of that article's first and last passage."""
    article_of = catalogue.articles_of(passages)
    query = """SELECT article, min(id) AS first, max(id) AS last FROM passages
               WHERE article IN (SELECT value FROM json_each(?)) GROUP BY article"""
    rows = catalogue.query(query, (json.dumps(sorted(set(article_of.values()))),))
    ends = {row["article"]: (row["article"], int(row["first"]), int(row["last"])) for row in rows}
    return {passage: ends[article] for passage, article in article_of.items()}


class _Ranges:
    """The first and the last passage of every article; an article is stored at once, so that its ids are in a row."""

    def __init__(self, catalogue: Catalogue) -> None:
        query = "SELECT article, min(id) AS first, count(*) AS n, max(id) AS last FROM passages GROUP BY article"
        rows = catalogue.query(query)
        self._at = {row["article"]: i for i, row in enumerate(rows)}
        self._first = np.array([row["first"] for row in rows], dtype=np.int64)
        self._count = np.array([row["n"] for row in rows], dtype=np.int64)
        self._whole = all(row["last"] - row["first"] + 1 == row["n"] for row in rows)

    def passages(self, articles: Sequence[str]) -> Ids | None:
        """The ids, ascending; None where they are not in a row after all."""
        if not self._whole:
            return None
        at = np.array([self._at[article] for article in articles if article in self._at], dtype=np.int64)
        at = at[np.argsort(self._first[at])]
        first, count = self._first[at], self._count[at]
        within = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
        return np.asarray(np.repeat(first, count) + within, dtype=np.int64)


# A published record never changes, so what was read of it holds for as long as it is open.
_known: WeakKeyDictionary[Catalogue, _Ranges] = WeakKeyDictionary()
_scopes: WeakKeyDictionary[Catalogue, OrderedDict[Filters, Allowed]] = WeakKeyDictionary()
_lock = threading.Lock()


def _ranges_of(catalogue: Catalogue) -> _Ranges:
    with _lock:
        if catalogue not in _known:
            _known[catalogue] = _Ranges(catalogue)
        return _known[catalogue]
