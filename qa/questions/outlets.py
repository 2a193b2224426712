"""Where a question writes the name of an outlet, by the spellings of the archive."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from qa.asked import FUNCTION_WORDS

ALIASES = {
    "ap": "associated press", "aap": "australian associated press", "afp": "agence france presse",
    "beeb": "bbc", "csm": "christian science monitor", "dw": "deutsche welle", "ft": "financial times",
    "huffpo": "huffington post", "huffpost": "huffington post", "la times": "los angeles times",
    "ny times": "new york times", "nyt": "new york times", "russia today": "rt", "scmp": "south china morning post",
    "smh": "sydney morning herald", "toi": "times of india", "upi": "united press international",
    "wapo": "washington post", "wsj": "wall street journal",
}  # fmt: skip
"""What outlets are called for short."""

GENERIC = frozenset("news online web opinion opinions editorial website com".split())
"""Words at the end of an outlet's name that people leave out."""

ORDINARY = frozenset(
    """age atlantic conversation courier dispatch economist express fortune hill insider intercept local mail mirror
    nation people post quartz reason record root salon slate standard star sun time times variety verge vice week wired
    witness world""".split()
)
"""Names of outlets that are words when they are written small."""

SMALL = frozenset("of and the for a on in".split())
HOST = re.compile(r"(?:https?://)?(?:[\w-]+\.)+[a-z]{2,}(?:/\S*)?", re.IGNORECASE)
WORD = re.compile(r"(?:[\w-]+\.)+[a-z]{2,}\b|[^\W_]+(?:[.&'’-][^\W_]+)*!?")
POSSESSIVE = re.compile(r"['’]s?$")
SECTION = re.compile(r"\s+[-–|]\s+|\s*[(:]|\s*-\s*(?=[A-Z])")
GAP = re.compile(r"\s+|\s+[-–|]\s+")
LONGEST = 8
"""Words of a name."""
LABEL = 3
INITIALS = 3
"""Words from which on the initials of a name stand for it."""


@dataclass(frozen=True, slots=True)
class Mention:
    """Where a question names an outlet: `text[start:end]`, and which of the archive's it can be."""

    start: int
    end: int
    outlets: tuple[str, ...]


def fold(name: str) -> str:
    """A name in lower case, words apart, without punctuation and the article before it."""
    plain = re.sub(r"[^\w]+", " ", name.casefold().replace("&", " and ").replace("’", "").replace("'", "")).strip()
    return re.sub(r"^the (?=\w)", "", plain)


class OutletNames:
    """The names by which the outlets of an archive are called."""

    def __init__(self, outlets: tuple[str, ...]) -> None:
        self._whole: dict[str, list[str]] = defaultdict(list)
        self._called: dict[str, list[str]] = defaultdict(list)
        self._ending: dict[str, list[str]] = defaultdict(list)
        for outlet in outlets:
            host = HOST.fullmatch(outlet)
            base = outlet if host else SECTION.split(outlet)[0]
            if fold(base) != fold(outlet):
                self._whole[fold(outlet)].append(outlet)
            for name in {form for label in _labels(outlet) for form in _of_label(label)} if host else _forms(base):
                self._called[name].append(outlet)
            if not host and len(fold(base).split()) > 1:
                self._ending[fold(base).split()[-1]].append(outlet)

    def find(self, text: str) -> tuple[Mention, ...]:
        """Every name of an outlet in `text`, the longest first where they overlap; in order."""
        found: list[Mention] = []
        tokens = list(WORD.finditer(text))
        at = 0
        while at < len(tokens):
            mention, used = self._at(text, tokens, at)
            if mention:
                found.append(mention)
            at += used
        return tuple(found)

    def _at(self, text: str, tokens: list[re.Match[str]], at: int) -> tuple[Mention | None, int]:
        for last in range(min(at + LONGEST, len(tokens)) - 1, at - 1, -1):
            run = tokens[at : last + 1]
            gaps = [text[a.end() : b.start()] for a, b in pairwise(run)]
            if not all(GAP.fullmatch(gap) for gap in gaps):
                continue
            printed = text[run[0].start() : run[-1].end()]
            name = POSSESSIVE.sub("", printed)
            outlets = self._called_by(name) or self._ended_by(name)
            if outlets and _is_name(name) and not _goes_on(text, tokens, at, last):
                return Mention(run[0].start(), run[0].start() + len(name), outlets), last - at + 1
        return None, 1

    def _called_by(self, name: str) -> tuple[str, ...]:
        key = fold(name)
        if not key or key in FUNCTION_WORDS:
            return ()
        if HOST.fullmatch(name) and "." in name:
            forms = [form for label in _labels(name) for form in _of_label(label)]
        else:
            key = ALIASES.get(key, key)
            forms = [fold(name), key, " ".join(_brand(key.split())), *_squashed(key)]
        found = [outlet for form in forms for outlet in (*self._whole.get(form, ()), *self._called.get(form, ()))]
        return tuple(dict.fromkeys(found))

    def _ended_by(self, name: str) -> tuple[str, ...]:
        """The one outlet whose name ends so, where an article says that the word is a name's ("the Gazette")."""
        key = fold(name)
        ending = self._ending.get(key, ()) if re.match(r"[Tt]he [A-Z]", name) and key not in GENERIC else ()
        return tuple(ending) if len(ending) == 1 else ()


