"""Nouns for the pronouns of a follow-up, where exactly one fits."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from qa.questions.grammar import DIRECT, PLACES, clause, phrases

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from qa.questions.grammar import Clause, Phrase

PERSON = frozenset("he she him her his hers himself herself".split())
THING = frozenset("it its itself".split())
SEVERAL = frozenset("they them their theirs themselves".split())
PLACE = frozenset(("there",))
UNCLEAR = frozenset("this that these those".split())
OWNING = frozenset("his hers its their theirs".split())
POINTING = re.compile(rf"\b(?:{'|'.join(PERSON | THING | SEVERAL | PLACE | UNCLEAR)})\b", re.IGNORECASE)
COLLECTIVE = re.compile(
    r"^(?:company|firm|union|government|ministry|police|council|court|committee|party|team|crew|family|board|side|bank|army"
    r"|agency|operator|opposition|parliament|group|club|band|staff)$"
)
"""Nouns that are one and are spoken of as several."""
HUMAN = re.compile(
    r"(?:[^t]er|or|ist|man|woman|boy|girl|king|queen|prince|princess|pope|bishop|captain|pilot|coach|boss|chief|head|general"
    r"|judge|executive|president|spokesperson|suspect|victim|student|wife|husband|son|chancellor|secretary)$"
)
"""How nouns end that are people."""
_TITLES = {
    "mr": "he",
    "mrs": "she",
    "ms": "she",
    "miss": "she",
    "sir": "he",
    "lady": "she",
    "king": "he",
    "queen": "she",
}
_COUNTED = re.compile(r"^(?:how many|how much|which|what)\s+", re.IGNORECASE)


_EXPLAINED: tuple[tuple[frozenset[str], Callable[[Phrase], bool]], ...] = (
    (PERSON, lambda phrase: phrase.personal),
    (THING, lambda phrase: not phrase.personal and not phrase.asking),
    (SEVERAL, lambda phrase: phrase.plural or phrase.asking),
)
"""What must stand before a pronoun in its own question for it to point there."""


def resolve(question: str, before: str, said: Sequence[str]) -> tuple[str, bool]:
    """The question with nouns for its pronouns, and whether one was left that points outside it.

    A pronoun that a name of the same question explains ("did Karg sell her house") is left alone.

    Args:
        before: the question before it.
        said: the answer to that, sentence by sentence.
    """
    if not POINTING.search(question):
        return question, False
    new, old = clause(question), clause(before)
    parallel = _subject(old) if new.verb == old.verb else None
    text, unclear = question, False
    for token in reversed(range(len(new.tree))):
        word = new.tree.words[token].lower()
        if not _points(new, token, word):
            continue
        noun = parallel if parallel and word in ("he", "she") else _noun(word, old, said)
        if noun is None:
            unclear = True
            continue
        owning = word in OWNING or new.tree.tags[token] == "PRP$"
        text = text[: new.tree.starts[token]] + (_owned(noun) if owning else noun) + text[new.tree.ends[token] :]
    return text, unclear


def _points(new: Clause, token: int, word: str) -> bool:
    """Whether a word is a pronoun that nothing before it in its own question explains."""
    tag, dep = new.tree.tags[token], new.tree.deps[token]
    if word in UNCLEAR:
        return tag == "DT" and dep != "det"
    if word in PLACE:
        return dep != "expl" and tag != "EX"
    if word == "it" and _empty(new, token):
        return False
    before = [phrase for phrase in new.phrases if phrase.start < new.tree.starts[token]]
    explains = next((fits for words, fits in _EXPLAINED if word in words), None)
    return explains is not None and not any(map(explains, before))


def _empty(new: Clause, token: int) -> bool:
    """Whether "it" stands for a clause that follows ("is it reported that", "was it clear who")."""
    after = new.text[new.tree.ends[token] :]
    return bool(re.match(r"\s+(?:\w+\s+){0,2}(?:that|whether|who|reported|rain\w*|snow\w*)\b", after))


def _subject(old: Clause) -> str | None:
    """The one person of whom the old verb is said."""
    people = [p.words for p in old.phrases if p.subject and p.personal]
    return people[0] if len(people) == 1 else None


def _noun(word: str, old: Clause, said: Sequence[str]) -> str | None:
    """What a pronoun stands for; None where nothing, or more than one, fits."""
    known = [p for p in old.phrases if not p.asking or p.plural]
    if word in PERSON:
        people = _people(known) or _people([p for text in said for p in phrases(text)], word, " ".join(said))
        return _only(people) if people else _office(known, old.text)
    if word in PLACE:
        return _only([f"{p.preposition} {p.words}" for p in known if p.preposition in PLACES])
    if word in UNCLEAR or (word in THING and old.asks_what):
        return None  # "it" may be the very thing that was asked for
    return (_pair(known, old.text) if word in SEVERAL else None) or _thing(known, several=word in SEVERAL)


def _thing(known: Sequence[Phrase], *, several: bool) -> str | None:
    fits = [p for p in known if not p.personal and p.plural == several and (p.plural or not p.asking)]
    fits = fits or [p for p in known if p.named or (several and COLLECTIVE.search(p.head))]
    direct = [p for p in fits if p.role in DIRECT]
    return _only([_COUNTED.sub("the ", p.words) for p in direct or fits])


def _only(found: Sequence[str]) -> str | None:
    return found[0] if len(found) == 1 else None


def _office(known: Sequence[Phrase], text: str) -> str | None:
    """The one person told by what they are ("the mayor", "the head of Tarn Mills")."""
    fits = [p for p in known if p.definite and not p.plural and HUMAN.search(p.head)]
    if len(fits) != 1:
        return None
    of = re.match(r" of (?:the )?[A-Z][\w’'-]*(?: [A-Z][\w’'-]*)*", text[fits[0].end :])
    return fits[0].words + (of[0] if of else "")


def _pair(known: Sequence[Phrase], text: str) -> str | None:
    """Two people who are named together."""
    pairs = [
        text[one.start : other.end]
        for one, other in pairwise(known)
        if one.personal and other.personal and text[one.end : other.start] == " and "
    ]
    return pairs[0] if len(pairs) == 1 else None


def _people(known: Iterable[Phrase], word: str = "", told: str = "") -> list[str]:
    """The people among phrases, each by the longest of its names; of an answer only those that "he" or "she" fits."""
    found = [re.sub(r"['’]s?$", "", p.words) for p in known if p.personal and not p.asking]
    whole = [
        name for name in dict.fromkeys(found) if not any(name != other and name in other.split() for other in found)
    ]
    sex = "she" if word in ("she", "her", "hers", "herself") else "he"
    if word:
        whole = [name for name in whole if _sex(name, told) in (None, sex)]
    return whole


def _sex(name: str, told: str) -> str | None:
    """What a title says: "Ms Whitlock" is she."""
    surname = re.escape(name.rsplit(maxsplit=1)[-1])
    title = re.search(rf"\b({'|'.join(_TITLES)})\.? (?:[A-Z][\w-]+ )?{surname}\b", told, re.IGNORECASE)
    return _TITLES[title[1].lower()] if title else None


def _owned(noun: str) -> str:
    return f"{noun}’" if noun.endswith("s") and noun[0].islower() else f"{noun}'s"
