"""Whose account a question asks for: outlets named as the source of the news, not as people in it.

A name alone filters nothing: "Why did Fox News fire him?" is a question about Fox News. What counts are the few ways in
which English names a source, looked for with a mark in the place of each outlet or list of outlets.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from qa.questions.outlets import outlet_names

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qa.questions.outlets import Mention

FOCUS = "\ue000"
"""Stands for the outlet that is looked at."""
FIRST_MARK = 0xE001
"""A character that nobody types; the n-th outlet is marked by the n-th from it."""
MOST = 12
"""Outlets in different places that are looked at."""

_END = r"(?=\s*[?.!,;]|\s*$)"
_PAPER = r"(?:articles?|reports?|reporting|coverage|stor(?:y|ies)|accounts?|versions?|pieces?|headlines?|analys[ie]s)"
_COVER = (
    r"(?:report|cover|describe|portray|publish|print|mention|note|quote|cite|present|frame|writ)(?:e|es|s|ed|d)?|wrote"
)
_SAY = r"(?:sa(?:y|ys|id)|(?:state|claim|suggest|argue|indicate)(?:s|d|ed)?|impl(?:y|ies|ied))"
_TOLD = (
    r"(?:reported|covered|described|published|stated|noted|mentioned|discussed|told|written|suggested|presented|quoted)"
)
_TELLS = r"(?:discuss|detail|highlight|alleg|identif|indicat|characteri[sz])(?:y|ies|ied|e|es|s|ed|d)?"
_FINITE = re.compile(
    r"\b(?:was|were|is|are|had|has|have|would|will|could|might|happened|caused|became)\b", re.IGNORECASE
)

_A = r"(?:(?:the|an?)\s+)?"
_MEDIA = r"(?:outlets?|(?:news)?papers?|sources?|media|everyone)"
_BUT = r"(?:other\s+than|except(?:\s+for)?|apart\s+from|besides)"
_HELD = "".join(f"(?<!{word})" for word in "invest invested shares stake interest confidence trust faith jobs".split())
_PASSIVE = "|".join(f"(?<={word})" for word in "reported covered published described written mentioned noted".split())

_OF = r"(?:articles?\s+(?:from|in|by)\s+)?"
_TAIL = rf"(?:['’]s?)?(?:\s+{_PAPER})?(?:\s+(?:only|alone))?"

# In each of these, @ stands for an outlet or a list of outlets.
_NOT = (
    rf"[,;]?\s*\b(?:but\s+)?(?:not\s+(?:from|in|according\s+to)|excluding|ignoring|leaving\s+out)\s+{_A}@",
    rf"[,;]?\s*\b(?:from|in|by|according\s+to)\s+(?:(?:all|any|every|the)\s+)?{_MEDIA}\s+{_BUT}\s+{_A}@",
    rf"\b(?P<keep>{_MEDIA})\s+{_BUT}\s+{_A}@",
)
_DETACHED = (
    rf"[,;]?\s*\b(?:according\s+to|as\s+per|as\s+{_TOLD}\s+(?:by|in|on))\s+(?:both\s+)?{_OF}{_A}@{_TAIL}\s*[,:]?",
    rf"[,;]?\s*\bper\s+{_A}@{_END}",
    rf"[,;]?\s*\b(?:only|just)\s+(?:(?:in|from|by)\s+)?{_A}@{_END}",
    rf"[,;]?\s*\b(?:in|from)\s+{_A}@\s+(?:only|alone)\b,?",
    rf"^\s*(?:in|from)\s+{_A}@\s*,",
    rf"{_HELD}[,;]?\s+in\s+{_A}@(?:{_END}|(?=\s+(?:about|on|regarding)\b))",
    rf"(?:{_PASSIVE})\s+(?:by|in)\s+(?:both\s+)?{_A}@(?!['’])(?!\s+{_PAPER})",
)
_DID = (
    rf"(?P<asked>^.*?)\b(?:did|does|do|has|have|had)\s+(?:both\s+)?{_A}@(?:\s+(?:also|only|ever|first|really))?"
    rf"\s+(?:(?P<cover>{_COVER})|(?P<say>{_SAY}))\b\s*(?P<object>.*?)(?P<end>[\s?.!]*)$"
)
_PAPERS = (
    rf"(?<!\w){_A}@(?:['’]s?)?\s+(?:(?:own|latest|first|recent|original|subsequent)\s+)?(?P<paper>{_PAPER})\b",
    rf"\b{_A}(?P<paper>{_PAPER})\s+(?:published\s+)?(?:from|by|in|on)\s+(?:both\s+)?{_A}@",
)
_SAYS = (
    rf"(?:^\s*|\b(?:while|and|but|what|which|where|that|how)\s+|,\s*){_A}@\s+(?:also\s+)?(?:{_COVER}|{_SAY}|{_TELLS})\b"
)
_FRAGMENT = (
    r"\W*(?:(?:and|but|or|also|no|sorry|what|how|about|only|just|please|rather|i|meant?|in|from|on|by|for|not|according|to"
    rf"|per|the)\b[\s,]*)*@(?:['’]s?)?(?:[\s,]+(?:only|alone|please|then|instead|too|{_PAPER}))*\W*"
)

_UNLIKE = re.compile(r"\b(?:not|excluding|except)\b(?!.*,)", re.IGNORECASE)
_PARTY = re.compile(
    r"^\W*(?:and |but )?(?:why|who (?:leaked|wrote|edited|retracted|published|owns))\b"
    r"|\b(?:retract\w*|withdr[ae]wn?|deleted?|apologi[sz]\w+|sue[ds]?)\b",
    re.IGNORECASE,
)
_ITSELF = re.compile(
    r"\b(?:its|itself|their own)\b|\b(?:after|when|that|because|before|why|how|if)\s+it\b", re.IGNORECASE
)
_INSTITUTION = re.compile(
    r"\.(?:gov|mil|edu|int)\b|\b(?:foundation|institut\w+|universit\w+|ministry|union|commission|center|centre)\b",
    re.IGNORECASE,
)
_PEOPLE = re.compile(r"[A-Z][a-z]+(?: [A-Z]\.?)? [A-Z][a-z’'-]+(?:-[A-Z][a-z]+)?")
_PRESS = re.compile(
    r"news|times|post|mail|courier|dispatch|gazette|herald|tribune|journal|chronicle|guardian|telegraph|review|press|daily"
    r"|week|monitor|magazine|today|star|sun|globe|examiner|observer|insider|radio|jazeera|jones|broadcast|street|business|ledger|echo|standard|record|bulletin|wire|mirror|argus|voice",
    re.IGNORECASE,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Source:
    """Whose account is asked for.

    Attributes:
        outlets: as the archive spells them.
        words: the words that say so.
        rest: the question without them, readable; empty where it names nothing else.
        covers: whether what is asked for is reporting itself ("what did Reuters report").
    """

    outlets: tuple[str, ...]
    words: str
    rest: str
    covers: bool = False


@dataclass(frozen=True, slots=True)
class _Group:
    """An outlet, or several in a list, with the mark that stands for it."""

    mark: str
    words: str
    outlets: tuple[str, ...]


def source(text: str, outlets: tuple[str, ...], *, follows: bool) -> Source | None:
    """Whose account `text` asks for; None where it names no outlet as a source.

    An outlet that is ruled out ("not from RT") leaves all others of the archive.

    Args:
        outlets: all of the archive.
        follows: whether there is a question before this one, so that an outlet's name alone asks for its account.
    """
    seen, groups = _marked(text, outlet_names(outlets).find(text))
    if len(groups) == 1 and follows and _compiled(_FRAGMENT).fullmatch(seen.replace(groups[0].mark, FOCUS)):
        chosen = groups[0].outlets
        if _UNLIKE.search(seen):
            chosen = tuple(outlet for outlet in outlets if outlet not in chosen)
        return Source(chosen, text.strip(" ?.!,"), "")
    found = [one for group in groups[:MOST] if (one := _read(seen.replace(group.mark, FOCUS), group, outlets))]
    found = [replace(one, words=_unmarked(one.words, groups), rest=_unmarked(one.rest, groups)) for one in found]
    if not found or len(groups) == 1:
        return found[0] if found else None
    named = tuple(dict.fromkeys(outlet for one in found for outlet in one.outlets))
    # Outlets in different places are each told something of their own, so the words must stay.
    return Source(named, ", ".join(one.words for one in found), text, any(one.covers for one in found))


def _marked(text: str, mentions: Sequence[Mention]) -> tuple[str, list[_Group]]:
    """The text with one mark for each outlet or list of outlets, quotation marks around them included."""
    spans: list[tuple[int, int, tuple[str, ...]]] = []
    for mention in mentions:
        start, end = mention.start, mention.end
        if start and text[start - 1] in "'\"‘“" and text[end : end + 1] in ("'", '"', "’", "”"):
            start, end = start - 1, end + 1
        if spans and _LISTED.fullmatch(text[spans[-1][1] : start]):
            before = spans.pop()
            spans.append((before[0], end, tuple(dict.fromkeys(before[2] + mention.outlets))))
        else:
            spans.append((start, end, mention.outlets))
    groups = [_Group(chr(FIRST_MARK + n), text[a:b], outlets) for n, (a, b, outlets) in enumerate(spans)]
    pieces, at = [], 0
    for (start, end, _), group in zip(spans, groups, strict=True):
        pieces += [text[at:start], group.mark]
        at = end
    return "".join((*pieces, text[at:])), groups


_LISTED = re.compile(
    r"\s*(?:,|/|&|,?\s*\b(?:and|or|as well as)\b)\s*(?:(?:also|both)\s+)?(?:(?:in|from|by|for)\s+)?(?:(?:the|an?)\s+)?",
    re.IGNORECASE,
)


def _unmarked(text: str, groups: Sequence[_Group]) -> str:
    for group in groups:
        text = text.replace(group.mark, group.words)
    return text


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern.replace("@", FOCUS), re.IGNORECASE | re.DOTALL)


def _read(seen: str, group: _Group, outlets: tuple[str, ...]) -> Source | None:
    """How one outlet is named as a source."""
    for pattern in _NOT:
        if match := _compiled(pattern).search(seen):
            others = tuple(outlet for outlet in outlets if outlet not in group.outlets)
            return Source(others, _said(match, group), _without(seen, match, group))
    for pattern in _DETACHED:
        if match := _compiled(pattern).search(seen):
            return Source(group.outlets, _said(match, group), _without(seen, match, group), "reported" in seen)
    return None if _PARTY.search(seen) else _covered(seen, group)


def _covered(seen: str, group: _Group) -> Source | None:
    """What an outlet reports, or a report of it, where the question asks for that."""
    match = _compiled(_DID).search(seen)
    if match and (match["cover"] or _speaks(group, seen)):
        return Source(group.outlets, group.words, _reported(match), covers=True)
    for pattern in _PAPERS:
        if match := _compiled(pattern).search(seen):
            rest = f"{seen[: match.start()]}the {match['paper']}{seen[match.end() :]}"
            return Source(group.outlets, _said(match, group), rest, covers=True)
    if _compiled(_SAYS).search(seen) and _speaks(group, seen):
        return Source(group.outlets, group.words, seen, covers=True)
    return None


def _said(match: re.Match[str], group: _Group) -> str:
    return match[0].replace(FOCUS, group.words).strip(" ,;:?")


def _without(seen: str, match: re.Match[str], group: _Group) -> str:
    before, after = seen[: match.start()] + match.groupdict().get("keep", ""), seen[match.end() :]
    return (f"{before} {after}" if before.strip() else after).replace(FOCUS, group.words)


def _speaks(group: _Group, seen: str) -> bool:
    """Whether "it says" means that it reports: no person, no institution, and not about itself."""
    if _ITSELF.search(seen) or any(map(_INSTITUTION.search, group.outlets)):
        return False
    return group.words.lower().startswith("the ") or not any(
        _PEOPLE.fullmatch(outlet) and not _PRESS.search(outlet) for outlet in group.outlets
    )


def _reported(match: re.Match[str]) -> str:
    """The question without the outlet that reports: "What did Reuters write about X?", "What is reported about X?"."""
    asked, content, end = match["asked"].strip(), match["object"].strip(), match["end"]
    if not asked:
        stated = re.sub(r"^that\s+", "", content)
        told = "Is it reported that" if _FINITE.search(content) or stated != content else "Is there a report of"
        return f"{told} {stated}{end}"
    if asked.lower().endswith("how"):
        return f"{asked} is {content} reported{end}"
    if _FINITE.match(content):
        return f"{asked} {content}{end}"
    return f"{asked} is {'' if asked.lower().endswith('what') else 'it '}reported {content}".rstrip() + end
