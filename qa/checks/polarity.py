"""What a claim denies, and how sure it is, beside the sentence that it cites."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from qa.checks.lexicon import INTENDED, NEGATORS, POSSIBLE, REVERSERS
from qa.checks.words import Word, stem, words

REACH = 4
"""How many content words after a negator it bears on, within its clause."""


@dataclass(frozen=True, slots=True)
class Stance:
    """How a content word is meant in its sentence."""

    negated: bool
    unsure: bool


@lru_cache(maxsize=4096)
def stances(text: str) -> dict[str, frozenset[Stance]]:
    """For each content word (by stem) of `text`, whether a negation or a hedge bears on it, for each time it stands."""
    tokens = words(text)
    table: dict[str, frozenset[Stance]] = {}
    for at, token in enumerate(tokens):
        if not token.content:
            continue
        before = _before(tokens, at)  # the nearest first
        negations = sum(negates(word) for word in before if word.lower != "without" or word is before[0])
        unsure = any(hedges(word) for word in before)
        table[token.stem] = table.get(token.stem, frozenset()) | {Stance(negations % 2 == 1, unsure)}
    return table


def _before(tokens: tuple[Word, ...], at: int) -> list[Word]:
    """The words of the clause before `at`, as far as a negation in them can reach."""
    found: list[Word] = []
    content = 0
    while at > 0 and not tokens[at].opens and content < REACH:
        at -= 1
        found.append(tokens[at])
        content += tokens[at].content
        if tokens[at].lower in ("but", "because", "that", "who", "which", "while", "and"):
            break
    return found


def negates(word: Word) -> bool:
    """Whether a word turns the sense of what follows it."""
    return word.lower in NEGATORS or bool(re.search(r"n['’]t$", word.lower)) or word.stem in _stems(REVERSERS)


def hedges(word: Word) -> bool:
    """Whether a word makes what follows it unsure: possible, or only meant."""
    return word.lower in POSSIBLE or word.stem in _stems(INTENDED)


@lru_cache
def _stems(some: frozenset[str]) -> frozenset[str]:
    return frozenset(stem(word) for word in some)


def negators(text: str) -> tuple[Word, ...]:
    """The words of `text` that turn its sense."""
    return tuple(word for word in words(text) if negates(word))
