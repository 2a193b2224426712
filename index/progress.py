"""What happens while articles are added, as events for a screen to show."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Found:
    """How many files there are to read, and how many in the folders are of no known kind, by suffix."""

    files: int
    skipped: dict[str, int]


@dataclass(frozen=True, slots=True)
class Read:
    """One more file is done, or found unchanged."""

    path: str
    unchanged: bool


@dataclass(frozen=True, slots=True)
class Failed:
    """A file, or one article of it, could not be read."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class Added:
    """Articles that went in; they are safe once `Saved` follows."""

    articles: int
    passages: int


@dataclass(frozen=True, slots=True)
class Saved:
    """All that was added so far is in the archive for good."""

    articles: int
    replaced: int


@dataclass(frozen=True, slots=True)
class Understood:
    """Articles whose statements were read, of how many."""

    articles: int
    of: int


@dataclass(frozen=True, slots=True)
class Related:
    """Articles that were held against the others, for copies and stories, of how many."""

    articles: int
    of: int


@dataclass(frozen=True, slots=True)
class Vanished:
    """Files that the archive knows and that are gone, and whether their articles were removed."""

    paths: tuple[str, ...]
    removed: bool


Progress = Found | Read | Failed | Added | Saved | Understood | Related | Vanished
