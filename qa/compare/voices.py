"""Who speaks independently: each outlet for itself, copies of one original with one voice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from qa.quote import told_by

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from index.types import Article, CopyGroup


@dataclass(frozen=True, slots=True)
class Voice:
    """One independent account.

    Attributes:
        name: an outlet, an agency, or the headline of an article that shows no outlet.
        printed_by: outlets that print its text, `name` aside, in alphabetical order.
        articles: ids of the articles that it speaks in.
    """

    name: str
    printed_by: tuple[str, ...]
    articles: tuple[str, ...]


def voices(articles: Iterable[Article], copies: Mapping[str, CopyGroup]) -> tuple[Voice, ...]:
    """The voices of these articles, in the order of their first article.

    Args:
        articles: those to be compared.
        copies: the group of each article that is a copy, by article id; other articles of a group need not be here.
    """
    held = {article.id: article for article in articles}
    spoken: dict[str, list[str]] = {}
    printers: dict[str, set[str]] = {}
    for article in held.values():
        name = _name(article, copies.get(article.id), held)
        spoken.setdefault(name, []).append(article.id)
        if article.id in copies and article.outlet:
            printers.setdefault(name, set()).add(article.outlet)
    return tuple(
        Voice(name, tuple(sorted(printers.get(name, set()) - {name})), tuple(ids)) for name, ids in spoken.items()
    )


def _name(article: Article, group: CopyGroup | None, held: Mapping[str, Article]) -> str:
    """Who speaks: of a copy the agency, else the original's outlet, else all outlets that print it."""
    if group is None:
        return told_by(article)
    if group.agency:
        return group.agency
    if group.original and group.original in held:
        return told_by(held[group.original])
    outlets = sorted({told_by(held[other]) for other in group.articles if other in held})
    return " and ".join(outlets)
