"""A labelled set of dirty text, made from web pages whose article is known, and how well cleaning does on it.

Run as `python -m tests.bench.dirty_text FOLDER [half]`; FOLDER holds gold.jsonl.gz and ID.html.gz, as
article-extraction-benchmark gives them. The text of a page is all that is visible on it, a line for each block. A line
is body where at least half of its runs of four words stand in the gold article; one of fewer words, where the gold
article has that very line and longer lines of body stand before and after it. Rules were written on the pages of even place in the order of their ids ("rules"); the
others ("report") are for the figures.
"""

from __future__ import annotations

import gzip
import json
import re
import sys
from dataclasses import dataclass
from pathlib import Path
from statistics import mean
from typing import TYPE_CHECKING

from index.clean import mark
from index.readers.html import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

LINE = re.compile(r"\S(?:[^\n]*\S)?")
WORD = re.compile(r"\w+")
RUN = 4
HALVES = {"rules": 0, "report": 1}


@dataclass(frozen=True, slots=True)
class Page:
    """A page's visible text and, for each of its lines, the span and whether it is body."""

    id: str
    text: str
    lines: tuple[tuple[int, int, bool], ...]


def pages(folder: Path, half: str) -> Iterator[Page]:
    """The labelled pages of one half."""
    rows = [json.loads(line) for line in gzip.decompress((folder / "gold.jsonl.gz").read_bytes()).splitlines()]
    for row in sorted(rows, key=lambda row: str(row["id"]))[HALVES[half] :: 2]:
        data = gzip.decompress((folder / f"{row['id']}.html.gz").read_bytes())
        yield label(row["id"], plain(data.decode("utf-8", "replace")), row["body"])


def label(name: str, text: str, body: str) -> Page:
    """`text` with its lines labelled by the gold article."""
    whole = {_words(line) for line in body.splitlines()}
    gold = _words(body)
    runs = {gold[i : i + RUN] for i in range(len(gold) - RUN + 1)}
    found = []
    for match in LINE.finditer(text):
        words = _words(match.group())
        own = [words[i : i + RUN] for i in range(len(words) - RUN + 1)]
        long_body = bool(own) and 2 * sum(run in runs for run in own) >= len(own)
        found.append((*match.span(), long_body, not own and words in whole))
    starts = [start for start, _, long_body, _ in found if long_body]
    first, last = (starts[0], starts[-1]) if starts else (0, len(text))
    lines = tuple(
        (start, end, long_body or (short_body and first <= start <= last))
        for start, end, long_body, short_body in found
    )
    return Page(name, text, lines)


def figures(page: Page) -> tuple[float, float]:
    """The shares of body characters kept and of boilerplate characters marked; 1.0 where a page has none."""
    marks = mark(page.text)
    counts = {True: [0, 0], False: [0, 0]}
    for start, end, is_body in page.lines:
        marked = sum(max(0, min(end, m.end) - max(start, m.start)) for m in marks)
        counts[is_body][0] += end - start - marked if is_body else marked
        counts[is_body][1] += end - start
    kept, found = (good / of if of else 1.0 for good, of in (counts[True], counts[False]))
    return kept, found


def _words(text: str) -> tuple[str, ...]:
    return tuple(WORD.findall(text.lower()))


def main() -> None:
    """Prints the figures of a half, and the pages that did worst."""
    folder, half = Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else "report"
    results = [(*figures(page), page.id) for page in pages(folder, half)]
    print(f"{half}: {len(results)} pages, body kept {mean(kept for kept, _, _ in results):.4f}", end=", ")
    print(f"boilerplate marked {mean(found for _, found, _ in results):.4f}")
    for kept, found, name in sorted(results)[:8] + sorted(results, key=lambda result: result[1])[:8]:
        print(f"  {name[:12]} kept {kept:.3f} marked {found:.3f}")


if __name__ == "__main__":
    main()
