"""A million passages on one machine: from a question's vector to hits, with and without filters.

usage: python -m tests.bench.million FOLDER ARCHIVE [PASSAGES]     makes FOLDER/archive out of ARCHIVE, and measures it
       python -m tests.bench.million FOLDER                        measures it again

The passages are ARCHIVE's own, repeated until there are enough. The vectors of a repetition are those of the original
with noise of length 0.3 added, so that no two are alike; its words are the same. Questions are those of `newsquiz`,
embedded beforehand. Recall is the share of the exact ten nearest passages that the index finds among its first ten.
The measuring is done in a process of its own, whose memory is told: all of it, and what of it is not a mapped file.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from index.archive import Archive
from index.embed import open_embedder
from index.planner import allowed
from index.retrieve import retrieve
from index.types import Filters
from index.writer import Writer
from qa.settings import Settings
from tests.conftest import SHARED

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from index.embed import Embedder
    from index.types import Article

NOISE = 0.3
SHARES = {"a tenth": 10, "a hundredth": 100, "a ten-thousandth": 10_000}
"""By outlet: every n-th article is given to it."""
EXACTLY = 40
"""Questions that are asked exactly as well."""


def grow(source: Path, folder: Path, count: int) -> None:
    """Makes the large archive."""
    random = np.random.default_rng(8)
    numbers = iter(range(count))
    stored = 0
    with Archive(source) as small:
        times = -(-count // len(small.dense))
        writer = Writer(folder, recipe=small.manifest.recipe, dimension=small.dense.vectors([]).shape[1])
        with writer:
            for article in small.catalogue.articles():
                passages, sentences = small.catalogue.passages_of(article), small.catalogue.sentences(article)
                if not passages:
                    continue
                vectors = small.dense.vectors([passage.id for passage in passages])
                for again in range(times):
                    copy = f"{article.id}-{again}"
                    writer.add(
                        replace(article, id=copy, outlet=_outlet(next(numbers), article)),
                        [replace(sentence, article_id=copy) for sentence in sentences],
                        [replace(passage, article_id=copy) for passage in passages],
                        _noisy(vectors, random) if again else vectors,
                    )
                    stored += len(passages)
                if stored >= count:
                    break
            begun = time.perf_counter()
            writer.publish()
            print(f"published {stored:,} passages in {time.perf_counter() - begun:.0f} s, lists trained", flush=True)


def _outlet(number: int, article: Article) -> str | None:
    for name, every in reversed(SHARES.items()):
        if number % every == every // 2:
            return name
    return article.outlet


def _noisy(vectors: NDArray[np.float32], random: np.random.Generator) -> NDArray[np.float32]:
    noise = random.standard_normal(vectors.shape) * (NOISE / np.sqrt(vectors.shape[1]))
    moved = vectors + noise
    return np.asarray(moved / np.linalg.norm(moved, axis=1, keepdims=True), dtype=np.float32)


class Silent:
    """The vectors of questions are made beforehand."""

    fingerprint, dimension = "", 0

    def documents(self, texts: object) -> NDArray[np.float32]:
        raise NotImplementedError

    query = documents


def measure(folder: Path) -> None:
    """Prints what opening, asking and holding the archive costs, and keeps it as `figures.json`."""
    questions = json.loads((folder / "questions.json").read_text(encoding="utf-8"))
    vectors = np.load(folder / "questions.npy")
    before = _memory()
    begun = time.perf_counter()
    archive = Archive(folder / "archive")
    opened = time.perf_counter() - begun
    print(f"open: {opened:.2f} s; {archive.dense.method}", flush=True)
    rows: list[tuple[str, float, list[float]]] = []
    for name in ("everything", *SHARES):
        filters = Filters() if name == "everything" else Filters(outlets=(name,))
        first, seconds = _ask(archive, questions, vectors, filters)
        rows.append((name, first, seconds))
    held = _memory()
    size = sum(path.stat().st_size for path in (folder / "archive").rglob("*") if path.is_file())
    print(f"memory: {held[0] - before[0]:,} MB resident, {held[1] - before[1]:,} MB of it not mapped from files")
    print(f"on disk: {size / 1e9:.1f} GB")
    figures: dict[str, Any] = {
        "passages": len(archive.dense),
        "open_s": opened,
        "resident_mb": held[0] - before[0],
        "own_mb": held[1] - before[1],
        "disk_mb": size / 1e6,
    }
    print(f"{'allowed':<18}{'passages':>10}{'first':>9}{'median':>9}{'p95':>9}{'recall':>8}")
    for name, first, seconds in rows:
        filters = Filters() if name == "everything" else Filters(outlets=(name,))
        scope = allowed(archive.catalogue, filters)
        ids = None if scope is None else scope.passages
        if ids is not None and not len(ids):
            continue  # a small archive has no ten-thousandth
        recall = np.mean([_recall(archive, vector, ids) for vector in vectors[:EXACTLY]])
        count = len(archive.dense) if ids is None else len(ids)
        median, most = (1000 * np.percentile(seconds, q) for q in (50, 95))
        print(
            f"{name:<18}{count:>10,}{1000 * first:>6.0f} ms{median:>6.1f} ms{most:>6.1f} ms{recall:>8.3f}", flush=True
        )
        figures[name] = {"median_ms": median, "p95_ms": most, "recall": float(recall)}
    (folder / "figures.json").write_text(json.dumps(figures), encoding="utf-8")


def _ask(
    archive: Archive, questions: list[str], vectors: NDArray[np.float32], filters: Filters
) -> tuple[float, list[float]]:
    """Seconds of the first question, and of all others, each asked once."""
    seconds = []
    for question, vector in zip(questions, vectors, strict=True):
        begun = time.perf_counter()
        retrieve(question, archive=archive, embedder=Silent(), filters=filters, vector=vector)
        seconds.append(time.perf_counter() - begun)
    return seconds[0], seconds[1:]


def _recall(archive: Archive, vector: NDArray[np.float32], ids: NDArray[np.int64] | None) -> float:
    exact = {i for i, _ in archive.dense.search(vector, 10, allowed=ids, exact=True)}
    found = {i for i, _ in archive.dense.search(vector, 10, allowed=ids)}
    return len(exact & found) / len(exact)


def _memory() -> tuple[int, int]:
    """Resident memory and the part of it that is no mapped file, in MB."""
    status = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    kilobytes = {line.split(":")[0]: int(line.split()[1]) for line in status if line.endswith("kB")}
    return kilobytes["VmRSS"] // 1024, kilobytes["RssAnon"] // 1024


def prepare(folder: Path, embedder: Embedder) -> None:
    """Embeds the questions."""
    lines = (SHARED / "data/newsquiz/questions.jsonl").read_text(encoding="utf-8").splitlines()
    questions = [json.loads(line)["question"] for line in lines]
    (folder / "questions.json").write_text(json.dumps(questions), encoding="utf-8")
    np.save(folder / "questions.npy", np.stack([embedder.query(question) for question in questions]))


def main() -> None:
    folder = Path(sys.argv[1])
    if sys.argv[2:] == ["--measure"]:
        measure(folder)
        return
    folder.mkdir(parents=True, exist_ok=True)
    if sys.argv[2:]:
        prepare(folder, open_embedder(Settings().embedding, cache=Settings().cache))
        grow(Path(sys.argv[2]), folder / "archive", int(sys.argv[3]) if sys.argv[3:] else 1_000_000)
    subprocess.run([sys.executable, "-m", "tests.bench.million", str(folder), "--measure"], check=True)


if __name__ == "__main__":
    main()
