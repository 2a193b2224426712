"""A follow-up made to stand alone, by rules: from the question before it and the names of its answer.

What a follow-up leaves out is put back where that is certain: a name or thing in the place of another ("and Varga?"),
an asking word before the old question ("why?"), a noun for a pronoun that exactly one fits. Where it is not, the
question keeps its words and the one before it follows in parentheses.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qa.acts import asked_act
from qa.asked import content_words, names
from qa.questions.grammar import clause, phrases
from qa.questions.pronouns import POINTING, resolve

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qa.questions.grammar import Clause, Phrase

_LEAD = re.compile(
    r"^\W*(?:(?:and|but|so|also|or|then|ok(?:ay)?|well|right|please|thanks|thank you)\b[,\s]*)+", re.IGNORECASE
)
_ABOUT = re.compile(r"^(?:what|how) about\s+", re.IGNORECASE)
_MEANT = re.compile(
    r"^\W*(?:(?:no|sorry|oops|wait|actually|rather)\b[,.\s]*)*"
    r"(?:(?:i|we) (?:meant?|was (?:asking|talking) about)\b[,:\s]*)",
    re.IGNORECASE,
)
_NO = re.compile(r"^\W*(?:(?:no|sorry|oops|wait|actually|rather)\b[,.\s]+)+(?=\S)", re.IGNORECASE)
_RATHER = re.compile(r"^\W*not (?P<old>[^,]+?),\s*(?:but )?(?P<new>.+)$", re.IGNORECASE)
_RATHER_THAN = re.compile(r"^(?P<new>[^,]+?),? (?:not|rather than|instead of) (?P<old>.+)$", re.IGNORECASE)
_BARE = re.compile(r"^(?P<word>why|when|where|how|since when|how long|how often)\W*$", re.IGNORECASE)
_ALONE = re.compile(
    r"^(?:why not|(?:(?:by|for|to|with|since|until) )?(?:who|whom|what|when|where|how (?:long|many|much)))\W*$",
    re.IGNORECASE,
)
_NEW = re.compile(
    r"^\W*(?:(?:(?:now )?(?:another|a new|a different|new|next) (?:question|topic|subject)|something else)"
    r"|chang(?:e|ing) (?:of |the )?(?:subject|topic))\b[\s:,.!–-]*",
    re.IGNORECASE,
)
_ELSE = re.compile(r"^(?P<word>who|whom|what|where) else\W*$|^any(?P<any>one|body|thing) else\W*$", re.IGNORECASE)
_OPEN = re.compile(r"^(?P<asks>who|whom|what|where)\b", re.IGNORECASE)
_CLOSED = re.compile(
    r"^(?:(?:when|where|how|why)\s+)?(?P<rest>(?:did|does|do|is|are|was|were|has|have|had|will|would|can|could|should)\b.+)$",
    re.IGNORECASE,
)
_LEADING_WORD = re.compile(
    r"^(?P<word>about|for|in|at|on|of|from|to|against|by|with|during|near|over|into|after|before)\s+(?P<what>.+)$",
    re.IGNORECASE,
)
_OTHER = re.compile(r"\b(?:the )?(?:other|others|same|latter|former)\b|\belse\b", re.IGNORECASE)
_BESIDE = re.compile(r"\((?P<before>[^()]*\?)\)\s*$")

GENERAL = frozenset(
    """people person anyone anybody someone somebody everyone nobody one ones man men woman women child children victim
    victims injury injuries death deaths damage reason reasons reaction response result consequence cause detail details
    time day date place thing things part next name number responsibility blame charge charges credit comment comments
    statement inquiry investigation arrest arrests suspect suspects survivors""".split()
)
"""Nouns that name no topic of their own."""
ASPECTS = frozenset(
    """cost costs price reason reasons cause causes number toll result results outcome damage reaction response
    consequences victims motive name names details date evidence proof budget injured dead wounded background""".split()
)
"""Nouns that ask for another side of the same thing, and take no one's place."""
SPEAKERS = re.compile(
    r"(?:er|or|ist|man|woman|men|ant|ent|ry|people|side|union|police|council|court|company|party|firm|king|queen|chief|board"
    r"|opposition|press|embassy|parliament|bank|team|staff)$"
)
"""How nouns end that can say something."""
SAYING = frozenset("say tell claim respond reply react state comment".split())


@dataclass(frozen=True, slots=True)
class Standing:
    """A question that stands alone, and whether it leaned on the one before."""

    text: str
    leans: bool


def stand(question: str, before: str, said: Sequence[str] = ()) -> Standing:
    """Makes a question stand alone.

    Args:
        question: without the words of its filters.
        before: the question before it, as it was asked of the archive.
        said: what that was answered, sentence by sentence.
    """
    if (new := _NEW.match(question)) and question[new.end() :].strip():
        return Standing(question[new.end() :], leans=False)
    if beside := _BESIDE.search(before):
        before = beside["before"]
    own = _NO.sub("", question) if _RATHER.match(_NO.sub("", question)) else question
    if (rather := _RATHER.match(own)) and (corrected := _instead(before, rather["old"], rather["new"])):
        return Standing(corrected, leans=True)
    meant = _MEANT.match(question)
    text = question[meant.end() :] if meant else _NO.sub("", question)
    if meant and (than := _RATHER_THAN.match(text)) and (corrected := _instead(before, than["old"], than["new"])):
        return Standing(corrected, leans=True)
    bare = _LEAD.sub("", text)
    named = _ABOUT.sub("", bare)
    if not re.search(r"\w", named):
        return Standing(_beside(question, before), leans=True)
    return (
        _bare(bare, before)
        or _phrase(named, before)
        or (_whole(question, named, before, said) if not meant else _whole(named, named, before, said))
    )


