"""Each claim against the sentences that it cites: a verdict, and a reason that a reader understands.

A claim holds when nothing in it goes against or beyond what is cited: its quotations are the article's words, its
numbers, days and names stand there, it denies what is denied there and is as sure as it is there, it names the speaker
and the target who are named there, and it means the like.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qa.checks.evidence import Evidence, evidence
from qa.checks.facts import fact_faults
from qa.checks.fold import fold
from qa.checks.outlet import outlet_faults, same_outlet
from qa.checks.quoting import quote_faults
from qa.checks.reversal import reversal_faults
from qa.checks.saying import saying_faults
from qa.checks.stance import stance_faults
from qa.checks.support import support
from qa.types import Verdict

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from index.embed import Embedder
    from index.types import Statement
    from qa.checks.faults import Fault
    from qa.cite import Numbered

SUPPORTED = 0.5
PARTLY = 0.27
"""Support from which a claim without faults is held to be supported, or partly so: the threshold of the best balanced
accuracy on the first half of AttributionBench (dev), and the one below which 1 true claim in 20 lies there."""
INTRODUCTION = re.compile(
    r"^(?:(?:according to|as reported by)\s+)?(?P<colon>[^:“”\"]{2,60}?)"
    r"(?:\s+(?:reports?|reported|writes?|wrote|says?|said|quotes?))?\s*:\s+(?=\S)"
    r"|^according to\s+(?P<comma>[^,“”\"]{2,60}),\s+(?=\S)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Finding:
    """How a claim stands.

    Attributes:
        reason: one sentence for a reader; None where the claim is supported.
        score: how much what is cited bears out the claim in words and meaning, from 0 to 1, whatever the verdict: one
            changed number can contradict what is otherwise the same.
    """

    verdict: Verdict
    reason: str | None
    score: float


def check(
    text: str,
    cited: Sequence[Numbered],
    *,
    embedder: Embedder | None,
    statements: Sequence[Statement] = (),
    known: Collection[str] = (),
) -> Finding:
    """The verdict on a claim.

    Args:
        text: the claim, one sentence, without markers.
        cited: the sentences that are to prove it, with their articles.
        embedder: compares meaning; without one only words are compared.
        statements: who said what in the cited articles; without them this is read from the sentences' surface.
        known: names that need no proof, such as those of the question. A name given as the source always does.

    Returns:
        The same for the same arguments, always.
    """
    if not cited:
        return Finding(Verdict.UNCITED, "Nothing is cited for it.", 0.0)
    proof = evidence(cited, statements)
    if is_verbatim(text, proof):
        return Finding(Verdict.SUPPORTED, None, 1.0)
    return _judge(text, proof, find_faults(text, proof, known), embedder)


def find_faults(text: str, proof: Evidence, known: Collection[str] = ()) -> list[Fault]:
    """Everything in a claim that goes against what it cites or beyond it."""
    told = _told(text, proof)
    return [
        *outlet_faults(text, proof),
        *quote_faults(told, proof),
        *fact_faults(told, proof, known),
        *stance_faults(told, proof),
        *saying_faults(told, proof),
        *reversal_faults(told, proof),
    ]


def is_verbatim(text: str, proof: Evidence) -> bool:
    """Whether a claim is whole sentences that it cites, word for word.

    An introduction by the cited outlet ("According to The Harbour Post: …") may stand before them. Part of a sentence
    is not enough: "they agreed" stands in "He denied that they agreed".
    """
    versions = {_bare(text), _bare(_told(text, proof))} - {""}
    return any(_bare(printed) in versions for printed in (*proof.texts, *proof.runs))


def _told(text: str, proof: Evidence) -> str:
    """A claim without its introduction by the cited outlet."""
    match = INTRODUCTION.match(text)
    if match and any(same_outlet(match["colon"] or match["comma"], outlet) for outlet in proof.outlets):
        return text[match.end() :]
    return text


def _bare(text: str) -> str:
    return fold(text).text.strip(" '.")


def _judge(text: str, proof: Evidence, faults: Sequence[Fault], embedder: Embedder | None) -> Finding:
    worst = min(faults, key=lambda fault: _SEVERITY.index(fault.verdict), default=None)
    score = support(text, proof, faults, embedder)
    if worst:
        return Finding(worst.verdict, worst.reason, score)
    if score >= SUPPORTED:
        return Finding(Verdict.SUPPORTED, None, score)
    if score >= PARTLY:
        return Finding(Verdict.PARTLY, "Only part of it is said in what it cites.", score)
    return Finding(Verdict.UNSUPPORTED, "What it cites does not say this.", score)


_SEVERITY = (Verdict.CONTRADICTED, Verdict.UNSUPPORTED, Verdict.UNCITED, Verdict.PARTLY)
