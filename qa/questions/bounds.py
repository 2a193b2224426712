"""Which days named in a question bound the days of publication, and which belong to what is asked.

An event is told long after its day, so a day that dates an event never cuts off later articles, and often bounds
nothing at all: "the March 2018 attack", "who won in 2016", "agreed to return on 26 March". Both ends hold for a
question about reporting, and for what was said or happened in a span of time.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from qa.acts import asked_act
from qa.asked import FUNCTION_WORDS, content_words
from qa.questions.times import Relation, Time, times

if TYPE_CHECKING:
    from collections.abc import Sequence

_REPORTED = re.compile(
    r"\b(?:report(?:s|ed|ing)?|coverage|cover(?:s|ed)?|wr(?:ote|ite|itten)|publish\w*|articles?|headlines?|papers"
    r"|the press|media)\b",
    re.IGNORECASE,
)
_HAPPENED = re.compile(
    r"\bhappen(?:s|ed|ing)?\b|\bwhat['’]s new\b|\bwhat(?: is|['’]s)? (?:the )?(?:latest|news|new)\b"
    r"|\b(?:is|was) known\b"
    r"|\b(?:what|which) .{0,30}\bnews\b",
    re.IGNORECASE,
)
_COMING = re.compile(
    r"\b(?:will|won't|going to|plan(?:s|ned|ning)?|due|expect(?:s|ed)?|scheduled|forecast"
    r"|predict\w*|upcoming|should)\b",
    re.IGNORECASE,
)
_ATTACHED = re.compile(
    r"\b(?:about|of|on|over|regarding|concerning|for|after|during|at|into|to)\s+"
    r"(?:the|an?|this|that|these|those|his|her|its|their)\s+(?:[\w’'-]+\s+){1,6}$",
    re.IGNORECASE,
)
_CONTENT = re.compile(
    r"\b(?:says?|said|claim(?:s|ed)?|argued?|stated?)\s+(?!(?:about|on|of|to|in|at|during|regarding|over|when|after|before)\b)\w",
    re.IGNORECASE,
)
"""What is said follows as a clause of its own, to which days in it belong."""
_TO_DO = re.compile(r"\bto (?!the\b|an?\b|his\b|her\b|their\b|its\b)[a-z]+\b[^,]*$")
LEAST_WORDS = 2
"""Words of content that a question keeps when the words of its days are taken out."""


@dataclass(frozen=True, slots=True)
class Bound:
    """Days of publication, and the words that named them."""

    words: str
    since: date | None
    until: date | None


@dataclass(frozen=True, slots=True)
class Bounded:
    """The bounds of a question and the question without the words that only say them."""

    bounds: tuple[Bound, ...]
    rest: str


def bounded(text: str, newest: date | None, *, covers: bool = False) -> Bounded:
    """Reads the days of `text` that bound publication.

    Args:
        newest: the archive's newest day; without one no day is read.
        covers: whether the question asks for what an outlet reports.
    """
    if newest is None:
        return Bounded((), text)
    bounds, taken = [], []
    for time in times(text, newest):
        bound, superfluous = _bound(text, time, newest, covers=covers or bool(_REPORTED.search(text)))
        if bound:
            bounds.append(bound)
            taken += [time] if superfluous else []
    return Bounded(tuple(bounds), _without(text, taken))


def fragment(text: str, newest: date | None) -> tuple[Bound, Time] | None:
    """The bound that a bare time asks for ("and in 2018?", "since March?"); None where there are other words.

    In a follow-up the days stand for themselves, so both ends hold.
    """
    found = times(text, newest) if newest else ()
    if len(found) != 1 or content_words(text[: found[0].start] + " " + text[found[0].end :]):
        return None
    time = found[0]
    if time.relation is None:
        return None
    return _bare(time, text[time.start : time.end]), time


def _bare(time: Time, words: str) -> Bound:
    match time.relation:
        case Relation.SINCE:
            return Bound(words, time.first, None)
        case Relation.AFTER:
            return Bound(words, time.last + timedelta(days=1), None)
        case Relation.BEFORE:
            return Bound(words, None, time.first - timedelta(days=1))
        case Relation.UNTIL:
            return Bound(words, None, time.last)
        case _:
            return Bound(words, time.first, time.last)


def _bound(text: str, time: Time, newest: date, *, covers: bool) -> tuple[Bound | None, bool]:
    """The bound that a time sets, if any, and whether its words say nothing more."""
    if time.relation is None or time.first > newest or _names_a_thing(text, time):
        return None, False
    before = text[: time.start]
    bare = _bare(time, text[time.start : time.end])
    if time.relation in (Relation.SINCE, Relation.AFTER):
        return (bare, True) if bare.since and bare.since <= newest else (None, False)
    if _COMING.search(text) or _TO_DO.search(before):
        return None, False
    told = covers or asked_act(text) is not None or bool(_HAPPENED.search(text))
    if time.relation in (Relation.BEFORE, Relation.UNTIL):
        return (bare, True) if covers or (told and time.relation is Relation.BEFORE) else (None, False)
    return _spanned(bare, time, before, newest, covers=covers, told=told)


def _spanned(
    bare: Bound, time: Time, before: str, newest: date, *, covers: bool, told: bool
) -> tuple[Bound | None, bool]:
    """The bound of a day or span, open at its end where what happened in it may be told later."""
    if not told and not time.relative and time.relation is not Relation.BETWEEN:
        return None, False
    attached = time.relation is Relation.WITHIN and bool(_ATTACHED.search(before) or _CONTENT.search(before))
    one_day = time.is_day and not covers
    if not told or attached or one_day or (time.relative and time.last >= newest):
        return replace(bare, until=None), time.relative and not (told and one_day)
    return bare, True


def _names_a_thing(text: str, time: Time) -> bool:
    """Whether the time is a piece of a name: a word of content follows at once ("the 2016 election")."""
    following = re.match(r"\s+([^\W_][\w’'-]*)", text[time.end :])
    if time.relative or following is None or time.relation is Relation.BETWEEN:
        return False
    return following[1].lower() not in FUNCTION_WORDS


def _without(text: str, taken: Sequence[Time]) -> str:
    rest = text
    for time in reversed(taken):
        before, after = rest[: time.start].rstrip(" ,"), rest[time.end :]
        shorter = f"{before}{after}" if before else after.lstrip(" ,")
        if len(content_words(shorter)) >= LEAST_WORDS:
            rest = shorter
    return rest
