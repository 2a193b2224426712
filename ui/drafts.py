"""Drafts that were checked, in one SQLite file, so that a reload, another tab or another day shows them again.

Each call opens the file, does its work in one transaction and closes it again, as `qa.sessions` does.
"""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pydantic import ValidationError

from index.errors import RashomonError
from qa.types import Review

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FORM = 1
LOCK_SECONDS = 10.0
TITLE_CHARACTERS = 80

_TABLE = """
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
        self._path = path
        with self._open() as database:
            form = int(database.execute("PRAGMA user_version").fetchone()[0])
            if form > FORM:
                raise RashomonError(
                    f"The drafts in {path} were kept by a later version of Rashomon; update Rashomon, or move the file "
                    "away to start afresh."
                )
            if form < FORM:
                database.execute(_TABLE)
                database.execute(f"PRAGMA user_version = {FORM}")

    def keep(self, draft_id: str, draft: str, review: Review) -> None:
        """Keeps a draft with its review."""
        values = (draft_id, time.time(), draft, review.model_dump_json())
        with self._open() as database:
            database.execute("INSERT INTO drafts (id, checked, draft, review) VALUES (?, ?, ?, ?)", values)

    def get(self, draft_id: str) -> Checked | None:
        """The draft of this id, or None where there is none (any longer)."""
        with self._open() as database:
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
        with self._open() as database:
            rows = database.execute(
                "SELECT id, substr(draft, 1, 400), checked FROM drafts ORDER BY number DESC LIMIT ?", (most,)
            ).fetchall()
        return tuple(Listed(i, " ".join(words.split())[:TITLE_CHARACTERS], checked) for i, words, checked in rows)

    def delete(self, draft_id: str) -> None:
        """Removes a draft, where it is there."""
        with self._open() as database:
            database.execute("DELETE FROM drafts WHERE id = ?", (draft_id,))

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with closing(sqlite3.connect(self._path, timeout=LOCK_SECONDS)) as database, database:
                yield database
        except (OSError, sqlite3.Error) as error:
            raise RashomonError(
                f"The drafts in {self._path} cannot be used ({error}); close what else uses the file, or move it away "
                "to start afresh."
            ) from error
