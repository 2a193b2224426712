"""Anyone's text held against the archive: each sentence with a verdict, a reason, and the closest evidence."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.segment import segment
from index.types import Kind as Act
from qa.acts import tells
from qa.asked import names
from qa.check import check, find_faults
from qa.checks.evidence import evidence
from qa.checks.faults import Kind
from qa.cite import Citations
from qa.types import Claim, Review, Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from index.embed import Embedder
    from index.types import Statement
    from qa.check import Finding
    from qa.search import Search
    from qa.weigh import Evidence

LOOKED_AT = 8
"""Sentences that a claim is held against, the best first."""
TOGETHER = 3
"""Sentences of one article that may prove a claim together."""
MOST_CITED = 4
# A sentence of the archive speaks of the same thing as a claim when it holds most of the claim's telling words and
# names and means the like; one that goes against the claim must do so more plainly, since another event's number is
# no contradiction.
SAME_NAMED, SAME_WORDS, SAME_MEANING = 0.5, 0.5, 0.3
PLAIN_NAMED, PLAIN_WORDS, PLAIN_MEANING = 0.75, 0.35, 0.45

MARKERS = re.compile(r"\s?(?:\[\d+(?:[,–-]\s?\d+)*\]|【[^】]{1,40}】|\(\d{1,2}\))(?=[\s.,;:]|$)")
LIST_ITEM = re.compile(r"^\s*(?:[-*+•#>]+|\d{1,2}[.)])\s+")
EMPHASIS = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
OWN_VOICE = re.compile(
    r"^(?:I|We)\b|^(?:In my|In our|Dear|Hello|Hi|Thanks|Thank you|Please|Here(?:'s|’s| is| are)|Let me|Sure)\b"
)
ENDED = re.compile(r"[.!…][\"'”’)\]]*$")
FEW_WORDS = 4


@dataclass(frozen=True, slots=True)
class _Held:
    """A claim held against sentences of one article."""

    claim: str
    evidence: tuple[Evidence, ...]
    finding: Finding

    @property
    def best(self) -> Evidence:
        return self.evidence[0]

    @property
    def is_near(self) -> bool:
        """Whether the sentence and those around it speak of the claim's matter."""
        one = self.best
        return one.named >= SAME_NAMED and one.around >= SAME_WORDS and one.similarity >= SAME_MEANING

    @property
    def is_against(self) -> bool:
        """Whether the sentence speaks plainly of the claim's matter and goes against the claim.

        Who tells that somebody denies a thing is not contradicted by who tells the thing.
        """
        one = self.best
        plain = one.named >= PLAIN_NAMED and one.own >= PLAIN_WORDS and one.similarity >= PLAIN_MEANING
        denied_alone = tells(self.claim, Act.DENY) and not tells(one.numbered.sentence.text, Act.DENY)
        return plain and self.finding.verdict is Verdict.CONTRADICTED and not denied_alone


def sentences_of(text: str) -> Iterator[tuple[str, bool]]:
    """The sentences of a draft without marks of citation and emphasis, and whether each makes a claim.

    Questions, headings, and what the author says for himself make none.
    """
    for line in text.splitlines():
        bare = EMPHASIS.sub(r"\2", LIST_ITEM.sub("", MARKERS.sub("", line))).strip()
        heading = line.lstrip().startswith("#")
        for sentence in segment("", bare, ()):
            told = sentence.text
            claims = ENDED.search(told) and len(told.split()) >= FEW_WORDS and not OWN_VOICE.match(told)
            yield told, bool(claims) and not heading


