"""DOOR: a story's articles to what happened when, by their own dates, and when each outlet first had it."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from statistics import median_low
from typing import TYPE_CHECKING, Protocol

import numpy as np

from index.statements.quotations import quotations
from qa.checks.names import names
from qa.checks.quantities import quantities
from qa.cite import Citations
from qa.quote import told_by
from qa.stories.clauses import tense_of
from qa.stories.mentions import BACKGROUND, Tense, mentions
from qa.stories.types import First, Happening, Timeline

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from index.statements.syntax import Tree
    from index.types import Article, Sentence, Span
    from qa.stories.mentions import Mention
    from qa.weigh import Meaning

ALIKE = 0.67
"""The mean cosine from which sentences of one day tell one happening; chosen on 14 stories by eye."""
DETAILS, FOR_DETAILS = 2, 0.03
"""Names and numbers that two sentences share, beside those of the whole story, and what these add to their cosine."""
COMMON = 0.5
"""A name in more than this share of the story's dated sentences tells no happening from another."""
FAR = timedelta(days=14)
"""An article that is dated this far from the middle of its story was dated anew; its "on Friday" is of another week."""
DAYS = 31
"""Bare numbers up to here may be days of a month."""
LONGEST = 600
"""Characters; what is longer is no sentence but a list or a table that was not parted."""


class Parser(Protocol):
    """Parses sentences: `index.statements.syntax.Parser`."""

    def trees(self, sentences: Sequence[Sentence]) -> list[Tree]:
        """The trees in the order of the sentences."""


@dataclass(frozen=True)
class Dated:
    """A sentence that tells of a day, and the words that name it."""

    article: Article
    sentence: Sentence
    day: date
    tense: Tense
    when: str
    account: str

    @cached_property
    def named(self) -> frozenset[str]:
        """The last words of its names, lower case."""
        return frozenset(name.last for name in names(self.sentence.text))

    @cached_property
    def counted(self) -> frozenset[str]:
        """Its numbers with what they count; bare small ones show nothing."""
        return frozenset(f"{q.value:g} {q.unit}" for q in quantities(self.sentence.text) if q.unit or q.value > DAYS)


DAYS = 31
"""Bare numbers up to here may be days of a month."""


def timeline(
    articles: Sequence[tuple[Article, Sequence[Sentence]]],
    voices: Mapping[str, str],
    parser: Parser,
    meaning: Meaning,
) -> Timeline:
    """What happened when, as the articles of one story date it.

    Args:
        articles: with their sentences.
        voices: whose account each article is, by article id; copies of one original have one.
        parser: parses the sentences that name a day.
        meaning: gives vectors of sentences.
    """
    dated = list(_dated(articles, voices, parser))
    common = _common(dated)
    citations = Citations()
    entries = []
    for (day, announced), group in sorted(_by_day(dated).items()):
        told = [_best_first(same, meaning) for same in _happenings(group, common, meaning)]
        told.sort(key=lambda same: (-len(_accounts(same)), -len(same)))
        entries += [_happening(day, same, citations, announced=announced) for same in told]
    return Timeline(entries=tuple(entries), citations=citations.all(), first=_first([one for one, _ in articles]))


def _dated(
    articles: Sequence[tuple[Article, Sequence[Sentence]]], voices: Mapping[str, str], parser: Parser
) -> Iterator[Dated]:
    """Every sentence that tells of a day beyond doubt; one of two days twice."""
    days = {article.id: _day(article.published) for article, _ in articles}
    middle = median_low(day for day in days.values() if day) if any(days.values()) else None
    found: list[tuple[Article, Sentence, tuple[Mention, ...]]] = []
    for article, sentences in articles:
        quoted = quotations(article.text)
        for sentence in sentences:
            named = tuple(m for m in mentions(sentence.text) if not _within(m, sentence, quoted))
            if named and len(sentence.text) <= LONGEST:
                found.append((article, sentence, named))
    trees = parser.trees([sentence for _, sentence, _ in found])
    for (article, sentence, named), tree in zip(found, trees, strict=True):
        published = days[article.id]
        if published and middle and abs(published - middle) > FAR:
            published = None
        seen = set()
        for mention in named:
            tense = tense_of(tree, mention, sentence.start)
            day = mention.day(published, tense) if tense else None
            if tense and day and day not in seen and (not middle or abs((day - middle).days) <= BACKGROUND):
                seen.add(day)
                when = sentence.text[mention.start : mention.end]
                yield Dated(article, sentence, day, tense, " ".join(when.split()), voices.get(article.id, article.id))


