"""HTML pages and fragments: the article of a page, its own metadata, and plain text of a fragment."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from index.errors import UnreadableFileError
from index.readers.text import BOMS
from index.types import Document, Origin

if TYPE_CHECKING:
    from collections.abc import Iterator

    from index.readers.source import Source

LEAST_SHARE = 0.5
BLOCKS = re.compile(
    r"address|article|aside|blockquote|br|button|dd|div|dl|dt|fieldset|figcaption|figure|footer|form|h[1-6r]|header"
    r"|label|li|main|nav|ol|option|p|pre|section|select|table|td|th|tr|ul"
)
UNSEEN = frozenset({"title", "script", "style", "noscript", "template", "head", "svg", "iframe", "object"})
LINES = re.compile(r"\s*\n\s*")
TITLE_PARTS = re.compile(r" [-–—|•] ")
STATED_LANGUAGE = re.compile(r'"inLanguage"\s*:\s*"([A-Za-z]{2}(?:[-_][\w-]+)?)"')


def read(source: Source) -> Iterator[Document]:
    """The article of one web page: its words by trafilatura, its fields from the page's own tags.

    Raises:
        UnreadableFileError: too large, no page, or a page without an article.
    """
    yield page(source.content(), source.name)


def page(data: bytes, name: str, *, key: str = "", url: str | None = None) -> Document:
    """The article of a page given as bytes.

    Args:
        data: the page.
        name: the path of its file.
        key: which article of the file.
        url: its address, where that is known from elsewhere.

    Raises:
        UnreadableFileError: no page, or a page without an article.
    """
    html = _decoded(data)
    text = _article(html, url)
    if not text.strip():
        raise UnreadableFileError(name, "holds no article that could be told from its page; save the text as .txt")
    fields = _fields(html, url)
    return Document(path=name, key=key, text=text, fields=fields, origin=Origin.TAG, page=data)


def plain(fragment: str) -> str:
    """All visible words of a piece of HTML, a line for each block."""
    from lxml import etree, html

    try:
        root = html.fromstring(f"<div>{fragment}</div>")
    except (etree.ParserError, ValueError):
        return ""
    etree.strip_tags(root, etree.Comment, etree.ProcessingInstruction)
    return LINES.sub("\n", "".join(_visible(root))).strip()


def _visible(root: Any) -> Iterator[str]:
    from lxml import etree

    skipped = None
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if event == "start" and skipped is None:
            if element.tag in UNSEEN:
                skipped = element
                continue
            yield "\n" if BLOCKS.fullmatch(element.tag) else ""
            yield re.sub(r"\s+", " ", element.text or "")
        elif event == "end" and (skipped is None or skipped is element):
            skipped = None
            yield "\n" if BLOCKS.fullmatch(element.tag) else ""
            yield re.sub(r"\s+", " ", element.tail or "") if element is not root else ""


def _decoded(data: bytes) -> str | bytes:
    """A page with a byte order mark decoded by it; any other is left for the parser, which reads its own tags."""
    for mark, encoding in BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    return data


def _article(html: str | bytes, url: str | None) -> str:
    """The precise extraction, unless it loses half of what the plain one keeps; then that; then all that shows.

    The share was chosen on every second page of article-extraction-benchmark: F1 .975 there and .960 on the
    others, where the library's defaults without comments have .965 and .955.
    """
    from trafilatura import baseline, extract

    full = extract(html, url=url, include_comments=False, fast=True) or ""
    precise = extract(html, url=url, include_comments=False, fast=True, favor_precision=True) or ""
    if full or precise:
        return precise if len(precise) >= LEAST_SHARE * len(full) else full
    return str(baseline(html)[1]) if html.strip() else ""


def _fields(html: str | bytes, url: str | None) -> dict[str, str]:
    from trafilatura import extract_metadata, load_html

    tomorrow = (datetime.now(UTC) + timedelta(days=1)).date().isoformat()
    dates = {"original_date": True, "extensive_search": False, "max_date": tomorrow}
    found = extract_metadata(html, default_url=url, date_config=dates)
    tree = load_html(html)
    categories = [part for part in (found.categories or []) if part]
    values = {
        "title": _title(found.title, tree),
        "outlet": found.sitename,
        "published": found.date,
        "authors": found.author,
        "url": url or found.url,
        "language": found.language or _language(tree),
        "section": categories[0] if categories else None,
    }
    return {key: value.strip() for key, value in values.items() if value and value.strip()}


def _title(found: str | None, tree: Any) -> str | None:
    """The headline found, unless neither the page's title nor its description for networks holds it; then theirs.

    What such a page sets as its first heading is the outlet's name.
    """
    heads = [] if tree is None else [tree.find(".//meta[@property='og:title']"), tree.find(".//title")]
    stated = [head.get("content") or head.text or "" for head in heads if head is not None]
    stated = [" ".join(words.split()) for words in stated if words.strip()]
    if found and stated and not any(found in words or words in found for words in stated):
        return max(TITLE_PARTS.split(stated[0]), key=len)
    return found


def _language(tree: Any) -> str | None:
    """The language that a page's data for search engines, its root or its description for networks states."""
    if tree is None:
        return None
    for script in tree.iterfind(".//script[@type='application/ld+json']"):
        if said := STATED_LANGUAGE.search(script.text or ""):
            return said[1]
    networks = tree.find(".//meta[@property='og:locale']")
    return tree.get("lang") or (networks.get("content") if networks is not None else None)
