"""The SQLite file that an archive's record stands in: opened for reading or writing, and brought up to date."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from index.errors import ArchiveError, OldArchiveError
from index.schema import MIGRATIONS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path


class Database:
    """One SQLite file. One connection behind a lock: safe for several threads."""

    def __init__(self, path: Path, *, write: bool = False) -> None:
        """Opens the file; a writer makes it where it is missing and brings it up to date.

        A reader takes the file as unchanging, which a published one is.

        Raises:
            ArchiveError: the file is no catalogue, or one of another version.
        """
        uri = f"{path.absolute().as_uri()}?{'mode=rwc' if write else 'mode=ro&immutable=1'}"
        try:
            self._db = sqlite3.connect(uri, uri=True, check_same_thread=False)
            self._db.row_factory = sqlite3.Row
            self._db.create_function("casefold", 1, _casefold, deterministic=True)
            self._db.execute("PRAGMA foreign_keys = ON")
            if write:  # a file that is not yet published is dropped after a crash, so nothing need be synced
                self._db.execute("PRAGMA journal_mode = MEMORY")
                self._db.execute("PRAGMA synchronous = OFF")
            version: int = self._db.execute("PRAGMA user_version").fetchone()[0]
        except sqlite3.DatabaseError as error:
            raise ArchiveError(
                "The archive's catalogue cannot be read; restore it from a copy, or add the articles to a new archive."
            ) from error
        self._lock = threading.RLock()
        if write and version < len(MIGRATIONS):
            self._migrate(version)
        elif version < len(MIGRATIONS):
            self._db.close()
            raise OldArchiveError(
                "The archive was made by an older version of this program; `rashomon add` with any of its files "
                "brings it up to date."
            )
        elif version > len(MIGRATIONS):
            self._db.close()
            raise ArchiveError(
                f"The archive's catalogue has version {version}, this program reads {len(MIGRATIONS)}; "
                "use the program that made it, or add the articles to a new archive."
            )

    def _migrate(self, version: int) -> None:
        with self._db:
            for step in MIGRATIONS[version:]:
                step(self._db)
            self._db.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")
        if version:
            self._db.execute("VACUUM")  # the space of what was replaced

    def commit(self) -> None:
        """Keeps what was written."""
        with self.changing() as db:
            db.commit()

    def close(self) -> None:
        """Closes the file; what was not committed is dropped. Closing again does nothing."""
        self._db.close()

    def query(self, query: str, values: Sequence[Any] = ()) -> list[sqlite3.Row]:
        """Rows; a value stands for each `?`."""
        try:
            with self._lock:
                return self._db.execute(query, values).fetchall()
        except sqlite3.DatabaseError as error:
            raise ArchiveError(
                "The archive's catalogue cannot be read; restore it from a copy, or add the articles to a new archive."
            ) from error

    def change(self, statement: str, rows: Iterable[Sequence[Any]]) -> None:
        """Runs a statement for each row."""
        with self.changing() as db:
            db.executemany(statement, rows)

    @contextmanager
    def changing(self) -> Iterator[sqlite3.Connection]:
        """The connection, alone among threads; a disk that is full or fails is told as our own error."""
        try:
            with self._lock:
                yield self._db
        except sqlite3.OperationalError as error:
            raise ArchiveError(
                f"The archive's catalogue could not be written ({error}); it stays as it was published last. "
                "Free some space or choose another folder with --archive."
            ) from error


def _casefold(text: str | None) -> str | None:
    """SQLite's own lower() knows ASCII only."""
    return None if text is None else text.casefold()
