"""Which of the articles that were found tell of the events that the question is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.lexical import stems
from qa.abstain import LOOKED_AT, names_found, tells_act
from qa.compare.events import same_event

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from index.types import Article
    from qa.weigh import Evidence, Question

SIMILARITY, PASSAGE, AROUND = 1.9, 4.0, 5.1
"""What the likeness of an article's best sentence, that of its best passage, and the words around a sentence count: a
logistic regression's weights, on half of 144 quiz questions about news, with and without what answers them."""
TOLD, BEARS = 2.0, 6.5
"""What it adds that a voice tells the act of saying that is asked about, and the support that findings need."""
NEAR_BEST = 0.95
"""An article whose support is this share of the best tells what the question is about."""
EVENT, ANSWERS, COVERED = 0.5, 0.7, 0.7
"""The share of the best support that any other article must have to be of the event, and to be looked at for an answer;
and of the question's words, beside the best article, that it must print for the latter."""
DAYS_APART, CLOSE = 30, 3
"""A story is told on for weeks; what is told of one event within so few days may answer whatever words it prints."""


def on_topic(
    question: Question, ranked: Sequence[Sequence[Evidence]], articles: Collection[Article]
) -> tuple[frozenset[str], frozenset[str]]:
    """Ids of the articles that tell of an event that the best evidence tells of, and of those that may answer.

    How well an article supports an answer is told by the likeness of its best sentence and its best passage to the
    question, and by how much of the question's telling words stand together. An article of the event
    may answer if it is of the same days, or is near the best in this and prints nearly all of the question's words that
    the best prints.

    Args:
        question: as it was read.
        ranked: the evidence of each voice, best first.
        articles: all that were found.
    """
    found: dict[str, list[Evidence]] = {}
    for evidence in (e for of_voice in ranked for e in of_voice):
        found.setdefault(evidence.numbered.article.id, []).append(evidence)
    held = [article for article in articles if article.id in found]
    support = {article.id: _support(found[article.id]) for article in held}
    best = max(support.values(), default=0.0)
    anchors = [article for article in held if support[article.id] >= NEAR_BEST * best]
    event = [
        article
        for article in held
        if article in anchors
        or (support[article.id] >= EVENT * best and any(same_event(article, one, DAYS_APART) for one in anchors))
    ]
    covered = {a.id: question.coverage(set(stems(f"{a.title or ''} {a.text}"))) for a in event}
    least = COVERED * max((covered[anchor.id] for anchor in anchors), default=0.0)
    may_answer = (
        article.id
        for article in event
        if (covered[article.id] >= least and support[article.id] >= ANSWERS * best)
        or any(same_event(article, one, CLOSE) for one in anchors)
    )
    return frozenset(article.id for article in event), frozenset(may_answer)


def bears(question: Question, ranked: Sequence[Evidence]) -> bool:
    """Whether what one voice has touches the question; it need not stand out from what else the voice tells of."""
    best = ranked[:LOOKED_AT]
    told = TOLD * any(map(tells_act, best))
    return bool(best) and _support(best) + told >= BEARS and names_found(question, best)


def _support(evidence: Sequence[Evidence]) -> float:
    return (
        SIMILARITY * max(e.similarity for e in evidence)
        + PASSAGE * max(e.passage for e in evidence)
        + AROUND * max(e.around for e in evidence)
    )
