"""Several questions in one, told apart."""

from __future__ import annotations

import re

_ASKING = r"(?:who|whom|whose|what|when|where|why|which|how)"
_AUX = r"(?:did|does|do|is|are|was|were|has|have|had|will|would|can|could|should|may|might)"
_SUBJECT = (
    r"(?:the|a|an|this|that|these|those|he|she|it|they|we|you|there|any(?:one|body|thing)?|his|her|its|their|[A-Z]\w*)"
)

_ENDS = re.compile(r"(?<=\?)[\"'”’)]*\s+(?=\S)")
_JOINT = re.compile(r"(?:,|;)?\s+(?:and|but|and also|as well as)\s+|;\s+", re.IGNORECASE)
_BEGINS = re.compile(
    rf"(?:(?:(?i:for|by|to|with|from|of|in|at|on|since) )?(?i:{_ASKING})\b(?! (?:and|or)\b)"
    rf"(?:\s+(?!(?i:{_AUX})\b)[\w’'-]+){{0,3}}?\s+(?i:{_AUX})\b\s+\S+"
    rf"|(?i:who|what|which \w+)\s+[a-z]+(?:ed|s|de|ld|nt|id|ew|ok|on|ot|ght)\b\s*\S*"
    rf"|(?i:{_AUX})\s+(?:(?i:the|a|an|this|that|these|those|he|she|it|they|we|you|there|any\w*|his|her|its|their)\b|[A-Z]))"
)
_CLAUSE = re.compile(rf"\b(?i:{_AUX})\b|\b(?i:who|what)\s+[a-z]+")
_HELD = re.compile(
    rf"\b(?:know\w*|said|say|says|tell|told|explain\w*|ask\w*|reveal\w*|report\w*|decid\w*|about|of|on|whether|if)\s+(?:{_ASKING})\b",
    re.IGNORECASE,
)
_MANY = re.compile(
    r"\bhow (?:much|many) (?P<thing>[a-z][\w’'-]*(?: [a-z][\w’'-]*)?) (?="
    r"(?:does|do|did|has|have|had|is|are|was|were)\b)",
    re.IGNORECASE,
)
_BARE_MANY = re.compile(
    r"^(?P<how>how (?:much|many)) (?=(?:does|do|did|has|have|had|is|are|was|were)\b)", re.IGNORECASE
)


def parts(text: str) -> tuple[str, ...]:
    """The questions in `text`, in order; one where it holds but one.

    A question is told apart where it has an asking word and a verb of its own: not in "when and where did it sink?",
    nor in "do we know who paid and who is responsible?", where the second hangs on the same verb as the first.
    """
    found: list[str] = []
    for sentence in _ENDS.split(text.strip()):
        if found and not sentence.rstrip().endswith("?") and not _BEGINS.match(sentence):
            found[-1] = f"{found[-1]} {sentence}"
        else:
            found += _clauses(sentence)
    return tuple(found)


def _clauses(sentence: str) -> list[str]:
    if _HELD.search(sentence) or "?" not in sentence[-3:]:
        return [sentence]
    cuts = [
        (joint.start(), joint.end())
        for joint in _JOINT.finditer(sentence)
        if _BEGINS.match(sentence, joint.end()) and _CLAUSE.search(sentence[: joint.start()])
    ]
    pieces, at = [], 0
    for start, end in cuts:
        pieces.append(sentence[at:start].rstrip(" ,;") + "?")
        at = end
    pieces.append(sentence[at:])
    return [_counted(piece, pieces[n - 1] if n else "") for n, piece in enumerate(pieces)]


def _counted(piece: str, before: str) -> str:
    """Names what is counted where only the question before does ("and how much has Lodria offered?")."""
    thing = _MANY.search(before)
    return _BARE_MANY.sub(rf"\g<how> {thing['thing']} ", piece) if thing else piece
