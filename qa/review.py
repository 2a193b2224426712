"""Anyone's text held against the archive: each sentence with a verdict, a reason, and the closest evidence."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.segment import segment
from qa.check import check
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
SAME_NAMED, SAME_WORDS, SAME_MEANING = 0.5, 0.4, 0.45
PLAIN_NAMED, PLAIN_WORDS, PLAIN_MEANING = 0.75, 0.5, 0.6

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

    evidence: tuple[Evidence, ...]
    finding: Finding

    @property
    def best(self) -> Evidence:
        return self.evidence[0]

    def is_near(self, named: float, own: float, meaning: float) -> bool:
        """Whether a sentence speaks of the claim's matter."""
        one = self.best
        return one.named >= named and one.own >= own and one.similarity >= meaning


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
    for sentence, makes_claim in sentences_of(text):
        if makes_claim:
            claims.append(_claim(sentence, search(sentence), embedder, voices, citations))
        else:
            left.append(sentence)
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
    near = [one for one in held if one.is_near(SAME_NAMED, SAME_WORDS, SAME_MEANING)]
    supporting = [one for one in held if one.finding.verdict is Verdict.SUPPORTED]
    against = [
        one
        for one in near
        if one.finding.verdict is Verdict.CONTRADICTED and one.is_near(PLAIN_NAMED, PLAIN_WORDS, PLAIN_MEANING)
    ]
    if supporting:
        verdict, reason, shown = Verdict.SUPPORTED, _otherwise(supporting, against, voice), supporting
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
    for evidence in best:
        finding = check(text, [evidence.numbered], embedder=embedder, statements=evidence.said)
        proven = proven or finding.verdict is Verdict.SUPPORTED
        yield _Held((evidence,), finding)
    if proven:
        return
    for article in dict.fromkeys(evidence.numbered.article.id for evidence in best):
        own = tuple(e for e in best if e.numbered.article.id == article)[:TOGETHER]
        if len(own) > 1:
            statements: list[Statement] = [statement for e in own for statement in e.said]
            finding = check(text, [e.numbered for e in own], embedder=embedder, statements=statements)
            if finding.verdict is Verdict.SUPPORTED:
                yield _Held(own, finding)


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
