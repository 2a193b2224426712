"""One article of the archive: what is known of it and from what, what was set aside, and a person's corrections."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from index.intake import KEEP_ALL
from index.types import Origin
from ui import adding
from ui.adding import DESK
from ui.article import Place, close_place, open_place, opened
from ui.parts import draw_note
from ui.rows import Cell, Row, draw_rows
from ui.text import label

if TYPE_CHECKING:
    from index.types import Article

FIELDS = {
    "title": "Title",
    "outlet": "Outlet",
    "published": "Day (2026-03-31)",
    "authors": "Authors, with “; ” between them",
    "url": "Address",
    "language": "Language (en)",
}
ORIGINS = {
    Origin.PERSON: "said by a person",
    Origin.SIDECAR: "from the file beside it",
    Origin.FIELD: "from a field of the file",
    Origin.TAG: "from a tag of the page",
    Origin.TEXT: "read from the words",
    Origin.URL: "read from the address",
}
VALUE_CHARACTERS = 500
ADDRESS = "article"
"""Names the article in the page's address; the panel beside it may be closed meanwhile."""


def draw(article: Article) -> None:
    """Draws an article's facts, with what can be done about them."""
    st.button("All articles", icon=":material/arrow_back:", type="tertiary", on_click=_leave)
    st.title(label(article.title or "Untitled article"), anchor=False)
    st.text(f"{article.path}{f' ({article.key})' if article.key else ''} · {article.id}")
    if not opened():
        st.button("Read it", icon=":material/article:", on_click=open_place, args=(Place(article.id),))
    st.subheader("What is known, and from what", anchor=False)
    _draw_evidence(article)
    _draw_form(article)
    st.subheader("Set aside as boilerplate", anchor=False)
    _draw_boilerplate(article)
    _draw_remove(article)


def _leave() -> None:
    st.query_params.pop(ADDRESS, None)
    close_place()


def _draw_evidence(article: Article) -> None:
    rows = [
        Row(
            None,
            (
                Cell(FIELDS.get(name, name).split(" (")[0].split(",")[0], "name"),
                Cell(found.value, "wide"),
                Cell(f"{ORIGINS[found.origin]}, {found.confidence:.0%} sure", note=found.shown),
            ),
        )
        for name, found in article.evidence.items()
    ]
    if not rows:
        draw_note("Nothing is known of this article but its words.")
        return
    draw_rows(rows, ("What", "Value", "Shown by"), label="What is known of this article", key="evidence")


def _draw_form(article: Article) -> None:
    known = {name: getattr(article, name) or "" for name in FIELDS} | {"authors": "; ".join(article.authors)}
    with (
        st.expander("Correct it", icon=":material/edit:", key=f"correct-{article.id}"),
        st.form(f"fields-{article.id}", border=False),
    ):
        typed = {
            name: st.text_input(told, known[name], key=f"{name}-{article.id}", max_chars=VALUE_CHARACTERS)
            for name, told in FIELDS.items()
        }
        if st.form_submit_button("Save", disabled=DESK.busy):
            changes = {name: value.strip() for name, value in typed.items() if value.strip() != known[name]}
            if changes:
                adding.correct(article.id, changes, "The correction is kept, also when the file is added again")
                st.rerun()


def _draw_boilerplate(article: Article) -> None:
    if not article.boilerplate:
        draw_note("Nothing; all of it is searched and quoted.")
        return
    rows = [
        Row(
            None,
            (Cell(str(mark.reason), "name"), Cell(" ".join(article.text[mark.start : mark.end].split())[:300], "wide")),
        )
        for mark in article.boilerplate
    ]
    draw_rows(rows, ("Why", "Words"), label="Set aside as boilerplate", key="boilerplate")
    if st.button("All of this belongs to the article", icon=":material/undo:", disabled=DESK.busy):
        adding.correct(article.id, {KEEP_ALL: "yes"}, "Nothing of this article is set aside any more")
        st.rerun()


def _draw_remove(article: Article) -> None:
    with st.popover("Remove from the archive", icon=":material/delete:", disabled=DESK.busy):
        st.text("The article goes out of the archive. Its file stays, and adding that brings it back.")
        if st.button("Remove it", type="primary", key=f"remove-{article.id}"):
            adding.remove([article.id])
            _leave()
            st.rerun()
