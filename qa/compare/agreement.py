"""What several voices tell alike."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from qa.checks.names import CALENDAR, kindred
from qa.checks.polarity import stances
from qa.compare.denials import DENYING
from qa.compare.drift import same_speaker
from qa.compare.events import same_event
from qa.compare.numbers import Number, numbers_of, other_days, same_number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qa.compare.accounts import Told

SURE, SURE_WORDS = 0.8, 0.66
LIKELY, LIKELY_WORDS = 0.68, 0.8
NEARLY, NEARLY_ALIKE = 0.9, 0.5
"""Cosine and share of the shorter sentence's content words from which the longer one says all that the shorter does."""
LEAST_WORDS = 4


@dataclass(frozen=True, slots=True, eq=False)
class Agreement:
    """What several voices tell: the sentence that all the others cover, and one of each other voice.

    Attributes:
        number: what they agree in, where it is a number and not all of the sentence.
    """

    shown: Told
    others: tuple[Told, ...]
    number: Number | None = None

    @property
    def told(self) -> tuple[Told, ...]:
        """All of it, a sentence a voice."""
        return (self.shown, *self.others)


def agreements(told: Sequence[Told]) -> tuple[Agreement, ...]:
    """What voices tell alike, told by most first; each sentence in one agreement only."""
    by_sentence = (_agreement(one, told) for one in told)
    by_number = (_number_agreement(number, told) for one in told for number in numbers_of(one))
    found = [agreement for agreement in (*by_sentence, *by_number) if agreement]
    found.sort(key=lambda a: (-len(a.others), a.number is not None, -a.shown.bearing, len(a.shown.text)))
    used: set[tuple[str, int]] = set()
    kept = []
    for agreement in found:
        places = {(one.article.id, one.sentence.ordinal) for one in agreement.told}
        if not places & used:
            used |= places
            kept.append(agreement)
    return tuple(kept)


def _agreement(shown: Told, told: Sequence[Told]) -> Agreement | None:
    best: dict[str, Told] = {}
    for one in told:
        if one.voice != shown.voice and says_all(shown, one):
            known = best.get(one.voice)
            if known is None or shown.alike(one) > shown.alike(known):
                best[one.voice] = one
    return Agreement(shown, tuple(best.values())) if best else None


def _number_agreement(number: Number, told: Sequence[Told]) -> Agreement | None:
    best: dict[str, Told] = {}
    for one in told:
        if one.voice == number.told.voice or not same_event(one.article, number.told.article):
            continue
        same = any(same_number(number, other) for other in numbers_of(one))
        if same and (one.voice not in best or number.told.alike(one) > number.told.alike(best[one.voice])):
            best[one.voice] = one
    return Agreement(number.told, tuple(best.values()), number) if best else None


def says_all(short: Told, long: Told) -> bool:
    """Whether a sentence says all that another does: its words and meaning, numbers, names, and what is not so."""
    common = short.stems & long.stems
    if len(common) < LEAST_WORDS or not same_event(short.article, long.article):
        return False
    share, alike = len(common) / len(short.stems), short.alike(long)
    sure = share >= SURE_WORDS and alike >= SURE
    if not (sure or (share >= LIKELY_WORDS and alike >= LIKELY) or (share >= NEARLY and alike >= NEARLY_ALIKE)):
        return False
    numbers = all(any(q.equals(r) for r in long.counts) for q in short.counts)
    named = all(any(kindred(name, other) for other in long.named | long.stems) for name in short.named - CALENDAR)
    return (
        numbers and named and not other_days(short, long) and _same_stance(short, long) and _same_speakers(short, long)
    )


def _same_stance(one: Told, other: Told) -> bool:
    """Whether no word in common is denied by one and not by the other, and both deny or neither does."""
    left, right = stances(one.text), stances(other.text)
    turned = any(
        {way.negated for way in left[word]}.isdisjoint({way.negated for way in right[word]})
        for word in left.keys() & right.keys()
    )
    return not turned and _denies(one) == _denies(other)


def _denies(told: Told) -> bool:
    return any(statement.kind in DENYING and not statement.negated for statement in told.said)


def _same_speakers(one: Told, other: Told) -> bool:
    """Whether nobody else says it: the same speaker, or one of them unnamed."""
    left = [s.speaker for s in one.said if s.speaker]
    right = [s.speaker for s in other.said if s.speaker]
    return not (left and right) or any(same_speaker(a, b) for a in left for b in right)
