"""Does the search find the right article? An ablation table over newsquiz and events.

usage: python -m tests.bench.retrieval FOLDER [newsquiz|shown|events] ...

FOLDER holds the archives `newsquiz` and `events`; one that is missing is made, which takes ten minutes and four on two
idle cores. The questions fall into two halves by a hash of their names: settings are chosen by the first alone.

newsquiz: 144 questions; the share whose gold article is among the first ten articles (R), the mean of one over its
          place (M), and the share where it is among the first ten passages (P), since an article may fill several.
shown:    the share of questions where an answer's words stand in the sentences that an answer without a model shows.
events:   the query is an event's title; the share of its outlets among the first five passages (coverage).

Where RASHOMON_RERANKER names a cross-encoder, the tables have a row for it.
"""

from __future__ import annotations

import gzip
import json
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

import index.fuse
import index.lexical
import index.retrieve
from index.answers import open_answers
from index.archive import Archive
from index.build import build
from index.embed import open_embedder
from index.lexical import stems
from index.readers import Limits
from index.remembered import Remembered
from index.rerank import CrossEncoderReranker
from index.retrieve import retrieve
from index.types import Filters
from qa.clock import Clock
from qa.quote import choose
from qa.search import Searcher
from qa.settings import Settings
from tests.bench.fusion import fuse
from tests.conftest import SHARED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from index.embed import Embedder

    Search = Callable[[str, NDArray[np.float32]], Sequence[int]]

DEEP, FIRST, SHOWN_AT = 50, 10, 5
PASSAGES = 12
"""What an answer is made from, as the settings have it."""


@dataclass(frozen=True)
class Asked:
    """A query and what should be found, as ids of articles in the data."""

    text: str
    gold: frozenset[str]
    chosen_by: bool
    vector: NDArray[np.float32]
    answers: tuple[str, ...] = ()


def half(name: str) -> bool:
    """Whether settings may be chosen by this one."""
    return blake2b(name.encode(), digest_size=1).digest()[0] % 2 == 0


def load(name: str) -> list[dict[str, Any]]:
    data = (SHARED / "data" / name).read_bytes()
    text = (gzip.decompress(data) if name.endswith(".gz") else data).decode()
    return [json.loads(line) for line in text.split("\n") if line]


def made(folder: Path, name: str, embedder: Embedder) -> Archive:
    """The archive of a data set, made where it is missing."""
    if not (folder / name).exists():
        begun = time.perf_counter()
        source = SHARED / "data" / name / "articles.jsonl.gz"
        for _ in build(
            [source], folder=folder / name, embedder=embedder, limits=Limits(unpacked=10**9, document=10**9)
        ):
            continue
        print(f"{name}: added in {time.perf_counter() - begun:.0f} s")
    archive = Archive(folder / name)
    counts = archive.catalogue.counts()
    print(f"\n{name}: {counts['articles']:,} articles, {counts['passages']:,} passages; {archive.dense.method}")
    return archive


@contextmanager
def having(**values: float) -> Iterator[None]:
    """The product with other constants: `fuse_ABOUT=0` sets `index.fuse.ABOUT`."""
    modules = {"fuse": index.fuse, "lexical": index.lexical, "retrieve": index.retrieve}
    places = {name: (modules[name.split("_")[0]], name.split("_", 1)[1]) for name in values}
    before = {name: getattr(*place) for name, place in places.items()}
    try:
        for name, value in values.items():
            setattr(*places[name], value)
        yield
    finally:
        for name, value in before.items():
            setattr(*places[name], value)


