"""Reads the statements of PolNeAR's articles and prints how fast; the scorer beside the data then scores the file.

usage: python -m tests.bench.statements ../shared/data/polnear/articles.jsonl.gz OUT.jsonl [--split dev] [--processes 2]
       python ../shared/score/attribution.py ../shared/data/polnear/articles.jsonl.gz OUT.jsonl --split dev
"""

from __future__ import annotations

import argparse
import gzip
import json
import resource
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.segment import segment
from index.statements.reader import StatementReader
from index.types import Article

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.types import Span, Statement


def rows(path: Path, split: str | None) -> list[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [row for row in map(json.loads, lines) if split is None or row.get("split") == split]


def pairs_of(spans: Sequence[Span]) -> list[list[int]]:
    return [[s.start, s.end] for s in spans]


def attributions(statements: Sequence[Statement]) -> list[dict[str, Any]]:
    return [{part: pairs_of(getattr(s, part)) for part in ("source", "cue", "content")} for s in statements]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("articles", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--split")
    parser.add_argument("--processes", type=int, default=1)
    args = parser.parse_args()
    found = rows(args.articles, args.split)
    pairs = [(Article(r["id"], "", "", r["text"]), segment(r["id"], r["text"], ())) for r in found]
    reader = StatementReader()
    started = time.perf_counter()
    with args.out.open("w", encoding="utf-8") as out:
        for row, statements in zip(found, reader.read_many(pairs, args.processes), strict=True):
            out.write(json.dumps({"id": row["id"], "attributions": attributions(statements)}) + "\n")
    seconds = time.perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{len(found)} articles in {seconds:.1f} s, {len(found) / seconds:.1f} a second, peak {peak} MB")


if __name__ == "__main__":
    main()
