"""Whether a claim names the speaker, the act of saying and the target that what it cites names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from index.types import Kind as Act
from qa.checks.align import closest
from qa.checks.attribution import Attribution, attributions
from qa.checks.faults import Fault, Kind, shown
from qa.checks.lexicon import LINKING, NOUN_BEFORE, PROVING
from qa.checks.names import Name, kindred, known_words, names, unknown
from qa.checks.outlet import same_outlet
from qa.checks.polarity import negators
from qa.checks.words import stem, words
from qa.types import Verdict

if TYPE_CHECKING:
    from index.types import Statement
    from qa.checks.evidence import Evidence

UNSURE = frozenset({Act.CLAIM, Act.BELIEVE, Act.ACCUSE})
MOSTLY_THERE = 0.7
QUOTED = re.compile(r"[“”\"]")
DENIALS = frozenset({Act.DENY, Act.REJECT, Act.DISAGREE})
SPEECH = frozenset(
    {
        Act.SAY,
        Act.CLAIM,
        Act.ANNOUNCE,
        Act.WARN,
        Act.CONFIRM,
        Act.BELIEVE,
        Act.ASK,
        Act.AGREE,
        Act.DOUBT,
        Act.PROMISE,
        Act.DEMAND,
        Act.THREATEN,
    }
)


def saying_faults(text: str, proof: Evidence) -> list[Fault]:
    """Faults of speaker, target and cue."""
    printed = _printed(proof)
    found = [*_upgrade_faults(text, printed, proof), *_bare_fault(text, printed, proof)]
    for claimed in attributions(text):
        like = [(one, before) for one, before in printed if _comparable(claimed, one)]
        found += _denial_fault(claimed, text, printed, proof)
        if claimed.speakers and not _is_cited_outlet(claimed.speakers, proof):
            found += _speaker_fault(claimed, like, proof) if like else _unsaid_fault(claimed, proof)
        found += _target_fault(claimed, like)
    return found


def _bare_fault(text: str, printed: list[tuple[Attribution, str]], proof: Evidence) -> list[Fault]:
    """A fault if a claim tells as a fact what somebody only claims, or denies, in the cited sentence."""
    nearest = closest(text, proof.texts)
    if attributions(text) or nearest.share < MOSTLY_THERE or QUOTED.search(text):
        return []
    for act, _ in printed:
        inside = act.at < nearest.begins
        if inside and act.kind in DENIALS and not act.negated and not negators(text):
            return [
                Fault(Kind.CUE, Verdict.CONTRADICTED, "The claim tells as a fact what is denied in the cited sentence.")
            ]
        if inside and act.kind in UNSURE and not act.negated:
            return [
                Fault(Kind.CUE, Verdict.PARTLY, "The claim tells as a fact what is only claimed in the cited sentence.")
            ]
    return []


def _printed(proof: Evidence) -> list[tuple[Attribution, str]]:
    """The acts of saying in the cited sentences, with what goes before each sentence."""
    if proof.statements:
        return [(_from_statement(statement), "") for statement in proof.statements if statement.speaker]
    return [
        (one, before)
        for sentence, before in zip(proof.texts, proof.before, strict=True)
        for one in attributions(sentence)
    ]


def _from_statement(statement: Statement) -> Attribution:
    speakers = names(f"x {statement.speaker}")
    targets = names(f"x {statement.target}") if statement.target else ()
    return Attribution(statement.kind, "", speakers, speakers[:1], not speakers, targets, statement.negated, 0)


def _comparable(claimed: Attribution, printed: Attribution) -> bool:
    if claimed.kind is printed.kind:
        return True
    return claimed.kind in SPEECH and printed.kind in SPEECH


def _upgrade_faults(text: str, printed: list[tuple[Attribution, str]], proof: Evidence) -> list[Fault]:
    """A fault for "confirmed", "refuted" and the like that what is cited does not have."""
    there = {word.stem for word in words(proof.joined)}
    found = []
    tokens = words(text)
    proving = {stem(cue) for cue in PROVING}
    for before, word in zip((None, *tokens), tokens, strict=False):
        noun = before is not None and before.lower in NOUN_BEFORE and before.lower not in ("that", "to")
        if word.stem in proving and word.stem not in there and not noun:
            said = next((shown(_word_of(one.cue, proof)) for one, _ in printed if one.cue in there), None)
            tail = f", which has {said}" if said else ""
            found.append(
                Fault(Kind.CUE, Verdict.UNSUPPORTED, f"{shown(word.text)} says more than the cited sentence{tail}.")
            )
    return found


def _denial_fault(
    claimed: Attribution, text: str, printed: list[tuple[Attribution, str]], proof: Evidence
) -> list[Fault]:
    denied = any(one.kind in DENIALS or one.negated for one, _ in printed) or negators(proof.joined)
    if claimed.kind not in DENIALS or not printed or denied:
        return []
    return [
        Fault(
            Kind.CUE, Verdict.UNSUPPORTED, f"{shown(_word_at(text, claimed.at))} is not what the cited sentence says."
        )
    ]


def _word_at(text: str, at: int) -> str:
    found = re.match(r"\w+(?: to)?", text[at:])
    return found[0] if found else text[at : at + 12]


def _word_of(cue: str, proof: Evidence) -> str:
    return next((word.text for word in words(proof.joined) if word.stem == cue), cue)


def _speaker_fault(claimed: Attribution, like: list[tuple[Attribution, str]], proof: Evidence) -> list[Fault]:
    """A fault if every comparable act in what is cited is somebody else's."""
    others: list[str] = []
    for printed, before in like:
        speakers = printed.speakers or _resolved(printed, before)
        if speakers and _same_speaker(claimed, printed, speakers, proof):
            return []
        if not speakers and (not printed.described or not claimed.heads or _in(claimed.heads[-1], printed.described)):
            return []
        others.append((printed.heads or speakers)[-1].text if speakers else printed.described)
    named = (claimed.heads or claimed.speakers)[-1].text
    reason = f"What is cited gives this to {shown(others[-1])}, not to {shown(named)}."
    return [Fault(Kind.SPEAKER, Verdict.CONTRADICTED, reason)]


