"""Statements as a report, and as a table for spreadsheets: who said what about whom, each with its exact words."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from qa.cite import Citations
from qa.show import spelled
from ui.reports.report import Line, Marks, Report, Section, Words, counted
from ui.text import byline, web_address

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.types import Article, Statement

    Told = tuple[Statement, Article]

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula (OWASP, CSV injection)."""
HEAD = ("told", "quote", "source", "url")


def statements_report(told: Sequence[Told], *, title: str = "Who said what") -> Report:
    """Statements in their order, each with the words that it stands on."""
    cited = Citations()
    lines = tuple(_line(statement, article, cited) for statement, article in told)
    about = (counted(len(lines), "statement"),)
    return Report(title, about, (Section("Statements", lines=lines),), cited.all())


def statements_csv(told: Sequence[Told]) -> str:
    """Statements as CSV, no cell of which a spreadsheet takes for a formula."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(HEAD)
    for statement, article in told:
        words = " … ".join(span.of(article.text) for span in statement.content)
        source = f"{byline(article.outlet, article.published)} · {article.title or 'Untitled article'}"
        cells = map(spelled, (_told(statement), words, source, web_address(article.url) or ""))
        writer.writerow([f"'{cell}" if cell.startswith(FORMULA) else cell for cell in cells])
    return out.getvalue()


def _told(statement: Statement) -> str:
    who = statement.speaker or " or ".join(statement.ambiguous) or "somebody"
    act = f"{'not ' if statement.negated else ''}{statement.kind}"
    return " · ".join(filter(None, (who, act, statement.target)))


def _line(statement: Statement, article: Article, cited: Citations) -> Line:
    words = " … ".join(span.of(article.text) for span in statement.content)
    markers = tuple(cited.cite_span(article, span.start, span.end) for span in statement.content)
    return Words(f"{_told(statement)}:", strong=True), Words(f"“{words}”"), Marks(markers)
