"""The check of claims against labelled data: AttributionBench (dev) and BUMP (task 1).

    python -m tests.bench.verifier --cache FOLDER [--data FOLDER] [--train]

AttributionBench: balanced accuracy of "supported", the threshold chosen on the first half of the questions and the
figure taken on the second. BUMP: how often the faithful summary scores above its edited copy, on the second half of
the articles and by type of error; a summary's score is the mean of its sentences' logits. `--train` makes
`qa/checks/support.json` from the first halves. Plain embedding similarity and word overlap stand beside.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from index.remembered import Remembered
from index.segment import segment
from index.types import Article
from qa.check import find_faults
from qa.checks import support
from qa.checks.evidence import Evidence, evidence
from qa.cite import Numbered
from qa.reply import MARKER

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from numpy.typing import NDArray

    from index.embed import Embedder

    Vector = NDArray[np.float64]

ALL = 10**6
"""Texts remembered: each stands in many claims' evidence."""
ROOT = Path(__file__).resolve().parents[2]
PENALTY = 0.01
PAIR_WEIGHT = 0.5
PAIR_SCALE = 4.0
"""Regularisation (inverse), and weight and scale of BUMP's pairs beside AttributionBench's rows; chosen on the first half."""


@dataclass(frozen=True)
class Data:
    """Measures of every claim, `(claims, measures)`, with labels, halves and, for summaries, pairs of their sentences."""

    rows: Vector
    labels: NDArray[np.bool_]
    struck: NDArray[np.bool_]
    rows_first: NDArray[np.bool_]
    pairs: list[tuple[Vector, Vector]]
    pairs_first: NDArray[np.bool_]
    errors: NDArray[np.str_]


