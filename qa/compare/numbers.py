"""Where one voice gives another number than the others for the same thing.

Two numbers are of the same thing when unit and surroundings are the same, the sentences tell the same, and neither
article prints the other's number as well: who knows both tells two things.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from typing import TYPE_CHECKING

from qa.checks.names import CALENDAR, DAYS
from qa.checks.quantities import quantities
from qa.checks.words import stem, words
from qa.compare.bounds import compatible
from qa.compare.events import same_event

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from qa.checks.quantities import Quantity
    from qa.compare.accounts import Told

COMPARING = frozenset("more less fewer under over short".split())
"""Words after a unit that say what the number is a number of: "41 million crowns more than planned"."""
AFTER = 3
"""How many words after what is counted say what is said of it."""
FEW = 12
"""Up to here a number is common, and that two sentences share it shows little."""
BESIDE = 6
"""How many words before and after a number tell what it is a number of."""
SHARE, ALIKE, COMMON = 0.25, 0.6, 3
"""Two sentences tell the same from this share of the shorter one's content words, or this cosine, and in either case
this many words in common."""
CLOSE = 0.4
"""The cosine below which no words in common make two sentences tell the same."""
DAYS_APART = 3
"""A number that is told days later may have grown."""
ALIKE_UNDATED = 0.7
"""The cosine from which two sentences tell the same where a day of publication is not known."""
RATE = re.compile(r"\b(?:each|every|per|another|first|next|last|additional|extra|other)\s+(?:[$€£])?$", re.IGNORECASE)
RANGE_BEFORE = re.compile(
    r"(?:\d|\b(?:one|two|three|four|five|six|ten|twenty|thirty))\W{0,3}(?:to|or|and|-|–)?\W{0,2}$"
)
RANGE_AFTER = re.compile(
    r"\s?(?:to|or|-|–)\s?(?:[$€£])?\d|\s(?:to|or)\s(?:one|two|three|four|five|six|ten|twenty|thirty)\b"
)


@dataclass(frozen=True, slots=True, eq=False)
class Number:
    """A number as one voice gives it."""

    told: Told
    quantity: Quantity


@dataclass(frozen=True, slots=True)
class Disagreement:
    """One thing that is counted, and the numbers given for it, the one that most voices give first."""

    sides: tuple[tuple[Number, ...], ...]


def disagreements(told: Sequence[Told], printed: Mapping[str, str]) -> tuple[Disagreement, ...]:
    """The things that voices give different numbers for.

    Args:
        told: the sentences that are compared.
        printed: text of every article among them, by id.
    """
    numbers = [Number(one, quantity) for one in told for quantity in one.counts if _definite(quantity, one)]
    every = {article: tuple(quantities(text)) for article, text in printed.items()}
    found: list[list[Number]] = []
    for a, b in combinations(numbers, 2):
        if _differ(a, b, every):
            known = next((group for group in found if a in group or b in group), None)
            if known is None:
                found.append(known := [])
            known += [number for number in (a, b) if number not in known]
    for group in found:
        group += [n for n in numbers if n not in group and any(_gives_too(n, other) for other in tuple(group))]
    sides = (_sides(group) for group in found)
    return tuple(Disagreement(side) for side in sides if side)


def same_number(a: Number, b: Number) -> bool:
    """Whether two voices give one number for one thing."""
    if not _fit(a.quantity, b.quantity) or not a.quantity.equals(b.quantity):
        return False
    many = a.quantity.value > FEW
    named = many and a.quantity.unit == b.quantity.unit != "" and not other_days(a.told, b.told)
    return _same_thing(a, b) or (named and _tell_the_same(a.told, b.told))


def numbers_of(told: Told) -> tuple[Number, ...]:
    """The numbers in a sentence that count or measure."""
    return tuple(Number(told, quantity) for quantity in told.counts)


def _differ(a: Number, b: Number, every: Mapping[str, Sequence[Quantity]]) -> bool:
    if a.told.voice == b.told.voice or not _fit(a.quantity, b.quantity) or _can_both_be(a, b):
        return False
    dated = bool(a.told.article.published and b.told.article.published)
    if not (dated or a.told.alike(b.told) >= ALIKE_UNDATED):
        return False
    if not same_event(a.told.article, b.told.article, DAYS_APART) or not _same_thing(a, b):
        return False
    return not (_prints(a, every[b.told.article.id]) or _prints(b, every[a.told.article.id]))


def _definite(quantity: Quantity, told: Told) -> bool:
    """Whether it is an amount of its own: no rate, and no end of a range."""
    return not RATE.search(told.text[: quantity.span.start]) and not _in_range(quantity, told.text)


def _meant(number: Number, other: Number) -> bool:
    """Whether of the numbers of its kind in its sentence it alone has words around it that the other has."""
    words_there = beside(other) - CALENDAR
    alike = [Number(number.told, q) for q in number.told.counts if _fit(q, number.quantity)]
    return sum(bool(beside(one) & words_there) for one in alike) == 1


def _in_range(quantity: Quantity, text: str) -> bool:
    """Whether it is one end of "15 to 30" or "between 15 and 30"."""
    before, after = text[: quantity.span.start], text[quantity.span.end :]
    return bool(RANGE_BEFORE.search(before) or RANGE_AFTER.match(after))


@cache
def people() -> frozenset[str]:
    """Units that may be left out or exchanged: "injuring 17", "fourteen people were injured"."""
    return frozenset(map(stem, "people person man woman men women child victim".split())) | {""}


def _fit(one: Quantity, other: Quantity) -> bool:
    return one.unit == other.unit or {one.unit, other.unit} <= people()


def _can_both_be(a: Number, b: Number) -> bool:
    return compatible(a.quantity, a.told.text, b.quantity, b.told.text)


def _prints(number: Number, quantities_there: Iterable[Quantity]) -> bool:
    return any(_fit(number.quantity, q) and number.quantity.equals(q) for q in quantities_there)


def _same_thing(a: Number, b: Number) -> bool:
    left, right = beside(a), beside(b)
    if not (left - CALENDAR) & (right - CALENDAR) or not _meant(a, b) or not _meant(b, a):
        return False
    after, other_after = _after(a), _after(b)
    if after and other_after and after.isdisjoint(right) and other_after.isdisjoint(left):
        return False
    return not other_days(a.told, b.told) and _tell_the_same(a.told, b.told)


def _tell_the_same(a: Told, b: Told) -> bool:
    common = (a.stems & b.stems) - CALENDAR
    share = len(common) / max(1, min(len(a.stems), len(b.stems)))
    alike = a.alike(b)
    return len(common) >= COMMON and alike >= CLOSE and (share >= SHARE or alike >= ALIKE)


def other_days(one: Told, other: Told) -> bool:
    """Whether both name weekdays, and none in common."""
    left, right = ({word.lower for word in words(told.text)} & set(DAYS) for told in (one, other))
    return bool(left and right and not left & right)


def beside(number: Number) -> frozenset[str]:
    """Stems of the content words around a number, in its clause, its unit left out."""
    text, span = number.told.text, number.quantity.span
    everything = words(text)
    at = [i for i, word in enumerate(everything) if span.start <= word.start < span.end]
    if not at:
        return frozenset()
    first, last = at[0], at[-1]
    around = []
    for i in range(first - 1, max(-1, first - 1 - BESIDE), -1):
        if everything[i + 1].opens:
            break
        around.append(everything[i])
    for i in range(last + 1, min(len(everything), last + 1 + BESIDE)):
        if everything[i].opens:
            break
        around.append(everything[i])
    found = {word.stem for word in around if word.content}
    found |= {word.lower for word in everything[last + 1 : last + 4] if word.lower in COMPARING}
    return frozenset(found - {number.quantity.unit, stem(number.quantity.unit)})


def _after(number: Number) -> frozenset[str]:
    """What is said of the things counted right after them: "trapped" of "12 workers were trapped", "more"."""
    text, span, unit = number.told.text, number.quantity.span, number.quantity.unit
    following = [word for word in words(text) if word.start >= span.end]
    for i, word in enumerate(following[: 1 + AFTER]):
        if word.opens:
            return frozenset()
        if word.lower in COMPARING:
            return frozenset({word.lower})
        if word.content and word.stem != unit and (i or unit not in {stem(word.lower), word.stem}):
            return frozenset({word.stem})
    return frozenset()


def _gives_too(number: Number, other: Number) -> bool:
    """Whether a number repeats one of a disagreement; the same unit is enough where the sentences tell the same."""
    one, two = number.quantity, other.quantity
    repeats = one.unit == two.unit != "" and one.equals(two) and _tell_the_same(number.told, other.told)
    return (
        number.told.voice != other.told.voice
        and (repeats or same_number(number, other))
        and same_event(number.told.article, other.told.article, DAYS_APART)
    )


def _sides(group: Sequence[Number]) -> tuple[tuple[Number, ...], ...]:
    """The numbers by value; none where one voice gives both, or where there are three, which tell of several things."""
    by_value: dict[float, list[Number]] = defaultdict(list)
    for number in group:
        by_value[number.quantity.value].append(number)
    spoken = [{number.told.voice for number in side} for side in by_value.values()]
    if len(spoken) != 2 or any(one & other for one, other in combinations(spoken, 2)):  # noqa: PLR2004
        return ()
    ordered = sorted(by_value.values(), key=lambda side: -len({number.told.voice for number in side}))
    return tuple(tuple({number.told.voice: number for number in reversed(side)}.values()) for side in ordered)
