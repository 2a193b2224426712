"""What can be wrong with a claim, as one record, and how words are shown in a reason."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qa.types import Verdict

LONGEST_SHOWN = 120


class Kind(StrEnum):
    """What a fault is about."""

    QUOTE = "quote"
    NUMBER = "number"
    DAY = "day"
    NAME = "name"
    NEGATION = "negation"
    MODALITY = "modality"
    CUE = "cue"
    SPEAKER = "speaker"
    TARGET = "target"
    OUTLET = "outlet"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing in a claim that what it cites does not bear out, with a sentence for the reader."""

    kind: Kind
    verdict: Verdict
    reason: str


def shown(words: str) -> str:
    """Words in quotation marks, cut where they are long."""
    plain = " ".join(words.split()).strip("“”\"‘’' ,")
    return f"“{plain if len(plain) <= LONGEST_SHOWN else plain[: LONGEST_SHOWN - 1].rstrip() + '…'}”"
