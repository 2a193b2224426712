"""Tables whose rows open something: words that wrap, that the browser can search, and that stack on a small screen.

A row is drawn by script from `ui/static`, which sets words as text only.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from functools import partial
from typing import TYPE_CHECKING, Literal

import streamlit as st

from qa.show import spelled
from ui.parts import component, counted, draw_note

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_component = component("rows")

Look = Literal["name", "words", "wide", "act", "small", "number"]
CHARACTERS = 1_000


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell.

    Attributes:
        text: any words; what cannot be seen in them is spelled out.
        kind: how they look.
        mark: a sign in front of them, the caller's own.
        note: words below them.
    """

    text: str
    kind: Look = "small"
    mark: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One row; a click on it opens what `id` names, if it names something."""

    id: str | None
    cells: tuple[Cell, ...]


def draw_rows(
    rows: Sequence[Row],
    columns: Sequence[str],
    *,
    label: str,
    key: str,
    on_open: Callable[[str], None] | None = None,
    open_id: str | None = None,
    opens: int = 0,
    leaves: bool = False,
) -> None:
    """Draws a table.

    Args:
        rows: what is shown, in this order.
        columns: their names.
        label: what the table is, for those who hear the page.
        key: the table's own on this page.
        on_open: is given the id of a row that was opened.
        open_id: the row that is open.
        opens: the column whose words are the button.
        leaves: what a row opens takes the table's place, so that the page begins at its top again.
    """
    data = {
        "label": label,
        "columns": list(columns),
        "rows": [{"id": row.id, "cells": [_cell(cell) for cell in row.cells]} for row in rows],
        "open": open_id,
        "opens": opens,
        "leaves": leaves,
    }
    _component(key=key, data=data, on_open_change=partial(_opened, key, on_open))


def _opened(key: str, on_open: Callable[[str], None] | None) -> None:
    chosen = st.session_state[key].open
    if on_open and isinstance(chosen, str):
        on_open(chosen)


def _cell(cell: Cell) -> dict[str, str | None]:
    return {**asdict(cell), "text": shown(cell.text), "note": shown(cell.note) if cell.note else None}


def shown(text: str, most: int = CHARACTERS) -> str:
    """Words from outside on one line, nothing unseen in them, cut off after `most` characters."""
    line = spelled(text)
    return line if len(line) <= most else line[: most - 1] + "…"


def page_of(total: int, noun: str, size: int, *, key: str) -> slice:
    """Draws which page of a long list is shown, where it is long; the page stands in the address under `key`."""
    pages = max(1, -(-total // size))
    if pages == 1:
        draw_note(counted(total, noun))
        return slice(0, size)
    row = st.container(horizontal=True, vertical_alignment="center")
    number = row.number_input(
        "Page", 1, pages, 1, key=key, bind="query-params", width=130, label_visibility="collapsed"
    )
    first = (min(int(number), pages) - 1) * size
    with row:
        draw_note(f"Page {number} of {pages}: {first + 1:,} to {min(first + size, total):,} of {counted(total, noun)}")
    return slice(first, first + size)
