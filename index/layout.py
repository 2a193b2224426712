"""What the lines of a page look like, and where they stand among one another, as numbers for `index.page`.

The measures are those of the literature on boilerplate (Kohlschütter, Fankhauser and Nejdl, "Boilerplate Detection
using Shallow Text Features", WSDM 2010: lengths, density, capitals, the neighbours' values) and the wording of
`boilerplate.toml`, and the runs of highest sum of Pasternack and Roth ("Extracting Article Text from the Web with
Maximum Subsequence Segmentation", WWW 2009).
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any

import numpy as np

from index.boilerplate import LONGEST_LINE, reason_of, rules

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from index.types import Reason

    Numbers = NDArray[np.float64]

WORD = re.compile(r"\w+")
SENTENCE_END = re.compile(r"[.!?…:。！？।][\"'”’»)\]]*$")
WIDE = re.compile(r"[\u2e80-\uffef]")
WHEN = re.compile(
    r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? \d|\d{4}-\d\d|\d\d?/\d\d?/\d\d|\bago\b|\d:\d\d",
    re.IGNORECASE,
)
TALK = re.compile(
    r"\b(?:repl(?:y|ies)|says|comments?|flag|permalink|log in|posted|(?:dis)?like|am|pm)\b", re.IGNORECASE
)
COMMON = frozenset(
    """
    the of to and a in that is was for on it with as he his at by be from have had has but not are they which or an
    this were their who will would said been its more about her she we i you all one when there if out so can what up no
    than them also after other some into could new over two only just my our your
    """.split()
)
YOU = frozenset("you your i me my we our us".split())
TOPIC_LETTERS = 4
LONG_WORDS = 8
WIDE_CHARACTERS = 25
MOST_POINTS = 400.0
UNENDED, SHORT, MARKED, FURNITURE, HEADING, COMMENTS = 4.0, -1.0, -5.0, -6.0, -20.0, -120.0
NEIGHBOURS = (-3, -2, -1, 1, 2, 3)
WINDOWS = (5, 10, 20)
SEEN_NEAR = (0, 2, 3, 4, 9, 10, 11, 12, 18, 19, 20, 21, 23, 24)
SEEN_WIDELY = (0, 2, 4, 9, 11, 19, 23)
MOST_CHARACTERS = 300.0
EASES = (0.0, 1.5)
SMOOTHED = (2, 5, 10)
FAR = 8.0
MOST_SURE = 7.0


def looks(lines: Sequence[str], reasons: Sequence[Reason | None]) -> Numbers:
    """What each line looks like by itself, beside its neighbours, and within its page.

    Args:
        lines: the text's lines, blanks folded, none empty.
        reasons: for each line, why it is boilerplate by its own wording, or None.

    Returns:
        A row for each line.
    """
    words = [WORD.findall(line.lower()) for line in lines]
    kinds = np.array([_kinds(line) for line in lines], dtype=float)
    points = [_points(line, kind, reason) for line, kind, reason in zip(lines, kinds, reasons, strict=True)]
    core = best(points)
    counts = Counter(line.casefold() for line in lines)
    shares = _shared(words, core)
    own = np.array(
        [
            [*_own(line, found), reason is not None, *kind, counts[line.casefold()] > 1, shared, point]
            for line, found, reason, kind, shared, point in zip(
                lines, words, reasons, kinds, shares, points, strict=True
            )
        ]
    )
    sizes = np.array([len(line) for line in lines], dtype=float)
    return np.hstack([own, _standing(sizes, kinds, np.array(points), core), *_near(own), *_widely(own, sizes)])


def places(scores: Numbers, sizes: Numbers) -> Numbers:
    """Where each line stands among lines that were scored: its neighbours' scores, and the runs of highest sum.

    Args:
        scores: for each line how much it looks like the article, above 0 for yes, in log-odds.
        sizes: its characters.

    Returns:
        A row for each line.
    """
    scores = scores.clip(-MOST_SURE, MOST_SURE)
    count = len(scores)
    weight = np.minimum(sizes, MOST_CHARACTERS)
    columns: list[NDArray[Any]] = [scores, *_near(scores[:, None], -MOST_SURE)]
    index = np.arange(count)
    before = np.concatenate([[0.0], np.cumsum(sizes)])
    for ease in EASES:
        start, end = best((scores + ease) * weight)
        outside = np.where(index < start, before[start] - before[index], before[index] - before[max(end, 1)])
        inside = (index >= start) & (index < end)
        columns += [inside * 1.0, np.where(inside, 0.0, np.log1p(outside.clip(0)))]
        columns += [(index < start) * 1.0, (index >= end) * 1.0]
        columns += [np.minimum(index - start, end - 1 - index).clip(-FAR, FAR)]
    liked = scores.clip(0) * sizes
    columns += [np.cumsum(liked) / (liked.sum() + 1), np.full(count, np.log1p(liked.sum()))]
    for size in SMOOTHED:
        low, high = (index - size).clip(0), (index + size + 1).clip(max=count)
        sums = [np.concatenate([[0.0], np.cumsum(values)]) for values in (scores * weight, weight)]
        columns.append((sums[0][high] - sums[0][low]) / (sums[1][high] - sums[1][low]))
    return np.column_stack(columns).astype(float)


def topical(line: str) -> list[str]:
    """The words of a line that tell what it is about."""
    return [word for word in WORD.findall(line.lower()) if len(word) >= TOPIC_LETTERS and word not in COMMON]


def best(points: Sequence[float] | Numbers) -> tuple[int, int]:
    """The run with the highest sum, (0, 0) where none is above 0 (Bentley, Programming Pearls, column 8)."""
    highest, found = 0.0, (0, 0)
    total, start = 0.0, 0
    for index, point in enumerate(points):
        if total <= 0:
            total, start = 0.0, index
        total += point
        if total > highest:
            highest, found = total, (start, index + 1)
    return found


def _own(line: str, words: list[str]) -> list[float]:
    """The measures of a line by itself."""
    count = max(1, len(words))
    parts = line.split()
    return [
        np.log1p(len(words)),
        np.log1p(len(line)),
        sum(word in COMMON for word in words) / count,
        sum(part[:1].isupper() for part in parts) / len(parts),
        SENTENCE_END.search(line) is not None,
        line.count(",") / count,
        sum(character.isdigit() for character in line) / len(line),
        any(mark in line for mark in '"“”'),
        line[-1] in "?!",
        sum(word in YOU for word in words) / count,
        rules().calls.search(line[:LONGEST_LINE]) is not None,
        TALK.search(line) is not None,
        WHEN.search(line) is not None,
        len(line) / count,
        sum(map(line.count, ".!?")),
        any(mark in line for mark in "|»›•·→"),
        line.endswith(("...", "…")),
        ":" in line,
    ]


def _kinds(line: str) -> tuple[bool, bool, bool]:
    """Whether a line is furniture, a heading beside the article, or the head of comments."""
    if len(line) > LONGEST_LINE:
        return False, False, False
    heading = rules().headings.fullmatch(line) or reason_of(line, rules().ends)
    found = rules().furniture.fullmatch(line), heading, rules().comments.fullmatch(line)
    return found[0] is not None, found[1] is not None, found[2] is not None


def _points(line: str, kinds: Sequence[float], reason: Reason | None) -> float:
    """Points for prose, and against the furniture of a page; chosen by hand."""
    furniture, heading, comments = kinds
    for is_kind, points in ((comments, COMMENTS), (furniture, FURNITURE), (heading, HEADING), (reason, MARKED)):
        if is_kind:
            return points
    words, wide = line.count(" ") + 1, len(WIDE.findall(line))
    if SENTENCE_END.search(line) and (words >= LONG_WORDS or wide >= WIDE_CHARACTERS):
        return min(max(words, wide / 2), MOST_POINTS)
    return UNENDED if words >= LONG_WORDS else SHORT


def _shared(words: Sequence[list[str]], core: tuple[int, int]) -> list[float]:
    """The share of each line's topical words that stand in other lines of the core."""
    about = [[word for word in found if len(word) >= TOPIC_LETTERS and word not in COMMON] for found in words]
    held = Counter(word for found in about[slice(*core)] for word in set(found))
    shares = []
    for index, found in enumerate(about):
        here = core[0] <= index < core[1]
        shares.append(sum(held[word] > here for word in found) / max(1, len(found)))
    return shares


