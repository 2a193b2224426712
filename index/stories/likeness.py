"""How far two articles tell of one event: what they mean, the words they use, their days, and how crowded the topic is.

The last one matters as much as the others. Two reports of a child that fell into a well resemble nothing else in an
archive, so a little likeness shows that they are one event. Two reports of an impeachment resemble hundreds of others,
so much more is needed. An article's *crowd* is its mean similarity to articles that are close to it in meaning but
days away, which therefore tell of other events; a share of both articles' crowds is taken off a pair's likeness
(compare CSLS, Conneau et al. 2018, which corrects for hubs in the same way).
"""

from __future__ import annotations

import re
import zlib
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Rows = NDArray[np.intp]

SAME_EVENT = 0.0
"""Articles whose likeness is at least this are taken for one event."""

# Weights searched for on one half of the events of two collections of grouped news (`tests/bench/stories.py`).
MEANING, WORDS, TITLE, CROWD = 1.3, 1.3, 0.5, 1.3
OTHER_DAY, DAYS, UNDATED = 0.8, 1.5, 0.6
OFFSET = -0.35

FAR_DAYS = 10
FAR_RANKS = slice(5, 20)
ANY_RANKS = slice(10, 30)
"""An article without a day has no far ones: its crowd are the tenth to the thirtieth nearest of all."""
LEAST_CROWD = 0.35
"""A small archive shows no crowd; this is what a lone event has in a large one."""
NEIGHBOURS = 60

BUCKETS = 1 << 20
MOST_WORDS = 700
MOST_COUNT = 63
SMOOTHING = 1000
"""Added to the number of articles, so that in a small archive the words of its one event are not taken for common."""

WORD = re.compile(r"[^\W_]+(?:[.,]\d+)*")
_COMMON = """
a about above after again against all also am an and any are as at back be because been before being below between
both but by can cannot could day days did do does doing down during each few first for from further get had has have
having he her here hers him his how i if in into is it its just last like made make many may me might more most much
must my new no nor not now of off on once one only or other our out over own people per report reported reports s
said same say says she should since so some still such t than that the their them then there these they this those
three through time to told too two under until up us very was way we well were what when where which while who whom
why will with would year years yet you your
"""
COMMON = frozenset(_COMMON.split())
"""Words that tell nothing of an event, wherever they stand."""


def terms(title: str, body: str) -> bytes:
    """The words of an article, counted, to be stored with it.

    Returns:
        A little-endian unsigned 32-bit integer for each word that is not common: 20 bits of its hash, six of its
        count in the first `MOST_WORDS` words (the title's count double), six of its count in the title.
    """
    heading = [word.casefold() for word in WORD.findall(title)]
    opening = [match.group().casefold() for _, match in zip(range(MOST_WORDS), WORD.finditer(body), strict=False)]
    in_title, in_all = _hashed(heading), _hashed(opening + heading * 2)
    packed = [
        bucket | min(count, MOST_COUNT) << 20 | min(in_title[bucket], MOST_COUNT) << 26
        for bucket, count in sorted(in_all.items())
    ]
    return np.array(packed, dtype="<u4").tobytes()


def _hashed(found: Sequence[str]) -> Counter[int]:
    return Counter(zlib.crc32(w.encode("utf-8", "surrogatepass")) % BUCKETS for w in found if w not in COMMON)


@dataclass(frozen=True, slots=True)
class Link:
    """Two rows that may be of one event, and their likeness before the crowd is taken off."""

    one: int
    other: int
    likeness: float


