"""What the reading of a question comes to: questions that stand alone, and the filters that their words named."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date  # noqa: TC003  pydantic reads the annotations where an answer holds these
from typing import TYPE_CHECKING

from index.types import Filters

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class Known:
    """What of an archive the reading of a question depends on.

    Attributes:
        outlets: every outlet as the archive spells it.
        newest: the newest day of publication, from which "last week" counts; None leaves days unread.
    """

    outlets: tuple[str, ...] = ()
    newest: date | None = None


@dataclass(frozen=True, slots=True)
class Limit:
    """A filter that words of a question named: outlets or days, never both.

    Attributes:
        words: the words as they were typed ("according to the BBC", "since March").
        turn: the turn of the conversation that named it, the first is 1.
        outlets: as the archive spells them.
        since, until: days of publication, both included.
    """

    words: str
    turn: int
    outlets: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """One question that stands alone, and its limits.

    Attributes:
        text: without the words of those limits that would only mislead a search.
        limits: outlets first, then days.
    """

    text: str
    limits: tuple[Limit, ...] = ()

    @property
    def filters(self) -> Filters:
        """All limits together."""
        since = [limit.since for limit in self.limits if limit.since]
        until = [limit.until for limit in self.limits if limit.until]
        outlets = dict.fromkeys(outlet for limit in self.limits for outlet in limit.outlets)
        return Filters(
            outlets=tuple(outlets),
            since=max(since) if since else None,
            until=min(until) if until else None,
        )


def over(new: Iterable[Limit], old: Iterable[Limit]) -> tuple[Limit, ...]:
    """The new limits, and of the old ones those of a kind that the new ones leave alone."""
    limits = tuple(new)
    kinds = {bool(limit.outlets) for limit in limits}
    kept = tuple(limit for limit in old if bool(limit.outlets) not in kinds)
    return tuple(sorted((*limits, *kept), key=lambda limit: not limit.outlets))
