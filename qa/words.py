"""A text as words with places and stems, for the checks that compare words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

WORD = re.compile(
    r"(?:[^\W\d_]\.){2,}"  # U.S., a.m.
    r"|\d+(?:[.,:]\d+)*(?:st|nd|rd|th)?(?![^\W\d_])"  # 1,200.5, 19:30, 21st
    r"|\d+(?:[.,]\d+)*"  # the number of 30km
    r"|[^\W_]+(?:['’][^\W\d_]+)*"
)
POSSESSIVE = re.compile(r"(?:['’]s|(?<=s)['’])$", re.IGNORECASE)
SENTENCE_END = re.compile(r"[.!?:…]['\"’”)]*\s|\n|^\s*[\"“‘]|\s[\"“‘]$")
CLAUSE_END = re.compile(r"[,;:()—–“”\"]|\.\s|\s-\s|--")

FUNCTION = frozenset(
    """a about above after again against all also although am among an and any are as at be because been before being
    below between both but by can could did do does doing down during each either else even ever every few for from
    further had has have having he hence her here hers herself him himself his how however i if in into is it its
    itself just least less let like many may me meanwhile might mine more most much must my myself near neither
    nevertheless next no none nor not now of off often on once one only onto or other others our ours out over own
    per perhaps rather same shall she should since so some soon still such than that the their theirs them themselves
    then there therefore these they this those though through thus till to together too toward towards under until up
    upon us very was we were what whatever when whenever where whereas whether which while who whom whose why will
    with within without would yes yet you your yours according another besides despite earlier finally first
    last later""".split()
)
"""Words that carry grammar rather than content; they also begin sentences without being names."""

ABBREVIATED = frozenset("mr mrs ms dr prof sen rep gov gen lt col sgt capt maj rev hon st jr sr no vs".split())

PRONOUNS = frozenset("he she it they him her them his hers its their theirs himself herself themselves".split())


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text: `text[start:end]`.

    Attributes:
        text: as it is printed, without a possessive ending.
        lower: in lower case.
        stem: lower case, ending cut by the Snowball stemmer.
        opens: whether a clause or sentence begins with it (a comma, dash, quotation mark … stands before it).
        first: whether it begins a sentence or a quotation.
        content: whether it carries content rather than grammar.
    """

    text: str
    lower: str
    stem: str
    start: int
    end: int
    opens: bool
    first: bool
    content: bool

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.text[0].isupper()


@lru_cache(maxsize=4096)
def words(text: str) -> tuple[Word, ...]:
    """The words of `text`, in order."""
    found: list[Word] = []
    end = 0
    for match in WORD.finditer(text):
        start = match.start()
        gap = text[end:start]
        plain = gap == " "
        first = not found or (not plain and not _abbreviated(found[-1], gap) and bool(SENTENCE_END.search(gap)))
        opens = first or (not plain and bool(CLAUSE_END.search(gap)))
        printed, lower, root, content = _word(match[0])
        end = match.end()
        found.append(Word(printed, lower, root, start, end, opens, first, content))
    return tuple(found)


def _abbreviated(word: Word, gap: str) -> bool:
    """Whether a full stop after a word is the word's own ("Mr. Brandt", "J. Pell")."""
    return gap == ". " and (word.lower in ABBREVIATED or (len(word.text) == 1 and word.capital))


@lru_cache(maxsize=65536)
def _word(printed: str) -> tuple[str, str, str, bool]:
    """A word without its possessive ending, in lower case, its stem, and whether it carries content."""
    plain = POSSESSIVE.sub("", printed)
    lower = plain.lower()
    return plain, lower, stem(plain), lower not in FUNCTION


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """The Snowball stem (English) of a word, lower case, without dots."""
    lower = word.lower().replace(".", "").replace("’", "'") if not word[0].isdigit() else word.lower()
    return str(_stemmer().stemWord(lower))


@cache
def _stemmer() -> Any:
    from Stemmer import Stemmer

    return Stemmer("english")
