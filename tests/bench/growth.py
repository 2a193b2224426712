"""What a large archive costs to grow, and to be read while it grows.

Run from the project's root: `python -m tests.bench.growth FOLDER [ARTICLES]`, where FOLDER takes the archive; an archive
that is there is used again. The embedding is a fake one, since its cost is measured elsewhere: what remains is the
archive's own. Prints what a hundred more articles cost by part, and what readers notice of a writer.
"""

from __future__ import annotations

import contextlib
import gzip
import json
import multiprocessing
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from index.archive import Archive
from index.build import build
from index.progress import Added, Related
from index.retrieve import retrieve
from index.types import Filters
from tests.conftest import SHARED
from tests.fakes import HashEmbedder

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from multiprocessing.synchronize import Event

    from numpy.typing import NDArray

SETS = ("archive/articles-1.jsonl.gz", "archive/articles-2.jsonl.gz", "newsquiz/articles.jsonl.gz")
READERS, MORE, ADDED = 8, 100, 2_000
QUESTIONS = ("Who blamed whom for the breakdown of the talks?", "How many people died?", "What did the court decide?")


class WideEmbedder(HashEmbedder):
    """The fake, with vectors as long as the real ones: an archive of many articles is half vectors."""

    fingerprint = "hash:384"
    dimension = 384


class TimedEmbedder(WideEmbedder):
    """The fake, its time taken."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def documents(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """The vectors."""
        begun = time.perf_counter()
        vectors = super().documents(texts)
        self.seconds += time.perf_counter() - begun
        return vectors


def rows() -> Iterator[dict[str, Any]]:
    for name in SETS:
        with gzip.open(SHARED / "data" / name, "rt", encoding="utf-8") as file:
            yield from map(json.loads, file)


def write(path: Path, chosen: Sequence[dict[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in chosen), encoding="utf-8")
    return path


def add(archive: Path, path: Path, save_every: float = 3600) -> tuple[float, float, float]:
    """Seconds in all, of embedding, and from the last article in to the end; published once where nothing else is told."""
    embedder, stored = TimedEmbedder(), 0.0
    begun = time.perf_counter()
    for event in build([path], folder=archive, embedder=embedder, save_every=save_every):
        if isinstance(event, Added):
            stored = time.perf_counter()
        if isinstance(event, Related) and not event.articles % 2048:
            print(f"  {event.articles} related after {time.perf_counter() - begun:.0f} s", flush=True)
    ended = time.perf_counter()
    return ended - begun, embedder.seconds, ended - stored


def alone(archive: Path, path: Path, save_every: float = 3600) -> tuple[float, float, float]:
    """`add` in a process of its own, as a person runs it: what is imported counts."""
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        return pool.submit(add, archive, path, save_every).result()


def ask(archive: Path, stop: Event, results: Any) -> None:
    """Searches until it is told to stop; always in the newest generation."""
    embedder = WideEmbedder()
    seconds: list[float] = []
    opened = Archive(archive)
    while not stop.is_set():
        begun = time.perf_counter()
        if opened.stale:
            opened.close()
            opened = Archive(archive)
        retrieve(QUESTIONS[len(seconds) % len(QUESTIONS)], archive=opened, embedder=embedder, filters=Filters())
        seconds.append(time.perf_counter() - begun)
        time.sleep(0.05)
    results.put(seconds)


def read(archive: Path, work: Any) -> tuple[float, int]:
    """p95 in seconds of all searches of eight readers while `work` runs, and their number."""
    context = multiprocessing.get_context("spawn")
    stop, results = context.Event(), context.Queue()
    readers = [context.Process(target=ask, args=(archive, stop, results)) for _ in range(READERS)]
    for reader in readers:
        reader.start()
    time.sleep(5)
    work()
    stop.set()
    seconds = [s for _ in readers for s in results.get()]
    for reader in readers:
        reader.join()
        assert reader.exitcode == 0, "a reader failed"
    return float(np.percentile(seconds, 95)), len(seconds)


def main() -> None:
    folder = Path(sys.argv[1])
    count = int(sys.argv[2]) if sys.argv[2:] else 20_000
    folder.mkdir(parents=True, exist_ok=True)
    archive = folder / "archive"
    every = list(rows())
    if not archive.exists():
        whole, embedding, _ = add(archive, write(folder / "first.jsonl", every[:count]))
        print(f"{count} articles: {whole:.0f} s, of which {embedding:.0f} s in the fake embedding")
    with contextlib.closing(Archive(archive)) as opened:
        held = opened.catalogue.size()
    more = every[held : held + MORE + ADDED]
    source = write(folder / f"more-{held}.jsonl", more[:MORE])
    empty, _, _ = alone(folder / f"empty-{held}", source)
    whole, embedding, ending = alone(archive, source)
    print(f"{MORE} more to {held}: {whole:.2f} s; into an empty archive {empty:.2f} s; embedding {embedding:.2f} s")
    print(f"  after the last article was stored: {ending:.2f} s")
    idle, searches = read(archive, lambda: time.sleep(20))
    print(f"{READERS} readers, idle: p95 {idle * 1000:.0f} ms over {searches} searches")
    write(folder / f"rest-{held}.jsonl", more[MORE:])
    busy, searches = read(archive, lambda: add(archive, folder / f"rest-{held}.jsonl"))
    print(
        f"{READERS} readers while {len(more) - MORE} articles are added: p95 {busy * 1000:.0f} ms over {searches} searches"
    )
    print(f"  ratio {busy / idle:.2f}")


if __name__ == "__main__":
    main()
