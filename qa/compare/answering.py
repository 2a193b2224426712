"""What of one voice's evidence answers the question, read from its own articles alone."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from index.lexical import stems
from index.types import Kind
from qa.abstain import abstention
from qa.asked import Wanted
from qa.checks.lexicon import FUNCTION
from qa.checks.names import names
from qa.checks.quantities import quantities
from qa.compare.accounts import counts
from qa.compare.senses import senses
from qa.quote import choose
from qa.said import FITS, HALF, SAME_ACT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.types import Statement
    from qa.weigh import Evidence, Question

MOST = 4
"""Sentences that a voice answers with at the most."""
WORTH = 0.4
"""A piece of evidence must score this share of the best."""
ON_IT, ALIKE = 0.4, 0.45
"""How much of the question's telling words must stand around it, or how like the question it must be in meaning."""
SUBJECT = re.compile(r"\b(?:did|does|do|has|have|had)\s+(.{2,60}?)\s+(?:\w+ly\s+)?(?=[a-z]+\b)")
"""The subject that a question names: "What did Elira Vasko say …"."""


def answering(question: Question, ranked: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """The evidence of one voice that answers the question, best first; none where the voice does not state it.

    A question for a number needs a number of what is counted; one that asks what somebody said, blamed or denied needs
    a statement of that act by that speaker; any other is judged as the whole archive's evidence is.
    """
    if not ranked:
        return ()
    speaker = _speaker(question)
    if question.act and speaker:
        return tuple(e for e in ranked if _says(question, speaker, e))[:MOST]
    if question.wanted is Wanted.NUMBER and not question.act:
        return tuple(e for e in ranked if e.score >= WORTH * ranked[0].score and _counts(question, e))[:MOST]
    if abstention(question, ranked, 0, ()) and not _tells(question, ranked):
        return ()
    return choose(question, ranked)


def _tells(question: Question, ranked: Sequence[Evidence]) -> bool:
    """Whether a statement of just the act stands in evidence that is on the question."""
    return any(max(e.told.values(), default=0.0) >= FITS and e.around >= ON_IT for e in ranked) and bool(question.act)


def _speaker(question: Question) -> frozenset[str]:
    """Stems of the name whose act of saying the question asks about; empty where it asks who."""
    match = SUBJECT.search(question.text)
    named = names("x " + match[1])[-1:] if match else ()
    head = [name for name in named if name.span.end == len(match[1]) + 2] if match else []
    return frozenset(stem for name in head for stem in stems(name.text))


def _says(question: Question, speaker: frozenset[str], evidence: Evidence) -> bool:
    """Whether it tells the act of the speaker, and enough of what the question asks about."""
    if evidence.around < ON_IT:
        return False
    if any(_fits(question, speaker, statement) for statement in evidence.said):
        return True
    told = max(evidence.told.values(), default=0.0)
    return told >= HALF and evidence.named == 1 and bool(speaker & set(stems(evidence.numbered.sentence.text)))


def _fits(question: Question, speaker: frozenset[str], statement: Statement) -> bool:
    act = question.act
    assert act is not None
    kinds = frozenset(Kind) if act is Kind.SAY else SAME_ACT.get(act, frozenset({act}))
    who = {stem for name in (statement.speaker, *statement.ambiguous) if name for stem in stems(name)}
    return not statement.negated and statement.kind in kinds and bool(speaker & who)


def _counts(question: Question, evidence: Evidence) -> bool:
    """Whether it holds a number of what the question counts, and is about what the question is about."""
    text = evidence.numbered.sentence.text
    held = set(stems(text))
    asked = _thing(question.text)
    units = {quantity.unit for quantity in quantities(text) if counts(quantity, text)}
    about = {stem for stem in question.weights if stem not in question.names and stem not in asked}
    meant = {sense for stem in about for sense in senses(stem)}
    held = {sense for stem in held for sense in senses(stem)}
    counted = bool(asked & units) and asked not in (_people(), _durations())
    on_it = counted or bool(meant & held) or evidence.similarity >= ALIKE or not about
    bare = not asked or ("" in units and asked != _durations())
    return bool(units) and (bool(asked & units) or bare) and on_it and _named(question, evidence)


def _named(question: Question, evidence: Evidence) -> bool:
    """Whether a name of the question stands around the sentence or anywhere in its article."""
    return evidence.named > 0 or bool(question.names & set(stems(evidence.numbered.article.text)))


def _thing(text: str) -> frozenset[str]:
    """Stems of what is counted ("people" of "How many people"); empty where it is not said."""
    if re.search(r"\bhow long\b", text, re.IGNORECASE):
        return _durations()
    match = re.search(r"\bhow many (?:more |other )?(\w+)", text, re.IGNORECASE)
    if not match or match[1].lower() in FUNCTION:
        return frozenset()
    found = frozenset(stems(match[1]))
    return _people() if found & _people() else found


@cache
def _durations() -> frozenset[str]:
    return frozenset(stem for word in "second minute hour day week month year night".split() for stem in stems(word))


@cache
def _people() -> frozenset[str]:
    people = "people person passenger worker soldier civilian man woman child victim"
    return frozenset(stem for word in people.split() for stem in stems(word))
