"""Quotation marks in a claim, and whether the words between them stand in the articles: a typed verdict on each."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from index.types import Span
from qa.checks.fold import Folded, fold

if TYPE_CHECKING:
    from collections.abc import Sequence

QUOTATION = re.compile(
    r"“(?P<curly>[^“”]+)[”\"]"
    r"|\"(?P<straight>[^\"“”]+)[\"”]"
    r"|«(?P<angle>[^«»]+)»"
    r"|(?<!\w)‘(?P<single>[^‘]*?[^\s‘])’(?!\w)"
    r"|(?<![\w])'(?P<plain>\w[^']*(?:(?<=\w)'(?=\w)[^']*)*[^\s'])'(?!\w)"
)
LEFT_OUT = re.compile(r"\s*(?:\[[^\]]*\]|\(\s*\.\.\.\s*\)|…|\.\s?\.\s?\.)\s*")
EDGES = " '.,;:!?-"
DRIFT = 0.7
"""How alike (normalised edit similarity) words must be to be the same utterance in other words rather than absent."""
SHORTEST_PART = 2


class Match(StrEnum):
    """How quoted words stand in the articles."""

    EXACT = "exact"
    NORMALISED = "normalised"
    DRIFTED = "drifted"
    MISATTRIBUTED = "misattributed"
    STITCHED = "stitched"
    ABSENT = "absent"

    @property
    def holds(self) -> bool:
        """Whether the words are the article's."""
        return self in (Match.EXACT, Match.NORMALISED)


@dataclass(frozen=True, slots=True)
class Found:
    """How a quotation stands.

    Attributes:
        source: the number of the text it stands in, among the cited ones, or among the others if misattributed.
        span: where in that text; None where it is absent or stitched.
    """

    match: Match
    source: int | None = None
    span: Span | None = None


def quotations(text: str) -> tuple[Span, ...]:
    """The stretches of `text` between quotation marks, marks left out."""
    return tuple(
        Span(*match.span(str(match.lastgroup))) for match in QUOTATION.finditer(text) if match.lastgroup is not None
    )


def locate(quote: str, cited: Sequence[str], others: Sequence[str] = ()) -> Found:
    """Finds the words of a quotation.

    Words left out with an ellipsis, or a bracketed remark, part the quotation; its parts must stand in one cited text
    in their order. An utterance that the article interrupts ("…," she said, "…") may be quoted without the
    interruption.

    Args:
        quote: the words between the marks.
        cited: the texts that are to hold them.
        others: further texts, in which they would be somebody else's or stand elsewhere.
    """
    parts = [part for part in (_trim(fold(piece).text) for piece in LEFT_OUT.split(quote)) if part]
    if not parts:
        return Found(Match.EXACT)
    for number, text in enumerate(cited):
        span = _in_order(parts, fold(text))
        if span:
            exact = len(parts) == 1 and quote.strip(EDGES + '“”"‘’') in span.of(text)
            return Found(Match.EXACT if exact else Match.NORMALISED, number, span)
        if _in_order(parts, fold(_uttered(text))):
            return Found(Match.NORMALISED, number, None)
    for number, text in enumerate(others):
        span = _in_order(parts, fold(text))
        if span:
            return Found(Match.MISATTRIBUTED, number, span)
    whole = " ".join(parts)
    if _stitched(whole, cited):
        return Found(Match.STITCHED)
    return _drifted(whole, cited) or Found(Match.ABSENT)


def _trim(folded: str) -> str:
    return folded.strip(EDGES)


def _in_order(parts: Sequence[str], text: Folded) -> Span | None:
    start, first = 0, -1
    for part in parts:
        at = text.find(part, start)
        if at < 0:
            return None
        first = at if first < 0 else first
        start = at + len(part)
    return text.span(first, start)


def _uttered(text: str) -> str:
    """The quoted words of a text alone, run together."""
    return " ".join(span.of(text).strip().rstrip(",") for span in quotations(text))


def _stitched(words: str, cited: Sequence[str]) -> bool:
    """Whether two parts that both stand in what is cited make up the words, and nothing else does."""
    tokens = words.split()
    texts = [fold(text) for text in cited]
    for cut in range(SHORTEST_PART, len(tokens) - SHORTEST_PART + 1):
        head, tail = _trim(" ".join(tokens[:cut])), _trim(" ".join(tokens[cut:]))
        if all(any(text.find(part) >= 0 for text in texts) for part in (head, tail)):
            return True
    return False


def _whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """A stretch drawn out to the words that it cuts."""
    while start > 0 and text[start - 1].isalnum() and text[start].isalnum():
        start -= 1
    while end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
        end += 1
    return start, end


def _drifted(words: str, cited: Sequence[str]) -> Found | None:
    from rapidfuzz import fuzz

    best: tuple[float, int, Span] | None = None
    for number, text in enumerate(cited):
        folded = fold(text)
        found = fuzz.partial_ratio_alignment(words, folded.text, score_cutoff=100 * DRIFT)
        if found and found.dest_end > found.dest_start and len(words) <= len(folded.text) * 1.3:
            span = folded.span(*_whole_words(folded.text, found.dest_start, found.dest_end))
            if best is None or found.score > best[0]:
                best = (found.score, number, span)
    return Found(Match.DRIFTED, best[1], best[2]) if best else None
