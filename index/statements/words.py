"""Sets of words, written as one string."""

from __future__ import annotations


def words(listed: str) -> frozenset[str]:
    """The words of a string, parted by spaces or lines."""
    return frozenset(listed.split())
