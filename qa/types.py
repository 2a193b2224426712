"""The nouns of an answer: pydantic models, since an answer is also a document that other programs read."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel, ConfigDict, Field

from qa.questions.limits import Limit  # noqa: TC001  pydantic reads it

if TYPE_CHECKING:
    from index.types import Filters, Hit


class Record(BaseModel):
    """A frozen model that refuses unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Verdict(StrEnum):
    """How a claim stands against what it cites."""

    SUPPORTED = "supported"
    PARTLY = "partly"
    UNSUPPORTED = "unsupported"
    CONTRADICTED = "contradicted"
    UNCITED = "uncited"
    ABSENT = "absent"


class Citation(Record):
    """The exact words of an article: `article.text[start:end] == quote`."""

    marker: int
    article_id: str
    outlet: str | None
    title: str | None
    published: str | None
    url: str | None
    path: str
    start: int
    end: int
    quote: str


class Claim(Record):
    """One sentence of an answer, the markers of the citations that prove it, and how it stands.

    `outlet` says whose account it is told under, where it is told as one outlet's.
    """

    text: str
    citations: tuple[int, ...]
    verdict: Verdict
    reason: str | None = None


class Searched(Record):
    """What an abstention looked through."""

    articles: int
    outlets: tuple[str, ...]


class Abstained(Record):
    """Why there is no answer, and the nearest that the archive holds."""

    reason: str
    searched: Searched
    nearest: tuple[Citation, ...] = ()


class Outlets(Record):
    """The outlets an answer cites, and those that were searched."""

    cited: tuple[str, ...] = ()
    searched: tuple[str, ...] = ()


class Trace(Record):
    """What it took: seconds by stage, tokens, cost, and the prompts' versions by name."""

    seconds: dict[str, float] = Field(default_factory=dict)
    tokens: int | None = None
    cost_usd: float | None = None
    prompts: dict[str, str] = Field(default_factory=dict)


class Part(Record):
    """One of the questions that a person asked at once.

    Attributes:
        asked: as it stands alone.
        limits: the filters that words of the question named, and that were in force.
        claims: how many of the answer's claims are its answer, in their order.
        abstained: why there is none.
    """

    asked: str
    limits: tuple[Limit, ...] = ()
    claims: int = 0
    abstained: str | None = None


class Answer(Record):
    """A question's answer, made by choosing words (`quote`) or by writing them (`write`).

    `claims` stand; `struck` were made and did not hold. `notes` say what the reader must know about how the answer
    came to be ("the model could not be reached, so the answer quotes"). `independent` counts the accounts that are
    cited: copies of one original are one. `parts` are the questions that were asked, one or more, with their filters.
    """

    question: str
    asked: str
    mode: Literal["quote", "write"]
    model: str | None = None
    claims: tuple[Claim, ...] = ()
    struck: tuple[Claim, ...] = ()
    citations: tuple[Citation, ...] = ()
    abstained: Abstained | None = None
    outlets: Outlets = Outlets()
    independent: int = 0
    parts: tuple[Part, ...] = ()
    notes: tuple[str, ...] = ()
    trace: Trace = Trace()


class Review(Record):
    """A draft held against the archive: its claims with verdicts, and the sentences that make none."""

    claims: tuple[Claim, ...] = ()
    citations: tuple[Citation, ...] = ()
    left_alone: tuple[str, ...] = ()


class Turn(Record):
    """One question of a conversation and its answer."""

    question: str
    answer: Answer


@dataclass(frozen=True, slots=True)
class Retrieved:
    """The search is done: the question as it was asked of the archive, its filters, and the hits."""

    asked: str
    filters: Filters
    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class Delta:
    """More text of an answer on its way; what counts is the `Finished` answer."""

    text: str


@dataclass(frozen=True, slots=True)
class Finished:
    """The checked answer. Always the last event."""

    answer: Answer


Event = Retrieved | Delta | Finished
