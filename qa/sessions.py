"""Conversations in one SQLite file: what was asked and what was answered, for every tab and every restart.

An answer is kept as the JSON document it is, and beside it what its reader thought of it.
"""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from pydantic import ValidationError

from index.errors import RashomonError, UsageError
from qa.types import Turn
from qa.user_file import UserFile

if TYPE_CHECKING:
    from pathlib import Path

TITLE_CHARACTERS = 80

_FIRST = """
CREATE TABLE conversations (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    created REAL NOT NULL,
    updated REAL NOT NULL
);
CREATE TABLE turns (
    conversation INTEGER NOT NULL REFERENCES conversations (number) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    document TEXT NOT NULL,
    PRIMARY KEY (conversation, ordinal)
) WITHOUT ROWID;
"""
_SECOND = """
CREATE TABLE feedback (
    conversation INTEGER NOT NULL,
    ordinal INTEGER NOT NULL,
    marker INTEGER NOT NULL,
    judgement TEXT NOT NULL,
    given REAL NOT NULL,
    PRIMARY KEY (conversation, ordinal, marker),
    FOREIGN KEY (conversation, ordinal) REFERENCES turns (conversation, ordinal) ON DELETE CASCADE
) WITHOUT ROWID;
"""
_STEPS = (_FIRST, _SECOND)
"""What each version adds to the one before it, the first to an empty file."""
SCHEMA_VERSION = len(_STEPS)
_WHOLE_ANSWER = 0
"""Stands for a marker in a judgement on an answer; markers count from 1."""

_SELECT = """
SELECT id, title, created, updated, (SELECT COUNT(*) FROM turns WHERE conversation = number) FROM conversations
"""


@dataclass(frozen=True, slots=True)
class Conversation:
    """A conversation without its turns.

    Attributes:
        id: what its address carries; cannot be guessed.
        created, updated: seconds since 1970, UTC; `updated` is when the last turn was added.
        turns: how many questions of it are answered.
    """

    id: str
    title: str
    created: float
    updated: float
    turns: int


class Judgement(StrEnum):
    """What a reader thinks of an answer, or of one of its citations."""

    GOOD = "good"
    BAD = "bad"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Feedback:
    """A judgement that is kept with a turn.

    Attributes:
        turn: its place in the conversation, from 1.
        marker: the citation it is on, or None where it is on the answer as a whole.
        given: seconds since 1970, UTC.
    """

    turn: int
    marker: int | None
    judgement: Judgement
    given: float


class Sessions:
    """The conversations kept in one file, which is made where it is missing.

    Raises:
        RashomonError: by every method, where the file cannot be read or written.
    """

    def __init__(self, path: Path) -> None:
        self._file = UserFile(path, "conversations", _STEPS)

    def create(self, title: str) -> Conversation:
        """A new conversation without turns, its title on one line and cut to a readable length."""
        now = time.time()
        made = Conversation(secrets.token_urlsafe(9), _one_line(title), now, now, 0)
        with self._file.write() as database:
            database.execute(
                "INSERT INTO conversations (id, title, created, updated) VALUES (?, ?, ?, ?)",
                (made.id, made.title, made.created, made.updated),
            )
        return made

    def list(self, most: int = 200) -> tuple[Conversation, ...]:
        """The conversations, the one that was added to last first, `most` at the most."""
        with self._file.read() as database:
            rows = database.execute(_SELECT + "ORDER BY updated DESC, number DESC LIMIT ?", (most,)).fetchall()
        return tuple(Conversation(*row) for row in rows)

    def get(self, conversation: str) -> Conversation | None:
        """The conversation of this id, or None where there is none (any longer)."""
        with self._file.read() as database:
            row = database.execute(_SELECT + "WHERE id = ?", (conversation,)).fetchone()
        return Conversation(*row) if row else None

    def turns(self, conversation: str) -> tuple[Turn, ...]:
        """The turns of a conversation in the order they were added; empty for an unknown one."""
        with self._file.read() as database:
            rows = database.execute(
                "SELECT document FROM turns JOIN conversations ON conversation = number WHERE id = ? ORDER BY ordinal",
                (conversation,),
            ).fetchall()
        try:
            return tuple(Turn.model_validate_json(document) for (document,) in rows)
        except ValidationError as error:
            raise RashomonError(
                "This conversation was kept by another version of Rashomon and cannot be read by this one;"
                " delete it, or open it with the version that made it."
            ) from error

    def append(self, conversation: str, turn: Turn) -> None:
        """Adds a turn at the end.

        Raises:
            UsageError: there is no such conversation (any longer).
        """
        with self._file.write() as database:
            row = database.execute("SELECT number FROM conversations WHERE id = ?", (conversation,)).fetchone()
            if row is None:
                raise UsageError("This conversation has been deleted; ask the question in a new one.")
            database.execute(
                "INSERT INTO turns SELECT ?1, COALESCE(MAX(ordinal) + 1, 0), ?2 FROM turns WHERE conversation = ?1",
                (row[0], turn.model_dump_json()),
            )
            database.execute("UPDATE conversations SET updated = ? WHERE number = ?", (time.time(), row[0]))

    def judge(self, conversation: str, turn: int, judgement: Judgement | None, *, marker: int | None = None) -> None:
        """Keeps what a reader thinks of a turn, in the place of what was thought before; None takes it back.

        Args:
            turn: its place in the conversation, from 1; one that is not there (any longer) keeps nothing.
            marker: the citation that is meant; None means the answer as a whole.
        """
        of = _WHOLE_ANSWER if marker is None else marker
        with self._file.write() as database:
            row = database.execute(
                "SELECT number, ordinal FROM turns JOIN conversations ON conversation = number"
                " WHERE id = ? AND ordinal = ?",
                (conversation, turn - 1),
            ).fetchone()
            if row is None:
                return
            database.execute("DELETE FROM feedback WHERE (conversation, ordinal, marker) = (?, ?, ?)", (*row, of))
            if judgement:
                values = (*row, of, judgement, time.time())
                database.execute("INSERT INTO feedback VALUES (?, ?, ?, ?, ?)", values)

    def feedback(self, conversation: str) -> tuple[Feedback, ...]:
        """What was thought of a conversation's turns, in their order; of each its answer first, then its citations."""
        with self._file.read() as database:
            rows = database.execute(
                "SELECT ordinal + 1, marker, judgement, given FROM feedback JOIN conversations ON conversation = number"
                " WHERE id = ? ORDER BY ordinal, marker",
                (conversation,),
            ).fetchall()
        return tuple(Feedback(turn, marker or None, Judgement(told), given) for turn, marker, told, given in rows)

    def rename(self, conversation: str, title: str) -> None:
        """Gives a conversation another title; an empty one changes nothing."""
        if not title.strip():
            return
        with self._file.write() as database:
            database.execute("UPDATE conversations SET title = ? WHERE id = ?", (_one_line(title), conversation))

    def delete(self, conversation: str) -> None:
        """Removes a conversation and its turns, where it is there."""
        with self._file.write() as database:
            database.execute("DELETE FROM conversations WHERE id = ?", (conversation,))


def _one_line(title: str) -> str:
    line = " ".join(title.split())
    return line if len(line) <= TITLE_CHARACTERS else line[: TITLE_CHARACTERS - 1].rstrip() + "…"
