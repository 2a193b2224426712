"""Marks boilerplate as spans with a reason. The text itself is never changed, so no offset ever moves.

Four things make a line boilerplate: its own wording; its standing in the end zone of a page, behind a comment form
or an offer to subscribe; outside the article where the text is a whole page; or that the outlet prints it in article
after article. Losing body text is the worst
error, so what looks like a sentence of prose stays unless its wording speaks plainly against it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

from index.boilerplate import reason_of, rules
from index.page import outside
from index.types import Mark, Reason, Span

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence

REPEATS = 5
"""In how many articles of one outlet a line must stand before it counts as repeated."""

LINE = re.compile(r"\S(?:[^\n\r\v\f\x85\u2028\u2029]*\S)?")
SENTENCE_END = re.compile(r"[.!?…][\"'”’»)\]]*$")
PROSE_WORDS = 12
REPEATED_CHARACTERS = range(3, 500)


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    words: str

    @property
    def is_prose(self) -> bool:
        """Whether this reads like a paragraph of an article: long, and ended as a sentence."""
        return self.words.count(" ") >= PROSE_WORDS - 1 and bool(SENTENCE_END.search(self.words))


def lines(text: str) -> Iterator[str]:
    """The lines of `text` that could be an outlet's standing text, each once, blanks folded.

    An archive counts in how many articles of an outlet each of them stands, and hands those that stand in
    `REPEATS` or more to `mark`.
    """
    seen = set()
    for line in _lines(text):
        if len(line.words) in REPEATED_CHARACTERS and line.words not in seen:
            seen.add(line.words)
            yield line.words


def mark(text: str, *, repeated: Container[str] = frozenset(), bylines: Sequence[Span] = ()) -> tuple[Mark, ...]:
    """The boilerplate of an article, sorted, not overlapping, neighbours of one reason joined.

    Args:
        text: the article's text.
        repeated: lines, as `lines` gives them, that its outlet prints in many articles.
        bylines: lines that only say who wrote, when and for whom, as `metadata.credit_lines` gives them.
    """
    found = list(_lines(text))
    reasons: list[Reason | None] = [reason_of(line.words, rules().lines) for line in found]
    around = outside([line.words for line in found], reasons)
    _mark_credits(found, reasons, bylines)
    _mark_end_zone(found, reasons)
    for index, reason in around.items():
        reasons[index] = reasons[index] or reason
    _mark_repeated(found, reasons, repeated)
    if found and all(reasons):
        return ()  # nothing would be left: whatever this is, it is not an article with boilerplate
    return tuple(_joined(found, reasons))


def _lines(text: str) -> Iterator[_Line]:
    for match in LINE.finditer(text):
        yield _Line(match.start(), match.end(), " ".join(match.group().split()))


def _mark_credits(found: Sequence[_Line], reasons: list[Reason | None], credit_lines: Sequence[Span]) -> None:
    for index, line in enumerate(found):
        if any(Span(line.start, line.end).overlaps(credit) for credit in credit_lines):
            reasons[index] = reasons[index] or Reason.CREDIT


def _mark_end_zone(found: Sequence[_Line], reasons: list[Reason | None]) -> None:
    """Marks from a line that begins a page's end to the end of the text, unless prose follows it.

    What stands before it must be prose, or as much as is marked, for else it may be the article that is marked.
    """
    sizes = list(accumulate(len(line.words) for line in found))
    first_prose = next((index for index, line in enumerate(found) if line.is_prose), len(found))
    start = len(found)
    for index in range(len(found) - 1, 0, -1):
        line = found[index]
        opener = reason_of(line.words, rules().ends)
        if opener and (first_prose < index or 2 * sizes[index - 1] >= sizes[-1]):
            for later in range(index, start):
                reasons[later] = reasons[later] or opener
            start = index
        elif line.is_prose and not reasons[index]:
            return


def _mark_repeated(found: Sequence[_Line], reasons: list[Reason | None], repeated: Container[str]) -> None:
    """Marks repeated lines: at either end of the text what is no prose, elsewhere what calls to action."""
    for order in (range(len(found)), range(len(found) - 1, -1, -1)):
        for index in order:
            line = found[index]
            if reasons[index]:
                continue
            if line.is_prose or " " not in line.words or line.words not in repeated:
                break
            reasons[index] = Reason.REPEATED
    for index, line in enumerate(found):
        if not reasons[index] and line.words in repeated and rules().calls.search(line.words):
            reasons[index] = Reason.REPEATED


def _joined(found: Sequence[_Line], reasons: Sequence[Reason | None]) -> Iterator[Mark]:
    current: Mark | None = None
    for line, reason in zip(found, reasons, strict=True):
        if current and reason == current.reason:
            current = Mark(current.start, line.end, reason)
            continue
        if current:
            yield current
        current = Mark(line.start, line.end, reason) if reason else None
    if current:
        yield current
