"""Who says what about whom in one sentence, read from its surface: a cue of saying, the name before it, the name after.

Used on both a claim and the sentence that it cites, so that the same reading is compared with itself; where the
archive's own statements are at hand, they take the place of the reading of the cited sentence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from index.types import Kind
from qa.checks.lexicon import AUXILIARIES, BREAKS, CUES, DESCRIBING, NOUN_BEFORE, PASSIVE, PRONOUNS
from qa.checks.names import Name, names
from qa.checks.polarity import negates
from qa.checks.words import Word, stem, words

TARGETED = frozenset({Kind.ACCUSE, Kind.BLAME, Kind.CRITICISE, Kind.PRAISE, Kind.THREATEN, Kind.WARN})
POSSESSIVE_AFTER = re.compile(r"[’']s\b")
LONGEST_SUBJECT = 24
LONGEST_DESCRIPTION = 4
LONGEST_ABBREVIATION = 4
SUBJECT_BREAK = re.compile(r"[”\"“;:!?—–]|\.\s|['’]\s+|,['’]")


@dataclass(frozen=True, slots=True)
class Attribution:
    """One act of saying.

    Attributes:
        speakers: the names that describe the speaker ("Carvenia", "Elira Vasko").
        heads: which of them are the speaker's own rather than a description: next to the cue, and joined to that by
            "and".
        described: the words of a subject that names nobody and points to nobody named before ("police").
        pronoun: whether the speaker is a pronoun or a bare description, to be looked up in what goes before.
        targets: the names after a cue that has a target, up to the clause's end.
        at: the cue's place in the sentence.
    """

    kind: Kind
    cue: str
    speakers: tuple[Name, ...]
    heads: tuple[Name, ...]
    pronoun: bool
    targets: tuple[Name, ...]
    negated: bool
    at: int
    described: str = ""


@cache
def _kinds() -> dict[str, Kind]:
    return {stem(word): kind for kind, cues in CUES.items() for word in cues}


@lru_cache(maxsize=4096)
def attributions(text: str) -> tuple[Attribution, ...]:
    """The acts of saying in `text`, in order; acts without any speaker in sight are left out."""
    tokens = words(text)
    everyone = names(text)
    found = [
        _read(text, tokens, at, kind, everyone)
        for at, token in enumerate(tokens)
        if (kind := _kinds().get(token.stem)) and not token.capital and _is_verb(tokens, at)
    ]
    found += _according(text, everyone)
    return tuple(one for one in found if one and (one.speakers or one.pronoun or one.described))


def _is_verb(tokens: tuple[Word, ...], at: int) -> bool:
    """Not "the claim", "a charge", "in support of"."""
    if tokens[at].lower == "thanks" and at + 1 < len(tokens) and tokens[at + 1].lower == "to":
        return False
    return at > 0 and (
        tokens[at - 1].lower not in NOUN_BEFORE
        or (tokens[at - 1].lower in ("that", "to") and tokens[at].lower.endswith("ed"))
    )


def _read(text: str, tokens: tuple[Word, ...], at: int, kind: Kind, everyone: tuple[Name, ...]) -> Attribution | None:
    cue = tokens[at]
    begin, stop = _subject(text, tokens, at)
    subject = tokens[begin:stop]
    auxiliary = tokens[begin:at][-4:]
    negated = any(negates(word) for word in auxiliary)
    passive = cue.lower.endswith("ed") and any(word.lower in PASSIVE for word in auxiliary[-3:])
    end = _clause_end(text, tokens, at)
    after = _names_between(everyone, cue.end, end)
    stands_for = bool(subject) and subject[-1].lower in PRONOUNS
    before = _names_between(everyone, subject[0].start, subject[-1].end) if subject and not stands_for else ()
    if passive:
        by = re.search(r"\bby\b", text[cue.end : end])
        agents = _names_between(everyone, cue.end + by.end(), end) if by else ()
        return Attribution(kind, cue.stem, agents[:2], (), False, before, negated, cue.start) if agents else None
    if not before and _inverted(text, tokens, at):
        agents = _names_between(everyone, cue.end, _sentence_break(text, cue.end))
        heads = _inverted_heads(text, cue, agents)
        pronoun = not agents and tokens[at + 1].lower in PRONOUNS | DESCRIBING
        return Attribution(kind, cue.stem, agents, heads, pronoun, (), negated, cue.start)
    pronoun = bool(subject) and not before and (stands_for or _bare(subject))
    heads = _joined(text, before) if before and _adjoins(tokens, before[-1], subject) else ()
    targets = _targets(text, kind, cue, after, end) if kind in TARGETED else ()
    described = _described(text, subject) if not before and not pronoun else ""
    return Attribution(kind, cue.stem, before, heads, pronoun, targets, negated, cue.start, described)


def _inverted_heads(text: str, cue: Word, agents: tuple[Name, ...]) -> tuple[Name, ...]:
    """The name right after the cue; of "Niger’s minister Hassoumi Massoudou" the person's."""
    if not agents or text[cue.end : agents[0].span.start].strip(" ."):
        return ()
    owned = POSSESSIVE_AFTER.match(text, agents[0].span.end)
    return agents[1:2] if owned else agents[:1]


def _joined(text: str, before: tuple[Name, ...]) -> tuple[Name, ...]:
    """The last name and those that "and" joins to it."""
    heads = [before[-1]]
    for name in reversed(before[:-1]):
        between = text[name.span.end : heads[0].span.start].strip()
        if between not in ("and", ", and", "&") and not (between == "," and len(heads) > 1):
            break
        heads.insert(0, name)
    return tuple(heads)