def _in(name: Name, description: str) -> bool:
    return any(kindred(part, word) for part in name.words for word in known_words(description))


def _unsaid_fault(claimed: Attribution, proof: Evidence) -> list[Fault]:
    """A fault if a speaker is named for what the article tells itself: nobody speaks there, nor right before."""
    head = next(iter(claimed.heads), None)
    if head is None or claimed.kind is not Act.SAY or not unknown(head, known_words(proof.joined)):
        return []
    spoken = [one for before in proof.before for one in attributions(before)[-1:]]
    if any(_overlap(head, name) for one in spoken for name in one.speakers) or any(one.pronoun for one in spoken):
        return []
    return [Fault(Kind.SPEAKER, Verdict.UNSUPPORTED, f"The cited sentence does not give this to {shown(head.text)}.")]


def _is_cited_outlet(speakers: tuple[Name, ...], proof: Evidence) -> bool:
    return any(same_outlet(name.text, outlet) for name in speakers for outlet in proof.outlets)


def _resolved(printed: Attribution, before: str) -> tuple[Name, ...]:
    """Whom "he said" means: the last who was named as speaking in what goes before."""
    if not printed.pronoun:
        return ()
    named = [one.speakers for one in attributions(before) if one.speakers]
    return named[-1] if named else ()


def _same_speaker(claimed: Attribution, printed: Attribution, speakers: tuple[Name, ...], proof: Evidence) -> bool:
    """Whether two speakers can be one.

    Where both are named themselves, the names must fit; where one is only described ("the Lodrian negotiator"), a
    name in common will do, or a name beside a description elsewhere in the article.
    """
    theirs = printed.heads or _people(speakers)
    ours = claimed.heads or _people(claimed.speakers)
    if ours and theirs:
        fits = [any(_same_person(one, other) or _described(one, other, proof) for other in theirs) for one in ours]
        return all(fits) if claimed.heads else any(fits)
    if any(_overlap(one, other) for one in claimed.speakers for other in speakers):
        return True
    return not any(_overlap(one, other) for one in claimed.speakers for other in printed.targets) and bool(ours)


def _described(claimed: Name, printed: Name, proof: Evidence) -> bool:
    """Whether an article describes the printed speaker by the claimed name.

    "Carvenia’s chief negotiator, Elira Vasko" may be told as Carvenia's words; "Piero Messina of ESA" as ESA's.
    """
    one, other = re.escape(claimed.last), re.escape(printed.last)
    patterns = (
        rf"\b{one}\w{{0,3}}(?:[’']s?)?(?: [a-z-]+){{0,4}},?(?: [A-Z][\w.’'-]*){{0,3}} {other}\b",
        rf"\b{other}(?:,? [a-z-]+){{0,5}} (?:of|for|from|at)(?: the)?(?: [A-Z][\w’'-]*){{0,3}} {one}\b",
    )
    for article in proof.articles:
        for pattern in patterns:
            for match in re.finditer(pattern, article.text, re.IGNORECASE):
                linking = {word.lower for word in words(match[0])} & LINKING
                if not linking and not attributions(match[0]):
                    return True
    return False


def _people(some: tuple[Name, ...]) -> tuple[Name, ...]:
    return tuple(name for name in some if name.personal)


def _same_person(one: Name, other: Name) -> bool:
    """Same surname, and no different given name; "Ms Vasko" is the Vasko last named in full before."""
    if not _overlap(one, other):
        return False
    if len(one.words) > 1 and len(other.words) > 1 and kindred(one.last, other.last):
        return kindred(one.words[0], other.words[0]) or one.words[0][0] == other.words[0][0]
    return True


def _overlap(one: Name, other: Name) -> bool:
    return any(kindred(a, b) for a in one.words for b in other.words)


def _target_fault(claimed: Attribution, like: list[tuple[Attribution, str]]) -> list[Fault]:
    if not claimed.targets:
        return []
    printed = [one for one, _ in like if one.kind is claimed.kind and one.targets]
    if not printed or any(_overlap(a, b) for one in printed for a in claimed.targets for b in one.targets):
        return []
    reason = f"It is directed at {shown(printed[0].targets[0].text)}, not at {shown(claimed.targets[0].text)}."
    return [Fault(Kind.TARGET, Verdict.CONTRADICTED, reason)]
