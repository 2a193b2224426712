"""Numbers, days and names of a claim in what it cites."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qa.checks.align import closest
from qa.checks.faults import Fault, Kind, shown
from qa.checks.lexicon import JOINTS, TITLES
from qa.checks.names import DAYS, kindred, known_words, names, unknown
from qa.checks.quantities import Quantity, months, quantities
from qa.checks.quotes import quotations
from qa.checks.words import Word, words
from qa.types import Verdict

if TYPE_CHECKING:
    from collections.abc import Collection

    from qa.checks.align import Change
    from qa.checks.evidence import Evidence
    from qa.checks.names import Name

LONGEST_SLOT = 4
YEARS = range(1900, 2100)


def fact_faults(text: str, proof: Evidence, known: Collection[str] = ()) -> list[Fault]:
    """The faults of numbers, days and names, in this order."""
    return [*_number_faults(text, proof), *_day_faults(text, proof), *_name_faults(text, proof, known)]


def _number_faults(text: str, proof: Evidence) -> list[Fault]:
    if not quantities(text):
        return []
    cited = [(quantity, run) for run in proof.texts for quantity in quantities(run)]
    around = quantities(proof.context)
    slots = _slots(text, proof)
    found = []
    for claimed in quantities(text):
        if _is_day(claimed, text) and str(int(claimed.value)) in proof.calendar:
            continue
        printed = _printed_in_slot(claimed, slots)
        same_unit = [(q, run) for q, run in cited if q.unit and q.unit == claimed.unit]
        if printed is None:
            if any(claimed.equals(q) and ((q, run) in same_unit or not q.unit) for q, run in cited):
                continue
            if any(claimed.equals(q) for q, _ in cited) and not same_unit:
                continue
            if not same_unit and any(claimed.equals(q) for q in around):
                continue
        words_claimed = shown(_with_unit(claimed, text))
        other = printed or next(((q, run) for q, run in same_unit if not claimed.equals(q)), None)
        if other:
            reason = f"{words_claimed} is not in the cited sentence, which says {shown(_with_unit(*other))}."
            found.append(Fault(Kind.NUMBER, Verdict.CONTRADICTED, reason))
        elif not any(claimed.equals(q) for q, _ in cited):
            found.append(Fault(Kind.NUMBER, Verdict.UNSUPPORTED, f"{words_claimed} is not in the cited sentence."))
    return found


def _is_day(quantity: Quantity, text: str) -> bool:
    """Whether a number stands beside a month, or reads as a year."""
    around = months(text[max(0, quantity.span.start - 12) : quantity.span.end + 12])
    return bool(around) or (not quantity.unit and quantity.value in YEARS)


def _with_unit(quantity: Quantity, text: str) -> str:
    """The number as printed, with the word that it counts."""
    if quantity.unit in ("", "$", "€", "£"):
        sign = quantity.unit if text[max(0, quantity.span.start - 1) : quantity.span.start] == quantity.unit else ""
        return sign + quantity.span.of(text)
    after = next((word for word in words(text) if word.start >= quantity.span.end), None)
    return (
        text[quantity.span.start : after.end]
        if after and quantity.unit != "%"
        else text[quantity.span.start : quantity.span.end]
    )


def _slots(text: str, proof: Evidence) -> list[tuple[Change, str]]:
    """Short changes framed by equal words on both sides, and the sentence they are changes of."""
    nearest = closest(text, proof.texts)
    return [
        (change, nearest.source)
        for change in nearest.changes
        if 0 < len(change.claimed) <= LONGEST_SLOT and 0 < len(change.printed) <= LONGEST_SLOT
    ]


def _printed_in_slot(claimed: Quantity, slots: list[tuple[Change, str]]) -> tuple[Quantity, str] | None:
    """The number that the cited sentence has in the claim's place, where it is another."""
    for change, source in slots:
        if any(claimed.span.start <= word.start < claimed.span.end for word in change.claimed):
            printed = [
                q for q in quantities(source) if any(q.span.start <= word.start < q.span.end for word in change.printed)
            ]
            if len(printed) == 1 and not claimed.equals(printed[0]):
                return printed[0], source
    return None


def _day_faults(text: str, proof: Evidence) -> list[Fault]:
    claimed = sorted(months(text))
    if claimed:
        there = months(proof.context) | proof.calendar
        claimed = [month for month in claimed if month not in there]
    claimed += [
        word.lower
        for word in words(text)
        if word.capital and word.lower in DAYS and not _weekday_there(word.lower, proof)
    ]
    return [
        Fault(Kind.DAY, Verdict.UNSUPPORTED, f"{shown(word.capitalize())} is not in the cited sentence.")
        for word in claimed
    ]


def _weekday_there(day: str, proof: Evidence) -> bool:
    """In the cited sentence, or where that names no weekday, around it or as a day that it can mean."""
    cited = known_words(proof.joined)
    if day in cited:
        return True
    return not any(other in cited for other in DAYS) and (day in proof.vocabulary or day in proof.calendar)


def _name_faults(text: str, proof: Evidence, known: Collection[str]) -> list[Fault]:
    given = frozenset().union(*(known_words(name) for name in known)) if known else frozenset()
    vocabulary = proof.vocabulary | given
    slots = _slots(text, proof)
    found = []
    quoted = quotations(text)
    for name in names(text):
        if any(span.start <= name.span.start < span.end for span in quoted):
            continue
        missing = unknown(name, vocabulary)
        partly_there = 0 < len(missing) < len(name.words) and not unknown(name, proof.article_vocabulary | given)
        if missing and not partly_there:
            found.append(Fault(Kind.NAME, Verdict.UNSUPPORTED, f"{shown(name.text)} is not named in what it cites."))
            continue
        printed = _named_in_slot(name, text, slots)
        if printed:
            reason = f"The cited sentence names {shown(printed)} where the claim names {shown(name.text)}."
            found.append(Fault(Kind.NAME, Verdict.CONTRADICTED, reason))
    return found


def _named_in_slot(name: Name, text: str, slots: list[tuple[Change, str]]) -> str | None:
    """The name in the claim's place in the cited sentence, where it is somebody else's and nothing else changed."""
    for change, source in slots:
        claimed, printed = _name_words(change.claimed, text), _name_words(change.printed, source)
        here = any(name.span.start <= word.start < name.span.end for word in claimed)
        if here and printed and not any(_kin(a, b) for a in claimed for b in printed):
            return source[printed[0].start : printed[-1].start + len(printed[-1].text)]
    return None


def _name_words(changed: tuple[Word, ...], text: str) -> tuple[Word, ...]:
    """The changed words that are names; none if others changed with them, titles and joints apart."""
    inside = [name.span for name in names(text)]
    named = tuple(word for word in changed if any(span.start <= word.start < span.end for span in inside))
    rest = [word for word in changed if word not in named]
    return (
        ()
        if any(word.lower not in TITLES | JOINTS for word in rest)
        else tuple(w for w in named if w.lower not in TITLES | JOINTS)
    )


def _kin(one: Word, other: Word) -> bool:
    short = {word.text.replace(".", "") for word in (one, other) if word.text.replace(".", "").isupper()}
    return kindred(one.lower.replace(".", ""), other.lower.replace(".", "")) or any(
        text[0] == other.text[0] and len(text) > 1 for text in short
    )
