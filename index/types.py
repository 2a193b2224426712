"""The nouns of the archive, frozen. Every offset is a character of `Article.text`, half-open: `text[start:end]`."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of an article's text, half-open."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The words of this span in `text`."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Whether the two share a character."""
        return self.start < other.end and other.start < self.end


class Reason(StrEnum):
    """Why a stretch of text is not part of the article."""

    COMMENTS = "comments"
    SUBSCRIPTION = "subscription"
    TEMPLATE = "template"
    SHARING = "sharing"
    COOKIES = "cookies"
    CAPTION = "caption"
    RELATED = "related"
    NAVIGATION = "navigation"
    CREDIT = "credit"
    ADVERTISEMENT = "advertisement"
    REPEATED = "repeated"


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """A stretch that is not part of the article, and why. Marks are sorted and do not overlap."""

    start: int
    end: int
    reason: Reason


class Origin(StrEnum):
    """Where a piece of metadata was found, the strongest first."""

    PERSON = "person"
    SIDECAR = "sidecar"
    FIELD = "field"
    TAG = "tag"
    TEXT = "text"
    URL = "url"


@dataclass(frozen=True, slots=True)
class Evidence:
    """One piece of metadata and what shows it.

    Attributes:
        value: the value as it is used, a date as YYYY-MM-DD.
        confidence: from 0 to 1.
        origin: what kind of place showed it.
        shown: the field's name, the tag, the address, or the words themselves.
        span: the words in `Article.text`, where they stand there.
    """

    value: str
    confidence: float
    origin: Origin
    shown: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """What a reader found: text and the fields that came with it, nothing guessed yet.

    Attributes:
        path: absolute path of the file.
        key: which article of the file, where it holds several; else empty.
        text: for a text file its decoded characters, all of them.
        fields: title, outlet, published, url, authors, … as given, never empty strings.
        origin: how the fields came (a column, a tag of a page, …).
        origins: the same for single fields that came otherwise than the rest.
        page: the page the text was taken from, where it is a web page.
    """

    path: str
    key: str
    text: str
    fields: Mapping[str, str] = field(default_factory=dict)
    origin: Origin = Origin.FIELD
    origins: Mapping[str, Origin] = field(default_factory=dict)
    page: bytes | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """One article as it stands in the archive. Its text is never rewritten.

    Attributes:
        id: 16 hexadecimal digits of a hash over text and given fields; equal content has one id.
        path: the file it came from.
        key: which article of that file; empty where the file is one article.
        published: a day (YYYY-MM-DD) or None.
        boilerplate: marked stretches, sorted, not overlapping.
        evidence: for each known field (title, outlet, published, authors, …) what shows it.
        language: ISO 639-1, or None where it is not known.
    """

    id: str
    path: str
    key: str
    text: str
    title: str | None = None
    outlet: str | None = None
    published: str | None = None
    url: str | None = None
    authors: tuple[str, ...] = ()
    language: str | None = None
    boilerplate: tuple[Mark, ...] = ()
    evidence: Mapping[str, Evidence] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sentence:
    """The unit of evidence.

    Attributes:
        article_id: the article it stands in.
        ordinal: its number in the article, from 0.
        text: always `article.text[start:end]`.
        paragraph: the number of its paragraph in the article, from 0.
        is_title: whether it is the article's own headline, which is no evidence of its own.
    """

    article_id: str
    ordinal: int
    start: int
    end: int
    text: str
    paragraph: int = 0
    is_title: bool = False

    @property
    def span(self) -> Span:
        """Where it stands."""
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Passage:
    """The unit of search: a run of whole sentences.

    Attributes:
        id: a number that is never used twice in an archive; 0 before it is stored.
        first, last: ordinals of its sentences, both included.
        text: always `article.text[start:end]`.
    """

    id: int
    article_id: str
    start: int
    end: int
    first: int
    last: int
    text: str


@dataclass(frozen=True, slots=True)
class CopyGroup:
    """Articles that are copies of one original, so that they speak with one voice.

    Attributes:
        id: the id of one of its articles; it tells groups apart and nothing more.
        articles: ids, two or more, sorted.
        original: the article that is the original, where that can be told.
        agency: the agency it comes from, where one is credited, whether or not its own article is here.
    """

    id: str
    articles: tuple[str, ...]
    original: str | None = None
    agency: str | None = None


@dataclass(frozen=True, slots=True)
class Filters:
    """What a search is limited to; empty means everything.

    Attributes:
        outlets: names as the archive spells them (`Archive.outlets`).
        since, until: days, both included; articles without a day are left out when either is given.
        articles: ids.
    """

    outlets: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    articles: tuple[str, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether nothing is filtered out."""
        return not (self.outlets or self.since or self.until or self.articles)


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found for a question.

    Attributes:
        score: how well it fits by its words (their share of what the best passage's have), by its meaning and by its
            article's; higher is better, and comparable from search to search.
        similarity: cosine of question and passage, from -1 to 1.
        found_by: the searches that found it: "dense", "lexical".
        sentences: the passage's sentences in order.
    """

    passage: Passage
    article: Article
    score: float
    similarity: float
    found_by: tuple[str, ...]
    sentences: tuple[Sentence, ...]


class Kind(StrEnum):
    """What a speaker does by saying something."""

    SAY = "say"
    CLAIM = "claim"
    DENY = "deny"
    REJECT = "reject"
    ACCUSE = "accuse"
    BLAME = "blame"
    CRITICISE = "criticise"
    PRAISE = "praise"
    PROMISE = "promise"
    THREATEN = "threaten"
    DEMAND = "demand"
    WARN = "warn"
    AGREE = "agree"
    DISAGREE = "disagree"
    DOUBT = "doubt"
    ANNOUNCE = "announce"
    ASK = "ask"
    BELIEVE = "believe"
    CONFIRM = "confirm"


class Quoted(StrEnum):
    """Whether the words are the speaker's own."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"


@dataclass(frozen=True, slots=True)
class Statement:
    """Who said what about whom, each part as spans of the article's text.

    Attributes:
        id: made from the article's id and the spans.
        kind: what the speaker does by saying it.
        speaker: canonical name, or None where the text does not tell.
        ambiguous: the names it could be, where the text leaves it open.
        target: whom or what it is about, for kinds that have one.
        via: who reported it, where that is not the article itself ("CNN" in "CNN reported citing officials").
        negated: whether the act is denied ("did not accuse").
        source, cue, content: the words that name the speaker, of saying, and what is said.
    """

    id: str
    article_id: str
    kind: Kind
    speaker: str | None
    ambiguous: tuple[str, ...]
    target: str | None
    quoted: Quoted
    via: str | None
    negated: bool
    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
