"""The record of an archive: what goes in comes out, and what goes takes all that hangs on it along."""

from __future__ import annotations

import sqlite3
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.catalogue import Catalogue
from index.errors import ArchiveError
from index.schema import MIGRATIONS
from index.types import Article, Evidence, Filters, Mark, Origin, Passage, Reason, Sentence, Span

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TEXT = "Bridge talks fail\n\nTalks failed on Friday. “No deal,” she said. 🛳 Both sides left.\n\nShare this page\n"
TABLES = ("articles", "origins", "marks", "sentences", "passages")


def span(words: str) -> Span:
    return Span(TEXT.index(words), TEXT.index(words) + len(words))


def article(article_id: str = "a" * 16, **fields: object) -> Article:
    given_ = {
        "path": "/news/a.txt",
        "key": "",
        "text": TEXT,
        "title": "Bridge talks fail",
        "outlet": "Fjord Gazette",
        "published": "2026-03-14",
        "url": "https://fjord.example/a",
        "authors": ("Ilse Karg", "Jörg Möller"),
        "language": "en",
        "boilerplate": (Mark(span("Share").start, len(TEXT) - 1, Reason.SHARING),),
        "evidence": {
            "title": Evidence("Bridge talks fail", 0.7, Origin.TEXT, "first line", span("Bridge talks fail")),
            "outlet": Evidence("Fjord Gazette", 0.95, Origin.FIELD, "outlet"),
        },
    }
    return Article(id=article_id, **(given_ | fields))  # type: ignore[arg-type]


def sentences(article_id: str) -> tuple[Sentence, ...]:
    texts = ("Bridge talks fail", "Talks failed on Friday.", "“No deal,” she said.", "🛳 Both sides left.")
    return tuple(
        Sentence(article_id, n, span(text).start, span(text).end, text, min(n, 1), is_title=n == 0)
        for n, text in enumerate(texts)
    )


def passages(article_id: str) -> list[Passage]:
    body = sentences(article_id)
    return [
        Passage(0, article_id, body[a].start, body[b].end, a, b, TEXT[body[a].start : body[b].end])
        for a, b in ((1, 2), (2, 3))
    ]


def put(catalogue: Catalogue, made: Article, path: str = "/news/a.txt") -> list[int]:
    stored = catalogue.put(made, sentences(made.id), passages(made.id))
    catalogue.files.put_origin(path, made.key, made.id)
    return [passage.id for passage in stored]


def rows(catalogue: Catalogue, table: str) -> int:
    return int(catalogue.query(f"SELECT count(*) FROM {table}")[0][0])  # noqa: S608


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    opened = Catalogue(tmp_path / "catalogue.sqlite", write=True)
    yield opened
    opened.close()


def test_an_article_comes_out_as_it_went_in_from_another_opening(tmp_path: Path) -> None:
    path = tmp_path / "c.sqlite"
    writer = Catalogue(path, write=True)
    bare = article("b" * 16, title=None, outlet=None, published=None, url=None, authors=(), language=None,
                   boilerplate=(), evidence={}, key="row 7")  # fmt: skip
    ids = put(writer, article()) + put(writer, bare)
    writer.commit()
    writer.close()
    reader = Catalogue(path)
    assert reader.article("a" * 16) == article()
    assert reader.article("b" * 16) == bare
    assert reader.article("c" * 16) is None
    assert reader.sentences(article()) == sentences("a" * 16)
    assert [a.id for a in reader.articles()] == ["a" * 16, "b" * 16]
    assert reader.passage_ids() == ids
    expected = [Passage(i, p.article_id, p.start, p.end, p.first, p.last, p.text)
                for i, p in zip(ids, passages("a" * 16) + passages("b" * 16), strict=True)]  # fmt: skip
    assert reader.sentences(article(), expected[1]) == sentences("a" * 16)[2:4]
    assert reader.found([*ids, 999]) == dict(
        zip(ids, zip(expected, [article()] * 2 + [bare] * 2, strict=True), strict=True)
    )
    assert list(reader.passages()) == list(reader.found(ids).values())
    assert reader.found([]) == {}
    reader.close()


@given(st.text(min_size=1), st.lists(st.text(min_size=1), max_size=3))
def test_any_words_come_out_as_they_went_in(text: str, names: list[str]) -> None:
    from pathlib import Path
    from tempfile import TemporaryDirectory

    if any("\ud800" <= c <= "\udfff" for c in text + "".join(names)):
        return
    with TemporaryDirectory() as folder:
        opened = Catalogue(Path(folder) / "c.sqlite", write=True)
        made = Article("a", "p", "k", text, title=text, outlet=text, authors=tuple(names),
                       evidence={"title": Evidence(text, 0.5, Origin.TAG, text, Span(0, 1))})  # fmt: skip
        opened.put(made, [Sentence("a", 0, 0, len(text), text)], [])
        assert opened.article("a") == made
        assert [s.text for s in opened.sentences(made)] == [text]
        opened.close()


