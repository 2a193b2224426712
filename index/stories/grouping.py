"""Stories: the articles that tell of one event, found as articles come in.

Links between articles make components, and each component that a newcomer touches is grouped again as a whole, so that
it hardly matters in which order articles arrive, and nothing else is looked at. A component is grouped in two steps:
first each article must be like every other of its group (complete linkage), which keeps apart two events that have an
article between them; then groups that together are many are joined, since what many tell of is told over days.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from index.stories.likeness import SAME_EVENT, Likeness, Link

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from index.stories.likeness import Floats, Rows

BLOCK = 256
"""Rows compared at a time; each takes a few bytes for every article of the archive."""


FEW = 6
"""So many articles or fewer are one story only where each is like every other."""
GAIN, MOST_GAIN = 3.0, 2.0
"""Groups that together are more are joined where they are alike on average, and as they grow a little less will do.

With a higher bound weeks of one affair run into one story, which collections of small events do not show.
"""


@dataclass(frozen=True, slots=True, eq=False)
class Item:
    """What is known of an article to tell its event.

    Attributes:
        vector: unit vector of its title and lead, `(dimension,)`.
        terms: as `likeness.terms` gives them.
        published: a day (YYYY-MM-DD), where it is known.
        crowd: as `Stories.crowds` gave it when last told, 0 for a new article.
    """

    article_id: str
    vector: Floats
    terms: bytes
    published: str | None
    outlet: str | None
    crowd: float = 0.0


@dataclass(frozen=True, slots=True)
class Story:
    """Articles on one event.

    Attributes:
        id: stays as long as most of the articles stay together; it is the id of an article that founded it.
        central: the article nearest to all others in meaning, whose title serves as headline.
        articles: ids, by day and id.
        first, last: the span of days of publication, where any is known.
    """

    id: str
    central: str
    articles: tuple[str, ...]
    outlets: tuple[str, ...]
    first: str | None
    last: str | None


class Stories:
    """The articles of an archive and the stories they are in."""

    def __init__(self, items: Sequence[Item], story_of: Mapping[str, str]) -> None:
        """Takes the archive as it stands.

        Args:
            items: all its articles.
            story_of: story ids by article id; an article that stands alone has none.
        """
        self._items = list(items)
        self._story_of = dict(story_of)

    def add(self, items: Sequence[Item]) -> dict[str, str | None]:
        """Takes in articles that are not there yet.

        Returns:
            The story id of each article, old or new, whose story has changed; None where it stands alone now.
        """
        fresh = range(len(self._items), len(self._items) + len(items))
        self._items += items
        if not items:
            return {}
        likeness = self._compare()
        touched, links = _closure(likeness, np.array(fresh, dtype=np.intp))
        for row in touched:
            self._items[row] = replace(self._items[row], crowd=float(likeness.crowds[row]))
        clusters = [c for component in _components(touched, links, likeness) for c in _split(component, likeness)]
        return self._name(clusters, set(touched))

    def remove(self, article_ids: Iterable[str]) -> dict[str, str | None]:
        """Takes articles out; returns what `add` returns: an article that is left alone is in no story."""
        gone = set(article_ids)
        self._items = [item for item in self._items if item.article_id not in gone]
        self._story_of = {article: story for article, story in self._story_of.items() if article not in gone}
        sizes = Counter(self._story_of.values())
        alone = [article for article, story in self._story_of.items() if sizes[story] == 1]
        for article in alone:
            del self._story_of[article]
        return dict.fromkeys(alone)

    @property
    def crowds(self) -> dict[str, float]:
        """The crowd of every article, to be stored with it: only those that `add` touched have changed."""
        return {item.article_id: item.crowd for item in self._items}

    def stories(self) -> list[Story]:
        """All stories of two articles or more, the latest first."""
        rows: dict[str, list[int]] = {}
        for row, item in enumerate(self._items):
            if story := self._story_of.get(item.article_id):
                rows.setdefault(story, []).append(row)
        told = [self._tell(story, members) for story, members in rows.items()]
        return sorted(told, key=lambda story: (story.last or "", story.id), reverse=True)

    def _tell(self, story: str, rows: Sequence[int]) -> Story:
        members = sorted((self._items[row] for row in rows), key=lambda item: (item.published or "", item.article_id))
        vectors = np.stack([item.vector for item in members])
        days = [item.published for item in members if item.published]
        return Story(
            id=story,
            central=members[int(np.argmax(vectors @ vectors.sum(axis=0)))].article_id,
            articles=tuple(item.article_id for item in members),
            outlets=tuple(sorted({item.outlet for item in members if item.outlet})),
            first=days[0] if days else None,
            last=days[-1] if days else None,
        )

    def _compare(self) -> Likeness:
        return Likeness(
            np.stack([item.vector for item in self._items]),
            [item.terms for item in self._items],
            [_day(item.published) for item in self._items],
            [item.crowd for item in self._items],
        )

    def _name(self, clusters: Sequence[Rows], touched: set[int]) -> dict[str, str | None]:
        """Gives each cluster the id that most of its articles had, the largest first, or a new one."""
        ids = [[self._items[row].article_id for row in cluster] for cluster in clusters if len(cluster) > 1]
        before = {self._items[row].article_id: self._story_of.get(self._items[row].article_id) for row in touched}
        taken = {story for article, story in self._story_of.items() if article not in before}
        kept = [(count, story, k) for k, own in enumerate(ids) for story, count in self._held(own).items()]
        names: dict[int, str] = {}
        for _, story, k in sorted(kept, key=lambda c: (-c[0], c[1], c[2])):
            if story not in taken and k not in names:
                names[k] = story
                taken.add(story)
        after: dict[str, str | None] = dict.fromkeys(before)
        for k, own in enumerate(ids):
            name = names.get(k) or min(set(own) - taken)
            taken.add(name)
            after |= dict.fromkeys(own, name)
        self._story_of = {a: s for a, s in (self._story_of | after).items() if s}
        return {article: story for article, story in after.items() if story != before[article]}

    def _held(self, own: Sequence[str]) -> Counter[str]:
        return Counter(story for article in own if (story := self._story_of.get(article)))


def _closure(likeness: Likeness, fresh: Rows) -> tuple[list[int], list[Link]]:
    """All rows that links lead to from the fresh ones, and the links."""
    seen = set(fresh.tolist())
    links: list[Link] = []
    waiting = fresh
    while len(waiting):
        found = [
            link for start in range(0, len(waiting), BLOCK) for link in likeness.links(waiting[start : start + BLOCK])
        ]
        links += found
        reached = {link.other for link in found} - seen
        seen |= reached
        waiting = np.array(sorted(reached), dtype=np.intp)
    return sorted(seen), links


def _components(touched: Sequence[int], links: Sequence[Link], likeness: Likeness) -> Iterator[Rows]:
    """Rows that links join, directly or over others."""
    from scipy.sparse import coo_matrix
    from scipy.sparse.csgraph import connected_components

    place = {row: k for k, row in enumerate(touched)}
    held = [(place[link.one], place[link.other]) for link in links if likeness.still(link)]
    ones, others = np.array(held, dtype=np.intp).reshape(-1, 2).T
    graph = coo_matrix((np.ones(len(ones)), (ones, others)), shape=(len(touched), len(touched)))
    _, label = connected_components(graph, directed=False)
    yield from _by_label(np.array(touched, dtype=np.intp), label)


def _split(component: Rows, likeness: Likeness) -> Iterator[Rows]:
    """The stories of a component: complete linkage down to the likeness of one event, then large ones on average."""
    from scipy.cluster.hierarchy import fcluster, linkage
    from scipy.spatial.distance import squareform

    if len(component) == 1:
        yield component
        return
    alike = likeness.among(component)
    most = float(alike.max())
    distance = np.maximum(most - alike, 0)
    np.fill_diagonal(distance, 0)
    tree = linkage(squareform(distance, checks=False), "complete")
    yield from _by_label(component, _merge(alike, fcluster(tree, most - SAME_EVENT, "distance").astype(np.intp) - 1))


def _merge(alike: Floats, label: Rows) -> Rows:
    """Joins groups that together are more than a few, the likeliest first; `label` counts them from 0."""
    sizes = np.bincount(label).astype(np.float64)
    member, group = np.eye(len(sizes))[label], np.arange(len(sizes))
    total = member.T @ alike @ member
    while True:
        together = sizes[:, None] + sizes
        gain = np.minimum(GAIN * np.log(np.maximum(together / FEW, 1)), MOST_GAIN)
        mean = total / np.maximum(np.outer(sizes, sizes), 1)
        fit = np.where((together > FEW) & (sizes > 0) & (sizes[:, None] > 0), mean + gain, -np.inf)
        np.fill_diagonal(fit, -np.inf)
        one, other = divmod(int(fit.argmax()), len(sizes))
        if fit[one, other] < SAME_EVENT:
            return np.take(group, label)
        for sums in (total, total.T):
            sums[one] += sums[other]
            sums[other] = 0
        sizes[one], sizes[other] = sizes[one] + sizes[other], 0
        group[group == other] = one


def _by_label(rows: Rows, label: NDArray[np.integer]) -> Iterator[Rows]:
    order = np.argsort(label, kind="stable")
    yield from np.split(rows[order], np.flatnonzero(np.diff(label[order])) + 1)


def _day(published: str | None) -> int | None:
    try:
        return date.fromisoformat(published).toordinal() if published else None
    except ValueError:
        return None
