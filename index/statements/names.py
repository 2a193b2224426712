"""The people an article names, and which of them a name stands for.

A full name is two or more capitalised words without the titles before them. A single name stands for the full names
that begin or end with it ("Kim" for Kim Jong Un, "Ortagus" for Morgan Ortagus). Where several do, those named close by
are all kept: a guess would put words into the wrong mouth.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from index.statements.words import words

KIN_REACH = 45  # characters before a name in which the word for kin stands
NEAR = 700  # characters before a single name within which a full name still counts as close
WORD = r"[A-ZÀ-Þ][\w’'-]*[\w]|[A-Z]\."
RUN = re.compile(rf"(?:{WORD})(?:[ \u00a0](?:(?:van|von|de|del|della|bin|ibn|al|el|da|di)[ \u00a0])?(?:{WORD}))+")
KIN = re.compile(
    r"\b(?:wife|husband|daughter|son|sister|brother|widow|first lady|mother|father)(?:-in-law)?"
    r"(?: of [\w ]{1,15})?,? $",
    re.IGNORECASE,
)
POSSESSIVE = re.compile(r"['’]s?$")
TITLES = words(
    """
    mr mrs ms miss dr sir president vice secretary state senator sen sens rep reps representative congressman
    congresswoman gov governor mayor minister prime chancellor king queen prince princess general gen colonel col
    captain lt maj sgt leader chairman chairwoman chair chief director spokesman spokeswoman spokesperson
    negotiator ambassador envoy judge justice professor pope officer attorney former republican democrat
    democratic candidate nominee first lady speaker special agent deputy assistant foreign defense treasury
    interior press national security adviser advisor top senior supreme us u.s american strategist analyst manager
    executive ceo lawmaker premier actor actress singer producer rev reverend archbishop cardinal
    """
)
COMMON = words(
    """
    the a an but and or if in on at as for from by with when while after before since this that these those it he
    she they we his her their its our my i you there here then now not no yes so because although though however
    meanwhile also even monday tuesday wednesday thursday friday saturday sunday january february march april may
    june july august september october november december earlier later last next both what who why how where which
    once early recent yet according
    never beyond about against among inside outside another every each such
    asked during under over despite still only just like many most some all one two three new
    """
)
AFTER = COMMON | words(
    """
    republican democrat democratic republicans democrats jan feb mar apr jun jul aug sept sep oct nov dec
    """
)
BODIES = words(
    """
    department ministry party house senate congress committee council court university institute agency office
    bureau board company corp inc group union association commission campaign administration government news times
    post journal street states united north south east west korea america international foundation center centre
    bank police army force forces summit day act bill peninsula war island city county airport hotel tower zone
    network service services press society club league team church school college hospital conference convention
    fund project program programme agreement
    """
)
COUNTRIES = {
    "United States": "U.S. US USA America Washington",
    "North Korea": "DPRK Pyongyang", "South Korea": "Seoul", "China": "Beijing", "Russia": "Moscow", "Iran": "Tehran",
    "Syria": "Damascus", "Turkey": "Ankara", "Japan": "Tokyo", "Saudi Arabia": "Riyadh", "Pakistan": "Islamabad",
    "Ukraine": "Kiev Kyiv", "Iraq": "Baghdad", "Afghanistan": "Kabul", "Cuba": "Havana", "Venezuela": "Caracas",
    "Egypt": "Cairo", "Germany": "Berlin", "Britain": "U.K. UK", "European Union": "EU E.U. Brussels",
    "United Nations": "UN U.N.",
}  # fmt: skip
PLACES = {alias: country for country, aliases in COUNTRIES.items() for alias in (*aliases.split(), country)}


@dataclass(frozen=True, slots=True)
class Named:
    """Whom a name stands for: one name, or several where the text leaves it open."""

    name: str | None
    among: tuple[str, ...] = ()


NOBODY = Named(None)


def bare(words: list[str]) -> list[str]:
    """A run of capitalised words without possessive, titles and sentence openers in front."""
    words = [POSSESSIVE.sub("", w) for w in words]
    if " ".join(words) in PLACES:
        return words
    while words and words[0].lower() in COMMON:
        words = words[1:]
    titled = [i for i, w in enumerate(words) if w.lower().rstrip(".") in TITLES]
    while len(words) > 1 and words[-1].lower().rstrip(".") in AFTER:
        words, titled = words[:-1], [i for i in titled if i < len(words) - 1]
    if titled and titled[-1] == len(words) - 1:
        return words
    if titled and not any(w.lower() in BODIES for w in words[titled[-1] + 1 :]):
        words = words[titled[-1] + 1 :]
    return words


@dataclass
class People:
    """The full names of one article and where they stand.

    Attributes:
        text: the article's text.
        places: each full name's offsets, in order of first mention.
        holders: whom a single name stood for last.
        kin: full names brought in as somebody's wife, son or the like, whom the last name alone seldom stands for.
    """

    text: str
    places: dict[str, list[int]] = field(default_factory=dict)
    holders: dict[str, str] = field(default_factory=dict)
    kin: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        for run in RUN.finditer(self.text):
            words = bare(run.group().split())
            if 1 < len(words) <= 4 and not any(w.lower() in BODIES or w in PLACES for w in words):  # noqa: PLR2004
                name = self._known(words)
                if name not in self.places and KIN.search(self.text[max(0, run.start() - KIN_REACH) : run.start()]):
                    self.kin.add(name)
                self.places.setdefault(name, []).append(run.end())

    def _known(self, words: list[str]) -> str:
        """The spelling first seen: middle initials make no new person."""
        short = [w for w in words if not w.endswith(".")]
        for name in self.places:
            known = [w for w in name.split() if not w.endswith(".")]
            if known == short:
                return name
        return " ".join(words)

    def resolve(self, words: list[str], at: int) -> Named:
        """Whom a name at an offset stands for."""
        words = bare(words)
        if not words:
            return NOBODY
        name = " ".join(words)
        if name in PLACES or name in self.places:
            return Named(PLACES.get(name, name))
        if len(words) > 1:
            return Named(self._known(words))
        fits = [n for n in self.places if words[0] in (n.split()[0], n.split()[-1])]
        fits = [n for n in fits if n not in self.kin or words[0] == n.split()[0]]
        return self._choose(words[0], [n for n in fits if self.places[n][0] <= at] or fits, at)

    def _choose(self, word: str, fits: list[str], at: int) -> Named:
        if not fits:
            return Named(word)
        close = fits
        if len(fits) > 1:
            holder = self.holders.get(word)
            close = [n for n in fits if n == holder or any(at - NEAR <= p <= at for p in self.places[n])]
            close = close or [max(fits, key=lambda n: max((p for p in self.places[n] if p <= at), default=-1))]
        if len(close) > 1:
            return Named(None, tuple(close))
        self.holders[word] = close[0]
        return Named(close[0])

    def before(self, at: int) -> str | None:
        """The person named last before an offset."""
        last = {n: max((p for p in ps if p <= at), default=-1) for n, ps in self.places.items()}
        name = max(last, key=lambda n: last[n], default=None)
        return name if name is not None and last[name] >= 0 else None
