"""Questions about an act of saying ("who blamed whom", "did anyone deny it") and the words by which an act is told."""

from __future__ import annotations

import re

from index.types import Kind

_BLAME = r"blam\w+|fault\w*|accus\w+|accusation\w*|alleg\w+|condemn\w*|denounc\w+|critici[sz]\w+|responsib\w+|culpab\w+"
_CAUSE = (
    r"due to|because of|failed because|collapsed because|broke down because|fail(?:ed|ure)? to|refus\w+ to|unwilling\w*"
)
_DENIAL = (
    r"den(?:y|ies|ied|ying|ials?)|reject\w*|refut\w+|disput(?:ed|es|ing)|dismiss\w*|disagree\w*|rebuff\w*|ungrounded|unfounded"
    r"|baseless|not true|untrue|do(?:es)? not reflect|refus\w+ (?:\w+ ){0,4}claims?"
)
_SAYING = (
    r"sa(?:y|ys|id|ying)|told|tell\w*|according to|stat(?:e|es|ed|ing)|statement|claim\w*|add(?:s|ed|ing)|argu\w+"
    r"|explain\w*|respond\w*|repl(?:y|ies|ied)|comment\w*|tweet\w*|wrote"
)
ACTS: dict[Kind, str] = {
    Kind.BLAME: rf"{_BLAME}|{_CAUSE}",
    Kind.ACCUSE: rf"{_BLAME}|{_CAUSE}",
    Kind.CRITICISE: _BLAME + r"|slam\w*|attack\w*|blast\w*|rebuk\w+|(?:took|takes?|taking) issue|under fire"
    r"|backlash|outrage[ds]?|out of touch|lash\w* out|decr(?:y|ied|ies)|deplor\w+|object(?:ed|s|ing)",
    Kind.DENY: _DENIAL,
    Kind.REJECT: _DENIAL,
    Kind.DISAGREE: _DENIAL,
    Kind.PRAISE: r"prais\w+|applaud\w*|welcom\w+|commend\w*|hail\w*|lauded|credit(?:ed|s|ing)?|thank\w*",
    Kind.PROMISE: r"promis\w+|pledg\w+|vow\w*|commit\w*|guarantee\w*",
    Kind.THREATEN: r"threat\w*|warn\w*|ultimatum\w*",
    Kind.WARN: r"warn\w*|caution\w*|alert\w*",
    Kind.DEMAND: r"demand\w*|call(?:s|ed|ing)? (?:for|on)|urg\w+|insist\w*|press\w*",
    Kind.AGREE: r"agree\w*|accept\w*|consent\w*|endors\w+|back(?:s|ed|ing)?",
    Kind.CONFIRM: r"confirm\w*|acknowledg\w+|admit\w*|concede\w*",
    Kind.ANNOUNCE: r"announc\w+|declar\w+|unveil\w*|reveal\w*",
    Kind.SAY: _SAYING,
}
"""For each act, the words that tell it in an article."""

ANSWERED_BY: dict[Kind, tuple[Kind, ...]] = {
    Kind.BLAME: (Kind.DENY,),
    Kind.ACCUSE: (Kind.DENY,),
    Kind.CRITICISE: (Kind.DENY,),
}
"""The act by which the other side answers, which belongs to the same account."""

_ASKED: tuple[tuple[Kind, str], ...] = (
    (Kind.BLAME, r"blam\w+|at fault|responsible for|whose fault"),
    (Kind.ACCUSE, r"accus\w+|alleg\w+"),
    (Kind.CRITICISE, r"critici[sz]\w+|condemn\w*|denounc\w+|slam\w*"),
    (Kind.DENY, r"den(?:y|ies|ied|ial)|disput(?:ed|es|ing)|contradict\w*|refut\w+|disagree\w*"),
    (Kind.REJECT, r"reject\w*|dismiss\w*|refus\w+"),
    (Kind.PRAISE, r"prais\w+|applaud\w*|welcom\w+"),
    (Kind.PROMISE, r"promis\w+|pledg\w+|vow\w*"),
    (Kind.THREATEN, r"threat\w*"),
    (Kind.WARN, r"warn\w*"),
    (Kind.DEMAND, r"demand\w*|call(?:ed|s)? for|urg\w+"),
    (Kind.CONFIRM, r"confirm\w*|admit\w*|acknowledg\w+"),
    (Kind.ANNOUNCE, r"announc\w+"),
)
_SAYS = (
    r"\b(?:did|does|do|has|have|had) .{1,60}?"
    r"\b(?P<verb>say|said|respond|responded|reply|tell|claim|claimed|argue|react)\b"
    r"|\bwho (?P<who>said|told|claimed)\b|\bwhat .{0,40}\b(?P<what>said|says|told)\b"
)


_OF_SOMEBODY = r"(?<!\w that )(?<!\w which )"
"""What only tells who is meant is not asked about: "the agencies that reject couples"."""


def asked_act(question: str) -> Kind | None:
    """The act of saying that a question asks about: the first that it names, since others belong to its matter."""
    found = [
        (match.start(), kind)
        for kind, pattern in _ASKED
        if (match := re.search(rf"{_OF_SOMEBODY}\b(?:{pattern})", question, re.IGNORECASE))
    ]
    if says := re.search(_SAYS, question, re.IGNORECASE):
        found.append((says.start(says.lastgroup or 0), Kind.SAY))
    return min(found, key=lambda each: each[0])[1] if found else None


_SPEAKS = (
    r"(?:sa(?:y|id)|tell|told|respond(?:ed)?|repl(?:y|ied)|react(?:ed)?|claim(?:ed)?|argued?|explain(?:ed)?|comment(?:ed)?"
    r"|blamed?|accused?|critici[sz]ed?|condemn(?:ed)?|den(?:y|ied)|reject(?:ed)?|dismiss(?:ed)?|prais(?:ed?)|promised?"
    r"|pledged?|vow(?:ed)?|threaten(?:ed)?|warn(?:ed)?|demand(?:ed)?|urged?|confirm(?:ed)?|admit(?:ted)?|announced?)"
)
_ANYBODY = r"(?:anyone|anybody|someone|somebody|who|they|he|she|it)\b"
_SPEAKER = re.compile(
    rf"\b(?:did|does|do|has|have|had)\s+(?P<did>(?!{_ANYBODY})[^?,]{{2,60}}?)\s+(?:ever |also |publicly )?{_SPEAKS}\b"
    r"|\baccording to (?P<to>[^?,]{2,60}?)(?=[?,]|$)",
    re.IGNORECASE,
)


def asked_speaker(question: str) -> str:
    """The words for whoever a question asks to have spoken ("Ida Brenn" of "What did Ida Brenn say about the dam?")."""
    match = _SPEAKER.search(question)
    return (match["did"] or match["to"]) if match else ""


def tells(sentence: str, kind: Kind) -> bool:
    """Whether a sentence holds words that tell this act."""
    return bool(re.search(rf"\b(?:{ACTS[kind]})\b", sentence, re.IGNORECASE)) if kind in ACTS else False


def asks_who(question: str) -> bool:
    """Whether it is asked who did something ("who denied it")."""
    return bool(re.search(r"\bwho\b", question, re.IGNORECASE))


def only_tells(word: str) -> bool:
    """Whether a word does no more than name an act."""
    return any(re.fullmatch(pattern, word, re.IGNORECASE) for pattern in ACTS.values())
