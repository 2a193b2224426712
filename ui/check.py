"""Check: a draft held against the archive, every sentence with its verdict and the evidence beside it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import streamlit as st

from index.types import Span
from qa.types import Verdict
from ui import article
from ui.article import Place
from ui.citations import MARKS
from ui.export import report_buttons
from ui.filters import fold_filters
from ui.parts import component, counted, draw_error, draw_note, find_article, parts
from ui.reports.answers import review_report
from ui.rows import shown
from ui.text import byline
from ui.work import Work

if TYPE_CHECKING:
    from index.types import Filters
    from qa.engine import Engine
    from qa.types import Claim, Review

WORDS = {
    Verdict.SUPPORTED: "Supported",
    Verdict.PARTLY: "Partly supported",
    Verdict.UNSUPPORTED: "Not supported",
    Verdict.CONTRADICTED: "Contradicted",
    Verdict.UNCITED: "Cites nothing",
    Verdict.ABSENT: "Not in the archive",
}
DRAFT_CHARACTERS = 20_000
SECONDS_BETWEEN_LOOKS = 0.3
WORK, DRAFT = "checking", "draft"

_component = component("review")


def page() -> None:
    """Draws the page."""
    shared = parts()
    st.set_page_config(page_title="Check a draft", layout="wide")
    work: Work[Review] | None = st.session_state.get(WORK)
    done = work is not None and work.wait(SECONDS_BETWEEN_LOOKS)
    review = work.result if work and done else None
    left, right = article.split()
    article.fill(right, find_article, _places(review), "piece of evidence")
    with left:
        st.title("Check a draft", anchor=False)
        _draw_draft(shared.engine)
        if work is None:
            return
        if not done:
            _follow()
        elif work.error:
            draw_error(work.error)
        elif review is not None:
            _draw_review(review)


def _draw_draft(engine: Engine) -> None:
    st.text_area(
        "Draft",
        key=DRAFT,
        height=180,
        max_chars=DRAFT_CHARACTERS,
        placeholder="Paste a text. Each of its sentences is held against the articles of the archive.",
        persist_state="session",
    )
    filters = fold_filters(engine.archive)
    st.button("Check", type="primary", icon=":material/fact_check:", on_click=_begin, args=(engine, filters))


def _begin(engine: Engine, filters: Filters) -> None:
    draft = st.session_state.get(DRAFT, "")
    article.close_place()
    st.session_state[WORK] = Work("checking", lambda: engine.review(draft, filters=filters))


@st.fragment(run_every=SECONDS_BETWEEN_LOOKS)
def _follow() -> None:
    work: Work[Review] | None = st.session_state.get(WORK)
    if work is None or work.done:
        st.rerun()
    draw_note(f"Holding each sentence against the articles … {work.seconds:.0f} s")


def _draw_review(review: Review) -> None:
    if not review.claims:
        st.info("No sentence of this draft makes a claim that could be checked.")
        return
    counts = {verdict: sum(claim.verdict is verdict for claim in review.claims) for verdict in Verdict}
    st.text(" · ".join(f"{MARKS[v][0]} {WORDS[v]} {n}" for v, n in counts.items() if n))
    opened = article.opened()
    places = {place_of(citation).address: citation.marker for citation in reversed(review.citations)}
    _component(
        key="review",
        data=review_data(review, places.get(opened.address) if opened else None),
        on_cite_change=partial(_cited, review),
    )
    report_buttons(
        lambda: review_report(review),
        lambda: review.model_dump_json(indent=1),
        name="review",
        key="export-review",
    )


def _cited(review: Review) -> None:
    marker = st.session_state["review"].cite
    for citation in review.citations:
        if citation.marker == marker:
            article.open_place(place_of(citation))


def place_of(citation: Any) -> Place:
    """Where a citation's words stand."""
    return Place(citation.article_id, Span(citation.start, citation.end))


def _places(review: Review | None) -> list[Place]:
    return [place_of(citation) for citation in review.citations] if review else []


def review_data(review: Review, open_marker: int | None = None) -> dict[str, Any]:
    """What the review component draws: plain words and numbers."""
    left = [shown(words) for words in review.left_alone]
    return {
        "open": open_marker,
        "claims": [_claim(claim) for claim in review.claims],
        "sources": [
            {
                "marker": citation.marker,
                "byline": byline(citation.outlet, citation.published),
                "quote": shown(citation.quote),
            }
            for citation in review.citations
        ],
        "left": left,
        "leftTitle": f"{counted(len(left), 'sentence')} without a claim to check",
    }


def _claim(claim: Claim) -> dict[str, Any]:
    mark, meaning = MARKS[claim.verdict]
    return {
        "text": shown(claim.text, 4_000),
        "markers": list(claim.citations),
        "verdict": claim.verdict.value,
        "mark": mark,
        "word": WORDS[claim.verdict],
        "meaning": meaning,
        "reason": shown(claim.reason) if claim.reason else None,
    }
