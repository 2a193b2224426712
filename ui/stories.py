"""Stories: events that several articles tell of, and of each what was published when, by whom, and who is quoted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from ui import article, charts
from ui.article import Place
from ui.commands.rows import story_rows
from ui.filters import STORY, headline, need_story, told_days
from ui.parts import counted, draw_note, find_article, go_to, parts
from ui.rows import Cell, Row, draw_rows, page_of, shown
from ui.shelf import BY_GENERATION, shelf
from ui.statements import draw_quoted
from ui.text import day, label

if TYPE_CHECKING:
    from collections.abc import Mapping

    from index.archive import Archive
    from index.stories.grouping import Story
    from ui.shelf import Listed

STORIES_A_PAGE = 50
OUTLETS_NAMED = 6


def page() -> None:
    """Draws the story that the address names, or the list of them."""
    archive = parts().engine.archive
    named = st.query_params.get(STORY)
    story = need_story(archive, named) if named else None
    st.set_page_config(page_title=headline(archive, story) if story else "Stories", layout="wide")
    if story:
        _draw_story(archive, story)
        return
    st.title("Stories", anchor=False)
    if named:
        st.info("This story is not in the archive, or its articles have been regrouped. These are the stories it has.")
    _draw_list(archive)


def _draw_list(archive: Archive) -> None:
    rows = _rows(archive)
    if not rows:
        st.info("No two articles tell of the same event yet; add more articles.")
        return
    drawn = []
    for row in rows[page_of(len(rows), "story", STORIES_A_PAGE, key="page")]:
        outlets = list(row["outlets"])
        more = f" and {len(outlets) - OUTLETS_NAMED} more" if len(outlets) > OUTLETS_NAMED else ""
        named = ", ".join(outlets[:OUTLETS_NAMED]) + more
        accounts = f"{row['independent']} independent"
        cells = (
            Cell(row["headline"] or "Story without a headline", "words"),
            Cell(told_days(row["first"], row["last"])),
            Cell(counted(len(row["articles"]), "article"), note=accounts),
            Cell(named or "outlets not known"),
        )
        drawn.append(Row(row["story"], cells))
    draw_rows(
        drawn, ("Event", "Days", "Articles", "Outlets"), label="Stories", key="stories", on_open=_show, leaves=True
    )


@st.cache_resource(max_entries=2, show_spinner=False, hash_funcs=BY_GENERATION)
def _rows(archive: Archive) -> list[dict[str, Any]]:
    return story_rows(archive)


def _show(story_id: str | None) -> None:
    article.close_place()
    if story_id:
        st.query_params[STORY] = story_id
    else:
        st.query_params.pop(STORY, None)


def _draw_story(archive: Archive, story: Story) -> None:
    every = shelf(archive)
    listed = [every[i] for i in story.articles if i in every]
    listed.sort(key=lambda one: (one.published or "", one.outlet or ""))
    roles = _roles(archive, story)
    left, right = article.split()
    article.fill(right, find_article, [Place(one.id) for one in listed], "article")
    with left:
        st.button("All stories", icon=":material/arrow_back:", type="tertiary", on_click=_show, args=(None,))
        st.title(label(headline(archive, story)), anchor=False)
        independent = len(set(archive.copies.voices(story.articles).values()))
        st.text(
            f"{told_days(story.first, story.last)} · {counted(len(listed), 'article')} of "
            f"{counted(len(story.outlets), 'outlet')} · {counted(independent, 'independent account')}"
        )
        with st.container(horizontal=True):
            if st.button("Ask about this story", icon=":material/chat:"):
                go_to("ask", {"story": story.id})
            if st.button("Compare its accounts", icon=":material/compare:"):
                go_to("compare", {"story": story.id})
            if st.button("Who said what in it", icon=":material/record_voice_over:"):
                go_to("said", {"story": story.id})
        st.subheader("When it was published", anchor=False)
        _draw_timeline(listed, roles)
        _draw_articles(listed, roles)
        _draw_copies(archive, story, every)
        st.subheader("Who is quoted", anchor=False)
        draw_quoted(
            list(archive.statements.find(articles=story.articles)),
            {one.id: one.outlet for one in listed},
            key="story-quoted",
        )


def _roles(archive: Archive, story: Story) -> dict[str, str]:
    """Whether each article is an original, a copy, or a report of its own."""
    groups = archive.copies.of(story.articles)
    return {
        i: "report" if i not in groups else "original" if groups[i].original == i else "copy" for i in story.articles
    }


def _draw_timeline(listed: list[Listed], roles: Mapping[str, str]) -> None:
    points = [
        {
            "article": one.id,
            "day": one.published,
            "outlet": one.outlet or charts.UNKNOWN,
            "title": one.title or "Untitled article",
            "role": roles[one.id],
        }
        for one in listed
        if one.published
    ]
    if not points:
        draw_note("The days of publication are not known.")
        return
    chart = charts.timeline_chart(points)
    # The picture comes a moment later; what lies below it must not run away from whoever is about to click.
    st.html(f"<style>.st-key-timeline {{ min-height: {int(chart.height)}px; }}</style>")
    event = st.altair_chart(
        chart,
        key="timeline",
        on_select="rerun",
        alt="When each article was published; the table below lists them",
    )
    picked = charts.chosen_in(event, "article")
    if picked != st.session_state.get("timeline-picked"):
        st.session_state["timeline-picked"] = picked
        if picked:
            article.open_place(Place(picked))
            st.rerun()


def _draw_articles(listed: list[Listed], roles: Mapping[str, str]) -> None:
    opened = article.opened()
    rows = [
        Row(
            one.id,
            (
                Cell(one.title or "Untitled article", "words"),
                Cell(one.outlet or "Outlet not known", "name"),
                Cell(day(one.published) or "day not known"),
                Cell(roles[one.id] if roles[one.id] != "report" else ""),
            ),
        )
        for one in listed
    ]
    draw_rows(
        rows,
        ("Title", "Outlet", "Day", "Copies"),
        label="Articles of the story",
        key="story-articles",
        on_open=_open,
        open_id=opened.article_id if opened else None,
    )


def _open(article_id: str) -> None:
    article.open_place(Place(article_id))


def _draw_copies(archive: Archive, story: Story, every: Mapping[str, Listed]) -> None:
    groups = {group.id: group for group in archive.copies.of(story.articles).values()}
    if not groups:
        return
    st.subheader("Originals and copies", anchor=False)
    for group in groups.values():
        outlets = [every[i].outlet or "an outlet that is not known" for i in group.articles if i in every]
        first = every.get(group.original or "")
        came = group.agency or (first.outlet if first else None)
        told = f"{', '.join(outlets)} print the same report" + (f", which comes from {came}" if came else "")
        st.text(f"{shown(told)}. It counts as one account.")
