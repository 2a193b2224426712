"""Which of the limits that a question names are in force: one that lets no article through is dropped, and said."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from qa.questions.limits import Asked, Limit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.archive import Archive
    from index.types import Filters


def in_force(limits: Sequence[Limit], given: Filters, archive: Archive) -> tuple[tuple[Limit, ...], tuple[str, ...]]:
    """The limits that hold together, days given up before outlets, and a note on each that was dropped."""
    kept = tuple(limits)
    days, outlets = (tuple(limit for limit in limits if bool(limit.outlets) is told) for told in (False, True))
    for tried in (kept, outlets, days, ()):
        if not tried or archive.catalogue.select(limited(given, tried)):
            kept = tried
            break
    dropped = [limit.words for limit in limits if limit not in kept]
    return kept, tuple(f"No article is “{words}”, so this limit was left aside." for words in dropped)


def limited(given: Filters, limits: Sequence[Limit]) -> Filters:
    """What a person set by hand, and beside it what the question's words limit."""
    read = Asked("", tuple(limits)).filters
    return replace(
        given,
        outlets=given.outlets or read.outlets,
        since=given.since or read.since,
        until=given.until or read.until,
    )
