"""A file of a reader's own in SQLite: made where it is missing, brought up to date, and safe for several processes.

Each call opens the file, does its work in one transaction and closes it again, so any thread or process may call at any
time: a second writer waits for the first, and what a crash cuts short is not kept.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from index.errors import RashomonError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

LOCK_SECONDS = 10.0


class UserFile:
    """One SQLite file of a known form."""

    def __init__(self, path: Path, what: str, steps: Sequence[str]) -> None:
        """Makes the tables of a new file, and adds those that an earlier version's lacks.

        Args:
            path: the file's; its folder is made where it is missing.
            what: names what is kept in it, for people ("conversations").
            steps: SQL that each version adds to the one before it, the first to an empty file.

        Raises:
            RashomonError: the file cannot be used, or a later version wrote it.
        """
        self._path = path
        self._what = what
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise RashomonError(
                f"The folder {path.parent} cannot be made ({error.strerror}); choose another data folder."
            ) from error
        self._prepare(steps)

    def _prepare(self, steps: Sequence[str]) -> None:
        with self.read() as database:
            version = _version(database)
        if version < len(steps):
            with self.write() as database:
                # Another process may have made them since.
                for step in steps[_version(database) :]:
                    for statement in step.strip().rstrip(";").split(";"):
                        database.execute(statement)
                version = max(_version(database), len(steps))
                database.execute(f"PRAGMA user_version = {version}")
        if version != len(steps):
            raise RashomonError(
                f"The {self._what} in {self._path} were kept by a later version of Rashomon (form {version}, this one"
                f" reads {len(steps)}); update Rashomon, or move the file away to start afresh."
            )

    @contextmanager
    def read(self) -> Iterator[sqlite3.Connection]:
        """The file, open for reading.

        Raises:
            RashomonError: it cannot be used.
        """
        try:
            with closing(sqlite3.connect(self._path, timeout=LOCK_SECONDS, isolation_level=None)) as database:
                database.execute("PRAGMA foreign_keys = ON")
                yield database
        except sqlite3.Error as error:
            raise RashomonError(
                f"The {self._what} in {self._path} cannot be used ({error}); close what else uses the file,"
                " or move it away to start afresh."
            ) from error

    @contextmanager
    def write(self) -> Iterator[sqlite3.Connection]:
        """The file, open for one transaction.

        Raises:
            RashomonError: it cannot be used.
        """
        # The lock is taken at the start: a reader that turns writer half-way would fail instead of waiting.
        with self.read() as database, database:
            database.execute("BEGIN IMMEDIATE")
            yield database


def _version(database: sqlite3.Connection) -> int:
    return int(database.execute("PRAGMA user_version").fetchone()[0])
