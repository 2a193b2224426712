"""What a question costs in a large archive: quote mode with all its checks, and a comparison of ten outlets.

usage: python -m tests.bench.large ARCHIVE [--questions N]

ARCHIVE is one that `tests.bench.growth` made. Its passages have the vectors of a fake, as long as real ones; questions
and sentences are embedded by the real model. So hits are found by their words, and every step costs what it costs.
The statements of the articles that the questions find are read first and stored, as `rashomon add` does with all: that
takes minutes, once. The questions are those of newsquiz, each asked once of a warm engine.
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from index.answers import open_answers
from index.archive import Archive
from index.build import recipe
from index.embed import open_embedder
from index.retrieve import retrieve
from index.statements.reader import StatementReader
from index.statements.store import StatementStore
from index.types import Filters
from index.writer import Writer
from qa.compare.search import search
from qa.engine import Engine
from qa.llm import LiteLLM
from qa.settings import Settings
from tests.bench.growth import WideEmbedder
from tests.conftest import SHARED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from numpy.typing import NDArray

    from index.embed import Embedder
    from index.types import Hit

PASSAGES, DEEP = 12, 100
"""Passages that an answer is made from, as the settings have it, and that a question is taken to look at besides."""


class RealEmbedder(WideEmbedder):
    """The real model under the name of the fake that the archive was made with."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder

    def documents(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return self._embedder.documents(texts)

    def query(self, text: str) -> NDArray[np.float32]:
        return self._embedder.query(text)

    def tokens(self, texts: Sequence[str]) -> list[NDArray[np.float32]]:
        return self._embedder.tokens(texts)


def read_first(archive: Path, embedder: Embedder, questions: Sequence[str]) -> None:
    """Reads and stores the statements of every article that a question may look at."""
    with Archive(archive) as opened:
        found = {hit.article.id for question in questions for hit in _looked_at(question, opened, embedder)}
    with Writer(archive, recipe=recipe(embedder), dimension=embedder.dimension) as writer:
        unread = found & set(StatementStore(writer.reading).unread())
        articles = [article for i in sorted(unread) if (article := writer.reading.article(i))]
        pairs = [(article, writer.reading.sentences(article)) for article in articles]
        read = StatementReader().read_many(pairs, 2)
        StatementStore(writer.writing).put({a.id: said for a, said in zip(articles, read, strict=True)})
        writer.publish()


def _looked_at(question: str, archive: Archive, embedder: Embedder) -> Iterator[Hit]:
    vector = embedder.query(question)
    for k in (PASSAGES, DEEP):
        yield from retrieve(question, archive=archive, embedder=embedder, filters=Filters(), k=k, vector=vector)
    for hits in search(question, vector, archive=archive, filters=Filters()).values():
        yield from hits


def spent(work: Callable[[str], object], questions: Sequence[str]) -> str:
    """Median, 95th percentile and slowest, in milliseconds."""
    seconds = []
    for question in questions:
        begun = time.perf_counter()
        work(question)
        seconds.append(1000 * (time.perf_counter() - begun))
    middle, late = np.percentile(seconds, [50, 95])
    return f"median {middle:.0f} ms, p95 {late:.0f} ms, slowest {max(seconds):.0f} ms over {len(seconds)}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("archive", type=Path)
    parser.add_argument("--questions", type=int, default=144)
    options = parser.parse_args()
    with (SHARED / "data/newsquiz/questions.jsonl").open(encoding="utf-8") as file:
        questions = [json.loads(line)["question"] for line in file][: options.questions]
    settings = Settings()
    embedder = RealEmbedder(open_embedder(settings.embedding, cache=settings.cache))
    read_first(options.archive, embedder, questions)
    with Archive(options.archive) as archive:
        counts = archive.catalogue.counts()
        print(f"{counts['articles']:,} articles, {counts['passages']:,} passages; {archive.dense.method}")
        engine = Engine(archive, embedder, LiteLLM, answers=open_answers(cache=settings.cache))
        engine.warm()
        print("ask:    ", spent(lambda question: list(engine.ask(question)), questions), flush=True)
        engine.compare(questions[0])
        print("compare:", spent(engine.compare, questions[1:41]))


if __name__ == "__main__":
    main()
