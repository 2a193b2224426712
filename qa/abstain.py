"""Saying that the archive does not say, when the evidence does not cover what is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qa.cite import Citations
from qa.types import Abstained, Searched

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qa.weigh import Evidence, Question

LEAST = 4.8
"""The least support of an answer, as `qa.weigh` measures it; chosen on the same half of the quiz questions, asked once
with the articles that answer them and once without."""
TOLD = 1.0
"""What it adds to support that a sentence tells the act of saying that is asked about."""
NEAREST = 3
LOOKED_AT = 5


def abstention(
    question: Question, ranked: Sequence[Evidence], articles: int, searched: Sequence[str]
) -> Abstained | None:
    """The abstention, where the evidence does not bear an answer; None where it does.

    Args:
        question: as it was read.
        ranked: the evidence, best first.
        articles: how many articles were searched.
        searched: their outlets.
    """
    if _support(ranked) >= LEAST and _names_found(question, ranked):
        return None
    return abstained(_why(question, ranked), ranked, articles, searched)


def abstained(reason: str, ranked: Sequence[Evidence], articles: int, searched: Sequence[str]) -> Abstained:
    """An abstention for this reason, with the nearest evidence."""
    nearest = Citations()
    for evidence in ranked[:NEAREST]:
        nearest.cite(evidence.numbered)
    return Abstained(
        reason=f"The archive does not say. {reason}",
        searched=Searched(articles=articles, outlets=tuple(searched)),
        nearest=nearest.all(),
    )


def _support(ranked: Sequence[Evidence]) -> float:
    return max((e.support + TOLD * max(e.told.values(), default=0.0) for e in ranked[:LOOKED_AT]), default=0.0)


def _names_found(question: Question, ranked: Sequence[Evidence]) -> bool:
    """Whether the evidence covers any of the names asked for, where any are."""
    return not question.names or any(e.named > 0 for e in ranked[:LOOKED_AT])


def _why(question: Question, ranked: Sequence[Evidence]) -> str:
    if not ranked:
        return "Nothing was found for these words."
    if not _names_found(question, ranked):
        return "Nothing that was found names what is asked about."
    return "What was found touches the question but does not cover it."
