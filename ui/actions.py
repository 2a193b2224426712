"""What a reader can do with an answer: judge it, ask again, change the question, compare accounts, take it along."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from qa.sessions import Judgement
from ui.citations import turn_key
from ui.export import report_buttons
from ui.parts import go_to
from ui.reports.answers import answer_report

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from qa.sessions import Feedback, Sessions
    from qa.types import Turn

THUMBS = (Judgement.BAD, Judgement.GOOD)


def draw_actions(
    sessions: Sessions,
    conversation: str,
    number: int,
    turn: Turn,
    given: Iterable[Feedback],
    *,
    longest: int,
    ask_again: Callable[[], None],
    ask_other: Callable[[str], None],
) -> None:
    """Draws one quiet row under a turn.

    Args:
        number: the turn's place in the conversation, from 1.
        given: the judgements that are kept with the conversation.
        longest: the most characters of a question.
        ask_again: asks the same once more.
        ask_other: asks the question as it was changed.
    """
    key = turn_key(conversation, number)
    thought = next((one.judgement for one in given if one.turn == number and one.marker is None), None)
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"{key}-actions"):
        st.feedback(
            "thumbs",
            key=f"{key}-thumbs",
            default=THUMBS.index(thought) if thought in THUMBS else None,
            on_change=partial(_judge, sessions, conversation, number, f"{key}-thumbs"),
        )
        st.button("Ask again", icon=":material/refresh:", type="tertiary", key=f"{key}-again", on_click=ask_again)
        with st.popover("Edit", icon=":material/edit:", type="tertiary", key=f"{key}-edit"):
            st.text_area("Question", turn.question, key=f"{key}-question", height=90, max_chars=longest)
            st.button("Ask this instead", key=f"{key}-other", on_click=_ask_other, args=(f"{key}-question", ask_other))
        if st.button("Compare", icon=":material/compare:", type="tertiary", key=f"{key}-compare"):
            go_to("compare", {"q": turn.answer.asked})
        report_buttons(
            partial(answer_report, turn.answer),
            partial(turn.answer.model_dump_json, indent=2),
            name="answer",
            key=f"{key}-export",
        )


def mark_wrong(sessions: Sessions, conversation: str, number: int, marker: int) -> None:
    """Keeps that a citation is wrong; a negative marker takes it back."""
    sessions.judge(conversation, number, Judgement.WRONG if marker > 0 else None, marker=abs(marker))


def _judge(sessions: Sessions, conversation: str, number: int, key: str) -> None:
    chosen = st.session_state[key]
    sessions.judge(conversation, number, None if chosen is None else THUMBS[chosen])


def _ask_other(key: str, ask_other: Callable[[str], None]) -> None:
    ask_other(st.session_state[key])
