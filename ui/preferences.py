"""Settings: which model answers, with which key, what that sends where, and a question to try it with."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from qa.types import Finished
from ui import models, signin
from ui.parts import draw_error, draw_note, parts
from ui.rows import shown
from ui.work import Work

if TYPE_CHECKING:
    from qa.engine import Engine
    from qa.types import Answer

WORK = "trying"
SECONDS_BETWEEN_LOOKS = 0.3
QUESTION = "What do the articles report?"


def page() -> None:
    """Draws the page."""
    st.set_page_config(page_title="Settings", layout="centered")
    st.title("Settings", anchor=False)
    # First, so that there is a way out where nothing else can be shown.
    signin.draw_account()
    shared = parts()
    st.subheader("Who writes the answers", anchor=False)
    models.choose(shared.settings.model)
    st.text_input(
        "Key for the model's provider",
        type="password",
        key="typed-key",
        autocomplete="off",
        on_change=models.take_key,
        help="Kept in this tab's memory only, never written down. Left empty, the key in the environment is used.",
        placeholder="A key is kept for this tab" if models.has_key() else "From the environment",
    )
    if models.has_key():
        st.button("Forget the key", on_click=models.forget_key, type="tertiary")
    st.subheader("What leaves this machine", anchor=False)
    st.text(models.leaves(models.chosen(), shared.settings.api_base))
    st.subheader("Try it", anchor=False)
    _draw_trial(shared.settings.passages)


def _draw_trial(passages: int) -> None:
    st.text(f"Asks one question of the archive, as a reader would, with up to {passages} passages of the articles.")
    work: Work[Answer] | None = st.session_state.get(WORK)
    st.button(
        "Ask one thing", icon=":material/play_arrow:", on_click=_begin, disabled=work is not None and not work.done
    )
    if work is None:
        return
    if not work.wait(SECONDS_BETWEEN_LOOKS):
        _follow()
        return
    if work.error:
        draw_error(work.error)
    elif work.result:
        _draw_result(work.result, work.seconds)


def _begin() -> None:
    engine, model = models.engine(), models.chosen()
    suggested = engine.suggestions()
    question = suggested[0] if suggested else QUESTION
    st.session_state[WORK] = Work("trying the model", lambda: _ask(engine, question, model))


def _ask(engine: Engine, question: str, model: str | None) -> Answer:
    for event in engine.ask(question, model=model):
        if isinstance(event, Finished):
            return event.answer
    raise AssertionError("an answer ends with Finished")


@st.fragment(run_every=SECONDS_BETWEEN_LOOKS)
def _follow() -> None:
    work: Work[Answer] | None = st.session_state.get(WORK)
    if work is None or work.done:
        st.rerun()
    draw_note(f"Asking … {work.seconds:.0f} s")


def _draw_result(answer: Answer, seconds: float) -> None:
    cost = answer.trace.cost_usd
    time, tokens, price = st.columns(3)
    time.metric("Time", f"{seconds:.1f} s")
    tokens.metric("Tokens", f"{answer.trace.tokens:,}" if answer.trace.tokens is not None else "none")
    price.metric("Cost", "none" if not answer.trace.tokens else "not known" if cost is None else f"\\${cost:.4f}")
    told = answer.abstained.reason if answer.abstained else " ".join(claim.text for claim in answer.claims)
    st.text(f"Asked: {shown(answer.question)}")
    st.text(f"Answered: {shown(told, 1_500)}")
    for note in answer.notes:
        st.text(f"Note: {shown(note)}")
