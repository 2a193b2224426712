"""The chat: the conversation so far, the answer on its way, the article beside it, and the list of conversations."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from index.errors import RashomonError
from ui import answers, article, citations, conversations, models
from ui.actions import draw_actions, mark_wrong
from ui.job import Job, jobs, tidy
from ui.limits import draw_limits, limits
from ui.next_questions import draw_next
from ui.parts import Parts, counted, draw_error, parts
from ui.text import label, paragraph

if TYPE_CHECKING:
    from collections.abc import Collection

    from qa.recheck import Outlived
    from qa.sessions import Conversation
    from qa.types import Turn

SECONDS_BETWEEN_LOOKS = 0.2
AT_ONCE = 0.6
"""Seconds that a quoted answer, which mostly comes by then, is waited for, so that it is drawn once and whole."""
TAKEN_OFF, FATES = "taken-off", "fates"
QUESTION_CHARACTERS = 2000

_SERIF = "font-family:Charter,'Iowan Old Style',Georgia,'Noto Serif','Liberation Serif',serif;"
_DRAFT = f"{_SERIF}font-size:1.07rem;line-height:1.6;opacity:.75;"
_STATUS = "font-size:.9rem;opacity:.7;"


def page() -> None:
    """Draws the page for the conversation, and the citation, that the address names."""
    shared = parts()
    here = conversations.current(shared.sessions)
    # What is the same before and after an answer is drawn while it is on its way.
    with st.sidebar:
        _sidebar(shared, here)
    job = _job(here)
    # Read after the job, so that an answer which comes in between is not missed.
    turns = shared.sessions.turns(here.id) if here else ()
    shown = citations.opened(turns)
    title = here.title if here else "Rashomon"
    st.set_page_config(page_title=title, layout="wide" if shown else "centered")
    left, right = article.split(beside=shown is not None)
    if shown:
        with right:
            _article(shared, shown)
    with left:
        _conversation_so_far(shared, here, turns, shown, job)
        draw_limits(shared.engine.archive)
    # In `st.bottom` and not where Streamlit would move it by itself: there the page follows its own end, and the
    # question that was asked leaves it at the top.
    st.bottom.chat_input(
        f"Ask · by {models.chosen() or 'quotation'}",
        key="typed",
        max_chars=QUESTION_CHARACTERS,
        on_submit=_ask_typed,
    )


def _conversation_so_far(
    shared: Parts,
    here: Conversation | None,
    turns: tuple[Turn, ...],
    shown: citations.Opened | None,
    job: Job | None,
) -> None:
    if here is None or not (turns or job):
        if here is None:
            conversations.draw_missing()
        _welcome(shared)
        return
    in_view = len(turns) + 1 if job else shown.turn if shown else len(turns)
    for number, turn in enumerate(turns, start=1):
        _draw_turn(shared, here, number, turn, shown, in_view=number == in_view)
    if job:
        _draw_job(job, here, len(turns) + 1)
    elif turns:
        draw_next(shared.engine, here.id, turns, _ask)


def _draw_turn(
    shared: Parts, here: Conversation, number: int, turn: Turn, shown: citations.Opened | None, *, in_view: bool
) -> None:
    """A turn, and what can be done with it."""
    given = shared.sessions.feedback(here.id)
    wrong = [one.marker for one in given if one.turn == number and one.marker]
    key = citations.turn_key(here.id, number)
    citations.draw_turn(
        turn,
        number=number,
        conversation=here.id,
        open_marker=shown.citation.marker if shown and shown.turn == number else None,
        in_view=in_view,
        more=answers.more(turn.answer, _fates(shared, here, number, turn), wrong),
        on={
            "on_off_change": partial(_take_off, key, here.id, number, turn.question),
            "on_wrong_change": partial(_mark_wrong, shared, key, here.id, number),
        },
    )
    draw_actions(
        shared.sessions,
        here.id,
        number,
        turn,
        given,
        longest=QUESTION_CHARACTERS,
        ask_again=partial(_ask, turn.question, number - 1, _taken_off().get((here.id, number), frozenset())),
        ask_other=partial(_ask, earlier=number - 1),
    )


def _fates(shared: Parts, here: Conversation, number: int, turn: Turn) -> dict[int, Outlived]:
    """What became of the articles that a turn cites; looked up once for each generation of the archive."""
    kept: dict[tuple[str, int, int], dict[int, Outlived]] = st.session_state.setdefault(FATES, {})
    key = (here.id, number, shared.engine.archive.manifest.generation)
    if key not in kept:
        kept[key] = shared.engine.outlived(turn.answer)
    return kept[key]


def _taken_off() -> dict[tuple[str, int], frozenset[str]]:
    """By conversation and turn, the words of filters that were taken off it; this tab's own."""
    kept: dict[tuple[str, int], frozenset[str]] = st.session_state.setdefault(TAKEN_OFF, {})
    return kept


