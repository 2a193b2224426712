"""What of one voice's evidence answers the question, read from its own articles alone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from index.lexical import stems
from index.types import Kind
from qa.asked import Wanted
from qa.checks.names import names
from qa.checks.quantities import quantities
from qa.compare.senses import senses
from qa.compare.topic import bears
from qa.counted import counts, durations, people, tells
from qa.printable import printable
from qa.quote import choose
from qa.said import FITS, HALF, SAME_ACT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.types import Statement
    from qa.compare.predicate import Predicate
    from qa.weigh import Evidence, Question

MOST, BESIDE = 2, 0.1
"""Sentences that a voice answers with at the most, and how much less surely than the best another may answer."""
LEAST, ACT = -0.1, 2.4
"""The log-odds from which a sentence is taken for an answer, and what they gain where it tells just the act asked
about, if that is more than to say: chosen on 39 events, 828 pairs of a question and an article of which is marked what
answers (`tests/bench/cells.py`); up to 2.5 the act does equally well. Beside them neither the words that a sentence
shares with the question, its place, nor whether it holds a reason, a day or a number where one is wanted tells more."""
SAID_ALREADY = 85.0
"""How alike two sentences are of which one is enough, 0 to 100."""
MOST_TOUCHING, WORTH = 4, 0.4
"""Sentences of a voice that findings may rest on, and the share of the best's score that they must have."""
ON_IT, ALIKE = 0.4, 0.45
"""How much of the question's telling words must stand around it, or how like the question it must be in meaning."""
ON_TOPIC = 0.3
"""The share of what is spoken about that a statement must hold where its meaning is not like the question's."""
SUBJECT = re.compile(r"\b(?:did|does|do|has|have|had)\s+(.{2,60}?)\s+(?:\w+ly\s+)?(?=[a-z]+\b)")
"""The subject that a question names: "What did Elira Vasko say …"."""


def answering(question: Question, read: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """The evidence of one voice that answers the question, best first; none where the voice does not state it.

    A sentence answers when it can be quoted alone and the model of answers takes it for one; several are shown only
    if they are nearly as sure as the best and do not repeat it. Where nothing particular is asked for, whatever is on
    the matter answers.

    Args:
        read: best first; with the log-odds of each, but where nothing particular is asked for.
    """
    whole = [evidence for evidence in read if printable(evidence.numbered.sentence.text)]
    if question.open:
        return tuple(evidence for evidence in whole if _on_it(question, evidence))[:MOST]
    sure = [(_odds(question, evidence), evidence) for evidence in whole]
    sure = sorted((pair for pair in sure if pair[0] >= LEAST), key=lambda pair: -pair[0])
    chosen: list[Evidence] = []
    for odds, evidence in sure:
        text = evidence.numbered.sentence.text
        repeated = any(fuzz.token_set_ratio(text, known.numbered.sentence.text) >= SAID_ALREADY for known in chosen)
        if odds >= sure[0][0] - BESIDE and not repeated:
            chosen.append(evidence)
    return tuple(chosen[:MOST])


def _on_it(question: Question, evidence: Evidence) -> bool:
    """Whether it tells the act asked about, or is on the matter."""
    return max(evidence.told.values(), default=0.0) >= FITS if question.act else evidence.around >= ON_IT


def _odds(question: Question, evidence: Evidence) -> float:
    told = evidence.told.get(question.act, 0.0) if question.act and question.act is not Kind.SAY else 0.0
    assert evidence.answers is not None, "what answers is told after it was read"
    return evidence.answers + ACT * told


def touching(question: Question, done: Predicate, ranked: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """The evidence of one voice that findings may rest on: what touches the question, if it is no answer to it."""
    if not ranked:
        return ()
    speaker = _speaker(question)
    if question.act and speaker:
        return tuple(e for e in ranked if _says(question, speaker, e))[:MOST_TOUCHING]
    if question.wanted is Wanted.NUMBER and not question.act:
        worth = WORTH * ranked[0].score
        return tuple(e for e in ranked if e.score >= worth and _counts(question, e, done))[:MOST_TOUCHING]
    told = any(max(e.told.values(), default=0.0) >= FITS and e.around >= ON_IT for e in ranked) and question.act
    if not told and not bears(question, ranked):
        return ()
    return choose(question, ranked)


def _speaker(question: Question) -> frozenset[str]:
    """Stems of the name whose act of saying the question asks about; empty where it asks who."""
    match = SUBJECT.search(question.text)
    named = names("x " + match[1])[-1:] if match else ()
    head = [name for name in named if name.span.end == len(match[1]) + 2] if match else []
    return frozenset(stem for name in head for stem in stems(name.text))


def _says(question: Question, speaker: frozenset[str], evidence: Evidence) -> bool:
    """Whether it tells the act of the speaker, and enough of what the question asks about."""
    if evidence.around < ON_IT or (_spoken_of(question, evidence) < ON_TOPIC and evidence.similarity < ALIKE):
        return False
    if any(_fits(question, speaker, statement) for statement in evidence.said):
        return True
    told = max(evidence.told.values(), default=0.0)
    return told >= HALF and evidence.named == 1 and bool(speaker & set(stems(evidence.numbered.sentence.text)))


def _spoken_of(question: Question, evidence: Evidence) -> float:
    """The share of the question's words beside its speaker's name that a sentence holds; 1 where there are none."""
    held = set(stems(evidence.numbered.sentence.text))
    about = set(question.weights) - question.speakers
    total = sum(question.weights[stem] for stem in about)
    return sum(question.weights[stem] for stem in about & held) / total if total else 1.0


def _fits(question: Question, speaker: frozenset[str], statement: Statement) -> bool:
    act = question.act
    assert act is not None
    kinds = frozenset(Kind) if act is Kind.SAY else SAME_ACT.get(act, frozenset({act}))
    who = {stem for name in (statement.speaker, *statement.ambiguous) if name for stem in stems(name)}
    return not statement.negated and statement.kind in kinds and bool(speaker & who)


def _counts(question: Question, evidence: Evidence, done: Predicate) -> bool:
    """Whether it holds a number of what the question counts, and is about what the question is about."""
    text = evidence.numbered.sentence.text
    held = set(stems(text))
    asked = question.counted
    units = {quantity.unit for quantity in quantities(text) if counts(quantity, text)}
    of_it = tells(asked, text)
    about = {stem for stem in question.weights if stem not in question.names and stem not in asked}
    meant = {sense for stem in about for sense in senses(stem)}
    held = {sense for stem in held for sense in senses(stem)}
    counted = of_it and asked not in (people(), durations())
    on_it = (
        counted
        or (bool(done.ways) and done.told(held) > 0)
        or bool(meant & held)
        or evidence.similarity >= ALIKE
        or not about
    )
    bare = not asked or ("" in units and asked != durations())
    return bool(units) and (of_it or bare) and on_it and _named(question, evidence)


def _named(question: Question, evidence: Evidence) -> bool:
    """Whether a name of the question stands around the sentence or anywhere in its article."""
    return evidence.named > 0 or bool(question.names & set(stems(evidence.numbered.article.text)))
