"""A claim laid beside the cited sentence that it is closest to, word by word."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from qa.checks.words import Word, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


@dataclass(frozen=True, slots=True)
class Change:
    """A stretch in which the two differ, with equal words on both sides of it, or the end of both.

    Attributes:
        claimed: the words of the claim, none where they were left out.
        printed: the words of the cited sentence, none where the claim adds some.
    """

    claimed: tuple[Word, ...]
    printed: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Alignment:
    """The words in common and the changes between them.

    Attributes:
        source: the cited sentence.
        begins: where in the cited sentence the first word in common stands.
        share: how much of the claim's words stand in it in the same order, from 0 to 1.
    """

    source: str
    begins: int
    share: float
    changes: tuple[Change, ...]


@lru_cache(maxsize=4096)
def align(claim: str, source: str) -> Alignment:
    """The longest common run of stems, and what differs (Levenshtein's editing steps over words)."""
    from rapidfuzz.distance import Indel

    left, right = words(claim), words(source)
    steps = Indel.opcodes([word.stem for word in left], [word.stem for word in right])
    equal = sum(step.src_end - step.src_start for step in steps if step.tag == "equal")
    first = next((step.dest_start for step in steps if step.tag == "equal"), None)
    begins = right[first].start if first is not None else 0
    return Alignment(source, begins, equal / max(1, len(left)), tuple(_changes(steps, left, right)))


def closest(claim: str, sources: Sequence[str]) -> Alignment:
    """The alignment with the source that shares most of the claim's words; the first of equals."""
    return max((align(claim, source) for source in sources), key=lambda alignment: alignment.share)


def _changes(steps: object, left: tuple[Word, ...], right: tuple[Word, ...]) -> Iterator[Change]:
    claimed: list[Word] = []
    printed: list[Word] = []
    for step in steps:  # type: ignore[attr-defined]
        if step.tag == "equal":
            if claimed or printed:
                yield Change(tuple(claimed), tuple(printed))
            claimed, printed = [], []
        else:
            claimed += left[step.src_start : step.src_end]
            printed += right[step.dest_start : step.dest_end]
    if claimed or printed:
        yield Change(tuple(claimed), tuple(printed))
