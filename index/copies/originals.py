"""Which article of a group of copies is the original, and from which agency it comes, where that can be told.

What tells it, the strongest first: the agency that the copies credit (a byline, a dateline, a line at the end, the
address), an outlet that is an agency itself, another copy that says where it first appeared, and the day.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.types import Article

AGENCIES: dict[str, tuple[str, ...]] = {
    "Associated Press": ("Associated Press", "AP"),
    "Reuters": ("Reuters", "Thomson Reuters"),
    "AFP": ("AFP", "Agence France-Presse"),
    "UPI": ("UPI", "United Press International"),
    "dpa": ("dpa", "DPA", "Deutsche Presse-Agentur"),
    "Press Association": ("Press Association", "PA Media"),
    "Xinhua": ("Xinhua", "Xinhua News Agency"),
    "TASS": ("TASS", "ITAR-TASS"),
    "ANI": ("ANI", "Asian News International"),
    "IANS": ("IANS", "Indo-Asian News Service"),
    "PTI": ("PTI", "Press Trust of India"),
    "Kyodo": ("Kyodo", "Kyodo News"),
    "Yonhap": ("Yonhap", "Yonhap News Agency"),
    "EFE": ("EFE",),
    "ANSA": ("ANSA",),
    "Bloomberg": ("Bloomberg", "Bloomberg News"),
}
"""Agencies and the names by which articles credit them."""

_BY_NAME = {name: agency for agency, names in AGENCIES.items() for name in names}
_NAMES = "|".join(sorted(map(re.escape, _BY_NAME), key=len, reverse=True))
_BY_HOST = {agency.casefold(): agency for agency in AGENCIES} | {"apnews": "Associated Press", "xinhuanet": "Xinhua"}
_BY_FOLDER = {agency.casefold(): agency for agency in AGENCIES} | dict.fromkeys(("ap", "aponline"), "Associated Press")
BYLINE = re.compile(rf"(?:By )?(?:The )?(?P<name>{_NAMES})\b")
DATELINE = re.compile(rf"\((?P<one>{_NAMES})\)|\A\W*(?P<two>{_NAMES})\s*[|–—-]", re.MULTILINE)
ANY_DATELINE = re.compile(r"^\W*[A-Z][^()\n]{1,60}\((?P<name>[A-Z][^()\n]{1,40})\)\s*[–—-]", re.MULTILINE)
"""A place and whose report it is: "PORT ELLERY (Meridian Wire) — …"."""
CREDIT = re.compile(
    rf"(?:©|\([Cc]\)|[Cc]opyright|[Ss]ource:|[Dd]istributed by|[Pp]rovided by)[^\n]{{0,40}}?\b(?P<name>{_NAMES})\b"
)
ADDRESS = re.compile(r"/(?:wires?/)?(aponline|ap|reuters|afp|upi|xinhua)/", re.IGNORECASE)
"""The folder under which an outlet prints what an agency sends."""
FIRST_SEEN = re.compile(
    r"(?:(?:first|originally) (?:appeared|published|ran|posted)(?: (?:on|in|at|by))+|republished (?:from"
    r"|with permission (?:of|from))) (?:the )?(?P<name>[^\n.,;]{2,60})",
    re.IGNORECASE,
)
HEAD, TAIL = 300, 500
"""Characters at an article's head and tail in which credits stand."""


@dataclass(frozen=True, slots=True)
class Original:
    """Where the text of a group of copies comes from, as far as it can be told.

    Attributes:
        article_id: the member that is the original.
        agency: the agency it comes from, whether or not its own article is in the group.
    """

    article_id: str | None = None
    agency: str | None = None


def original(members: Sequence[Article]) -> Original:
    """Tells the original of a group of copies: by credit, by agency, else as the first that was printed.

    Where two agencies are credited, or nothing but the outlets' names differs, it cannot be told.
    """
    home = {article.id: _agency(article) for article in members}
    credited = {found for article in members for found in _credits(article)}
    agencies = credited or {agency for agency in home.values() if agency}
    if len(agencies) > 1:
        return Original()
    if agencies:
        agency = agencies.pop()
        own = [article for article in members if home[article.id] == agency]
        return Original(_first(own), agency)
    named = [article for article in members if _is_named(article, members)]
    if named:
        return Original(_first(named))
    return Original(_first(members))


def _first(members: Sequence[Article]) -> str | None:
    """The only one, or the one that was published before all others, if every day is known."""
    if len(members) == 1:
        return members[0].id
    days: dict[str, list[str]] = defaultdict(list)
    for article in members:
        days[article.published or ""].append(article.id)
    earliest = days[min(days)] if days else []
    return earliest[0] if len(earliest) == 1 and "" not in days else None


def _agency(article: Article) -> str | None:
    """The agency that the article's outlet is, if it is one."""
    outlet = article.outlet or ""
    match = BYLINE.match(outlet)
    if match:
        return _BY_NAME[match["name"]]
    host = outlet.casefold().removeprefix("www.").split(".")
    return next((_BY_HOST[part] for part in host[:-1] if part in _BY_HOST), None)


def _credits(article: Article) -> set[str]:
    """The agencies that an article credits: as its author, in its dateline, at its end, by its address."""
    head, tail = article.text[:HEAD], article.text[-TAIL:]
    names = [match["name"] for author in article.authors if (match := BYLINE.match(author))]
    names += [match["one"] or match["two"] for match in DATELINE.finditer(head)]
    others = {match["name"] for match in ANY_DATELINE.finditer(head)} - _BY_NAME.keys()
    names += [match["name"] for match in CREDIT.finditer(tail)]
    folders = [match[1].casefold() for match in ADDRESS.finditer(article.url or "")]
    return others | {_BY_NAME[name] for name in names} | {_BY_FOLDER[folder] for folder in folders}


def _is_named(article: Article, members: Sequence[Article]) -> bool:
    """Whether another member says that it first appeared in this article's outlet."""
    outlet = (article.outlet or "").casefold()
    return bool(outlet) and any(
        outlet in match["name"].casefold()
        for other in members
        if other.outlet != article.outlet
        for match in FIRST_SEEN.finditer(other.text[:HEAD] + "\n" + other.text[-TAIL:])
    )
