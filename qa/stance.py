"""Whether a claim denies what is denied in what it cites, and is no surer than it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qa.align import closest
from qa.faults import Fault, Kind, shown
from qa.lexicon import CERTAIN
from qa.polarity import Stance, hedges, negates, stances
from qa.types import Verdict

if TYPE_CHECKING:
    from qa.align import Change
    from qa.evidence import Evidence
    from qa.words import Word

MOSTLY_SAME = 0.5
SMALL = 3


def stance_faults(text: str, proof: Evidence) -> list[Fault]:
    """Faults of negation, then of certainty."""
    return [*_negation_faults(text, proof), *_certainty_faults(text, proof)]


def _negation_faults(text: str, proof: Evidence) -> list[Fault]:
    nearest = closest(text, proof.texts)
    for change in nearest.changes:
        denied = _negations(change)
        if denied and nearest.share >= MOSTLY_SAME:
            return [Fault(Kind.NEGATION, Verdict.CONTRADICTED, denied)]
    printed = _stances(proof)
    for stem, ways in stances(text).items():
        claimed = {way.negated for way in ways}
        meant = {way.negated for way in printed.get(stem, ())}
        if meant and not claimed & meant:
            verbs = ("denies", "says") if True in claimed else ("does not deny", "denies")
            reason = f"The claim {verbs[0]} what the cited sentence {verbs[1]}."
            return [Fault(Kind.NEGATION, Verdict.CONTRADICTED, reason)]
    return []


def _stances(proof: Evidence) -> dict[str, set[Stance]]:
    table: dict[str, set[Stance]] = {}
    for sentence in proof.texts:
        for stem, ways in stances(sentence).items():
            table.setdefault(stem, set()).update(ways)
    return table


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
    printed = _stances(proof)
    for stem, ways in stances(text).items():
        meant = printed.get(stem, set())
        if meant and all(way.unsure for way in meant) and not any(way.unsure for way in ways):
            return [Fault(Kind.MODALITY, Verdict.UNSUPPORTED, "The claim is surer than the cited sentence.")]
    return []


def _hedged(changed: tuple[Word, ...]) -> bool:
    return any(hedges(word) for word in changed)