def _take_off(key: str, conversation: str, number: int, question: str) -> None:
    """Asks again without the filter whose chip was pressed."""
    words = st.session_state[key].off
    if isinstance(words, str):
        _ask(question, number - 1, _taken_off().get((conversation, number), frozenset()) | {words})


def _mark_wrong(shared: Parts, key: str, conversation: str, number: int) -> None:
    marker = st.session_state[key].wrong
    if isinstance(marker, int):
        mark_wrong(shared.sessions, conversation, number, marker)


def _welcome(shared: Parts) -> None:
    """The empty page: what this is, and questions that the archive can answer."""
    articles, outlets = shared.engine.articles_count(), len(shared.engine.outlets())
    st.title("One event, many accounts")
    st.text(
        f"Ask about the {counted(articles, 'article')} of {counted(outlets, 'outlet')} in this archive. "
        "Every sentence of an answer shows the exact words that prove it."
    )
    suggestions = shared.engine.suggestions()
    if suggestions:
        st.pills(
            "Try one of these",
            range(len(suggestions)),
            format_func=lambda number: label(suggestions[number]),
            key="suggested",
            wrap=True,
            on_change=_ask_suggested,
            args=(suggestions,),
        )


def _article(shared: Parts, shown: citations.Opened) -> None:
    try:
        cited = shared.engine.article(shown.citation.article_id)
    except RashomonError as error:
        draw_error(str(error))
        st.button("Close", on_click=citations.close_citation)
        return
    citations.draw_article(cited, shown)


def _ask_typed() -> None:
    _ask(st.session_state["typed"])


def _ask_suggested(suggestions: tuple[str, ...]) -> None:
    chosen = st.session_state["suggested"]
    if chosen is not None:
        _ask(suggestions[chosen])


def _ask(question: str | None, earlier: int | None = None, without: Collection[str] = ()) -> None:
    """Starts the answer to a question, in the conversation that is open or else in a new one.

    Args:
        question: nothing is asked where it is empty.
        earlier: how many turns it was asked after; None means all that there are.
        without: words of it that are not to limit the search.
    """
    if not question or not question.strip():
        return
    shared = parts()
    here = conversations.current(shared.sessions) or shared.sessions.create(question)
    conversations.show(here.id)
    tidy()
    running = jobs().get(here.id)
    if running:
        running.stop()
    _taken_off()[here.id, here.turns + 1] = frozenset(without)
    jobs()[here.id] = Job(
        models.engine(),
        shared.sessions,
        here.id,
        question.strip(),
        models.chosen(),
        filters=limits(),
        without=without,
        earlier=earlier,
    )


def _job(here: Conversation | None) -> Job | None:
    """The job of this conversation; it is forgotten once its answer is among the turns."""
    job = jobs().get(here.id) if here else None
    if here is None or job is None:
        return None
    job.wait(max(0.0, (SECONDS_BETWEEN_LOOKS if job.model else AT_ONCE) - job.seconds))
    if job.answered:
        # Another tab may have been first.
        jobs().pop(here.id, None)
        return None
    return job


def _draw_job(job: Job, here: Conversation, number: int) -> None:
    """The question, and either the answer as it grows or why there is none."""
    ended = job.wait(0)
    if job.answered:
        st.rerun()
    citations.draw_question(job.question, number=number, conversation=here.id)
    if not ended:
        _follow(here.id, job)
        st.button("Stop", icon=":material/stop_circle:", on_click=job.stop)
        return
    if job.error:
        draw_error(job.error)
    else:
        st.html(paragraph("Stopped. Nothing of this answer was kept.", _STATUS))
    with st.container(horizontal=True):
        again = (job.question, job.earlier, job.without)
        st.button("Ask again", icon=":material/refresh:", on_click=_ask, args=again)
        st.button("Dismiss", type="tertiary", on_click=_dismiss, args=(here.id,))


def _dismiss(conversation: str) -> None:
    jobs().pop(conversation, None)


@st.fragment(run_every=SECONDS_BETWEEN_LOOKS)
def _follow(conversation: str, job: Job) -> None:
    """Shows the draft as far as it has come, again and again, and the whole page once the job has ended."""
    if jobs().get(conversation) is not job or job.wait(0):
        st.rerun()
    st.html(paragraph(job.draft, _DRAFT) if job.draft else paragraph(_status(job), _STATUS))


def _status(job: Job) -> str:
    """What goes on, for the time until words come."""
    doing = "Searching the archive"
    if job.found is not None:
        outlets = {hit.article.outlet for hit in job.found.hits} - {None}
        doing = f"Reading {counted(len(job.found.hits), 'passage')} of {counted(len(outlets), 'outlet')}"
    return f"{doing} … {job.seconds:.0f} s" if job.seconds >= 1 else f"{doing} …"


def _sidebar(shared: Parts, here: Conversation | None) -> None:
    st.button("New question", icon=":material/add:", width="stretch", on_click=conversations.show, args=(None,))
    models.choose(shared.settings.model)
    conversations.draw_list(shared.sessions, here)