WAYS: Mapping[str, tuple[str, Mapping[str, float]]] = {
    "dense alone": ("dense", {}),
    "BM25 alone": ("lexical", {"lexical_TITLE": 1.0}),
    "plain fusion of both by rank": ("ranks", {"lexical_TITLE": 1.0}),
    "ours, as answered from (balanced)": ("ours", {}),
    "ours, not balanced": ("ranked", {}),
    "  balance costs half as much a slot": ("ours", {"retrieve_SLOT": 0.1}),
    "  balance costs twice as much a slot": ("ours", {"retrieve_SLOT": 0.4}),
    "  balance costs all (an outlet's second slot)": ("ours", {"retrieve_SLOT": 1e6}),
    "  without the article's own likeness": ("ranked", {"fuse_ABOUT": 0.0, "fuse_MEANING": 1.0}),
    "  the article half as much": ("ranked", {"fuse_ABOUT": 0.3}),
    "  the article twice as much": ("ranked", {"fuse_ABOUT": 1.2}),
    "  without words that stand together": ("ranked", {"fuse_TOGETHER": 0.0}),
    "  words that stand together twice as much": ("ranked", {"fuse_TOGETHER": 0.8}),
    "  without the passage's own likeness": ("ranked", {"fuse_MEANING": 0.0}),
    "  the passage's own likeness thrice": ("ranked", {"fuse_MEANING": 0.9}),
    "  title counts nothing": ("ranked", {"lexical_TITLE": 0.0}),
    "  title counts as much as the text": ("ranked", {"lexical_TITLE": 1.0}),
    "  ranks instead of scores, our title": ("ranks", {}),
    "  30 candidates instead of 100": ("ranked", {"retrieve_CANDIDATES": 30}),
}


def ways(archive: Archive, embedder: Embedder, k: int = DEEP) -> dict[str, Search]:
    """The kinds of search that `WAYS` names, for the first `k` of ours: what is balanced depends on how many."""
    named = Settings().reranker
    reranker = CrossEncoderReranker(named) if named else None

    def dense(_: str, vector: NDArray[np.float32]) -> list[int]:
        return [i for i, _ in archive.dense.search(vector, DEEP)]

    def lexical(text: str, _: NDArray[np.float32]) -> list[int]:
        return [i for i, _ in archive.lexical.search(text, DEEP)]

    def ranks(text: str, vector: NDArray[np.float32]) -> list[int]:
        return [i for i, _ in fuse({"dense": dense(text, vector), "lexical": lexical(text, vector)})]

    def ours(text: str, vector: NDArray[np.float32], **options: Any) -> list[int]:
        hits = retrieve(text, archive=archive, embedder=embedder, filters=Filters(), k=k, vector=vector, **options)
        return [hit.passage.id for hit in hits]

    return {
        "dense": dense,
        "lexical": lexical,
        "ranks": ranks,
        "ours": ours,
        "ranked": lambda t, v: ours(t, v, balanced=False),
        "reranked": lambda t, v: ours(t, v, reranker=reranker),
    }


def rows_of_table() -> Mapping[str, tuple[str, Mapping[str, float]]]:
    """`WAYS`, and the reranker that is named, where one is."""
    named = Settings().reranker
    return {**WAYS, f"ours, reranked by {Path(named).name}": ("reranked", {})} if named else WAYS


