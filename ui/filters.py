"""Filters of a page, kept in its address: outlet, day and story, and a chip for each that is set."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import streamlit as st

from index.errors import UsageError
from index.types import Filters
from ui.parts import STATIC
from ui.rows import shown
from ui.shelf import BY_GENERATION
from ui.text import day, label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.archive import Archive
    from index.stories.grouping import Story

OUTLET, SINCE, UNTIL, STORY = "outlet", "since", "until", "story"
HEADLINE_CHARACTERS = 70


def fold_filters(archive: Archive) -> Filters:
    """Draws the filters in a fold, which is open where the address sets one of them."""
    is_set = any(name in st.query_params for name in (OUTLET, SINCE, UNTIL, STORY))
    with st.expander("Outlet, day and story", expanded=is_set, icon=":material/filter_alt:", key="filters"):
        return draw_filters(archive)


def draw_filters(archive: Archive) -> Filters:
    """Draws the filters, and gives what they let through."""
    st.html(STATIC / "chips.css")
    wide, *days = st.columns([2, 1, 1])
    outlets = wide.multiselect(
        "Outlet",
        list(archive.catalogue.outlets()),
        key=OUTLET,
        format_func=shown,
        placeholder="All outlets",
        bind="query-params",
    )
    first, last = _range(archive)
    since = days[0].date_input("From", None, first, last, key=SINCE, bind="query-params", format="YYYY-MM-DD")
    until = days[1].date_input("Until", None, first, last, key=UNTIL, bind="query-params", format="YYYY-MM-DD")
    story = choose_story(archive)
    return Filters(
        tuple(outlets),
        since,
        until,
        story.articles if story else (),
    )


def _range(archive: Archive) -> tuple[date | None, date | None]:
    """What the calendars offer: the days of the archive, where they are days."""
    days = archive.catalogue.days()
    try:
        return (date.fromisoformat(days[0]), date.fromisoformat(days[1])) if days else (None, None)
    except ValueError:
        return None, None


def choose_story(archive: Archive) -> Story | None:
    """Draws the choice of a story, where there are stories, and gives the chosen one."""
    stories = _stories(archive)
    if not stories:
        return None
    names = {story.id: name for story, name in stories.values()}
    # The address holds the id, which is the same for everyone; a headline may change.
    asked = st.query_params.get(STORY)
    chosen = st.selectbox(
        "Story",
        list(names),
        index=list(names).index(asked) if asked in names else None,
        format_func=lambda one: names[one],
        key="story-chosen",
        placeholder="All stories",
        on_change=_story_chosen,
    )
    return stories[chosen][0] if chosen in stories else None


@st.cache_resource(max_entries=2, show_spinner=False, hash_funcs=BY_GENERATION)
def _stories(archive: Archive) -> dict[str, tuple[Story, str]]:
    """Every story with what it is called, by id."""
    return {story.id: (story, headline(archive, story)) for story in archive.stories.stories()}


def _story_chosen() -> None:
    chosen = st.session_state["story-chosen"]
    if chosen:
        st.query_params[STORY] = chosen
    else:
        st.query_params.pop(STORY, None)


def headline(archive: Archive, story: Story) -> str:
    """What a story is called."""
    central = archive.catalogue.article(story.central)
    return shown(central.title if central and central.title else "Story without a headline", HEADLINE_CHARACTERS)


def told_days(first: str | None, last: str | None) -> str:
    """A span of days, in words."""
    return " to ".join(dict.fromkeys(filter(None, (day(first), day(last))))) or "Day not known"


def draw_chips(chips: Sequence[tuple[str, str]], *, key: str) -> str | None:
    """Draws filters that are set, each to be taken off.

    Args:
        chips: of each its name and what it is called.
        key: the chips' own on this page.

    Returns:
        The name of one that was taken off in this moment.
    """
    if not chips:
        return None
    with st.container(horizontal=True, gap="small"):
        for name, told in chips:
            if st.button(
                label(told, most=60), key=f"{key}-{name}", icon=":material/close:", help="Take this filter off"
            ):
                return name
    return None


def need_story(archive: Archive, story_id: str) -> Story | None:
    """The story of this id, or None where the archive has none of it."""
    try:
        return archive.stories.story(story_id)
    except UsageError:
        return None
