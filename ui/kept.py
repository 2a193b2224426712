"""The list, in the sidebar, of what a reader kept: the newest and the open one, and all of it on demand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar

import streamlit as st

from ui.parts import draw_note
from ui.text import label

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

NEWEST = 12
"""How many are listed at first: each is drawn anew with every click, before the answer that is waited for."""
TITLE_SHOWN = 60


class Kept(Protocol):
    """What has an address of its own."""

    @property
    def id(self) -> str:
        """What its address carries."""

    @property
    def title(self) -> str:
        """What it is called in the list."""


K = TypeVar("K", bound=Kept)


def draw_kept(
    kept: Sequence[K],
    here: str | None,
    *,
    heading: str,
    prefix: str,
    go: Callable[[str], None],
    menu: Callable[[K], None],
    can: str,
) -> None:
    """Draws the list.

    Args:
        kept: the newest first.
        here: the id of the one that is open; it is listed however old it is.
        heading: what they are together, in the plural.
        prefix: tells the list's keys from those of other lists.
        go: opens one, by its id.
        menu: draws what can be done with the one that is open.
        can: says what that is.
    """
    if not kept:
        return
    draw_note(heading)
    every = f"{prefix}-every"
    shown = bool(st.session_state.get(every))
    with st.container(gap=None):
        for place, one in enumerate(kept):
            title = label(one.title, most=TITLE_SHOWN)
            if one.id == here:
                row = st.container(horizontal=True, vertical_alignment="center", gap=None, wrap=False)
                row.markdown(f":small[**{title}**]", width="stretch")
                with row.popover("", icon=":material/more_horiz:", type="tertiary", help=can):
                    menu(one)
            elif shown or place < NEWEST:
                st.button(title, key=f"{prefix}-{one.id}", type="tertiary", wrap=False, on_click=go, args=(one.id,))
    if len(kept) > NEWEST:
        st.button(
            "Only the newest" if shown else f"All {len(kept)}",
            key=f"{prefix}-more",
            icon=":material/unfold_less:" if shown else ":material/unfold_more:",
            type="tertiary",
            on_click=st.session_state.update,
            args=({every: not shown},),
        )