def _within(mention: Mention, sentence: Sentence, quoted: Sequence[Span]) -> bool:
    """Whether somebody says it, whose today is not the article's."""
    start = sentence.start + mention.start
    return any(span.start <= start < span.end for span in quoted)


def _day(published: str | None) -> date | None:
    try:
        return date.fromisoformat(published) if published else None
    except ValueError:
        return None


def _by_day(dated: Sequence[Dated]) -> dict[tuple[date, bool], list[Dated]]:
    days: dict[tuple[date, bool], list[Dated]] = defaultdict(list)
    for one in dated:
        days[one.day, one.tense is Tense.FUTURE].append(one)
    return days


def _happenings(group: Sequence[Dated], common: frozenset[str], meaning: Meaning) -> list[list[Dated]]:
    """The sentences of a day, those that tell the same together.

    By average linkage, since one sentence that tells two things would chain everything.
    """
    from scipy.cluster.hierarchy import fcluster, linkage
    from scipy.spatial.distance import squareform

    if len(group) == 1:
        return [list(group)]
    vectors = meaning([one.sentence.text for one in group])
    apart = np.clip(1 - np.asarray(vectors @ vectors.T, dtype=np.float64), 0, None)
    for i, one in enumerate(group):
        for j, other in enumerate(group[:i]):
            shared = len((one.named & other.named) - common) + len(one.counted & other.counted)
            apart[j, i] = apart[i, j] = max(0.0, apart[i, j] - FOR_DETAILS * (shared >= DETAILS))
        apart[i, i] = 0
    labels = fcluster(linkage(squareform(apart, checks=False), "average"), 1 - ALIKE, "distance")
    return [[one for one, label in zip(group, labels, strict=True) if label == own] for own in dict.fromkeys(labels)]


def _best_first(same: Sequence[Dated], meaning: Meaning) -> list[Dated]:
    """The sentence nearest to all the others in front; of two alike the one that names more."""
    if len(same) < 3:  # noqa: PLR2004  the two of a pair are equally near
        return sorted(same, key=lambda one: -len(one.named))
    vectors = meaning([one.sentence.text for one in same])
    best = int(np.argmax(vectors @ vectors.sum(axis=0)))
    return [same[best], *(one for k, one in enumerate(same) if k != best)]


def _accounts(same: Sequence[Dated]) -> frozenset[str]:
    return frozenset(one.account for one in same)


def _happening(day: date, same: Sequence[Dated], citations: Citations, *, announced: bool) -> Happening:
    whens = {citations.cite_span(one.article, one.sentence.start, one.sentence.end): one.when for one in same}
    return Happening(
        day=day.isoformat(),
        announced=announced,
        text=" ".join(same[0].sentence.text.split()),
        when=tuple(whens.values()),
        citations=tuple(whens),
        outlets=tuple(sorted({told_by(one.article) for one in same})),
        independent=len(_accounts(same)),
    )


def _common(every: Sequence[Dated]) -> frozenset[str]:
    """Names that tell no happening from another, since most sentences have them."""
    have = Counter(name for one in every for name in one.named)
    return frozenset(name for name, sentences in have.items() if sentences > COMMON * len(every))


def _first(articles: Sequence[Article]) -> tuple[First, ...]:
    """Each outlet's earliest article, the earliest of all first; one without a day where there is no other."""
    of_outlet: dict[str, list[Article]] = defaultdict(list)
    for article in articles:
        of_outlet[told_by(article)].append(article)
    found = []
    for outlet, own in of_outlet.items():
        earliest = min(own, key=_when)
        alike = sum(article.published == earliest.published for article in own) - 1
        title, url = earliest.title, earliest.url
        found.append(
            (
                _when(earliest),
                First(
                    outlet=outlet,
                    published=earliest.published,
                    article_id=earliest.id,
                    title=title,
                    url=url,
                    same_day=alike,
                ),
            )
        )
    return tuple(first for _, first in sorted(found, key=lambda one: (one[0], one[1].outlet)))


def _when(article: Article) -> tuple[bool, str]:
    return article.published is None, article.published or ""
