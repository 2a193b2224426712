"""The tables of the catalogue, as steps from one version to the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable


def _first(db: sqlite3.Connection) -> None:
    for statement in (
        """CREATE TABLE articles (
            id TEXT PRIMARY KEY, path TEXT NOT NULL, key TEXT NOT NULL, text TEXT NOT NULL, title TEXT, outlet TEXT,
            published TEXT, url TEXT, authors TEXT NOT NULL, language TEXT, evidence TEXT NOT NULL)""",
        "CREATE INDEX articles_by_outlet ON articles (outlet, published)",
        "CREATE INDEX articles_by_day ON articles (published)",
        """CREATE TABLE files (
            path TEXT PRIMARY KEY, digest TEXT NOT NULL)""",
        """CREATE TABLE origins (
            path TEXT NOT NULL REFERENCES files (path) ON DELETE CASCADE, key TEXT NOT NULL,
            article TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
            PRIMARY KEY (path, key)) WITHOUT ROWID""",
        "CREATE INDEX origins_by_article ON origins (article)",
        """CREATE TABLE marks (
            article TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE, start INTEGER NOT NULL,
            "end" INTEGER NOT NULL, reason TEXT NOT NULL, PRIMARY KEY (article, start)) WITHOUT ROWID""",
        """CREATE TABLE sentences (
            article TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE, ordinal INTEGER NOT NULL,
            start INTEGER NOT NULL, "end" INTEGER NOT NULL, paragraph INTEGER NOT NULL, is_title INTEGER NOT NULL,
            PRIMARY KEY (article, ordinal)) WITHOUT ROWID""",
        """CREATE TABLE passages (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            article TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE, start INTEGER NOT NULL,
            "end" INTEGER NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL)""",
        "CREATE INDEX passages_by_article ON passages (article)",
        """CREATE TABLE lines (
            outlet TEXT NOT NULL, line INTEGER NOT NULL, articles INTEGER NOT NULL,
            PRIMARY KEY (outlet, line)) WITHOUT ROWID""",
    ):
        db.execute(statement)


def _statements(db: sqlite3.Connection) -> None:
    for statement in (
        "ALTER TABLE articles ADD COLUMN was_read INTEGER NOT NULL DEFAULT 0",
        """CREATE TABLE statements (
            id TEXT PRIMARY KEY, article TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
            start INTEGER NOT NULL, kind TEXT NOT NULL, speaker TEXT, ambiguous TEXT NOT NULL, target TEXT,
            quoted TEXT NOT NULL, via TEXT, negated INTEGER NOT NULL, source TEXT NOT NULL, cue TEXT NOT NULL,
            content TEXT NOT NULL)""",
        "CREATE INDEX statements_by_article ON statements (article, start)",
        "CREATE INDEX statements_by_kind ON statements (kind)",
    ):
        db.execute(statement)


def _corrections(db: sqlite3.Connection) -> None:
    db.execute(
        """CREATE TABLE corrections (
            path TEXT NOT NULL, key TEXT NOT NULL, field TEXT NOT NULL, value TEXT NOT NULL,
            PRIMARY KEY (path, key, field)) WITHOUT ROWID"""
    )


def _relations(db: sqlite3.Connection) -> None:
    for statement in (
        "ALTER TABLE articles ADD COLUMN was_related INTEGER NOT NULL DEFAULT 0",
        """CREATE TABLE copy_keys (
            key INTEGER NOT NULL, article TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
            PRIMARY KEY (key, article)) WITHOUT ROWID""",
        "CREATE INDEX copy_keys_by_article ON copy_keys (article)",
        """CREATE TABLE copies (
            one TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
            other TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE, PRIMARY KEY (one, other)) WITHOUT ROWID""",
        "CREATE INDEX copies_by_other ON copies (other)",
        """CREATE TABLE copy_groups (
            id TEXT PRIMARY KEY, size INTEGER NOT NULL, original TEXT, agency TEXT) WITHOUT ROWID""",
        """CREATE TABLE copy_members (
            article TEXT PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE,
            grp TEXT NOT NULL REFERENCES copy_groups (id) ON DELETE CASCADE) WITHOUT ROWID""",
        "CREATE INDEX copy_members_by_group ON copy_members (grp)",
        """CREATE TABLE story_terms (
            article TEXT PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE, terms BLOB NOT NULL,
            crowd REAL NOT NULL, story TEXT) WITHOUT ROWID""",
        """CREATE TABLE stories (
            id TEXT PRIMARY KEY, size INTEGER NOT NULL, central TEXT NOT NULL, first TEXT, last TEXT) WITHOUT ROWID""",
        "CREATE INDEX story_terms_by_story ON story_terms (story)",
    ):
        db.execute(statement)


def _slimmer(db: sqlite3.Connection) -> None:
    """What is stored to find copies and stories, in half the space: every publication copies it."""
    for statement in (
        "CREATE TABLE keys (key INTEGER NOT NULL, article TEXT NOT NULL, PRIMARY KEY (key, article)) WITHOUT ROWID",
        "INSERT INTO keys SELECT key, article FROM copy_keys",
        "DROP TABLE copy_keys",
        "ALTER TABLE keys RENAME TO copy_keys",
        """CREATE TABLE terms (
            article TEXT PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE, terms BLOB NOT NULL,
            crowd REAL NOT NULL, story TEXT)""",
        "INSERT INTO terms SELECT article, terms, crowd, story FROM story_terms",
        "DROP TABLE story_terms",
        "ALTER TABLE terms RENAME TO story_terms",
        "CREATE INDEX story_terms_by_story ON story_terms (story)",
    ):
        db.execute(statement)


MIGRATIONS: tuple[Callable[[sqlite3.Connection], None], ...] = (
    _first,
    _statements,
    _corrections,
    _relations,
    _slimmer,
)
"""Each brings a catalogue from the version that is its place in the list to the next."""
