"""What one voice says on the question, from its own articles alone."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain, islice
from typing import TYPE_CHECKING

from index.lexical import stems
from qa.cite import number
from qa.compare.answering import answering, touching
from qa.compare.types import Account
from qa.compare.wants import surely
from qa.questions.parts import parts as told_apart
from qa.reread import with_odds
from qa.said import add, told
from qa.standalone import quote_alone
from qa.weigh import weigh

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from index.answers import AnswerModel
    from index.types import Article, Hit, Sentence, Statement
    from qa.cite import Citations, Numbered
    from qa.compare.predicate import Predicate
    from qa.compare.voices import Voice
    from qa.weigh import Evidence, Meaning, Question

    Said = Mapping[tuple[str, int], tuple[Statement, ...]]
    Articles = Mapping[str, tuple[Article, Sequence[Sentence]]]

READ, READ_OF_EACH = 80, 8
"""Sentences whose meaning is looked at: so many of all voices, and of each where these are many. They are those with
most of the question's words in and around them."""
AROUND, ACT, DONE, SURE = 0.8, 1.0, 0.5, 0.4
"""What the words of the neighbours count beside a sentence's own, that it tells the act asked about, that it tells what
the question says is done, and that it plainly holds what is asked for."""


@dataclass(frozen=True, slots=True)
class Part:
    """A question as it was read, its vector, `(dimension,)`, and what it says is done."""

    question: Question
    vector: NDArray[np.float32]
    done: Predicate


@dataclass(frozen=True, slots=True)
class Weighed:
    """A voice and its evidence for each part of the question, best first."""

    voice: Voice
    hits: tuple[Hit, ...]
    by_part: tuple[tuple[Evidence, ...], ...]

    @property
    def ranked(self) -> tuple[Evidence, ...]:
        """All of it, best first, each by the part that it bears on most."""
        best: dict[int, Evidence] = {}
        for evidence in (one for ranked in self.by_part for one in ranked):
            known = best.get(evidence.numbered.number)
            if known is None or evidence.score > known.score:
                best[evidence.numbered.number] = evidence
        return tuple(sorted(best.values(), key=lambda evidence: -evidence.score))


@dataclass(frozen=True, slots=True)
class Column:
    """A voice and what it has in the articles of the event, best first.

    Attributes:
        chosen: what answers the question; none where the voice does not state it.
        touching: what findings may rest on, the answers among them.
    """

    voice: Voice
    hits: tuple[Hit, ...]
    ranked: tuple[Evidence, ...]
    chosen: tuple[Evidence, ...]
    touching: tuple[Evidence, ...]


def parts(question: str) -> tuple[str, ...]:
    """The question, and where it asks several things each of them: "Who was blamed, and what was agreed?"."""
    several = told_apart(question)
    return (question, *several) if len(several) > 1 else (question,)


def worth_reading(part: Part, hits: Sequence[Hit], articles: Articles, said: Said, voices: int) -> tuple[Numbered, ...]:
    """The sentences of one voice's hits that could answer, numbered from 1 in the order of the hits.

    For a question about an act of saying, every sentence of these articles that tells it is looked at as well.

    Args:
        part: the question.
        voices: how many there are, which share what can be read in time.
    """
    question = part.question
    shown = number(hits)
    if question.acts:
        shown = add(shown, question.acts, said, articles)
    shown = tuple(item for item in shown if question.takes(item.sentence.text))
    held = [set(stems(item.sentence.text)) for item in shown]
    worth = []
    for i, item in enumerate(shown):
        near = held[i].union(*(held[j] for j in (i - 1, i + 1) if 0 <= j < len(shown)))
        value = question.coverage(held[i]) + AROUND * question.coverage(near)
        value += DONE * part.done.told(held[i]) + SURE * surely(question, item.sentence.text)
        for act in question.acts:
            statements = said.get((item.article.id, item.sentence.ordinal), ())
            value += ACT * told(act, item.sentence.text, statements, question.names, near)
        worth.append(value)
    best = set(sorted(range(len(shown)), key=lambda i: (-worth[i], i))[: max(READ_OF_EACH, READ // voices)])
    return tuple(item for i, item in enumerate(shown) if i in best)


def weighed(
    parts: Sequence[Part], voice: Voice, hits: Sequence[Hit], shown: Sequence[Numbered], meaning: Meaning, said: Said
) -> Weighed:
    """Weighs what a voice has.

    Args:
        parts: the question, and its parts where it asks several things.
        shown: as `worth_reading` gives it.
        meaning: gives vectors of sentences.
        said: statements by article id and ordinal of the sentence.
    """
    ranked = (weigh(part.question, part.vector, hits, shown, meaning, said) if shown else () for part in parts)
    return Weighed(voice, tuple(hits), tuple(map(tuple, ranked)))


def candidates(
    part: Part, ranked: Sequence[Sequence[Evidence]], answers: Collection[str], model: AnswerModel, most: int
) -> list[list[Evidence]]:
    """Of each voice what may answer a part of the question, with how surely; all voices are read at once.

    Args:
        ranked: each voice's evidence for the part, best first.
        answers: ids of the articles from which an answer is taken.
        model: tells how surely a sentence answers; not asked where nothing particular is.
        most: how many sentences of each voice it reads.
    """
    best = [[evidence for evidence in own if evidence.numbered.article.id in answers][:most] for own in ranked]
    if part.question.open:
        return best
    read = iter(with_odds(part.question.text, list(chain.from_iterable(best)), model))
    return [list(islice(read, len(own))) for own in best]


def column(parts: Sequence[Part], one: Weighed, read: Sequence[Sequence[Evidence]], event: Collection[str]) -> Column:
    """Chooses what answers of what a voice has.

    Args:
        read: for each part what may answer it, as `candidates` gives it.
        event: ids of the articles that tell of the event.
    """
    chosen: dict[int, Evidence] = {}
    near: dict[int, Evidence] = {}
    for part, ranked, may in zip(parts, one.by_part, read, strict=True):
        found = answering(part.question, may)
        chosen |= {evidence.numbered.number: evidence for evidence in found}
        touched = (*found, *touching(part.question, part.done, ranked))
        near |= {e.numbered.number: e for e in touched if e.numbered.article.id in event}
    ranked = tuple(evidence for evidence in one.ranked if evidence.numbered.article.id in event)
    return Column(one.voice, one.hits, ranked, tuple(chosen.values()), tuple(near.values()))


def account(column: Column, articles: Articles, citations: Citations) -> Account:
    """A column as it is shown: each chosen sentence verbatim, the articles one after the other."""
    order = {article: place for place, article in enumerate(column.voice.articles)}
    chosen = sorted(column.chosen, key=lambda e: (order.get(e.numbered.article.id, 0), e.numbered.sentence.ordinal))
    places = [(e.numbered.article.id, e.numbered.sentence.ordinal) for e in chosen]
    claims = tuple(
        quote_alone(e.numbered, articles[i][1], citations, e.said, {ordinal for other, ordinal in places if other == i})
        for e, (i, _) in zip(chosen, places, strict=True)
    )
    return Account(
        outlet=column.voice.name,
        stated=bool(claims),
        claims=claims,
        printed_by=column.voice.printed_by,
        articles=len(column.voice.articles),
    )
