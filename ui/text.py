"""Hostile words made harmless: what articles, models and people wrote is shown as words, wherever it is shown."""

from __future__ import annotations

import html
import re
from datetime import date
from urllib.parse import urlsplit

from qa.show import spelled

_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
# What Streamlit or its Markdown rewrites even where it is escaped: shortcodes, addresses, arrows.
_REWRITTEN = re.compile(r"(?<=[:@<>=~-])(?=\S)|(?<=www)(?=\\?\.)", re.IGNORECASE)
_WORD_JOINER = "\u2060"


def label(text: str, most: int = 200) -> str:
    """`text` as Markdown that shows its words and nothing else, on one line of `most` characters at the most.

    Every mark that Markdown could read is escaped, and an invisible word joiner breaks what is rewritten in spite of
    that (`:name:`, `https:…`, `www.…`, `a@b.c`, `->`). What cannot be seen in it is spelled out.
    """
    line = spelled(text)
    if len(line) > most:
        line = line[: most - 1].rstrip() + "…"
    return _REWRITTEN.sub(_WORD_JOINER, _PUNCTUATION.sub(r"\\\1", line))


def paragraph(text: str, style: str = "") -> str:
    """`text` as an HTML paragraph that keeps its lines; `style` is the caller's own and never from outside."""
    return f'<p dir="auto" style="margin:0;white-space:pre-wrap;overflow-wrap:anywhere;{style}">{html.escape(text)}</p>'


def day(published: str | None) -> str | None:
    """A day as people write it ("3 May 2024"); words that are not a day stay as they are."""
    if published is None:
        return None
    try:
        found = date.fromisoformat(published)
    except ValueError:
        return published
    return f"{found.day} {found:%B %Y}"


def web_address(url: str | None) -> str | None:
    """`url` where it is an http(s) address with a host and nothing that hides where it leads, else None."""
    if url is None or not url.isprintable() or any(character in url for character in " <>\"'\\`"):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not parts.hostname or "@" in parts.netloc:
        return None
    return url


def byline(outlet: str | None, published: str | None) -> str:
    """Outlet and day on one line, saying so where they are not known."""
    return " · ".join((outlet or "Outlet not known", day(published) or "day not known"))
