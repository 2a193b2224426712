"""The record of an archive in SQLite: articles, their marks, sentences and passages, and the files they came from.

Everything else in an archive is made from it and can be made again.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from index.database import Database
from index.files import FileStore
from index.types import Article, Evidence, Mark, Origin, Passage, Reason, Sentence, Span

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Iterator, Sequence

    from index.types import Filters

_ENDLESS = 2**31


class Catalogue(Database):
    """The articles of an archive and what they were cut into."""

    @property
    def files(self) -> FileStore:
        """The files that the articles came from."""
        return FileStore(self)

    # reading

    def article(self, article_id: str) -> Article | None:
        """The article of this id."""
        rows = self.query("SELECT * FROM articles WHERE id = ?", (article_id,))
        return _article(rows[0], self.marks(article_id)) if rows else None

    def ids(self) -> list[str]:
        """The ids of all articles, in the order they came."""
        return [row["id"] for row in self.query("SELECT id FROM articles ORDER BY rowid")]

    def articles(self) -> Iterator[Article]:
        """Every article with its text, by outlet, day and title; one at a time in memory."""
        order = "SELECT id FROM articles ORDER BY outlet IS NULL, outlet, published, title, id"
        for row in self.query(order):
            article = self.article(row["id"])
            if article is not None:
                yield article

    def marks(self, article_id: str) -> tuple[Mark, ...]:
        """The article's boilerplate in order."""
        rows = self.query("SELECT * FROM marks WHERE article = ? ORDER BY start", (article_id,))
        return tuple(Mark(row["start"], row["end"], Reason(row["reason"])) for row in rows)

    def sentences(self, article: Article, passage: Passage | None = None) -> tuple[Sentence, ...]:
        """The article's sentences in order, or those of one of its passages."""
        first, last = (passage.first, passage.last) if passage else (0, _ENDLESS)
        query = "SELECT * FROM sentences WHERE article = ? AND ordinal BETWEEN ? AND ? ORDER BY ordinal"
        rows = self.query(query, (article.id, first, last))
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
        rows = self.query(query, (json.dumps(list(passage_ids)),))
        articles = {article: self.article(article) for article in {row["article"] for row in rows}}
        return {row["id"]: (_passage(row, held), held) for row in rows if (held := articles[row["article"]])}

    def articles_of(self, passage_ids: Collection[int]) -> dict[int, str]:
        """The article of each of these passages."""
        query = "SELECT id, article FROM passages WHERE id IN (SELECT value FROM json_each(?))"
        return {row["id"]: row["article"] for row in self.query(query, (json.dumps(list(passage_ids)),))}

    def texts(self, passage_ids: Collection[int]) -> dict[int, str]:
        """What stands in each of these passages, without the rest of what `found` reads."""
        query = 'SELECT id, article, start, "end" FROM passages WHERE id IN (SELECT value FROM json_each(?))'
        rows = self.query(query, (json.dumps(list(passage_ids)),))
        among = json.dumps(sorted({row["article"] for row in rows}))
        query = "SELECT id, text FROM articles WHERE id IN (SELECT value FROM json_each(?))"
        whole = {row["id"]: row["text"] for row in self.query(query, (among,))}
        return {row["id"]: whole[row["article"]][row["start"] : row["end"]] for row in rows}

    def passages(self) -> Iterator[tuple[Passage, Article]]:
        """Every passage with its article, by article."""
        for article in self.articles():
            yield from ((passage, article) for passage in self.passages_of(article))

    def passages_of(self, article: Article) -> list[Passage]:
        """The article's passages in order."""
        rows = self.query("SELECT * FROM passages WHERE article = ? ORDER BY id", (article.id,))
        return [_passage(row, article) for row in rows]

    def passage_ids(self, articles: Collection[str] | None = None) -> list[int]:
        """Ids of all passages, or of those of these articles, ascending."""
        if articles is None:
            return [row["id"] for row in self.query("SELECT id FROM passages ORDER BY id")]
        among = json.dumps(list(articles))
        query = "SELECT id FROM passages WHERE article IN (SELECT value FROM json_each(?)) ORDER BY id"
        return [row["id"] for row in self.query(query, (among,))]

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
        rows = self.query(f"SELECT id FROM articles WHERE {' AND '.join(wheres)}", values)  # noqa: S608
        return [row["id"] for row in rows]

    def outlets(self) -> dict[str, int]:
        """Every outlet and its number of articles, most articles first."""
        query = """SELECT outlet, count(*) AS n FROM articles WHERE outlet IS NOT NULL
                   GROUP BY outlet ORDER BY n DESC, outlet"""
        return {row["outlet"]: row["n"] for row in self.query(query)}

    def outlets_of(self, articles: Collection[str]) -> dict[str, str | None]:
        """The outlet of each of these articles."""
        query = "SELECT id, outlet FROM articles WHERE id IN (SELECT value FROM json_each(?))"
        return {row["id"]: row["outlet"] for row in self.query(query, (json.dumps(list(articles)),))}

    def headlines(self, most: int) -> list[str]:
        """The newest headlines, each of another outlet."""
        query = """SELECT title, max(coalesce(published, '')) AS day FROM articles WHERE title IS NOT NULL
                   GROUP BY coalesce(outlet, id) ORDER BY day DESC, title LIMIT ?"""
        return [row["title"] for row in self.query(query, (most,))]

    def days(self) -> tuple[str, str] | None:
        """The first and the last day of publication, where any article has one."""
        row = self.query("SELECT min(published) AS first, max(published) AS last FROM articles")[0]
        return (row["first"], row["last"]) if row["first"] else None

    def size(self) -> int:
        """How many articles there are."""
        return int(self.query("SELECT count(*) AS n FROM articles")[0]["n"])

    def counts(self) -> dict[str, int]:
        """How many articles, passages, sentences and statements there are."""
        return {
            table: self.query(f"SELECT count(*) AS n FROM {table}")[0]["n"]  # noqa: S608
            for table in ("articles", "passages", "sentences", "statements")
        }

    def repeated(self, outlet: str, lines: Collection[str], least: int) -> frozenset[str]:
        """Those of these lines that stand in at least `least` articles of the outlet."""
        by_hash = {_hash(line): line for line in lines}
        query = """SELECT line FROM lines WHERE outlet = ? AND articles >= ?
                   AND line IN (SELECT value FROM json_each(?))"""
        rows = self.query(query, (outlet, least, json.dumps(list(by_hash))))
        return frozenset(by_hash[row["line"]] for row in rows)

    # writing

    def put(self, article: Article, sentences: Sequence[Sentence], passages: Sequence[Passage]) -> list[Passage]:
        """Stores an article that is not there yet; its passages with the ids they were given."""
        with self.changing() as db:
            db.execute(
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
            db.executemany(
                "INSERT INTO marks VALUES (?, ?, ?, ?)",
                [(article.id, mark.start, mark.end, mark.reason) for mark in article.boilerplate],
            )
            db.executemany(
                "INSERT INTO sentences VALUES (?, ?, ?, ?, ?, ?)",
                [(article.id, s.ordinal, s.start, s.end, s.paragraph, s.is_title) for s in sentences],
            )
            return [_put_passage(db, passage) for passage in passages]

    def remove(self, article_ids: Collection[str]) -> list[int]:
        """Removes articles and all that was made from them; the ids of the passages that went."""
        gone = self.passage_ids(article_ids)
        with self.changing() as db:
            db.executemany("DELETE FROM articles WHERE id = ?", [(i,) for i in article_ids])
            # No index leads from an article to its keys: it would cost more with every publication than this scan.
            every = json.dumps(list(article_ids))
            db.execute("DELETE FROM copy_keys WHERE article IN (SELECT value FROM json_each(?))", (every,))
        return gone

    def count_lines(self, outlet: str, lines: Collection[str], *, by: int = 1) -> None:
        """Notes that one more article of the outlet (or one fewer, by -1) holds these lines."""
        with self.changing() as db:
            db.executemany(
                "INSERT INTO lines VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET articles = articles + excluded.articles",
                [(outlet, _hash(line), by) for line in lines],
            )


def _put_passage(db: sqlite3.Connection, passage: Passage) -> Passage:
    cursor = db.execute(
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
