"""The document that a comparison is: pydantic models, since other programs read it."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from pydantic import Field

from qa.types import Citation, Claim, Record


class FindingKind(StrEnum):
    """How accounts stand to each other."""

    AGREE = "agree"
    ONLY = "only"
    DIFFER_NUMBER = "differ_number"
    DIFFER_WORDING = "differ_wording"
    DENIED = "denied"
    CONTRADICT = "contradict"


class Step(Record):
    """A step from one wording to another, word by word; `one` is empty for "insert", `other` for "delete"."""

    step: Literal["equal", "replace", "insert", "delete"]
    one: str
    other: str


class Account(Record):
    """A column: what one independent voice says.

    Attributes:
        outlet: the outlet, or the agency whose text others print, or the headline of an article without an outlet.
        stated: whether it answers the question.
        claims: its own sentences, where it does; each cites exact words of its articles.
        printed_by: outlets that print its text, its own aside.
        articles: how many of its articles were looked at.
    """

    outlet: str
    stated: bool
    claims: tuple[Claim, ...] = ()
    printed_by: tuple[str, ...] = ()
    articles: int = 0


class Finding(Record):
    """Something that the accounts have in common, or in which they are apart.

    Attributes:
        text: a plain sentence, made by code.
        citations: markers of the sentences that show it.
        independent: how many independent voices the finding rests on, copies of one original counted once.
        of: how many voices were compared.
        parties: who is at odds, where two people are rather than two outlets.
        steps: from one wording to the other, for `differ_wording`.
    """

    kind: FindingKind
    text: str
    citations: tuple[int, ...]
    independent: int
    of: int
    parties: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()


class Comparison(Record):
    """One question put to each independent voice."""

    question: str
    outlets: tuple[Account, ...] = ()
    citations: tuple[Citation, ...] = ()
    findings: tuple[Finding, ...] = ()
    seconds: dict[str, float] = Field(default_factory=dict)


class Variant(Record):
    """One wording of a quotation.

    Attributes:
        accounts: whose independent accounts print it so.
        way: how it differs from the fullest: "same", "typed" (quotation marks, dashes, spelling), "cut" or "changed".
        steps: from the fullest wording to this one.
    """

    text: str
    accounts: tuple[str, ...]
    citations: tuple[int, ...]
    way: Literal["same", "typed", "cut", "changed"]
    steps: tuple[Step, ...] = ()


class Quotation(Record):
    """One utterance that several accounts print; the fullest wording first, `way` the furthest that any goes."""

    speaker: str | None
    way: Literal["same", "typed", "cut", "changed"]
    variants: tuple[Variant, ...]


class Quotations(Record):
    """The quotations of a story or an archive."""

    quotations: tuple[Quotation, ...] = ()
    citations: tuple[Citation, ...] = ()
