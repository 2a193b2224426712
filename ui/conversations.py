"""Which conversation the page shows, and the list of those that were kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from ui import citations
from ui.job import jobs
from ui.kept import draw_kept

if TYPE_CHECKING:
    from qa.sessions import Conversation, Sessions

ADDRESS = "c"


def current(sessions: Sessions) -> Conversation | None:
    """The conversation that the page's address names, or None where it names none that is here."""
    name = st.query_params.get(ADDRESS)
    return None if name is None else sessions.get(name)


def draw_missing() -> None:
    """Says so where the page's address names a conversation that is not here."""
    if ADDRESS in st.query_params:
        st.info("This conversation is not on this computer, or it has been deleted. Ask to begin a new one.")


def show(conversation: str | None) -> None:
    """Turns the page to a conversation, or to an empty one, with no citation open."""
    for name in (ADDRESS, citations.ADDRESS):
        st.query_params.pop(name, None)
    if conversation:
        st.query_params[ADDRESS] = conversation


def draw_list(sessions: Sessions, here: Conversation | None) -> None:
    """Draws the conversations, the newest first; those in which nothing was answered are left out."""

    def menu(one: Conversation) -> None:
        st.text_input(
            "Title", one.title, key=f"title-{one.id}", max_chars=80, on_change=_rename, args=(sessions, one.id)
        )
        st.button(
            "Delete conversation", icon=":material/delete:", key="delete", on_click=_delete, args=(sessions, one.id)
        )

    draw_kept(
        [one for one in sessions.list() if one.turns or one.id in jobs()],
        here.id if here else None,
        heading="Conversations",
        prefix="go",
        go=show,
        menu=menu,
        can="Rename or delete this conversation",
    )


def _rename(sessions: Sessions, conversation: str) -> None:
    sessions.rename(conversation, st.session_state[f"title-{conversation}"])


def _delete(sessions: Sessions, conversation: str) -> None:
    job = jobs().pop(conversation, None)
    if job:
        job.stop()
    sessions.delete(conversation)
    show(None)
