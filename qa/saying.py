"""Whether a claim names the outlet, the speaker, the act of saying and the target that what it cites names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from index.types import Kind as Act
from qa.attribution import Attribution, attributions
from qa.faults import Fault, Kind, shown
from qa.names import Name, kindred, names, unknown
from qa.types import Verdict
from qa.words import stem

if TYPE_CHECKING:
    from index.types import Statement
    from qa.evidence import Evidence

SOURCE = re.compile(
    r"^(?:according to|as reported by)\s+(?P<first>[^:,“”\"]{2,60}?)\s*[:,]\s"
    r"|^(?P<second>[^:,“”\"]{2,60}?)(?:\s+(?:reports?|reported|writes?|wrote|says?|said|quotes?))?\s*:\s",
    re.IGNORECASE,
)
UPGRADED = frozenset(
    stem(word) for word in "confirm admit acknowledge concede verify prove refute disprove debunk demonstrate".split()
)
DENIALS = frozenset({Act.DENY, Act.REJECT, Act.DISAGREE})
SPEECH = frozenset({Act.SAY, Act.CLAIM, Act.ANNOUNCE, Act.WARN, Act.CONFIRM, Act.BELIEVE, Act.ASK, Act.AGREE, Act.DOUBT, Act.PROMISE, Act.DEMAND, Act.THREATEN})


def outlet_faults(text: str, proof: Evidence) -> list[Fault]:
    """A fault if the claim is introduced as the account of an outlet that is not cited."""
    match = SOURCE.match(text)
    source = (match["first"] or match["second"]) if match else None
    if not source or not source.strip() or any(_same_outlet(source, outlet) for outlet in proof.outlets):
        return []
    named = names("x " + source)
    if not named and "." not in source:
        return []
    if named and not any(unknown(name, proof.vocabulary) for name in named):
        return []
    cited = " and ".join(proof.outlets)
    if cited:
        return [Fault(Kind.OUTLET, Verdict.CONTRADICTED, f"The cited article is from {cited}, not from {source}.")]
    return [Fault(Kind.OUTLET, Verdict.UNSUPPORTED, f"Nothing shows that the cited article is from {source}.")]


def _same_outlet(one: str, other: str) -> bool:
    return _squashed(one) == _squashed(other)


def _squashed(outlet: str) -> str:
    plain = re.sub(r"^(?:https?://)?(?:www\.|edition\.|m\.)?", "", outlet.lower().strip())
    plain = re.sub(r"\.(?:com|org|net|co\.uk|co|uk|ca|au|com\.au|ie|in|eu|info|tv)(?:/.*)?$", "", plain)
    return re.sub(r"^the|[^a-z0-9]", "", plain)


def saying_faults(text: str, proof: Evidence) -> list[Fault]:
    """Faults of speaker, target and cue."""
    printed = _printed(proof)
    found: list[Fault] = []
    for claimed in attributions(text):
        like = [(one, before) for one, before in printed if _comparable(claimed, one)]
        found += _cue_fault(claimed, text, printed, proof)
        if not like:
            continue
        found += _speaker_fault(claimed, like, proof)
        found += _target_fault(claimed, like)
    return found


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
    return Attribution(statement.kind, "", speakers, not speakers, targets, statement.negated, 0)


def _comparable(claimed: Attribution, printed: Attribution) -> bool:
    if claimed.kind is printed.kind:
        return True
    return claimed.kind in SPEECH and printed.kind in SPEECH


def _cue_fault(claimed: Attribution, text: str, printed: list[tuple[Attribution, str]], proof: Evidence) -> list[Fault]:
    if claimed.cue in UPGRADED and not re.search(rf"\b{claimed.cue[:5]}", proof.joined, re.IGNORECASE):
        said = next((one.cue for one, _ in printed), None)
        word = _word_at(text, claimed.at)
        tail = f", which has {shown(_word_of(said, proof))}" if said else ""
        return [Fault(Kind.CUE, Verdict.UNSUPPORTED, f"{shown(word)} says more than the cited sentence{tail}.")]
    if claimed.kind in DENIALS and printed and not any(one.kind in DENIALS or one.negated for one, _ in printed):
        from qa.polarity import negators

        if not negators(proof.joined):
            return [Fault(Kind.CUE, Verdict.UNSUPPORTED, f"{shown(_word_at(text, claimed.at))} is not what the cited sentence says.")]
    return []


def _word_at(text: str, at: int) -> str:
    found = re.match(r"\w+(?: to)?", text[at:])
    return found[0] if found else text[at : at + 12]


def _word_of(cue: str, proof: Evidence) -> str:
    from qa.words import words

    return next((word.text for word in words(proof.joined) if word.stem == cue), cue)


def _speaker_fault(claimed: Attribution, like: list[tuple[Attribution, str]], proof: Evidence) -> list[Fault]:
    if not claimed.speakers or _is_cited_outlet(claimed.speakers, proof):
        return []
    others: list[Name] = []
    for printed, before in like:
        speakers = printed.speakers or _resolved(printed, before)
        if not speakers or _same_speaker(claimed.speakers, speakers, printed, proof):
            return []
        others += speakers
    said = others[-1].text
    reason = f"What is cited gives this to {shown(said)}, not to {shown(claimed.speakers[-1].text)}."
    return [Fault(Kind.SPEAKER, Verdict.CONTRADICTED, reason)]


def _is_cited_outlet(speakers: tuple[Name, ...], proof: Evidence) -> bool:
    return any(_same_outlet(name.text, outlet) for name in speakers for outlet in proof.outlets)


def _resolved(printed: Attribution, before: str) -> tuple[Name, ...]:
    """Whom "he said" means: the last who was named as speaking in what goes before."""
    if not printed.pronoun:
        return ()
    named = [one.speakers for one in attributions(before) if one.speakers]
    return named[-1] if named else ()


def _same_speaker(claimed: tuple[Name, ...], printed: tuple[Name, ...], act: Attribution, proof: Evidence) -> bool:
    people, theirs = _people(claimed), _people(printed)
    if people and theirs:
        return any(_same_person(one, other, proof) for one in people for other in theirs)
    if any(_overlap(one, other) for one in claimed for other in printed):
        return True
    if people or theirs:
        return not any(_overlap(one, other) for one in claimed for other in act.targets) and bool(act.pronoun or people)
    return False


def _people(some: tuple[Name, ...]) -> tuple[Name, ...]:
    return tuple(name for name in some if name.personal)


def _same_person(one: Name, other: Name, proof: Evidence) -> bool:
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
