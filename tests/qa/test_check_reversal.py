"""An act told with its two sides exchanged is contradicted, whatever the sides are called."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from qa.check import check
from qa.types import Verdict
from tests.qa.evidence import article, numbered

if TYPE_CHECKING:
    from qa.cite import Numbered


def cited(text: str) -> list[Numbered]:
    return list(numbered(article(1, "Fjord Gazette", "Talks end", text)))


@pytest.mark.parametrize(
    ("claim", "sentence"),
    [
        ("The company blamed the union for the delay.", "The union blamed the company for the delay."),
        ("The minister accused the farmers of lying.", "The farmers accused the minister of lying."),
    ],
)
def test_exchanged_sides_are_contradicted(claim: str, sentence: str) -> None:
    found = check(claim, cited(sentence), embedder=None)
    assert found.verdict is Verdict.CONTRADICTED
    assert found.reason


@pytest.mark.parametrize(
    ("claim", "sentence"),
    [
        ("The union blamed the company.", "The union blamed the company for the delay."),
        ("The company was blamed by the union for the delay.", "The union blamed the company for the delay."),
        ("The union blamed the company for the delay.", "The company was blamed for the delay by the union."),
    ],
)
def test_the_same_sides_in_another_form_are_not(claim: str, sentence: str) -> None:
    assert check(claim, cited(sentence), embedder=None).verdict is not Verdict.CONTRADICTED
