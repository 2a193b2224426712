"""One name for each speaker of a story: "Lee" in one article and "Mr. Lee Chung-hee" in another are one person."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING

from index.statements.names import BODIES, PLACES, TITLES
from qa.checks.lexicon import FUNCTION
from qa.checks.names import names

if TYPE_CHECKING:
    from collections.abc import Iterable

    Key = tuple[str, ...]

BEFORE = re.compile(
    r"^(?:(?:the|a|an|current|former)\s+|(?:[\w.]+ )?[\w.]+-(?:based|headquartered|run|owned|backed)\s+)+",
    re.IGNORECASE,
)
"""What is said of somebody before the name: "the", "California-based"."""
COMPANY = frozenset("ltd inc corp co plc llc".split())
POSSESSIVE = re.compile(r"['’]s$|[.,]")
INITIAL = re.compile(r"^\w\.?$")
COUNTRIES = frozenset(place.casefold() for place in PLACES)


class Cast:
    """The speakers and targets of one story, and which of their names are one's."""

    def __init__(self, printed: Iterable[str], texts: Iterable[str] = ()) -> None:
        """Takes every name that the story's articles give, as often as they do.

        A shorter name stands for a longer one that begins or ends with it; where several do, it stays itself, since
        a guess would put words into the wrong mouth.

        Args:
            printed: the names.
            texts: of the articles, to tell a name of one word from a noun.
        """
        forms: dict[Key, Counter[str]] = defaultdict(Counter)
        for name in printed:
            if key := _key(name):
                forms[key][_plain(name)] += 1
        self._longer = {short: [long for long in forms if _stands_for(short, long)] for short in forms}
        self._whole = {short: _longest(short, found) for short, found in self._longer.items()}
        shown: dict[Key, Counter[str]] = defaultdict(Counter)
        for key, whole in self._whole.items():
            shown[whole] += forms[key]
        self._shown = {whole: max(found, key=lambda form: _rank(form, found[form])) for whole, found in shown.items()}
        self._nouns = frozenset(word for text in texts for word in re.findall(r"\b[^\W\d_A-Z][\w’'-]+", text))

    def name(self, name: str) -> str | None:
        """The name that stands for this one; None for what is no name ("many", "he")."""
        if not _is_name(name):
            return None
        whole = self._whole.get(_key(name))
        return self._shown[whole] if whole else _plain(name)

    def is_proper(self, name: str) -> bool:
        """Whether it is somebody's or a body's own name beyond doubt, and no role or crowd."""
        plain = _plain(name)
        if plain in PLACES:
            return True
        if len(plain.split()) == 1:
            among_others = self._longer.get(_key(name), [])
            return len(plain) > 2 and not among_others and plain.casefold() not in self._nouns  # noqa: PLR2004
        found = names(plain)
        return len(found) == 1 and found[0].personal and found[0].text == plain


def _is_name(text: str) -> bool:
    plain = _plain(text)
    if len(plain.split()) == 1:
        return plain[:1].isupper() and plain.casefold() not in FUNCTION
    return bool(names(plain))


def _plain(name: str) -> str:
    return BEFORE.sub("", " ".join(name.split()))


def _key(name: str) -> Key:
    """A name for comparison: no accents, titles in front or initials inside, a country by one of its names."""
    plain = _plain(name)
    bare = "".join(c for c in unicodedata.normalize("NFKD", PLACES.get(plain, plain)) if not unicodedata.combining(c))
    parts = [POSSESSIVE.sub("", word.casefold()) for word in re.split(r"[\s-]+", bare)]
    while len(parts) > 1 and parts[0] in TITLES and not BODIES.intersection(parts):
        parts = parts[1:]
    parts = [p for i, p in enumerate(parts) if p and not (0 < i < len(parts) - 1 and INITIAL.match(p))]
    while len(parts) > 1 and parts[-1] in COMPANY:
        parts.pop()
    return tuple(parts)


def may_be_one(name: str, other: str) -> bool:
    """Whether two names may be of one: all words of either are in the other, "Lodria" and "Lodria's ministry"."""
    one, two = set(_key(name)), set(_key(other))
    return bool(one and two) and (one <= two or two <= one)


def _stands_for(short: Key, long: Key) -> bool:
    """Whether a name is a person's longer one in short: its first or last word, or some words and the last."""
    if not len(short) < len(long) or BODIES.intersection(long) or not _of_person(short) or not _of_person(long):
        return False
    if len(short) == 1:
        return short[0] in (long[0], long[-1])
    return short[-1] == long[-1] and set(short) <= set(long)


def _of_person(key: Key) -> bool:
    return not (" ".join(key) in COUNTRIES or TITLES.intersection(key) or any(word in FUNCTION for word in key))


def _longest(short: Key, longer: list[Key]) -> Key:
    """The longest of the longer names, where all of them are one's."""
    found = sorted(longer, key=len)
    if not found or any(not _stands_for(one, other) for one, other in pairwise(found)):
        return short
    return found[-1]


def _rank(form: str, times: int) -> tuple[bool, int, int, str]:
    """A name of several words before one, then the one that is printed most."""
    return " " in form, times, len(form), form
