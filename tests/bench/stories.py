"""Stories against gold events: B-cubed over newscluster with other articles mixed in, pairs over `events`, cost.

Run from the project's root: `python -m tests.bench.stories CACHE`, where CACHE is a folder for the embedding model and
for vectors, which are made once. `--curve` shows what other thresholds give, `--cost` what a hundred more articles cost.
"""

from __future__ import annotations

import gzip
import json
import random
import sys
import time
import zlib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from index.clean import mark
from index.stories import likeness
from index.stories.grouping import Item, Stories
from tests.conftest import SHARED

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

LEAD_WORDS = 180
FILES = {
    "newscluster": "newscluster/articles.jsonl.gz",
    "events": "events/articles.jsonl.gz",
    "archive1": "archive/articles-1.jsonl.gz",
    "archive2": "archive/articles-2.jsonl.gz",
}
MIXED_IN = 5_000


@dataclass(frozen=True)
class Body:
    """Articles ready to be grouped, with the gold event of each, "" where there is none."""

    items: list[Item]
    gold: list[str]


def load(name: str, cache: Path, most: int | None = None) -> Body:
    with gzip.open(SHARED / "data" / FILES[name], "rt", encoding="utf-8") as file:
        rows = [json.loads(line) for line in file][:most]
    kept = cache / f"{name}.npy"
    if not kept.exists():
        np.save(kept, _embed(rows, cache))
    vectors = np.load(kept)[: len(rows)]
    gold = [row.get("event", "") for row in rows] if name != "events" else _gold_events(rows)
    items = [
        Item(row["id"], vector, likeness.terms(row["title"] or "", _body(row)), row["published"], row["outlet"])
        for row, vector in zip(rows, vectors, strict=False)
    ]
    return Body(items, gold[: len(items)])


def _embed(rows: Sequence[dict[str, Any]], cache: Path) -> Any:
    from index.embed import open_embedder

    leads = [f"{row['title'] or ''}\n{' '.join(_body(row).split()[:LEAD_WORDS])}" for row in rows]
    return open_embedder(cache=cache).documents(leads)


def _body(row: dict[str, Any]) -> str:
    text, kept, at = row["text"], [], 0
    for found in mark(text):
        kept.append(text[at : found.start])
        at = found.end
    return "\n".join([*kept, text[at:]]).strip().removeprefix(row["title"] or "")


def _gold_events(rows: Sequence[dict[str, Any]]) -> list[str]:
    with (SHARED / "data/events/events.jsonl").open(encoding="utf-8") as file:
        events = [json.loads(line) for line in file]
    event_of = {article: event["title"] for event in reversed(events) for article in event["articles"]}
    return [event_of.get(row["id"], "") for row in rows]


def group(items: Sequence[Item], parts: int = 1) -> dict[str, str]:
    """The story of each article (its own id where it stands alone), added in so many parts, shuffled."""
    order = list(items)
    random.Random(parts).shuffle(order)
    stories = Stories([], {})
    story_of: dict[str, str | None] = {}
    for part in np.array_split(np.arange(len(order)), parts):
        story_of |= stories.add([order[k] for k in part])
    return {item.article_id: story_of.get(item.article_id) or item.article_id for item in items}


def bcubed(
    story: Sequence[str], gold: Sequence[str], chosen: Sequence[int], crowd: Counter[str] | None = None
) -> tuple[float, float]:
    """B-cubed precision and recall of the chosen among all that have gold.

    With `crowd`, the sizes of stories, members without gold count against precision.
    """
    both, stories, events = Counter(zip(story, gold, strict=True)), crowd or Counter(story), Counter(gold)
    precision = [both[story[k], gold[k]] / stories[story[k]] for k in chosen]
    recall = [both[story[k], gold[k]] / events[gold[k]] for k in chosen]
    return float(np.mean(precision)), float(np.mean(recall))


def pairs(story: Sequence[str], gold: Sequence[str], chosen: Sequence[int]) -> tuple[float, float]:
    """Precision and recall over pairs of one of the chosen with any other in one story."""
    both, stories, events = Counter(zip(story, gold, strict=True)), Counter(story), Counter(gold)
    right = sum(both[story[k], gold[k]] - 1 for k in chosen)
    return right / max(sum(stories[story[k]] - 1 for k in chosen), 1), right / sum(events[gold[k]] - 1 for k in chosen)


def half(event: str) -> int:
    """0 for the events that rules and weights may be shaped on, 1 for the others."""
    return zlib.crc32(event.encode()) % 2


def newscluster(gold: Body, mixed: Body, parts: int = 1) -> str:
    story = group(gold.items + mixed.items, parts)
    crowd = Counter(story.values())
    own = [story[item.article_id] for item in gold.items]
    told = []
    for name, keep in _halves():
        chosen = [k for k, event in enumerate(gold.gold) if keep(event)]
        (p, r), (strict, _) = bcubed(own, gold.gold, chosen), bcubed(own, gold.gold, chosen, crowd)
        told.append(f"{name} P {p:.3f} R {r:.3f} (P with strangers counted wrong {strict:.3f})")
    return "; ".join(told)


def events(gold: Body, parts: int = 1) -> str:
    story = group(gold.items, parts)
    own = [story[item.article_id] for item in gold.items]
    told = []
    for name, keep in _halves():
        p, r = pairs(own, gold.gold, [k for k, event in enumerate(gold.gold) if keep(event)])
        told.append(f"{name} P {p:.3f} R {r:.3f}")
    return "; ".join(told)


def _halves() -> list[tuple[str, Callable[[str], bool]]]:
    return [("tuned", lambda e: half(e) == 0), ("other", lambda e: half(e) == 1), ("all", lambda e: True)]


def cost(bodies: Sequence[Body]) -> None:
    """Adds a hundred articles to all the others."""
    items = [item for body in bodies for item in body.items]
    random.Random(0).shuffle(items)
    stories = Stories([], {})
    started = time.perf_counter()
    story_of = stories.add(items[:-100])
    print(f"  {len(items) - 100} at once: {time.perf_counter() - started:.1f} s")
    crowds = stories.crowds
    known = [Item(i.article_id, i.vector, i.terms, i.published, i.outlet, crowds[i.article_id]) for i in items[:-100]]
    started = time.perf_counter()
    grown = Stories(known, {article: story for article, story in story_of.items() if story})
    changed = grown.add(items[-100:])
    print(f"  100 more: {time.perf_counter() - started:.2f} s, {len(changed)} articles changed their story")
    sizes = Counter(len(story.articles) for story in grown.stories())
    print(f"  {sum(sizes.values())} stories, largest {max(sizes)}")


def main() -> None:
    cache = Path(sys.argv[1])
    gold, seen, first, second = (
        load(name, cache, None if name in ("newscluster", "events") else MIXED_IN) for name in FILES
    )
    if "--cost" in sys.argv:
        cost([gold, seen, first, second])
        return
    offset = likeness.OFFSET
    for shift in (-0.1, 0.0, 0.05, 0.1, 0.2, 0.3, 0.4) if "--curve" in sys.argv else (0.0,):
        likeness.OFFSET = offset + shift
        print(f"offset {likeness.OFFSET:+.2f}")
        print("  newscluster, first of archive: ", newscluster(gold, first))
        print("  newscluster, second of archive:", newscluster(gold, second))
        print("  events:                        ", events(seen))
    likeness.OFFSET = offset
    print("in twenty parts")
    print("  newscluster, second of archive:", newscluster(gold, second, 20))
    print("  events:                        ", events(seen, 20))


if __name__ == "__main__":
    main()
