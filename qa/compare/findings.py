"""Everything that the accounts have in common or in which they are apart, in the order of how much it matters."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from qa.compare import wording
from qa.compare.agreement import agreements
from qa.compare.alone import alone, held
from qa.compare.contradictions import contradictions
from qa.compare.denials import answered
from qa.compare.drift import drifts
from qa.compare.numbers import disagreements
from qa.compare.prints import Way
from qa.compare.types import Finding, FindingKind, Step

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from index.types import Article, Sentence, Statement
    from qa.cite import Citations
    from qa.compare.accounts import Told
    from qa.compare.denials import Denial, Denied
    from qa.compare.drift import Pair, Utterance
    from qa.weigh import Meaning

BEARS = 0.95
"""How well one sentence of a finding must bear on the question, beside the best of all, if it is no answer to it."""
BESIDE = 2
"""How many sentences from an answer a dispute may stand."""
BEARS_ALONE = 0.35
"""The same for what one voice alone tells, in an article that answers the question."""
MOST_AGREE = 8
MOST_ONLY, LEAST_ONLY = 10, 2
"""Agreements at the most; sentences that one voice alone tells, of all voices, and of each where these are many."""


class Findings:
    """Finds, words and cites.

    Args:
        told: the sentences that are compared.
        articles: the articles they stand in, with all sentences, by id.
        chosen: article id and ordinal of those that touch the question.
        answering: ids of the articles from which the voices answer it.
        meaning: gives vectors of sentences.
    """

    def __init__(
        self,
        told: Sequence[Told],
        articles: Mapping[str, tuple[Article, Sequence[Sentence]]],
        chosen: Collection[tuple[str, int]],
        answering: Collection[str],
        citations: Citations,
        meaning: Meaning,
    ) -> None:
        self._meaning = meaning
        self._told = told
        self._chosen = chosen
        self._answering = answering
        self._articles = articles
        self._citations = citations
        speaks = {one.article.id: one.voice for one in told}
        self._held = {
            i: held(speaks[i], article, sentences) for i, (article, sentences) in articles.items() if i in speaks
        }
        self._of = len({one.voice for one in told})
        self._at = {(one.article.id, one.sentence.ordinal): one for one in told}

    def all(self, statements: Mapping[str, Sequence[Statement]], silent: int = 0) -> tuple[Finding, ...]:
        """The findings.

        Args:
            statements: of every article among them, by id.
            silent: voices that were asked and have nothing to compare.
        """
        self._of += silent
        pairs = self._pairs(statements)
        return (
            *self._denied(),
            *self._contradicted(),
            *self._numbers(),
            *self._worded(pairs),
            *self._agreed(pairs),
            *self._alone(),
        )

    def _finding(self, kind: FindingKind, text: str, told: Iterable[Told], **more: object) -> Finding | None:
        """A finding, where one of its sentences bears on the question."""
        held = list(told)
        if kind is not FindingKind.ONLY and not any(self._bears(one, kind) for one in held):
            return None
        markers = tuple(
            dict.fromkeys(self._citations.cite_span(one.article, one.sentence.start, one.sentence.end) for one in held)
        )
        voices = len({one.voice for one in held})
        return Finding(kind=kind, text=text, citations=markers, independent=voices, of=self._of, **more)  # type: ignore[arg-type]

    def _bears(self, told: Told, kind: FindingKind) -> bool:
        """Whether it bears on the question as the best does, or touches it; a dispute may stand beside what does."""
        if told.bearing >= BEARS:
            return True
        reach = BESIDE if kind is FindingKind.DENIED else 0
        article, ordinal = self._place(told)
        return any((article, ordinal + step) in self._chosen for step in range(-reach, reach + 1))

    def _denied(self) -> list[Finding]:
        """Who denies what; one finding for a denier and whom he denies, however many voices tell of it."""
        groups: dict[tuple[str | None, str, str], list[Denied]] = {}
        for denied in answered(self._told):
            report = "" if denied.claimant else denied.reported.text
            groups.setdefault((denied.claimant, denied.denial.by, report), []).append(denied)
        found = []
        for (claimant, by, _), group in groups.items():
            told = [one for d in group for one in (d.reported, d.denial.told, *self._goes_on(d.denial))]
            best = max(group, key=lambda d: d.reported.bearing + d.denial.told.bearing)
            parties = (claimant, by) if claimant else ()
            found.append(self._finding(FindingKind.DENIED, wording.denied(best), told, parties=parties))
        return [finding for finding in found if finding]

    def _goes_on(self, denial: Denial) -> list[Told]:
        """The next sentence of a denial, where the one who denies says that too."""
        article, ordinal = self._place(denial.told)
        following = self._at.get((article, ordinal + 1))
        return [following] if following and any(s.speaker == denial.by for s in following.said) else []

    def _contradicted(self) -> list[Finding]:
        found = [
            self._finding(FindingKind.CONTRADICT, wording.contradiction(one), (one.told, one.denied))
            for one in contradictions(self._told)
        ]
        return [finding for finding in found if finding]

    def _numbers(self) -> list[Finding]:
        printed = {one.article.id: one.article.text for one in self._told}
        found = [
            self._finding(
                FindingKind.DIFFER_NUMBER,
                wording.disagreement(one),
                (number.told for side in one.sides for number in side),
            )
            for one in disagreements(self._told, printed)
        ]
        return [finding for finding in found if finding]

    def _pairs(self, statements: Mapping[str, Sequence[Statement]]) -> list[tuple[Pair, Told, Told]]:
        """Prints of one quotation by two voices, with the sentences that they stand in."""
        held = [
            (article, sentences, statements.get(i, ()))
            for i, (article, sentences) in self._articles.items()
            if i in self._held
        ]
        found = []
        for pair in drifts(held):
            one, other = self._sentence(pair.one), self._sentence(pair.other)
            if one and other and one.voice != other.voice:
                found.append((pair, one, other))
        return found

    def _sentence(self, utterance: Utterance) -> Told | None:
        for one in self._told:
            inside = one.sentence.start <= utterance.span.start < one.sentence.end
            if one.article.id == utterance.article.id and inside:
                return one
        return None

    def _worded(self, pairs: Sequence[tuple[Pair, Told, Told]]) -> list[Finding]:
        """Each quotation that voices word differently; each two voices once for it."""
        found = []
        for pair, one, other in pairs:
            if pair.way is not Way.CHANGED:
                continue
            steps = tuple(Step(step=c.step, one=c.one, other=c.other) for c in pair.changes)  # type: ignore[arg-type]
            text = wording.other_words(pair, one.voice, other.voice)
            found.append(self._finding(FindingKind.DIFFER_WORDING, text, (one, other), steps=steps))
        return [finding for finding in found if finding]

    def _agreed(self, pairs: Sequence[tuple[Pair, Told, Told]]) -> list[Finding]:
        by_words, used = self._same_words(pairs)
        changed = {self._place(one) for pair, one, other in pairs if pair.way is Way.CHANGED for one in (one, other)}
        told = [one for one in self._told if self._place(one) not in used | changed]
        by_meaning = [self._finding(FindingKind.AGREE, wording.agreement(one), one.told) for one in agreements(told)]
        both = [finding for finding in (*by_words, *by_meaning) if finding]
        return sorted(both, key=lambda finding: -finding.independent)[:MOST_AGREE]

    def _same_words(
        self, pairs: Sequence[tuple[Pair, Told, Told]]
    ) -> tuple[list[Finding | None], set[tuple[str, int]]]:
        """Agreements in the words of a quotation, and the sentences that hold them."""
        groups: list[list[tuple[Pair, Told, Told]]] = []
        for item in (item for item in pairs if item[0].way is not Way.CHANGED):
            prints = {_print(item[0].one), _print(item[0].other)}
            joined = next((g for g in groups if any({_print(p.one), _print(p.other)} & prints for p, *_ in g)), None)
            if joined is None:
                groups.append([item])
            else:
                joined.append(item)
        found: list[Finding | None] = []
        used: set[tuple[str, int]] = set()
        for group in groups:
            told = {one.voice: one for _, *both in group for one in both}
            shortest = min((u.words for pair, *_ in group for u in (pair.one, pair.other)), key=len)
            text = wording.same_words([pair for pair, *_ in group], list(told), shortest)
            found.append(self._finding(FindingKind.AGREE, text, told.values()))
            used |= {self._place(one) for _, *both in group for one in both}
        return found, used

    def _alone(self) -> list[Finding]:
        """What one voice alone tells of those that answer, where several were compared."""
        by_voice: dict[str, list[Told]] = defaultdict(list)
        for one in sorted(self._told, key=lambda told: -told.bearing):
            if one.bearing >= BEARS_ALONE or self._place(one) in self._chosen:
                by_voice[one.voice].append(one)
        most = max(LEAST_ONLY, MOST_ONLY // max(1, self._of))
        found = [
            one for own in by_voice.values() for one in alone(own, self._held, self._answering, self._meaning, most)
        ]
        made = [self._finding(FindingKind.ONLY, wording.alone(one), [one]) for one in found]
        return [finding for finding in made if finding]

    @staticmethod
    def _place(told: Told) -> tuple[str, int]:
        return told.article.id, told.sentence.ordinal


def _print(utterance: Utterance) -> tuple[str, int]:
    return utterance.article.id, utterance.span.start
