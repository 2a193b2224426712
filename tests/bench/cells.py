"""Does a comparison's cell hold what the outlet answers, and "not stated" where it does not? Over marked questions.

usage: python -m tests.bench.cells ARCHIVE [report|tune] [--read]

ARCHIVE holds `events`, as `tests.bench.retrieval` makes it; the questions are those of `answers.jsonl`. A question is put
to the whole archive; of each outlet that tells of the event, the cell is

right         all that it holds answers, or it holds nothing and its article does not answer
partly        something that it holds answers, at least in part
wrong         nothing that it holds answers
missed        it holds nothing, though the article answers

`report` (120 questions, written from summaries alone) shaped nothing. `--read` prints the cells that are not right.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from index.answers import open_answers
from index.archive import Archive
from index.embed import open_embedder
from index.statements.reader import StatementReader
from index.types import Filters
from qa.compare.comparison import compare
from qa.settings import Settings
from tests.bench.answers import marked

if TYPE_CHECKING:
    from qa.compare.types import Account, Comparison
    from tests.bench.answers import Cell, Marked

RIGHT, EMPTY, PARTLY, WRONG, MISSED = "right: answers", "right: not stated", "partly", "wrong", "missed"


def held(cell: Cell, account: Account | None, comparison: Comparison) -> list[frozenset[int]]:
    """For each claim of a cell the ordinals of the marked article's sentences that it quotes; none of another's."""
    cited = {citation.marker: citation for citation in comparison.citations}
    found = [cited[marker] for claim in (account.claims if account else ()) for marker in claim.citations]
    return [
        frozenset(s.ordinal for s in cell.sentences if c.start <= s.start < c.end)
        if c.article_id == cell.article.id
        else frozenset()
        for c in found
    ]


def grade(cell: Cell, quoted: list[frozenset[int]]) -> str:
    """A claim answers if a sentence of it does; the one before it may be quoted with it."""
    if not quoted:
        return MISSED if cell.answers else EMPTY
    if all(own & cell.answers for own in quoted):
        return RIGHT
    return PARTLY if any(own & (cell.answers | cell.partly) for own in quoted) else WRONG


def columns(comparison: Comparison) -> dict[str, Account]:
    """Accounts by the outlets that they speak for."""
    named = {outlet: account for account in comparison.outlets for outlet in account.printed_by}
    return named | {account.outlet: account for account in comparison.outlets}


def shown(one: Marked, cell: Cell, account: Account | None, verdict: str) -> None:
    print(f"\n{verdict}: {one.question} [{cell.article.outlet}]")
    for claim in account.claims if account else ():
        print(f"    {claim.text}")
    for sentence in cell.sentences:
        if sentence.ordinal in cell.answers:
            print(f"    + {' '.join(sentence.text.split())}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("archive", type=Path)
    parser.add_argument("use", choices=["report", "tune"], nargs="?", default="report")
    parser.add_argument("--read", action="store_true", help="print the cells that are not right")
    options = parser.parse_args()
    settings = Settings()
    embedder = open_embedder(settings.embedding, cache=settings.cache)
    answers, reader = open_answers(cache=settings.cache), StatementReader()
    grades: dict[str, Counter[str]] = {}
    seconds = []
    with Archive(options.archive) as archive:
        for one in marked(archive, options.use):
            begun = time.perf_counter()
            made = compare(
                one.question, archive=archive, embedder=embedder, answers=answers, reader=reader, filters=Filters()
            )
            seconds.append(time.perf_counter() - begun)
            speaking = columns(made)
            for cell in one.cells:
                account = speaking.get(cell.article.outlet or "")
                verdict = grade(cell, held(cell, account, made))
                grades.setdefault(one.kind, Counter())[verdict] += 1
                if options.read and verdict not in {RIGHT, EMPTY}:
                    shown(one, cell, account, verdict)
    print(
        f"{'':<12}{'cells':>6}{'right':>8}   "
        + "".join(f"{name:>20}" for name in (RIGHT, EMPTY, PARTLY, WRONG, MISSED))
    )
    for kind, counts in {**grades, "all": sum(grades.values(), Counter())}.items():
        total = counts.total()
        right = (counts[RIGHT] + counts[EMPTY]) / total
        told = "".join(f"{counts[name]:>20}" for name in (RIGHT, EMPTY, PARTLY, WRONG, MISSED))
        print(f"{kind:<12}{total:>6}{right:>8.3f}   {told}")
    print(f"seconds: median {np.median(seconds):.2f}, p95 {np.percentile(seconds, 95):.2f}")


if __name__ == "__main__":
    main()
