"""Words that name a day, and the day they mean in an article of a known day.

A day is only taken where it is beyond doubt. An article may be filed a day before it is written where its outlet is
(the sun rises earlier in Tokyo), so that "on Friday" in an article of Thursday may be the day after as well as six days
before: such words name no day. Nor do "last Friday" and "next Friday", which English speakers take for different days,
and "last night", which an article that is written over the night prints on either day.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache

from dateutil.parser import parserinfo
from dateutil.relativedelta import relativedelta

_NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7}
_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?)\b\.?"
)
_DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?![\d:.]*\d)"
_YEAR = r"(?:19|20)\d\d\b"
MENTION = re.compile(
    rf"""\b(?:(?P<m1>{_MONTH})\ (?P<d1>{_DAY})(?:,?\ (?P<y1>{_YEAR}))?
    | (?P<d2>{_DAY})(?:\ of)?\ (?P<m2>{_MONTH})(?:,?\ (?P<y2>{_YEAR}))?
    | (?:(?P<which>last|next|this|past|coming|following|previous)\ )?
      (?P<weekday>(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)
    | (?P<near>[Yy]esterday|[Tt]oday|[Tt]onight|[Tt]omorrow|[Tt]his\ (?:morning|afternoon|evening))
    | (?P<ago>[1-7]|{"|".join(f"[{name[0].upper()}{name[0]}]{name[1:]}" for name in _NUMBERS)})\ days?\ ago)
    \b(?!['’]s\b|-)""",
    re.VERBOSE,
)
_NEAR = {"yesterday": -1, "tomorrow": 1}

WEEK = 7
DOUBTFUL = 6
"""Days to a weekday from which on it may be the one on the other side, a day away."""
ACROSS_YEARS = 60
"""Days to a date without a year, where these cross New Year; else newspapers print the year of another year's date."""
BACKGROUND = 366
"""What is further than this from the day of publication is no part of the story."""


WITH_DATE = re.compile(r",? (?:the )?")


class Tense(StrEnum):
    """Whether what is told has happened or is announced."""

    PAST = "past"
    FUTURE = "future"


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that name a day: `text[start:end]`."""

    start: int
    end: int
    parts: tuple[tuple[str, str], ...]

    def day(self, published: date | None, tense: Tense) -> date | None:
        """The day that is meant, or None where that is not beyond doubt.

        Args:
            published: the article's day; without it only a date with a year names one.
            tense: of the verb that the day belongs to.
        """
        parts = dict(self.parts)
        if "m1" in parts or "m2" in parts:
            found = _dated(parts, published, tense)
        elif published is None:
            return None
        elif "weekday" in parts:
            found = _weekday(parts["weekday"], parts.get("which"), published, tense)
        elif "near" in parts:
            found = published + timedelta(days=_NEAR.get(parts["near"].lower(), 0))
        else:
            ago = parts["ago"].lower()
            found = published - timedelta(days=_NUMBERS.get(ago) or int(ago))
        if found is None or ("named" in parts and found.weekday() != parserinfo().weekday(parts["named"])):
            return None
        if published is None:
            return found
        fits = found <= published if tense is Tense.PAST else found >= published
        return found if fits and abs((found - published).days) <= BACKGROUND else None


def mentions(text: str) -> tuple[Mention, ...]:
    """The words in `text` that name a day, in order; "Thursday, July 14" is the date, where it is a Thursday."""
    found: list[Mention] = []
    for match in MENTION.finditer(text):
        parts = {name: value for name, value in match.groupdict().items() if value}
        start = match.start()
        before = found[-1] if found else None
        if before and {"m1", "m2"} & parts.keys() and WITH_DATE.fullmatch(text[before.end : start]):
            weekday = dict(before.parts).get("weekday")
            if weekday:
                found.pop()
                start, parts = before.start, parts | {"named": weekday}
        found.append(Mention(start, match.end(), tuple(parts.items())))
    return tuple(found)


def _weekday(name: str, which: str | None, published: date, tense: Tense) -> date | None:
    number = parserinfo().weekday(name)
    assert number is not None, "the pattern holds weekdays only"
    back = (published.weekday() - number) % WEEK
    if which == "last" and back == 0 and tense is Tense.PAST:
        return published - timedelta(days=WEEK)
    if which not in (None, "this"):
        return None
    days = -back if tense is Tense.PAST else (WEEK - back) % WEEK
    return published + timedelta(days=days) if abs(days) < DOUBTFUL else None


def _dated(parts: dict[str, str], published: date | None, tense: Tense) -> date | None:
    month, number = parts.get("m1") or parts.get("m2"), parts.get("d1") or parts.get("d2")
    year = parts.get("y1") or parts.get("y2")
    if not month or not number or not (year or published):
        return None
    try:
        if year:
            return date(int(year), _month(month), int(re.sub(r"\D", "", number)))
        assert published is not None, "a date without a year is looked up from the day of publication"
        found = date(published.year, _month(month), int(re.sub(r"\D", "", number)))
        if tense is Tense.PAST and found > published:
            found -= relativedelta(years=1)
        elif tense is Tense.FUTURE and found < published:
            found += relativedelta(years=1)
    except ValueError:
        return None
    near = abs((found - published).days) <= ACROSS_YEARS
    return found if near or found.year == published.year else None


@cache
def _month(name: str) -> int:
    number = parserinfo().month(name.rstrip("."))
    if number is None:
        raise ValueError(name)
    return number
