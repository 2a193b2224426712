"""Copies in the catalogue: the keys by which they are found, the pairs, and the groups that pairs make."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING

from index.copies.originals import original
from index.copies.syndication import SHARED_KEYS, are_copies, keys, overlap, words
from index.types import CopyGroup

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Iterable

    from index.catalogue import Catalogue
    from index.types import Article

_REACHED = """
WITH RECURSIVE reached (id) AS (
    SELECT ? UNION SELECT next FROM reached JOIN (
        SELECT one AS here, other AS next FROM copies UNION ALL SELECT other, one FROM copies) ON here = id)
SELECT id FROM reached"""


class CopyStore:
    """The copies of one catalogue."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    def add(self, article: Article) -> None:
        """Looks for the copies of an article that was not looked at yet; its group is made by `settle`.

        One copy out of a group is enough, since the pairs join the groups: a thousand prints of one report are not
        compared each with each.
        """
        own = words(body(article))
        mine = keys(own)
        joined = {article.id}
        for candidate in self._like(article.id, mine):
            other = None if candidate in joined else self._catalogue.article(candidate)
            if other is None:
                continue
            same_outlet = article.outlet is not None and article.outlet == other.outlet
            if are_copies(overlap(own, words(body(other))), same_outlet=same_outlet):
                pair = sorted((article.id, other.id))
                self._catalogue.change("INSERT OR IGNORE INTO copies VALUES (?, ?)", [pair])
                joined |= self._reached(other.id)
        self._catalogue.change("INSERT OR IGNORE INTO copy_keys VALUES (?, ?)", [(key, article.id) for key in mine])

    def _like(self, article_id: str, own_keys: Collection[int]) -> list[str]:
        """The articles that may be copies, those that share most keys first."""
        query = """SELECT article FROM copy_keys WHERE key IN (SELECT value FROM json_each(?)) AND article != ?
                   GROUP BY article HAVING count(*) >= ? ORDER BY count(*) DESC, article"""
        rows = self._catalogue.query(query, (json.dumps(list(own_keys)), article_id, SHARED_KEYS))
        return [row["article"] for row in rows]

    def _reached(self, article_id: str) -> set[str]:
        """The articles that pairs lead to from this one, itself among them."""
        return {row["id"] for row in self._catalogue.query(_REACHED, (article_id,))}

    def settle(self, added: Collection[str] = ()) -> None:
        """Makes the groups of these articles anew, and those of which an article has gone."""
        query = """SELECT id FROM copy_groups LEFT JOIN copy_members ON grp = id
                   GROUP BY id HAVING count(article) != size"""
        broken = [row["id"] for row in self._catalogue.query(query)]
        left = "SELECT article FROM copy_members WHERE grp IN (SELECT value FROM json_each(?))"
        touched = {row["article"] for row in self._catalogue.query(left, (json.dumps(broken),))}
        self._drop(broken)
        for member in sorted(touched):  # what joined them may be what has gone
            if article := self._catalogue.article(member):
                self.add(article)
        paired = "SELECT value FROM json_each(?) WHERE value IN (SELECT one FROM copies UNION SELECT other FROM copies)"
        touched |= {row["value"] for row in self._catalogue.query(paired, (json.dumps(list(added)),))}
        while touched:
            members = sorted(self._reached(min(touched)))
            touched -= set(members)
            self._group(members)

    def _group(self, members: list[str]) -> None:
        before = "SELECT DISTINCT grp FROM copy_members WHERE article IN (SELECT value FROM json_each(?))"
        self._drop([row["grp"] for row in self._catalogue.query(before, (json.dumps(members),))])
        if len(members) < 2:  # noqa: PLR2004  an article alone is no group
            return
        first = original([article for i in members if (article := self._catalogue.article(i))])
        row = (members[0], len(members), first.article_id, first.agency)
        self._catalogue.change("INSERT INTO copy_groups VALUES (?, ?, ?, ?)", [row])
        self._catalogue.change("INSERT INTO copy_members VALUES (?, ?)", [(member, members[0]) for member in members])

    def _drop(self, groups: Collection[str]) -> None:
        self._catalogue.change("DELETE FROM copy_groups WHERE id = ?", [(group,) for group in groups])

    def of(self, articles: Collection[str]) -> dict[str, CopyGroup]:
        """The group of each of these articles that has copies."""
        query = """SELECT article, grp FROM copy_members WHERE grp IN
                   (SELECT grp FROM copy_members WHERE article IN (SELECT value FROM json_each(?)))"""
        groups = self._groups(self._catalogue.query(query, (json.dumps(list(articles)),)))
        return {article: group for group in groups for article in group.articles if article in articles}

    def voices(self, articles: Collection[str]) -> dict[str, str]:
        """Whose account each of these articles is: all copies of one original have one, named after it.

        That is the agency or the outlet that the original comes from, where it can be told; for an article without
        copies its outlet, or the article itself where no outlet is known.
        """
        groups = self.of(articles)
        originals = {group.original for group in groups.values() if group.original}
        outlets = self._catalogue.outlets_of({*articles, *originals})

        def voice(article: str) -> str:
            if not (group := groups.get(article)):
                return outlets.get(article) or article
            return group.agency or outlets.get(group.original or "") or f"copies of {group.id}"

        return {article: voice(article) for article in articles}

    def groups(self) -> list[CopyGroup]:
        """Every group, the largest first."""
        every = self._groups(self._catalogue.query("SELECT article, grp FROM copy_members"))
        return sorted(every, key=lambda group: (-len(group.articles), group.id))

    def _groups(self, rows: Iterable[sqlite3.Row]) -> list[CopyGroup]:
        members: dict[str, list[str]] = defaultdict(list)
        for row in rows:
            members[row["grp"]].append(row["article"])
        query = "SELECT * FROM copy_groups WHERE id IN (SELECT value FROM json_each(?))"
        return [
            CopyGroup(row["id"], tuple(sorted(members[row["id"]])), row["original"], row["agency"])
            for row in self._catalogue.query(query, (json.dumps(list(members)),))
        ]


def body(article: Article) -> str:
    """The text without what is marked as boilerplate."""
    kept, at = [], 0
    for mark in article.boilerplate:
        kept.append(article.text[at : mark.start])
        at = mark.end
    return "\n".join([*kept, article.text[at:]])
