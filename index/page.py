"""Where on a page the article stands, for text that is all of a page's words: menus, article, comments, footer.

The lines get points: prose for each word, the furniture of a page (menus, openers of its end) against. The article is
the run of lines with the highest sum. The points were chosen on every second page of article-extraction-benchmark; see
tests/bench/dirty_text.py for what they do on the others.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from index.boilerplate import reason_of, rules

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.types import Reason

SENTENCE_END = re.compile(r"[.!?…:。！？।][\"'”’»)\]]*$")
NUMBERS = re.compile(r"[\d\W]+")
WIDE = re.compile(r"[\u2e80-\uffef]")
LONG_WORDS = 8
WIDE_CHARACTERS = 25
MOST_POINTS = 400.0
UNENDED, SHORT, MARKED, FURNITURE, HEADING, COMMENTS = 4.0, -1.0, -5.0, -6.0, -20.0, -120.0
LEAST_FURNITURE = 3
LEAST_PROSE = 150.0
PROSE_A_LINE = 0.2
MOST_NUMBERS = 0.2
MOST_LOST = 0.5
MARGIN = 2


def article(lines: Sequence[str], reasons: Sequence[Reason | None]) -> range | None:
    """The lines that are the article, or None where the text is no whole page or the article cannot be told.

    A text is taken for a page only where several different lines are furniture; a table of numbers, or a page with
    little prose for its length, is left alone, and so is a side of the article that holds half as much prose as the
    article itself, for then it may be the article. Up to two lines on either side of the article that nothing speaks
    against stay with it: the headline, the place and date.

    Args:
        lines: the text's lines, blanks folded.
        reasons: for each line, why it is boilerplate by its own wording, or None.
    """
    furniture = {line.casefold() for line in lines if rules().furniture.fullmatch(line)}
    numbers = sum(NUMBERS.fullmatch(line) is not None for line in lines)
    if len(furniture) < LEAST_FURNITURE or numbers > MOST_NUMBERS * len(lines):
        return None
    points = [_points(line, reason) for line, reason in zip(lines, reasons, strict=True)]
    start, end = _best(points)
    prose, before, after = map(_prose, (points[start:end], points[:start], points[end:]))
    if prose < max(LEAST_PROSE, PROSE_A_LINE * len(lines)):
        return None
    start = start if before <= MOST_LOST * prose else 0
    end = end if after <= MOST_LOST * prose else len(points)
    for _ in range(MARGIN):
        end += end < len(points) and points[end] >= SHORT
        start -= start > 0 and points[start - 1] >= SHORT
    return range(start, end)


def _points(line: str, reason: Reason | None) -> float:
    words = line.count(" ") + 1
    wide = len(WIDE.findall(line))
    if rules().comments.fullmatch(line):
        return COMMENTS
    if rules().furniture.fullmatch(line):
        return FURNITURE
    if rules().headings.fullmatch(line) or reason_of(line, rules().ends):
        return HEADING
    if reason:
        return MARKED
    if SENTENCE_END.search(line) and (words >= LONG_WORDS or wide >= WIDE_CHARACTERS):
        return min(max(words, wide / 2), MOST_POINTS)
    return UNENDED if words >= LONG_WORDS else SHORT


def _prose(points: Sequence[float]) -> float:
    return sum(point for point in points if point > 0)


def _best(points: Sequence[float]) -> tuple[int, int]:
    """The run with the highest sum (Bentley, Programming Pearls, column 8)."""
    best, found = 0.0, (0, 0)
    total, start = 0.0, 0
    for index, point in enumerate(points):
        if total <= 0:
            total, start = 0.0, index
        total += point
        if total > best:
            best, found = total, (start, index + 1)
    return found
