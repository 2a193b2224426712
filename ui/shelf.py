"""What a page needs of every article: read once for each generation of the archive, without the texts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import streamlit as st

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from index.archive import Archive


@dataclass(frozen=True, slots=True)
class Listed:
    """An article without its text."""

    id: str
    title: str | None
    outlet: str | None
    published: str | None
    path: str
    marks: int


def generation_of(archive: Archive) -> tuple[str, int]:
    """What tells an archive's generation, whose contents never change, from every other."""
    return str(archive.folder), archive.manifest.generation


BY_GENERATION: dict[str | type[Any], Callable[[Any], Any]] = {"index.archive.Archive": generation_of}
"""How Streamlit tells archives apart when it keeps what was read from them."""


@st.cache_resource(max_entries=2, show_spinner=False, hash_funcs=BY_GENERATION)
def shelf(archive: Archive) -> Mapping[str, Listed]:
    """Every article by id, the newest first."""
    listed = [
        Listed(article.id, article.title, article.outlet, article.published, article.path, len(article.boilerplate))
        for article in archive.catalogue.articles()
    ]
    listed.sort(key=lambda one: one.published or "", reverse=True)
    return {one.id: one for one in listed}
