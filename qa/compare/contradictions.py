"""Where one voice tells as a fact what another tells is not so.

Only what the voices tell themselves counts: what somebody says, in or without quotation marks, is for `denials`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import permutations
from typing import TYPE_CHECKING

from qa.checks.lexicon import BREAKS
from qa.checks.names import CALENDAR, names
from qa.checks.polarity import stances
from qa.checks.words import words
from qa.compare.events import same_event
from qa.compare.numbers import other_days

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qa.checks.words import Word
    from qa.compare.accounts import Told

NOT = re.compile(r"not|never|.*n['’]t", re.IGNORECASE)
"""What denies a clause outright; "no", "fail" and "without" may bear on a part of it."""
RESTRICTED = frozenset("only just merely yet alone simply necessarily".split())
"""What takes half of the denial back: "not only", "not yet"."""
LEAST_WORDS = 2
"""Content words of a denied clause at the least: one of a name, one of what is denied."""
ALIKE = 0.5
QUESTION = re.compile(r"\?\W*$|^\W*(?:if|whether|would|should|could|may|might)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, eq=False)
class Contradiction:
    """Two voices that tell the opposite: `denied` tells that it is not so."""

    told: Told
    denied: Told


def contradictions(told: Sequence[Told]) -> tuple[Contradiction, ...]:
    """Every pair of voices that tell the opposite, each pair of sentences once."""
    own = [one for one in told if _tells_itself(one)]
    return tuple(
        Contradiction(positive, negative)
        for negative, positive in permutations(own, 2)
        if negative.voice != positive.voice and _opposite(negative, positive)
    )


def _tells_itself(told: Told) -> bool:
    """Whether the voice tells it, and nobody whom it names says it."""
    attributed = any(statement.speaker and statement.content for statement in told.said)
    return not (attributed or told.quoted or QUESTION.search(told.text))


def _opposite(negative: Told, positive: Told) -> bool:
    clause = _denied_clause(negative.text)
    stems = {word.stem for word in clause} - CALENDAR
    predicate = {word.stem for word in clause if not word.capital}
    if len(stems) < LEAST_WORDS or not predicate or not stems <= positive.stems:
        return False
    if not _named(clause, negative) or other_days(negative, positive):
        return False
    if negative.alike(positive) < ALIKE or not same_event(negative.article, positive.article):
        return False
    ways = stances(positive.text)
    return all(not way.negated and not way.unsure for word in predicate for way in ways.get(word, ()))


def _named(clause: Sequence[Word], told: Told) -> bool:
    """Whether the denied clause names whom or what it is about."""
    return any(name.span.start <= word.start < name.span.end for name in names(told.text) for word in clause)


def _denied_clause(text: str) -> tuple[Word, ...]:
    """The content words of the clause that holds the only negation; none where there are more, or it is a long one."""
    everything = words(text)
    at = [i for i, word in enumerate(everything) if NOT.fullmatch(word.text)]
    if len(at) != 1 or any(word.lower in RESTRICTED for word in everything):
        return ()
    begin = end = at[0]
    while begin > 0 and not everything[begin].opens and everything[begin - 1].lower not in BREAKS:
        begin -= 1
    while end + 1 < len(everything) and not everything[end + 1].opens and everything[end + 1].lower not in BREAKS:
        end += 1
    return tuple(word for word in everything[begin : end + 1] if word.content and not NOT.fullmatch(word.text))
