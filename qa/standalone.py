"""A sentence as it is quoted alone, with whom or what it only points to.

"It says that he was killed by rogue agents" is exact and misleads where the sentence before it is not there to tell who
says so. Who speaks stands before it in brackets where that is plain; else the sentence before is quoted with it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from index.types import Span
from qa.instructions import instructs
from qa.printable import printable
from qa.said import speaker
from qa.types import Claim, Verdict

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from index.types import Sentence, Statement
    from qa.cite import Citations, Numbered

POINTS_BACK = re.compile(r"[“\"]?(?:he|she|it|they|his|her|their|its|this|that|these|those|such)\b", re.IGNORECASE)
"""How a sentence begins that is about what stands before it."""
MOST_BEFORE = 2
"""Sentences that are quoted before one that points back, at the most."""


def quote_alone(
    item: Numbered,
    sentences: Sequence[Sentence],
    citations: Citations,
    statements: Sequence[Statement] = (),
    shown: Collection[int] = (),
) -> Claim:
    """A sentence as a claim that is understood alone.

    Args:
        item: the sentence.
        sentences: those of its article.
        citations: collects what is cited.
        statements: those in the sentence.
        shown: ordinals of what is quoted of the article anyhow.
    """
    sentence, article = item.sentence, item.article
    name = speaker(item, statements)
    unclear = not name and POINTS_BACK.match(sentence.text)
    first = _pointed_to(sentence, sentences, article.text, shown) if unclear else sentence
    quoted = Span(first.start, sentence.end)
    text = " ".join(quoted.of(article.text).split())
    return Claim(
        text=f"[{name}] {text}" if name else text,
        citations=(citations.cite_span(article, quoted.start, quoted.end),),
        verdict=Verdict.SUPPORTED,
    )


def _pointed_to(sentence: Sentence, sentences: Sequence[Sentence], text: str, shown: Collection[int]) -> Sentence:
    """The sentence that one points back to: the nearest before it that does not point back itself.

    The sentence itself where that lies too far back, or where what lies between is no running text or a hidden order;
    and none that is quoted anyhow.
    """
    told = {s.ordinal: s for s in sentences if not s.is_title}
    first = sentence
    for ordinal in range(sentence.ordinal - 1, sentence.ordinal - 1 - MOST_BEFORE, -1):
        before = told.get(ordinal)
        if ordinal in shown:
            return first
        if before is None or text[before.end : first.start].strip() or not _running(before.text):
            break
        if printable(before.text) and not POINTS_BACK.match(before.text):
            return before
        first = before
    return sentence


def _running(text: str) -> bool:
    """Whether a sentence is told like any other: fit to print, or words that somebody spoke; no hidden order."""
    return (printable(text) or text.startswith(('"', "“"))) and not instructs(text)
