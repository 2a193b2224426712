"""Drafts that were checked, in one SQLite file, so that a reload, another tab or another day shows them again."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pydantic import ValidationError

from index.errors import RashomonError
from qa.types import Review
from qa.user_file import UserFile

if TYPE_CHECKING:
    from pathlib import Path

TITLE_CHARACTERS = 80

_FIRST = """
CREATE TABLE IF NOT EXISTS drafts (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    checked REAL NOT NULL,
    draft TEXT NOT NULL,
    review TEXT NOT NULL
)
"""


@dataclass(frozen=True, slots=True)
class Checked:
    """A draft and what came of checking it."""

    draft: str
    review: Review


@dataclass(frozen=True, slots=True)
class Listed:
    """A draft in the list of them.

    Attributes:
        id: what its address carries; cannot be guessed.
        title: its first words, on one line.
        checked: seconds since 1970, UTC.
    """

    id: str
    title: str
    checked: float


class Drafts:
    """The drafts kept in one file, which is made where it is missing.

    Raises:
        RashomonError: by every method, where the file cannot be read or written.
    """

    def __init__(self, path: Path) -> None:
        self._file = UserFile(path, "drafts", (_FIRST,))

    def keep(self, draft_id: str, draft: str, review: Review) -> None:
        """Keeps a draft with its review."""
        values = (draft_id, time.time(), draft, review.model_dump_json())
        with self._file.write() as database:
            database.execute("INSERT INTO drafts (id, checked, draft, review) VALUES (?, ?, ?, ?)", values)

    def get(self, draft_id: str) -> Checked | None:
        """The draft of this id, or None where there is none (any longer)."""
        with self._file.read() as database:
            row = database.execute("SELECT draft, review FROM drafts WHERE id = ?", (draft_id,)).fetchone()
        if row is None:
            return None
        try:
            return Checked(row[0], Review.model_validate_json(row[1]))
        except ValidationError as error:
            raise RashomonError(
                "This draft was kept by another version of Rashomon and cannot be read by this one; delete it, and "
                "check it again."
            ) from error

    def list(self, most: int = 100) -> tuple[Listed, ...]:
        """The drafts, the one that was checked last first, `most` at the most."""
        with self._file.read() as database:
            rows = database.execute(
                "SELECT id, substr(draft, 1, 400), checked FROM drafts ORDER BY number DESC LIMIT ?", (most,)
            ).fetchall()
        return tuple(Listed(i, " ".join(words.split())[:TITLE_CHARACTERS], checked) for i, words, checked in rows)

    def delete(self, draft_id: str) -> None:
        """Removes a draft, where it is there."""
        with self._file.write() as database:
            database.execute("DELETE FROM drafts WHERE id = ?", (draft_id,))
