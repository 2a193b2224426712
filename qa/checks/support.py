"""How much of a claim is borne out by what it cites, from 0 to 1: a logistic model over plain measures of both.

The measures compare words, pairs of neighbouring words and meaning; faults that the other checks found count too. The
weights lie beside this file as JSON and are made by `python -m tests.bench.verifier --train`. Each measure also counts
squared, and multiplied with the length of the claim and of what it cites: a long text is like anything a little.
"""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from qa.checks.align import closest
from qa.checks.faults import Kind
from qa.checks.lexicon import PRONOUNS
from qa.checks.words import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from index.embed import Embedder
    from qa.checks.evidence import Evidence
    from qa.checks.faults import Fault

    Vector = NDArray[np.float64]

MEASURES = (
    "similar", "centre", "span", "span_wide", "span_all", "found", "found_three", "found_one", "pair", "aligned",
    "bigrams", "trigrams", "near", "together", "share", "missing", "apart", "numbers", "names", "pronoun", "length",
    "sentences",
)  # fmt: skip
"""The names of the measures, in the order of the weights; the last two also multiply the others."""
FAR = 15
"""How many words apart two words count as that stand in neighbouring sentences; ten more for each further one."""
MOST_SPANNED = 60
"""Sentences beyond these add noise alone: any vector is near the span of many."""
READ_CLOSELY = 8
"""Sentences, the nearest in meaning, in which each token of the claim is looked for."""
LIMIT = 4.0
"""Standardised measures are cut off here, so that no single one decides."""


@dataclass(frozen=True, slots=True)
class Weights:
    """A trained model: `mean` and `spread` standardise the measures, `weights` are of `expand`, `bias` of none."""

    mean: Vector
    spread: Vector
    weights: Vector
    bias: float


def support(text: str, proof: Evidence, faults: Sequence[Fault], embedder: Embedder | None) -> float:
    """The support of a claim by its evidence.

    Without an embedder only words are compared: the share of the claim's words that stand in what it cites or around.
    """
    if embedder is None:
        return _share(text, proof.context) * 0.5 ** bool(faults)
    model = _weights()
    value = float(expand(standard(measure(text, proof, faults, embedder), model)) @ model.weights + model.bias)
    return float(1 / (1 + np.exp(-value)))


def measure(text: str, proof: Evidence, faults: Sequence[Fault], embedder: Embedder) -> Vector:
    """The measures of a claim and what it cites, `(len(MEASURES),)`, not standardised."""
    sources = proof.texts
    vectors = embedder.documents([text, *sources]).astype(np.float64)
    order = np.argsort(-(vectors[1:] @ vectors[0]), kind="stable")
    found = {
        **_meaning(vectors[0], vectors[1:][order]),
        **_tokens(text, [sources[i] for i in order[:READ_CLOSELY]], embedder),
        **_words(text, sources),
        **_neighbours(text, sources),
        "numbers": float(sum(fault.kind is Kind.NUMBER for fault in faults)),
        "names": float(sum(fault.kind is Kind.NAME for fault in faults)),
        "pronoun": float(any(word.lower in PRONOUNS for word in words(text)[:1])),
        "length": float(np.log1p(sum(word.content for word in words(text)))),
        "sentences": float(np.log(len(sources))),
    }
    return np.array([found[name] for name in MEASURES])


def standard(measures: Vector, model: Weights) -> Vector:
    """Measures as deviations from the mean of the training data, cut off at `LIMIT`."""
    return np.clip((measures - model.mean) / model.spread, -LIMIT, LIMIT)


def expand(standardised: Vector) -> Vector:
    """The measures, their squares, and their products with the two lengths, `(4 * len(MEASURES),)`."""
    length, sentences = standardised[..., -2:-1], standardised[..., -1:]
    return np.concatenate([standardised, standardised**2, standardised * sentences, standardised * length], axis=-1)


@cache
def _weights() -> Weights:
    stored = json.loads(Path(__file__).with_suffix(".json").read_text(encoding="utf-8"))
    arrays = {name: np.array(stored[name]) for name in ("mean", "spread", "weights")}
    return Weights(**arrays, bias=float(stored["bias"]))


def _share(text: str, printed: str) -> float:
    claimed = [word.stem for word in words(text) if word.content]
    there = {word.stem for word in words(printed)}
    return sum(stem in there for stem in claimed) / max(1, len(claimed))


