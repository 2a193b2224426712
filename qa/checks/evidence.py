"""What a claim cites, and how much of the article around it may be read along: paragraph, headline, outlet, day."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from qa.checks.names import DAYS, MONTHS, known_words
from qa.instructions import reported

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.types import Article, Statement
    from qa.cite import Numbered

PARAGRAPH = re.compile(r"(?<=\n)[^\n]*\S[^\n]*")
BEFORE = 700
AFTER = 300
"""How many characters around a cited sentence belong to its context at the most."""
RELATIVE = {"yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1}


@dataclass(frozen=True)
class Evidence:
    """The cited sentences in order, with what each stands in.

    Attributes:
        cited: at least one sentence.
        statements: the acts of saying that lie in the cited sentences, as the archive knows them.
    """

    cited: tuple[Numbered, ...]
    statements: tuple[Statement, ...] = ()

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """The cited sentences."""
        return tuple(item.sentence.text for item in self.cited)

    @cached_property
    def joined(self) -> str:
        """The cited sentences as one text."""
        return "\n".join(self.texts)

    @cached_property
    def runs(self) -> tuple[str, ...]:
        """The cited sentences, those that follow each other in an article taken together."""
        spans: list[tuple[Article, int, int]] = []
        for item in sorted(self.cited, key=lambda item: (item.article.id, item.sentence.start)):
            article, start, end = item.article, item.sentence.start, item.sentence.end
            if spans and spans[-1][0].id == article.id and not article.text[spans[-1][2] : start].strip():
                spans[-1] = (article, spans[-1][1], end)
            else:
                spans.append((article, start, end))
        return tuple(article.text[start:end] for article, start, end in spans)

    @cached_property
    def articles(self) -> tuple[Article, ...]:
        """The articles cited, each once."""
        return tuple({item.article.id: item.article for item in self.cited}.values())

    @cached_property
    def before(self) -> tuple[str, ...]:
        """For each cited sentence what goes before it: its paragraph so far and the paragraph before."""
        return tuple(_before(item) for item in self.cited)

    @cached_property
    def context(self) -> str:
        """The cited sentences, their paragraphs and the ones before, headlines, outlets, authors; each once."""
        parts: list[str] = []
        for article in self.articles:
            reach = 0
            windows = sorted(_window(item) for item in self.cited if item.article.id == article.id)
            for start, end in windows:
                parts.append(article.text[max(start, reach) : end])
                reach = max(reach, end)
            parts += [article.title or "", article.outlet or "", " ".join(article.authors)]
        return "\n".join(parts)

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """The words of the context in lower case, with initials of names."""
        return known_words(self.context)

    @cached_property
    def article_vocabulary(self) -> frozenset[str]:
        """The words of the whole articles in lower case, with initials of names."""
        return self.vocabulary.union(*(known_words(article.text) for article in self.articles))

    @cached_property
    def outlets(self) -> tuple[str, ...]:
        """The outlets cited, as far as they are known."""
        return tuple(dict.fromkeys(article.outlet for article in self.articles if article.outlet))

    @cached_property
    def days(self) -> tuple[date, ...]:
        """Days that the context can mean: the day of publication, and weekdays told relative to it."""
        found: list[date] = []
        lower = self.context.lower()
        for article in self.articles:
            if not article.published:
                continue
            published = date.fromisoformat(article.published[:10])
            found.append(published)
            found += [published + timedelta(days=shift) for word, shift in RELATIVE.items() if word in lower]
            around = (published + timedelta(days=shift) for shift in range(-7, 8))
            found += [day for day in around if DAYS[day.weekday()] in lower]
        return tuple(dict.fromkeys(found))

    @cached_property
    def calendar(self) -> frozenset[str]:
        """Months, weekdays, days of the month and years of `days`, as words."""
        return frozenset(
            word
            for day in self.days
            for word in (MONTHS[day.month - 1], DAYS[day.weekday()], str(day.day), str(day.year))
        )


def evidence(cited: Sequence[Numbered], statements: Sequence[Statement] = ()) -> Evidence:
    """The evidence of a claim; statements that lie outside the cited sentences are left out."""
    inside = tuple(
        statement
        for statement in statements
        if any(
            item.article.id == statement.article_id and item.sentence.start <= span.start < item.sentence.end
            for item in cited
            for span in (statement.cue or statement.content)
        )
    )
    return Evidence(tuple(replace(item, article=reported(item.article)) for item in cited), inside)


def _before(item: Numbered) -> str:
    return item.article.text[_window(item)[0] : item.sentence.start]


def _window(item: Numbered) -> tuple[int, int]:
    """From the paragraph before a sentence's own to the end of its own, no further than the limits."""
    text, start, end = item.article.text, item.sentence.start, item.sentence.end
    lines = [match.start() for match in PARAGRAPH.finditer(text, max(0, start - BEFORE), start)]
    begin = lines[-2] if len(lines) > 1 else max(0, start - BEFORE)
    stop = text.find("\n", end, end + AFTER)
    return begin, stop if stop >= 0 else min(len(text), end + AFTER)
