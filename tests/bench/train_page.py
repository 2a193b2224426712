"""Learns the weights of `index/page.json`, which tell a page's article from the rest of its lines. Takes half a minute.

usage: python -m tests.bench.train_page ../shared/data/html [OUT.json]

Only the pages of the half "rules" of `tests.bench.dirty_text` are used, and the bar was chosen on them. A line weighs as much as it has of its page's
characters of its own kind, for that is how cleaning is measured. The second regression learns from what the first
says of pages that it has not seen. Prints what a cross-validation of all of it, `clean.mark` included, measures.
"""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from statistics import mean
from typing import TYPE_CHECKING

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

import index.page
from index.boilerplate import reason_of, rules
from index.clean import LINE
from index.layout import looks, places
from index.page import Model
from tests.bench.dirty_text import figures, pages

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from tests.bench.dirty_text import Page

    Numbers = NDArray[np.float64]

STRICTNESS = (0.01, 0.01)
BAR = 0.085
FOLDS = 10
OUT = Path(index.page.__file__).with_name("page.json")


@dataclass(frozen=True)
class Example:
    """A page as numbers: looks, whether lines are body, their characters, and what each weighs."""

    looks: Numbers
    body: NDArray[np.bool_]
    sizes: Numbers
    weights: Numbers


def example(page: Page) -> Example:
    spans = [match.span() for match in LINE.finditer(page.text)]
    words = [" ".join(page.text[start:end].split()) for start, end in spans]
    body = np.array([any(s <= start < e and is_body for s, e, is_body in page.lines) for start, _ in spans])
    sizes = np.array([len(line) for line in words], dtype=float)
    weights = np.where(body, sizes / max(1, sizes[body].sum()), sizes / max(1, sizes[~body].sum()))
    return Example(looks(words, [reason_of(line, rules().lines) for line in words]), body, sizes, weights)


def regression(rows: Sequence[Numbers], examples: Sequence[Example], strictness: float) -> Numbers:
    """The weights, the constant last, of a logistic regression over unscaled measures."""
    weights = np.concatenate([one.weights for one in examples])
    fitted = make_pipeline(StandardScaler(), LogisticRegression(C=strictness, max_iter=1000)).fit(
        np.vstack(rows),
        np.concatenate([one.body for one in examples]),
        logisticregression__sample_weight=weights * len(weights) / weights.sum(),
    )
    scaler, line = fitted[0], fitted[1]
    slope = line.coef_[0] / scaler.scale_
    return np.append(slope, line.intercept_[0] - slope @ scaler.mean_)


def fit(examples: Sequence[Example]) -> Model:
    folds = np.random.default_rng(7).permutation(len(examples)) % FOLDS
    rows: list[Numbers] = [np.empty(0)] * len(examples)
    for fold in range(FOLDS):
        seen = [one for one, own in zip(examples, folds, strict=True) if own != fold]
        first = regression([one.looks for one in seen], seen, STRICTNESS[0])
        for place in np.flatnonzero(folds == fold):
            one = examples[place]
            rows[place] = places(one.looks @ first[:-1] + first[-1], one.sizes)
    return Model(
        regression([one.looks for one in examples], examples, STRICTNESS[0]),
        regression(rows, examples, STRICTNESS[1]),
        float(np.log(BAR / (1 - BAR))),
    )


def validate(found: Sequence[Page], examples: Sequence[Example]) -> None:
    folds = np.random.default_rng(11).permutation(len(examples)) % FOLDS
    results = []
    for fold in range(FOLDS):
        learnt = fit([one for one, own in zip(examples, folds, strict=True) if own != fold])
        index.page.model = lambda learnt=learnt: learnt
        results += [(*figures(found[i]), found[i].id) for i in np.flatnonzero(folds == fold)]
    kept, marked, _ = zip(*results, strict=True)
    print(f"cross-validated: body kept {mean(kept):.4f}, boilerplate marked {mean(marked):.4f}")
    print("  worst:", *(f"{name[:8]} {share:.2f}" for share, _, name in sorted(results)[:6]))


def main() -> None:
    found = list(pages(Path(sys.argv[1]), "rules"))
    examples = [example(page) for page in found]
    validate(found, examples)
    learnt = fit(examples)
    written = {"looks": learnt.looks, "places": learnt.places}
    out = Path(sys.argv[2]) if len(sys.argv) > 2 else OUT
    out.write_text(
        json.dumps({name: [float(f"{x:.6g}") for x in v] for name, v in written.items()} | {"bar": learnt.bar}) + "\n"
    )


if __name__ == "__main__":
    main()