def _described(text: str, subject: tuple[Word, ...]) -> str:
    """A short subject that begins the sentence or clause, auxiliaries left out."""
    rest = [word for word in subject if word.lower not in AUXILIARIES]
    if not rest or len(rest) > LONGEST_DESCRIPTION or not rest[-1].content:
        return ""
    return text[rest[0].start : rest[-1].end]


def _adjoins(tokens: tuple[Word, ...], name: Name, subject: tuple[Word, ...]) -> bool:
    """Whether nothing but auxiliaries stands between a name and the cue, so that it is the subject itself."""
    rest = [word for word in subject if word.start >= name.span.end]
    return all(word.lower in AUXILIARIES for word in rest) and subject[-1].text != "" and not _possessed(tokens, name)


def _possessed(tokens: tuple[Word, ...], name: Name) -> bool:
    return any(
        word.end - word.start > len(word.text) for word in tokens if name.span.start <= word.start < name.span.end
    )


def _subject(text: str, tokens: tuple[Word, ...], at: int) -> tuple[int, int]:
    """The words before a cue that can name its subject, `tokens[begin:stop]`.

    It begins after a quotation, a conjunction, or at the sentence's start; commas around an apposition ("its
    negotiator, Elira Vasko, blamed") do not begin it; a relative clause that a comma closes is left out.
    """
    stop = at
    relative = _relative_clause(text, tokens, at)
    begin = stop = relative if relative is not None else at
    while begin > 0 and stop - begin <= LONGEST_SUBJECT:
        word = tokens[begin - 1]
        gap = text[word.end : tokens[begin].start]
        if _breaks(word, gap):
            break
        if word.lower in BREAKS or (word.lower == "and" and begin < at and tokens[begin].lower in PRONOUNS):
            break
        begin -= 1
    return begin, stop


def _breaks(word: Word, gap: str) -> bool:
    """Whether a subject cannot reach across the gap after a word; "Mr. Brandt" and "workers’ union" are no gaps."""
    if gap == ". " and len(word.text) <= LONGEST_ABBREVIATION:
        return False
    if gap in ("’ ", "' ") and word.lower.endswith("s"):
        return False
    return bool(SUBJECT_BREAK.search(gap))


def _relative_clause(text: str, tokens: tuple[Word, ...], at: int) -> int | None:
    """The place of ", who …," right before a cue."""
    if at == 0 or "," not in text[tokens[at - 1].end : tokens[at].start]:
        return None
    for place in range(at - 1, max(0, at - 30), -1):
        gap = text[tokens[place - 1].end : tokens[place].start]
        if tokens[place].lower in ("who", "which", "whose", "whom", "where") and "," in gap:
            return place
        if _breaks(tokens[place - 1], gap):
            return None
    return None


def _clause_end(text: str, tokens: tuple[Word, ...], at: int) -> int:
    for word, following in zip(tokens[at:], tokens[at + 1 :], strict=False):
        gap = text[word.end : following.start]
        if re.search(r"[”\"“;:.!?—–,]", gap) or following.lower in BREAKS:
            return word.end
    return len(text)


def _sentence_break(text: str, start: int) -> int:
    found = re.search(r"[“\"”;.!?](?:\s|$)|[“”\"]|, (?:who|which|adding|and)\b", text[start:])
    return start + found.start() if found else len(text)


def _names_between(everyone: tuple[Name, ...], start: int, end: int) -> tuple[Name, ...]:
    return tuple(name for name in everyone if start <= name.span.start and name.span.end <= end)


def _bare(subject: tuple[Word, ...]) -> bool:
    """A description without a name right before the cue: "the minister said"."""
    return any(word.lower in ("the", "his", "her", "its", "their") for word in subject)


def _inverted(text: str, tokens: tuple[Word, ...], at: int) -> bool:
    """“…,” said Owen Marsh."""
    before = text[: tokens[at].start].rstrip()
    return before.endswith(("”", '"', ",", "’", "'")) and at + 1 < len(tokens)


def _targets(text: str, kind: Kind, cue: Word, after: tuple[Name, ...], end: int) -> tuple[Name, ...]:
    """Of "blamed X for Y" the names up to "for"; of "blamed Y on X" those after "on"."""
    tail = text[cue.end : end]
    on = re.search(r"\bon\b", tail) if kind is Kind.BLAME else None
    if on:
        behind = tuple(name for name in after if name.span.start >= cue.end + on.end())
        if behind:
            return behind
    stop = re.search(r"\b(?:for|of|over|with|about|if|to)\b", tail)
    limit = cue.end + stop.start() if stop else end
    return tuple(name for name in after if name.span.start < limit)


def _according(text: str, everyone: tuple[Name, ...]) -> list[Attribution]:
    found = []
    for match in re.finditer(r"\baccording to\b", text, re.IGNORECASE):
        stop = re.search(r"[,;:.]\s|$", text[match.end() :])
        end = match.end() + (stop.start() if stop else 0)
        speakers = _names_between(everyone, match.end(), end)
        heads = speakers[:1] if speakers and not text[match.end() : speakers[0].span.start].strip() else ()
        found.append(Attribution(Kind.SAY, "accord", speakers, heads, not speakers, (), False, match.start()))
    return found
