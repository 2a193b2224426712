"""The reading of a question: what it asks, told so that it stands alone, and the filters that its words name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from index.types import Filters
from qa.questions.bounds import Bound, bounded, fragment
from qa.questions.coverage import source
from qa.questions.followups import stand, within
from qa.questions.limits import Asked, Known, Limit, over
from qa.questions.parts import parts
from qa.questions.rewrite import rewrite
from qa.questions.times import times

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qa.llm import LLM
    from qa.types import Turn

NOTHING = Filters()


def read(
    question: str,
    history: Sequence[Turn] = (),
    known: Known = Known(),  # noqa: B008  frozen
    *,
    carried: Sequence[Limit] = (),
    given: Filters = NOTHING,
    llm: LLM | None = None,
) -> tuple[Asked, ...]:
    """Reads a question: one or more that are answered one by one, each with its limits.

    Args:
        question: as the reader typed it.
        history: the turns before it.
        known: what the archive holds.
        carried: the limits in force when the turn before was answered; they stay for a follow-up, not for a new topic.
        given: filters that the reader set by hand; what they set is not read from words.
        llm: rewrites follow-ups; the rules do where there is none, or where its reply cannot be used.

    Raises:
        ModelError: the model cannot be reached or turned the call away.
    """
    reader = _Reader(history, known, tuple(carried), llm)
    found: list[Asked] = []
    for part in parts(question):
        found.append(reader.first(part) if not found else reader.next(part, found[-1]))
    return tuple(Asked(asked.text, _without_given(asked.limits, given)) for asked in found)


def stand_alone(question: str, history: Sequence[Turn]) -> str:
    """The question as it is asked of the archive, without filters; several questions stay one."""
    return " ".join(asked.text for asked in read(question, history))


class _Reader:
    """Reads the parts of one question."""

    def __init__(self, history: Sequence[Turn], known: Known, carried: tuple[Limit, ...], llm: LLM | None) -> None:
        self._history = history
        self._known = known
        self._carried = carried
        self._llm = llm
        self._turn = len(history) + 1
        self._before = parts(history[-1].answer.asked)[-1] if history else ""

    def first(self, text: str) -> Asked:
        """The first part, which may lean on the turn before."""
        if not self._history:
            return self._limited(text)
        if moved := self._moved(text):
            return moved
        asked = self._limited(text, follows=True)
        if not _says_something(asked.text):
            return Asked(self._before, over(asked.limits, self._carried))
        told = rewrite(asked.text, self._history, self._llm) if self._llm else None
        if told is None:
            said = tuple(claim.text for claim in self._history[-1].answer.claims)
            told = stand(asked.text, self._before, said)
        return Asked(_tidy(told.text), over(asked.limits, self._carried) if told.leans else asked.limits)

    def next(self, text: str, before: Asked) -> Asked:
        """A further part, which may point to the one before it and keeps its limits."""
        asked = self._limited(text)
        return Asked(_tidy(within(asked.text, before.text)), over(asked.limits, before.limits))

    def _moved(self, text: str) -> Asked | None:
        """The old question for other days, where nothing but days is said."""
        newest = self._known.newest
        found = fragment(_OPENING.sub("", text), newest) if newest else None
        if found is None or newest is None:
            return None
        bound, time = found
        old = times(self._before, newest)
        if not old:
            return Asked(self._before, over([self._limit(bound)], self._carried))
        words = _OPENING.sub("", text)[time.start : time.end]
        again = self._limited(self._before[: old[-1].start] + words + self._before[old[-1].end :])
        return Asked(again.text, over(again.limits, (limit for limit in self._carried if limit.outlets)))

    def _limited(self, text: str, *, follows: bool = False) -> Asked:
        """The text without the words of its filters, and these."""
        found = source(text, self._known.outlets, follows=follows)
        limits = [Limit(found.words, self._turn, outlets=found.outlets)] if found else []
        days = bounded(found.rest if found else text, self._known.newest, covers=bool(found and found.covers))
        return Asked(_tidy(days.rest), (*limits, *map(self._limit, days.bounds)))

    def _limit(self, bound: Bound) -> Limit:
        return Limit(bound.words, self._turn, since=bound.since, until=bound.until)


_OPENING = re.compile(
    r"^\W*(?:(?:and|but|or|no|sorry|what about|how about|i meant?|rather|only|just|actually)\b[\s,]*)*", re.IGNORECASE
)


def _says_something(text: str) -> bool:
    return bool(re.search(r"\w", _OPENING.sub("", text)))


def _tidy(text: str) -> str:
    """On one line, without what taken words leave behind."""
    line = re.sub(r"\s+(?=[?!.,;])", "", " ".join(text.split()))
    return re.sub(r"(?<=[?!])[.,]+$", "", line.lstrip(" ,;:"))


def _without_given(limits: Sequence[Limit], given: Filters) -> tuple[Limit, ...]:
    days = given.since is not None or given.until is not None
    return tuple(limit for limit in limits if not (given.outlets if limit.outlets else days))
