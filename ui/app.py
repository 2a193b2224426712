"""The page's frame: which pages there are, and the sentence that stands for an error of any of them.

A page's module is imported when the page is first shown, so that the first one comes soon.
"""

from __future__ import annotations

from importlib import import_module

import streamlit as st

from index.errors import RashomonError
from ui import access, signin
from ui.parts import PAGES, STATIC, draw_error, settings


def _ask() -> None:
    import_module("ui.ask").page()


def _ask_by_name() -> None:
    """The first page has the bare address; whoever writes its name gets there too."""
    st.switch_page(PAGES["ask"], query_params=st.query_params.to_dict())


def _compare() -> None:
    import_module("ui.compare").page()


def _said() -> None:
    import_module("ui.statements").page()


def _stories() -> None:
    import_module("ui.stories").page()


def _check() -> None:
    import_module("ui.check").page()


def _archive() -> None:
    import_module("ui.archive").page()


def _settings() -> None:
    import_module("ui.preferences").page()


st.set_page_config(page_title="Rashomon", page_icon=str(STATIC / "icon.svg"))
st.html(STATIC / "frame.css")

PAGES.update(
    ask=st.Page(_ask, title="Ask", icon=":material/chat:", default=True),
    compare=st.Page(_compare, title="Compare", icon=":material/compare:", url_path="compare"),
    said=st.Page(_said, title="Who said what", icon=":material/record_voice_over:", url_path="said"),
    stories=st.Page(_stories, title="Stories", icon=":material/auto_stories:", url_path="stories"),
    check=st.Page(_check, title="Check", icon=":material/fact_check:", url_path="check"),
    archive=st.Page(_archive, title="Archive", icon=":material/inventory_2:", url_path="archive"),
    settings=st.Page(_settings, title="Settings", icon=":material/tune:", url_path="settings"),
)
by_name = st.Page(_ask_by_name, title="Ask", url_path="ask", visibility="hidden")
try:
    known = settings()
    access.need_guard(known.token)
    admitted = signin.admitted(known.readers)
    page = st.navigation([*PAGES.values(), by_name], expanded=True, position="sidebar" if admitted else "hidden")
    if admitted:
        page.run()
    else:
        signin.draw_way_in()
except RashomonError as error:
    draw_error(str(error))
