"""The documents that a story's timeline and its speakers are: pydantic models, since other programs read them."""

from __future__ import annotations

from enum import StrEnum

from qa.types import Citation, Record


class Happening(Record):
    """What one or several outlets tell of one day.

    Attributes:
        day: YYYY-MM-DD.
        announced: whether it had yet to happen when it was told.
        text: the sentence that tells it best, verbatim on one line.
        when: the words that name the day, of each citation ("on Friday").
        citations: markers of every sentence that tells it, the one of `text` first.
        outlets: who tells it, in alphabetical order.
        independent: how many independent accounts tell it.
    """

    day: str
    announced: bool
    text: str
    when: tuple[str, ...]
    citations: tuple[int, ...]
    outlets: tuple[str, ...]
    independent: int


class First(Record):
    """An outlet's earliest article of the story; `same_day` counts its further ones of that day."""

    outlet: str
    published: str | None
    article_id: str
    title: str | None
    url: str | None
    same_day: int = 0


class Timeline(Record):
    """What happened when, by the articles' own dates.

    Attributes:
        entries: by day; of one day what most accounts tell comes first.
        first: when each outlet first had the story, the earliest first.
    """

    entries: tuple[Happening, ...] = ()
    citations: tuple[Citation, ...] = ()
    first: tuple[First, ...] = ()


class Speaker(Record):
    """Who is quoted, and how often.

    Attributes:
        name: the fullest name that the story's articles give.
        direct, indirect, mixed: statements in the speaker's own words, in the reporter's, and in both.
        accounts: independent accounts that quote the speaker, in alphabetical order.
        citations: markers of what is said, in the order of the articles.
    """

    name: str
    direct: int
    indirect: int
    mixed: int
    accounts: tuple[str, ...]
    citations: tuple[int, ...]

    @property
    def times(self) -> int:
        """How often the speaker is quoted in any way."""
        return self.direct + self.indirect + self.mixed


class Why(StrEnum):
    """What shows that a side is missing."""

    QUOTED_ELSEWHERE = "quoted_elsewhere"
    BLAMED = "blamed"


class Missing(Record):
    """Somebody whom an outlet does not quote.

    Attributes:
        why: other independent accounts quote them, or the outlet prints blame of them.
        by: the accounts that quote them, or who blames them.
        citations: markers of what others quote, or of the blame.
    """

    name: str
    why: Why
    by: tuple[str, ...]
    citations: tuple[int, ...]


class OutletQuotes(Record):
    """Whom one outlet quotes, whatever the account is that it prints.

    Attributes:
        articles: how many of its articles are in the story.
        prints: accounts of others that it prints, such as an agency's.
        unnamed: statements whose speaker the text does not tell.
    """

    outlet: str
    articles: int
    prints: tuple[str, ...] = ()
    speakers: tuple[Speaker, ...] = ()
    unnamed: int = 0
    missing: tuple[Missing, ...] = ()


class Quoted(Record):
    """Who is quoted in a story: by all, copies of one original counted once, and outlet by outlet."""

    speakers: tuple[Speaker, ...] = ()
    outlets: tuple[OutletQuotes, ...] = ()
    citations: tuple[Citation, ...] = ()