def _meaning(claim: Vector, nearest: Vector) -> dict[str, float]:
    """Cosines with the nearest sentence, the middle of the nearest three, and the span of three, of eight, of all."""
    middle = nearest[:3].sum(axis=0)
    return {
        "similar": float(nearest[0] @ claim),
        "centre": float(middle @ claim / max(1e-9, float(np.linalg.norm(middle)))),
        "span": _projected(claim, nearest[:3]),
        "span_wide": _projected(claim, nearest[:8]),
        "span_all": _projected(claim, nearest[:MOST_SPANNED]),
    }


def _tokens(text: str, sources: Sequence[str], embedder: Embedder) -> dict[str, float]:
    """How like each token of the claim is to the likeliest of all sentences, of the best three and of the best one.

    It is the recall of BERTScore (Zhang et al. 2020). A changed predicate leaves the meaning of a sentence much as it
    was, but not the words around it.
    """
    claim, *printed = embedder.tokens([text, *sources])
    printed = [tokens for tokens in printed if len(tokens)]
    if not len(claim) or not printed:
        return {"found": 0.0, "found_three": 0.0, "found_one": 0.0}
    best = np.stack([(claim @ tokens.T).max(axis=1) for tokens in printed])
    best = best[np.argsort(-best.mean(axis=1), kind="stable")]
    return {
        "found": float(best.max(axis=0).mean()),
        "found_three": float(best[:3].max(axis=0).mean()),
        "found_one": float(best[0].mean()),
    }


def _projected(claim: Vector, basis: Vector) -> float:
    """The length of a unit vector's shadow in the space of others: 1 where they make it up."""
    weights = np.linalg.lstsq(basis.T, claim, rcond=None)[0]
    return float(np.linalg.norm(basis.T @ weights))


def _words(text: str, sources: Sequence[str]) -> dict[str, float]:
    claimed = [word.stem for word in words(text) if word.content]
    printed = [{word.stem for word in words(source) if word.content} for source in sources]
    count = len(sources)
    spread = {stem: sum(stem in one for one in printed) for stem in set(claimed)}
    rare = {stem: float(np.log((count + 1) / (times or 0.5))) for stem, times in spread.items()}
    whole = sum(rare[stem] for stem in claimed) or 1.0
    joint = [one | other for one, other in zip(printed, [*printed[1:], printed[-1]], strict=True)]
    stems = [word.stem for word in words(text)]
    missing = sum(not spread[stem] for stem in claimed)
    return {
        "pair": max(sum(rare[stem] for stem in claimed if stem in one) / whole for one in joint),
        "aligned": closest(text, sources).share,
        "bigrams": _runs(stems, sources, 2),
        "trigrams": _runs(stems, sources, 3),
        "share": 1 - missing / max(1, len(claimed)),
        "missing": float(missing),
    }


def _runs(stems: Sequence[str], sources: Sequence[str], length: int) -> float:
    """The share of the claim's runs of words that stand in a sentence."""
    there: set[tuple[str, ...]] = set()
    for source in sources:
        printed = [word.stem for word in words(source)]
        there.update(zip(*(printed[shift:] for shift in range(length)), strict=False))
    mine = list(zip(*(stems[shift:] for shift in range(length)), strict=False))
    return sum(run in there for run in mine) / max(1, len(mine))


def _neighbours(text: str, sources: Sequence[str]) -> dict[str, float]:
    """Whether words that stand side by side in the claim stand near each other in what it cites."""
    places: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for number, source in enumerate(sources):
        for place, word in enumerate(words(source)):
            if word.content:
                places[word.stem].append((number, place))
    stems = [word.stem for word in words(text) if word.content]
    pairs = [*pairwise(stems), *zip(stems, stems[2:], strict=False)]
    gaps = [_gap(places.get(one, ()), places.get(other, ())) for one, other in pairs if one != other]
    near = [1 / (1 + max(0, gap - 1) / 4) for gap in gaps]
    together = [gap < FAR * 2 and bool(gap) for gap in gaps]
    return {
        "near": sum(near) / max(1, len(near)),
        "together": sum(together) / max(1, len(together)),
        "apart": sum(1 - one for one in near),
    }


def _gap(ones: Sequence[tuple[int, int]], others: Sequence[tuple[int, int]]) -> float:
    """How many words lie between the nearest two places; infinite where a word is missing."""
    gaps = (
        abs(here - there) if sentence == other else FAR + 10 * abs(sentence - other)
        for sentence, here in ones
        for other, there in others
    )
    return min(gaps, default=float("inf"))
