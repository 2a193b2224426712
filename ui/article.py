"""The article beside a page: the words in view highlighted, boilerplate folded, the neighbours a key away.

It is drawn by script from `ui/static`, which sets words as text only; nothing from outside becomes markup. Where no
citations are, the open article stands in the page's address as `open=ARTICLE`, its words as `open=ARTICLE.START-END`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import streamlit as st

from index.errors import RashomonError
from index.types import Span
from ui.parts import STATIC, component, draw_error
from ui.text import byline, web_address

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from streamlit.delta_generator import DeltaGenerator

    from index.types import Article

ADDRESS = "open"
KEY = "article"
_PLACE = re.compile(r"(?P<article>[0-9a-f]{1,64})(?:\.(?P<start>\d{1,9})-(?P<end>\d{1,9}))?", re.ASCII)

_component = component("article")

Layer = tuple[Span, dict[str, Any]]
"""A stretch and how it is drawn: `kind` is `now` (in view), `also` (marked besides) or `aside` (not the article's)."""


@dataclass(frozen=True, slots=True)
class Place:
    """Words of an article, or the whole of it where there is no span."""

    article_id: str
    span: Span | None = None

    @property
    def address(self) -> str:
        """As it stands in a page's address."""
        return self.article_id + (f".{self.span.start}-{self.span.end}" if self.span else "")

    @classmethod
    def read(cls, address: str) -> Place | None:
        """The place of an address, or None where it names none."""
        match = _PLACE.fullmatch(address)
        if match is None:
            return None
        if match["start"] is None:
            return cls(match["article"])
        start, end = int(match["start"]), int(match["end"])
        return cls(match["article"], Span(start, end)) if start < end else None


def opened() -> Place | None:
    """The place that the page's address names."""
    return Place.read(st.query_params.get(ADDRESS, ""))


def open_place(place: Place) -> None:
    """Puts a place into the page's address."""
    st.query_params[ADDRESS] = place.address


def close_place() -> None:
    """Takes the open place out of the page's address."""
    st.query_params.pop(ADDRESS, None)


def split(*, beside: bool | None = None) -> tuple[DeltaGenerator, DeltaGenerator]:
    """Where the page goes, and where the article goes if one is open: `fill` draws it.

    Args:
        beside: whether an article is open; None means whether the address names a place.
    """
    # Always two columns and always a panel, though it may wait unseen: what stays where it was is not built anew, and
    # the browser has the panel at hand when an article is opened.
    left, right = st.columns([11, 9], gap="medium")
    panel = right.container(height="stretch", key="beside")
    if not (opened() if beside is None else beside):
        st.html(STATIC / "alone.css")
        with panel:
            _component(key=KEY, data=None, height="stretch", on_go_change=close_place)
    return left, panel


def fill(
    right: DeltaGenerator, find: Callable[[str], Article], among: Sequence[Place] = (), noun: str = "entry"
) -> None:
    """Draws the article that the address names, if it names one.

    Args:
        right: what `split` gave for it.
        find: gives the article of an id, or raises.
        among: the places that can be leafed through.
        noun: what a reader calls one of them.
    """
    place = opened()
    if place is None:
        return
    with right:
        try:
            article = find(place.article_id)
        except RashomonError as error:
            draw_error(str(error))
            st.button("Close", key="close-article", on_click=close_place)
        else:
            # Two entries may stand at the same words; the reader leafs on from both alike.
            places = tuple(dict.fromkeys(among))
            draw(place_data(article, place, places, noun), partial(_go, places))


def draw(data: dict[str, Any], on_go: Callable[[], None]) -> None:
    """Draws an article; `on_go` is called when the reader leafs on, with `went_to` saying where to."""
    _component(key=KEY, data=data, height="stretch", on_go_change=on_go)


def went_to() -> int | None:
    """The number of what the reader leafs to, from 1; 0 closes the article."""
    number = st.session_state[KEY].go
    return number if isinstance(number, int) else None


def place_data(article: Article, place: Place, among: Sequence[Place], noun: str) -> dict[str, Any]:
    """What the component draws of an open place: plain words, and an address only where it is http(s)."""
    at = among.index(place) + 1 if place in among else None
    there = place.span is not None and place.span.end <= len(article.text)
    layers: list[Layer] = [(place.span, {"kind": "now"})] if place.span and there else []
    return {
        **head(article),
        "id": place.address,
        "label": "Article",
        "noun": noun,
        "tall": True,
        "place": f"{at} of {len(among)}" if at else None,
        "previous": at - 1 if at and at > 1 else None,
        "next": at + 1 if at and at < len(among) else None,
        "pieces": list(pieces(article, layers)),
    }


def head(article: Article) -> dict[str, Any]:
    """What stands above an article's text."""
    return {
        "title": article.title or "Untitled article",
        "byline": byline(article.outlet, article.published),
        "url": web_address(article.url),
    }


def pieces(article: Article, layers: Iterable[Layer]) -> Iterator[dict[str, Any]]:
    """The article's text cut into stretches that join to the whole of it; the first layer that covers one wins.

    What is marked as boilerplate lies below all layers, with its reason.
    """
    every: list[Layer] = [
        *layers,
        *((Span(m.start, m.end), {"kind": "aside", "reason": m.reason.value}) for m in article.boilerplate),
    ]
    ends = {0, len(article.text)} | {end for span, _ in every for end in (span.start, span.end)}
    cuts = sorted(end for end in ends if 0 <= end <= len(article.text))
    for start, end in pairwise(cuts):
        stretch = Span(start, end)
        drawn = next((how for span, how in every if span.overlaps(stretch)), {"kind": "plain"})
        yield {"text": stretch.of(article.text), **drawn}


def _go(among: tuple[Place, ...]) -> None:
    number = went_to()
    if number == 0:
        close_place()
    elif number is not None and number <= len(among):
        open_place(among[number - 1])
