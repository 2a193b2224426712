"""The chat: the conversation so far, the answer on its way, the article beside it, and the list of conversations."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from index.errors import RashomonError
from ui import citations, conversations
from ui.job import Job, jobs
from ui.parts import Parts, draw_error, parts
from ui.text import label, paragraph

if TYPE_CHECKING:
    from qa.sessions import Conversation
    from qa.types import Turn

QUOTE = "Quotation (no model)"
LOCAL = "local/smollm2"
SECONDS_BETWEEN_LOOKS = 0.2
QUESTION_CHARACTERS = 2000

_SERIF = "font-family:Charter,'Iowan Old Style',Georgia,'Noto Serif','Liberation Serif',serif;"
_DRAFT = f"{_SERIF}font-size:1.07rem;line-height:1.6;opacity:.75;"
_STATUS = "font-size:.9rem;opacity:.7;"


def page() -> None:
    """Draws the page for the conversation, and the citation, that the address names."""
    shared = parts()
    here = conversations.current(shared.sessions)
    job = _job(shared, here)
    # Read after the job, so that an answer which comes in between is not missed.
    turns = shared.sessions.turns(here.id) if here else ()
    shown = citations.opened(turns)
    title = here.title if here else "Rashomon"
    st.set_page_config(page_title=title, layout="wide" if shown else "centered")
    with st.sidebar:
        _sidebar(shared, here)
    # One column or two, but always columns: what stays where it was is not built anew.
    left, *right = st.columns([11, 9] if shown else 1, gap="medium")
    if shown:
        with right[0].container(height="stretch"):
            _article(shared, shown)
    with left:
        _conversation_so_far(shared, here, turns, shown, job)
    st.chat_input(
        f"Ask · by {_model() or 'quotation'}",
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
    for number, turn in enumerate(turns, start=1):
        marker = shown.citation.marker if shown and shown.turn == number else None
        fresh = st.session_state.get("fresh") == (here.id, number)
        citations.draw_turn(turn, number=number, conversation=here.id, open_marker=marker, fresh=fresh)
    if job:
        _draw_job(job, here, len(turns) + 1)


def _welcome(shared: Parts) -> None:
    """The empty page: what this is, and questions that the archive can answer."""
    articles, outlets = shared.engine.articles_count(), len(shared.engine.outlets())
    st.title("One event, many accounts")
    st.text(
        f"Ask about the {_counted(articles, 'article')} of {_counted(outlets, 'outlet')} in this archive. "
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
        article = shared.engine.article(shown.citation.article_id)
    except RashomonError as error:
        draw_error(str(error))
        st.button("Close", on_click=citations.close_citation)
        return
    citations.draw_article(article, shown)


def _ask_typed() -> None:
    _ask(st.session_state["typed"])


def _ask_suggested(suggestions: tuple[str, ...]) -> None:
    chosen = st.session_state["suggested"]
    if chosen is not None:
        _ask(suggestions[chosen])


def _ask(question: str | None) -> None:
    """Starts the answer to a question, in the conversation that is open or else in a new one."""
    if not question or not question.strip():
        return
    shared = parts()
    here = conversations.current(shared.sessions) or shared.sessions.create(question)
    conversations.show(here.id)
    earlier = jobs().get(here.id)
    if earlier:
        earlier.stop()
    jobs()[here.id] = Job(shared.engine, shared.sessions, here.id, question.strip(), _model())


def _job(shared: Parts, here: Conversation | None) -> Job | None:
    """The job of this conversation; it is forgotten once its answer is among the turns."""
    job = jobs().get(here.id) if here else None
    if here is None or job is None:
        return None
    # An answer that comes at once is drawn at once, without a flash of what goes on.
    job.wait(max(0.0, SECONDS_BETWEEN_LOOKS - job.seconds))
    if job.answered:
        del jobs()[here.id]
        st.session_state["fresh"] = (here.id, len(shared.sessions.turns(here.id)))
        return None
    return job


def _draw_job(job: Job, here: Conversation, number: int) -> None:
    """The question, and either the answer as it grows or why there is none."""
    ended = job.wait(0)
    if job.answered:
        st.rerun()
    citations.draw_question(job.question, number=number, conversation=here.id)
    if not ended:
        _follow(here.id)
        st.button("Stop", icon=":material/stop_circle:", on_click=job.stop)
        return
    if job.error:
        draw_error(job.error)
    else:
        st.html(paragraph("Stopped. Nothing of this answer was kept.", _STATUS))
    with st.container(horizontal=True):
        st.button("Ask again", icon=":material/refresh:", on_click=_ask, args=(job.question,))
        st.button("Dismiss", type="tertiary", on_click=_dismiss, args=(here.id,))


def _dismiss(conversation: str) -> None:
    jobs().pop(conversation, None)


@st.fragment(run_every=SECONDS_BETWEEN_LOOKS)
def _follow(conversation: str) -> None:
    """Shows the draft as far as it has come, again and again, and the whole page once the job has ended."""
    job = jobs().get(conversation)
    if job is None or job.wait(0):
        st.rerun()
    st.html(paragraph(job.draft, _DRAFT) if job.draft else paragraph(_status(job), _STATUS))


def _status(job: Job) -> str:
    """What goes on, for the time until words come."""
    doing = "Searching the archive"
    if job.found is not None:
        outlets = {hit.article.outlet for hit in job.found.hits} - {None}
        doing = f"Reading {_counted(len(job.found.hits), 'passage')} of {_counted(len(outlets), 'outlet')}"
    return f"{doing} … {job.seconds:.0f} s" if job.seconds >= 1 else f"{doing} …"


def _sidebar(shared: Parts, here: Conversation | None) -> None:
    st.header("Rashomon")
    st.button("New question", icon=":material/add:", width="stretch", on_click=conversations.show, args=(None,))
    _choose_model(shared)
    conversations.draw_list(shared.sessions, here)


def _choose_model(shared: Parts) -> None:
    configured = shared.settings.model
    options = list(dict.fromkeys(filter(None, (QUOTE, configured, LOCAL))))
    st.session_state.setdefault("answers_by", configured or QUOTE)
    st.selectbox(
        "Answers by",
        options,
        key="answers_by",
        accept_new_options=True,
        help="Choose how answers are made, or type the name of any model that litellm knows "
        "(ollama/llama3.2) or of a GGUF file (local/PATH.gguf). Without a model the articles are quoted.",
    )


def _model() -> str | None:
    """The model that answers, or None where the articles are quoted."""
    chosen = st.session_state.get("answers_by")
    return None if chosen in (None, QUOTE) else str(chosen).strip() or None


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
