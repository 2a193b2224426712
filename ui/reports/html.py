"""A report as one HTML file: no script, nothing loaded, every word escaped, citations linked both ways.

The file's policy lets nothing through but its own style sheet, by its hash, so that even a fault in the escaping
could fetch or run nothing.
"""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from qa.show import UNSEEN, spelled
from ui.reports.report import Change, Link, Marks
from ui.text import byline, web_address

if TYPE_CHECKING:
    from jinja2 import Template

    from qa.types import Citation
    from ui.reports.report import Line, Piece, Report, Section, Table

FOLDER = Path(__file__).parent
KEPT = frozenset("\n\t")


@dataclass(frozen=True, slots=True)
class Drawn:
    """A piece as the template draws it: "words", "strong", "quiet", "change", "marks" or "link".

    Attributes:
        uses: of marks, each marker with the anchor that its source links back to.
    """

    kind: str
    text: str = ""
    one: str = ""
    other: str = ""
    uses: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """A citation as the template draws it; `back` are the anchors of where it is cited."""

    marker: int
    known: str
    title: str
    quote: str
    url: str | None
    place: str
    back: tuple[str, ...]


def html(report: Report) -> str:
    """The report as a whole HTML document."""
    uses: Counter[int] = Counter()
    sections = [_section(section, uses) for section in report.sections]
    style = (FOLDER / "page.css").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    known = {citation.marker for citation in report.citations}
    return _template().render(
        title=spelled(report.title),
        about=[spelled(line) for line in report.about],
        sections=sections,
        sources=[_source(citation, uses[citation.marker]) for citation in report.citations],
        known=known,
        style=style,
        policy=f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'",
    )


@cache
def _template() -> Template:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    loader = FileSystemLoader(FOLDER)
    environment = Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.get_template("page.html.jinja")


def _section(section: Section, uses: Counter[int]) -> dict[str, object]:
    return {
        "heading": spelled(section.heading),
        "note": spelled(section.note),
        "lines": [_pieces(line, uses) for line in section.lines],
        "table": _table(section.table, uses) if section.table else None,
    }


def _table(table: Table, uses: Counter[int]) -> dict[str, object]:
    rows = [[_pieces(cell, uses) for cell in row] for row in table.rows]
    return {"head": [spelled(name) for name in table.head], "rows": rows}


def _pieces(line: Line, uses: Counter[int]) -> list[Drawn]:
    return [_piece(piece, uses) for piece in line]


def _piece(piece: Piece, uses: Counter[int]) -> Drawn:
    if isinstance(piece, Marks):
        return Drawn("marks", uses=tuple((number, _use(number, uses)) for number in piece.numbers))
    if isinstance(piece, Change):
        return Drawn("change", one=spelled(piece.one), other=spelled(piece.other))
    if isinstance(piece, Link):
        url = web_address(piece.url)
        return Drawn("link", url) if url else Drawn("words")
    return Drawn("strong" if piece.strong else "quiet" if piece.quiet else "words", spelled(piece.text))


def _use(number: int, uses: Counter[int]) -> str:
    uses[number] += 1
    return _anchor(number, uses[number])


def _anchor(number: int, use: int) -> str:
    return f"use-{number}-{use}"


def _source(citation: Citation, used: int) -> Source:
    return Source(
        marker=citation.marker,
        known=spelled(byline(citation.outlet, citation.published)),
        title=spelled(citation.title or "Untitled article"),
        quote=exact(citation.quote),
        url=web_address(citation.url),
        place=spelled(f"article {citation.article_id}, characters {citation.start} to {citation.end}"),
        back=tuple(_anchor(citation.marker, use + 1) for use in range(used)),
    )


def exact(quote: str) -> str:
    """The words as they stand, lines and spaces kept, each character that cannot be seen written as ‹U+202E›."""
    return str(
        UNSEEN.sub(
            lambda found: found[0] if found[0] in KEPT else f"‹U+{ord(found[0]):04X}›", quote.replace("\r\n", "\n")
        )
    )
