"""A follow-up becomes a question that stands alone, so that a search finds what it is about."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qa.asked import content_words, names

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qa.types import Turn

_LEANING = re.compile(
    r"^(?:and|but|so|then|also|what about|how about|why|when|where|who|how so|which ones?)\W*$"
    r"|^(?:and|but|so|also|what about|how about)\b"
    r"|\b(?:he|she|it|they|him|her|them|his|hers|its|their|theirs|this|that|these|those|there|else)\b"
    r"|\bthe (?:other|same) \w+",
    re.IGNORECASE,
)


def stand_alone(question: str, history: Sequence[Turn]) -> str:
    """The question as it is asked of the archive: with the one before it, where it leans on that.

    A question leans where it begins as a continuation, points with a pronoun, or has too few words of its own; one
    that names somebody new stands by itself.
    """
    if not history or not _leans(question, history[-1].answer.asked):
        return question
    return f"{question.rstrip()} ({history[-1].answer.asked})"


FEW_WORDS = 3


def _leans(question: str, before: str) -> bool:
    own = set(content_words(question)) - set(content_words(before))
    return bool(_LEANING.search(question)) and (len(own) < FEW_WORDS or not names(question))
