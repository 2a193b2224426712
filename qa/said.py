"""Statements as evidence: which of them tell the act a question asks about, and which sentences they stand in."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from index.lexical import stems
from index.statements.names import People
from index.types import Kind, Span
from qa.acts import tells
from qa.cite import Numbered

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from index.types import Article, Sentence, Statement

    Place = tuple[str, int]
    """A sentence: its article's id and its ordinal."""

SAME_ACT: dict[Kind, frozenset[Kind]] = {
    Kind.BLAME: frozenset({Kind.BLAME, Kind.ACCUSE}),
    Kind.ACCUSE: frozenset({Kind.ACCUSE, Kind.BLAME}),
    Kind.CRITICISE: frozenset({Kind.CRITICISE, Kind.BLAME, Kind.ACCUSE}),
    Kind.DENY: frozenset({Kind.DENY, Kind.REJECT, Kind.DISAGREE}),
    Kind.REJECT: frozenset({Kind.REJECT, Kind.DENY, Kind.DISAGREE}),
    Kind.SAY: frozenset(Kind),
}
"""Kinds of statement that tell an act; an act that is not here is told by its own kind."""

POINTING = frozenset(("he", "she"))
CLOSE = 400
"""Characters before a sentence in which a pronoun's or a role's bearer must be named, and nobody else."""

FITS, HALF, HARDLY = 1.0, 0.75, 0.2
"""How far a sentence tells an act: by a statement of the people asked about, by its words, or of others."""


def by_sentence(
    statements: Mapping[str, Sequence[Statement]], sentences: Mapping[str, Sequence[Sentence]]
) -> dict[Place, tuple[Statement, ...]]:
    """Statements by the sentence in which their cue stands, where they have none their content."""
    found: dict[Place, list[Statement]] = defaultdict(list)
    for article, read in statements.items():
        for statement in read:
            at = min(statement.cue or statement.content).start
            for sentence in sentences[article]:
                if sentence.start <= at < sentence.end:
                    found[article, sentence.ordinal].append(statement)
    return {place: tuple(held) for place, held in found.items()}


def add(
    shown: Sequence[Numbered],
    acts: Collection[Kind],
    said: Mapping[Place, Sequence[Statement]],
    articles: Mapping[str, tuple[Article, Sequence[Sentence]]],
) -> tuple[Numbered, ...]:
    """What was shown, and after it every other sentence of these articles that holds a statement of these acts."""
    kinds = frozenset().union(*(SAME_ACT.get(act, {act}) for act in acts)) if acts else frozenset[Kind]()
    seen = {(item.article.id, item.sentence.ordinal) for item in shown}
    more = [
        (article, sentence)
        for article, sentences in articles.values()
        for sentence in sentences
        if (place := (article.id, sentence.ordinal)) not in seen
        and not sentence.is_title
        and any(statement.kind in kinds for statement in said.get(place, ()))
    ]
    first = len(shown) + 1
    return (*shown, *(Numbered(first + i, sentence, article) for i, (article, sentence) in enumerate(more)))


def told(
    act: Kind,
    text: str,
    statements: Sequence[Statement],
    names: Collection[str],
    near: Collection[str] = (),
    speakers: Collection[str] = (),
) -> float:
    """How far a sentence tells an act, from 0 to 1.

    Args:
        act: the act asked about.
        text: the sentence's.
        statements: those in the sentence.
        names: stems of the names in the question.
        near: stems around the sentence; a name that stands there may be what the act is about ("the Orren talks") and
            need not be one of the people, except where the question asks what somebody said.
        speakers: stems of the names of those who are asked to have spoken, where the question tells them.
    """
    people_asked = set(names) if act is Kind.SAY else set(names) - set(near)
    best = (HARDLY if people_asked else HALF) if tells(text, act) else 0.0
    for statement in statements:
        if statement.negated or statement.kind not in SAME_ACT.get(act, {act}):
            continue
        people = [statement.speaker, *statement.ambiguous, *(() if act is Kind.SAY else (statement.target,))]
        known = {stem for person in people if person for stem in stems(person)}
        speaking = {stem for person in (statement.speaker, *statement.ambiguous) if person for stem in stems(person)}
        strange = not speaking & set(speakers) if speakers else people_asked and not known & people_asked
        best = max(best, HARDLY if strange else FITS)
    return best


def speaker(item: Numbered, statements: Sequence[Statement]) -> str | None:
    """Who speaks in a sentence that itself has only a pronoun or a role for it ("she said", "the minister warned").

    A name is given only where it can hardly be wrong: the sentence holds one statement of one speaker, it names nobody,
    and just before it that person and no other is named.
    """
    if len(statements) != 1:
        return None
    [statement] = statements
    name, text, sentence = statement.speaker, item.article.text, item.sentence
    if name is None or statement.ambiguous or statement.via or len(statement.source) != 1:
        return None
    if not _points(statement.source[0], text, sentence.start):
        return None
    before = text[max(0, sentence.start - CLOSE) : sentence.start]
    near = [known for known in People(text[: sentence.end]).places if _names(known, before)]
    own = any(_names(known, sentence.text) for known in People(text).places)
    return name if near == [name] and not own else None


def _points(source: Span, text: str, begin: int) -> bool:
    """Whether a speaker's words are "he", "she" or a role: no capital but at the beginning of the sentence."""
    words = source.of(text).split()
    low = [word for place, word in enumerate(words) if place or source.start > begin]
    if not words or any(letter.isupper() for word in low for letter in word):
        return False
    return words[0].lower() in POINTING or (words[0].lower() == "the" and len(words) > 1)


def _names(name: str, text: str) -> bool:
    """Whether a text names somebody, in full or by the last name."""
    return bool(re.search(rf"\b{re.escape(name.rsplit(maxsplit=1)[-1])}\b", text))
