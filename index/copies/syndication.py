"""Which articles are copies of one original.

Two articles are copies when most of the words of the shorter one, speech in quotation marks left aside, stand in runs
of five words that the other has too, and all along it, not in one stretch. So an article printed with a credit line
more, another headline or some paragraphs less is a copy; two reports of one speech, or two that carry the same
captions under their pictures, are not.

Candidates come from MinHash over runs of five words (Broder 1997), cut into bands (Leskovec, Rajaraman and Ullman,
Mining of Massive Datasets, 3.4): each article has `KEYS` integers to be stored in an index, and only those that share
`SHARED_KEYS` with a newcomer need be compared word by word.
"""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

GRAM = 5
KEYS = 64
"""Keys of an article: bands of two out of 128 permutations, so that a Jaccard similarity of 0.3 is met."""
SHARED_KEYS = 2
"""How many keys two articles must share to be compared; unrelated articles share one now and then, hardly ever two."""

LEAST_WORDS = 30
LEAST_SHARED = 0.65
LEAST_SPREAD = 0.7
LEAST_BACK = 0.25
LEAST_SUM = 1.2
"""Of both shares: where a copy is much shorter than the other, it must hold little of its own."""
LEAST_SHARED_AT_HOME = 0.85
"""An outlet repeats itself (captions, background, standing text) without copying, so two of its own must share more."""
PARTS, HALF = 10, 0.5

WORD = re.compile(r"\w+")
SPEECH = re.compile(r'"[^"\n]{10,1200}"|“[^”]{10,1200}”|«[^»]{10,1200}»')
SALT = np.uint64(0x9E3779B97F4A7C15)


@dataclass(frozen=True, slots=True)
class Overlap:
    """What two texts share, from 0 to 1.

    Attributes:
        shared: the share of the shorter one's words that stand in runs of five words the longer one has.
        back: the same share of the longer one's words.
        spread: the share of tenths of the shorter one of which at least half is shared.
    """

    shared: float
    back: float
    spread: float


def words(body: str) -> tuple[str, ...]:
    """The words of a body without boilerplate, folded, speech in quotation marks left out."""
    return tuple(WORD.findall(SPEECH.sub(" ", body).casefold()))


def keys(own: Sequence[str]) -> tuple[int, ...]:
    """The keys under which an article is to be found by its copies, as signed 64-bit integers.

    Args:
        own: its `words`.

    Returns:
        `KEYS` integers, each of them another band; none for a text of fewer than `LEAST_WORDS` words.
    """
    from datasketch import MinHash

    if len(own) < LEAST_WORDS:
        return ()
    sketch = MinHash(num_perm=2 * KEYS, hashfunc=zlib.crc32, scheme="affine32")
    sketch.update_batch([" ".join(gram).encode("utf-8", "surrogatepass") for gram in _grams(own)])
    pairs = np.ascontiguousarray(sketch.hashvalues, dtype="<u4").view("<u8")
    banded = pairs ^ (np.arange(KEYS, dtype=np.uint64) * SALT)
    return tuple(banded.view("<i8").tolist())


def overlap(one: Sequence[str], other: Sequence[str]) -> Overlap:
    """What the `words` of two articles share."""
    shorter, longer = sorted((one, other), key=len)
    if len(shorter) < LEAST_WORDS:
        return Overlap(0.0, 0.0, 0.0)
    common = _grams(shorter) & _grams(longer)
    covered = _covered(shorter, common)
    parts = [float(part.mean()) for part in np.array_split(covered, PARTS)]
    return Overlap(
        shared=float(covered.mean()),
        back=float(_covered(longer, common).mean()),
        spread=sum(part >= HALF for part in parts) / PARTS,
    )


def are_copies(found: Overlap, *, same_outlet: bool) -> bool:
    """Whether two articles that share this much are copies of one original."""
    least = LEAST_SHARED_AT_HOME if same_outlet else LEAST_SHARED
    enough = found.shared >= least and found.back >= LEAST_BACK and found.shared + found.back >= LEAST_SUM
    return enough and found.spread >= LEAST_SPREAD


def groups(copies: Iterable[tuple[str, str]]) -> list[tuple[str, ...]]:
    """The groups that pairs of copies make, each sorted, the whole sorted: the order of the pairs does not matter.

    Args:
        copies: pairs of article ids.
    """
    group: dict[str, set[str]] = {}
    for one, other in copies:
        joined = group.get(one, {one}) | group.get(other, {other})
        for member in joined:
            group[member] = joined
    return sorted({tuple(sorted(members)) for members in group.values()})


def _grams(own: Sequence[str]) -> set[tuple[str, ...]]:
    return set(zip(*(own[start:] for start in range(GRAM)), strict=False))


def _covered(own: Sequence[str], common: set[tuple[str, ...]]) -> NDArray[np.bool_]:
    covered = np.zeros(len(own), dtype=np.bool_)
    for start, gram in enumerate(zip(*(own[start:] for start in range(GRAM)), strict=False)):
        if gram in common:
            covered[start : start + GRAM] = True
    return covered