@lru_cache(maxsize=8)
def outlet_names(outlets: tuple[str, ...]) -> OutletNames:
    """The names of these outlets; kept, since every question of an archive asks for the same."""
    return OutletNames(outlets)


def _forms(base: str) -> set[str]:
    """What an outlet may be called, folded; in one word without spaces also as a host's label."""
    parts = fold(base).split()
    short = _brand(parts)
    forms = {" ".join(parts), " ".join(short), "".join(parts), "".join(short)}
    if len(parts) >= INITIALS:
        forms.add("".join(part[0] for part in parts))
    return forms | {form for part in (parts, short) for form in _squashed(" ".join(part))}


def _brand(parts: list[str]) -> list[str]:
    """The words of a name without those at its end that people leave out."""
    short = list(parts)
    while len(short) > 1 and short[-1] in GENERIC:
        short.pop()
    return short


def _squashed(key: str) -> list[str]:
    """A name as labels of hosts write it: "newyorktimes", "nytimes", "nyt"."""
    parts = key.split()
    if len(parts) < 2:  # noqa: PLR2004  one word has nothing to shorten
        return [key]
    heads = ("".join(p[0] for p in parts[:n]) + "".join(parts[n:]) for n in range(1, len(parts)))
    labels = ["".join(parts), *(head for head in heads if len(head) > LABEL)]
    return [*labels, "".join(p[0] for p in parts)] if len(parts) >= INITIALS else labels


SECOND_LEVEL = frozenset({"co", "com", "org", "net", "gov", "ac", "edu", "or", "ne"})
"""Labels that stand before a country's own at the end of a host, as in bbc.co.uk."""


def _labels(host: str) -> list[str]:
    """The labels of a host that can name an outlet: that of its domain, and one before it that says that it is news."""
    name = re.sub(r"^\w+://", "", host).split("/")[0].casefold()
    labels = name.split(".")[:-1]
    if len(labels) > 1 and labels[-1] in SECOND_LEVEL:
        labels.pop()
    before = [label for label in labels[:-1] if re.search(r"news|times|post", label)]
    return [labels[-1], *before]


def _of_label(label: str) -> set[str]:
    bare = re.sub(r"^the(?=\w{3})", "", label)
    short = re.sub(r"(?<=\w\w)(?:news|online)$", "", bare)
    return {label, bare, short}


def _is_name(name: str) -> bool:
    """Whether it is written as a name, or all small, as in haste, and no ordinary word."""
    if name.islower():
        return fold(name) not in ORDINARY
    parts = [part for part in WORD.findall(name) if part.lower() not in SMALL]
    return bool(parts) and all(part[0].isupper() or part[0].isdigit() or "." in part for part in parts)


def _goes_on(text: str, tokens: list[re.Match[str]], first: int, last: int) -> bool:
    """Whether the words are a piece of a longer name ("Fox News Channel", "Reuters Institute")."""
    if last + 1 < len(tokens):
        after = tokens[last + 1]
        if text[tokens[last].end() : after.start()] == " " and after[0][0].isupper():
            return True
    if first == 0:
        return False
    before = tokens[first - 1]
    plain = text[before.end() : tokens[first].start()] == " "
    return plain and before[0][0].isupper() and before[0].lower() not in FUNCTION_WORDS and first > 1
