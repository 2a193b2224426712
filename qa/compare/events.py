"""Whether two articles tell of one event, so that what they say can be held against each other."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from qa.checks.names import names

if TYPE_CHECKING:
    from index.types import Article

DAYS_APART = 14
SHARED_NAMES = 3
"""Names that both articles print, of their most frequent ones."""
FREQUENT = 12
LEAD = 4000


def same_event(one: Article, other: Article, days: int = DAYS_APART) -> bool:
    """Whether two articles can be of one event: published within `days`, and about the same people and places."""
    if one.published and other.published:
        apart = date.fromisoformat(one.published) - date.fromisoformat(other.published)
        if abs(apart.days) > days:
            return False
    left, right = _frequent_names(one.text[:LEAD]), _frequent_names(other.text[:LEAD])
    return len(left & right) >= min(SHARED_NAMES, len(left), len(right))


@lru_cache(maxsize=512)
def _frequent_names(text: str) -> frozenset[str]:
    body = re.sub(r"\n", ". ", text)
    found = Counter(name.last for name in names(body))
    return frozenset(name for name, _ in found.most_common(FREQUENT))
