"""What a claim denies, and how sure it is, beside the sentence that it cites."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from qa.words import Word, words

NEGATORS = frozenset("not never no none nobody nothing neither nor without cannot hardly barely nowhere".split())
REVERSERS = {
    "fail": 1,
    "refus": 1,
    "deni": 1,
    "declin": 1,
    "unabl": 1,
    "lack": 1,
    "prevent": 1,
    "avoid": 1,
    "reject": 1,
}
POSSIBLE = frozenset("may might could can possibly perhaps maybe likely probably potentially".split())
INTENDED = frozenset("plan hope want aim intend seek consid expect propos try tri threaten attempt".split())
CERTAIN = frozenset("will shall must did has have had is are was were does do".split())
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
        negations = sum(_negates(word) for word in before if word.lower != "without" or word is before[0])
        unsure = any(word.lower in POSSIBLE or word.stem in INTENDED for word in before)
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


def _negates(word: Word) -> bool:
    return word.lower in NEGATORS or bool(re.search(r"n['’]t$", word.lower)) or word.stem in REVERSERS


def negators(text: str) -> tuple[Word, ...]:
    """The words of `text` that turn its sense."""
    return tuple(word for word in words(text) if _negates(word))
