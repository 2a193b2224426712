"""Which model answers in this tab, and with which key; the key is in the memory of this tab only."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import streamlit as st

from ui.parts import parts
from ui.rows import shown

if TYPE_CHECKING:
    from qa.engine import Engine

QUOTE = "Quotation (no model)"
LOCAL = "local/smollm2"
CHOICE, MODEL, KEY, ENGINE = "answers_by", "model", "key", "engine_with_key"
HOME = ("127.0.0.1", "localhost", "::1")
AT_HOME = ("ollama/", "ollama_chat/", "lm_studio/", "llamafile/")


def choose(configured: str | None) -> None:
    """Draws the choice of a model."""
    kept = st.session_state.get(MODEL, configured or QUOTE)
    options = list(dict.fromkeys(filter(None, (QUOTE, configured, LOCAL, kept))))
    st.session_state.setdefault(CHOICE, kept)
    st.selectbox(
        "Answers by",
        options,
        key=CHOICE,
        format_func=shown,
        accept_new_options=True,
        on_change=_keep,
        help="Choose how answers are made, or type the name of any model that litellm knows "
        "(ollama/llama3.2) or of a GGUF file (local/PATH.gguf). Without a model the articles are quoted.",
    )


def _keep() -> None:
    # A widget's own state goes when another page is shown.
    st.session_state[MODEL] = st.session_state[CHOICE] or QUOTE


def chosen() -> str | None:
    """The model that answers, or None where the articles are quoted."""
    name = st.session_state.get(MODEL, parts().settings.model)
    return None if name in (None, QUOTE) else str(name).strip() or None


def has_key() -> bool:
    """Whether a key was typed in this tab."""
    return KEY in st.session_state


def take_key() -> None:
    """Keeps the key that was typed, and empties the field."""
    typed = st.session_state["typed-key"].strip()
    st.session_state["typed-key"] = ""
    if typed:
        st.session_state[KEY] = typed
        st.session_state.pop(ENGINE, None)


def forget_key() -> None:
    """Forgets the key that was typed."""
    st.session_state.pop(KEY, None)
    st.session_state.pop(ENGINE, None)


def engine() -> Engine:
    """The engine that answers in this tab: everyone's, or one with this tab's key.

    Raises:
        RashomonError: it cannot be opened.
    """
    if not has_key():
        return parts().engine
    if ENGINE not in st.session_state:
        from pydantic import SecretStr

        from qa.opening import open_engine

        key = SecretStr(st.session_state[KEY])
        st.session_state[ENGINE] = open_engine(parts().settings.model_copy(update={"api_key": key}))
    own: Engine = st.session_state[ENGINE]
    return own


def leaves(model: str | None, api_base: str | None) -> str:
    """What leaves this machine when a question is asked, in words."""
    if model is None:
        return "Nothing. Answers are quotations that this machine finds in the articles by itself."
    if model.startswith("local/"):
        return "Nothing. The model is a file that runs on this machine."
    host = urlsplit(api_base).hostname if api_base else None
    if host in HOME or (host is None and model.startswith(AT_HOME)):
        return "Nothing, if the model server at this machine sends nothing on: questions and passages go to it alone."
    where = f"the server at {host}" if host else f"the provider of {shown(model, 80)}"
    return (
        f"Each question goes to {where}, with the conversation before it and the passages of articles that were found "
        "for it. The archive as a whole, your drafts and your key for others do not; without a model nothing does."
    )
