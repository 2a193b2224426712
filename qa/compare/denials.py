"""What one voice reports and somebody denies in another voice's report.

A denial is a statement of denying something as untrue, not of turning down a request. What it denies is its content,
or where that only points back ("rejected that account") the sentence before it. It answers what another voice reports
when both say the same thing, or when it is denied by the one who is accused there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.types import Kind
from qa.checks.lexicon import JOINTS, PRONOUNS
from qa.checks.polarity import stances
from qa.checks.words import words
from qa.compare.drift import same_speaker
from qa.compare.events import same_event
from qa.compare.senses import senses
from qa.printable import JAMMED, printable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.types import Statement
    from qa.compare.accounts import Told

DENYING = frozenset({Kind.DENY, Kind.REJECT, Kind.DISAGREE})
ACCUSING = frozenset({Kind.ACCUSE, Kind.BLAME})
TRUTH = re.compile(
    r"\b(?:account|accusation|allegation|assertion|charge|claim|characteri[sz]ation|contention|idea|notion|report"
    r"|rumou?r|suggestion|story|version|wrongdoing|involvement|criticism)s?\b",
    re.IGNORECASE,
)
"""What may be denied as untrue; requests, offers and people are turned down."""
FACT = re.compile(r"\s*(?:that|having|being|ever|\w+ing|any|it|all|there)\b", re.IGNORECASE)
CUE = re.compile(r"\b(?:den(?:y|ies|ied|ying)|reject|refut|disput|dismiss|disagree|rebuff)", re.IGNORECASE)
DENIES = re.compile(r"\bden(?:y|ies|ied|ying|ials?)\b", re.IGNORECASE)
"""What tells of a denial does not report what is denied."""
POINTING = re.compile(
    r"\W*(?:with\s+)?(?:it|this|that|so|(?:that|this|the|those|these|such|all|his|her|its|their)\s+(?:\w+\s+){0,2}?\w+)\W*",
    re.IGNORECASE,
)
LAST_POINTS = re.compile(r"\b(?:it|this|them)\W*$", re.IGNORECASE)
CORE = 6
"""The first content words of what is denied; what follows says when, where and in spite of what."""
COVERED, WORDS = 0.6, 3
"""The share of the core, and the words of it, that a report must hold to tell what is denied."""
PLAIN_WORDS = 2
"""The words of it that are no names, as two articles on one matter share its names anyhow; the same share of these."""
SAYING = "=say said tell told"
"""The sense of what everybody in the news does; that somebody was told something is not what another says of it."""
SUPPOSED = re.compile(r"\b(?:if|whether)\b", re.IGNORECASE)
"""What is only supposed is not reported."""
ALIKE = 0.3
"""The cosine from which a report can be of what is denied."""
REPEATED = 0.7
"""The share of either sentence from which a report repeats what the denial points back to."""
DESCRIBED = 5
"""How many words before and after a name tell whom it stands for."""
POSTS = frozenset(
    "chief head director executive president chairman chairwoman chair secretary minister spokesman spokeswoman"
    " spokesperson manager owner founder leader commissioner superintendent mayor governor lawyer attorney".split()
)
"""Who holds one of these speaks for the body that is named with it."""
REACH = 80
STANDS_FOR = 3
"""Words at the most that stand for somebody who was named before: "he", "the foreign minister"."""


@dataclass(frozen=True, slots=True, eq=False)
class Denial:
    """A denial.

    Attributes:
        denied: the words that are denied.
        pointed: whether it points back to the sentence before it.
    """

    told: Told
    statement: Statement
    denied: str
    pointed: bool

    @property
    def by(self) -> str:
        """Who denies, by name, or as it is printed where the name was not read."""
        return self.statement.speaker or ""


@dataclass(frozen=True, slots=True, eq=False)
class Denied:
    """What one voice reports and another's speaker denies; `claimant` says it there, where it is not told as a fact."""

    reported: Told
    denial: Denial
    claimant: str | None


def denials(told: Sequence[Told]) -> tuple[Denial, ...]:
    """The denials in these sentences, of somebody who is named there or right before."""
    return tuple(
        Denial(one, statement, *_denied(one, statement))
        for one in told
        for statement in one.said
        if statement.kind in DENYING and not statement.negated and _of_truth(one, statement) and _near(one, statement)
    )


def answered(told: Sequence[Told]) -> tuple[Denied, ...]:
    """What is reported by one voice and denied in another's report; the best report of each voice for each denial."""
    texts = list(dict.fromkeys(one.article.text for one in told))
    found = []
    for denial in denials(told):
        described = [window for text in texts for window in _described(text, denial.by)]
        best: dict[str, tuple[float, Denied]] = {}
        for one in told:
            if one.voice == denial.told.voice or not same_event(one.article, denial.told.article):
                continue
            strength = _answers(one, denial, described)
            if strength > best.get(one.voice, (0.0, None))[0]:
                best[one.voice] = (strength, Denied(one, denial, claimant(one, denial.by)))
        found += [denied for _, denied in best.values()]
    return tuple(found)


def claimant(told: Told, denier: str) -> str | None:
    """Who says what the sentence tells, where it is a person or body with a name and not the denier."""
    speakers = (statement.speaker for statement in told.said)
    return next((name for name in speakers if _is_name(name) and not same_speaker(name, denier)), None)


