"""How fast articles go in and questions are answered, as ratios in one run where a ratio says it.

usage: python -m tests.bench.speed ARTICLES [QUESTION ...]

Adds ARTICLES (a file or folder) to a new archive without statements, then encodes the very same passages bare, so
that what all the rest costs is a share of that; then asks every question thrice and times the second and third time.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from index.answers import open_answers
from index.archive import Archive
from index.build import build
from index.chunk import headed
from index.embed import open_embedder
from qa.engine import Engine
from qa.llm import LiteLLM
from qa.settings import Settings

QUESTIONS = ("Who blamed whom?", "How many people were killed?", "Why did it happen?", "Who denied it?")


def adding(path: Path, folder: Path) -> None:
    """Prints the seconds of adding, of a bare encode of the same passages, and what the rest costs beside it."""
    embedder = open_embedder(Settings().embedding, cache=Settings().cache)
    embedder.documents(["warm"])
    begun = time.perf_counter()
    for _ in build([path], folder=folder, embedder=embedder):
        continue
    whole = time.perf_counter() - begun
    with Archive(folder) as archive:
        counts = archive.catalogue.counts()
        groups: list[list[str]] = []
        for article in archive.catalogue.articles():
            texts = headed(article, archive.catalogue.passages_of(article))
            if not groups or len(groups[-1]) > 1000:
                groups.append([])
            groups[-1] += texts
    begun = time.perf_counter()
    for group in groups:
        embedder.documents(group)
    bare = time.perf_counter() - begun
    print(f"{counts['articles']} articles, {counts['passages']} passages")
    print(f"adding {whole:.1f} s, bare encode {bare:.1f} s ({counts['passages'] / bare:.0f} passages/s)")
    print(f"the rest costs {100 * (whole / bare - 1):.0f} % of the encode")


def asking(folder: Path, questions: tuple[str, ...]) -> None:
    """Prints the median and the slowest warm question."""
    embedder = open_embedder(Settings().embedding, cache=Settings().cache)
    engine = Engine(Archive(folder), embedder, LiteLLM, answers=open_answers(cache=Settings().cache))
    seconds = []
    for again in range(3):
        for question in questions:
            begun = time.perf_counter()
            for _ in engine.ask(question):
                continue
            if again:
                seconds.append(time.perf_counter() - begun)
    print(f"a warm question: median {1000 * statistics.median(seconds):.0f} ms, slowest {1000 * max(seconds):.0f} ms")


def starting(folder: Path) -> None:
    """Prints the seconds of `--help` and of a cold question, the median of five and of three."""
    command = [sys.executable, "-m", "ui.cli", "--archive", str(folder)]
    for name, arguments, runs in (("--help", ["--help"], 5), ("a cold question", ["ask", QUESTIONS[1]], 3)):
        seconds = []
        for _ in range(runs):
            begun = time.perf_counter()
            subprocess.run([*command, *arguments], capture_output=True, check=False)
            seconds.append(time.perf_counter() - begun)
        print(f"{name}: {statistics.median(seconds):.2f} s")


def main() -> None:
    """Runs all three on one archive."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "archive"
        adding(Path(sys.argv[1]), folder)
        asking(folder, tuple(sys.argv[2:]) or QUESTIONS)
        starting(folder)


if __name__ == "__main__":
    main()
