"""A report as lines for a terminal of some width."""

from __future__ import annotations

from io import StringIO
from typing import TYPE_CHECKING

from qa.show import spelled
from ui.reports.report import Link, Marks, Words
from ui.text import web_address

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console, RenderableType
    from rich.table import Table as Drawn
    from rich.text import Text

    from qa.types import Citation
    from ui.reports.report import Line, Piece, Report, Table

NARROWEST = 40


def report_lines(report: Report, width: int = 100) -> Iterator[str]:
    """The report as plain lines, no longer than `width` characters where words allow it.

    Args:
        report: what is shown; whatever in it cannot be seen is written out.
        width: of the terminal, in columns; 40 at the least.
    """
    from rich.console import Console
    from rich.text import Text

    console = Console(
        file=StringIO(), width=max(width, NARROWEST), color_system=None, legacy_windows=False, _environ={}
    )
    yield from _drawn(console, Text(spelled(report.title)))
    for about in report.about:
        yield from _drawn(console, Text(spelled(about)))
    for section in report.sections:
        yield ""
        yield from _drawn(console, Text(spelled(section.heading).upper()))
        if section.note:
            yield from _drawn(console, Text(spelled(section.note)))
        for line in section.lines:
            yield from _drawn(console, _hanging("·", _text(line)))
        if section.table:
            yield from _drawn(console, _table(section.table))
    if report.citations:
        yield ""
        yield "SOURCES"
        for citation in report.citations:
            yield from _drawn(console, _source(citation))


def _drawn(console: Console, shown: RenderableType) -> Iterator[str]:
    with console.capture() as capture:
        console.print(shown, highlight=False, markup=False, emoji=False)
    yield from (line.rstrip() for line in capture.get().rstrip("\n").split("\n"))


def _text(line: Line) -> Text:
    """A line's pieces as text that holds no markup of its own."""
    from rich.text import Text

    return Text(" ".join(filter(None, map(_plain, line))))


def _plain(piece: Piece) -> str:
    if isinstance(piece, Words):
        text = spelled(piece.text)
        return f"({text})" if piece.quiet and text else text
    if isinstance(piece, Marks):
        return "".join(f"[{number}]" for number in piece.numbers)
    if isinstance(piece, Link):
        return spelled(web_address(piece.url) or "")
    sides = {"one": spelled(piece.one), "other": spelled(piece.other)}
    return "[" + "; ".join(f"{name}: “{words}”" for name, words in sides.items() if words) + "]"


def _hanging(bullet: str, text: Text) -> Drawn:
    """Text with a mark before it, its further lines under the first."""
    from rich.table import Table as Drawn
    from rich.text import Text as Plain

    drawn = Drawn.grid(padding=(0, 1))
    drawn.add_column(no_wrap=True)
    drawn.add_column(overflow="fold")
    drawn.add_row(Plain(bullet), text)
    return drawn


def _table(table: Table) -> Drawn:
    from rich import box
    from rich.table import Table as Drawn

    drawn = Drawn(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1))
    for name in table.head:
        drawn.add_column(name, overflow="fold")
    for row in table.rows:
        drawn.add_row(*(_text(cell) for cell in row))
    return drawn


def _source(citation: Citation) -> Drawn:
    from rich.text import Text

    known = (citation.outlet or "outlet not known", citation.published or "day not known", citation.title or "")
    place = f"{citation.url or citation.path} ({citation.article_id}, {citation.start}–{citation.end})"
    lines = (" · ".join(filter(None, known)), f"“{citation.quote}”", place)
    return _hanging(f"[{citation.marker}]", Text("\n".join(spelled(line) for line in lines)))
