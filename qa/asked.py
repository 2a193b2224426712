"""The words of a question that tell what it is about."""

from __future__ import annotations

import re
from enum import StrEnum

_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")

FUNCTION_WORDS = frozenset(
    """
    a about after against all also although am an and another any anybody anyone anything are as at be because
    been before being between both but by can could did do does doing done down during each either else even
    ever every few for from further get gets getting give given gives go goes going got had has have having he
    her here hers herself him himself his how however i if in into is it its itself just let like many may me
    might mine more most much must my myself no nor not now of off on once one only or other others our ours out
    over own per put rather really same shall she should since so some somebody someone something such tell
    tells told said say says saying than that the their theirs them themselves then there these they thing
    things this those though through to too under until up upon us use used very via was we well were what
    whatever when where whether which while who whoever whom whose why will with within without would yes yet
    you your yours article articles outlet outlets report reports reported reporting according story stories
    news
    """.split()
)

_MEASURE = re.compile(r"(?<=\bhow )(?:far|long|often|soon)\b", re.IGNORECASE)
"""What an answer seldom repeats; it does repeat others, such as "52 years old" and "92 metres high"."""


class Wanted(StrEnum):
    """The kind of thing a question asks for."""

    NUMBER = "number"
    DAY = "day"
    NAME = "name"
    REASON = "reason"


_WANTED = (
    (Wanted.NUMBER, r"\bhow (?:many|much|long|old|far|big|large|high|often)\b|\bwhat (?:number|percentage|share)\b"),
    (Wanted.DAY, r"\bwhen\b|\b(?:what|which) (?:day|date|year|month|time)\b"),
    (Wanted.NAME, (r"\bwho(?:m|se)?\b|\bwhere\b|\b(?:which|what) (?:\w+ )?(?:(?:countr|cit|compan|part)(?:y|ies)"
                  r"|people|(?:state|person|judge|senator|minister|official|lawmaker|group|court|team)s?)\b")),
    (Wanted.REASON, r"\bwhy\b|\bwhat (?:caused|led to)\b|\breasons?\b"),
)  # fmt: skip


def words(text: str) -> list[str]:
    """Words as they stand, in order; inner points, hyphens and apostrophes kept ("U.S" of "U.S.", "Kim's")."""
    return _WORD.findall(text)


def content_words(text: str) -> tuple[str, ...]:
    """Words that carry meaning, lower case, possessives cut, each once, in order."""
    bare = (re.sub(r"['’]s?$", "", word.lower()) for word in words(text))
    return tuple(dict.fromkeys(word for word in bare if word not in FUNCTION_WORDS and len(word) > 1))


def telling_words(question: str) -> tuple[str, ...]:
    """Content words but for one after "how" that names a measure: an answer to "how long" gives hours instead."""
    return content_words(_MEASURE.sub(" ", question))


def names(text: str) -> tuple[str, ...]:
    """Words that are written as names, with a capital or a digit, and not only for standing first; each once."""
    found = words(text)
    inner = [word for i, word in enumerate(found) if i > 0 or any(c.isupper() for c in word[1:])]
    bare = (re.sub(r"['’]s?$", "", word) for word in inner)
    named = (w for w in bare if (w[:1].isupper() or w[:1].isdigit()) and w.lower() not in FUNCTION_WORDS)
    return tuple(dict.fromkeys(named))


_DAY = re.compile(
    r"\b(?-i:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?)\b|\b(?:19|20)\d\d\b|\b\w+day\b"
    r"|\b(?:spring|summer|autumn|winter|week|month|year|noon|midnight)s?\b",
    re.IGNORECASE,
)


def tells_day(text: str) -> bool:
    """Whether a sentence holds words that tell a day, a date or a season."""
    return bool(_DAY.search(text))


def wanted(question: str) -> Wanted | None:
    """What kind of thing the question asks for, by its first asking word."""
    found = [(m.start(), kind) for kind, pattern in _WANTED if (m := re.search(pattern, question, re.IGNORECASE))]
    return min(found)[1] if found else None


_OPENLY = re.compile(
    r"^\W*(?:what(?:\s+(?:is|was|are|were|has been|have been|do we|do they)|['’]s)\s+(?:\w+\s+)?"
    r"(?:reported|known|told|said|written|new)\b|tell me (?:\w+ )?about\b|(?:is|are) there (?:a )?(?:report|news)s?\b"
    r"|what about\b|what happened\W*$)",
    re.IGNORECASE,
)


def asks_openly(question: str) -> bool:
    """Whether a question names a matter and asks for nothing particular of it: "What is reported about the strike?"."""
    return bool(_OPENLY.search(question))


_ASKS = re.compile(r"\?[^\w?]*$")


def asks(text: str) -> bool:
    """Whether a sentence asks: it states nothing, so it proves nothing, however well it fits a question."""
    return bool(_ASKS.search(text))
