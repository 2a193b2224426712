"""What the pages share: the settings, the engine and the conversations, opened once for the whole server."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from ui.text import label

if TYPE_CHECKING:
    from qa.engine import Engine
    from qa.sessions import Sessions
    from qa.settings import Settings

ERROR_CHARACTERS = 2000


@dataclass(frozen=True, slots=True)
class Parts:
    """What a page works with; read, never changed."""

    settings: Settings
    engine: Engine
    sessions: Sessions


def open_parts() -> Parts:
    """Opens everything by the settings of this machine.

    Raises:
        RashomonError: the archive or the conversations cannot be opened.
    """
    from qa.engine import open_engine
    from qa.sessions import Sessions
    from qa.settings import Settings

    settings = Settings()
    return Parts(settings, open_engine(settings), Sessions(settings.data / "sessions.sqlite"))


@st.cache_resource(show_spinner="Opening the archive …")
def parts() -> Parts:
    """The parts, opened at the first call; a failure is not kept."""
    return open_parts()


def draw_error(sentence: str) -> None:
    """Draws what went wrong, in words."""
    st.error(label(sentence, most=ERROR_CHARACTERS), icon=":material/error:")
