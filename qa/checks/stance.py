"""Whether a claim denies what is denied in what it cites, and is no surer than it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qa.checks.align import closest
from qa.checks.faults import Fault, Kind, shown
from qa.checks.lexicon import CERTAIN
from qa.checks.polarity import Stance, hedges, negates, stances
from qa.types import Verdict

if TYPE_CHECKING:
    from qa.checks.align import Change
    from qa.checks.evidence import Evidence
    from qa.checks.words import Word

MOSTLY_SAME = 0.5
SMALL = 3
CLOSE = 0.6
"""The share of the claim's content words in one cited sentence from which the two speak of the same."""


def stance_faults(text: str, proof: Evidence) -> list[Fault]:
    """Faults of negation, then of certainty."""
    return [*_negation_faults(text, proof), *_certainty_faults(text, proof)]


def _negation_faults(text: str, proof: Evidence) -> list[Fault]:
    nearest = closest(text, proof.texts)
    for change in nearest.changes:
        denied = _negations(change)
        if denied and nearest.share >= MOSTLY_SAME:
            return [Fault(Kind.NEGATION, Verdict.CONTRADICTED, denied)]
    for _, claimed, meant in _compared(text, proof):
        if not {way.negated for way in claimed} & {way.negated for way in meant}:
            denies = any(way.negated for way in claimed)
            verbs = ("denies", "says") if denies else ("does not deny", "denies")
            reason = f"The claim {verbs[0]} what the cited sentence {verbs[1]}."
            return [Fault(Kind.NEGATION, Verdict.CONTRADICTED, reason)]
    return []


def _compared(text: str, proof: Evidence) -> list[tuple[str, frozenset[Stance], frozenset[Stance]]]:
    """The content words that the claim shares with the sentence it is close to, and how both mean them.

    A word in common with a sentence about something else shows nothing.
    """
    claimed = stances(text)
    tables = [stances(sentence) for sentence in proof.texts]
    printed = max(tables, key=lambda table: len(claimed.keys() & table.keys()))
    if len(claimed.keys() & printed.keys()) < CLOSE * len(claimed):
        return []
    together = {stem: frozenset().union(*(table.get(stem, frozenset()) for table in tables)) for stem in printed}
    return [(stem, ways, together[stem]) for stem, ways in claimed.items() if stem in printed]


def _negations(change: Change) -> str | None:
    """What to say of a short change that puts in or takes out one negation."""
    claimed = [word for word in change.claimed if negates(word)]
    printed = [word for word in change.printed if negates(word)]
    small = len(change.claimed) <= 2 and len(change.printed) <= 2  # noqa: PLR2004
    if not small or len(claimed) == len(printed):
        return None
    if printed:
        return f"The cited sentence says {shown(printed[0].text)}, which the claim leaves out."
    return f"The claim says {shown(claimed[0].text)}, which the cited sentence does not."


def _certainty_faults(text: str, proof: Evidence) -> list[Fault]:
    nearest = closest(text, proof.texts)
    for change in nearest.changes:
        unsure = [word for word in change.printed if hedges(word)]
        firm = any(word.lower in CERTAIN for word in change.claimed) or not change.claimed
        small = len(change.claimed) <= 2 and len(change.printed) <= SMALL  # noqa: PLR2004
        if unsure and firm and small and not _hedged(change.claimed) and nearest.share >= MOSTLY_SAME:
            return [
                Fault(
                    Kind.MODALITY,
                    Verdict.UNSUPPORTED,
                    f"The claim is surer than the cited sentence, which says {shown(unsure[0].text)}.",
                )
            ]
    for _, claimed_ways, meant in _compared(text, proof):
        if all(way.unsure for way in meant) and not any(way.unsure for way in claimed_ways):
            return [Fault(Kind.MODALITY, Verdict.UNSUPPORTED, "The claim is surer than the cited sentence.")]
    return []


def _hedged(changed: tuple[Word, ...]) -> bool:
    return any(hedges(word) for word in changed)
