"""From an article's text to its sentences, as spans."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from index.types import Sentence, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from index.types import Mark

LINE_END = r"(?:\r\n|[\n\r\v\f\x85\u2028\u2029])"
LINE_BREAK = re.compile(rf"\s*{LINE_END}\s*")
BLANK_LINE = re.compile(rf"[^\S\n\r]*{LINE_END}[^\S\n\r]*{LINE_END}\s*")
ENDED = re.compile(r"[.!?:;…][\"'”’»)\]]*\s*$")
# Text set to a fixed width, as in mail and old wires: most lines have this length and break off mid-sentence.
WIDTH = range(40, 101)
WRAPPED_SHARE = 0.6
WRAPPED_LINES = 4

# The library ends a sentence after "5 p.m." even where the day follows.
TIME = re.compile(r"\d\s?[ap]\.m\.$", re.IGNORECASE)
AFTER_TIME = re.compile(
    r"((Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|[ECMP][SD]?T|GMT|UTC|BST|Eastern|Pacific|Central)\b"
)


def segment(article_id: str, text: str, marks: Sequence[Mark], title: Span | None = None) -> tuple[Sentence, ...]:
    """The sentences of an article, in order.

    A sentence never crosses a paragraph's end, a mark, or the title, and has no space at its ends. In scraped
    text every line is a paragraph; only where lines are plainly wrapped to a width are paragraphs parted by
    blank lines alone.

    Args:
        article_id: the article's id, handed on.
        text: the article's text.
        marks: its boilerplate, sorted, not overlapping; no sentence lies there.
        title: where its headline stands in the text, in one line; it becomes one sentence of its own.
    """
    title = _one_line(text, title) if title else None
    sentences: list[Sentence] = []
    paragraph = -1
    for block in _paragraphs(text):
        found = [
            (span, piece == title)
            for piece in _pieces(block, marks, title)
            for span in ([piece] if piece == title else _sentences(text, piece))
        ]
        paragraph += bool(found)
        sentences += (
            Sentence(article_id, number, span.start, span.end, span.of(text), paragraph, is_title)
            for number, (span, is_title) in enumerate(found, len(sentences))
        )
    return tuple(sentences)


def wrapped(text: str) -> bool:
    """Whether lines are wrapped to a width, so that a line's end is no more than a space."""
    lines = text.splitlines()
    before_line = [line.rstrip() for line, following in pairwise(lines) if following.strip()]
    before_line = [line for line in before_line if line]
    cut = sum(len(line) in WIDTH and not ENDED.search(line) for line in before_line)
    return len(before_line) >= WRAPPED_LINES and cut >= WRAPPED_SHARE * len(before_line)


def _one_line(text: str, title: Span) -> Span | None:
    """The title without space at its ends; None where it is not words of one line."""
    words = title.of(text)
    start = title.start + len(words) - len(words.lstrip())
    trimmed = Span(start, start + len(words.strip()))
    return None if LINE_BREAK.search(words.strip()) or not _says_something(words) else trimmed


def _paragraphs(text: str) -> Iterator[Span]:
    start = 0
    for gap in (BLANK_LINE if wrapped(text) else LINE_BREAK).finditer(text):
        yield Span(start, gap.start())
        start = gap.end()
    yield Span(start, len(text))


def _pieces(block: Span, marks: Sequence[Mark], title: Span | None) -> Iterator[Span]:
    """The parts of a paragraph outside marks, the title a part of its own."""
    walls = [Span(mark.start, mark.end) for mark in marks if mark.start < block.end and mark.end > block.start]
    if title and title.overlaps(block):
        walls = sorted([*walls, title])
    start = block.start
    for wall in walls:
        if start < wall.start:
            yield Span(start, wall.start)
        if wall == title and not any(mark.start < title.end and mark.end > title.start for mark in marks):
            yield title
        start = max(start, wall.end)
    if start < block.end:
        yield Span(start, block.end)


def _sentences(text: str, piece: Span) -> Iterator[Span]:
    from sentencex import segment as split

    position = piece.start
    before: Span | None = None
    for sentence in split("en", piece.of(text)):
        words = sentence.strip()
        if not words:
            continue
        start = text.index(words, position)
        position = start + len(words)
        if before and TIME.search(before.of(text)) and AFTER_TIME.match(words):
            before = Span(before.start, position)
            continue
        if before and _says_something(before.of(text)):
            yield before
        before = Span(start, position)
    if before and _says_something(before.of(text)):
        yield before


def _says_something(words: str) -> bool:
    """Whether there is a letter or digit; rows of stars and dashes are no sentences."""
    return any(character.isalnum() for character in words)
