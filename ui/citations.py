"""A turn with its marked claims, and the article behind a citation: data for the two components that draw them.

Both are drawn by script from `ui/static`, which sets words as text only; nothing from outside becomes markup.
A citation that is open stands in the page's address as `cite=TURN.MARKER`, both counted from 1.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import streamlit as st

from index.types import Span
from qa.types import Verdict
from ui import article as panel
from ui.parts import component
from ui.text import byline

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from index.types import Article
    from qa.types import Answer, Citation, Claim, Turn

ADDRESS = "cite"
OUTLETS_NAMED = 6

# A mark that is told apart without colour, and the words for it.
MARKS = {
    Verdict.SUPPORTED: ("✓", "Proven by the words it cites"),
    Verdict.PARTLY: ("◐", "Partly proven by the words it cites"),
    Verdict.UNSUPPORTED: ("○", "Not proven by the words it cites"),
    Verdict.CONTRADICTED: ("✕", "The words it cites say otherwise"),
    Verdict.UNCITED: ("?", "Cites nothing"),
    Verdict.ABSENT: ("–", "The archive says nothing on it"),
}


_turn_component = component("turn")


@dataclass(frozen=True, slots=True)
class Opened:
    """A citation that is open beside the conversation.

    Attributes:
        turn: its turn, from 1.
        among: the citations that can be leafed through, in the order of their markers.
    """

    turn: int
    citation: Citation
    among: tuple[Citation, ...]


def opened(turns: Sequence[Turn]) -> Opened | None:
    """The citation that the page's address names, or None where it names none of these turns'."""
    turn, _, marker = st.query_params.get(ADDRESS, "").partition(".")
    if not (turn.isdecimal() and marker.isdecimal() and 1 <= int(turn) <= len(turns)):
        return None
    among = sources(turns[int(turn) - 1].answer)
    found = next((citation for citation in among if citation.marker == int(marker)), None)
    return None if found is None else Opened(int(turn), found, among)


def open_citation(turn: int, marker: int) -> None:
    """Puts a citation into the page's address."""
    st.query_params[ADDRESS] = f"{turn}.{marker}"


def close_citation() -> None:
    """Takes the open citation out of the page's address."""
    st.query_params.pop(ADDRESS, None)


def sources(answer: Answer) -> tuple[Citation, ...]:
    """What an answer lets the reader open: its citations, or what came nearest where it has none."""
    if answer.citations or answer.abstained is None:
        return answer.citations
    return answer.abstained.nearest


def draw_turn(
    turn: Turn,
    *,
    number: int,
    conversation: str,
    open_marker: int | None,
    in_view: bool = False,
    more: Mapping[str, Any] | None = None,
    on: Mapping[str, Callable[[], None]] | None = None,
) -> None:
    """Draws a question and its answer; a click on a citation opens it.

    Args:
        turn: what was asked and answered.
        number: its place in the conversation, from 1.
        conversation: the conversation's id.
        open_marker: the citation that is open beside it.
        in_view: whether it is brought into view when it is first drawn.
        more: what is drawn besides, as `ui.answers.more` gives it.
        on: what is called when something else on it is pressed, by `on_NAME_change`.
    """
    key = turn_key(conversation, number)
    data = {**turn_data(turn, open_marker=open_marker), **(more or {}), "in_view": in_view}
    _turn_component(key=key, data=data, on_cite_change=partial(_cited, key, number), **(on or {}))


def draw_question(question: str, *, number: int, conversation: str) -> None:
    """Draws a question whose answer is still to come, and brings it into view."""
    nothing: dict[str, Any] = {"claims": [], "struck": [], "notes": [], "sources": [], "trace": ""}
    data = {"question": question, "open": None, "abstained": None, "in_view": True, **nothing}
    _turn_component(key=turn_key(conversation, number), data=data)


def turn_key(conversation: str, number: int) -> str:
    """The key of a turn's component; Streamlit keeps "__" to itself, and a conversation's id may hold it."""
    return f"turn-{conversation.replace('_', '.')}-{number}"


