"""A report as Markdown whose words are words: nothing in them is read as markup, and the sources stand at the end."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qa.show import spelled
from ui.reports.report import Change, Link, Marks
from ui.text import byline, web_address

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qa.types import Citation
    from ui.reports.report import Line, Piece, Report, Section, Table

# CommonMark's marks (spec 0.31) and GitHub's. Other punctuation is read at the start of a line alone, and is left as it
# is elsewhere, so that a quotation can be searched for in the file.
MARKUP = re.compile(r"([\\`*_{}\[\]()<>#+!|~&^$=@])")
LINE_START = re.compile(r"^(\d{1,9}(?=[.)])|(?=[-:]))(.)")
# GitHub links what looks like an address although it is escaped; a word joiner, which is not seen, parts it.
ADDRESS = re.compile(r"(?<=@)(?=\S)|(?<=:)(?=//)|(?<=www)(?=\.)", re.IGNORECASE)
JOINER = "\u2060"


def markdown(report: Report) -> str:
    """The report as a Markdown document (CommonMark with GitHub's tables), ending in a line end."""
    return "\n\n".join(_blocks(report)) + "\n"


def escaped(text: str) -> str:
    """`text` on one line as Markdown that shows its words and nothing else."""
    line = MARKUP.sub(r"\\\1", spelled(text))
    return ADDRESS.sub(JOINER, LINE_START.sub(r"\1\\\2", line))


def _blocks(report: Report) -> Iterator[str]:
    yield f"# {escaped(report.title)}"
    yield from map(escaped, report.about)
    for section in report.sections:
        yield from _section(section)
    if report.citations:
        yield "## Sources"
        yield "\n\n".join(map(_source, report.citations))


def _section(section: Section) -> Iterator[str]:
    yield f"## {escaped(section.heading)}"
    if section.note:
        yield escaped(section.note)
    if section.lines:
        yield "\n".join(f"- {_line(line)}" for line in section.lines)
    if section.table:
        yield _table(section.table)


def _table(table: Table) -> str:
    rows = [tuple(map(escaped, table.head)), ("---",) * len(table.head)]
    rows += [tuple(map(_line, row)) for row in table.rows]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _line(line: Line) -> str:
    return " ".join(filter(None, map(_piece, line)))


def _piece(piece: Piece) -> str:
    if isinstance(piece, Marks):
        return "".join(f"[{number}]" for number in piece.numbers)
    if isinstance(piece, Change):
        sides = {"one": escaped(piece.one), "other": escaped(piece.other)}
        return r"\[" + "; ".join(f"{name}: “{words}”" for name, words in sides.items() if words) + r"\]"
    if isinstance(piece, Link):
        url = web_address(piece.url)
        return f"<{url}>" if url else ""
    text = escaped(piece.text)
    if not text or not (piece.strong or piece.quiet):
        return text
    return f"**{text}**" if piece.strong else f"({text})"


def _source(citation: Citation) -> str:
    known = byline(citation.outlet, citation.published)
    title = citation.title or "Untitled article"
    url = web_address(citation.url)
    place = f"article {citation.article_id}, characters {citation.start} to {citation.end}"
    lines = [f"[{citation.marker}] {escaped(f'{known} · {title}')}", f"> {escaped(citation.quote)}", escaped(place)]
    return "\n\n".join(f"  {line}" if number else f"- {line}" for number, line in enumerate(lines)) + (
        f" · <{url}>" if url else ""
    )
