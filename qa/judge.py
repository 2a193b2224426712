"""A second opinion on a claim that the checks let stand, by a language model or by a model of entailment.

An opinion can lower a verdict and never raise it: what the checks strike stays struck, and a reply that cannot be read
is no opinion.
"""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, Protocol

from pydantic import BaseModel, ConfigDict, ValidationError

from prompts import load
from qa.instructions import reported
from qa.reply import json_object, outermost_object
from qa.show import LONGEST_SENTENCE, visible, written
from qa.types import Verdict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.cross_encoder import Entailment
    from qa.check import Finding
    from qa.cite import Numbered
    from qa.llm import LLM, Message

ORDER = (Verdict.SUPPORTED, Verdict.PARTLY, Verdict.UNSUPPORTED, Verdict.CONTRADICTED)
LONGEST_REASON = 200
LONGEST_REPLY = 4000
LIKELY = 0.5
"""The probability from which a model of entailment is taken at its word; of three classes at most one reaches it."""


@dataclass(frozen=True, slots=True)
class Opinion:
    """A verdict and why, for a reader."""

    verdict: Verdict
    reason: str


class Judge(Protocol):
    """Whoever gives a second opinion."""

    def second_opinion(self, claim: str, cited: Sequence[Numbered]) -> Opinion | None:
        """The opinion on a claim and the sentences that it cites; None where there is none.

        Raises:
            ModelError: the model cannot be reached or turned the call away.
        """


class _Judged(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    verdict: Literal["supported", "partly", "unsupported", "contradicted"]
    reason: str


SCHEMA = json_object(
    verdict={"type": "string", "enum": [verdict.value for verdict in ORDER]},
    reason={"type": "string"},
)


class ModelJudge:
    """A language model as judge; one call a claim."""

    def __init__(self, llm: LLM) -> None:
        self._llm = llm

    def second_opinion(self, claim: str, cited: Sequence[Numbered]) -> Opinion | None:
        """The model's opinion, None where its reply is not exactly what was asked for."""
        if not cited:
            return None
        asked = load("judge").fill(evidence="\n\n".join(map(_shown, cited)), claim=visible(claim))
        messages: list[Message] = [{"role": "user", "content": asked}]
        text = ""
        with closing(self._llm.stream(messages, SCHEMA if self._llm.takes_schema else None)) as parts:
            for part in parts:
                text += part if isinstance(part, str) else ""
                if len(text) > LONGEST_REPLY:
                    return None
        try:
            judged = _Judged.model_validate_json(outermost_object(text))
        except ValidationError:
            return None
        reason = written(judged.reason)[:LONGEST_REASON]
        return Opinion(Verdict(judged.verdict), reason) if reason else None


class EntailmentJudge:
    """A model of entailment as judge: whether the cited sentences, taken together, imply the claim."""

    def __init__(self, entailment: Entailment) -> None:
        self._entailment = entailment

    def second_opinion(self, claim: str, cited: Sequence[Numbered]) -> Opinion | None:
        """What is likely of the three; None where nothing is."""
        if not cited:
            return None
        premise = " ".join(" ".join(item.sentence.text.split()) for item in cited)
        likely = self._entailment.judge(premise, claim)
        if likely.contradiction >= LIKELY:
            return Opinion(Verdict.CONTRADICTED, "A second check finds that what it cites says otherwise.")
        if likely.neutral >= LIKELY:
            return Opinion(Verdict.UNSUPPORTED, "A second check finds that what it cites does not say this.")
        return Opinion(Verdict.SUPPORTED, "") if likely.entailment >= LIKELY else None


def lowered(finding: Finding, opinion: Opinion | None) -> Finding:
    """The finding, or the opinion where that is worse; a verdict beside these four (uncited) stays."""
    if opinion is None or finding.verdict not in ORDER or ORDER.index(opinion.verdict) <= ORDER.index(finding.verdict):
        return finding
    return replace(finding, verdict=opinion.verdict, reason=opinion.reason)


def _shown(item: Numbered) -> str:
    """A cited sentence with its headline and its paragraph."""
    article = reported(item.article)
    start = article.text.rfind("\n", 0, item.sentence.start) + 1
    end = article.text.find("\n", item.sentence.end)
    paragraph = article.text[start : end if end >= 0 else None]
    told = {"headline": article.title or "not known", "paragraph": paragraph, "cited sentence": item.sentence.text}
    return "\n".join(f"{name}: {visible(text)[:LONGEST_SENTENCE]}" for name, text in told.items())
