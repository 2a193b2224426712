"""The record of an archive in SQLite: articles, their marks, sentences and passages, and the files they came from.

Everything else in an archive is made from it and can be made again.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import threading
from contextlib import contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from index.errors import ArchiveError, OldArchiveError
from index.files import FileStore
from index.schema import MIGRATIONS
from index.types import Article, Evidence, Mark, Origin, Passage, Reason, Sentence, Span

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from pathlib import Path

    from index.types import Filters

_ENDLESS = 2**31


class Catalogue:
    """One SQLite file. One connection behind a lock: safe for several threads."""

    def __init__(self, path: Path, *, write: bool = False) -> None:
        """Opens a catalogue; a writer makes it where it is missing and brings it up to date.

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
        self.files = FileStore(self)
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
        with self._changing():
            self._db.commit()

    def close(self) -> None:
        """Closes the file; what was not committed is dropped. Closing again does nothing."""
        self._db.close()

    def query(self, query: str, values: Sequence[Any] = ()) -> list[sqlite3.Row]:
        """Rows, for the stores of other things in this catalogue."""
        return self._all(query, values)

    def change(self, statement: str, rows: Iterable[Sequence[Any]]) -> None:
        """Runs a statement for each row, for the stores of other things in this catalogue."""
        with self._changing():
            self._db.executemany(statement, rows)

    def _all(self, query: str, values: Sequence[Any] = ()) -> list[sqlite3.Row]:
        try:
            with self._lock:
                return self._db.execute(query, values).fetchall()
        except sqlite3.DatabaseError as error:
            raise ArchiveError(
                "The archive's catalogue cannot be read; restore it from a copy, or add the articles to a new archive."
            ) from error

    @contextmanager
    def _changing(self) -> Iterator[None]:
        """Alone among threads; a disk that is full or fails is told as our own error."""
        try:
            with self._lock:
                yield
        except sqlite3.OperationalError as error:
            raise ArchiveError(
                f"The archive's catalogue could not be written ({error}); it stays as it was published last. "
                "Free some space or choose another folder with --archive."
            ) from error

    # reading

    def article(self, article_id: str) -> Article | None:
        """The article of this id."""
        rows = self._all("SELECT * FROM articles WHERE id = ?", (article_id,))
        return _article(rows[0], self.marks(article_id)) if rows else None

    def ids(self) -> list[str]:
        """The ids of all articles, in the order they came."""
        return [row["id"] for row in self._all("SELECT id FROM articles ORDER BY rowid")]

    def articles(self) -> Iterator[Article]:
        """Every article with its text, by outlet, day and title; one at a time in memory."""
        order = "SELECT id FROM articles ORDER BY outlet IS NULL, outlet, published, title, id"
        for row in self._all(order):
            article = self.article(row["id"])
            if article is not None:
                yield article

    def marks(self, article_id: str) -> tuple[Mark, ...]:
        """The article's boilerplate in order."""
        rows = self._all("SELECT * FROM marks WHERE article = ? ORDER BY start", (article_id,))
        return tuple(Mark(row["start"], row["end"], Reason(row["reason"])) for row in rows)

    def sentences(self, article: Article, passage: Passage | None = None) -> tuple[Sentence, ...]:
        """The article's sentences in order, or those of one of its passages."""
        first, last = (passage.first, passage.last) if passage else (0, _ENDLESS)
        query = "SELECT * FROM sentences WHERE article = ? AND ordinal BETWEEN ? AND ? ORDER BY ordinal"
        rows = self._all(query, (article.id, first, last))
        return tuple(
            Sentence(
                article_id=article.id,
                ordinal=row["ordinal"],
                start=row["start"],
                end=row["end"],
                text=article.text[row["start"] : row["end"]],
                paragraph=row["paragraph"],
                is_title=bool(row["is_title"]),
            )
            for row in rows
        )

    def found(self, passage_ids: Collection[int]) -> dict[int, tuple[Passage, Article]]:
        """These passages, as far as they are there, with their articles."""
        query = "SELECT * FROM passages WHERE id IN (SELECT value FROM json_each(?))"
        rows = self._all(query, (json.dumps(list(passage_ids)),))
        articles = {article: self.article(article) for article in {row["article"] for row in rows}}
        return {row["id"]: (_passage(row, held), held) for row in rows if (held := articles[row["article"]])}

    def articles_of(self, passage_ids: Collection[int]) -> dict[int, str]:
        """The article of each of these passages."""
        query = "SELECT id, article FROM passages WHERE id IN (SELECT value FROM json_each(?))"
        return {row["id"]: row["article"] for row in self._all(query, (json.dumps(list(passage_ids)),))}

    def passages(self) -> Iterator[tuple[Passage, Article]]:
        """Every passage with its article, by article."""
        for article in self.articles():
            yield from ((passage, article) for passage in self.passages_of(article))

    def passages_of(self, article: Article) -> list[Passage]:
        """The article's passages in order."""
        rows = self._all("SELECT * FROM passages WHERE article = ? ORDER BY id", (article.id,))
        return [_passage(row, article) for row in rows]

    def passage_ids(self, articles: Collection[str] | None = None) -> list[int]:
        """Ids of all passages, or of those of these articles, ascending."""
        if articles is None:
            return [row["id"] for row in self._all("SELECT id FROM passages ORDER BY id")]
        among = json.dumps(list(articles))
        query = "SELECT id FROM passages WHERE article IN (SELECT value FROM json_each(?)) ORDER BY id"
        return [row["id"] for row in self._all(query, (among,))]

    def select(self, filters: Filters) -> list[str]:
        """Ids of the articles that the filters let through."""
        wheres, values = ["1"], []
        if filters.outlets:
            wheres.append("outlet IN (SELECT value FROM json_each(?))")
            values.append(json.dumps(filters.outlets))
        if filters.articles:
            wheres.append("id IN (SELECT value FROM json_each(?))")
            values.append(json.dumps(filters.articles))
        if filters.since:
            wheres.append("published >= ?")
            values.append(filters.since.isoformat())
        if filters.until:
            wheres.append("published <= ?")
            values.append(filters.until.isoformat())
        rows = self._all(f"SELECT id FROM articles WHERE {' AND '.join(wheres)}", values)  # noqa: S608
        return [row["id"] for row in rows]

    def outlets(self) -> dict[str, int]:
        """Every outlet and its number of articles, most articles first."""
        query = """SELECT outlet, count(*) AS n FROM articles WHERE outlet IS NOT NULL
                   GROUP BY outlet ORDER BY n DESC, outlet"""
        return {row["outlet"]: row["n"] for row in self._all(query)}

    def outlets_of(self, articles: Collection[str]) -> dict[str, str | None]:
        """The outlet of each of these articles."""
        query = "SELECT id, outlet FROM articles WHERE id IN (SELECT value FROM json_each(?))"
        return {row["id"]: row["outlet"] for row in self._all(query, (json.dumps(list(articles)),))}

    def headlines(self, most: int) -> list[str]:
        """The newest headlines, each of another outlet."""
        query = """SELECT title, max(coalesce(published, '')) AS day FROM articles WHERE title IS NOT NULL
                   GROUP BY coalesce(outlet, id) ORDER BY day DESC, title LIMIT ?"""
        return [row["title"] for row in self._all(query, (most,))]

    def days(self) -> tuple[str, str] | None:
        """The first and the last day of publication, where any article has one."""
        row = self._all("SELECT min(published) AS first, max(published) AS last FROM articles")[0]
        return (row["first"], row["last"]) if row["first"] else None

    def size(self) -> int:
        """How many articles there are."""
        return int(self._all("SELECT count(*) AS n FROM articles")[0]["n"])

    def counts(self) -> dict[str, int]:
        """How many articles, passages, sentences and statements there are."""
        return {
            table: self._all(f"SELECT count(*) AS n FROM {table}")[0]["n"]  # noqa: S608
            for table in ("articles", "passages", "sentences", "statements")
        }

    def repeated(self, outlet: str, lines: Collection[str], least: int) -> frozenset[str]:
        """Those of these lines that stand in at least `least` articles of the outlet."""
        by_hash = {_hash(line): line for line in lines}
        query = """SELECT line FROM lines WHERE outlet = ? AND articles >= ?
                   AND line IN (SELECT value FROM json_each(?))"""
        rows = self._all(query, (outlet, least, json.dumps(list(by_hash))))
        return frozenset(by_hash[row["line"]] for row in rows)

    # writing

    def put(self, article: Article, sentences: Sequence[Sentence], passages: Sequence[Passage]) -> list[Passage]:
        """Stores an article that is not there yet; its passages with the ids they were given."""
        with self._changing():
            self._db.execute(
                "INSERT INTO articles VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0)",
                (
                    article.id,
                    article.path,
                    article.key,
                    article.text,
                    article.title,
                    article.outlet,
                    article.published,
                    article.url,
                    json.dumps(article.authors, ensure_ascii=False),
                    article.language,
                    json.dumps({k: asdict(v) for k, v in article.evidence.items()}, ensure_ascii=False),
                ),
            )
            self._db.executemany(
                "INSERT INTO marks VALUES (?, ?, ?, ?)",
                [(article.id, mark.start, mark.end, mark.reason) for mark in article.boilerplate],
            )
            self._db.executemany(
                "INSERT INTO sentences VALUES (?, ?, ?, ?, ?, ?)",
                [(article.id, s.ordinal, s.start, s.end, s.paragraph, s.is_title) for s in sentences],
            )
            return [self._put_passage(passage) for passage in passages]

    def _put_passage(self, passage: Passage) -> Passage:
        cursor = self._db.execute(
            'INSERT INTO passages (article, start, "end", first, last) VALUES (?, ?, ?, ?, ?)',
            (passage.article_id, passage.start, passage.end, passage.first, passage.last),
        )
        assert cursor.lastrowid is not None
        return Passage(
            cursor.lastrowid,
            passage.article_id,
            passage.start,
            passage.end,
            passage.first,
            passage.last,
            passage.text,
        )

    def remove(self, article_ids: Collection[str]) -> list[int]:
        """Removes articles and all that was made from them; the ids of the passages that went."""
        gone = self.passage_ids(article_ids)
        with self._changing():
            self._db.executemany("DELETE FROM articles WHERE id = ?", [(i,) for i in article_ids])
            # No index leads from an article to its keys: it would cost more with every publication than this scan.
            every = json.dumps(list(article_ids))
            self._db.execute("DELETE FROM copy_keys WHERE article IN (SELECT value FROM json_each(?))", (every,))
        return gone

    def count_lines(self, outlet: str, lines: Collection[str], *, by: int = 1) -> None:
        """Notes that one more article of the outlet (or one fewer, by -1) holds these lines."""
        with self._changing():
            self._db.executemany(
                "INSERT INTO lines VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET articles = articles + excluded.articles",
                [(outlet, _hash(line), by) for line in lines],
            )


