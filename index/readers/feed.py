"""RSS and Atom files: each entry that holds words is an article."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from index.errors import UnreadableFileError
from index.readers.html import plain
from index.types import Document, Origin

if TYPE_CHECKING:
    from collections.abc import Iterator

    from index.readers.source import Source


def read(source: Source) -> Iterator[Document | UnreadableFileError]:
    """The entries of a feed, each with the longest text it gives, without markup.

    Raises:
        UnreadableFileError: too large, no feed, or a feed without entries.
    """
    import feedparser

    # Bytes in a stream: a string could be taken for an address and fetched.
    feed = feedparser.parse(io.BytesIO(source.content()), sanitize_html=False, resolve_relative_uris=False)
    if not feed.entries:
        raise UnreadableFileError(source.name, "is no feed with entries; give it the suffix of its real kind")
    for number, entry in enumerate(feed.entries, 1):
        text = _text(entry)
        if text:
            yield Document(source.name, _key(entry, number), text, _fields(entry, feed.feed), Origin.TAG)
        else:
            yield UnreadableFileError(source.name, f"entry {number} has no words; remove it or add its text")


def _text(entry: Any) -> str:
    given = [content.get("value", "") for content in entry.get("content", [])] + [entry.get("summary", "")]
    return max((plain(words) for words in given), key=len)


def _key(entry: Any, number: int) -> str:
    return str(entry.get("id") or entry.get("link") or number)


def _fields(entry: Any, feed: Any) -> dict[str, str]:
    authors = "; ".join(name for author in entry.get("authors", []) if (name := author.get("name")))
    values = {
        "title": plain(entry.get("title", "")),
        "outlet": entry.get("source", {}).get("title") or feed.get("title"),
        "published": entry.get("published"),
        "authors": authors or entry.get("author"),
        "url": entry.get("link"),
        "language": feed.get("language"),
        "section": (entry.get("tags") or [{}])[0].get("term"),
    }
    return {key: value.strip() for key, value in values.items() if value and value.strip()}
