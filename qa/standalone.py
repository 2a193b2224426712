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


def alone(
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
    before = None if name or sentence.ordinal - 1 in shown else _pointed_to(sentence, sentences, article.text)
    quoted = Span(before.start if before else sentence.start, sentence.end)
    text = " ".join(quoted.of(article.text).split())
    return Claim(
        text=f"[{name}] {text}" if name else text,
        citations=(citations.cite_span(article, quoted.start, quoted.end),),
        verdict=Verdict.SUPPORTED,
    )


def _pointed_to(sentence: Sentence, sentences: Sequence[Sentence], text: str) -> Sentence | None:
    """The sentence right before one that points back, where it can stand in print and is no hidden order."""
    if not POINTS_BACK.match(sentence.text):
        return None
    before = next((s for s in sentences if s.ordinal == sentence.ordinal - 1 and not s.is_title), None)
    if before is None or text[before.end : sentence.start].strip():
        return None
    return before if printable(before.text) and not instructs(before.text) else None
