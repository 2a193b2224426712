"""Does an answer without a model know when the archive does not say? Questions with their answer there and left out.

usage: python -m tests.bench.abstention ARCHIVE [--read | --further]

ARCHIVE holds newsquiz, as `tests.bench.retrieval` makes it. Each of its 144 questions is asked twice: of the whole
archive, and of what is left without its gold article and without any other of the thirty best passages' articles that
holds the answer's words. Every other question may have shaped the threshold; balanced accuracy is told for both halves,
beside that of a threshold on the best passage's cosine, and as a curve over the threshold. The unanswerable questions
of multihop are asked of the same archive, which has other news; `--read` prints what is answered all the same.

`--further` asks other questions instead: those of a quiz master in `answers.jsonl`, in other words than the articles',
with all and without any article of which a sentence is marked as answering, fully or in part. Again every other one may
have shaped the threshold.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from index.answers import open_answers
from index.archive import Archive
from index.embed import open_embedder
from index.lexical import stems
from index.retrieve import retrieve
from index.types import Filters
from qa import abstain
from qa.clock import Clock
from qa.search import Searcher
from qa.settings import Settings
from tests.bench.answers import marked
from tests.bench.retrieval import load, places

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from index.embed import Embedder
    from index.types import Hit
    from qa.weigh import Evidence, Question
    from tests.bench.verifier import Vector

PASSAGES, NEAR = 12, 30
CURVE = (8.0, 8.5, 9.0, 9.2, 9.5, 10.0, 10.5)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a question found: `there` tells whether its answer was in the archive, `shaped` whether it may have shaped."""

    read: Question
    ranked: tuple[Evidence, ...]
    hits: tuple[Hit, ...]
    there: bool
    shaped: bool

    def answered(self, least: float) -> bool:
        """Whether it is answered where the evidence must weigh so much."""
        before, abstain.LEAST = abstain.LEAST, least
        try:
            return abstain.abstention(self.read, self.ranked, self.hits, 0, ()) is None
        finally:
            abstain.LEAST = before


def left_out(archive: Archive, embedder: Embedder, row: Mapping[str, Any], named: Mapping[str, str]) -> set[str]:
    """The ids of the gold articles, and of near ones that hold the answer's words in a row."""
    hits = retrieve(row["question"], archive=archive, embedder=embedder, filters=Filters(), k=NEAR)
    answers = [f" {' '.join(stems(answer))} " for answer in row["answer"] if stems(answer)]
    texts = {hit.article.id: f" {' '.join(stems(hit.article.text))} " for hit in hits}
    holding = {i for i, text in texts.items() if any(answer in text for answer in answers)}
    return holding | {i for i, name in named.items() if name in row["gold_article_ids"]}


def quiz(archive: Archive, embedder: Embedder, searcher: Searcher) -> list[Asked]:
    rows = load("newsquiz/questions.jsonl")
    named = places(archive, load("newsquiz/articles.jsonl.gz"))
    found = []
    for number, row in enumerate(rows):
        without = tuple(sorted(set(named) - left_out(archive, embedder, row, named)))
        for there, filters in ((True, Filters()), (False, Filters(articles=without))):
            search = searcher.search(row["question"], archive, filters, Clock())
            found.append(Asked(search.read, search.ranked, search.hits, there, number % 2 == 0))
    return found


def further(archive: Archive, searcher: Searcher) -> list[Asked]:
    asked = [
        one
        for one in marked(archive, "further", "newsquiz")
        if one.kind == "quiz" and one.elsewhere and any(cell.answers for cell in one.cells)
    ]
    every = set(archive.catalogue.select(Filters()))
    found = []
    for number, one in enumerate(asked):
        answering = {cell.article.id for cell in (*one.cells, *one.elsewhere) if cell.answers or cell.partly}
        for there, filters in ((True, Filters()), (False, Filters(articles=tuple(sorted(every - answering))))):
            search = searcher.search(one.question, archive, filters, Clock())
            found.append(Asked(search.read, search.ranked, search.hits, there, number % 2 == 0))
    return found


def unanswerable(archive: Archive, searcher: Searcher) -> list[Asked]:
    texts = [row["question"] for row in load("multihop/questions.jsonl") if row["type"] == "null_query"]
    found = [searcher.search(text, archive, Filters(), Clock()) for text in texts]
    return [Asked(one.read, one.ranked, one.hits, there=False, shaped=False) for one in found]


def balanced(answered: Vector, there: Vector) -> float:
    return float((answered[there].mean() + (~answered[~there]).mean()) / 2)


def report(asked: Sequence[Asked]) -> None:
    there = np.array([one.there for one in asked])
    cosine = np.array([max((hit.similarity for hit in one.hits), default=0.0) for one in asked])
    print(f"{'':<26}{'answered':>10}{'refused':>10}{'balanced':>10}   of those with an answer, without one, both")
    for shaped in (True, False):
        own = np.array([one.shaped == shaped for one in asked])
        name = "the shaping half" if shaped else "the other half"
        for least in CURVE:
            answered = np.array([one.answered(least) for one in asked])[own]
            kept, refused = answered[there[own]].mean(), (~answered[~there[own]]).mean()
            mark = "  <- as it is" if least == abstain.LEAST else ""
            print(f"{name}, at {least:<9}{kept:10.3f}{refused:10.3f}{(kept + refused) / 2:10.3f}{mark}")
    shaping = np.array([one.shaped for one in asked])
    best = max(np.unique(cosine[shaping]), key=lambda t: balanced(cosine[shaping] >= t, there[shaping]))
    print(
        f"best passage's cosine, threshold {best:.2f} of the shaping half: {balanced(cosine[~shaping] >= best, there[~shaping]):.3f}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("archive", type=Path)
    parser.add_argument("--read", action="store_true", help="print the unanswerable questions that are answered")
    parser.add_argument("--further", action="store_true", help="ask the quiz master's further questions instead")
    options = parser.parse_args()
    embedder = open_embedder(Settings().embedding, cache=Settings().cache)
    searcher = Searcher(embedder, PASSAGES, answers=open_answers(cache=Settings().cache))
    with Archive(options.archive) as archive:
        if options.further:
            report(further(archive, searcher))
            return
        report(quiz(archive, embedder, searcher))
        others = unanswerable(archive, searcher)
    answered = [one for one in others if one.answered(abstain.LEAST)]
    print(f"multihop: {len(others) - len(answered)} of {len(others)} unanswerable questions are refused")
    for one in answered if options.read else ():
        print(f"- {one.read.text}\n    {one.ranked[0].numbered.sentence.text}")


if __name__ == "__main__":
    main()
