"""What a question wants to have counted, and the numbers of a sentence that count."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from index.lexical import stems
from qa.checks.lexicon import FUNCTION
from qa.checks.names import CALENDAR
from qa.checks.quantities import months, quantities
from qa.checks.words import words

if TYPE_CHECKING:
    from qa.checks.quantities import Quantity

YEARS = range(1600, 2100)
CURRENCIES = frozenset("$€£")
NO_YEAR = frozenset({"peopl", "%"}) | CURRENCIES
"""Units that make four digits a number and no year."""
CLOCK = re.compile(r"\s*(?:[ap]\.?m\b|o['’]clock)|[:.]\d\d\b", re.IGNORECASE)
AGE = re.compile(r"^-year|^ years? old\b")
AGED = re.compile(r"^[,.)]")
PART = re.compile(
    r"(?:^|\s)(?:no|number|article|section|chapter|phase|level|page|route|flight|highway|interstate|rule)s?\.?\s$",
    re.IGNORECASE,
)
"""Words before a number that make it a name."""

HOW_MANY = re.compile(r"\bhow many\b(?P<thing>[^,;:?]*)", re.IGNORECASE)
HOW_LONG = re.compile(r"\bhow long\b", re.IGNORECASE)
SHARE = re.compile(r"\b(?:what|which) (?:\w+ )?(?:percentage|share|proportion)\b", re.IGNORECASE)
MONEY = re.compile(
    r"\bhow much\b(?=.*\b(?:pa(?:y|ys|id|ying)|spen[dt]\w*|costs?|prices?|worth|fine[ds]?|earn\w*|ow(?:e|es|ed)"
    r"|donat\w+|invest\w*|rais(?:e|es|ed|ing)|s[eo]ld|sell\w*|b(?:uy|ought)\w*|money|dollars|loans?|salary))",
    re.IGNORECASE,
)
# What may stand between "how many" and what is counted.
BEFORE = frozenset("more other of the these those his her its their our your".split())
SOON = 4
"""How many words after a number what it counts may stand: "two million infant swings"."""


def counted(question: str) -> frozenset[str]:
    """Units and stems of what a question wants counted: "people" of "How many people"; empty where it is not said."""
    if HOW_LONG.search(question):
        return durations()
    if SHARE.search(question):
        return frozenset("%")
    if MONEY.search(question):
        return money()
    match = HOW_MANY.search(question)
    found = frozenset(stems(" ".join(_first_phrase(match["thing"])))) if match else frozenset()
    return people() if found & people() else found


def _first_phrase(text: str) -> list[str]:
    """The words that carry content up to the first that does not, which "more" and "of the" may go before."""
    phrase: list[str] = []
    for word in words(text):
        if word.lower not in FUNCTION:
            phrase.append(word.text)
        elif phrase or word.lower not in BEFORE:
            break
    return phrase


def tells(things: frozenset[str], text: str) -> bool:
    """Whether a sentence gives a number of one of these things."""
    return any(_of(quantity, things, text) for quantity in quantities(text) if counts(quantity, text))


def _of(quantity: Quantity, things: frozenset[str], text: str) -> bool:
    after = [word for word in words(text) if word.start >= quantity.span.end][:SOON]
    opens = next((i for i, word in enumerate(after) if word.opens), len(after))
    return quantity.unit in things or any(things.intersection(stems(word.text)) for word in after[:opens])


def counts(quantity: Quantity, text: str) -> bool:
    """Whether a number tells how many or how much."""
    before, after = text[: quantity.span.start], text[quantity.span.end :]
    beside = months(text[max(0, quantity.span.start - 12) : quantity.span.end + 12])
    year = quantity.value in YEARS and re.fullmatch(r"\d{4}", quantity.span.of(text)) and quantity.unit not in NO_YEAR
    dated = bool(beside) and quantity.value <= 31 and not re.match(r"[\s-](?:people|per cent|percent|%)", after)  # noqa: PLR2004
    printed = quantity.span.of(text)
    ordinal = bool(re.search(r"\d(?:st|nd|rd|th)$", printed)) or bool(re.match(r"(?:st|nd|rd|th)\b", after))
    named = before.endswith(("#", "-")) or bool(PART.search(before)) or quantity.unit in CALENDAR
    decade = after.startswith("s") and quantity.value in YEARS
    aged = bool(AGE.match(after)) or (before.endswith(", ") and bool(AGED.match(after)) and not quantity.unit)
    return not (bool(year) or dated or ordinal or named or decade or aged or CLOCK.match(after))


@cache
def durations() -> frozenset[str]:
    """Stems of the units of time."""
    return frozenset(stem for word in "second minute hour day week month year night".split() for stem in stems(word))


@cache
def money() -> frozenset[str]:
    """Signs and stems of the names of currencies."""
    named = "yen yuan rupee rouble ruble franc crown krona krone peso lira shekel dinar dirham riyal forint zloty"
    return CURRENCIES.union(stem for word in named.split() for stem in stems(word))


@cache
def people() -> frozenset[str]:
    """Stems of the words by which people are counted."""
    named = (
        "people person passenger worker soldier civilian man woman child victim employee resident officer troop student"
        " journalist migrant protester demonstrator american member patient survivor men women children"
    )
    return frozenset(stem for word in named.split() for stem in stems(word))
