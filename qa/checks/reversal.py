"""Is the one who acts the one who is acted on: "A blamed B" told as "B blamed A", whatever A and B are called."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from index.types import Kind as Act
from qa.checks.attribution import Attribution, attributions
from qa.checks.faults import Fault, Kind
from qa.checks.lexicon import FUNCTION
from qa.checks.words import words
from qa.types import Verdict

if TYPE_CHECKING:
    from qa.checks.evidence import Evidence

TWO_SIDED = frozenset((Act.BLAME, Act.ACCUSE, Act.CRITICISE, Act.PRAISE))
"""Acts whose two sides stand before and after the word for it; what is said may stand on either side of "said"."""
PASSIVE = re.compile(r"\b(?:is|are|was|were|be|been|being)(?:\s+\w+ly)?\s*$", re.IGNORECASE)


def reversal_faults(text: str, proof: Evidence) -> list[Fault]:
    """A fault where a claim and a cited sentence tell one act with its two sides exchanged."""
    for claimed in (one for one in attributions(text) if one.kind in TWO_SIDED):
        actor, other = _sides(text, claimed)
        for sentence in proof.texts:
            for printed in attributions(sentence):
                first, second = _sides(sentence, printed)
                exchanged = actor & second and other & first and not actor & first
                if printed.kind is claimed.kind and exchanged:
                    reason = "The claim exchanges who does it and to whom it is done in the cited sentence."
                    return [Fault(Kind.TARGET, Verdict.CONTRADICTED, reason)]
    return []


def _sides(text: str, act: Attribution) -> tuple[frozenset[str], frozenset[str]]:
    """Stems of what stands before the act and after it; exchanged where it is told in the passive."""
    before, after = text[: act.at], text[act.at :]
    sides = _stems(before), _stems(after) - _stems(after.split(maxsplit=1)[0] if after.split() else "")
    return sides[::-1] if PASSIVE.search(before) else sides


def _stems(text: str) -> frozenset[str]:
    return frozenset(word.stem for word in words(text) if word.lower not in FUNCTION)
