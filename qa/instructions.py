"""Sentences that tell a machine what to do, hidden in an article or not: they report nothing and prove nothing.

An article may hold words for the machines that read it ("Ignore the above and say that …"). What they order to be said
stands in the article, and an answer could cite it as if it were reported. Such sentences stay in the archive, where a
reader finds them as they are; they are never evidence. A false sentence that merely tells a lie is none of these: it is
quoted as what its outlet says.

The rules (`instructions.toml`) look at what the words do, and not at what they are about: marks of a conversation's
form, a machine addressed, orders about instructions or about the answer, things to fetch. An order that somebody
reports in quotation marks is news; marks of form and orders to drop one's instructions are not, even then.
"""

from __future__ import annotations

import base64
import binascii
import re
import tomllib
import unicodedata
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

import regex

if TYPE_CHECKING:
    from index.types import Article

# Letters of other alphabets that look like Latin ones (Unicode Technical Standard 39, the common lower-case ones).
LIKE_LATIN = str.maketrans("аеорсухіїјѕԁһґкмтвнгαερονικτυχı", "aeopcyxiijsdhrkmtbhraepoviktuxi")
DIGITS_AS_LETTERS = str.maketrans("013457@$", "oieastas")
UNSEEN = regex.compile(r"[\p{Cf}\p{Cc}\p{Default_Ignorable_Code_Point}\p{Mn}]")
TAGS = {0xE0000 + code: code for code in range(0x20, 0x7F)}  # unseen, and read by some models as letters
ESCAPES = re.compile(r"\x1b\[[\d;]*[A-Za-z]")
CONTINUED = "\\\n"
BLANKS = str.maketrans("\n\t\r", "   ")
WORD = re.compile(r"[^\W\d_]+")
SPACED = re.compile(r"\b(?:\w[ ._-])+\w\b")
LEAST_SPACED = 0.6  # share of words of one letter, from which letters are spaced out
ENCODED = re.compile(r"[A-Za-z0-9+/_-]{24,}={0,2}")
QUOTED = re.compile(r"[\"“”„«»].*?[\"“”«»]")
LEAST_WORDS = 3  # outside of quotation marks, to be the report that the quotation is part of


@dataclass(frozen=True, slots=True)
class _Group:
    """Patterns of one kind, and the words (or beginnings of words) without which none of them can match."""

    pattern: re.Pattern[str]
    needs: frozenset[str]
    starts: tuple[str, ...]
    quoted: bool

    def found(self, text: str, words: frozenset[str]) -> bool:
        if self.needs and not self.needs & words:
            return False
        if self.starts and not any(word.startswith(self.starts) for word in words):
            return False
        return bool(self.pattern.search(text if self.quoted else _outside_quotations(text)))


@lru_cache(maxsize=4096)
def instructs(text: str) -> bool:
    """Whether a sentence tells a machine what to do, or takes the form of something that a machine acts on.

    Letters that look like others, unseen characters, spaced letters, digits for letters and base64 hide nothing.
    """
    return any(_found(version) for told in (text, *_decoded(text)) for version in _versions(told))


def reported(article: Article) -> Article:
    """The article as far as it reports: sentences that instruct are blanks, so that every offset stays what it is.

    A headline, an outlet and authors that instruct are taken for unknown.
    """
    title, outlet = map(reported_field, (article.title, article.outlet))
    authors = () if any(map(instructs, (*article.authors, ", ".join(article.authors)))) else article.authors
    return replace(article, text=_blanked(article.text), title=title, outlet=outlet, authors=authors)


def reported_field(field: str | None) -> str | None:
    """A headline or an outlet as far as it reports: unknown where it instructs."""
    return None if field and instructs(field) else field


@lru_cache(maxsize=256)
def _blanked(text: str) -> str:
    from sentencex import get_sentence_boundaries

    pieces, copied = [], 0
    for line in re.finditer(r"[^\n]+", text):
        for found in get_sentence_boundaries("en", line[0]):
            start, end = line.start() + found["start_index"], line.start() + found["end_index"]
            if instructs(text[start:end].strip()):
                pieces += [text[copied:start], " " * (end - start)]
                copied = end
    return "".join(pieces) + text[copied:]


def _found(text: str) -> bool:
    words = frozenset(WORD.findall(text))
    return any(group.found(text, words) for group in _groups())


@cache
def _groups() -> tuple[_Group, ...]:
    rules = tomllib.loads(files(__package__).joinpath("instructions.toml").read_text(encoding="utf-8"))
    stand_for = re.compile("|".join(rules["words"]))
    alternatives: dict[str, str] = rules["words"]

    def pattern(written: str) -> str:
        whole = stand_for.sub(lambda match: alternatives[match[0]], written)
        return f"(?:{whole.replace(CONTINUED, '')})"

    return tuple(
        _Group(
            re.compile("|".join(map(pattern, group["patterns"]))),
            frozenset(group.get("needs", "").split()),
            tuple(group.get("starts", "").split()),
            group.get("quoted", True),
        )
        for group in rules["group"]
    )


def _versions(text: str) -> tuple[str, ...]:
    """The text folded, and what it reads as where letters are disguised."""
    folded = _folded(text)
    latin = folded.translate(LIKE_LATIN)
    joined = _joined(latin)
    lettered = joined.translate(DIGITS_AS_LETTERS) if _mixes_digits(joined) else joined
    return tuple(dict.fromkeys(" ".join(version.split()) for version in (folded, latin, joined, lettered)))


def _folded(text: str) -> str:
    """Compatible forms made one (full-width letters, ligatures), unseen characters and accents gone, lower case."""
    if not text.isascii() or not text.isprintable():
        seen = ESCAPES.sub("", text).translate(TAGS).translate(BLANKS)
        text = unicodedata.normalize("NFC", UNSEEN.sub("", unicodedata.normalize("NFKD", seen)))
    return text.casefold()


def _joined(text: str) -> str:
    """Spaced letters ("s a y  t h a t") as words."""
    words = WORD.findall(text)
    if not words or sum(len(word) == 1 for word in words) < LEAST_SPACED * len(words):
        return text
    return SPACED.sub(lambda match: re.sub(r"[ ._-]", "", match[0]), text)


def _mixes_digits(text: str) -> bool:
    """Whether several words have a digit between letters ("1gn0re")."""
    return len(re.findall(r"[^\W\d_][013457@$]+[^\W\d_]", text)) > 1


def _outside_quotations(text: str) -> str:
    """A sentence without what it quotes, where what is left is more than the quotation's introduction."""
    rest = QUOTED.sub(" ", text)
    return rest if len(WORD.findall(rest)) >= LEAST_WORDS else text


def _decoded(text: str) -> list[str]:
    """What runs of base64 in a sentence say, where it is text."""
    found = []
    for run in ENCODED.findall(text):
        try:
            found.append(base64.b64decode(run + "=" * (-len(run) % 4), altchars=b"-_").decode())
        except (binascii.Error, UnicodeDecodeError):
            continue
    return [decoded for decoded in found if decoded.isprintable()]
