"""Numbers with their units, and days, as values that can be compared."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from index.types import Span
from qa.checks.names import MONTHS, SHORT_MONTHS
from qa.checks.words import Word, words


def listed_in_order(words: str, step: int = 1) -> dict[str, float]:
    """The numbers that words stand for, counted from nought by `step`."""
    return {word: float(step * place) for place, word in enumerate(words.split())}


ONES = listed_in_order(
    """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
    eighteen nineteen"""
)
TENS = listed_in_order("zero ten twenty thirty forty fifty sixty seventy eighty ninety", step=10)
COUNTED = TENS | ONES
SCALES = {
    "hundred": 100, "thousand": 1e3, "k": 1e3, "million": 1e6, "m": 1e6, "mn": 1e6, "billion": 1e9, "bn": 1e9,
    "b": 1e9, "trillion": 1e12, "dozen": 12, "score": 20,
}  # fmt: skip
FRACTIONS = {
    "½": 0.5,
    "¼": 0.25,
    "¾": 0.75,
    "⅓": 1 / 3,
    "⅔": 2 / 3,
    "1/2": 0.5,
    "1/4": 0.25,
    "3/4": 0.75,
    "1/3": 1 / 3,
}
UNITS = {
    "per cent": "%", "percent": "%", "percentage": "%", "pc": "%", "%": "%", "dollars": "$", "dollar": "$", "$": "$",
    "usd": "$", "euros": "€", "euro": "€", "€": "€", "pounds": "£", "pound": "£", "£": "£", "km": "kilometre",
    "kilometers": "kilometre", "kilometer": "kilometre", "kilometres": "kilometre", "meters": "metre", "meter": "metre",
    "metres": "metre", "m": "metre", "mph": "mph", "kg": "kilogram", "hrs": "hour", "hr": "hour", "mins": "minute",
    "min": "minute", "yrs": "year",
}  # fmt: skip
SPELLED_SCALES = {"hundred": 100.0, "dozen": 12.0, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
THOUSAND = 1000
LONGEST_SPELLED = 8
NUMBER = re.compile(
    r"(?P<sign>[$€£])?\s?(?P<digits>\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    r"(?P<fraction>\s?[½¼¾⅓⅔]|[\s-]\d/\d(?!\d))?(?P<ordinal>st|nd|rd|th)?(?P<percent>\s?%)?"
    r"|(?P<bare>[½¼¾⅓⅔])"
)
ABOUT = re.compile(
    r"\b(?:about|around|nearly|almost|roughly|approximately|some|more than|over|at least|up to|fewer than|less than"
    r"|close to|just under|just over|an estimated)\W+(?:[$€£])?$",
    re.IGNORECASE,
)
ROUNDED = 0.07
"""How far a number told as "about" may lie from the printed one."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as it is printed.

    Attributes:
        value: what it amounts to.
        unit: what is counted: %, a currency, or the stem of the noun after it; empty where there is none.
        rounded: whether it is told as about that much.
        span: the number's place, unit left out.
    """

    value: float
    unit: str
    rounded: bool
    span: Span

    def equals(self, other: Quantity) -> bool:
        """Whether both amount to the same, rounded where one says so."""
        if self.value == other.value:
            return True
        near = abs(self.value - other.value) <= ROUNDED * max(abs(self.value), abs(other.value))
        return near and (self.rounded or other.rounded) and max(self.value, other.value) > 12  # noqa: PLR2004


@lru_cache(maxsize=4096)
def quantities(text: str) -> tuple[Quantity, ...]:
    """The numbers in `text`, in figures and in words, in order. "One" and "second" are no numbers on their own."""
    tokens = words(text)
    found: list[Quantity] = []
    taken = 0
    for match in NUMBER.finditer(text):
        start, end = match.span()
        start += len(match[0]) - len(match[0].lstrip())
        if (start and (text[start - 1].isalpha() or text[start - 1] in ".@#")) or start < taken:
            continue
        value = float((match["digits"] or "0").replace(",", ""))
        value += FRACTIONS.get((match["fraction"] or match["bare"] or "").strip(" -"), 0.0)
        after = [word for word in tokens if word.start >= end][:4]
        value, end, after = _scaled(value, end, after, text)
        unit = match["sign"] or ("%" if match["percent"] else _unit(after, end, text))
        found.append(Quantity(value, unit, bool(ABOUT.search(text[:start])), Span(start, end)))
        taken = end
    found += _spelled(text, tokens)
    return tuple(sorted(found, key=lambda quantity: quantity.span.start))


def _scaled(value: float, end: int, after: list[Word], text: str) -> tuple[float, int, list[Word]]:
    while after and after[0].lower in SCALES and not text[end : after[0].start].strip(" -"):
        if after[0].lower in ("m", "k", "b") and after[0].start > end:
            break
        value, end, after = value * SCALES[after[0].lower], after[0].end, after[1:]
    return value, end, after


def _unit(after: list[Word], end: int, text: str) -> str:
    if not after or text[end : after[0].start].strip(" -–"):
        return ""
    if after[0].lower == "per" and len(after) > 1 and after[1].lower == "cent":
        return "%"
    return UNITS.get(after[0].lower, after[0].stem if after[0].content else "")


def _spelled(text: str, tokens: tuple[Word, ...]) -> list[Quantity]:
    """Numbers in words: "twenty-one", "two thousand", "a dozen", "half a million"."""
    found: list[Quantity] = []
    at = 0
    while at < len(tokens):
        value, used = _read_words(tokens, at, text)
        if value is None:
            at += 1
            continue
        span = Span(tokens[at].start, tokens[at + used - 1].end)
        unit = _unit(list(tokens[at + used : at + used + 3]), span.end, text)
        if not (value == 1 and used == 1):
            found.append(Quantity(value, unit, bool(ABOUT.search(text[: span.start])), span))
        at += used
    return found


def _read_words(tokens: tuple[Word, ...], at: int, text: str) -> tuple[float | None, int]:
    """The value of the number in words that begins at a token, and how many tokens it takes; None for no number."""
    total, current, used = 0.0, None, 0
    for number in range(at, min(at + LONGEST_SPELLED, len(tokens))):
        word = tokens[number].lower
        if used and text[tokens[number - 1].end : tokens[number].start].strip(" -"):
            break
        counted, scale = COUNTED.get(word), SPELLED_SCALES.get(word)
        if counted is not None and _fits(current, counted):
            current = (current or 0.0) + counted
        elif scale and (current is not None or _article_before(tokens, at)):
            current = (current or 1.0) * scale
            if scale >= THOUSAND:
                total, current = total + current, None
        elif not (word == "and" and used and tokens[number - 1].lower in SPELLED_SCALES and _goes_on(tokens, number)):
            break
        used += 1
    return (total + (current or 0.0), used) if used else (None, 0)


def _fits(current: float | None, counted: float) -> bool:
    """Whether a number below a hundred can be added: to none, to whole tens (if it is below ten), to whole hundreds."""
    if current is None:
        return True
    if counted < TENS["ten"]:
        return current > 0 and current % 10 == 0 and current % 100 != TENS["ten"]
    return current > 0 and current % 100 == 0


def _article_before(tokens: tuple[Word, ...], at: int) -> bool:
    return at > 0 and tokens[at - 1].lower in ("a", "an", "half")


def _goes_on(tokens: tuple[Word, ...], number: int) -> bool:
    return number + 1 < len(tokens) and tokens[number + 1].lower in COUNTED


def months(text: str) -> frozenset[str]:
    """The months named in `text`, in full; "may" and "march" only with a capital."""
    found = set()
    for word in words(text):
        lower = word.lower.rstrip(".")
        if word.capital and not (word.first and lower in ("may", "march")):
            month = lower if lower in MONTHS else SHORT_MONTHS.get(lower)
            found |= {month} if month else set()
    return frozenset(found)