def review(
    text: str, search: Callable[[str], Search], embedder: Embedder, voices: Callable[[Sequence[str]], Mapping[str, str]]
) -> Review:
    """Each sentence of a draft that makes a claim, with its verdict.

    Args:
        text: the draft, plain or Markdown.
        search: finds the evidence for a sentence.
        embedder: compares meaning.
        voices: whose account each article is, so that copies of one report count once.
    """
    citations = Citations()
    claims, left = [], []
    before = ""
    for sentence, makes_claim in sentences_of(text):
        if makes_claim:
            asked = sentence if names(sentence) else f"{sentence} ({before})" if before else sentence
            claims.append(_claim(sentence, search(asked), embedder, voices, citations))
        else:
            left.append(sentence)
        before = sentence if names(sentence) else before
    return Review(claims=tuple(claims), citations=citations.all(), left_alone=tuple(left))


def _claim(
    text: str,
    found: Search,
    embedder: Embedder,
    voices: Callable[[Sequence[str]], Mapping[str, str]],
    citations: Citations,
) -> Claim:
    held = list(_hold(text, found, embedder))
    voice = voices([one.best.numbered.article.id for one in held])
    near = [one for one in held if one.is_near]
    supporting = [one for one in held if one.finding.verdict is Verdict.SUPPORTED]
    against = [one for one in held if one.is_against]
    if supporting:
        others = [one for one in against if _counts_otherwise(text, one)]
        verdict, reason, shown = Verdict.SUPPORTED, _otherwise(supporting, others, voice), [*supporting, *others]
    elif against:
        verdict, reason, shown = Verdict.CONTRADICTED, against[0].finding.reason, against
    elif partly := [one for one in near if one.finding.verdict is Verdict.PARTLY]:
        verdict, reason, shown = Verdict.PARTLY, partly[0].finding.reason, partly
    elif near:
        verdict, reason, shown = Verdict.UNSUPPORTED, near[0].finding.reason, near
    else:
        return Claim(text=text, citations=(), verdict=Verdict.ABSENT, reason="The archive says nothing on it.")
    return Claim(text=text, citations=_cite(shown, voice, citations), verdict=verdict, reason=reason)


def _hold(text: str, found: Search, embedder: Embedder) -> Iterator[_Held]:
    """The claim held against each of the best sentences alone, then, where none proves it, against some together."""
    proven = False
    best = found.ranked[:LOOKED_AT]
    for one in best:
        finding = check(text, [one.numbered], embedder=embedder, statements=one.said)
        proven = proven or finding.verdict is Verdict.SUPPORTED
        yield _Held(text, (one,), finding)
    if proven:
        return
    for article in dict.fromkeys(one.numbered.article.id for one in best):
        own = tuple(e for e in best if e.numbered.article.id == article)[:TOGETHER]
        if len(own) > 1:
            statements: list[Statement] = [statement for e in own for statement in e.said]
            finding = check(text, [e.numbered for e in own], embedder=embedder, statements=statements)
            if finding.verdict is Verdict.SUPPORTED:
                yield _Held(text, own, finding)


def _counts_otherwise(text: str, one: _Held) -> bool:
    """Whether what goes against the claim is a number or a day, which two accounts of one event can tell otherwise."""
    faults = find_faults(text, evidence([e.numbered for e in one.evidence], [s for e in one.evidence for s in e.said]))
    return {fault.kind for fault in faults} <= {Kind.NUMBER, Kind.DAY}


def _otherwise(supporting: Sequence[_Held], against: Sequence[_Held], voice: Mapping[str, str]) -> str | None:
    """What a reader must know of accounts that go against one that supports."""
    agree = {voice[one.best.numbered.article.id] for one in supporting}
    others = dict.fromkeys(
        one.best.numbered.article.outlet or "An article of no known outlet"
        for one in against
        if voice[one.best.numbered.article.id] not in agree
    )
    return f"{' and '.join(others)} reports it otherwise." if others else None


def _cite(shown: Sequence[_Held], voice: Mapping[str, str], citations: Citations) -> tuple[int, ...]:
    """Markers of the best of each account."""
    first: dict[str, _Held] = {}
    for one in shown:
        first.setdefault(voice[one.best.numbered.article.id], one)
    markers = [citations.cite(e.numbered) for one in list(first.values())[:MOST_CITED] for e in one.evidence]
    return tuple(dict.fromkeys(markers))
