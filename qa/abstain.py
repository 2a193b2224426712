"""Saying that the archive does not say, when the evidence does not cover what is asked."""

from __future__ import annotations

from math import exp
from statistics import fmean
from typing import TYPE_CHECKING

from qa.cite import Citations
from qa.said import FITS, HALF
from qa.types import Abstained, Searched

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qa.weigh import Evidence, Question

# A logistic regression on half of 144 quiz questions about news, each asked of 6,000 articles once with those that
# answer it and once without them (`tests/bench/abstention.py`); rounded, the threshold a little to the side of
# answering.
PASSAGE, AROUND, ONE_EVENT, AHEAD, LEAST = 4.7, 4.1, 1.3, 0.8, 7.25
TOLD = 1.0
"""What it adds that the evidence tells just the act of saying that is asked about."""
NEAREST = 3
LOOKED_AT, TOGETHER = 6, 12
"""The best evidence: the best of so many covers the question and stands out, and so many should be of one event."""
FADING = 2.0
"""How fast evidence counts less for the latter as its score falls behind the best."""


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
    if _support(ranked) >= LEAST and names_found(question, ranked):
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
    """How well the best evidence covers the question, each part by whatever sentence shows it best.

    It also counts how far the best stands out, and how far what is nearly as good is of the same event: where the
    answer is not there, what is nearest comes from here and there, and is much alike in worth.
    """
    best = ranked[:LOOKED_AT]
    if not best:
        return 0.0
    near = [(exp(FADING * (e.score - best[0].score)), e.event) for e in ranked[:TOGETHER]]
    of_event = sum(weight * event for weight, event in near) / sum(weight for weight, _ in near)
    covered = PASSAGE * max(e.passage for e in best) + AROUND * max(e.around for e in best)
    ahead = best[0].score - fmean(e.score for e in best[1:]) if best[1:] else 0.0
    return covered + ONE_EVENT * of_event + AHEAD * ahead + TOLD * any(map(tells_act, best))


def tells_act(evidence: Evidence) -> bool:
    """Whether it tells the act asked about: by a statement of those asked about, or with all that is named near it."""
    told = max(evidence.told.values(), default=0.0)
    return told >= FITS or (told >= HALF and evidence.named == 1)


def names_found(question: Question, ranked: Sequence[Evidence]) -> bool:
    """Whether the evidence covers any of the names asked for, where any are."""
    return not question.names or any(e.named > 0 for e in ranked[:LOOKED_AT])


def _why(question: Question, ranked: Sequence[Evidence]) -> str:
    if not ranked:
        return "Nothing was found for these words."
    if not names_found(question, ranked):
        return "Nothing that was found names what is asked about."
    return "What was found touches the question but does not cover it."
