"""Which file holds which article, which files are unchanged, and what a person said of the articles in them."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from index.database import Database


class FileStore:
    """The files of one catalogue."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def digest(self, path: str) -> str | None:
        """The hash of a file when it was last added."""
        rows = self._database.query("SELECT digest FROM files WHERE path = ?", (path,))
        return rows[0]["digest"] if rows else None

    def origins(self, path: str) -> dict[str, str]:
        """Article ids by key, for a file."""
        return {
            row["key"]: row["article"] for row in self._database.query("SELECT * FROM origins WHERE path = ?", (path,))
        }

    def origin(self, path: str, key: str) -> str | None:
        """The article that stands in a file under this key."""
        rows = self._database.query("SELECT article FROM origins WHERE path = ? AND key = ?", (path, key))
        return rows[0]["article"] if rows else None

    def places(self, article_id: str) -> list[tuple[str, str]]:
        """The files that hold an article, each with its key there."""
        rows = self._database.query("SELECT path, key FROM origins WHERE article = ?", (article_id,))
        return [(row["path"], row["key"]) for row in rows]

    def corrections(self, path: str, key: str) -> dict[str, str]:
        """What a person said of the article that stands there, by field."""
        rows = self._database.query("SELECT * FROM corrections WHERE path = ? AND key = ?", (path, key))
        return {row["field"]: row["value"] for row in rows}

    def under(self, folders: Collection[str]) -> list[str]:
        """The files that were added from these paths or from below them."""
        query = """SELECT path FROM files WHERE EXISTS (SELECT 1 FROM json_each(?)
                   WHERE files.path = value OR substr(files.path, 1, length(value) + 1) = value || ?)
                   ORDER BY files.path"""
        return [row["path"] for row in self._database.query(query, (json.dumps(list(folders)), os.sep))]

    def forget(self, path: str) -> None:
        """Drops a file and what it holds; its articles stay until they are removed."""
        self._database.change("DELETE FROM files WHERE path = ?", [(path,)])

    def put_origin(self, path: str, key: str, article_id: str) -> None:
        """Notes that this file holds this article; the file's hash is noted when all of it is in."""
        self._database.change("INSERT OR IGNORE INTO files VALUES (?, '')", [(path,)])
        self._database.change("INSERT OR REPLACE INTO origins VALUES (?, ?, ?)", [(path, key, article_id)])

    def put_digest(self, path: str, digest: str) -> None:
        """Notes that all of this file is in, as it was when it had this hash."""
        self._database.change(
            "INSERT INTO files VALUES (?, ?) ON CONFLICT DO UPDATE SET digest = excluded.digest", [(path, digest)]
        )

    def reopen_files(self, articles: Collection[str]) -> None:
        """Makes the files that hold these articles count as changed, so that adding them again reads them."""
        query = """UPDATE files SET digest = '' WHERE path IN
                   (SELECT path FROM origins WHERE article IN (SELECT value FROM json_each(?)))"""
        self._database.change(query, [(json.dumps(list(articles)),)])

    def put_corrections(self, path: str, key: str, changes: Mapping[str, str]) -> None:
        """Notes what a person says of the article that stands there; an empty value takes it back."""
        kept = [(path, key, field, value) for field, value in changes.items() if value]
        dropped = [(path, key, field) for field, value in changes.items() if not value]
        self._database.change("INSERT OR REPLACE INTO corrections VALUES (?, ?, ?, ?)", kept)
        self._database.change("DELETE FROM corrections WHERE path = ? AND key = ? AND field = ?", dropped)

    def drop_origin(self, path: str, key: str) -> None:
        """Notes that this file no longer holds an article under this key."""
        self._database.change("DELETE FROM origins WHERE path = ? AND key = ?", [(path, key)])

    def orphans(self, articles: Iterable[str]) -> list[str]:
        """Those of these articles that no file holds any more."""
        query = """SELECT value FROM json_each(?)
                   WHERE value IN (SELECT id FROM articles) AND value NOT IN (SELECT article FROM origins)"""
        return [row["value"] for row in self._database.query(query, (json.dumps(list(articles)),))]
