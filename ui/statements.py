"""Who said what: a table of statements, a picture of who faults or praises whom, and who is quoted by whom."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING

import streamlit as st

from index.types import Kind, Span
from ui import article, charts, parties
from ui.article import Place
from ui.commands.rows import statement_row
from ui.export import report_buttons
from ui.filters import draw_chips, fold_filters
from ui.parts import counted, draw_note, find_article, parts
from ui.reports.statements import statements_csv, statements_report
from ui.rows import Cell, Row, draw_rows, page_of, shown
from ui.shelf import BY_GENERATION, shelf
from ui.text import day

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from index.archive import Archive
    from index.types import Article, Filters, Statement

ROWS_A_PAGE = 100
VIEWS = ("Table", "Picture", "Outlets")
EDGE, PICKED, CLEARED = "edge", "edge-picked", "edges-cleared"
NAMES_OFFERED = 300


def page() -> None:
    """Draws the page."""
    archive = parts().engine.archive
    st.set_page_config(page_title="Who said what", layout="wide")
    left, right = article.split()
    with left:
        st.title("Who said what", anchor=False)
        found = _filtered(archive)
        view = st.segmented_control(
            "View",
            VIEWS,
            default=VIEWS[0],
            required=True,
            key="view",
            bind="query-params",
            label_visibility="collapsed",
        )
        listed = _draw(archive, found, view)
        if unread := archive.statements.unread():
            draw_note(f"{counted(len(unread), 'article')} still to be read for statements; adding anything reads them.")
    article.fill(right, find_article, [place_of(one) for one in listed], "statement")


def _draw(archive: Archive, found: Sequence[Statement], view: str) -> Sequence[Statement]:
    """Draws a view; the statements that it lists."""
    if not found:
        st.info("No statement fits these filters; take one off.")
        return ()
    if view == "Picture":
        return _draw_picture(archive, found)
    if view == "Outlets":
        draw_quoted(found, {one.id: one.outlet for one in shelf(archive).values()}, key="quoted")
        return ()
    return _draw_table(archive, found)


def _filtered(archive: Archive) -> tuple[Statement, ...]:
    """The statements that the filters let through, the newest articles first."""
    who, does, whom = st.columns(3)
    speaker = who.selectbox(
        "Who said it",
        _names(archive, "speaker"),
        index=None,
        key="speaker",
        format_func=shown,
        placeholder="Anyone; a part of a name will do",
        accept_new_options=True,
        bind="query-params",
    )
    kinds = does.multiselect(
        "What they do by it", [str(k) for k in Kind], key="kind", placeholder="Anything", bind="query-params"
    )
    about = whom.selectbox(
        "About whom or what",
        _names(archive, "target"),
        index=None,
        key="about",
        format_func=shown,
        placeholder="Anyone; a part of a name will do",
        accept_new_options=True,
        bind="query-params",
    )
    filters = fold_filters(archive)
    return _find(archive, tuple(kinds), speaker, about, filters)


@st.cache_resource(max_entries=4, show_spinner=False, hash_funcs=BY_GENERATION)
def _names(archive: Archive, part: str) -> list[str]:
    """The speakers, or the targets, that are named most often."""
    named = Counter(getattr(one, part) for one in archive.statements.find())
    return [name for name, _ in named.most_common() if name][:NAMES_OFFERED]


@st.cache_resource(max_entries=16, show_spinner=False, hash_funcs=BY_GENERATION)
def _find(
    archive: Archive, kinds: tuple[str, ...], speaker: str | None, about: str | None, filters: Filters
) -> tuple[Statement, ...]:
    """What fits, kept for a while, since each click on the page asks again."""
    among = None if filters.empty else archive.catalogue.select(filters)
    found = archive.statements.find(kinds=[Kind(k) for k in kinds], speaker=speaker, about=about, articles=among)
    order = {article_id: place for place, article_id in enumerate(shelf(archive))}
    return tuple(sorted(found, key=lambda one: order.get(one.article_id, len(order))))


def _draw_table(archive: Archive, found: Sequence[Statement]) -> Sequence[Statement]:
    on_page = found[page_of(len(found), "statement", ROWS_A_PAGE, key="page")]
    articles = _articles(archive, on_page)
    draw_statements(on_page, articles, key="statements")
    told = [(one, articles[one.article_id]) for one in on_page]
    report_buttons(
        lambda: statements_report(told),
        lambda: json.dumps([statement_row(one, where) for one, where in told], ensure_ascii=False, indent=1),
        name="statements",
        key="export-statements",
        table=lambda: statements_csv(told),
    )
    return on_page


def draw_statements(found: Sequence[Statement], articles: Mapping[str, Article], *, key: str) -> None:
    """Draws a table of statements, each row opening its words."""
    opened = article.opened()
    draw_rows(
        [_row(one, articles[one.article_id]) for one in found],
        ("Who", "Does", "About", "Words", "Where"),
        label="Statements",
        key=key,
        on_open=_open,
        open_id=opened.address if opened else None,
        opens=3,
    )


def _row(one: Statement, where: Article) -> Row:
    who = one.speaker or " or ".join(one.ambiguous) or "somebody"
    act = f"did not {one.kind}" if one.negated else f"{one.kind}"
    return Row(
        place_of(one).address,
        (
            Cell(who, "name", note=f"via {one.via}" if one.via else None),
            Cell(act, "act"),
            Cell(one.target or ""),
            Cell(words_of(one, where), "words", note="own words" if one.quoted != "indirect" else None),
            Cell(where.outlet or "Outlet not known", note=day(where.published) or "day not known"),
        ),
    )


def words_of(one: Statement, where: Article) -> str:
    """What was said, as it stands in the article."""
    return " … ".join(span.of(where.text) for span in one.content)


def place_of(one: Statement) -> Place:
    """Where a statement's words stand."""
    spans = one.content or one.cue or one.source
    return Place(one.article_id, Span(min(s.start for s in spans), max(s.end for s in spans)) if spans else None)


