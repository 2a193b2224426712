"""The quotations that several outlets print: each with its variants, and how these differ from the fullest."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from qa.cite import Citations
from qa.compare.drift import drifts, speaker_of
from qa.compare.prints import Way, differences, tokens
from qa.compare.types import Quotation, Quotations, Step, Variant

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from index.types import Span
    from qa.compare.drift import Told, Utterance

    _Place = tuple[str, Span]

ORDER = (Way.CHANGED, Way.CUT, Way.TYPED, Way.SAME)


def quotations(told: Sequence[Told], voices: Mapping[str, str]) -> Quotations:
    """Every utterance that two accounts print, those that are worded otherwise first.

    Args:
        told: the articles of a story, or of a whole archive, with sentences and statements.
        voices: whose account each article is; copies of one original print a quotation once.
    """
    citations = Citations()
    found = [_quotation(group, voices, citations) for group in _groups(told)]
    several = [one for one in found if len({v for variant in one.variants for v in variant.accounts}) > 1]
    several.sort(key=lambda one: (ORDER.index(Way(one.way)), one.speaker or "~"))
    return Quotations(quotations=tuple(several), citations=citations.all())


def _groups(told: Sequence[Told]) -> list[list[Utterance]]:
    """Prints of one utterance, as the pairs join them; within a group in the articles' order."""
    prints: dict[_Place, Utterance] = {}
    joined: dict[_Place, set[_Place]] = {}
    for pair in drifts(told):
        one, other = (_place(utterance) for utterance in (pair.one, pair.other))
        prints |= {one: pair.one, other: pair.other}
        both = joined.get(one, {one}) | joined.get(other, {other})
        for place in both:
            joined[place] = both
    order = {article.id: number for number, (article, _, _) in enumerate(told)}
    groups = {id(group): group for group in joined.values()}.values()
    return [[prints[place] for place in sorted(group, key=lambda p: (order[p[0]], p[1]))] for group in groups]


def _place(utterance: Utterance) -> _Place:
    return utterance.article.id, utterance.span


def _quotation(group: Sequence[Utterance], voices: Mapping[str, str], citations: Citations) -> Quotation:
    prints: dict[tuple[str, ...], list[Utterance]] = defaultdict(list)
    for one in group:
        prints[tuple(token.stem for token in tokens(one.words))].append(one)
    ordered = sorted(prints.values(), key=lambda same: (-len(same[0].words), -len(_accounts(same, voices))))
    fullest = ordered[0]
    variants = [_variant(same, fullest[0], voices, citations) for same in ordered]
    ways = [Way(variant.way) for variant in variants[1:]]
    return Quotation(
        speaker=speaker_of(group), way=min(ways, key=ORDER.index, default=Way.SAME).value, variants=tuple(variants)
    )


def _variant(same: Sequence[Utterance], fullest: Utterance, voices: Mapping[str, str], citations: Citations) -> Variant:
    words = same[0].words
    compared = differences(tokens(fullest.words), tokens(words))
    steps = tuple(Step(step=c.step, one=c.one, other=c.other) for c in compared.changes)  # type: ignore[arg-type]
    return Variant(
        text=" ".join(words.split()),
        accounts=tuple(sorted(_accounts(same, voices))),
        citations=tuple(dict.fromkeys(citations.cite_span(u.article, u.span.start, u.span.end) for u in same)),
        way=Way.SAME.value if same[0] is fullest else compared.way.value,
        steps=() if same[0] is fullest or compared.way is Way.SAME else steps,
    )


def _accounts(same: Iterable[Utterance], voices: Mapping[str, str]) -> set[str]:
    return {voices[one.article.id] for one in same}