def _casefold(text: str | None) -> str | None:
    """SQLite's own lower() knows ASCII only."""
    return None if text is None else text.casefold()


def _hash(line: str) -> int:
    """Eight bytes stand for a line, since a line that repeats is only ever compared."""
    return int.from_bytes(hashlib.blake2b(line.encode(), digest_size=8).digest(), "big", signed=True)


def _passage(row: sqlite3.Row, article: Article) -> Passage:
    start, end = row["start"], row["end"]
    return Passage(row["id"], article.id, start, end, row["first"], row["last"], article.text[start:end])


def _article(row: sqlite3.Row, marks: tuple[Mark, ...]) -> Article:
    return Article(
        id=row["id"],
        path=row["path"],
        key=row["key"],
        text=row["text"],
        title=row["title"],
        outlet=row["outlet"],
        published=row["published"],
        url=row["url"],
        authors=tuple(json.loads(row["authors"])),
        language=row["language"],
        boilerplate=marks,
        evidence={name: _evidence(value) for name, value in json.loads(row["evidence"]).items()},
    )


def _evidence(value: dict[str, Any]) -> Evidence:
    span = value["span"]
    return Evidence(
        value=value["value"],
        confidence=value["confidence"],
        origin=Origin(value["origin"]),
        shown=value["shown"],
        span=Span(span["start"], span["end"]) if span else None,
    )
