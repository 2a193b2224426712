"""Reports to take along: a button each for Markdown, HTML and JSON; the files are made when the menu is opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from ui.reports.html import html
from ui.reports.markdown import markdown

if TYPE_CHECKING:
    from collections.abc import Callable

    from ui.reports.report import Report


@st.fragment
def report_buttons(
    report: Callable[[], Report],
    document: Callable[[], str],
    *,
    name: str,
    key: str,
    table: Callable[[], str] | None = None,
) -> None:
    """Draws what downloads a report.

    Args:
        report: makes the report, for readers.
        document: makes the same as JSON, for programs.
        name: the files' name, without what tells their kind.
        key: the buttons' own on this page.
        table: makes the same as CSV, where it is a table.
    """
    kinds: list[tuple[str, str, str, Callable[[], str]]] = [
        ("Markdown", "md", "text/markdown", lambda: markdown(report())),
        ("HTML", "html", "text/html", lambda: html(report())),
        ("JSON", "json", "application/json", document),
    ]
    if table:
        kinds.append(("CSV", "csv", "text/csv", table))
    # Not made by the button itself: Streamlit loses a file that is being made while the page is drawn anew.
    with st.popover("Export", icon=":material/download:", type="tertiary", key=key, on_change="rerun") as menu:
        for title, suffix, mime, write in kinds if menu.open else ():
            st.download_button(
                title,
                write(),
                file_name=f"{name}.{suffix}",
                mime=mime,
                key=f"{key}-{suffix}",
                on_click="ignore",
                width="stretch",
            )
