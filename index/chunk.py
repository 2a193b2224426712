"""Sentences to passages: runs of whole sentences that a search can find and a reader can take in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from index.types import Passage

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from index.types import Article, Mark, Sentence

MOST_WORDS = 140
"""Words and punctuation marks in a passage; about 120 to 180 tokens of an English word-piece vocabulary."""

_WORD = re.compile(r"\w+|[^\w\s]")


def chunk(article: Article, sentences: Sequence[Sentence], *, most: int = MOST_WORDS) -> tuple[Passage, ...]:
    """Packs the article's sentences, its title left out, into passages of at most `most` words.

    A passage begins with the last sentence of the one before, unless that sentence alone fills half of it or a
    boilerplate mark stands between them. A sentence longer than `most` is a passage of its own.

    Returns:
        Passages in order, numbered 0 until they are stored; `passage.text == article.text[start:end]`, every sentence
        stands in at least one, and none overlaps a mark.
    """
    body = [sentence for sentence in sentences if not sentence.is_title]
    return tuple(
        Passage(
            id=0,
            article_id=article.id,
            start=run[0].start,
            end=run[-1].end,
            first=run[0].ordinal,
            last=run[-1].ordinal,
            text=article.text[run[0].start : run[-1].end],
        )
        for stretch in _stretches(body, article.boilerplate)
        for run in _runs(stretch, most)
    )


def headed(article: Article, passages: Sequence[Passage]) -> list[str]:
    """What models read of an article: each passage with the headline in front."""
    return [f"{article.title or ''}\n{passage.text}".strip() for passage in passages]


def _stretches(sentences: Sequence[Sentence], marks: Sequence[Mark]) -> Iterator[list[Sentence]]:
    """Sentences that follow each other with neither a mark nor the title between them."""
    stretch: list[Sentence] = []
    for sentence in sentences:
        if stretch:
            before = stretch[-1]
            broken = sentence.ordinal != before.ordinal + 1
            if broken or any(before.end <= mark.start < sentence.start for mark in marks):
                yield stretch
                stretch = []
        stretch.append(sentence)
    if stretch:
        yield stretch


def _runs(sentences: Sequence[Sentence], most: int) -> Iterator[list[Sentence]]:
    run: list[Sentence] = []
    words = 0
    for sentence in sentences:
        size = len(_WORD.findall(sentence.text))
        if run and words + size > most:
            yield run
            last = len(_WORD.findall(run[-1].text))
            run, words = ([run[-1]], last) if last <= most // 2 and last + size <= most else ([], 0)
        run.append(sentence)
        words += size
    if run:
        yield run
