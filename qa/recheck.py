"""A saved answer held against the archive as it is now: which of its citations still stand."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from index.archive import Archive
    from qa.types import Citation


class Outlived(StrEnum):
    """What became of a cited article."""

    CHANGED = "The article has changed since; the cited words still stand in it."
    REWORDED = "The article has changed since; the cited words no longer stand in it."
    GONE = "The article is no longer in the archive."


def outlived(citations: Iterable[Citation], archive: Archive) -> dict[int, Outlived]:
    """By marker, the citations whose article is no longer as it was cited; none where all stand."""
    found = {citation.marker: _fate(citation, archive) for citation in citations}
    return {marker: fate for marker, fate in found.items() if fate}


def _fate(citation: Citation, archive: Archive) -> Outlived | None:
    article = archive.catalogue.article(citation.article_id)
    if article and article.text[citation.start : citation.end] == citation.quote:
        return None
    path, _, key = citation.path.partition("#")
    held = archive.catalogue.files.origins(path)
    now = article or (archive.catalogue.article(held[key]) if key in held else None)
    if now is None:
        return Outlived.GONE
    return Outlived.CHANGED if citation.quote in now.text else Outlived.REWORDED
