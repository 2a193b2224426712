"""The answer without a model: the articles' own sentences, chosen, ordered, and introduced by who tells it."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from qa.instructions import reported_field
from qa.printable import printable
from qa.said import HARDLY
from qa.standalone import quote_alone

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from index.types import Article, Kind, Sentence, Statement
    from qa.cite import Citations, Numbered
    from qa.types import Claim
    from qa.weigh import Evidence, Question

MOST_SENTENCES = 4
MOST_OF_AN_ACT, MOST_OF_ITS_ANSWER = 6, 3
SAME = 85.0
"""Two sentences this alike (share of shared words, 0 to 100) are one piece of evidence."""
ON_TOPIC = 0.5
"""What tells an act must hold, with its neighbours, this share of the question's words that the best sentence holds;
the other side's answer to it need not, since it seldom says what it answers."""
WORTH, WORTH_OF_AN_ACT = 0.7, 0.6
"""A further sentence must score at least this share of the best; less where it is known to tell the act asked about."""

LESS_SURE, UNSURE = 2.0, -1.0
"""Log-odds: what answers so much less surely than the surest, and is unsure itself, is not shown. Of what was shown for
298 questions with their answers marked .353 answered without this, .400 does; as many questions have an answer among it
(.742), and of 144 quiz questions .681 (.694 without)."""


def choose(question: Question, ranked: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """The sentences that make the answer: the best, then the best of every further outlet, then the next.

    Where every telling of an act of saying is asked for, sentences that tell the act come first, and those that tell
    the other side's answer to it are looked for as well; what asks for something particular is better answered by what
    the model of answers takes for one. Sentences that say the same are taken once from each outlet.
    """
    if not ranked:
        return ()
    if not question.all_accounts:
        return _spread(_sure(ranked), MOST_SENTENCES)
    telling = [_telling(ranked, act, ON_TOPIC if act is question.act else 0.0) for act in question.acts]
    chosen: dict[int, Evidence] = {}
    for group, most in zip(telling, (MOST_OF_AN_ACT, MOST_OF_ITS_ANSWER), strict=False):
        for evidence in _spread([e for e in group if e.numbered.number not in chosen], most, WORTH_OF_AN_ACT):
            chosen[evidence.numbered.number] = evidence
    return tuple(chosen.values()) or _spread(_sure(ranked), MOST_SENTENCES)


def _sure(ranked: Sequence[Evidence]) -> list[Evidence]:
    """The evidence without what hardly answers beside the rest; all of it where that was not read."""
    odds = [e.answers for e in ranked if e.answers is not None]
    least = min(UNSURE, max(odds) - LESS_SURE) if odds else 0.0
    return [e for e in ranked if e.answers is None or e.answers >= least]


def _telling(ranked: Sequence[Evidence], act: Kind, on_topic: float) -> list[Evidence]:
    """What tells the act of the people asked about; where nothing does, what tells it of others."""
    about = on_topic * max(e.around for e in ranked)
    ranked = [e for e in ranked if e.around >= about]
    just = [e for e in ranked if e.told[act] > HARDLY]
    return just or [e for e in ranked if e.told[act]]


def _spread(ranked: Sequence[Evidence], most: int, worth_it: float = WORTH) -> tuple[Evidence, ...]:
    """Up to `most` that are worth it, every outlet's best before any outlet's second.

    A further sentence must be one that can stand in print: captions and pointers to other pages have many of the words.
    """
    worth = [e for e in ranked if e.score >= worth_it * ranked[0].score] if ranked else []
    worth = [*worth[:1], *(e for e in worth[1:] if printable(e.numbered.sentence.text))]
    first: dict[str, Evidence] = {}
    for evidence in worth:
        first.setdefault(told_by(evidence.numbered.article), evidence)
    firsts = list(first.values())
    chosen: list[Evidence] = []
    for evidence in (*firsts[: max(1, most - 1)], *worth):
        if len(chosen) < most and evidence not in chosen and not _told(evidence, chosen):
            chosen.append(evidence)
    return tuple(chosen)


def _told(evidence: Evidence, chosen: Sequence[Evidence]) -> bool:
    """Whether the same is already told: by the same outlet, or in all but the same words."""
    text = evidence.numbered.sentence.text
    return any(fuzz.token_set_ratio(text, other.numbered.sentence.text) >= SAME for other in chosen)


def compose(
    chosen: Sequence[Evidence],
    citations: Citations,
    sentences: Mapping[str, Sequence[Sentence]] = MappingProxyType({}),
) -> tuple[Claim, ...]:
    """One claim a sentence, verbatim; outlet by outlet, the best first, within an article in its own order."""
    said = {(e.numbered.article.id, e.numbered.sentence.ordinal): e.said for e in chosen}
    return introduce([evidence.numbered for evidence in chosen], citations, sentences, said)


def introduce(
    chosen: Sequence[Numbered],
    citations: Citations,
    sentences: Mapping[str, Sequence[Sentence]] = MappingProxyType({}),
    said: Mapping[tuple[str, int], Sequence[Statement]] = MappingProxyType({}),
) -> tuple[Claim, ...]:
    """Sentences as claims, each teller's together and introduced by who tells them.

    Args:
        chosen: the sentences, the best first.
        citations: collects what is cited.
        sentences: all of an article, by its id, so that what only points back is understood.
        said: statements by article id and ordinal of the sentence.
    """
    groups: dict[str, list[Numbered]] = {}
    for item in chosen:
        groups.setdefault(told_by(item.article), []).append(item)
    articles = list(dict.fromkeys(item.article.id for item in chosen))
    claims = []
    for teller, group in groups.items():
        for i, item in enumerate(sorted(group, key=lambda n: (articles.index(n.article.id), n.sentence.ordinal))):
            article, ordinal = item.article.id, item.sentence.ordinal
            shown = {other.sentence.ordinal for other in group if other.article.id == article}
            claim = quote_alone(item, sentences.get(article, ()), citations, said.get((article, ordinal), ()), shown)
            claims.append(claim if i else claim.model_copy(update={"text": f"According to {teller}: {claim.text}"}))
    return tuple(claims)


def told_by(article: Article) -> str:
    """Who tells an article: its outlet, else its headline, else its file."""
    if outlet := reported_field(article.outlet):
        return outlet
    if title := reported_field(article.title):
        return f"“{title}”"
    return article.path.rsplit("/", 1)[-1]