def _open(address: str) -> None:
    if place := Place.read(address):
        article.open_place(place)


def _articles(archive: Archive, found: Sequence[Statement]) -> dict[str, Article]:
    ids = dict.fromkeys(one.article_id for one in found)
    return {i: told for i in ids if (told := archive.catalogue.article(i))}


def _draw_picture(archive: Archive, found: Sequence[Statement]) -> Sequence[Statement]:
    every = parties.edges(found)
    if not every:
        st.info("Nobody blames, accuses, criticises or praises anybody in these statements.")
        return ()
    drawn = every[: parties.MOST_EDGES]
    chosen = next((edge for edge in drawn if edge.name == st.query_params.get(EDGE)), None)
    rest = f", the {len(drawn)} most often told of {len(every)}" if len(drawn) < len(every) else ""
    draw_note(f"Who blames, accuses, criticises or praises whom{rest}. A click on a line shows its words below.")
    event = st.altair_chart(
        parties.parties_chart(drawn),
        # Another key makes another picture, in which nothing is marked.
        key=f"parties-{st.session_state.get(CLEARED, 0)}",
        on_select="rerun",
        alt="Who blames, accuses, criticises or praises whom; the table below lists it",
    )
    picked = charts.chosen_in(event, EDGE)
    if picked != st.session_state.get(PICKED):
        st.session_state[PICKED] = picked
        if picked:
            st.query_params[EDGE] = picked
            st.rerun()
    if chosen and draw_chips([(EDGE, chosen.told)], key="chip"):
        st.query_params.pop(EDGE, None)
        st.session_state.pop(PICKED, None)
        st.session_state[CLEARED] = st.session_state.get(CLEARED, 0) + 1
        st.rerun()
    listed = [one for edge in ([chosen] if chosen else drawn) for one in edge.statements]
    draw_statements(listed, _articles(archive, listed), key="edge-statements")
    return listed


def draw_quoted(found: Sequence[Statement], outlets: Mapping[str, str | None], *, key: str) -> None:
    """Draws who is quoted by which outlet, as bars and as a table."""
    rows = charts.quoted(found, outlets)
    if not rows:
        draw_note("No speaker is named.")
        return
    st.altair_chart(charts.bars_chart(rows), key=key, alt="Who is quoted by which outlet; the table below lists it")
    with st.expander("The same as a table", key=f"{key}-table"):
        table = [Row(None, (Cell(who, "name"), Cell(outlet), Cell(str(n), "number"))) for who, outlet, n in rows]
        draw_rows(table, ("Who", "Outlet", "Statements"), label="Who is quoted by which outlet", key=f"{key}-rows")
