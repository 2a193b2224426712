"""What one voice alone tells.

A sentence is a voice's own when much of what it says stands nowhere in the others' articles, no turn of phrase of it
does, and no sentence of theirs means nearly the same. That says something only of accounts of the same news: of
articles that both answer what is asked and came out within a few days. Judged by eye on 40 events, by which these rules
were chosen, .49 of what was found without them were right and worth telling, .65 of what is found with them.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from qa.checks.names import CALENDAR
from qa.checks.quantities import COUNTED
from qa.checks.words import words
from qa.compare.events import same_event
from qa.compare.senses import senses
from qa.printable import printable
from qa.standalone import POINTS_BACK

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from index.types import Article, Sentence
    from qa.compare.accounts import Told
    from qa.weigh import Meaning

LEAST_NEW, SHARE_NEW = 2, 0.35
"""How many of a sentence's words, names and days left out, must be nowhere in the others' articles, and what share."""
MOSTLY_NEW = 0.5
APART, STILL_APART = 0.57, 0.7
"""The cosine with every sentence of the others below which a sentence tells something else, and below which it does
where most of its words are its own."""
LEAST_WORDS = 4
LEAD = 2
RARE, RARE_SHARE = 2, 0.1
"""How many of the others' sentences, or what share, may hold a word that is no common one of the story."""
PARTLY = 2
"""Such words that one sentence of another voice must share to tell part of the same."""
DAYS = 3
"""How far apart two accounts of the same news may have come out."""
SHARED = 2
"""Words that a sentence must share with another to be compared with it in meaning."""


@dataclass(frozen=True, slots=True, eq=False)
class Held:
    """An article's words by their senses, its turns of phrase (two content words in a row), its sentences' stems."""

    article: Article
    voice: str
    senses: frozenset[str]
    phrases: frozenset[tuple[str, str]]
    sentences: tuple[tuple[str, frozenset[str]], ...]


def held(voice: str, article: Article, sentences: Sequence[Sentence]) -> Held:
    """Reads the words of an article."""
    texts = [sentence.text for sentence in sentences if not sentence.is_title]
    stems = [frozenset(word.stem for word in words(text) if word.content) for text in texts]
    return Held(
        article,
        voice,
        frozenset(sense for own in stems for stem in own for sense in senses(stem)),
        frozenset(phrase for text in texts for phrase in _phrases(text)),
        tuple(zip(texts, stems, strict=True)),
    )


def alone(
    told: Sequence[Told], articles: Mapping[str, Held], answering: Collection[str], meaning: Meaning, most: int
) -> tuple[Told, ...]:
    """The first `most` of these sentences that tell what no other voice does, where another tells of the same news.

    Args:
        told: sentences, those that matter most first.
        articles: every article of the voices that are compared, by id.
        answering: ids of the articles that answer what is asked.
        meaning: gives vectors of sentences.
    """
    found: list[Told] = []
    for one in told:
        if len(found) == most:
            break
        if one.article.id not in answering or POINTS_BACK.match(one.text) or _leads(one, articles[one.article.id]):
            continue
        if _stands_elsewhere(one, articles.values()):
            continue
        others = [h for h in articles.values() if h.voice != one.voice]
        same = any(h.article.id in answering and same_event(h.article, one.article, DAYS) for h in others)
        if same and (new := _new(one, others)) and not _told_by_another(one, others, new, meaning):
            found.append(one)
    return tuple(found)


def _stands_elsewhere(one: Told, articles: Iterable[Held]) -> bool:
    """Whether the voice prints it word for word in another article too: standing words of the outlet, or old news."""
    return any(h.voice == one.voice and h.article.id != one.article.id and one.text in h.article.text for h in articles)


def _leads(one: Told, own: Held) -> bool:
    """Whether it is one of an article's first sentences, which tell the news that every outlet has in its own words."""
    return any(text == one.text for text, _ in own.sentences[:LEAD])


def _new(one: Told, others: Sequence[Held]) -> float:
    """The share of a sentence's words that is its own; 0 where that is too little, or a turn of phrase is shared."""
    telling = {word.stem for word in words(one.text) if word.content and not word.capital} - CALENDAR
    known = frozenset().union(*(other.senses for other in others))
    new = {stem for stem in telling if not senses(stem) & known}
    share = len(new) / max(1, len(telling))
    if len(telling) < LEAST_WORDS or len(new) < LEAST_NEW or share < SHARE_NEW or not printable(one.text):
        return 0.0
    partly = any(_phrases(one.text) & other.phrases for other in others) or _partly_told(telling, others)
    return 0.0 if partly else share


def _partly_told(telling: set[str], others: Sequence[Held]) -> bool:
    """Whether a sentence of another voice shares words that are no common ones of the story."""
    sentences = [stems for other in others for _, stems in other.sentences]
    count = Counter(stem for stems in sentences for stem in stems & telling if stem not in COUNTED)
    rare = {stem for stem, times in count.items() if times <= max(RARE, RARE_SHARE * len(sentences))}
    return any(len(rare & stems) >= PARTLY for stems in sentences)


def _told_by_another(one: Told, others: Sequence[Held], new: float, meaning: Meaning) -> bool:
    """Whether another voice's headline means nearly the same, or one of the two sentences nearest in words."""
    near = [other.article.title for other in others if other.article.title]
    for other in others:
        shared = sorted(other.sentences, key=lambda s: -len(s[1] & one.stems))[:2]
        near += [text for text, stems in shared if len(stems & one.stems) >= SHARED]
    if not near:
        return False
    return bool(float((meaning(near) @ one.vector).max()) > (STILL_APART if new >= MOSTLY_NEW else APART))


def _phrases(text: str) -> frozenset[tuple[str, str]]:
    """Pairs of content words that follow each other, names and numbers left out."""
    plain = [word for word in words(text) if word.content and word.lower not in COUNTED and not word.text[0].isdigit()]
    return frozenset(
        (one.stem, other.stem)
        for one, other in pairwise(plain)
        if not one.capital and not other.capital and not other.opens
    )