class Likeness:
    """Compares the articles of an archive, each a row."""

    def __init__(
        self, vectors: Floats, packed: Sequence[bytes], days: Sequence[int | None], crowds: Sequence[float]
    ) -> None:
        """Takes all articles at once, since how rare a word is depends on all of them.

        Args:
            vectors: unit vectors of title and lead, `(rows, dimension)`.
            packed: their `terms`.
            days: day of publication as a number, where it is known.
            crowds: as they were when last computed, 0 for a new article.
        """
        self._vectors = np.ascontiguousarray(vectors, dtype=np.float32)
        self._days = np.array([np.nan if day is None else day for day in days], dtype=np.float32)
        self.crowds = np.maximum(np.array(crowds, dtype=np.float32), LEAST_CROWD)
        self._words, self._titles = _matrices(packed)

    def links(self, rows: Rows) -> list[Link]:
        """What these rows may be of one event with; their own crowds are computed anew.

        The other's crowd may be older than the archive. Since a crowd only grows, nothing is missed by that.
        """
        meaning = self._vectors[rows] @ self._vectors.T
        meaning[np.arange(len(rows)), rows] = -1.0
        apart = np.abs(self._days[rows, None] - self._days[None, :])
        self.crowds[rows] = [self._crowd(m, a) for m, a in zip(meaning, apart, strict=True)]
        likely = MEANING * meaning - _penalty(apart)
        after = likely - CROWD / 2 * self.crowds
        count = min(NEIGHBOURS, len(self.crowds) - 1)
        near = np.argpartition(-after, count, axis=1)[:, :count]
        ones, others = np.repeat(rows, count), near.ravel()
        likeness = np.take_along_axis(likely, near, axis=1).ravel() + self._lexical(ones, others)
        crowd = CROWD / 2 * (self.crowds[ones] + self.crowds[others])
        keep = likeness - crowd + OFFSET >= SAME_EVENT
        found = zip(ones[keep].tolist(), others[keep].tolist(), likeness[keep].tolist(), strict=True)
        return [Link(one, other, value) for one, other, value in found if one != other]

    def _crowd(self, meaning: Floats, apart: Floats) -> float:
        dated = not bool(np.isnan(apart).all())
        far, ranks = (meaning[apart > FAR_DAYS], FAR_RANKS) if dated else (meaning, ANY_RANKS)
        if len(far) < ranks.stop:
            return LEAST_CROWD
        nearest = np.sort(np.partition(far, len(far) - ranks.stop)[-ranks.stop :])[::-1]
        return max(float(nearest[ranks].mean()), LEAST_CROWD)

    def _lexical(self, ones: Rows, others: Rows) -> Floats:
        words = np.asarray(self._words[ones].multiply(self._words[others]).sum(axis=1))
        titles = np.asarray(self._titles[ones].multiply(self._titles[others]).sum(axis=1))
        likeness: Floats = (WORDS * words + TITLE * titles).ravel().astype(np.float32)
        return likeness

    def still(self, link: Link) -> bool:
        """Whether a link holds with the crowds as they are now."""
        crowd = CROWD / 2 * float(self.crowds[link.one] + self.crowds[link.other])
        return link.likeness - crowd + OFFSET >= SAME_EVENT

    def among(self, rows: Rows) -> Floats:
        """The likeness of each of these rows to each, symmetric, `(len(rows), len(rows))`."""
        apart = np.abs(self._days[rows, None] - self._days[None, rows])
        vectors, words, titles = self._vectors[rows], self._words[rows], self._titles[rows]
        likeness = MEANING * (vectors @ vectors.T) - _penalty(apart)
        likeness += (WORDS * (words @ words.T) + TITLE * (titles @ titles.T)).toarray()
        half = CROWD / 2 * self.crowds[rows]
        both = (likeness - half[:, None] - half[None, :] + OFFSET).astype(np.float32)
        symmetric: Floats = (both + both.T) / np.float32(2)
        return symmetric


def _penalty(apart: Floats) -> Floats:
    """What days between two articles take off their likeness: a day little, three nearly all, an unknown day most."""
    gone: Floats = OTHER_DAY * (1 - np.exp(-((apart / DAYS) ** 2)))
    return np.where(np.isnan(gone), np.float32(UNDATED), gone).astype(np.float32)


def _matrices(packed: Sequence[bytes]) -> tuple[Any, Any]:
    """Unit rows of tf-idf (logarithmic counts), of all words and of the titles', as two sparse matrices."""
    from scipy.sparse import csr_matrix

    lengths = np.array([len(terms) // 4 for terms in packed])
    flat = np.frombuffer(b"".join(packed), dtype="<u4")
    frequency = np.bincount(flat % BUCKETS, minlength=BUCKETS)
    place = np.cumsum(frequency > 0) - 1  # columns without gaps: a transposed matrix has a pointer for each
    rarity = np.log((len(packed) + SMOOTHING) / (frequency + 1)).astype(np.float32)
    starts = np.concatenate([[0], np.cumsum(lengths)])
    owner = np.repeat(np.arange(len(packed)), lengths)
    made = []
    for counts in (flat >> 20 & MOST_COUNT, flat >> 26):
        kept = counts > 0
        buckets = (flat % BUCKETS)[kept]
        weights = (1 + np.log(counts[kept].astype(np.float32))) * rarity[buckets]
        norms = np.sqrt(np.bincount(owner[kept], weights=weights**2, minlength=len(packed))).clip(min=1e-9)
        data = (weights / norms[owner[kept]]).astype(np.float32)
        pointers = np.concatenate([[0], np.cumsum(kept)])[starts]
        made.append(csr_matrix((data, place[buckets], pointers), shape=(len(packed), int(place[-1]) + 1)))
    return made[0], made[1]
