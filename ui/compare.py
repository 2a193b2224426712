"""Compare: questions put to each independent account, side by side, with what they have in common and apart above.

The address holds all of it: `q=QUESTION` for each row, the filters, and the article that is open.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

import streamlit as st

from index.types import Span
from ui import accounts, article
from ui.article import Place
from ui.export import report_buttons
from ui.filters import fold_filters
from ui.parts import component, counted, find_article, parts
from ui.reports.comparison import comparison_report
from ui.reports.report import Report
from ui.rows import shown
from ui.text import label
from ui.work import Work

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from index.types import Filters
    from qa.compare.types import Comparison
    from qa.engine import Engine
    from qa.types import Citation

QUESTION, WORKS = "q", "comparisons"
MOST_QUESTIONS = 8
QUESTION_CHARACTERS = 500
SECONDS_BETWEEN_LOOKS = 0.3

_component = component("compare")

Compared = tuple[str, "Work[Comparison]"]


def page() -> None:
    """Draws the comparison that the address names."""
    shared = parts()
    st.set_page_config(page_title="Compare", layout="wide")
    left, right = article.split()
    with left:
        st.title("Compare", anchor=False)
        questions = asked()
        _draw_box(questions)
        filters = fold_filters(shared.engine.archive)
        if not questions:
            _draw_welcome(shared.engine)
            return
        works = _works(shared.engine, questions, filters)
        # Looked at once: what ends while the page is drawn must not pass for drawn.
        done = [work for _, work in works if work.done]
        found, citations = accounts.joined([work.result for work in done if work.result])
        _draw(works, found, citations)
        if len(done) < len(works):
            _follow([work for _, work in works], len(done))
    article.fill(right, find_article, [place_of(citation) for citation in citations], "citation")


def asked() -> tuple[str, ...]:
    """The questions that the address holds, each once."""
    lines = (" ".join(question.split()) for question in st.query_params.get_all(QUESTION))
    return tuple(dict.fromkeys(line[:QUESTION_CHARACTERS] for line in lines if line))[:MOST_QUESTIONS]


def _draw_box(questions: Sequence[str]) -> None:
    more = bool(questions)
    if len(questions) >= MOST_QUESTIONS:
        st.caption(f"{MOST_QUESTIONS} questions are the most; take one off to ask another.")
        return
    with st.form("compare-form", clear_on_submit=True, border=False):
        row = st.container(horizontal=True, vertical_alignment="bottom")
        row.text_input(
            "A further question, as another row" if more else "Question",
            key="compare-question",
            max_chars=QUESTION_CHARACTERS,
            placeholder="Who blamed whom?",
        )
        row.form_submit_button("Add" if more else "Compare", type="primary", on_click=_add_typed)


def _add_typed() -> None:
    _add(st.session_state["compare-question"])


def _add(question: str | None) -> None:
    if question and question.strip():
        article.close_place()
        st.query_params[QUESTION] = list(dict.fromkeys([*asked(), " ".join(question.split())]))


def _draw_welcome(engine: Engine) -> None:
    st.text("One question is put to each independent account; copies of one report are one account.")
    suggestions = engine.suggestions()
    if suggestions:
        st.pills(
            "Try one of these",
            range(len(suggestions)),
            format_func=lambda number: label(suggestions[number]),
            key="compare-suggested",
            wrap=True,
            on_change=_add_suggested,
            args=(suggestions,),
        )


def _add_suggested(suggestions: Sequence[str]) -> None:
    chosen = st.session_state["compare-suggested"]
    if chosen is not None:
        _add(suggestions[chosen])


def _works(engine: Engine, questions: Sequence[str], filters: Filters) -> list[Compared]:
    """The comparison of each question, made beside the page; what the page shows no longer is forgotten."""
    kept: Mapping[Any, Work[Comparison]] = st.session_state.get(WORKS, {})
    generation = engine.archive.manifest.generation
    now = {}
    for question in questions:
        key = (generation, question, filters)
        now[key] = kept.get(key) or Work(
            "comparing", partial(engine.compare, question, filters=filters, silent=filters.articles)
        )
    st.session_state[WORKS] = now
    for work in now.values():
        work.wait(SECONDS_BETWEEN_LOOKS / len(questions))
    return list(zip(questions, now.values(), strict=True))


@st.fragment(run_every=SECONDS_BETWEEN_LOOKS)
def _follow(works: Sequence[Work[Comparison]], drawn: int) -> None:
    going = [work for work in works if not work.done]
    # Each row is shown as soon as it is there.
    if len(works) - len(going) > drawn:
        st.rerun()
    st.caption(f"Putting the question to each account … {max(work.seconds for work in going):.0f} s")


def report(found: Sequence[Comparison], citations: tuple[Citation, ...]) -> Report:
    """All rows as one report; `found` and `citations` as `ui.accounts.joined` gives them."""
    if len(found) == 1:
        return comparison_report(found[0])
    sections = [
        replace(section, heading=f"{one.question} — {section.heading}")
        for one in found
        for section in comparison_report(one).sections
    ]
    return Report("Comparison", (counted(len(found), "question"),), tuple(sections), citations)


def document(found: Sequence[Comparison]) -> str:
    """The comparisons as JSON, one for each question."""
    return "[" + ",\n".join(one.model_dump_json(indent=1) for one in found) + "]"


def _draw(works: Sequence[Compared], found: Sequence[Comparison], citations: Sequence[Citation]) -> None:
    opened = article.opened()
    places = {place_of(citation).address: citation.marker for citation in citations}
    data = accounts.compare_data(
        [question for question, _ in works],
        found,
        citations,
        errors={question: work.error for question, work in works if work.error},
        open_marker=places.get(opened.address) if opened else None,
    )
    _component(key="compare", data=data, on_cite_change=partial(_cited, tuple(citations)), on_off_change=_take_off)
    if found:
        report_buttons(
            lambda: report(found, tuple(citations)), lambda: document(found), name="comparison", key="export-comparison"
        )


def _cited(citations: Sequence[Citation]) -> None:
    marker = st.session_state["compare"].cite
    for citation in citations:
        if citation.marker == marker:
            article.open_place(place_of(citation))


def _take_off() -> None:
    question = st.session_state["compare"].off
    if isinstance(question, str):
        article.close_place()
        st.query_params[QUESTION] = [one for one in asked() if shown(one) != question]


def place_of(citation: Citation) -> Place:
    """Where a citation's words stand."""
    return Place(citation.article_id, Span(citation.start, citation.end))