def places(archive: Archive, rows: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """The data's id of each article of an archive."""
    by_url = {row["url"]: row["id"] for row in rows}
    found = archive.catalogue.query("SELECT id, url, key FROM articles")
    return {row["id"]: by_url.get(row["url"], row["key"]) for row in found}


def newsquiz(archive: Archive, embedder: Embedder, asked: Sequence[Asked], named: Mapping[str, str]) -> None:
    searches = ways(archive, embedder)
    print(f"{'':<42}{'chosen by':^22}{'the other half':^22}")
    print(f"{'':<42}" + f"{'R@10':>7}{'M':>7}{'P@10':>7} " * 2 + f"{'ms':>6}")
    for way, (kind, constants) in rows_of_table().items():
        with having(**constants):
            begun = time.perf_counter()
            found = [searches[kind](one.text, one.vector) for one in asked]
            spent = 1000 * (time.perf_counter() - begun) / len(asked)
        cells = ""
        for which in (True, False):
            scores = [
                _scores(archive, ids, one, named)
                for ids, one in zip(found, asked, strict=True)
                if one.chosen_by == which
            ]
            cells += "".join(f"{value:7.3f}" for value in np.mean(scores, axis=0)) + " "
        print(f"{way:<42}{cells}{spent:6.1f}", flush=True)


def _scores(archive: Archive, ids: Sequence[int], one: Asked, named: Mapping[str, str]) -> tuple[float, float, float]:
    of = archive.catalogue.articles_of(ids)
    ranked = [named[of[i]] for i in ids]
    articles = list(dict.fromkeys(ranked))
    place = next((n for n, article in enumerate(articles) if article in one.gold), None)
    reciprocal = 0.0 if place is None else 1 / (1 + place)
    return float(place is not None and place < FIRST), reciprocal, float(bool(one.gold & set(ranked[:FIRST])))


def shown(archive: Archive, embedder: Embedder, asked: Sequence[Asked]) -> None:
    searcher = Searcher(embedder, PASSAGES, answers=open_answers(cache=Settings().cache))
    meaning = Remembered(embedder)
    print(f"{'answer shown in at most four sentences':<42}{'chosen by':>12}{'other half':>12}")
    for way, constants in {
        "ours": {},
        "  balance costs all": {"retrieve_SLOT": 1e6},
        "  not balanced": {"retrieve_SLOT": 0.0},
        "  without the article's own likeness": {"fuse_ABOUT": 0.0, "fuse_MEANING": 1.0},
    }.items():
        with having(**constants):
            searcher.meaning = meaning  # what was embedded for one row is known for the next
            good = [_answered(searcher, archive, one) for one in asked]
        cells = [np.mean([g for g, one in zip(good, asked, strict=True) if one.chosen_by == w]) for w in (True, False)]
        print(f"{way:<42}{cells[0]:12.3f}{cells[1]:12.3f}", flush=True)


def _answered(searcher: Searcher, archive: Archive, one: Asked) -> bool:
    search = searcher.search(one.text, archive, Filters(), Clock())
    held = {s for e in choose(search.read, search.ranked)[:4] for s in stems(e.numbered.sentence.text)}
    return any(set(stems(answer)) <= held for answer in one.answers)


def events(archive: Archive, embedder: Embedder, asked: Sequence[Asked], named: Mapping[str, str]) -> None:
    searches = ways(archive, embedder, SHOWN_AT)
    outlets = {row["id"]: row["outlet"] for row in archive.catalogue.query("SELECT id, outlet FROM articles")}
    print(f"{'outlet coverage at 5':<42}{'chosen by':>12}{'other half':>12}")
    for way, (kind, constants) in rows_of_table().items():
        with having(**constants):
            cover = []
            for one in asked:
                ids = searches[kind](one.text, one.vector)[:SHOWN_AT]
                of = archive.catalogue.articles_of(ids)
                heard = {outlets[of[i]] for i in ids if named[of[i]] in one.gold}
                there = {outlets[article] for article, name in named.items() if name in one.gold}
                cover.append(len(heard) / len(there))
        cells = [np.mean([c for c, one in zip(cover, asked, strict=True) if one.chosen_by == w]) for w in (True, False)]
        print(f"{way:<42}{cells[0]:12.3f}{cells[1]:12.3f}", flush=True)


def quiz_questions(embedder: Embedder) -> list[Asked]:
    return [
        Asked(
            row["question"],
            frozenset(row["gold_article_ids"]),
            half(row["id"]),
            embedder.query(row["question"]),
            tuple(row["answer"]),
        )
        for row in load("newsquiz/questions.jsonl")
    ]


def event_queries(embedder: Embedder, there: frozenset[str]) -> list[Asked]:
    """Events all of whose articles are in the archive, each title once."""
    rows = {row["title"]: row for row in load("events/events.jsonl") if set(row["articles"]) <= there}
    return [Asked(title, frozenset(row["articles"]), half(title), embedder.query(title)) for title, row in rows.items()]


def main() -> None:
    folder, tables = Path(sys.argv[1]), sys.argv[2:] or ["newsquiz", "shown", "events"]
    embedder = open_embedder(Settings().embedding, cache=Settings().cache)
    if {"newsquiz", "shown"} & set(tables):
        with made(folder, "newsquiz", embedder) as archive:
            asked = quiz_questions(embedder)
            if "newsquiz" in tables:
                newsquiz(archive, embedder, asked, places(archive, load("newsquiz/articles.jsonl.gz")))
            if "shown" in tables:
                shown(archive, embedder, asked)
    if "events" in tables:
        with made(folder, "events", embedder) as archive:
            named = places(archive, load("events/articles.jsonl.gz"))
            events(archive, embedder, event_queries(embedder, frozenset(named.values())), named)


if __name__ == "__main__":
    main()
