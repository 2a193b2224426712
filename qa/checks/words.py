"""A text as words with places and stems, for the checks that compare words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from index.lexical import stems
from qa.checks.lexicon import ABBREVIATED, FUNCTION

WORD = re.compile(
    r"(?:[^\W\d_]\.){2,}"  # U.S., a.m.
    r"|\d+(?:[.,:]\d+)*(?:st|nd|rd|th)?(?![^\W\d_])"  # 1,200.5, 19:30, 21st
    r"|\d+(?:[.,]\d+)*"  # the number of 30km
    r"|[^\W_]+(?:['’][^\W\d_]+)*"
)
POSSESSIVE = re.compile(r"(?:['’]s|(?<=s)['’])$", re.IGNORECASE)
SENTENCE_END = re.compile(r"[.!?:…]['\"’”)]*\s|\n|^\s*[\"“‘]|\s[\"“‘]$")
CLAUSE_END = re.compile(r"[,;:()—–“”\"]|\.\s|\s-\s|--")


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
    """The stem (English, Snowball) of a word, lower case; what the stemmer parts ("U.S.", "didn't") stays whole."""
    lower = word.lower().replace("’", "'")
    found = stems(lower)
    if len(found) == 1:
        return found[0]
    return lower.replace(".", "") if lower[:1].isalpha() else lower
