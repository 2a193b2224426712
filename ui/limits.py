"""Filters that a reader sets by hand, in a popover, with a chip for each that takes it off again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from index.types import Filters
from ui.filters import OUTLET, SINCE, STORY, UNTIL, draw_filters, headline, need_story
from ui.rows import shown
from ui.text import day, label

if TYPE_CHECKING:
    from collections.abc import Iterator

    from index.archive import Archive

SET = "limits"


def draw_limits(archive: Archive) -> Filters:
    """Draws what questions are limited to, and gives it; `limits` gives it to what a click starts."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="limits-row"):
        with st.popover("Filters", icon=":material/filter_alt:", type="tertiary", key="limits-popover"):
            found = draw_filters(archive)
        for name, value, told in _chips(archive, found):
            st.button(
                label(told, most=60),
                key=f"limit-{name}-{value}",
                icon=":material/close:",
                help="Take this filter off",
                on_click=_take_off,
                args=(name, value),
            )
    st.session_state[SET] = found
    return found


def limits() -> Filters:
    """What was drawn last."""
    found: Filters = st.session_state.get(SET, Filters())
    return found


def _chips(archive: Archive, found: Filters) -> Iterator[tuple[str, str, str]]:
    """Of each filter that is set its name, its value, and how it is told."""
    for outlet in found.outlets:
        yield OUTLET, outlet, f"Only {shown(outlet)}"
    for name, told, one in ((SINCE, "Since", found.since), (UNTIL, "Until", found.until)):
        if one:
            yield name, one.isoformat(), f"{told} {day(one.isoformat())}"
    named = st.query_params.get(STORY)
    story = need_story(archive, named) if named else None
    if story:
        yield STORY, story.id, f"Story: {headline(archive, story)}"


def _take_off(name: str, value: str) -> None:
    if name == OUTLET:
        st.session_state[OUTLET] = [outlet for outlet in st.session_state[OUTLET] if outlet != value]
    elif name == STORY:
        st.query_params.pop(STORY, None)
        st.session_state["story-chosen"] = None
    else:
        st.session_state[name] = None
