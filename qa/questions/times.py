"""The days that a question names, with the word that says how: since, before, in, on, between, or by themselves."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache

from dateutil.parser import parserinfo
from dateutil.relativedelta import relativedelta


class Relation(StrEnum):
    """How a time is told."""

    SINCE = "since"
    AFTER = "after"
    BEFORE = "before"
    UNTIL = "until"
    BETWEEN = "between"
    WITHIN = "within"


@dataclass(frozen=True, slots=True)
class Time:
    """Days that `text[start:end]` names, from `first` to `last`, both included.

    Attributes:
        relation: None where no word says how, so that the days belong to the words around them ("the 2016 election").
        relative: whether they count from the newest day ("last week").
    """

    start: int
    end: int
    first: date
    last: date
    relation: Relation | None
    relative: bool

    @property
    def is_day(self) -> bool:
        """Whether it is one day."""
        return self.first == self.last


_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?)\b\.?"
)
_YEAR = r"(?:19|20)\d\d(?!\d|s\b)"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?\b"
_WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b"
_UNIT = r"(?:day|week|month|year)"
_NUMBERS = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "few": 3}
_NUMBER = rf"(?:\d{{1,3}}|{'|'.join(_NUMBERS)})"

_ABSOLUTE = (
    rf"(?:(?P<iso>\d{{4}}-\d\d-\d\d)|(?P<d1>{_DAY})(?: of)? (?P<m1>{_MONTH})(?:,? (?P<y1>{_YEAR}))?"
    rf"|(?P<m2>{_MONTH}) (?P<d2>{_DAY})(?:,? (?P<y2>{_YEAR}))?|(?P<m3>{_MONTH}),?(?: (?P<y3>{_YEAR}))?|(?P<y4>{_YEAR}))"
)
_RELATIVE = (
    rf"(?:(?P<near>yesterday|today)|(?P<ago>{_NUMBER}) (?P<agounit>{_UNIT})s? ago"
    rf"|(?:the )?(?:last|past|previous) (?P<n>{_NUMBER}) (?P<unit>{_UNIT}|hour)s?\b|the past (?P<past>{_UNIT})\b"
    rf"|(?P<which>this|last) (?P<period>week|month|year)\b|(?:(?P<lastday>last|this) )?(?P<weekday>{_WEEKDAY}))"
)
_ONE = re.compile(rf"(?<![\w/-]){_ABSOLUTE}(?![\w/-])", re.IGNORECASE)
_NEAR = re.compile(rf"(?<![\w/-]){_RELATIVE}(?!['’]s\b)(?![\w/-])", re.IGNORECASE)
_BOUND = rf"{_MONTH}(?: {_DAY})?(?:,? {_YEAR})?|{_YEAR}|[\d-]{{10}}"
_TWO = re.compile(
    rf"\b(?:between|from) (?P<from>{_DAY}(?: {_MONTH})?(?:,? {_YEAR})?|{_BOUND})"
    rf" (?:and|to|until|till) (?:the )?(?P<to>{_DAY} {_MONTH}(?:,? {_YEAR})?|{_BOUND})",
    re.IGNORECASE,
)
_LEAD = re.compile(
    r"\b(?:(?P<since>since|starting|as of|from(?=.*\bon(?:wards?)?\b))|(?P<after>after)|(?P<before>before|prior to)"
    r"|(?P<until>until|till|up to|through|by)|(?P<within>in|on|during|within))(?: the)? $",
    re.IGNORECASE,
)
_ON = re.compile(r" on(?:wards?)?\b(?! \w)", re.IGNORECASE)


def times(text: str, newest: date) -> tuple[Time, ...]:
    """The days named in `text`, in order.

    Args:
        newest: a month or day without a year is the last one not after this day; "last week" is the calendar week
            before the one it lies in.
    """
    found = [time for match in _TWO.finditer(text) if (time := _between(match, newest))]
    for pattern, read in ((_ONE, _absolute), (_NEAR, _relative)):
        for match in pattern.finditer(text):
            overlaps = any(match.start() < t.end and t.start < match.end() for t in found)
            if not overlaps and _written(match, text) and (days := read(match, newest)):
                found.append(_led(text, match, days, relative=pattern is _NEAR))
    return tuple(sorted(found, key=lambda time: time.start))


def _written(match: re.Match[str], text: str) -> bool:
    """Whether a bare month is written as one and not as a verb or a name ("may", "march", "Theresa May said")."""
    groups = match.groupdict()
    month = groups.get("m3")
    if not month or groups.get("y3"):
        return True
    leads = bool(_LEAD.search(text[: match.start()])) or text[: match.start()].lower().endswith(("last ", "this "))
    return month[0].isupper() and leads and not text[match.end() :].startswith(("’s", "'s"))


def _led(text: str, match: re.Match[str], days: tuple[date, date], *, relative: bool) -> Time:
    lead = _LEAD.search(text[: match.start()])
    relation = Relation(lead.lastgroup) if lead and lead.lastgroup else Relation.WITHIN if relative else None
    end = match.end()
    if lead and relation is Relation.SINCE and (on := _ON.match(text[end:])):
        end += on.end()
    return Time(lead.start() if lead else match.start(), end, *days, relation, relative)


def _between(match: re.Match[str], newest: date) -> Time | None:
    last = _ONE.fullmatch(match["to"])
    if last is None or not (end := _absolute(last, newest)):
        return None
    begun = match["from"]
    if re.fullmatch(_DAY, begun):
        begun = f"{begun} {end[1]:%B %Y}"
    elif not re.search(r"\d{4}", begun):
        begun = f"{begun} {end[1]:%Y}"
    first = _ONE.fullmatch(begun)
    start = _absolute(first, newest) if first else None
    if not start or start[0] > end[1]:
        return None
    return Time(match.start(), match.end(), start[0], end[1], Relation.BETWEEN, relative=False)


def _absolute(match: re.Match[str], newest: date) -> tuple[date, date] | None:
    part = match.groupdict()
    try:
        if part["iso"]:
            day = date.fromisoformat(part["iso"])
            return day, day
        if part["y4"]:
            return date(int(part["y4"]), 1, 1), date(int(part["y4"]), 12, 31)
        month = _month((part["m1"] or part["m2"] or part["m3"]).rstrip("."))
        year = part["y1"] or part["y2"] or part["y3"]
        number = int(re.sub(r"\D", "", part["d1"] or part["d2"] or "1"))
        first = date(int(year) if year else newest.year, month, number)
    except ValueError:
        return None
    if not year and first > newest:
        first -= relativedelta(years=1)
    last = first if part["d1"] or part["d2"] else first + relativedelta(months=1, days=-1)
    return first, last


def _relative(match: re.Match[str], newest: date) -> tuple[date, date] | None:
    part = {name: value.lower() for name, value in match.groupdict().items() if value}
    if near := part.get("near"):
        day = newest - timedelta(days=near == "yesterday")
        return day, day
    if ago := part.get("ago"):
        day = newest - _span(ago, part["agounit"])
        return day, day if part["agounit"] == "day" else newest
    if number := part.get("n"):
        return newest - _span(number, part["unit"]), newest
    if past := part.get("past"):
        return newest - _span("1", past), newest
    if weekday := part.get("weekday"):
        number_of_day = parserinfo().weekday(weekday)
        assert number_of_day is not None, "the pattern holds weekdays only"
        back = (newest.weekday() - number_of_day) % 7
        day = newest - timedelta(days=back or (7 if part.get("lastday") == "last" else 0))
        return day, day
    return _period(part["period"], newest, before=part["which"] == "last")


def _period(period: str, newest: date, *, before: bool) -> tuple[date, date]:
    start = {
        "week": newest - timedelta(days=newest.weekday()),
        "month": newest.replace(day=1),
        "year": newest.replace(month=1, day=1),
    }[period]
    step = relativedelta(**{f"{period}s": 1})  # type: ignore[arg-type]
    return (start - step, start - timedelta(days=1)) if before else (start, newest)


def _span(number: str, unit: str) -> relativedelta:
    count = _NUMBERS.get(number) or int(number)
    return relativedelta(days=-(-count // 24)) if unit == "hour" else relativedelta(**{f"{unit}s": count})  # type: ignore[arg-type]


@cache
def _month(name: str) -> int:
    number = parserinfo().month(name)
    if number is None:
        raise ValueError(name)
    return number
