"""How far two articles tell of one event: what they mean, the words they use, their days, and how crowded the topic is.

The last one matters as much as the others. Two reports of a child that fell into a well resemble nothing else in an
archive, so a little likeness shows that they are one event. Two reports of an impeachment resemble hundreds of others,
so much more is needed. An article's *crowd* is its mean similarity to articles that are close to it in meaning but
days away, which therefore tell of other events; a share of both articles' crowds is taken off a pair's likeness
(compare CSLS, Conneau et al. 2018, which corrects for hubs in the same way).

A likeness is the logarithm of the odds that two articles tell of one event, from a logistic regression.
"""

from __future__ import annotations

import re
import zlib
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Rows = NDArray[np.intp]

SAME_EVENT = 0.0
"""Articles whose likeness is at least this are taken for one event."""

# Learned on the pairs of one half of the events of two collections of grouped news (`tests/bench/stories.py --fit`).
MEANING, WORDS, TITLE, CROWD = 9.24, 3.8, 6.5, 9.8
NEAR_DAY, NEAR_MONTH, UNDATED = 3.14, 1.34, 0.67
OFFSET = -1.25
"""Set so that, on that half, nine in ten of the pairs that are joined are of one event."""

DAY, MONTH = 1.5, 40.0
"""Days after which nearly all that a near day counts is gone, and days after which most of what a near month does."""
FEWEST_WORDS = 20
"""An article of fewer words is taken for one of so many."""
MOST_LIKELY = 6.0
"""Beyond this, either way, a pair is certain, and must not outweigh others in a mean."""

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
        words = np.frombuffer(b"".join(packed), dtype="<u4")
        ends = np.cumsum([0, *(len(terms) // 4 for terms in packed)])
        buckets, titled = (words % BUCKETS).astype(np.intp), words >> 26 > 0
        self._words = _Bags(buckets, ends, _rarity(buckets, len(packed)))
        in_titles, title_ends = buckets[titled], np.concatenate([[0], np.cumsum(titled)])[ends]
        self._titles = _Bags(in_titles, title_ends, _rarity(in_titles, len(packed)) ** 2)
        counted = np.concatenate([[0], np.cumsum(words >> 20 & MOST_COUNT)])[ends]
        self._lengths = np.maximum(np.diff(counted), FEWEST_WORDS).astype(np.float32)

    def links(self, rows: Rows) -> list[Link]:
        """What these rows may be of one event with; their own crowds are computed anew.

        The other's crowd may be older than the archive. Since a crowd only grows, nothing is missed by that.
        """
        meaning = self._vectors[rows] @ self._vectors.T
        meaning[np.arange(len(rows)), rows] = -1.0
        apart = np.abs(self._days[rows, None] - self._days[None, :])
        self.crowds[rows] = [self._crowd(m, a) for m, a in zip(meaning, apart, strict=True)]
        likely = MEANING * meaning + _days(apart)
        count = min(NEIGHBOURS, len(self.crowds) - 1)
        near = np.argpartition(CROWD / 2 * self.crowds - likely, count, axis=1)[:, :count]
        likeness = np.take_along_axis(likely, near, axis=1)
        likeness += np.stack([self._lexical(row, others) for row, others in zip(rows, near, strict=True)])
        crowd = CROWD / 2 * (self.crowds[rows, None] + self.crowds[near])
        one, place = np.nonzero((likeness - crowd + OFFSET >= SAME_EVENT) & (near != rows[:, None]))
        found = zip(rows[one].tolist(), near[one, place].tolist(), likeness[one, place].tolist(), strict=True)
        return [Link(row, other, value) for row, other, value in found]

    def _crowd(self, meaning: Floats, apart: Floats) -> float:
        dated = not bool(np.isnan(apart).all())
        far, ranks = (meaning[apart > FAR_DAYS], FAR_RANKS) if dated else (meaning, ANY_RANKS)
        if len(far) < ranks.stop:
            return LEAST_CROWD
        nearest = np.sort(np.partition(far, len(far) - ranks.stop)[-ranks.stop :])[::-1]
        return max(float(nearest[ranks].mean()), LEAST_CROWD)

    def _lexical(self, row: int, others: Rows) -> Floats:
        """What the words of this row and each of the others add to their likeness.

        Shared words count by their rarity, on a logarithmic scale and against the length of the shorter article, since
        long articles share more by chance.
        """
        shared = (1 + self._words.shared(row, others)) / np.minimum(self._lengths[row], self._lengths[others])
        likeness: Floats = (WORDS * np.log(shared) + TITLE * self._titles.cosine(row, others)).astype(np.float32)
        return likeness

    def still(self, link: Link) -> bool:
        """Whether a link holds with the crowds as they are now."""
        crowd = CROWD / 2 * float(self.crowds[link.one] + self.crowds[link.other])
        return link.likeness - crowd + OFFSET >= SAME_EVENT

    def among(self, rows: Rows) -> Floats:
        """The likeness of each of these rows to each, symmetric, `(len(rows), len(rows))`."""
        likeness = MEANING * (self._vectors[rows] @ self._vectors[rows].T)
        likeness += _days(np.abs(self._days[rows, None] - self._days[None, rows]))
        likeness += np.stack([self._lexical(row, rows) for row in rows])
        half = CROWD / 2 * self.crowds[rows]
        both = np.clip(likeness - half[:, None] - half[None, :] + OFFSET, -MOST_LIKELY, MOST_LIKELY)
        symmetric: Floats = ((both + both.T) / 2).astype(np.float32)
        return symmetric


class _Bags:
    """The words of each article, without their order, and what each word weighs.

    Nothing is made for an article before it is compared: an archive has many more articles than are ever near to a
    few new ones.
    """

    def __init__(self, buckets: Rows, ends: Rows, weight: Floats) -> None:
        """Takes the words of all articles one after another.

        Args:
            buckets: of each word, no word twice in one article.
            ends: where each article's words end and the next one's begin, the first 0, `(articles + 1,)`.
            weight: of each bucket.
        """
        self._buckets, self._starts, self._counts = buckets, ends[:-1], np.diff(ends)
        self._weight, self._own = weight, np.zeros_like(weight)

    def shared(self, row: int, others: Rows) -> Floats:
        """The weight of the words that an article has in common with each of the others, `(len(others),)`."""
        own = self._of(np.array([row]))
        self._own[own] = self._weight[own]
        common = np.concatenate([[0.0], np.cumsum(self._own[self._of(others)], dtype=np.float64)])
        self._own[own] = 0
        ends = np.cumsum(self._counts[others])
        total: Floats = (common[ends] - common[ends - self._counts[others]]).astype(np.float32)
        return total

    def cosine(self, row: int, others: Rows) -> Floats:
        """The cosine of articles where each word's weight is the square of its component."""
        norms = np.sqrt(self._total(others) * self._total(np.array([row])))
        cosine: Floats = self.shared(row, others) / np.maximum(norms, np.float32(1e-6))
        return cosine

    def _of(self, rows: Rows) -> Rows:
        """The words of these rows, one row after another."""
        counts = self._counts[rows]
        shift = np.repeat(self._starts[rows] - (np.cumsum(counts) - counts), counts)
        words: Rows = self._buckets[shift + np.arange(len(shift))]
        return words

    def _total(self, rows: Rows) -> Floats:
        total = np.concatenate([[0.0], np.cumsum(self._weight[self._of(rows)], dtype=np.float64)])
        ends = np.cumsum(self._counts[rows])
        each: Floats = (total[ends] - total[ends - self._counts[rows]]).astype(np.float32)
        return each


def _rarity(buckets: Rows, articles: int) -> Floats:
    frequency = np.bincount(buckets, minlength=BUCKETS)
    rarity: Floats = np.log((articles + SMOOTHING) / (frequency + 1)).astype(np.float32)
    return rarity


def _days(apart: Floats) -> Floats:
    """What days between two articles add to their likeness: most on one day, a little within weeks, nothing later."""
    near: Floats = NEAR_DAY * np.exp(-((apart / DAY) ** 2)) + NEAR_MONTH * np.exp(-apart / MONTH)
    return np.where(np.isnan(near), np.float32(UNDATED), near).astype(np.float32)
