"""How well each sentence of the hits bears on a question: by its words, meaning and place, and what is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Protocol

from index.lexical import stems
from index.types import Kind
from qa.acts import ANSWERED_BY, asked_act, asked_speaker, asks_who, only_tells
from qa.asked import Wanted, asks, asks_openly, names, telling_words, tells_day, wanted, words
from qa.counted import counted, tells
from qa.instructions import instructs
from qa.said import told
from qa.standalone import POINTS_BACK

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from index.types import Hit, Statement
    from qa.cite import Numbered

LOOKED_AT, THOROUGHLY = 8, 24
"""Sentences that are looked at, the others being out by their words alone: for an answer, and for one outlet's account.
Of the answers to 80 of 144 quiz questions no fewer hold what is asked with 8 than with 12, 16 or 24."""

# Weights of a linear score, fitted as a softmax over each question's sentences (L2 0.03) on half of 144 quiz questions
# about news, where a sentence that holds the answer's words is right; rounded. DAY_WANTED is NUMBER_WANTED's twin.
SIMILARITY, OWN, AROUND, NAMED = 0.9, 1.3, 1.1, 0.95
RANK, PASSAGE, HEADLINE = 1.5, 0.6, 0.35
NUMBER_WANTED, DAY_WANTED, NAME_WANTED, NAME_AT_ALL = 0.85, 0.85, 0.3, 0.35
LENGTH, LEAD = 0.55, 0.9
LONG, LEAD_PARAGRAPHS, SHORT, SHORTNESS = 40, 3, 6, 0.25
COUNTED = 1.5
"""What it adds that a sentence gives a number of just what is to be counted; those questions tell 1 and 2 not apart."""

POINTING = 0.4
"""What a sentence loses that begins by pointing back, since it stands alone in an answer."""
OUTSIDE = 0.6
"""What the place of a passage counts for a sentence of the same article outside it."""
ACT = 2.0
"""What it counts that a sentence tells the act a question asks about."""


class Meaning(Protocol):
    """Vectors of texts, unit length, `(len(texts), dimension)`."""

    def __call__(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """The vectors in the order of the texts."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, read once: the words that matter with how telling each is, the act asked about, and whose it is.

    `speakers` are stems of the names of those who are asked to have spoken, where the question tells them, and
    `counted` are units and stems of what it wants counted.
    """

    text: str
    weights: Mapping[str, float]
    names: frozenset[str]
    wanted: Wanted | None
    act: Kind | None
    speakers: frozenset[str] = frozenset()
    counted: frozenset[str] = frozenset()

    @classmethod
    def read(cls, text: str, rarity: Callable[[str], float]) -> Question:
        """Reads a question; `rarity` gives a word's inverse document frequency."""
        weights: dict[str, float] = {}
        for word in telling_words(text):
            for stem in stems(word):
                weights[stem] = max(weights.get(stem, 0.0), rarity(word))
        of_names = frozenset(stem for name in names(text) for stem in stems(name))
        speakers = frozenset(stem for name in names(f"by {asked_speaker(text)}") for stem in stems(name))
        return cls(text, weights, of_names, wanted(text), asked_act(text), speakers, counted(text))

    @property
    def acts(self) -> tuple[Kind, ...]:
        """The act asked about and those by which the other side answers it."""
        return (self.act, *ANSWERED_BY.get(self.act, ())) if self.act else ()

    @property
    def open(self) -> bool:
        """Whether nothing particular is asked for: only what is told of a matter, or what somebody said."""
        if not self.act or asks_openly(self.text):
            return asks_openly(self.text)
        matter = [word for word in telling_words(self.text) if not only_tells(word)]
        return self.wanted in {None, Wanted.NAME} and all(set(stems(word)) <= self.speakers for word in matter)

    @property
    def all_accounts(self) -> bool:
        """Whether every telling of an act is asked for: all that somebody said, who accused whom, who denied it."""
        who = self.act in ANSWERED_BY or (self.act is not Kind.SAY and asks_who(self.text))
        return bool(self.act) and (self.open or (who and not self.speakers))

    def takes(self, text: str) -> bool:
        """Whether a sentence can be evidence: it reports, and asks only where it is asked what was said."""
        return not instructs(text) and (bool(self.acts) or not asks(text))

    def coverage(self, held: set[str]) -> float:
        """The share of the question's telling words that are held, weighted by rarity; 0 to 1."""
        total = sum(self.weights.values())
        return sum(w for stem, w in self.weights.items() if stem in held) / total if total else 0.0

    def named(self, held: set[str]) -> float:
        """The share of the question's names that are held; 1 where it names nothing."""
        return len(self.names & held) / len(self.names) if self.names else 1.0


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence that could answer, and how well.

    Attributes:
        score: orders the sentences of one question; higher is better.
        similarity: cosine of question and sentence.
        passage: cosine of question and the best passage that holds the sentence.
        own: share of the question's telling words in it, weighted by rarity; 0 to 1.
        around: the same with its neighbours and its headline.
        named: share of the question's names in these.
        told: how far it tells the act asked about, and the other side's answer to it; 0 to 1 by act.
        said: the statements in it.
        answers: log-odds that it answers, where that was looked at (`qa/reread.py`).
    """

    numbered: Numbered
    score: float
    similarity: float
    passage: float
    own: float
    around: float
    named: float
    told: Mapping[Kind, float]
    said: tuple[Statement, ...]
    answers: float | None = None


@dataclass(frozen=True, slots=True)
class _Place:
    """The best passage a sentence stands in: its rank as 1 / (1 + rank / 4), and its cosine with the question."""

    rank: float
    similarity: float


def weigh(
    question: Question,
    vector: NDArray[np.float32],
    hits: Sequence[Hit],
    shown: Sequence[Numbered],
    meaning: Meaning | None,
    said: Mapping[tuple[str, int], tuple[Statement, ...]] = MappingProxyType({}),
    *,
    most: int = THOROUGHLY,
) -> list[Evidence]:
    """Scores the sentences of the hits, best first.

    Args:
        question: as it was read.
        vector: the question's, `(dimension,)`.
        hits: best first.
        shown: the hits' sentences, numbered, and what else of their articles is looked at.
        meaning: gives vectors of sentences; None where their likeness is not wanted, which then is 0.
        said: statements by article id and ordinal of the sentence.
        most: how many are looked at.
    """
    held = [set(stems(item.sentence.text)) for item in shown]
    near = [_near(shown, held, i) for i in range(len(shown))]
    places = _places(hits)
    by_words = [
        _by_words(question, item, own, around, _place(places, item))
        for item, own, around in zip(shown, held, near, strict=True)
    ]
    statements = [said.get((item.article.id, item.sentence.ordinal), ()) for item in shown]
    acts = [
        {
            act: told(act, item.sentence.text, held_here, question.names, around, question.speakers)
            for act in question.acts
        }
        for item, held_here, around in zip(shown, statements, near, strict=True)
    ]
    act_told = [ACT * max(by_act.values(), default=0.0) for by_act in acts]
    looked_at = sorted(range(len(shown)), key=lambda i: -(by_words[i] + act_told[i]))[:most]
    texts = [shown[i].sentence.text for i in looked_at]
    similarities = (meaning(texts) @ vector).tolist() if meaning else [0.0] * len(texts)
    found = []
    for i, similarity in zip(looked_at, similarities, strict=True):
        found.append(
            Evidence(
                numbered=shown[i],
                score=by_words[i] + act_told[i] + SIMILARITY * similarity,
                similarity=similarity,
                passage=_place(places, shown[i]).similarity,
                own=question.coverage(held[i]),
                around=question.coverage(near[i]),
                named=question.named(near[i]),
                told=acts[i],
                said=statements[i],
            )
        )
    return sorted(found, key=lambda e: (-e.score, e.numbered.number))


def _near(shown: Sequence[Numbered], held: Sequence[set[str]], i: int) -> set[str]:
    """Stems of a sentence, its neighbours, its headline and its day: they name what the sentence only points to."""
    article = shown[i].article
    near = [j for j in (i - 1, i, i + 1) if 0 <= j < len(shown) and shown[j].article.id == article.id]
    return set().union(*(held[j] for j in near), stems(article.title or ""), _day(article.published))


@cache
def _day(published: str | None) -> frozenset[str]:
    """Stems of the month and the year of a day."""
    return frozenset(stems(f"{date.fromisoformat(published):%B %Y}")) if published else frozenset()


def _places(hits: Sequence[Hit]) -> dict[tuple[str, int], _Place]:
    places: dict[tuple[str, int], _Place] = {}
    for rank, hit in enumerate(hits):
        for sentence in hit.sentences:
            places.setdefault((sentence.article_id, sentence.ordinal), _Place(1 / (1 + rank / 4), hit.similarity))
    return places


def _place(places: Mapping[tuple[str, int], _Place], item: Numbered) -> _Place:
    """A sentence outside the passages found is placed by the best sentence of its article, and lower."""
    own = places.get((item.article.id, item.sentence.ordinal))
    if own:
        return own
    best = max((place for (article, _), place in places.items() if article == item.article.id), key=lambda p: p.rank)
    return _Place(best.rank * OUTSIDE, best.similarity * OUTSIDE)


def _by_words(question: Question, item: Numbered, own: set[str], around: set[str], place: _Place) -> float:
    """All of a sentence's score but for its own meaning and the act it tells."""
    text = item.sentence.text
    length = len(words(text))
    new_name = any(name not in question.text for name in names(text))
    score = OWN * question.coverage(own) + AROUND * question.coverage(around) + NAMED * question.named(around)
    score += RANK * place.rank + PASSAGE * place.similarity
    score += HEADLINE * question.coverage(set(stems(item.article.title or "")))
    score += LENGTH * min(length, LONG) / LONG - (SHORTNESS if length < SHORT else 0)
    score -= POINTING if POINTS_BACK.match(text) else 0
    score += LEAD if item.sentence.paragraph < LEAD_PARAGRAPHS else 0
    if question.wanted is Wanted.NUMBER and any(c.isdigit() for c in text):
        score += NUMBER_WANTED
    if question.counted and tells(question.counted, text):
        score += COUNTED
    if question.wanted is Wanted.DAY and tells_day(text):
        score += DAY_WANTED
    if question.wanted is Wanted.NAME and new_name:
        score += NAME_WANTED
    if question.wanted is None and new_name:
        score += NAME_AT_ALL
    return score
