"""DOOR: the statements of a story to who is quoted in it, by which outlet, how often, and who is missing.

An outlet quotes whomever its articles quote, an agency's text that it prints among them. Independent accounts are
counted by voice, so that a report which ten outlets print is one account.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.types import Kind, Span
from index.types import Quoted as Way
from qa.checks.fold import fold
from qa.cite import Citations
from qa.quote import told_by
from qa.stories.people import Cast, may_be_one
from qa.stories.types import Missing, OutletQuotes, Quoted, Speaker, Why

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from index.types import Article, Statement

BLAMING = frozenset({Kind.BLAME, Kind.ACCUSE})
SIDES = BLAMING | {Kind.DENY, Kind.REJECT, Kind.CRITICISE, Kind.DISAGREE, Kind.DEMAND, Kind.THREATEN}
"""What a side does that is its voice even where its own words are not printed."""
NAMELESS = "copies of "
"""How `CopyStore.voices` begins the name of an account whose original is not known."""
LEAST_ACCOUNTS = 2
"""Independent accounts that quote somebody, from which on an outlet that does not is worth telling."""
LONGEST = 800
"""Characters of a stretch that shows who says something."""
MOST_SHOWN = 5
"""What others quote of somebody who is missing, at the most."""


@dataclass(frozen=True, slots=True)
class Said:
    """A statement with where it stands, who says it under the story's name for them, and whose account tells it."""

    statement: Statement
    article: Article
    speaker: str | None
    target: str | None
    account: str

    @property
    def words(self) -> str:
        """What is said, folded, so that copies can be told."""
        return " ".join(fold(span.of(self.article.text)).text for span in self.statement.content).casefold()


def quoted(
    articles: Sequence[Article], statements: Mapping[str, Sequence[Statement]], voices: Mapping[str, str]
) -> Quoted:
    """Who is quoted in these articles of one story.

    Args:
        articles: of the story; those whose statements were not read say nothing.
        statements: of each article, by article id.
        voices: whose account each article is, by article id.
    """
    read = [article for article in articles if article.id in statements]
    said, cast = _read(read, statements, voices)
    citations = Citations()
    speakers = _speakers(_once(said, by_account=True), citations)
    by_outlet: dict[str, list[Article]] = defaultdict(list)
    for article in read:
        by_outlet[told_by(article)].append(article)
    outlets = [_outlet(outlet, own, said, cast, citations) for outlet, own in by_outlet.items()]
    outlets.sort(key=lambda one: (-sum(speaker.times for speaker in one.speakers), one.outlet))
    return Quoted(speakers=speakers, outlets=tuple(outlets), citations=citations.all())


def _read(
    articles: Sequence[Article], statements: Mapping[str, Sequence[Statement]], voices: Mapping[str, str]
) -> tuple[list[Said], Cast]:
    every = [(article, one) for article in articles for one in statements[article.id] if one.content]
    printed = [name for _, one in every for name in (one.speaker, one.target, *one.ambiguous) if name]
    cast = Cast(printed, [article.text for article in articles])
    accounts = _accounts(articles, voices)

    def name(printed: str | None) -> str | None:
        return cast.name(printed) if printed else None

    said = [Said(one, article, name(one.speaker), name(one.target), accounts[article.id]) for article, one in every]
    return said, cast


def _accounts(articles: Sequence[Article], voices: Mapping[str, str]) -> dict[str, str]:
    """Whose account each article is, in words: of copies whose original is not known all outlets that print them."""
    ids = {article.id for article in articles}
    printers: dict[str, set[str]] = defaultdict(set)
    for article in articles:
        printers[voices.get(article.id, article.id)].add(told_by(article))

    def spoken(voice: str) -> str:
        nameless = voice in ids or voice.startswith(NAMELESS)
        return " and ".join(sorted(printers[voice])) if nameless else voice

    return {article.id: spoken(voices.get(article.id, article.id)) for article in articles}


def _once(said: Iterable[Said], *, by_account: bool) -> list[Said]:
    """Each utterance of an account once, or of all of these where accounts do not count."""
    seen: dict[tuple[str, str | None, str], Said] = {}
    for one in said:
        seen.setdefault((one.account if by_account else "", one.speaker, one.words), one)
    return list(seen.values())