def read(path: Path) -> list[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def first_half(key: str) -> bool:
    return hashlib.sha256(key.encode()).digest()[0] % 2 == 0


def cited(texts: Iterable[str]) -> tuple[Numbered, ...]:
    """The sentences of reference texts, each an article."""
    found: list[Numbered] = []
    for text in texts:
        article = Article(hashlib.sha256(text.encode()).hexdigest()[:16], "", "", text)
        found += (Numbered(len(found) + i, s, article) for i, s in enumerate(segment(article.id, text, ()), 1))
    return tuple(found)


def bare(claim: str) -> str:
    """A claim without its `[3]` markers, as the check is given it."""
    return MARKER.sub("", claim)


def claims(text: str) -> list[str]:
    """The sentences of a claim or summary."""
    return [sentence.text for sentence in segment("", text, ())]


def gather(data: Path, embedder: Embedder) -> Data:
    def measures(claim: str, proof: Evidence) -> tuple[Vector, bool]:
        faults = find_faults(claim, proof)
        return support.measure(claim, proof, faults, embedder), any(fault.verdict != "partly" for fault in faults)

    rows = read(data / "attributionbench-dev.jsonl.gz")
    pairs = read(data / "bump-task1.jsonl.gz")
    proofs: dict[int, Evidence] = {}
    both = []
    for row in pairs:
        proof = proofs.setdefault(row["article_id"], evidence(cited([row["article"]])))
        kept, edited = (
            np.stack([measures(claim, proof)[0] for claim in claims(row[name])])
            for name in ("reference_summary", "edited_summary")
        )
        both.append((kept, edited))
    single = [measures(bare(row["claim"]), evidence(cited(row["references"]))) for row in rows]
    return Data(
        rows=np.stack([found for found, _ in single]),
        struck=np.array([struck for _, struck in single]),
        labels=np.array([row["supported"] for row in rows]),
        rows_first=np.array([first_half(row["question"]) for row in rows]),
        pairs=both,
        pairs_first=np.array([first_half(str(row["article_id"])) for row in pairs]),
        errors=np.array([row["corrected_error_type"] for row in pairs]),
    )


def train(found: Data) -> support.Weights:
    """Fits the logistic model to the first halves: labels of rows, and differences of pairs."""
    from sklearn.linear_model import LogisticRegression

    rows = found.rows[found.rows_first]
    plain = support.Weights(rows.mean(axis=0), rows.std(axis=0) + 1e-6, np.zeros(0), 0.0)
    wide = support.expand(support.standard(rows, plain))
    spread = wide.std(axis=0) + 1e-6
    apart = np.stack([
        (_mean(kept, plain) - _mean(edited, plain)) / spread * PAIR_SCALE
        for (kept, edited), first in zip(found.pairs, found.pairs_first, strict=True) if first
    ])  # fmt: skip
    constant = [np.ones((len(wide), 1)), np.zeros((2 * len(apart), 1))]
    inputs = np.hstack([np.vstack([wide / spread, apart, -apart]), np.vstack(constant)])
    labels = np.concatenate([found.labels[found.rows_first], np.ones(len(apart)), np.zeros(len(apart))])
    weight = np.concatenate([np.ones(len(wide)), np.full(2 * len(apart), PAIR_WEIGHT)])
    model = LogisticRegression(C=PENALTY, fit_intercept=False, max_iter=5000, tol=1e-8)
    model.fit(inputs, labels, sample_weight=weight)
    return support.Weights(plain.mean, plain.spread, model.coef_[0, :-1] / spread, float(model.coef_[0, -1]))


def _mean(measures: Vector, model: support.Weights) -> Vector:
    return support.expand(support.standard(measures, model)).mean(axis=0)


def store(model: support.Weights, path: Path) -> None:
    rounded = {name: [round(float(x), 6) for x in getattr(model, name)] for name in ("mean", "spread", "weights")}
    path.write_text(
        json.dumps({"measures": support.MEASURES, **rounded, "bias": round(model.bias, 6)}, indent=1) + "\n"
    )


def balanced(scores: Vector, labels: NDArray[np.bool_], threshold: float) -> float:
    """Mean of the shares of true and of false claims that a threshold gets right."""
    passed = scores >= threshold
    return float((passed[labels].mean() + (~passed[~labels]).mean()) / 2)


def best(scores: Vector, labels: NDArray[np.bool_]) -> float:
    """The threshold of the highest balanced accuracy; the lowest of equals."""
    return float(max(np.unique(scores), key=lambda threshold: balanced(scores, labels, threshold)))


def above(differences: Vector) -> float:
    """How often a difference is above nought, ties half."""
    return float((differences > 0).mean() + (differences == 0).mean() / 2)


def report(name: str, found: Data, score: Callable[[Vector], Vector]) -> None:
    """Prints the figures of a score, a function of measures `(claims, measures)`."""
    rows = score(found.rows)
    first, second = found.rows_first, ~found.rows_first
    threshold = best(rows[first], found.labels[first])
    figure = balanced(rows[second], found.labels[second], threshold)
    unstruck = np.where(found.struck, -np.inf, rows)
    verdict = balanced(unstruck[second], found.labels[second], threshold)
    pairs = np.array([score(kept).mean() - score(edited).mean() for kept, edited in found.pairs])
    held = ~found.pairs_first
    print(
        f"{name:<14} attributionbench {figure:.3f} (threshold {threshold:.3f}; with faults {verdict:.3f})   bump {above(pairs[held]):.3f}"
    )
    for error in sorted(set(found.errors)):
        which = held & (found.errors == error)
        print(f"    {error:<32}{above(pairs[which]):.3f}  of {which.sum()}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data" / "verifier")
    parser.add_argument("--cache", type=Path, required=True, help="folder of the converted embedding model")
    parser.add_argument("--train", action="store_true", help="write qa/checks/support.json anew")
    options = parser.parse_args()
    from index.embed import open_embedder

    found = gather(options.data, Remembered(open_embedder(cache=options.cache), ALL, ALL))
    if options.train:
        store(train(found), Path(support.__file__).with_suffix(".json"))
        support._weights.cache_clear()
    model = support._weights()
    report("this check", found, lambda m: support.expand(support.standard(m, model)) @ model.weights + model.bias)
    report("similarity", found, lambda m: m[:, support.MEASURES.index("similar")])
    report("overlap", found, lambda m: m[:, support.MEASURES.index("share")])


if __name__ == "__main__":
    main()
