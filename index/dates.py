"""From a date as somebody wrote it to a day, without inventing a part that is not there."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?!\d)")
COMPACT = re.compile(r"(?:19|20)\d{6}")
EPOCH = re.compile(r"\d{10}(?:\d{3})?(?:\.\d+)?")
YEAR = re.compile(r"(?<!\d)(?:1[6-9]|20)\d\d(?!\d)")
FIRST_YEAR = 1600


def day(written: str) -> str | None:
    """The day as YYYY-MM-DD, or None where `written` does not tell year, month and day beyond doubt.

    "2019-10-05T23:10:00+09:00" is the day it names, not the day in another time zone. "05/10/2019" could be
    May or October and is None; so are "October 2019" and "Saturday".
    """
    text = " ".join(written.split())
    if match := ISO.match(text):
        return _valid(int(match[1]), int(match[2]), int(match[3]))
    if COMPACT.fullmatch(text):
        return _valid(int(text[:4]), int(text[4:6]), int(text[6:]))
    if EPOCH.fullmatch(text):
        seconds = float(text) / (1000 if len(text.split(".")[0]) > len("1234567890") else 1)
        return datetime.fromtimestamp(seconds, UTC).date().isoformat()
    return _parsed(text) if YEAR.search(text) else None


def _valid(year: int, month: int, number: int) -> str | None:
    try:
        found = date(year, month, number)
    except ValueError:
        return None
    tomorrow = datetime.now(UTC).date() + timedelta(days=1)
    return found.isoformat() if year >= FIRST_YEAR and found <= tomorrow else None


def _parsed(text: str) -> str | None:
    """What dateutil reads, where two defaults and both orders of day and month give one day."""
    from dateutil import parser

    days = set()
    for default in (datetime(2000, 1, 1), datetime(2003, 2, 2)):  # noqa: DTZ001
        for day_first in (False, True):
            try:
                found = parser.parse(text, default=default, dayfirst=day_first, ignoretz=True)
            except (ValueError, OverflowError, TypeError):
                return None
            days.add(found.date())
    only = days.pop()
    return None if days else _valid(only.year, only.month, only.day)
