"""Which stretches of an article stand between quotation marks.

Marks are paired over sentences and paragraphs. Three habits of print are followed: a quotation that runs on into the
next paragraph is opened again there and closed once, at its end; straight marks open after a space and close after a
character; and two apostrophes stand for a double mark. Single marks are not read: too many are apostrophes.
"""

from __future__ import annotations

import re
from itertools import pairwise

from index.types import Span

MARK = re.compile(r"[“”„«»\"]|''|``|‘‘|’’")
OPENING = frozenset(("“", "„", "«", "``", "‘‘"))
CLOSING = frozenset(("”", "»", "’’"))
PARAGRAPH = re.compile(r"\n\s*")
SENTENCE = 40  # characters from which on words after a mark that nothing closes are a quotation all the same
LONGEST = 3000  # characters in one paragraph; a longer quotation is a mark that was never closed


def quotations(text: str) -> tuple[Span, ...]:
    """The quotations of a text, marks included, in order and without overlap.

    A quotation over several paragraphs is one span for each paragraph.
    """
    found: list[Span] = []
    open_before = False
    for start, end in _paragraphs(text):
        open_before = _read_paragraph(text, start, end, found, continued=open_before)
    return tuple(found)


def _paragraphs(text: str) -> list[tuple[int, int]]:
    cuts = [0, *(m.end() for m in PARAGRAPH.finditer(text)), len(text)]
    return [(a, a + len(text[a:b].rstrip())) for a, b in pairwise(cuts) if text[a:b].strip()]


def _read_paragraph(text: str, start: int, end: int, found: list[Span], *, continued: bool) -> bool:
    """Adds the quotations of one paragraph; tells whether the last runs on."""
    marks = list(MARK.finditer(text, start, end))
    opened: int | None = None
    for number, mark in enumerate(marks):
        opens = _opens(text, mark, start, is_open=opened is not None)
        if opens:
            if opened is not None and mark.group() not in OPENING:
                continue
            opened = mark.start() if opened is None else opened
        elif opened is not None:
            if mark.end() - opened <= LONGEST:
                found.append(Span(opened, mark.end()))
            opened = None
        elif number == 0 and continued:
            found.append(Span(start, mark.end()))
    if opened is None:
        return False
    if opened == start or end - opened >= SENTENCE:
        found.append(Span(opened, end))
        return True
    return False


def _opens(text: str, mark: re.Match[str], start: int, *, is_open: bool) -> bool:
    """Whether a mark opens, by its shape or else by what stands around it."""
    if mark.group() in OPENING:
        return True
    if mark.group() in CLOSING:
        return False
    before = text[mark.start() - 1] if mark.start() > start else " "
    after = text[mark.end()] if mark.end() < len(text) else " "
    if before.isspace() or before in "([—–-":
        return not after.isspace() or not is_open
    return False if is_open else not after.isspace()
