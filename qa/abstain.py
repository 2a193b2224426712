"""Saying that the archive does not say, when the evidence does not cover what is asked."""

from __future__ import annotations

from statistics import fmean
from typing import TYPE_CHECKING

from index.lexical import stems
from qa.cite import Citations
from qa.said import FITS, HALF
from qa.types import Abstained, Searched

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.types import Hit
    from qa.weigh import Evidence, Question

# A logistic regression (L2) on half of 144 quiz questions about news, each asked of 6,000 articles once with those
# that answer it and once without them, and on 397 of a quiz master's in other words than the articles', asked alike
# (`tests/bench/abstention.py`, and `--further`); on 351 questions about 39 events of which the sentences that answer
# are marked (`tests/bench/answers.jsonl`, asked of 2,647 articles), and on the 40 of `examples/`. With or without an
# answer counts alike; the first and the third set count one, the others half as much; rounded. How many of the
# question's words stand around the evidence is not among them: beside these it tells little but that a question is in
# other words. How many stand in the article does tell.
NAMED, IN_ARTICLE, FOUND, FOUND_AHEAD, ANSWERS, LEAST = 2.5, 1.7, 3.0, 2.3, 0.53, 9.2
OPEN, LACKING = 0.42, 1.0
"""What stands for how surely it is answered where nothing particular is asked for, and what is lost of it where none of
the question's words stand around the evidence: chosen on 69 headlines of articles that are there and 60 of others
("What is reported about …?"; all are answered, and .92 refused)."""
TOLD, COVERED = 0.9, 0.9
"""What it adds that a sentence tells just the act of saying that is asked about, with nearly all that the question
holds of words in and around it; that somebody said something else is no answer."""
NEAREST = 3
LOOKED_AT, FURTHER = 6, 3
"""The best evidence, of which any may show a part of what is needed; and the hits that the best one is held against."""


def abstention(
    question: Question, ranked: Sequence[Evidence], hits: Sequence[Hit], articles: int, searched: Sequence[str]
) -> Abstained | None:
    """The abstention, where the evidence does not bear an answer; None where it does.

    Args:
        question: as it was read.
        ranked: the evidence, best first.
        hits: the passages it was taken from, best first.
        articles: how many articles were searched.
        searched: their outlets.
    """
    if _support(question, ranked, hits) >= LEAST and names_found(question, ranked):
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


def _support(question: Question, ranked: Sequence[Evidence], hits: Sequence[Hit]) -> float:
    """How well the evidence bears an answer, each part by whatever sentence shows it best.

    What counts is the names asked about, the words of the question in the best sentence's article, how surely the
    sentence answers that does so most surely, how well the best passage fits by words, meaning and its article
    together, and how far it stands out: where the answer is not there, what is nearest is much alike in worth.
    """
    best = ranked[:LOOKED_AT]
    if not best:
        return 0.0
    article = best[0].numbered.article
    covered = IN_ARTICLE * question.coverage(set(stems(f"{article.title or ''} {article.text}")))
    covered += NAMED * max(e.named for e in best)
    found = FOUND * hits[0].score + FOUND_AHEAD * _ahead([hit.score for hit in hits[: 1 + FURTHER]])
    open_to_all = OPEN - LACKING * (1 - max(e.around for e in best))
    answers = max((ANSWERS * e.answers for e in ranked if e.answers is not None), default=open_to_all)
    return covered + found + answers + TOLD * any(tells_act(e) and e.around >= COVERED for e in best)


def _ahead(scores: Sequence[float]) -> float:
    """By how much the first of some scores is above the mean of the others."""
    return scores[0] - fmean(scores[1:]) if scores[1:] else 0.0


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
