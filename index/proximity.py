"""Words that stand together in a question and together in a passage."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from index.lexical import stems

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

WITHIN = 3
"""Words from one to the other at most, in either order."""


def proximity(question: str, texts: Mapping[int, str], rarity: Callable[[str], float]) -> dict[int, float]:
    """How many of the question's neighbouring words stand close to each other in each text.

    Pairs and not single words tell "the president of the bank" from a president who passed a bank. They are those of
    the sequential dependence model (Metzler and Croft, "A Markov Random Field Model for Term Dependencies", SIGIR
    2005), here with one window for both orders.

    Args:
        question: plain text.
        texts: by id.
        rarity: a stem's inverse document frequency; a pair counts the sum of its two.

    Returns:
        The share of the pairs that each text has, 0 to 1, by id.
    """
    asked = stems(question)
    pairs = {pair: rarity(pair[0]) + rarity(pair[1]) for pair in pairwise(asked)}
    total = sum(pairs.values()) or 1.0
    return {i: sum(pairs[pair] for pair in _held(text, pairs)) / total for i, text in texts.items()}


def _held(text: str, pairs: Mapping[tuple[str, str], float]) -> list[tuple[str, str]]:
    places: dict[str, list[int]] = {}
    wanted = {stem for pair in pairs for stem in pair}
    for place, stem in enumerate(stems(text)):
        if stem in wanted:
            places.setdefault(stem, []).append(place)
    return [
        (one, other) for one, other in pairs if one in places and other in places and _close(places[one], places[other])
    ]


def _close(ones: list[int], others: list[int]) -> bool:
    return any(0 < abs(one - other) <= WITHIN for one in ones for other in others)
