"""Stories against gold events: B-cubed over newscluster with other articles mixed in, pairs over `events`, cost.

Run from the project's root: `python -m tests.bench.stories CACHE`, where CACHE is a folder for the embedding model and
for vectors, which are made once. `--curve` shows what other thresholds give, `--cost` what a hundred more articles cost,
`--fit` learns the weights of `index/stories/likeness.py` anew.
"""

from __future__ import annotations

import gzip
import json
import random
import sys
import time
import zlib
from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

import numpy as np

from index.clean import mark
from index.stories import likeness
from index.stories.grouping import BLOCK, Item, Stories
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


WEIGHTS = ("MEANING", "TITLE", "CROWD", "WORDS", "NEAR_DAY", "NEAR_MONTH", "UNDATED")
STEPS = 15
STRANGERS = 10  # articles without gold that are compared with each that has it
LEAST_MEANING = 0.35  # pairs less alike are many, all of two events, and teach nothing


def fit(grouped: Body, mixed: Body, seen: Body) -> dict[str, float]:
    """Learns the weights of a likeness on the half of the events that they may be shaped on.

    The pairs of large events weigh less, and both collections the same.
    """
    first, second = _examples(grouped, mixed), _examples(seen, Body([], []))
    first[2][:] *= second[2][second[1]].sum() / first[2][first[1]].sum()
    features, same, weight = (np.concatenate(both) for both in zip(first, second, strict=True))
    middle, scale = features.mean(axis=0), features.std(axis=0)
    learned = _regression((features - middle) / scale, same, weight)
    weights = dict(zip(WEIGHTS, learned[1:] / scale, strict=True))
    return weights | {"OFFSET": learned[0] - float(learned[1:] / scale @ middle)}


def _examples(body: Body, mixed: Body) -> tuple[Any, Any, Any]:
    """What the weights are multiplied with in each pair, whether it is of one event, and what the pair weighs."""
    items, gold = body.items + mixed.items, np.array(body.gold + mixed.gold)
    vectors = np.stack([item.vector for item in items])
    compared = Stories(items, {})._compare()
    for start in range(0, len(items), BLOCK):
        compared.links(np.arange(start, min(start + BLOCK, len(items))))
    tuned = np.flatnonzero([event != "" and half(event) == 0 for event in gold])
    strangers = np.flatnonzero(gold == "")
    near = np.argsort(-(vectors[tuned] @ vectors[strangers].T), axis=1)[:, :STRANGERS]
    rows = np.concatenate([tuned, np.unique(strangers[near])])
    ones, others = np.triu_indices(len(rows), 1)
    alike = (vectors[rows] @ vectors[rows].T)[ones, others] >= LEAST_MEANING
    chosen = alike & (ones < len(tuned))
    ones, others = ones[chosen], others[chosen]
    features = np.stack([_alone(name, compared, rows)[ones, others] for name in WEIGHTS], axis=1)
    size = Counter(gold)
    weight = np.array([max(size[event] - 1, 1) ** -0.5 for event in gold[rows[ones]]])
    return features, gold[rows[ones]] == gold[rows[others]], weight


def _alone(name: str, compared: likeness.Likeness, rows: Any) -> Any:
    """The likeness of rows where this weight is one and all others are nothing."""
    values = dict.fromkeys(WEIGHTS, 0.0) | {name: 1.0, "OFFSET": 0.0, "MOST_LIKELY": np.inf}
    with ExitStack() as stack:
        for weight, value in values.items():
            stack.enter_context(patch.object(likeness, weight, value))
        return compared.among(rows)


def _regression(features: Any, same: Any, weight: Any) -> Any:
    """The intercept and coefficients of a logistic regression with a ridge of one, by Newton's method."""
    x, ridge = np.column_stack([np.ones(len(features)), features]), np.eye(features.shape[1] + 1)
    ridge[0, 0] = 0
    learned = np.zeros(x.shape[1])
    for _ in range(STEPS):
        odds = 1 / (1 + np.exp(-(x @ learned)))
        slope = x.T @ (weight * (odds - same)) + ridge @ learned
        learned -= np.linalg.solve((x * (weight * odds * (1 - odds))[:, None]).T @ x + ridge, slope)
    return learned


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
    if "--fit" in sys.argv:
        print({name: round(value, 2) for name, value in fit(gold, first, seen).items()})
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
