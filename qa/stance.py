"""Whether a claim denies what is denied in what it cites, and is no surer than it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qa.align import closest
from qa.faults import Fault, Kind, shown
from qa.polarity import INTENDED, POSSIBLE, Stance, negators, stances
from qa.types import Verdict

if TYPE_CHECKING:
    from qa.align import Change
    from qa.evidence import Evidence

MOSTLY_SAME = 0.5


def stance_faults(text: str, proof: Evidence) -> list[Fault]:
    """Faults of negation, then of certainty."""
    return [*_negation_faults(text, proof), *_certainty_faults(text, proof)]


def _negation_faults(text: str, proof: Evidence) -> list[Fault]:
    nearest = closest(text, proof.texts)
    for change in nearest.changes:
        denied = _negations(change)
        if denied and nearest.share >= MOSTLY_SAME:
            return [Fault(Kind.NEGATION, Verdict.CONTRADICTED, denied)]
    printed = [stances(sentence) for sentence in proof.texts]
    for stem, stance in stances(text).items():
        meant = [table[stem].negated for table in printed if stem in table]
        if meant and stance.negated not in meant:
            how = "denies" if stance.negated else "does not deny"
            return [Fault(Kind.NEGATION, Verdict.CONTRADICTED, f"The claim {how} what the cited sentence {'says' if stance.negated else 'denies'}.")]
    return []


def _negations(change: Change) -> str | None:
    """What to say of a short change that puts in or takes out one negation."""
    claimed = [word for word in change.claimed if word in _negating(change.claimed)]
    printed = [word for word in change.printed if word in _negating(change.printed)]
    small = len(change.claimed) <= 2 and len(change.printed) <= 2  # noqa: PLR2004
    if not small or len(claimed) == len(printed):
        return None
    if printed:
        return f"The cited sentence says {shown(printed[0].text)}, which the claim leaves out."
    return f"The claim says {shown(claimed[0].text)}, which the cited sentence does not."


def _negating(changed: tuple[object, ...]) -> tuple[object, ...]:
    return tuple(word for word in changed if negators(word.text))  # type: ignore[attr-defined]


def _certainty_faults(text: str, proof: Evidence) -> list[Fault]:
    printed = [stances(sentence) for sentence in proof.texts]
    for stem, stance in stances(text).items():
        meant: list[Stance] = [table[stem] for table in printed if stem in table]
        if meant and not stance.unsure and all(one.unsure for one in meant):
            return [Fault(Kind.MODALITY, Verdict.UNSUPPORTED, "The claim is surer than the cited sentence.")]
    return []
