"""A story as a report: its articles, what happened when, and who is quoted; each of these by itself too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qa.stories.types import Why
from ui.reports.report import Gathered, Line, Link, Report, Section, Table, Words, counted
from ui.text import byline, day

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.types import Article
    from qa.stories.types import First, Happening, Missing, OutletQuotes, Quoted, Speaker, Timeline
    from qa.types import Citation

MOST_MARKS = 8
"""Citations shown of a speaker; all are in the JSON."""


def story_report(
    title: str, articles: Sequence[Article], timeline: Timeline | None = None, quoted: Quoted | None = None
) -> Report:
    """A story with whatever of it was asked for.

    Args:
        title: its headline.
        articles: in the order they are to be listed.
        timeline: what happened when.
        quoted: who is quoted.
    """
    cited = Gathered()
    sections = []
    if articles:
        sections.append(Section("Articles", lines=tuple(map(_article, articles))))
    if timeline:
        sections += _timeline(timeline, cited)
    if quoted:
        sections += _quoted(quoted, cited)
    return Report(title, sections=tuple(sections), citations=cited.all())


def _article(article: Article) -> Line:
    named = (Words(article.title or "Untitled article"), Words(byline(article.outlet, article.published), quiet=True))
    return (*named, Link(article.url)) if article.url else named


def _timeline(timeline: Timeline, cited: Gathered) -> list[Section]:
    entries = tuple(_entry(entry, timeline.citations, cited) for entry in timeline.entries)
    first = tuple(_first(one) for one in timeline.first)
    when = "By the days that the articles name; what names no certain day is left out."
    return [
        Section(
            "What happened when", when if entries else "No article names a certain day.", table=_table(ENTRY, entries)
        ),
        Section("Who had it first", table=_table(("Day", "Outlet", "First article"), first)),
    ]


ENTRY = ("Day", "What happened", "Told by")


def _table(head: tuple[str, ...], rows: tuple[tuple[Line, ...], ...]) -> Table | None:
    return Table(head, rows) if rows else None


def _entry(entry: Happening, citations: Sequence[Citation], cited: Gathered) -> tuple[Line, ...]:
    when: Line = (Words(day(entry.day) or entry.day, strong=True),)
    if entry.announced:
        when = (*when, Words("announced", quiet=True))
    accounts = Words(counted(entry.independent, "independent account"), quiet=True)
    told: Line = (Words(entry.text), cited.marks(entry.citations, citations))
    return when, told, (Words(", ".join(entry.outlets)), accounts)


def _first(first: First) -> tuple[Line, ...]:
    further: Line = (Words(f"and {first.same_day} more that day", quiet=True),) if first.same_day else ()
    return (
        (Words(day(first.published) or "day not known"),),
        (Words(first.outlet, strong=True),),
        (Words(first.title or "Untitled article"), *further),
    )


def _quoted(quoted: Quoted, cited: Gathered) -> list[Section]:
    every = tuple(_speaker(one, quoted.citations, cited, accounts=True) for one in quoted.speakers)
    head = ("Speaker", "In own words", "In the reporter's", "In both", "Accounts", "Shown by")
    sections = [
        Section(
            "Who is quoted",
            "In all articles; copies of one original are one account." if every else "Nobody is quoted by name.",
            table=_table(head, every),
        )
    ]
    return sections + [_outlet(outlet, quoted.citations, cited) for outlet in quoted.outlets]


def _outlet(outlet: OutletQuotes, citations: Sequence[Citation], cited: Gathered) -> Section:
    rows = tuple(_speaker(one, citations, cited, accounts=False) for one in outlet.speakers)
    head = ("Speaker", "In own words", "In the reporter's", "In both", "Shown by")
    parts = [counted(outlet.articles, "article")]
    if outlet.prints:
        parts.append(f"prints {', '.join(outlet.prints)}")
    if outlet.unnamed:
        parts.append(f"{counted(outlet.unnamed, 'statement')} without a name")
    if not rows:
        parts.append("quotes nobody by name")
    missing = tuple(_missing(one, citations, cited) for one in outlet.missing)
    return Section(f"Quoted by {outlet.outlet}", "; ".join(parts) + ".", lines=missing, table=_table(head, rows))


def _speaker(one: Speaker, citations: Sequence[Citation], cited: Gathered, *, accounts: bool) -> tuple[Line, ...]:
    numbers = [one.direct, one.indirect, one.mixed, *([len(one.accounts)] if accounts else [])]
    counts: list[Line] = [(Words(str(number)),) for number in numbers]
    return (Words(one.name, strong=True),), *counts, (cited.marks(one.citations[:MOST_MARKS], citations),)


def _missing(one: Missing, citations: Sequence[Citation], cited: Gathered) -> Line:
    by = ", ".join(one.by)
    why = (
        f"is blamed{f' by {by}' if by else ''} and not quoted."
        if one.why is Why.BLAMED
        else f"is not quoted; {by} quote them."
    )
    return (
        Words("Missing:"),
        Words(one.name, strong=True),
        Words(why),
        cited.marks(one.citations, citations),
    )
