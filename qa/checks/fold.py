"""Text folded for comparison, and the way back: what differs in quotes, dashes, fractions, spaces and case is equal.

Newspapers print one utterance with straight or curly quotes, with ½ or 1/2, with a dash, a hyphen or neither. Folding
makes these the same; the offset map says which characters of the original a folded stretch stands for.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from index.types import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

MARKS = frozenset("\"'`´‘’‚‛“”„‟«»‹›′″＂＇")
DASHES = frozenset("-‐‑‒–—―−﹘﹣－")
INVISIBLE = frozenset(
    "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text.

    Attributes:
        text: lower case, one kind of quotation mark (`'`), single spaces, none at the ends; dashes are spaces.
        starts, ends: for each character of `text`, the half-open stretch of the original that it stands for.
    """

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def span(self, start: int, end: int) -> Span:
        """The stretch of the original that `text[start:end]` (not empty) stands for."""
        return Span(self.starts[start], self.ends[end - 1])

    def find(self, words: str, start: int = 0) -> int:
        """Where the folded `words` stand as whole words from `start` on; -1 where they do not."""
        at = self.text.find(words, start) if words else -1
        while at >= 0 and not self._whole(at, at + len(words)):
            at = self.text.find(words, at + 1)
        return at

    def _whole(self, start: int, end: int) -> bool:
        inside = self.text[start:end]
        cut_before = start > 0 and self.text[start - 1].isalnum() and inside[0].isalnum()
        cut_after = end < len(self.text) and self.text[end].isalnum() and inside[-1].isalnum()
        return not (cut_before or cut_after)


@lru_cache(maxsize=4096)
def fold(text: str) -> Folded:
    """`text` folded, with its offset map."""
    letters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for at, character in enumerate(text):
        for letter in _fold_character(character, letters):
            if _swallowed(letter, letters):
                continue
            letters.append(letter)
            starts.append(at)
            ends.append(at + 1)
    if letters and letters[-1] == " ":
        letters, starts, ends = letters[:-1], starts[:-1], ends[:-1]
    return Folded("".join(letters), tuple(starts), tuple(ends))


def _fold_character(character: str, before: list[str]) -> Iterator[str]:
    if character in INVISIBLE:
        return
    if character in MARKS:
        yield "'"
    elif character in DASHES or character.isspace():
        yield " "
    else:
        plain = unicodedata.normalize("NFKC", character)
        if len(plain) > 1 and "⁄" in plain and before and before[-1].isdigit():  # 8½ is 8 1/2, not 81/2
            yield " "
        for letter in plain.replace("⁄", "/").casefold():
            yield " " if letter.isspace() else letter


def _swallowed(letter: str, before: list[str]) -> bool:
    """Whether a letter adds nothing: a space at the start, a second space or mark."""
    if letter == " ":
        return not before or before[-1] == " "
    return letter == "'" and bool(before) and before[-1] == letter
