"""Stories in the catalogue: what is known of each article to tell its event, and the stories found."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from index.errors import UsageError
from index.stories.grouping import Item, Stories, Story

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from index.database import Database
    from index.dense import Dense


class StoryStore:
    """The stories of one catalogue."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, terms: Mapping[str, bytes], dense: Dense) -> None:
        """Finds the stories of articles that were not looked at yet.

        Args:
            terms: of each, as `likeness.terms` gives them; by article id.
            dense: vectors of all passages; the first passage of an article, with its title in front, stands for it.
        """
        self._database.change(
            "INSERT OR REPLACE INTO story_terms VALUES (?, ?, 0, NULL)", [(i, packed) for i, packed in terms.items()]
        )
        items, story_of = self._read(dense)
        known = [item for item in items if item.article_id not in terms]
        grouping = Stories(known, story_of)
        before = {item.article_id: item.crowd for item in known}
        changed = grouping.add([item for item in items if item.article_id in terms])
        crowds = [(crowd, i) for i, crowd in grouping.crowds.items() if before.get(i) != crowd]
        self._database.change("UPDATE story_terms SET crowd = ? WHERE article = ?", crowds)
        self._database.change(
            "UPDATE story_terms SET story = ? WHERE article = ?", [(story, i) for i, story in changed.items()]
        )
        touched = {story for i in changed for story in (story_of.get(i), changed[i]) if story}
        self._tell([story for story in grouping.stories() if story.id in touched], touched)

    def settle(self, dense: Dense) -> None:
        """Tells anew the stories of which an article has gone; an article that is left alone is in none."""
        query = """SELECT stories.id FROM stories LEFT JOIN story_terms ON story = stories.id
                   GROUP BY stories.id HAVING count(article) != size"""
        broken = {row["id"] for row in self._database.query(query)}
        if not broken:
            return
        alone = """UPDATE story_terms SET story = NULL WHERE story IN (
                   SELECT story FROM story_terms WHERE story = ? GROUP BY story HAVING count(*) < 2)"""
        self._database.change(alone, [(story,) for story in broken])
        grouping = Stories(*self._read(dense))
        self._tell([story for story in grouping.stories() if story.id in broken], broken)

    def _read(self, dense: Dense) -> tuple[list[Item], dict[str, str]]:
        """All articles that have a passage, and their stories."""
        query = """SELECT id, published, outlet, terms, crowd, story,
                   (SELECT min(passages.id) FROM passages WHERE passages.article = articles.id) AS passage
                   FROM articles JOIN story_terms ON story_terms.article = articles.id ORDER BY articles.rowid"""
        rows = [row for row in self._database.query(query) if row["passage"]]
        vectors = dense.vectors([row["passage"] for row in rows])
        items = [
            Item(row["id"], vector, row["terms"], row["published"], row["outlet"], row["crowd"])
            for row, vector in zip(rows, vectors, strict=True)
        ]
        return items, {row["id"]: row["story"] for row in rows if row["story"]}

    def _tell(self, stories: Sequence[Story], touched: Collection[str]) -> None:
        """Stores these in the place of the touched ones."""
        self._database.change("DELETE FROM stories WHERE id = ?", [(story,) for story in touched])
        rows = [(story.id, len(story.articles), story.central, story.first, story.last) for story in stories]
        self._database.change("INSERT INTO stories VALUES (?, ?, ?, ?, ?)", rows)

    def stories(self, ids: Collection[str] | None = None) -> list[Story]:
        """The stories of two articles or more, or these of them, the latest first."""
        query = """SELECT stories.id, central, first, last, json_group_array(article) AS articles,
                   json_group_array(outlet) AS outlets
                   FROM stories JOIN (SELECT story, article, outlet FROM story_terms
                        JOIN articles ON articles.id = article ORDER BY published, article) ON story = stories.id
                   WHERE ? IS NULL OR stories.id IN (SELECT value FROM json_each(?))
                   GROUP BY stories.id ORDER BY coalesce(last, '') DESC, stories.id DESC"""
        among = None if ids is None else json.dumps(list(ids))
        return [
            Story(
                id=row["id"],
                central=row["central"],
                articles=tuple(json.loads(row["articles"])),
                outlets=tuple(sorted({outlet for outlet in json.loads(row["outlets"]) if outlet})),
                first=row["first"],
                last=row["last"],
            )
            for row in self._database.query(query, (among, among))
        ]

    def story(self, story_id: str) -> Story:
        """The story of this id.

        Raises:
            UsageError: there is none.
        """
        found = self.stories([story_id])
        if not found:
            raise UsageError(f"The archive holds no story {story_id}; `rashomon stories` shows what it holds.")
        return found[0]

    def of(self, articles: Collection[str]) -> dict[str, str]:
        """The story of each of these articles that is in one."""
        query = """SELECT article, story FROM story_terms
                   WHERE story IS NOT NULL AND article IN (SELECT value FROM json_each(?))"""
        return {row["article"]: row["story"] for row in self._database.query(query, (json.dumps(list(articles)),))}
