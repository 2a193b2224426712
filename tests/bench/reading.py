"""How fast articles are read, cleaned, told apart and cut into passages, and whether memory stays flat.

usage: python -m tests.bench.reading FILE_OR_FOLDER ...

Adds all articles to a new archive with an embedder that only hashes words and without reading statements, so that what
is left is reading, cleaning, metadata, segmentation, chunking and storing; it is published and related once, at the
end. Prints, every 2,000 articles, the articles a second since the last line and the process's memory, then how the time
of one article in a hundred divides among the steps. Seconds are those of the processor, so that other work on the
machine does not count.
"""

from __future__ import annotations

import math
import random
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from index.build import build
from index.chunk import chunk
from index.clean import lines, mark
from index.intake import compose, identify
from index.metadata import credit_lines
from index.progress import Added, Failed
from index.readers import read, walk
from index.segment import segment
from index.types import Document
from tests.fakes import HashEmbedder

if TYPE_CHECKING:
    from collections.abc import Sequence

STEP = 2000
SHARE = 0.01


def memory() -> float:
    """Megabytes that this process holds now (Linux)."""
    status = Path("/proc/self/status").read_text("ascii")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS")) / 1000


def adding(paths: Sequence[Path], folder: Path) -> None:
    """Prints articles a second and memory, step by step."""
    total = step = failed = 0
    begun = since = time.process_time()
    for event in build(paths, folder=folder, embedder=HashEmbedder(), save_every=math.inf):
        failed += isinstance(event, Failed)
        if isinstance(event, Added):
            total, step = total + event.articles, step + event.articles
        if step >= STEP:
            now = time.process_time()
            print(f"{total:6d} articles  {step / (now - since):6.0f} a second  {memory():6.0f} MB", flush=True)
            step, since = 0, now
    seconds = time.process_time() - begun
    print(f"{total} articles, {failed} failed, in {seconds:.0f} s: {total / seconds:.0f} a second, {memory():.0f} MB")


def steps(paths: Sequence[Path]) -> None:
    """Prints the milliseconds that each step takes for an article."""
    spent: Counter[str] = Counter()
    chance = random.Random(5)
    count = 0
    for document in (found for path in walk(paths) for found in read(path)):
        if not isinstance(document, Document) or chance.random() > SHARE:
            continue
        count += 1
        times = [time.process_time()]
        article = compose(document, identify(document), {})
        times.append(time.process_time())
        marks = mark(article.text, bylines=credit_lines(article.text, article.evidence))
        times.append(time.process_time())
        sentences = segment(article.id, article.text, marks)
        times.append(time.process_time())
        chunk(article, sentences)
        times.append(time.process_time())
        set(lines(article.text))
        times.append(time.process_time())
        names = ("metadata", "cleaning", "sentences", "passages", "lines counted")
        spent.update({name: after - before for name, before, after in zip(names, times[:-1], times[1:], strict=True)})
    print(f"{count} articles:", ", ".join(f"{name} {1000 * seconds / count:.2f} ms" for name, seconds in spent.items()))


def main() -> None:
    """Runs both."""
    paths = [Path(name) for name in sys.argv[1:]]
    with tempfile.TemporaryDirectory() as scratch:
        adding(paths, Path(scratch) / "archive")
    steps(paths)


if __name__ == "__main__":
    main()
