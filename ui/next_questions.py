"""Questions that lead on from the last answer, found beside the page and offered once they are known to be answered."""

from __future__ import annotations

import time
from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from ui.job import let_pass
from ui.text import label
from ui.work import Work

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from qa.engine import Engine
    from qa.types import Event, Turn

WORK = "next-questions"
SECONDS_BETWEEN_LOOKS = 0.5
SECONDS_TO_DRAW = 1.0
"""What a browser, which mostly runs on the same machine, is left to draw the answer in before the search begins."""


def draw_next(engine: Engine, conversation: str, turns: Sequence[Turn], ask: Callable[[str], None]) -> None:
    """Draws what could be asked next, and looks for it first where that was not done for the last turn."""
    here = (conversation, len(turns))
    kept: tuple[tuple[str, int], Work[tuple[str, ...]]] | None = st.session_state.get(WORK)
    if kept is None or kept[0] != here:
        kept = (here, Work("finding further questions", partial(_find, engine, tuple(turns))))
        st.session_state[WORK] = kept
    if kept[1].done:
        _draw(kept[1].result or (), f"next-{conversation}-{len(turns)}", ask)
    else:
        _follow(kept[1])


def _find(engine: Engine, turns: Sequence[Turn]) -> tuple[str, ...]:
    from qa.next_questions import next_questions

    time.sleep(SECONDS_TO_DRAW)

    def ask(question: str) -> Iterable[Event]:
        let_pass()
        return engine.ask(question)

    before = [asked for turn in turns for asked in (turn.question, turn.answer.asked)]
    return next_questions(turns[-1].answer, engine.archive, search=engine.search, ask=ask, before=before)


@st.fragment(run_every=SECONDS_BETWEEN_LOOKS)
def _follow(work: Work[tuple[str, ...]]) -> None:
    """Shows nothing until the search is done, then the whole page with what was found."""
    if work.done:
        st.rerun()


def _draw(questions: Sequence[str], key: str, ask: Callable[[str], None]) -> None:
    if questions:
        st.pills(
            "Ask next",
            range(len(questions)),
            format_func=lambda number: label(questions[number]),
            key=key,
            wrap=True,
            on_change=_chosen,
            args=(questions, key, ask),
        )


def _chosen(questions: Sequence[str], key: str, ask: Callable[[str], None]) -> None:
    number = st.session_state[key]
    if number is not None:
        ask(questions[number])
