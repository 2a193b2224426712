"""Words of one sense that outlets exchange when they tell one thing: "left", "walked out"; "agreed", "accepted"."""

from __future__ import annotations

from functools import cache

from qa.checks.words import stem

SENSES = (
    "accept agree consent",
    "leave left walk quit depart storm",
    "resign quit",
    "dismiss fire sack oust",
    "kill murder slay shoot shot",
    "injure hurt wound",
    "hide hid conceal keep kept withhold withheld suppress",
    "lie lied mislead misled deceive",
    "know knew aware",
    "meet met",
    "begin began start",
    "end collapse fail",
    "postpone delay",
    "buy bought purchase",
    "say said tell told",
    "steal stole",
    "see saw seen",
    "board aboard carry",
)
"""Closed groups of common verbs of the news; a form that the stemmer does not join stands beside its verb."""


@cache
def senses(word: str) -> frozenset[str]:
    """The senses of a stem: itself, and the groups it belongs to."""
    return frozenset({word, *_groups().get(word, ())})


@cache
def _groups() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for group in SENSES:
        for word in group.split():
            found[stem(word)] = (*found.get(stem(word), ()), f"={group}")
    return found
