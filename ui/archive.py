"""Archive: add files and folders, browse and search the articles, see what is held and with what it was made."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import streamlit as st

from index.errors import UsageError
from ui import adding, article, curation
from ui.adding import DESK
from ui.article import Place
from ui.commands.rows import status_row
from ui.parts import counted, draw_error, find_article, parts, settings
from ui.rows import Cell, Row, draw_rows, page_of, shown
from ui.shelf import BY_GENERATION, shelf
from ui.text import day, label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.archive import Archive
    from ui.shelf import Listed

ARTICLES_A_PAGE = 50
SECONDS_BETWEEN_LOOKS = 0.5
ANY = "All outlets"
UNKNOWN = "Outlet not known"


def page() -> None:
    """Draws the page; adding is possible where there is no archive yet."""
    st.set_page_config(page_title="Archive", layout="wide")
    busy = _busy()
    archive = _archive()
    listed = shelf(archive) if archive else {}
    on_page = _choose(list(listed.values())) if archive else []
    left, right = article.split()
    if archive:
        article.fill(right, find_article)
    with left:
        named = st.query_params.get(curation.ADDRESS)
        if archive and named:
            _draw_work(busy=busy)
            curation.draw(find_article(named))
            return
        st.title("Archive", anchor=False)
        _draw_add(first=archive is None)
        _draw_work(busy=busy)
        if archive:
            _draw_articles(listed_on_page=on_page)
            _draw_status(archive)


def _busy() -> bool:
    """Whether a change goes on, asked before the archive is read: what is drawn of both must fit together."""
    if DESK.work:
        DESK.work.wait(SECONDS_BETWEEN_LOOKS)
    return DESK.busy


def _archive() -> Archive | None:
    """The newest generation, or None where nothing was ever added."""
    from index.manifest import Manifest

    if Manifest.read(settings().archive) is None:
        return None
    return parts().engine.archive


def _draw_add(*, first: bool) -> None:
    with st.expander("Add articles", expanded=first, icon=":material/add:", key="add-articles"):
        if first:
            st.text("There is nothing in this archive yet. Add the articles that your questions are about.")
        with st.form("upload", clear_on_submit=True, border=False):
            files = st.file_uploader(
                "Files: text, Markdown, HTML, PDF, JSON lines, CSV, Parquet, feeds, WARC, also packed",
                accept_multiple_files=True,
                key="files",
                max_upload_size=int(settings().unpacked_megabytes),
            )
            if st.form_submit_button("Add these files", disabled=DESK.busy) and files:
                adding.add([adding.keep(file.name, file.getvalue(), settings().archive) for file in files])
                st.rerun()
        with st.form("folder", border=False):
            typed = st.text_input("A folder or file on this computer", placeholder="/Users/you/articles", key="path")
            if st.form_submit_button("Add this folder", disabled=DESK.busy) and typed.strip():
                _add_path(typed.strip())
                st.rerun()


def _add_path(typed: str) -> None:
    path = Path(typed).expanduser()
    if not path.exists():
        raise UsageError(f"There is no {path}; give a folder or file that is on this computer.")
    adding.add([path])


def _draw_work(*, busy: bool) -> None:
    """What goes on, or what came of it."""
    work = DESK.work
    if work is None:
        return
    if busy:
        _follow()
        return
    tally = DESK.tally
    if work.error:
        draw_error(work.error)
    elif work.result:
        st.success(label(f"{work.result[0].upper()}{work.result[1:]}.", most=400), icon=":material/check:")
    if tally.failures:
        with st.expander(f"{counted(len(tally.failures), 'file')} could not be read", expanded=True, key="failures"):
            rows = [Row(None, (Cell(Path(path).name, "name"), Cell(reason, "wide"))) for path, reason in tally.failures]
            draw_rows(rows, ("File", "Reason"), label="Files that could not be read", key="failure-rows")
    st.button("Dismiss", key="dismiss-work", type="tertiary", on_click=DESK.clear)


@st.fragment(run_every=SECONDS_BETWEEN_LOOKS)
def _follow() -> None:
    if not DESK.busy:
        st.rerun()
    tally = DESK.tally
    of = f" {tally.done:,} of {tally.of:,}" if tally.of else ""
    told = f"{tally.doing[0].upper()}{tally.doing[1:]}{of}"
    told += f", {counted(tally.articles, 'article')} so far" if tally.articles else ""
    st.progress(tally.share or 0.0, text=told)


def _choose(every: list[Listed]) -> list[Listed]:
    """The articles that the address asks for, before they are drawn: the panel leafs through them."""
    sought = str(st.query_params.get("q", "")).casefold().split()
    outlet = st.query_params.get("outlet")
    return [
        one
        for one in every
        if all(word in f"{one.title} {one.outlet} {one.published}".casefold() for word in sought)
        and (not outlet or (one.outlet or UNKNOWN) == outlet)
    ]


def _draw_articles(listed_on_page: Sequence[Listed]) -> None:
    words, outlets = st.columns([2, 1])
    words.text_input(
        "Search titles, outlets and days",
        key="q",
        bind="query-params",
        placeholder="ferry 2026-01",
        icon=":material/search:",
    )
    names = [*parts().engine.archive.catalogue.outlets(), UNKNOWN]
    outlets.selectbox(
        "Outlet", names, index=None, key="outlet", format_func=shown, placeholder=ANY, bind="query-params"
    )
    of_page = listed_on_page[page_of(len(listed_on_page), "article", ARTICLES_A_PAGE, key="page")]
    rows = [
        Row(
            one.id,
            (
                Cell(one.title or Path(one.path).name, "words"),
                Cell(one.outlet or UNKNOWN, "name"),
                Cell(day(one.published) or "day not known"),
                Cell(counted(one.marks, "stretch") + " set aside" if one.marks else ""),
            ),
        )
        for one in of_page
    ]
    draw_rows(
        rows, ("Title", "Outlet", "Day", "Boilerplate"), label="Articles", key="articles", on_open=_open, leaves=True
    )


def _open(article_id: str) -> None:
    st.query_params[curation.ADDRESS] = article_id
    article.open_place(Place(article_id))


def _draw_status(archive: Archive) -> None:
    known = _status(archive)
    with st.expander("What the archive holds, and with what it was made", key="status"):
        facts = {
            "Folder": str(known["archive"]),
            "Articles": f"{known['articles']:,}",
            "Passages": f"{known['passages']:,}",
            "Sentences": f"{known['sentences']:,}",
            "Statements": f"{known['statements']:,}",
            "Stories": f"{known['stories']:,}",
            "Copies": f"{known['copies']['articles']} articles are copies of {known['copies']['groups']} originals",
            "Days": " to ".join(filter(None, map(day, known["days"]))) if known["days"] else "none known",
            "Size": f"{known['bytes'] / 1e6:.1f} MB",
            "Generation": str(known["generation"]),
            **{f"Recipe: {name}": str(value) for name, value in known["recipe"].items()},
            **{f"Outlet: {name}": counted(n, "article") for name, n in known["outlets"].items()},
        }
        rows = [Row(None, (Cell(name, "name"), Cell(told, "wide"))) for name, told in facts.items()]
        draw_rows(rows, ("What", "Value"), label="What the archive holds", key="status-rows")


@st.cache_resource(max_entries=2, show_spinner=False, hash_funcs=BY_GENERATION)
def _status(archive: Archive) -> dict[str, Any]:
    return status_row(archive)
