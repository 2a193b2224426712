"""The score of a claim grows with what bears it out, and faults planted into true claims are caught."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from qa.check import find_faults
from qa.checks import support
from qa.checks.evidence import evidence
from qa.types import Verdict
from tests.bench import faults
from tests.fakes import HashEmbedder
from tests.qa.evidence import bridge

if TYPE_CHECKING:
    from pathlib import Path

SHOWN = bridge()


def test_the_weights_fit_the_measures() -> None:
    model = support._weights()
    assert model.mean.shape == model.spread.shape == (len(support.MEASURES),)
    assert model.weights.shape == (4 * len(support.MEASURES),)
    assert (model.spread > 0).all()


def test_the_measures_are_what_they_are_named_for() -> None:
    proof = evidence(SHOWN[1:2])
    claim = "Some 4,200 people cross the strait each day."
    found = dict(zip(support.MEASURES, support.measure(claim, proof, [], HashEmbedder()), strict=True))
    assert found["similar"] == pytest.approx(1.0, abs=1e-6)
    assert (found["share"], found["aligned"], found["bigrams"], found["trigrams"]) == (1.0, 1.0, 1.0, 1.0)
    assert (found["missing"], found["numbers"], found["names"], found["sentences"]) == (0.0, 0.0, 0.0, 0.0)


def test_a_word_that_is_not_there_is_counted_as_missing() -> None:
    proof = evidence(SHOWN[1:2])
    found = support.measure("Some 4,200 camels cross the strait.", proof, [], HashEmbedder())
    assert found[support.MEASURES.index("missing")] == 1.0
    assert found[support.MEASURES.index("share")] == pytest.approx(1 - 1 / 4)


def test_the_expanded_measures_are_themselves_squares_and_products_with_the_two_lengths() -> None:
    row = np.arange(1.0, len(support.MEASURES) + 1)
    length, sentences = row[-2], row[-1]
    assert support.expand(row).tolist() == [*row, *row**2, *(row * sentences), *(row * length)]


def test_the_same_claim_gets_the_same_score() -> None:
    proof = evidence(SHOWN)
    claim = "The ferry company walked away, the mayor said."
    scores = {support.support(claim, proof, find_faults(claim, proof), HashEmbedder()) for _ in range(3)}
    assert len(scores) == 1


@pytest.mark.shared
@pytest.mark.slow
def test_planted_faults_are_caught_and_true_claims_stand(shared: Path) -> None:
    true, false = faults.cases(shared, "second", most=25)
    struck = [finding.verdict in faults.STRUCK for _, finding in faults.run(true, None)]
    caught = [finding.verdict in faults.STRUCK for _, finding in faults.run(false, None)]
    assert len(caught) >= 200
    assert sum(caught) >= 0.95 * len(caught)
    assert sum(struck) <= 0.03 * len(struck)
    assert all(
        finding.verdict is Verdict.SUPPORTED for case, finding in faults.run(true, None) if case.kind == "verbatim"
    )