def within(question: str, before: str) -> str:
    """A question that stands after another in one turn, with its pronouns told."""
    if beside := _BESIDE.search(before):
        before = beside["before"]
    if bare := _bare(_LEAD.sub("", question), before):
        return bare.text
    text, unclear = resolve(question, before, ())
    return _beside(text, before) if unclear or not (names(text) or _topics(clause(text))) else text


def _instead(before: str, old: str, new: str) -> str | None:
    pattern = re.compile(rf"(?<!\w){re.escape(old.strip(' ?.!'))}(?!\w)", re.IGNORECASE)
    return pattern.sub(lambda _: new.strip(" ?.!"), before, count=1) if pattern.search(before) else None


def _bare(text: str, before: str) -> Standing | None:
    """An asking word alone: before the old question where that leaves its place, else beside it."""
    if more := _ELSE.match(text):
        word = (more["word"] or ("what" if more["any"] == "thing" else "who")).lower()
        asks = _OPEN.match(before)
        if asks and asks["asks"].lower().rstrip("m") == word.rstrip("m"):
            return Standing(f"{asks['asks']} else{before[asks.end() :]}", leans=True)
    if (asks := _BARE.match(text)) and (closed := _CLOSED.match(before)):
        rest = closed["rest"]
        return Standing(f"{asks['word']} {rest[0].lower()}{rest[1:]}", leans=True)
    return Standing(_beside(text, before), leans=True) if asks or more or _ALONE.match(text) else None


def _phrase(text: str, before: str) -> Standing | None:
    """A phrase without a verb: in the place of its like in the old question."""
    if not text or (clause(text).has_verb and not text.rstrip("?! .").istitle()) or _OTHER.search(text):
        return None
    leading = _LEADING_WORD.match(text)
    what = (leading["what"] if leading else text).strip(" ?.!,")
    found = phrases(what)
    if not what or len(found) > 2 or POINTING.search(what):  # noqa: PLR2004  "X and Y" at the most
        return None
    if not leading and found and found[0].alone and found[0].head in GENERAL | ASPECTS:
        return Standing(_beside(text, before), leans=True)
    old = clause(before)
    known = [phrase for phrase in old.phrases if not phrase.asking]
    named = bool(names("x " + what))
    if leading:
        alike = [phrase for phrase in known if phrase.preposition == leading["word"].lower()]
        place = max(alike, key=lambda phrase: (phrase.named == named, phrase.start), default=None)
        if place is None:
            ending = re.search(r"[\s?.!]*$", before)
            assert ending is not None, "an ending matches, be it empty"
            return Standing(f"{before[: ending.start()]} {leading['word'].lower()} {what}{ending[0]}", leans=True)
    else:
        place = _slot(known, before, named=named, speaks=bool(SPEAKERS.search(what.lower())))
    return Standing(before[: place.start] + what + before[place.end :], leans=True) if place else None


def _slot(known: Sequence[Phrase], before: str, *, named: bool, speaks: bool) -> Phrase | None:
    """Whose place a new name or thing takes: the speaker's in a question about saying, else its like's."""
    subject = next((phrase for phrase in known if phrase.subject), None)
    if not named and speaks and asked_act(before):
        return subject
    alike = [p for p in known if p.named == named and (p.subject or not before[p.end :].startswith(" of "))]
    return max(alike, key=lambda phrase: (phrase.subject, phrase.start), default=subject)


def _whole(question: str, bare: str, before: str, said: Sequence[str]) -> Standing:
    """A question with a verb: its pronouns told, what it lacks taken over, or the old question beside it."""
    if _OTHER.search(bare):
        return Standing(_beside(question, before), leans=True)
    text, unclear = resolve(bare, before, said)
    if unclear:
        return Standing(_beside(text if text != bare else question, before), leans=True)
    told, new = text != bare, clause(text)
    named = names(text)
    own = set(content_words(text)) - {word for name in named for word in content_words(name)}
    own.discard(new.tree.words[new.root].lower())
    empty = not own and not new.tail
    if not new.has_verb or (named and empty and new.verb in SAYING):
        return Standing(_taken_over(new, clause(before)) or _beside(text if told else question, before), leans=True)
    if named or told:
        return Standing(text, leans=told)
    topics = _topics(new)
    if not topics or any(p.definite and p.alone for p in topics):
        return Standing(_taken_over(new, clause(before)) or _beside(question, before), leans=True)
    return Standing(text, leans=False)


def _topics(new: Clause) -> list[Phrase]:
    """The phrases that tell what a question is about."""
    return [p for p in new.phrases if not p.asking and p.head not in GENERAL]


def _taken_over(new: Clause, old: Clause) -> str | None:
    """The new question with what follows the same verb in the old one ("what did Varga say" + "about the dam")."""
    if new.tail or not old.tail or new.verb != old.verb or new.verb not in SAYING:
        return None
    return f"{new.text.rstrip(' ?.!')}{old.tail}?"


def _beside(question: str, before: str) -> str:
    return f"{question.rstrip()} ({before})"
