"""Rashomon beside LlamaIndex, LangChain with FAISS, Haystack and txtai: the same articles, questions and weights.

usage: python -m tests.bench.peers PYTHON [--articles N]

PYTHON is that of an environment with `requirements-peers.txt`; `make bench-peers` makes one. The articles are those of
newsquiz, all 6,000 or N, those that answer questions first; the questions are those whose answer is in. Every peer is
set up as its own quick start does, once with its own length of passage and once with the setting nearest to ours. Each
run is a process of its own on all cores, one after the other, without a network. What the columns say:

By default LlamaIndex splits at 1,024 tokens with an overlap of 200, LangChain's tutorial at 1,000 characters with 200,
Haystack at 200 words, and txtai at sections, which hardly an article of newsquiz has, so that they stay whole.

passages: how many there are; cut: the share of their tokens, titles included, that the model did not read, being beyond
          its limit; at: that limit. txtai lets it read twice as many as its authors meant it to.
add s:    from Python objects in memory to an index that can be searched, the model loaded before; words/s are
          the articles' own. Ours is `index.build.build` to an archive on the disk, saved: metadata, boilerplate,
          sentences, both indexes, copies and stories; without the statements, as `rashomon add --no-statements`. The
          peers split, embed and index in memory, by meaning alone.
ask ms:   a warm question to 50 ranked passages, its embedding included; each is asked once, after one that warms.
memory:   the most that was ever resident in the process, in MB; load: the machine's, in the minute before the row.
R@10:     the share of questions whose article is among the first ten articles; MRR: the mean of one over its place.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from index.chunk import MOST_WORDS
from index.embed import DEFAULT_MODEL, open_embedder
from index.embed.weights import resolve
from qa.settings import Settings
from tests.bench.peer_worker import FIRST, Length, Searcher, measure
from tests.bench.retrieval import load
from tests.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tests.bench.peer_worker import Add, Row

DEEP = 50
"""Passages that a question is timed for."""
OURS = Length(MOST_WORDS, 27)
"""Our passages: at most so many words and marks; they share a sentence, which in newsquiz has 27 on the average."""
LIMIT = 256
"""Tokens that the model reads, as its authors set it."""
PEERS = ("LlamaIndex", "LangChain", "Haystack", "txtai")
OUR_PACKAGES = ("openvino", "faiss-cpu", "tantivy")
THEIR_PACKAGES = (
    *("llama-index-core", "llama-index-embeddings-huggingface", "langchain-core", "langchain-community"),
    *("langchain-huggingface", "haystack-ai", "sentence-transformers-haystack", "txtai", "chonkie"),
    *("sentence-transformers", "transformers", "torch", "faiss-cpu"),
)
ALONE = {
    "HF_HUB_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "DO_NOT_TRACK": "1",
    "HAYSTACK_TELEMETRY_ENABLED": "False",
    "LANGSMITH_TRACING": "false",
    "LANGCHAIN_TRACING_V2": "false",
}
"""Nobody asks a hub or tells anyone."""


@dataclass(frozen=True)
class Run:
    """One row of the table."""

    name: str
    passages: int
    cut: float
    limit: int
    add: float
    ask: float
    late: float
    memory: int
    recall: float
    mrr: float


def rashomon(_: str) -> Add:
    """Ours, in the shape of a peer; its passages have one length."""
    from index.archive import Archive
    from index.build import build
    from index.chunk import headed
    from index.retrieve import retrieve
    from index.types import Document, Filters

    embedder = open_embedder(cache=Settings().cache)
    embedder.documents(["warm"])

    def add(rows: Sequence[Row], _: Length | None) -> Searcher:
        folder = Path(tempfile.mkdtemp()) / "archive"
        documents = (Document("articles", row["id"], row["text"], _fields(row)) for row in rows)
        for _event in build([], folder=folder, embedder=embedder, others={"articles": documents}):
            continue
        archive = Archive(folder)

        def search(question: str, k: int, *, balanced: bool = True) -> list[str]:
            hits = retrieve(question, archive=archive, embedder=embedder, filters=Filters(), k=k, balanced=balanced)
            return [hit.article.key for hit in hits]

        def passages() -> list[str]:
            catalogue = archive.catalogue
            return [text for one in catalogue.articles() for text in headed(one, catalogue.passages_of(one))]

        ways = {"": search, ", not balanced": lambda question, k: search(question, k, balanced=False)}
        return Searcher(ways, passages, LIMIT)

    return add


def _fields(row: Row) -> dict[str, str]:
    return {name: row[name] for name in ("title", "outlet", "published") if row[name]}


def chosen(count: int | None) -> tuple[list[Row], list[dict[str, Any]]]:
    """The articles, those that answer questions before others, and the questions whose answer is among them."""
    rows = [
        {name: row[name] or "" for name in ("id", "title", "text", "outlet", "published")}
        for row in load("newsquiz/articles.jsonl.gz")
    ]
    questions = load("newsquiz/questions.jsonl")
    gold = {article for question in questions for article in question["gold_article_ids"]}
    rows = sorted(rows, key=lambda row: row["id"] not in gold)[:count]
    there = {row["id"] for row in rows}
    return rows, [question for question in questions if there.issuperset(question["gold_article_ids"])]


def run(command: Sequence[str], job: Mapping[str, Any], scratch: Path) -> dict[str, Any]:
    """Does one job in a process of its own."""
    task, result = scratch / "job.json", scratch / "result.json"
    task.write_text(json.dumps(job), encoding="utf-8")
    result.unlink(missing_ok=True)
    environment = {**os.environ, **ALONE, "TMPDIR": str(scratch)}
    command = [*command, str(task), str(result)]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{job['peer']} failed:\n{done.stderr[-3000:]}")
    found: dict[str, Any] = json.loads(result.read_text(encoding="utf-8"))
    return found


def scored(name: str, result: Mapping[str, Any], questions: Sequence[Mapping[str, Any]]) -> list[Run]:
    """A row for each way the system can be asked."""
    rows = []
    for way, asked in result["ways"].items():
        golden = [question["gold_article_ids"] for question in questions]
        places = np.array(
            [
                next((place for place, one in enumerate(articles, 1) if one in gold), np.inf)
                for articles, gold in zip(asked["found"], golden, strict=True)
            ]
        )
        middle, late = np.percentile(asked["seconds"], [50, 95])
        measured = [result[key] for key in ("passages", "beyond", "limit", "add")]
        recall, mrr = float(np.mean(places <= FIRST)), float(np.mean(1 / places))
        rows.append(Run(name + way, *measured, middle, late, result["memory"], recall, mrr))
    return rows


def shown(one: Run, words: int) -> str:
    return (
        f"  {one.name:<22}{one.passages:>9,}{one.cut:>8.1%}{one.limit:>6}{one.add:>9.1f}{words / one.add:>9,.0f}"
        f"{1000 * one.ask:>9.1f}{1000 * one.late:>9.1f}{one.memory:>9,}{one.recall:>8.3f}{one.mrr:>8.3f}"
        f"{os.getloadavg()[0]:>7.1f}"
    )


def summary(ours: Run, peers: Sequence[Run], words: int) -> None:
    """Prints what ours costs as a share of what the fastest peer costs, at one length of passage."""
    add, ask = min(peers, key=lambda one: one.add), min(peers, key=lambda one: one.ask)
    print(f"\nRashomon adds {words / ours.add:,.0f} words a second. Beside the fastest peer at our length of passage:")
    print(f"adding          {ours.add:.1f} s to {add.add:.1f} s of {add.name}, {ours.add / add.add:.2f} of its time")
    times = f"{1000 * ours.ask:.1f} ms to {1000 * ask.ask:.1f} ms"
    print(f"a warm question {times} of {ask.name}, {ours.ask / ask.ask:.2f} of its time")


def head(python: str, rows: Sequence[Row], questions: Sequence[object], words: int) -> None:
    """Prints what is measured, on what machine, with which versions."""
    told = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    name = next((line.split(": ")[1] for line in told if line.startswith("model name")), platform.processor())
    print(f"{len(rows):,} articles of newsquiz, {words:,} words; {len(questions)} questions")
    print(f"{os.cpu_count()} cores, {name}, Python {platform.python_version()}, load {os.getloadavg()[0]:.1f}")
    tell = "import sys, importlib.metadata as m; print(*(f'{n} {m.version(n)}' for n in sys.argv[1:]), sep=', ')"
    for whose, command in (
        ("ours", [sys.executable, "-c", tell, *OUR_PACKAGES]),
        ("peers'", [python, "-c", tell, *THEIR_PACKAGES]),
    ):
        print(f"{whose}: {subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()}")
    columns = {"passages": 9, "cut": 8, "at": 6, "add s": 9, "words/s": 9, "ask ms": 9, "p95": 9, "memory": 9}
    columns |= {"R@10": 8, "MRR": 8, "load": 7}
    print("\n" + " " * 24 + "".join(f"{name:>{width}}" for name, width in columns.items()), flush=True)


def main() -> None:
    if sys.argv[1:2] == ["--ours"]:
        measure({"Rashomon": rashomon}, *sys.argv[2:])
        return
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("python", help="the python of the peers' environment")
    parser.add_argument("--articles", type=int)
    options = parser.parse_args()
    open_embedder(cache=Settings().cache)  # converts the model where that was not done before
    rows, questions = chosen(options.articles)
    if not questions:
        parser.error("So few articles answer no question; give a larger number.")
    words = sum(len(row["text"].split()) for row in rows)
    head(options.python, rows, questions, words)
    ours, theirs = (
        [sys.executable, "-m", "tests.bench.peers", "--ours"],
        [options.python, "-m", "tests.bench.peer_worker"],
    )
    measured: dict[str, Run] = {}
    with tempfile.TemporaryDirectory() as scratch:
        place = Path(scratch) / "rows.json"
        place.write_text(json.dumps(rows), encoding="utf-8")
        asked = [question["question"] for question in questions]
        job = {"rows": str(place), "questions": asked, "model": resolve(DEFAULT_MODEL), "deep": DEEP}
        for length, title, names in (
            (OURS, "passages of our length", ("Rashomon", *PEERS)),
            (None, "passages of their default length", PEERS),
        ):
            print(title, flush=True)
            for name in names:
                command = ours if name == "Rashomon" else theirs
                result = run(command, {**job, "peer": name, "length": length}, Path(scratch))
                for one in scored(name, result, questions):
                    measured.setdefault(one.name, one)
                    print(shown(one, words), flush=True)
    summary(measured["Rashomon"], [measured[name] for name in PEERS], words)


if __name__ == "__main__":
    main()
