"""The page's frame: which pages there are, and the sentence that stands for an error of any of them."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from index.errors import RashomonError
from ui import ask
from ui.parts import draw_error

st.set_page_config(page_title="Rashomon", page_icon=str(Path(__file__).parent / "static" / "icon.svg"))

page = st.navigation([st.Page(ask.page, title="Ask", url_path="ask", default=True)], position="hidden")
try:
    page.run()
except RashomonError as error:
    draw_error(str(error))
