"""Check: a draft held against the archive, every sentence with its verdict and the evidence beside it."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import streamlit as st

from index.types import Span
from qa.drafts import Drafts
from qa.types import Verdict
from ui import article
from ui.article import Place
from ui.citations import MARKS
from ui.export import report_buttons
from ui.filters import fold_filters
from ui.kept import draw_kept
from ui.parts import component, counted, draw_error, draw_note, find_article, parts
from ui.reports.answers import review_report
from ui.rows import shown
from ui.text import byline
from ui.work import Work

if TYPE_CHECKING:
    from index.types import Filters
    from qa.drafts import Listed
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
DRAFT, SHOWN, ADDRESS = "draft-text", "draft-shown", "draft"
"""The text, the id of the draft that the text box was filled with, and that id's name in the page's address."""

_component = component("review")


@dataclass(frozen=True, slots=True)
class Check:
    """A draft that is being checked, or that could not be."""

    draft: str
    work: Work[Review]


CHECKS: dict[str, Check] = {}
"""By the id of the draft; the whole server's, so that a tab that is reloaded finds its own again."""


def page() -> None:
    """Draws the page, with the draft that the address names."""
    shared = parts()
    st.set_page_config(page_title="Check a draft", layout="wide")
    drafts = Drafts(shared.settings.data / "drafts.sqlite")
    named = _named()
    check = CHECKS.get(named) if named else None
    if check and check.work.wait(SECONDS_BETWEEN_LOOKS) and check.work.result:
        CHECKS.pop(named or "", None)
        check = None
    kept = drafts.get(named) if named and not check else None
    review = kept.review if kept else None
    _fill(named, check.draft if check else kept.draft if kept else None)
    with st.sidebar:
        _draw_list(drafts, named)
    left, right = article.split()
    article.fill(right, find_article, _places(review), "piece of evidence")
    with left:
        st.title("Check a draft", anchor=False)
        _draw_draft(shared.engine, drafts)
        if check and check.work.error:
            draw_error(check.work.error)
        elif check:
            _follow(check)
        elif review is not None:
            _draw_review(review)
        elif named:
            st.info("This draft is not on this computer, or it has been deleted. Paste a text to check it.")


def _named() -> str | None:
    """The draft that the address names; whoever comes back from another page finds the last one."""
    named = st.query_params.get(ADDRESS) or st.session_state.get(SHOWN)
    if named:
        st.query_params[ADDRESS] = named
    return named


def _fill(named: str | None, draft: str | None) -> None:
    """Puts a draft into the text box when it is first shown."""
    if named and draft is not None and st.session_state.get(SHOWN) != named:
        st.session_state[SHOWN], st.session_state[DRAFT] = named, draft


def _show(named: str | None) -> None:
    """Turns the page to a draft, or to an empty one."""
    article.close_place()
    st.session_state.pop(SHOWN, None)
    st.session_state[DRAFT] = ""
    st.query_params.pop(ADDRESS, None)
    if named:
        st.query_params[ADDRESS] = named


def _draw_list(drafts: Drafts, here: str | None) -> None:
    st.button("New draft", icon=":material/add:", width="stretch", on_click=_show, args=(None,))

    def menu(one: Listed) -> None:
        st.text("The draft and its review are deleted.")
        st.button("Delete draft", icon=":material/delete:", on_click=_delete, args=(drafts, one.id))

    draw_kept(
        drafts.list(), here, heading="Checked drafts", prefix="draft", go=_show, menu=menu, can="Delete this draft"
    )


def _delete(drafts: Drafts, draft_id: str) -> None:
    drafts.delete(draft_id)
    _show(None)


def _draw_draft(engine: Engine, drafts: Drafts) -> None:
    st.text_area(
        "Draft",
        key=DRAFT,
        height=180,
        max_chars=DRAFT_CHARACTERS,
        placeholder="Paste a text. Each of its sentences is held against the articles of the archive.",
        persist_state="session",
    )
    filters = fold_filters(engine.archive)
    st.button("Check", type="primary", icon=":material/fact_check:", on_click=_begin, args=(engine, drafts, filters))


def _begin(engine: Engine, drafts: Drafts, filters: Filters) -> None:
    draft, draft_id = st.session_state.get(DRAFT, ""), secrets.token_urlsafe(9)

    def check() -> Review:
        review = engine.review(draft, filters=filters)
        drafts.keep(draft_id, draft, review)
        return review

    article.close_place()
    CHECKS[draft_id] = Check(draft, Work("checking", check))
    st.session_state[SHOWN] = st.query_params[ADDRESS] = draft_id


@st.fragment(run_every=SECONDS_BETWEEN_LOOKS)
def _follow(check: Check) -> None:
    if check.work.done:
        st.rerun()
    draw_note(f"Holding each sentence against the articles … {check.work.seconds:.0f} s")


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
