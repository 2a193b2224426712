"""Sentence numbers to exact spans: a citation is made from the archive's own sentences, never from a model's words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from qa.types import Citation

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from index.types import Article, Hit, Sentence


@dataclass(frozen=True, slots=True)
class Numbered:
    """A sentence as it is shown to a model or chosen from: `[number] sentence.text`."""

    number: int
    sentence: Sentence
    article: Article


def number(hits: Sequence[Hit], *, most: int = 120) -> tuple[Numbered, ...]:
    """Numbers the sentences of `hits` from 1: hits in order, each sentence once, titles left out, `most` at the most.

    The best hits are numbered first, so that what a limit cuts off is the least likely evidence.
    """
    seen: dict[tuple[str, int], Numbered] = {}
    for hit in hits:
        for sentence in hit.sentences:
            key = (sentence.article_id, sentence.ordinal)
            if len(seen) < most and key not in seen and not sentence.is_title:
                seen[key] = Numbered(len(seen) + 1, sentence, hit.article)
    return tuple(seen.values())


class Citations:
    """Collects what an answer cites; each sentence has one marker, numbered in the order of first use."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, int, int], Citation] = {}

    def cite(self, numbered: Numbered) -> int:
        """The marker of this sentence."""
        article, sentence = numbered.article, numbered.sentence
        return self.cite_span(article, sentence.start, sentence.end)

    def cite_span(self, article: Article, start: int, end: int) -> int:
        """The marker of `article.text[start:end]`."""
        key = (article.id, start, end)
        if key not in self._known:
            self._known[key] = citation(article, start, end, marker=len(self._known) + 1)
        return self._known[key].marker

    def all(self) -> tuple[Citation, ...]:
        """Every citation in the order of its marker."""
        return tuple(self._known.values())


def citation(article: Article, start: int, end: int, *, marker: int) -> Citation:
    """The citation of `article.text[start:end]`.

    Raises:
        ValueError: the span is empty or lies outside the text.
    """
    if not 0 <= start < end <= len(article.text):
        raise ValueError(f"no words stand at {start}:{end} of article {article.id}")
    return Citation(
        marker=marker,
        article_id=article.id,
        outlet=article.outlet,
        title=article.title,
        published=article.published,
        url=article.url,
        path=article.path if not article.key else f"{article.path}#{article.key}",
        start=start,
        end=end,
        quote=article.text[start:end],
    )


def renumber(numbers: Iterable[int], shown: Sequence[Numbered], citations: Citations) -> tuple[int, ...]:
    """Markers for the sentence numbers that were shown; numbers that were not are left out."""
    by_number = {item.number: item for item in shown}
    return tuple(dict.fromkeys(citations.cite(by_number[n]) for n in numbers if n in by_number))