def test_the_text_of_a_passage_is_what_stands_there(catalogue: Catalogue) -> None:
    one, other = put(catalogue, article())
    put(catalogue, article("b" * 16), "/news/b.txt")
    assert catalogue.texts([other, one, 10**6]) == dict(
        zip((one, other), (passage.text for passage in passages("a" * 16)), strict=True)
    )


def test_removing_an_article_takes_all_that_was_made_from_it(catalogue: Catalogue) -> None:
    ids, others = put(catalogue, article()), put(catalogue, article("b" * 16), "/news/b.txt")
    before = {table: rows(catalogue, table) for table in TABLES}
    assert catalogue.remove(["a" * 16, "missing"]) == ids
    assert {table: rows(catalogue, table) for table in TABLES} == {t: n // 2 for t, n in before.items()}
    assert before == {"articles": 2, "origins": 2, "marks": 2, "sentences": 8, "passages": 4}
    assert catalogue.passage_ids() == others
    assert catalogue.files.origins("/news/a.txt") == {}


def test_no_passage_number_is_used_twice(catalogue: Catalogue) -> None:
    first = put(catalogue, article())
    catalogue.remove(["a" * 16])
    assert min(put(catalogue, article())) > max(first)


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO origins VALUES ('/news/a.txt', 'x', 'missing')",
        "INSERT INTO origins VALUES ('/missing', '', 'aaaaaaaaaaaaaaaa')",
        "INSERT INTO marks VALUES ('missing', 0, 1, 'sharing')",
        "INSERT INTO sentences VALUES ('missing', 0, 0, 1, 0, 0)",
        "INSERT INTO passages (article, start, \"end\", first, last) VALUES ('missing', 0, 1, 0, 0)",
    ],
)
def test_nothing_hangs_on_an_article_or_file_that_is_not_there(catalogue: Catalogue, statement: str) -> None:
    put(catalogue, article())
    with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
        catalogue._db.execute(statement)


def test_filters_let_through_outlets_days_and_articles(catalogue: Catalogue) -> None:
    for name, outlet, day in (
        ("a", "Gazette", "2026-03-01"), ("b", "Gazette", "2026-03-31"), ("c", "Post", "2026-03-31"),
        ("d", None, "2026-04-01"), ("e", "Post", None),
    ):  # fmt: skip
        put(catalogue, article(name, outlet=outlet, published=day), f"/{name}")

    def selected(**fields: object) -> str:
        return "".join(sorted(catalogue.select(Filters(**fields))))  # type: ignore[arg-type]

    assert selected() == "abcde"
    assert selected(outlets=("Gazette",)) == "ab"
    assert selected(outlets=("Gazette", "Post")) == "abce"
    assert selected(outlets=("gazette",)) == selected(outlets=("Nobody' OR 1=1 --",)) == ""
    assert selected(since=date(2026, 3, 31)) == "bcd"
    assert selected(until=date(2026, 3, 31)) == "abc"
    assert selected(since=date(2026, 3, 31), until=date(2026, 3, 31), outlets=("Post",)) == "c"
    assert selected(articles=("a", "e", "x")) == "ae"
    assert catalogue.passage_ids(catalogue.select(Filters(articles=("b",)))) == [3, 4]
    assert catalogue.passage_ids([]) == []
    assert catalogue.outlets() == {"Gazette": 2, "Post": 2}
    assert catalogue.days() == ("2026-03-01", "2026-04-01")
    assert catalogue.counts() == {"articles": 5, "passages": 10, "sentences": 20, "statements": 0}


def test_headlines_are_the_newest_each_of_another_outlet(catalogue: Catalogue) -> None:
    for name, outlet, day in (
        ("old", "Gazette", "2026-03-01"), ("new", "Gazette", "2026-03-31"), ("post", "Post", "2026-03-15"),
        ("one", None, "2026-03-20"), ("two", None, None),
    ):  # fmt: skip
        put(catalogue, article(name, outlet=outlet, published=day, title=name), f"/{name}")
    assert catalogue.headlines(10) == ["new", "one", "post", "two"]
    assert catalogue.headlines(2) == ["new", "one"]


def test_days_are_none_where_no_article_has_one(catalogue: Catalogue) -> None:
    assert catalogue.days() is None
    assert catalogue.outlets() == {}


def test_files_are_known_by_their_hash_and_what_they_hold(catalogue: Catalogue) -> None:
    put(catalogue, article(key="1"))
    assert catalogue.files.digest("/news/a.txt") == ""
    catalogue.files.put_digest("/news/a.txt", "f00d")
    catalogue.files.put_digest("/news/empty.jsonl", "beef")
    assert catalogue.files.digest("/news/a.txt") == "f00d"
    assert catalogue.files.digest("/news/b.txt") is None
    assert catalogue.files.origins("/news/a.txt") == {"1": "a" * 16}
    catalogue.files.reopen_files(["a" * 16])
    assert (catalogue.files.digest("/news/a.txt"), catalogue.files.digest("/news/empty.jsonl")) == ("", "beef")


