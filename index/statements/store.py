"""Statements in the catalogue: kept beside the articles they were read from, and found by speaker, target and kind."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from index.types import Kind, Quoted, Span, Statement

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from index.database import Database


class StatementStore:
    """The statements of one catalogue."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def put(self, read: Mapping[str, Sequence[Statement]]) -> None:
        """Stores the statements of articles that were read, by article id, in the place of older ones."""
        self._database.change("DELETE FROM statements WHERE article = ?", [(article,) for article in read])
        self._database.change(
            "INSERT OR REPLACE INTO statements VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [_row(statement) for statements in read.values() for statement in statements],
        )
        self._database.change("UPDATE articles SET was_read = 1 WHERE id = ?", [(article,) for article in read])

    def unread(self) -> list[str]:
        """Ids of the articles whose statements were not yet read."""
        return [row["id"] for row in self._database.query("SELECT id FROM articles WHERE NOT was_read ORDER BY rowid")]

    def of(self, articles: Collection[str]) -> dict[str, tuple[Statement, ...]]:
        """The statements of these articles, in the order of their cues; an article that was not read is missing."""
        among = json.dumps(list(articles))
        read = "SELECT id FROM articles WHERE was_read AND id IN (SELECT value FROM json_each(?))"
        found: dict[str, list[Statement]] = {row["id"]: [] for row in self._database.query(read, (among,))}
        query = "SELECT * FROM statements WHERE article IN (SELECT value FROM json_each(?)) ORDER BY article, start"
        for row in self._database.query(query, (among,)):
            found[row["article"]].append(_statement(row))
        return {article: tuple(statements) for article, statements in found.items()}

    def find(
        self,
        *,
        kinds: Collection[Kind] = (),
        speaker: str | None = None,
        about: str | None = None,
        articles: Collection[str] | None = None,
    ) -> Iterator[Statement]:
        """Statements by article and place.

        Args:
            kinds: what the speaker does; any where it is empty.
            speaker: a part of the speaker's name or of one it could be, whatever its capitals.
            about: a part of the target's name, whatever its capitals.
            articles: ids to look in; all where it is None.
        """
        wheres, values = ["1"], list[Any]()
        if kinds:
            wheres.append("kind IN (SELECT value FROM json_each(?))")
            values.append(json.dumps([str(kind) for kind in kinds]))
        if speaker:
            wheres.append("(instr(casefold(speaker), ?) OR instr(casefold(ambiguous), ?))")
            values += [speaker.casefold()] * 2
        if about:
            wheres.append("instr(casefold(target), ?)")
            values.append(about.casefold())
        if articles is not None:
            wheres.append("article IN (SELECT value FROM json_each(?))")
            values.append(json.dumps(list(articles)))
        query = f"SELECT * FROM statements WHERE {' AND '.join(wheres)} ORDER BY article, start"  # noqa: S608
        return map(_statement, self._database.query(query, values))


def _row(statement: Statement) -> tuple[Any, ...]:
    return (
        statement.id,
        statement.article_id,
        min(span.start for span in statement.cue or statement.content),
        statement.kind,
        statement.speaker,
        json.dumps(statement.ambiguous, ensure_ascii=False),
        statement.target,
        statement.quoted,
        statement.via,
        statement.negated,
        *(
            json.dumps([(s.start, s.end) for s in spans])
            for spans in (statement.source, statement.cue, statement.content)
        ),
    )


def _statement(row: sqlite3.Row) -> Statement:
    source, cue, content = (
        tuple(Span(start, end) for start, end in json.loads(row[part])) for part in ("source", "cue", "content")
    )
    return Statement(
        id=row["id"],
        article_id=row["article"],
        kind=Kind(row["kind"]),
        speaker=row["speaker"],
        ambiguous=tuple(json.loads(row["ambiguous"])),
        target=row["target"],
        quoted=Quoted(row["quoted"]),
        via=row["via"],
        negated=bool(row["negated"]),
        source=source,
        cue=cue,
        content=content,
    )
