"""What a report is before it is written: sections of lines and tables, whose pieces cite by marker.

The words in it are as articles, models and people wrote them. Each writer makes them harmless in its own way.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from qa.types import Citation


@dataclass(frozen=True, slots=True)
class Words:
    """Plain words; `strong` ones name what the line is about, `quiet` ones say how much or where."""

    text: str
    strong: bool = False
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Marks:
    """Markers of citations."""

    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """Words that one print has and the other has not, or has otherwise; either may be empty."""

    one: str
    other: str


@dataclass(frozen=True, slots=True)
class Link:
    """Where an article stands in the web; what is no http(s) address is left out."""

    url: str


Piece = Words | Marks | Change | Link
Line = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells under a heading each."""

    head: tuple[str, ...]
    rows: tuple[tuple[Line, ...], ...]


@dataclass(frozen=True, slots=True)
class Section:
    """Lines as a list, then a table, under a heading; `note` is one plain sentence above them."""

    heading: str
    note: str = ""
    lines: tuple[Line, ...] = ()
    table: Table | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """A whole report.

    Attributes:
        about: lines under the title.
        citations: all that its lines cite, in the order of their markers.
    """

    title: str
    about: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()
    citations: tuple[Citation, ...] = ()


@dataclass
class Gathered:
    """Citations of several documents under one numbering, in the order of first use."""

    _known: dict[tuple[str, int, int], Citation] = field(default_factory=dict)

    def marks(self, numbers: Iterable[int], citations: Sequence[Citation]) -> Marks:
        """The markers here of a document's own markers; one that it does not list is left out."""
        own = {citation.marker: citation for citation in citations}
        return Marks(tuple(dict.fromkeys(self._marker(own[number]) for number in numbers if number in own)))

    def _marker(self, citation: Citation) -> int:
        key = (citation.article_id, citation.start, citation.end)
        if key not in self._known:
            self._known[key] = citation.model_copy(update={"marker": len(self._known) + 1})
        return self._known[key].marker

    def all(self) -> tuple[Citation, ...]:
        """Every citation in the order of its marker."""
        return tuple(self._known.values())


def counted(number: int, thing: str) -> str:
    """A number with its thing: "1 article", "3 articles"."""
    return f"{number} {thing}{'' if number == 1 else 's'}"
