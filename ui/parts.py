"""What the pages share: the settings, the engine and the conversations, opened once for the whole server."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import streamlit as st

from ui.text import label

if TYPE_CHECKING:
    from collections.abc import Callable

    from index.types import Article
    from qa.engine import Engine
    from qa.sessions import Sessions
    from qa.settings import Settings

STATIC = Path(__file__).parent / "static"
ERROR_CHARACTERS = 2000
SHOWN_SINCE = "shown-since"


def component(name: str) -> Callable[..., Any]:
    """The component that `static/NAME.js` draws; all of them share `words.js`, which sets words as text only."""

    def read(file: str) -> str:
        return (STATIC / file).read_text(encoding="utf-8")

    script = read("words.js") + read(f"{name}.js")
    mount = st.components.v2.component(
        f"rashomon_{name}", html='<div class="root"></div>', css=read(f"{name}.css"), js=script
    )

    def draw(*, key: str, data: dict[str, Any] | None, **more: Any) -> Any:
        # Not as a dictionary: Streamlit would look for tables among its values, and load pandas to know them.
        return mount(key=key, data=[data, _since(key, data)], **more)

    return draw


def _since(key: str, data: dict[str, Any] | None) -> float:
    """Since when a component shows this, in seconds: the browser may be handed the older of two drawings last."""
    known: dict[str, tuple[float, dict[str, Any] | None]] = st.session_state.setdefault(SHOWN_SINCE, {})
    since, shown = known.get(key, (0.0, None))
    if key not in known or shown != data:
        # A clock may be set back, and what is new would pass for old.
        since = max(time.time(), since)
        known[key] = (since, data)
    return since


@dataclass(frozen=True, slots=True)
class Parts:
    """What a page works with; read, never changed."""

    settings: Settings
    engine: Engine
    sessions: Sessions


def open_settings() -> Settings:
    """The settings of this machine."""
    from qa.settings import Settings

    return Settings()


def settings() -> Settings:
    """The settings, which can be had where there is no archive yet."""
    return open_settings()


def open_parts() -> Parts:
    """Opens everything by the settings of this machine.

    Raises:
        RashomonError: the archive or the conversations cannot be opened.
    """
    from qa.opening import open_engine
    from qa.sessions import Sessions

    known = open_settings()
    return Parts(known, open_engine(known), Sessions(known.data / "sessions.sqlite"))


@st.cache_resource(show_spinner="Opening the archive …")
def parts() -> Parts:
    """The parts, opened at the first call; a failure is not kept."""
    return open_parts()


def find_article(article_id: str) -> Article:
    """The article of this id.

    Raises:
        UsageError: the archive holds no such article.
    """
    return parts().engine.article(article_id)


def counted(number: int, noun: str) -> str:
    """A number of things, in words ("1 article", "2 articles"; "1 story", "2 stories")."""
    if number == 1:
        return f"1 {noun}"
    ending = ("ies", 1) if noun.endswith("ry") else ("es", 0) if noun.endswith("ch") else ("s", 0)
    return f"{number:,} {noun[: len(noun) - ending[1]]}{ending[0]}"


def draw_note(told: str) -> None:
    """Draws words in small print; Streamlit's captions are too pale to be read by all (WCAG 2.2, 1.4.3)."""
    st.markdown(f":small[{label(told, most=ERROR_CHARACTERS)}]")


def draw_error(sentence: str) -> None:
    """Draws what went wrong, in words."""
    st.error(label(sentence, most=ERROR_CHARACTERS), icon=":material/error:")


PAGES: dict[str, Any] = {}
"""The pages by the last part of their address, as `app.py` made them; for going from one to another."""


def go_to(name: str, address: dict[str, str]) -> None:
    """Goes to another page, with this in its address."""
    st.switch_page(PAGES[name], query_params=address)
