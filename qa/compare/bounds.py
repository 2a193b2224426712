"""Whether two different numbers for one thing can both be true: one is rounded, or a bound that the other keeps."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qa.checks.quantities import ROUNDED

if TYPE_CHECKING:
    from qa.checks.quantities import Quantity

ABOVE = re.compile(r"\b(?:more than|over|at least|no fewer than|upwards? of|exceed\w*)\W*$", re.IGNORECASE)
BELOW = re.compile(r"\b(?:fewer than|less than|under|up to|at most|as many as|nearly|almost)\W*$", re.IGNORECASE)


def compatible(one: Quantity, text: str, other: Quantity, other_text: str) -> bool:
    """Whether both can be true.

    Args:
        text: the sentence in which `one` stands, `other_text` that of `other`.
    """
    if one.equals(other) or _rounds(one.value, other.value) or _rounds(other.value, one.value):
        return True
    return _bounds(one, text, other) or _bounds(other, other_text, one)


def _bounds(one: Quantity, text: str, other: Quantity) -> bool:
    before = text[: one.span.start].rstrip("$€£ ")
    return bool(
        (ABOVE.search(before) and other.value >= one.value) or (BELOW.search(before) and other.value <= one.value)
    )


def _rounds(fine: float, rough: float) -> bool:
    """Whether a number is another rounded or cut off: 2.55 and 2.5, 1,012 and 1,000."""
    digits, more = _significant(rough), _significant(fine)
    if digits >= more or abs(fine - rough) > ROUNDED * abs(fine):
        return False
    step = 10.0 ** (len(str(int(abs(fine)))) - digits) if abs(fine) >= 1 else 10.0**-digits
    return abs(fine - rough) < step


def _significant(value: float) -> int:
    """How many digits a number has from the first to the last that is not nought."""
    return len(f"{abs(value):.12g}".replace(".", "").strip("0"))
