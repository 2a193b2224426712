"""The comparison's measures: ClaimDiff's weaken against strengthen, and the time that a comparison takes.

    python -m tests.bench.compare --cache FOLDER [--archive FOLDER --question QUESTION]

ClaimDiff: the area under the curve of telling pairs that weaken from pairs that strengthen, on half of the topics;
`relation` was weighted on the other half. The cosine alone stands beside. With `--archive`, the seconds of `compare`
over ten outlets, the second time of asking.
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from index.answers import open_answers
from index.archive import Archive
from index.embed import open_embedder
from index.statements.reader import StatementReader
from index.types import Filters
from qa.checks.names import names
from qa.checks.polarity import negators, stances
from qa.checks.words import words
from qa.compare.comparison import compare
from tests.conftest import SHARED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from index.answers import AnswerModel
    from index.embed import Embedder

COVER, NAMED, TURNED, NEGATED = -2.4, 0.7, 0.65, 0.5
"""Weights of a logistic regression on the first half of the topics, rounded."""


def relation(one: str, other: str) -> float:
    """How far `other` weakens `one`: words in common that only one denies, more negations in one, few words in common."""
    left, right = stances(one), stances(other)
    turned = sum(
        {way.negated for way in left[word]}.isdisjoint({way.negated for way in right[word]})
        for word in left.keys() & right.keys()
    )
    stems = [{word.stem for word in words(text) if word.content} for text in (one, other)]
    named = [{part for name in names(text) for part in name.words} for text in (one, other)]
    negated = abs(len(negators(one)) - len(negators(other)))
    return COVER * _share(*stems) + NAMED * _share(*named) + TURNED * turned + NEGATED * negated


def _share(one: set[str], other: set[str]) -> float:
    return len(one & other) / max(1, min(len(one), len(other)))


def area(labels: NDArray[np.bool_], scores: NDArray[np.float64]) -> float:
    """The area under the ROC curve: how often a pair that weakens scores above one that does not, ties half."""
    yes, no = scores[labels], scores[~labels]
    return float(((yes[:, None] > no) + 0.5 * (yes[:, None] == no)).mean())


def claimdiff(data: Path, embedder: Embedder) -> None:
    """Prints the areas on the second half of the topics."""
    with (data / "claimdiff" / "pairs.jsonl").open(encoding="utf-8") as file:
        rows: Sequence[dict[str, Any]] = [json.loads(line) for line in file]
    rows = [row for row in rows if row["strengthen"] + row["weaken"] == 1]
    held_out = set(sorted({row["topic"] for row in rows})[1::2])
    rows = [row for row in rows if row["topic"] in held_out]
    labels = np.array([bool(row["weaken"]) for row in rows])
    one, other = (embedder.documents([row[side] for row in rows]) for side in ("claim_a", "claim_b"))
    cosines = (one * other).sum(axis=1).astype(np.float64)
    ours = np.array([relation(row["claim_a"], row["claim_b"]) for row in rows])
    print(f"claimdiff: {len(rows)} pairs, {labels.sum()} weaken")
    print(f"  cosine alone {area(labels, -cosines):.3f}   relation {area(labels, ours):.3f}")


def seconds(folder: Path, question: str, embedder: Embedder, answers: AnswerModel) -> None:
    """Prints what a comparison of ten outlets takes, by stage, when the program is warm."""
    reader = StatementReader()
    with Archive(folder) as archive:
        for _ in range(2):
            begun = time.perf_counter()
            made = compare(
                question,
                archive=archive,
                embedder=embedder,
                answers=answers,
                reader=reader,
                filters=Filters(),
                outlets=10,
            )
            took = time.perf_counter() - begun
        print(f"{took:.2f} s, {len(made.outlets)} columns, {archive.catalogue.counts()['articles']} articles")
        print(f"  {made.seconds}")


def main() -> None:
    """Reads the command line and runs what it asks for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--data", type=Path, default=SHARED / "data")
    parser.add_argument("--archive", type=Path)
    parser.add_argument("--question", default="")
    options = parser.parse_args()
    embedder = open_embedder(cache=options.cache)
    if options.archive:
        seconds(options.archive, options.question, embedder, open_answers(cache=options.cache))
    else:
        claimdiff(options.data, embedder)


if __name__ == "__main__":
    main()