def _speakers(said: Iterable[Said], citations: Citations) -> tuple[Speaker, ...]:
    """The named speakers, whom most accounts quote first."""
    spoken: dict[str, list[Said]] = defaultdict(list)
    for one in said:
        if one.speaker:
            spoken[one.speaker].append(one)
    ordered = sorted(spoken, key=lambda name: (-len({s.account for s in spoken[name]}), -len(spoken[name]), name))
    return tuple(_speaker(name, spoken[name], citations) for name in ordered)


def _speaker(name: str, said: Sequence[Said], citations: Citations) -> Speaker:
    ways = [one.statement.quoted for one in said]
    return Speaker(
        name=name,
        direct=ways.count(Way.DIRECT),
        indirect=ways.count(Way.INDIRECT),
        mixed=ways.count(Way.MIXED),
        accounts=tuple(sorted({one.account for one in said})),
        citations=tuple(dict.fromkeys(_cite(one, citations) for one in said)),
    )


def _cite(one: Said, citations: Citations) -> int:
    """Who speaks and what is said, in one stretch; what is said alone where they stand far apart."""
    statement = one.statement
    parts = (*statement.source, *statement.cue, *statement.content)
    whole = Span(min(part.start for part in parts), max(part.end for part in parts))
    if whole.end - whole.start > LONGEST:
        whole = Span(statement.content[0].start, statement.content[-1].end)
    return citations.cite_span(one.article, whole.start, whole.end)


def _outlet(
    outlet: str, articles: Sequence[Article], said: Sequence[Said], cast: Cast, citations: Citations
) -> OutletQuotes:
    ids = {article.id for article in articles}
    own = [one for one in said if one.article.id in ids]
    speaking = _once(own, by_account=False)
    return OutletQuotes(
        outlet=outlet,
        articles=len(articles),
        prints=tuple(sorted({one.account for one in own} - {outlet})),
        speakers=_speakers(speaking, citations),
        unnamed=sum(one.speaker is None for one in speaking),
        missing=_missing(own, said, cast, citations),
    )


def _missing(own: Sequence[Said], every: Sequence[Said], cast: Cast, citations: Citations) -> tuple[Missing, ...]:
    """Who is blamed here and not quoted, then whom others quote; nothing of an outlet that quotes nobody at all."""
    if not any(one.speaker for one in own):
        return ()
    accounts = {one.account for one in own}
    blamed: dict[str, list[Said]] = defaultdict(list)
    elsewhere: dict[str, list[Said]] = defaultdict(list)
    for one in own:
        blames = one.statement.kind in BLAMING and not one.statement.negated
        if blames and one.target and cast.is_proper(one.target) and not _heard(one.target, own):
            blamed[one.target].append(one)
    for one in every:
        voiced = one.statement.quoted is not Way.INDIRECT or one.statement.kind in SIDES
        if voiced and one.speaker and one.account not in accounts and one.speaker not in blamed:
            elsewhere[one.speaker].append(one)
    found = [_not_quoted(name, Why.BLAMED, said, citations) for name, said in blamed.items()]
    for name, said in elsewhere.items():
        if len({one.account for one in said}) >= LEAST_ACCOUNTS and cast.is_proper(name) and not _heard(name, own):
            found.append(_not_quoted(name, Why.QUOTED_ELSEWHERE, said, citations))
    return tuple(sorted(found, key=lambda one: (one.why is not Why.BLAMED, -len(one.by), one.name)))


def _not_quoted(name: str, why: Why, said: Sequence[Said], citations: Citations) -> Missing:
    """Somebody who is not quoted, with the first that each account quotes, or each blame."""
    blamed = why is Why.BLAMED
    by = {one.speaker if blamed else one.account for one in said}
    first = {one.statement.id if blamed else one.account: one for one in reversed(said)}
    cited = tuple(dict.fromkeys(_cite(one, citations) for one in reversed(first.values())))
    return Missing(name=name, why=why, by=tuple(sorted(filter(None, by))), citations=cited[:MOST_SHOWN])


def _heard(name: str, own: Sequence[Said]) -> bool:
    """Whether somebody may be quoted: as the speaker, as one of those it could be, or by the words that name it.

    "Lodria's foreign ministry said" lets Lodria be heard.
    """
    return any(
        may_be_one(name, other)
        for one in own
        for other in (
            one.speaker,
            one.statement.speaker,
            one.statement.via,
            *one.statement.ambiguous,
            *(span.of(one.article.text) for span in one.statement.source),
        )
        if other
    )
