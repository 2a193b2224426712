"""Which column of a table holds which field of an article: said by the user, or told from its name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from index.errors import UnreadableFileError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

NAMES: Mapping[str, tuple[str, ...]] = {
    "text": ("text", "body", "content", "article", "articletext", "articlebody", "fulltext", "maintext", "story"),
    "id": ("id", "articleid", "uuid", "guid", "key"),
    "url": ("url", "link", "href", "permalink", "articleurl", "sourceurl"),
    "outlet": ("outlet", "source", "publisher", "publication", "newspaper", "sitename", "site", "media", "domain"),
    "title": ("title", "headline", "heading", "articletitle"),
    "published": (
        *("published", "publishedat", "publisheddate", "publishdate", "publicationdate", "datepublished"),
        *("pubdate", "date", "datetime", "timestamp"),
    ),
    "authors": ("authors", "author", "byline", "writer", "by"),
    "language": ("language", "lang"),
    "section": ("section", "category", "desk", "topic"),
}


def choose(columns: Iterable[str], said: Mapping[str, str], name: str) -> dict[str, str]:
    """The column for each field that has one.

    Args:
        columns: the table's columns.
        said: columns by field, as the user says; these win.
        name: the table's path, for messages.

    Raises:
        UnreadableFileError: a column that was said is missing, or none holds the text.
    """
    present = list(columns)
    by_name = {re.sub(r"[\W_]", "", column.casefold()): column for column in reversed(present)}
    guessed = {
        field: by_name[alias] for field, aliases in NAMES.items() for alias in reversed(aliases) if alias in by_name
    }
    missing = [column for column in said.values() if column not in present]
    chosen = guessed | dict(said)
    if missing or "text" not in chosen:
        wanted = f"has no column {missing[0]}" if missing else "has no column that looks like the text"
        raise UnreadableFileError(name, f"{wanted}; its columns are {', '.join(present) or 'none'}: name the right one")
    return chosen