def _standing(sizes: Numbers, kinds: Numbers, points: Numbers, core: tuple[int, int]) -> Numbers:
    """Where lines stand on the page, and what lies between them and the core."""
    count, (start, end) = len(sizes), core
    index = np.arange(count)
    side = np.where(index < start, -1.0, np.where(index >= end, 1.0, 0.0))
    steps = np.where(side < 0, start - index, np.where(side > 0, index - end + 1, 0))
    seen = np.vstack([np.zeros(4), np.cumsum(np.column_stack([kinds, sizes]), axis=0)])
    low, high = np.where(side < 0, index, end), np.where(side < 0, start, index + 1)
    between = (seen[high] - seen[low]) * (side != 0)[:, None]
    prose = np.concatenate([[0.0], np.cumsum(points > 0)])
    return np.column_stack(
        [
            (np.cumsum(sizes) - sizes / 2) / sizes.sum(),
            index / count,
            side * np.log1p(steps),
            side,
            between[:, :3],
            np.log1p(between[:, 3]),
            seen[:-1, :2].clip(max=FAR),
            seen[:-1, 2],
            seen[-1, 2] - seen[1:, 2],
            (seen[-1, 0] - seen[1:, 0]).clip(max=FAR),
            np.full(count, np.log(count)),
            np.full(count, prose[-1] / count),
            prose[:-1],
            prose[-1] - prose[1:],
        ]
    )


def _near(columns: Numbers, edge: float = -1.0) -> list[Numbers]:
    """The values of the three lines before and after; `edge` beyond the page."""
    most = max(NEIGHBOURS)
    chosen = columns[:, SEEN_NEAR] if columns.shape[1] > 1 else columns
    padded = np.pad(chosen, ((most, most), (0, 0)), constant_values=edge)
    return [padded[most + step : most + step + len(columns)] for step in NEIGHBOURS]


def _widely(columns: Numbers, sizes: Numbers) -> list[Numbers]:
    """The means of some values, by characters, over the lines before and after."""
    count = len(columns)
    index = np.arange(count)
    sums = np.vstack([np.zeros(len(SEEN_WIDELY)), np.cumsum(columns[:, SEEN_WIDELY] * sizes[:, None], axis=0)])
    weights = np.concatenate([[0.0], np.cumsum(sizes)])
    found = []
    for size in WINDOWS:
        for low, high in (((index - size).clip(0), index), (index + 1, (index + 1 + size).clip(max=count))):
            found.append((sums[high] - sums[low]) / np.maximum(1.0, weights[high] - weights[low])[:, None])
    return found