def _is_name(speaker: str | None) -> bool:
    """Whether a speaker is known by a name, and not by words that were cut out of a sentence."""
    told = [word for word in words(speaker or "") if word.lower not in JOINTS]
    return bool(told) and all(word.capital for word in told) and not JAMMED.search(speaker or "")


def _near(told: Told, statement: Statement) -> bool:
    """Whether the one who speaks is named there, or right before a few words that stand for him."""
    speaker = statement.speaker
    if speaker is None or not any(word.capital for word in words(speaker)) or JAMMED.search(speaker):
        return False
    last = speaker.split()[-1]
    before = told.before is not None and last in told.before.text
    if not statement.source:
        return last in told.text or (before and any(word.lower in PRONOUNS for word in words(told.text)))
    source = " ".join(span.of(told.article.text) for span in statement.source)
    return last in source or (before and len(words(source)) <= STANDS_FOR)


def _of_truth(told: Told, statement: Statement) -> bool:
    """Whether it denies that something is so, and does not turn down a request or a person."""
    cue = " ".join(span.of(told.article.text) for span in statement.cue)
    content = _content(told, statement)
    fact = bool(re.search(r"\bden", cue, re.IGNORECASE)) and bool(FACT.match(content))
    return bool(CUE.search(cue)) and (fact or bool(TRUTH.search(content)))


def _content(told: Told, statement: Statement) -> str:
    return " ".join(span.of(told.article.text) for span in statement.content)


def _denied(told: Told, statement: Statement) -> tuple[str, bool]:
    """What is denied; where that points back, the sentence before, if somebody else says it there."""
    content = _content(told, statement)
    if told.before and POINTING.fullmatch(content):
        return told.before.text, True
    if told.before and LAST_POINTS.search(content):
        return told.before.text, True
    return content, False


def _answers(report: Told, denial: Denial, described: Sequence[frozenset[str]]) -> float:
    """How surely a report tells what is denied; 0 where it does not."""
    own = any(same_speaker(s.speaker, denial.by) or s.kind in DENYING for s in report.said)
    core, plain = _core(denial)
    covered = {word for word in core if _means(word) & report.senses}
    if own or DENIES.search(report.text) or not covered or _turned(covered, report):
        return 0.0
    if SUPPOSED.search(report.text) or not printable(report.text):
        return 0.0
    share, alike = len(covered) / len(core), report.alike(denial.told)
    if _accuses(report, denial, described) and (alike >= ALIKE or len(covered) > 1) and covered & plain:
        return 2.0 + share
    if denial.pointed:
        repeated = max(share, len(covered) / max(1, len(report.stems)))
        return 1.0 + repeated if repeated >= REPEATED and len(covered) >= WORDS else 0.0
    same = len(covered & plain)
    if same < max(PLAIN_WORDS, COVERED * len(plain)):
        return 0.0
    enough = share >= COVERED and len(covered) >= WORDS
    whole = share == 1 and len(covered) > 1 and alike >= ALIKE and claimant(report, denial.by) is not None
    return 1.0 + share if enough or whole else 0.0


def _means(word: str) -> frozenset[str]:
    return senses(word) - {SAYING}


def _core(denial: Denial) -> tuple[tuple[str, ...], frozenset[str]]:
    """Stems of the first content words of what is denied, the words for a claim left out; which are no names."""
    told = [word for word in words(TRUTH.sub(" ", denial.denied)) if word.content and word.lower not in PRONOUNS]
    core = tuple(dict.fromkeys(word.stem for word in told))[: None if denial.pointed else CORE]
    return core, frozenset(word.stem for word in told if word.stem in core and not word.capital)


def _turned(shared: set[str], report: Told) -> bool:
    """Whether the report itself denies what it has in common with what is denied."""
    ways = stances(report.text)
    return any(word in ways and all(way.negated for way in ways[word]) for word in shared)


def _accuses(report: Told, denial: Denial, described: Sequence[frozenset[str]]) -> bool:
    """Whether the report tells an accusation of the one who denies, or of the body for which he speaks.

    Args:
        described: as `_described` gives it for the one who denies.
    """
    for statement in report.said:
        if statement.kind in ACCUSING and statement.target and not statement.negated:
            if same_speaker(statement.target, denial.by):
                return True
            target = [word.stem for word in words(statement.target) if word.content]
            if target and any(window.issuperset(target) for window in described):
                return True
    return False


def _described(text: str, name: str) -> list[frozenset[str]]:
    """Stems of the words around a full name, each time that a post is among them: "Dana Whitlock, the company's chief".

    Nobody is described so where the name is a single word.
    """
    found: list[frozenset[str]] = []
    for match in re.finditer(rf"\b{re.escape(name)}\b", text) if " " in name else ():
        before = words(text[max(0, match.start() - REACH) : match.start()])[-DESCRIBED:]
        after = words(text[match.end() : match.end() + REACH])[:DESCRIBED]
        if any(word.lower in POSTS for word in (*before, *after)):
            found.append(frozenset(word.stem for word in (*before, *after) if word.content))
    return found