def test_an_orphan_is_an_article_that_no_file_holds(catalogue: Catalogue) -> None:
    put(catalogue, article())
    catalogue.files.put_origin("/news/copy.txt", "", "a" * 16)
    catalogue.files.drop_origin("/news/a.txt", "")
    assert catalogue.files.orphans(["a" * 16]) == []
    catalogue.files.drop_origin("/news/copy.txt", "")
    assert catalogue.files.orphans(["a" * 16, "missing"]) == ["a" * 16]


def test_a_line_repeats_where_enough_articles_of_its_outlet_hold_it(catalogue: Catalogue) -> None:
    for lines in (["Read on", "© Post"], ["Read on"], ["Read on", "© Post"]):
        catalogue.count_lines("Post", lines)
    asked = ["Read on", "© Post", "Never seen"]
    assert catalogue.repeated("Post", asked, 2) == {"Read on", "© Post"}
    assert catalogue.repeated("Post", asked, 3) == {"Read on"}
    assert catalogue.repeated("Gazette", asked, 1) == frozenset()
    catalogue.count_lines("Post", ["Read on"], by=-1)
    assert catalogue.repeated("Post", asked, 3) == frozenset()


def test_what_is_not_committed_is_dropped_and_closing_twice_is_once(tmp_path: Path) -> None:
    path = tmp_path / "c.sqlite"
    writer = Catalogue(path, write=True)
    put(writer, article())
    writer.commit()
    put(writer, article("b" * 16), "/news/b.txt")
    writer.close()
    writer.close()
    reader = Catalogue(path)
    assert [a.id for a in reader.articles()] == ["a" * 16]
    reader.close()


def test_damage_that_shows_only_on_reading_is_told(tmp_path: Path) -> None:
    path = tmp_path / "c.sqlite"
    writer = Catalogue(path, write=True)
    put(writer, article())
    writer.commit()
    writer.close()
    data = path.read_bytes()
    path.write_bytes(data[:4096] + b"\xff" * (len(data) - 4096))
    reader = Catalogue(path)
    with pytest.raises(ArchiveError, match="restore it from a copy"):
        list(reader.articles())
    reader.close()


def test_a_reader_cannot_write(tmp_path: Path) -> None:
    Catalogue(tmp_path / "c.sqlite", write=True).close()
    reader = Catalogue(tmp_path / "c.sqlite")
    with pytest.raises(ArchiveError, match="readonly"):
        reader.files.put_digest("/a", "0")
    reader.close()


@pytest.mark.parametrize("content", [b"", b"SQLite format 3\x00 and then nothing of it", b"no catalogue " * 100])
@pytest.mark.parametrize("write", [True, False])
def test_a_file_of_something_else_is_refused(tmp_path: Path, content: bytes, write: bool) -> None:
    (tmp_path / "c.sqlite").write_bytes(content)
    if write and not content:
        Catalogue(tmp_path / "c.sqlite", write=True).close()  # an empty file is an empty catalogue to SQLite
        return
    with pytest.raises(ArchiveError):
        Catalogue(tmp_path / "c.sqlite", write=write)


def test_a_catalogue_from_the_future_is_refused(tmp_path: Path) -> None:
    Catalogue(tmp_path / "c.sqlite", write=True).close()
    db = sqlite3.connect(tmp_path / "c.sqlite")
    db.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    db.close()
    for write in (True, False):
        with pytest.raises(ArchiveError, match="version"):
            Catalogue(tmp_path / "c.sqlite", write=write)


def test_an_older_catalogue_keeps_what_finds_copies_and_stories_in_less_space(tmp_path: Path) -> None:
    path = tmp_path / "c.sqlite"
    db = sqlite3.connect(path)
    for step in MIGRATIONS[:4]:
        step(db)
    ids = [f"{number:016x}" for number in range(200)]
    db.executemany("INSERT INTO articles VALUES (?, '', '', 'Words.', NULL, '', '', '', '', '', '{}', 0, 0)", zip(ids))
    keys = [(number * 64 + key, i) for number, i in enumerate(ids) for key in range(64)]
    terms = [(i, bytes(1000), 0.5, ids[0]) for i in ids]
    db.executemany("INSERT INTO copy_keys VALUES (?, ?)", keys)
    db.executemany("INSERT INTO story_terms VALUES (?, ?, ?, ?)", terms)
    db.execute("PRAGMA user_version = 4")
    db.commit()
    db.close()
    before = path.stat().st_size

    newer = Catalogue(path, write=True)
    assert [tuple(r) for r in newer.query("SELECT key, article FROM copy_keys ORDER BY key")] == keys
    assert [tuple(r) for r in newer.query("SELECT * FROM story_terms ORDER BY article")] == terms
    newer.remove(ids[1:])
    assert {r["article"] for r in newer.query("SELECT article FROM copy_keys")} == {ids[0]}
    assert {r["article"] for r in newer.query("SELECT article FROM story_terms")} == {ids[0]}
    newer.close()
    assert path.stat().st_size < 0.6 * before
