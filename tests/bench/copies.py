"""Copies of one original: planted edits found again, what is found among real articles, and what adding costs.

Run from the project's root: `python -m tests.bench.copies`; add a number to print that many found pairs to be judged.
"""

from __future__ import annotations

import gzip
import json
import random
import re
import sys
import time
from collections import Counter, defaultdict
from itertools import combinations
from typing import TYPE_CHECKING, Any

from index.clean import mark
from index.copies.originals import original
from index.copies.syndication import SHARED_KEYS, are_copies, groups, keys, overlap, words
from index.types import Article
from tests.conftest import SHARED

if TYPE_CHECKING:
    from collections.abc import Iterator

SENTENCES = re.compile(r"(?<=[.!?”\"])\s+(?=[A-Z“\"])")
PLANTED, SEED = 200, 4
DROPS = (0.05, 0.1, 0.2, 0.3, 0.4)


class Found:
    """Copies among the articles added so far, as an archive finds them."""

    def __init__(self) -> None:
        self.words: dict[str, tuple[str, ...]] = {}
        self.outlets: dict[str, str | None] = {}
        self.pairs: list[tuple[str, str]] = []
        self.compared = 0
        self._index: dict[int, list[str]] = defaultdict(list)

    def add(self, article_id: str, body: str, outlet: str | None) -> None:
        """Adds one article and notes which of the others are its copies."""
        own = words(body)
        mine = keys(own)
        shared = Counter(other for key in mine for other in self._index[key])
        for other, count in shared.items():
            if count < SHARED_KEYS:
                continue
            self.compared += 1
            same_outlet = outlet is not None and outlet == self.outlets[other]
            if are_copies(overlap(own, self.words[other]), same_outlet=same_outlet):
                self.pairs.append((other, article_id))
        for key in mine:
            self._index[key].append(article_id)
        self.words[article_id], self.outlets[article_id] = own, outlet


def read(*names: str) -> Iterator[dict[str, Any]]:
    for name in names:
        with gzip.open(SHARED / "data" / name, "rt", encoding="utf-8") as file:
            yield from map(json.loads, file)


def body(text: str) -> str:
    """The text without what is marked as boilerplate."""
    kept, at = [], 0
    for found in mark(text):
        kept.append(text[at : found.start])
        at = found.end
    return "\n".join([*kept, text[at:]])


def edits(text: str, chance: random.Random) -> Iterator[tuple[str, str]]:
    """The planted copies of a text, each with the name of what was done."""
    yield "credit line", f"{text}\n\nThe Associated Press contributed to this report."
    yield (
        "headline",
        f"What We Know So Far: {chance.choice(['A Day', 'A Week', 'An Hour'])} That Changed It All\n\n{text}",
    )
    paragraphs = [p for p in text.split("\n") if p.strip()]
    if len(paragraphs) > 2:
        cut = chance.randrange(len(paragraphs))
        yield "paragraph cut", "\n".join(paragraphs[:cut] + paragraphs[cut + 1 :])
    sentences = SENTENCES.split(text)
    for share in DROPS:
        gone = set(chance.sample(range(len(sentences)), round(share * len(sentences))))
        yield f"{share:.0%} dropped", " ".join(s for i, s in enumerate(sentences) if i not in gone)


def planted(names: tuple[str, ...], seed: int = SEED) -> None:
    """Plants copies of 200 articles among all others: recall by edit, precision over every pair found of them."""
    chance = random.Random(seed)
    rows = list(read(*names))
    chosen = chance.sample([row for row in rows if len(row["text"].split()) > 100], PLANTED)
    found = Found()
    for row in rows:
        found.add(row["id"], body(row["text"]), row["outlet"])
    before = len(found.pairs)
    real = {frozenset(pair) for pair in found.pairs}
    wanted: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in chosen:
        for name, text in edits(body(row["text"]), chance):
            found.add(f"{row['id']}/{name}", text, f"elsewhere {name}")
            wanted[name].append((row["id"], f"{row['id']}/{name}"))
    new = found.pairs[before:]
    group = {member: members for members in groups(new) for member in members}
    for name, pairs in wanted.items():
        hits = sum(copy in group.get(source, ()) for source, copy in pairs)
        print(f"  {name:14} recall {hits / len(pairs):.3f} of {len(pairs)}")
    # a copy of an article that has a real copy is a copy of that one too
    wrong = [p for p in new if len({_source(i) for i in p}) > 1 and frozenset(map(_source, p)) not in real]
    print(f"  pairs of planted copies found {len(new)}, precision {1 - len(wrong) / len(new):.4f}")


def _source(article_id: str) -> str:
    return article_id.split("/", maxsplit=1)[0]


def real(names: tuple[str, ...], show: int = 0) -> None:
    """What is found among real articles, and how long it takes to add a hundred more to them."""
    rows = {row["id"]: row for row in read(*names)}
    found, started = Found(), time.perf_counter()
    for number, row in enumerate(rows.values()):
        if number == len(rows) - 100:
            started = time.perf_counter()
        found.add(row["id"], body(row["text"]), row["outlet"])
    seconds = time.perf_counter() - started
    made = groups(found.pairs)
    across = [g for g in made if len({rows[i]["outlet"] for i in g}) > 1]
    origins = [original([_article(rows[i]) for i in g]) for g in made]
    print(f"  {len(rows)} articles, {found.compared} compared, {len(found.pairs)} pairs, {len(made)} groups")
    print(f"  groups across outlets {len(across)}, largest {max(map(len, made))}")
    print(
        f"  original told {sum(o.article_id is not None for o in origins)}, agency {sum(o.agency is not None for o in origins)}"
    )
    print(f"  the last hundred cost {seconds:.2f} s, boilerplate and keys included")
    pairs = [p for g in across for p in combinations(g, 2) if rows[p[0]]["outlet"] != rows[p[1]]["outlet"]]
    for pair in random.Random(SEED).sample(pairs, min(show, len(pairs))):
        print("  ---", overlap(found.words[pair[0]], found.words[pair[1]]), original([_article(rows[i]) for i in pair]))
        for i in pair:
            print("     ", rows[i]["outlet"], "|", rows[i]["published"], "|", rows[i]["title"], "|", rows[i]["url"])


def _article(row: dict[str, Any]) -> Article:
    return Article(
        row["id"], "", "", row["text"], row["title"], row["outlet"], row["published"], row["url"], tuple(row["authors"])
    )


def main() -> None:
    archive = ("archive/articles-1.jsonl.gz", "archive/articles-2.jsonl.gz")
    print("planted, first half")
    planted(archive[:1])
    print("planted, second half")
    planted(archive[1:], SEED + 1)
    print("real")
    real(
        ("newscluster/articles.jsonl.gz", "events/articles.jsonl.gz", *archive), int(sys.argv[1]) if sys.argv[1:] else 0
    )


if __name__ == "__main__":
    main()
