"""One utterance in several prints: quotations laid side by side, and what one outlet prints otherwise than another.

A quotation is taken sentence by sentence, since outlets choose different sentences of one speech. Pairs to compare come
from an inverted index of runs of three words, so the work grows with what is shared and not with all pairs.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

from index.types import Span
from qa.checks.lexicon import FUNCTION
from qa.checks.quotes import quotations
from qa.compare.prints import Way, differences, tokens
from qa.printable import JAMMED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from index.types import Article, Sentence, Statement
    from qa.compare.prints import Change, Token

    Told = tuple[Article, Sequence[Sentence], Sequence[Statement]]
    """An article with its sentences and who says what in it."""

SHINGLE = 3
COMMON = 60
"""A run of words that more utterances than this share is a phrase of the language and leads nowhere."""
SHARED_RUNS = 2
LEAST_WORDS, LEAST_CONTENT = 5, 2
"""What two prints must share at the least, so that it is no turn of phrase; content words are those beside grammar."""
LEAST_CONTENT_CHANGED = 3
"""Content words that prints must share that are worded otherwise: two sentences on one thing share two easily."""
ALIKE, ALIKE_BY_OTHERS = 0.6, 0.8
"""The share of words in common, in the stretch that both print, from which two prints are one utterance: by the same
speaker, and where the articles name two speakers, one of whom may speak for the other."""
DAYS_APART = 10
"""Outlets quote one utterance within days; a speaker who says the like weeks later says it again."""
SENTENCE_END = re.compile(r"(?<=[.!?…])[\"'”’]*\s+(?=[\"'“‘\[A-Z])")


@dataclass(frozen=True, slots=True)
class Utterance:
    """A quoted sentence, or the part of one that is quoted.

    Attributes:
        speaker: canonical name as the archive reads it; None where it does not tell.
        span: its words in the article's text, quotation marks left out.
    """

    article: Article
    speaker: str | None
    span: Span

    @property
    def words(self) -> str:
        """As it is printed."""
        return self.span.of(self.article.text)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two prints of one utterance.

    Attributes:
        way: whether the words are the same, differ in typing alone, were cut, or were changed.
        changes: from `one` to `other`, word by word.
    """

    one: Utterance
    other: Utterance
    way: Way
    changes: tuple[Change, ...]


def utterances(told: Iterable[Told]) -> tuple[Utterance, ...]:
    """Every quoted sentence of these articles with its speaker, in order."""
    return tuple(utterance for article, _, statements in told for utterance in _of_article(article, statements))


def drifts(told: Iterable[Told]) -> tuple[Pair, ...]:
    """Every pair of prints of one utterance in two articles, whatever way they differ; in the articles' order."""
    everything = utterances(told)
    read = [tokens(utterance.words) for utterance in everything]
    found = []
    for first, second in _candidates(everything, read):
        pair = _pair(everything[first], everything[second], read[first], read[second])
        if pair:
            found.append(pair)
    return tuple(found)


def _of_article(article: Article, statements: Sequence[Statement]) -> Iterator[Utterance]:
    seen: set[Span] = set()
    for statement in statements:
        for content in statement.content:
            for start, end in _sentences_in(article.text, content):
                span = Span(start, end)
                if span not in seen:
                    seen.add(span)
                    yield Utterance(article, statement.speaker, span)


def _sentences_in(text: str, content: Span) -> Iterator[tuple[int, int]]:
    """Where the quoted sentences of a stretch begin and end."""
    for quoted in quotations(content.of(text)):
        begin, end = content.start + quoted.start, content.start + quoted.end
        cuts = [begin, *(begin + match.end() for match in SENTENCE_END.finditer(text[begin:end])), end]
        for start, stop in pairwise(cuts):
            words = text[start:stop]
            first = start + len(words) - len(words.lstrip(" \"'“‘"))
            last = stop - (len(words) - len(words.rstrip(" ,\"'”’")))
            if first < last:
                yield first, last


def _candidates(everything: Sequence[Utterance], read: Sequence[tuple[Token, ...]]) -> list[tuple[int, int]]:
    """Pairs of utterances of two articles that share some runs of words, not of grammar alone."""
    places: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for number, words in enumerate(read):
        stems = [word.stem for word in words]
        for run in set(zip(*(stems[shift:] for shift in range(SHINGLE)), strict=False)):
            if not FUNCTION.issuperset(run):
                places[run].append(number)
    shared = Counter(pair for numbers in places.values() if len(numbers) <= COMMON for pair in combinations(numbers, 2))
    return sorted(
        (first, second)
        for (first, second), runs in shared.items()
        if runs >= SHARED_RUNS
        and everything[first].article.id != everything[second].article.id
        and _near_in_time(everything[first].article, everything[second].article)
    )


def _near_in_time(one: Article, other: Article) -> bool:
    if not (one.published and other.published):
        return True
    days = date.fromisoformat(one.published) - date.fromisoformat(other.published)
    return abs(days.days) <= DAYS_APART


def _pair(one: Utterance, other: Utterance, left: Sequence[Token], right: Sequence[Token]) -> Pair | None:
    """The two as prints of one utterance; None where they are two."""
    compared = differences(left, right)
    shared = [word for word in compared.shared if word.stem not in FUNCTION]
    if len(compared.shared) < LEAST_WORDS or len(shared) < LEAST_CONTENT:
        return None
    if compared.way is Way.CHANGED and len(shared) < LEAST_CONTENT_CHANGED:
        return None
    least = ALIKE if same_speaker(one.speaker, other.speaker) else ALIKE_BY_OTHERS
    if compared.alike < least:
        return None
    return Pair(one, other, compared.way, compared.changes)


def same_speaker(one: str | None, other: str | None) -> bool:
    """Whether two names can be one speaker's: the same last word, "Vasko" and "Elira Vasko"."""
    if not one or not other:
        return False
    left, right = one.casefold().split(), other.casefold().split()
    shorter, longer = sorted((left, right), key=len)
    return left[-1] == right[-1] and (len(shorter) == 1 or set(shorter) <= set(longer))


def speaker_of(prints: Iterable[Utterance]) -> str | None:
    """Who says it: the name that most prints give, the longest of equals; none that the page's links run into."""
    told = (utterance.speaker for utterance in prints)
    named = Counter(name for name in told if name and not JAMMED.search(name))
    return max(named, key=lambda name: (named[name], len(name)), default=None)