def draw_article(article: Article, shown: Opened) -> None:
    """Draws the article of the open citation, its words highlighted and in view."""
    panel.draw(article_data(article, shown), partial(_go, shown.turn))


def turn_data(turn: Turn, *, open_marker: int | None = None) -> dict[str, Any]:
    """What the turn component draws: plain words and numbers."""
    answer = turn.answer
    abstained = answer.abstained
    return {
        "question": turn.question,
        "open": open_marker,
        "claims": [_claim(claim) for claim in answer.claims],
        "struck": [_claim(claim) for claim in answer.struck],
        "abstained": None
        if abstained is None
        else {
            "reason": abstained.reason,
            "searched": _searched(abstained.searched.articles, abstained.searched.outlets),
        },
        "notes": list(answer.notes),
        "sources": [_source(citation) for citation in sources(answer)],
        "trace": trace(answer),
    }


def article_data(article: Article, shown: Opened) -> dict[str, Any]:
    """What the article component draws: plain words, and an address only where it is http(s)."""
    citation = shown.citation
    markers = [other.marker for other in shown.among]
    place = markers.index(citation.marker)
    return {
        **panel.head(article),
        "id": f"{shown.turn}.{citation.marker}",
        "label": f"Article of citation {citation.marker}",
        "noun": "citation",
        "tall": False,
        "place": f"{place + 1} of {len(markers)}",
        "previous": markers[place - 1] if place else None,
        "next": markers[place + 1] if place + 1 < len(markers) else None,
        "pieces": list(pieces(article, shown)),
    }


def pieces(article: Article, shown: Opened) -> Iterator[dict[str, Any]]:
    """The article cut up: the open citation wins over others of the same answer, and these over boilerplate."""
    cited = [c for c in shown.among if c.article_id == article.id and c != shown.citation]
    layers: list[panel.Layer] = [
        (Span(shown.citation.start, shown.citation.end), {"kind": "now"}),
        *((Span(c.start, c.end), {"kind": "also", "marker": c.marker}) for c in cited),
    ]
    return panel.pieces(article, layers)


def trace(answer: Answer) -> str:
    """One line on how the answer was made: the way, the model, the time and what it cost."""
    if answer.mode == "write":
        how = f"Written by {answer.model}, each sentence checked"
    else:
        how = f"Quoted, after {answer.model} was asked" if answer.model else "Quoted, no model"
    parts = [how, f"{sum(answer.trace.seconds.values()):.1f} s"]
    if answer.trace.tokens is not None:
        parts.append(f"{answer.trace.tokens:,} tokens")
    if answer.trace.cost_usd:
        parts.append(f"${answer.trace.cost_usd:.4f}")
    return " · ".join(parts)


def _claim(claim: Claim) -> dict[str, Any]:
    mark, meaning = MARKS[claim.verdict]
    return {
        "text": claim.text,
        "markers": list(claim.citations),
        "verdict": claim.verdict.value,
        "mark": mark,
        "meaning": meaning,
        "reason": claim.reason,
    }


def _source(citation: Citation) -> dict[str, Any]:
    return {
        "marker": citation.marker,
        "title": citation.title or "Untitled article",
        "byline": byline(citation.outlet, citation.published),
        "quote": citation.quote,
    }


def _searched(articles: int, outlets: Sequence[str]) -> str:
    counted = "1 article" if articles == 1 else f"{articles:,} articles"
    if not outlets:
        return f"Searched {counted}."
    named = ", ".join(outlets[:OUTLETS_NAMED])
    if len(outlets) > OUTLETS_NAMED:
        named += f" and {len(outlets) - OUTLETS_NAMED} more"
    return f"Searched {counted} of {named}."


def _cited(key: str, turn: int) -> None:
    marker = st.session_state[key].cite
    if isinstance(marker, int):
        open_citation(turn, marker)


def _go(turn: int) -> None:
    """Leafs to another citation; 0 closes the article."""
    marker = panel.went_to()
    if marker == 0:
        close_citation()
    elif marker is not None:
        open_citation(turn, marker)
