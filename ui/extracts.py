"""What a page shows, to take along: Markdown, HTML, CSV and JSON, each with where the words stand."""

from __future__ import annotations

import csv
import html
import io
import json
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import streamlit as st

from qa.show import spelled
from ui.commands.rows import statement_row
from ui.text import byline, label, web_address

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from index.types import Article, Statement
    from qa.types import Citation, Review

_STYLE = "body{font:1rem/1.6 Georgia,serif;max-width:46rem;margin:2rem auto;padding:0 1rem}q,small{display:block}"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that is taken along.

    Attributes:
        told: it as a sentence.
        quote: the exact words.
        source: outlet, day and title of where they stand.
        url: the article's, where it is http(s).
        row: all of it for programs.
    """

    told: str
    quote: str
    source: str
    url: str | None
    row: Mapping[str, Any]


def statement(one: Statement, where: Article) -> Entry:
    """A statement to take along."""
    row = statement_row(one, where)
    who = one.speaker or " or ".join(one.ambiguous) or "somebody"
    told = f"{who} · {'not ' if one.negated else ''}{one.kind}{f' · {one.target}' if one.target else ''}"
    source = f"{byline(where.outlet, where.published)} · {where.title or 'Untitled article'}"
    return Entry(told, row["text"], source, web_address(where.url), row | {"title": where.title, "url": where.url})


def review(found: Review, words: Mapping[str, str]) -> list[Entry]:
    """A checked draft to take along, a sentence with the first of its evidence each.

    Args:
        found: the sentences with their verdicts.
        words: of each verdict the words that readers see.
    """
    cited = {citation.marker: citation for citation in found.citations}
    entries = []
    for claim in found.claims:
        shown = [cited[marker] for marker in claim.citations if marker in cited]
        told = f"{words[claim.verdict]}: {claim.text}" + (f" ({claim.reason})" if claim.reason else "")
        first = shown[0] if shown else None
        row = {**claim.model_dump(mode="json"), "evidence": [citation.model_dump(mode="json") for citation in shown]}
        entries.append(
            Entry(
                told,
                first.quote if first else "",
                _source(first) if first else "",
                web_address(first.url) if first else None,
                row,
            )
        )
    return entries


def _source(citation: Citation) -> str:
    return f"{byline(citation.outlet, citation.published)} · {citation.title or 'Untitled article'}"


def buttons(entries: Sequence[Entry], *, name: str, key: str) -> None:
    """Draws what downloads `entries` as files called `name`; a file is only made when it is asked for."""
    kinds = {
        "Markdown": (markdown, "md", "text/markdown"),
        "HTML": (page, "html", "text/html"),
        "CSV": (table, "csv", "text/csv"),
        "JSON": (lines, "json", "application/json"),
    }
    with st.popover("Export", icon=":material/download:", key=key):
        for title, (write, suffix, mime) in kinds.items():
            st.download_button(
                title,
                partial(write, entries),
                file_name=f"{name}.{suffix}",
                mime=mime,
                key=f"{key}-{suffix}",
                on_click="ignore",
                width="stretch",
            )


def markdown(entries: Sequence[Entry]) -> str:
    """As Markdown, every word of it escaped."""
    return "\n\n".join(
        "\n".join(
            [f"- {label(spelled(entry.told), most=4000)}"]
            + ([f"  > “{label(spelled(entry.quote), most=4000)}”"] if entry.quote else [])
            + (
                [f"  — {label(spelled(entry.source))}" + (f" <{entry.url}>" if entry.url else "")]
                if entry.source
                else []
            )
        )
        for entry in entries
    )


def page(entries: Sequence[Entry]) -> str:
    """As a page of HTML that loads nothing."""
    body = []
    for entry in entries:
        link = f' <a rel="noreferrer" href="{html.escape(entry.url)}">source</a>' if entry.url else ""
        body.append(
            f'<li dir="auto">{html.escape(spelled(entry.told))}<q>{html.escape(spelled(entry.quote))}</q>'
            f"<small>{html.escape(spelled(entry.source))}{link}</small></li>"
        )
    policy = "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
    head = f'<!doctype html><html lang="en"><head><meta charset="utf-8">{policy}<title>Rashomon</title>'
    return f"{head}<style>{_STYLE}</style></head><body><ol>{''.join(body)}</ol></body></html>"


def table(entries: Sequence[Entry]) -> str:
    """As CSV; a spreadsheet takes no cell of it for a formula (OWASP, CSV injection)."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["told", "quote", "source", "url"])
    for entry in entries:
        cells = [spelled(cell) for cell in (entry.told, entry.quote, entry.source, entry.url or "")]
        writer.writerow([f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in cells])
    return out.getvalue()


def lines(entries: Sequence[Entry]) -> str:
    """As JSON, for programs."""
    return json.dumps([entry.row for entry in entries], ensure_ascii=False, indent=1, default=str)
