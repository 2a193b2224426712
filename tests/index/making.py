"""Archives made for tests: articles that are invented by a seed, and everything that an archive holds, to compare."""

from __future__ import annotations

import json
import random
from typing import TYPE_CHECKING

from index.archive import Archive
from index.build import build
from index.progress import Saved
from index.retrieve import retrieve
from index.types import Filters
from tests.fakes import HashEmbedder

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path
    from typing import Any

    from index.progress import Progress

SUBJECTS = [
    "mayor",
    "minister",
    "union",
    "company",
    "court",
    "council",
    "army",
    "bank",
    "school",
    "harbour",
    "bridge",
    "tunnel",
    "river",
    "dam",
    "forest",
]
VERBS = [
    "blamed",
    "praised",
    "warned",
    "accused",
    "denied",
    "promised",
    "rejected",
    "visited",
    "closed",
    "opened",
    "sold",
    "bought",
    "cut",
    "raised",
]
PLACES = [
    "Aldern",
    "Brannock",
    "Corvale",
    "Dunmere",
    "Estwick",
    "Farrow",
    "Galten",
    "Hesby",
    "Ilmarsh",
    "Jorvald",
    "Kettering",
    "Lorne",
]
OUTLETS = ("Aldern Echo", "Brannock Bee", "Corvale Chronicle", None)


def words(random_: random.Random, sentences: int) -> str:
    """Sentences of invented news."""
    return " ".join(
        f"The {random_.choice(SUBJECTS)} of {random_.choice(PLACES)} {random_.choice(VERBS)} "
        f"the {random_.choice(SUBJECTS)} over {random_.randint(2, 9999)} crowns in {random_.choice(PLACES)}."
        for _ in range(sentences)
    )


def row(number: int, *, seed: int = 0, sentences: int = 14) -> dict[str, Any]:
    """An article as a row of a table."""
    random_ = random.Random(f"{seed}.{number}")
    return {
        "id": f"n{number}",
        "title": f"{random_.choice(PLACES)} and its {random_.choice(SUBJECTS)}",
        "outlet": OUTLETS[number % len(OUTLETS)],
        "published": f"2026-0{1 + number % 9}-{10 + number % 18}",
        "text": words(random_, sentences),
    }


def write_rows(path: Path, *rows: dict[str, Any]) -> Path:
    """A table of one row a line."""
    path.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in rows), encoding="utf-8")
    return path


def write_folder(folder: Path, files: int, *, seed: int = 0) -> Path:
    """A folder of text files whose outlets print the same line in all of them, and one table."""
    folder.mkdir(parents=True)
    for number in range(files):
        made = row(number, seed=seed, sentences=9)
        tail = f"© 2026 {made['outlet']}\nRead it first: sign up for the letter of this house" if made["outlet"] else ""
        text = f"{made['title']}\n\n{made['text']}\n\n{tail}\n"
        (folder / f"{number:04d}.txt").write_text(text, encoding="utf-8")
    write_rows(folder / "table.jsonl", *(row(n, seed=seed) for n in range(files, files + 20)))
    return folder


def add(archive: Path, *paths: Path, **options: Any) -> list[Progress]:
    """Adds files; what happened."""
    return list(build(paths, folder=archive, embedder=HashEmbedder(), **options))


def saved(events: list[Progress]) -> Saved:
    """What was saved last."""
    return [event for event in events if isinstance(event, Saved)][-1]


def agreeing(archive: Path) -> dict[str, int]:
    """How many articles, passages and sentences there are, the three indexes having been found to hold the same."""
    with Archive(archive) as opened:
        ids = opened.catalogue.passage_ids()
        assert opened.dense.ids() == set(ids)
        assert len(opened.dense) == len(opened.lexical) == len(ids)
        by_words = {i for place in PLACES for i, _ in opened.lexical.search(place, 10_000)}
        assert by_words <= set(ids)
        return opened.catalogue.counts()


def contents(archive: Path, questions: Sequence[str] = ()) -> dict[str, Any]:
    """All that tells two archives apart but the numbers of their passages: articles, and the hits of some questions."""
    random_ = random.Random(7)
    asked = questions or [words(random_, 1) for _ in range(20)]
    embedder = HashEmbedder()
    with Archive(archive) as opened:
        articles = {a.id: (a, opened.catalogue.sentences(a)) for a in opened.catalogue.articles()}
        hits = {
            question: [
                (hit.article.id, hit.passage.start, hit.passage.end, round(hit.similarity, 5), hit.found_by)
                for hit in retrieve(question, archive=opened, embedder=embedder, filters=Filters())
            ]
            for question in asked
        }
        return {"articles": articles, "hits": hits, "counts": opened.catalogue.counts()}
