"""Names in a claim, and whether the evidence knows them. No model: capital letters, and how a word is used."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from index.types import Span
from qa.checks.lexicon import AFTER_SUBJECT, FUNCTION, JOINTS, ONE_PEOPLE, PEOPLE_ENDINGS, TITLES
from qa.checks.words import Word, words

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
CALENDAR = frozenset(DAYS) | frozenset(MONTHS)
SHORT_MONTHS = {month[:3]: month for month in MONTHS} | {"sept": "september"}
IRREGULAR = frozenset().union(*ONE_PEOPLE)
DEMONYM_SHARED = 4
"""Letters that a place and its people share at the least (Lodria, Lodrian)."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name as it is printed, title left out.

    Attributes:
        words: its capitalised words, lower case ("tomas", "brandt").
        span: where it stands in the text.
        personal: whether it reads like a person's: a title before it, or two words and more.
    """

    text: str
    words: tuple[str, ...]
    span: Span
    personal: bool

    @property
    def last(self) -> str:
        """The last word: a person's surname."""
        return self.words[-1]


@lru_cache(maxsize=4096)
def names(text: str) -> tuple[Name, ...]:
    """The names in `text`, in order.

    A capitalised word that begins a sentence is taken for a name if another capitalised word follows it, if it is
    printed with a capital elsewhere inside a sentence, or if it stands like one (no function word, no plural).
    """
    found: list[Name] = []
    run: list[Word] = []
    everything = words(text)
    inside = {word.lower for word in everything if word.capital and not word.first}
    for at, word in enumerate(everything):
        if run and not (_follows(text, run[-1], word) and (_named(everything, at, inside) or _joint(everything, at))):
            found += _name(text, run)
            run = []
        if run or _named(everything, at, inside):
            run.append(word)
    return tuple(found + _name(text, run))


def _follows(text: str, before: Word, word: Word) -> bool:
    """Whether a word can go on with a name: only a space between, and no possessive ending that closes it."""
    closed = before.end - before.start > len(before.text)
    gap = text[before.end : word.start]
    return not closed and ((not word.opens and gap.strip(" &-") == "") or (len(before.text) == 1 and gap == ". "))


def _named(everything: tuple[Word, ...], at: int, inside: set[str]) -> bool:
    word = everything[at]
    if not word.capital or word.lower in ("i", "i'm", "i've", "i'll", "i'd"):
        return False
    if not word.first:
        return word.lower not in FUNCTION or (word.text.isupper() and len(word.text) > 1)
    if word.lower in FUNCTION:
        return False
    following = everything[at + 1] if at + 1 < len(everything) else None
    if following and following.capital and not following.opens and following.lower not in FUNCTION:
        return True
    joined = following is not None and following.lower == "and" and _capital_at(everything, at + 2)
    return word.lower in inside or word.lower in CALENDAR or joined or _stands_like_a_name(word, following)


def _capital_at(everything: tuple[Word, ...], at: int) -> bool:
    return at < len(everything) and everything[at].capital


def _stands_like_a_name(word: Word, following: Word | None) -> bool:
    """A singular noun without an article is a name: "Harlan said", not "Officials said" or "Talks collapsed"."""
    if following is None or following.capital:
        return False
    plural = re.search(r"(?:[^s]s|ing|ly|ed|men|people|police|[a-z]ese)$", word.lower)
    possessive = word.end - word.start > len(word.text)
    return possessive or (not plural and following.lower in AFTER_SUBJECT)


def _joint(everything: tuple[Word, ...], at: int) -> bool:
    """Whether a small word joins two capitalised ones ("Bank of England")."""
    return (
        everything[at].lower in JOINTS - {"for", "the"}
        and at + 1 < len(everything)
        and everything[at + 1].capital
        and not everything[at + 1].opens
    )


def _name(text: str, run: list[Word]) -> list[Name]:
    titled = bool(run) and run[0].lower.rstrip(".") in TITLES
    while run and (run[0].lower.rstrip(".") in TITLES or run[0].lower in JOINTS):
        run = run[1:]
    while run and run[-1].lower in JOINTS:
        run = run[:-1]
    parts = tuple(_plain(word.text) for word in run if word.lower not in JOINTS and word.lower not in TITLES)
    parts = tuple(part for part in parts if part not in CALENDAR and part not in SHORT_MONTHS)
    if not parts:
        return []
    span = Span(run[0].start, run[-1].start + len(run[-1].text))
    return [Name(span.of(text), parts, span, titled or len(parts) > 1)]


def _plain(word: str) -> str:
    return word.lower().replace(".", "").replace("’", "'")


@lru_cache(maxsize=1024)
def known_words(text: str) -> frozenset[str]:
    """The words of `text` in lower case, with the initials of its capitalised runs ("uk" for "United Kingdom")."""
    plain = {_plain(word.text) for word in words(text)}
    hyphened = {part for match in re.finditer(r"\w+(?:[-–]\w+)+", text) for part in re.split("[-–]", match[0].lower())}
    return frozenset(plain | hyphened | {_initials(name) for name in names(text)} - {""})


def _initials(name: Name) -> str:
    return "".join(word[0] for word in name.words) if len(name.words) > 1 else ""


def unknown(name: Name, vocabulary: frozenset[str]) -> tuple[str, ...]:
    """The words of a name that the evidence does not know, in this or a kindred form; empty if it does."""
    if _initials(name) in vocabulary:
        return ()
    return tuple(word for word in name.words if not any(kindred(word, other) for other in _near(word, vocabulary)))


def _near(word: str, vocabulary: frozenset[str]) -> tuple[str, ...]:
    if word in vocabulary:
        return (word,)
    return tuple(other for other in vocabulary if other[:1] == word[:1] or other in IRREGULAR)


def kindred(word: str, other: str) -> bool:
    """Whether two words are one name: equal, plural, or a place and its people ("Lodria", "Lodrian")."""
    if word == other or any(word in group and other in group for group in ONE_PEOPLE):
        return True
    shorter, longer = sorted((word, other), key=len)
    if longer in (shorter + "s", shorter + "es"):
        return True
    shared = next((i for i, (a, b) in enumerate(zip(word, other, strict=False)) if a != b), len(shorter))
    ending = longer[shared:]
    return shared >= DEMONYM_SHARED and len(shorter) - shared <= 2 and ending in PEOPLE_ENDINGS  # noqa: PLR2004
