"""Copies of one original are found, speech and standing text alone make none, and the original is told by credit."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.copies.originals import Original, original
from index.copies.syndication import KEYS, SHARED_KEYS, Overlap, are_copies, groups, keys, overlap, words
from index.types import Article

WORDS = [f"{start}{end}" for start in ("bar", "tol", "mer", "quin", "sab", "dor") for end in ("ka", "nel", "vis", "to")]

FIRST_KEYS = (97255432747077965, -6988315790249843169)
"""Of `prose(1)`: keys are stored, so they must never change."""


def prose(seed: int, sentences: int = 30) -> list[str]:
    chance = random.Random(seed)
    return [" ".join(chance.choices(WORDS, k=14)).capitalize() + "." for _ in range(sentences)]


def text(sentences: list[str]) -> str:
    return " ".join(sentences)


def compare(one: str, other: str) -> Overlap:
    return overlap(words(one), words(other))


def article(
    name: str, outlet: str, *, published: str | None = "2020-05-01", body: str = "Body.", **more: object
) -> Article:
    return Article(name, "", "", body, outlet=outlet, published=published, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize("dropped", [0.0, 0.1, 0.2, 0.3, 0.4])
def test_a_text_with_sentences_dropped_is_a_copy(dropped: float) -> None:
    whole = prose(1)
    gone = set(random.Random(2).sample(range(len(whole)), round(dropped * len(whole))))
    cut = [sentence for k, sentence in enumerate(whole) if k not in gone]
    assert are_copies(compare(text(whole), text(cut)), same_outlet=False)
    assert len(set(keys(words(text(whole)))) & set(keys(words(text(cut))))) >= SHARED_KEYS


def test_a_credit_line_and_another_headline_leave_a_copy_a_copy() -> None:
    whole = text(prose(1))
    changed = f"A headline of our own\n{whole}\nThe Example Agency contributed to this report."
    found = compare(whole, changed)
    assert found.shared == 1.0
    assert are_copies(found, same_outlet=True)


def test_other_words_are_no_copy_and_share_no_keys() -> None:
    one, other = text(prose(1)), text(prose(2))
    assert compare(one, other).shared < 0.05
    assert len(set(keys(words(one))) & set(keys(words(other)))) < SHARED_KEYS


def test_two_reports_of_one_speech_are_no_copies() -> None:
    speech = [f"“{sentence}”" for sentence in prose(3)]
    one = [part for pair in zip(prose(1), speech, strict=True) for part in pair]
    other = [part for pair in zip(prose(2), speech, strict=True) for part in pair]
    assert not are_copies(compare(text(one), text(other)), same_outlet=False)


def test_a_shared_stretch_in_the_middle_is_no_copy() -> None:
    captions = prose(9, 36)
    one, other = prose(1, 18), prose(2, 18)
    found = compare(text([*one[:9], *captions, *one[9:]]), text([*other[:9], *captions, *other[9:]]))
    assert found.shared == pytest.approx(36 / 54, abs=0.02)
    assert found.spread == pytest.approx(0.6, abs=0.1)
    assert not are_copies(found, same_outlet=False)


def test_a_brief_inside_a_long_roundup_is_no_copy() -> None:
    brief = prose(1, 5)
    assert not are_copies(compare(text(brief), text(brief + prose(2, 60))), same_outlet=False)


def test_an_article_of_its_own_on_borrowed_background_is_no_copy() -> None:
    assert not are_copies(Overlap(shared=0.72, back=0.35, spread=0.8), same_outlet=False)
    assert are_copies(Overlap(shared=0.98, back=0.35, spread=1.0), same_outlet=False)


def test_an_outlet_must_share_more_with_itself_than_with_others() -> None:
    found = Overlap(shared=0.75, back=0.7, spread=0.8)
    assert are_copies(found, same_outlet=False)
    assert not are_copies(found, same_outlet=True)


def test_a_text_of_a_few_words_has_no_keys_and_no_copies() -> None:
    short = words("Too short to tell anything of.")
    assert keys(short) == ()
    assert overlap(short, short) == Overlap(0.0, 0.0, 0.0)


def test_keys_are_the_same_in_every_process_and_fit_a_signed_column() -> None:
    found = keys(words(text(prose(1))))
    assert len(set(found)) == KEYS
    assert all(-(2**63) <= key < 2**63 for key in found)
    assert found[:2] == FIRST_KEYS


@given(st.lists(st.sampled_from(WORDS), max_size=80), st.lists(st.sampled_from(WORDS), max_size=80))
def test_overlap_is_symmetric_within_bounds_and_whole_for_equal_texts(one: list[str], other: list[str]) -> None:
    found, back = overlap(one, other), overlap(other, one)
    if len(one) != len(other):
        assert found == back
    assert all(0 <= value <= 1 for value in (found.shared, found.back, found.spread))
    if len(one) >= 30:
        assert overlap(one, one) == Overlap(1.0, 1.0, 1.0)


@given(st.lists(st.tuples(st.sampled_from("abcdefgh"), st.sampled_from("abcdefgh")), max_size=12), st.randoms())
def test_groups_do_not_depend_on_the_order_of_pairs(pairs: list[tuple[str, str]], chance: random.Random) -> None:
    shuffled = [pair[::-1] if chance.random() < 0.5 else pair for pair in chance.sample(pairs, len(pairs))]
    made = groups(pairs)
    assert made == groups(shuffled)
    members = [member for group in made for member in group]
    assert sorted(members) == sorted({member for pair in pairs for member in pair})
    assert all(any({a, b} <= set(group) for group in made) for a, b in pairs)


def test_groups_join_over_a_third() -> None:
    assert groups([("a", "b"), ("c", "d"), ("b", "c"), ("x", "y")]) == [("a", "b", "c", "d"), ("x", "y")]


def test_the_agency_that_is_credited_is_the_original() -> None:
    wire = article("wire", "www.reuters.com", published="2020-05-02")
    paper = article("paper", "The Daily Example", body="SPRINGFIELD (Reuters) - It rained.")
    assert original([paper, wire]) == Original("wire", "Reuters")


@pytest.mark.parametrize(
    "credited",
    [
        {"authors": ("The Associated Press",)},
        {"body": "SPRINGFIELD (AP) — It rained."},
        {"body": "It rained.\nCopyright 2020 The Associated Press. All rights reserved."},
        {"url": "https://www.example.com/aponline/2020/05/01/rain.html"},
    ],
)
def test_an_agency_is_told_though_its_own_article_is_not_there(credited: dict[str, object]) -> None:
    members = [article("one", "First Post", **credited), article("two", "Second Post")]  # type: ignore[arg-type]
    assert original(members) == Original(None, "Associated Press")


def test_two_agencies_leave_the_original_open() -> None:
    members = [
        article("one", "First Post", body="SPRINGFIELD (AP) - It rained."),
        article("two", "Second Post", body="SPRINGFIELD (Reuters) - It rained.", published="2020-05-02"),
    ]
    assert original(members) == Original()


def test_an_outlet_that_another_copy_names_is_the_original() -> None:
    members = [
        article("first", "Example Review", published="2020-05-03"),
        article("copy", "Second Post", body="It rained.\nThis article first appeared in the Example Review."),
    ]
    assert original(members) == Original("first")


def test_without_credit_the_first_day_tells_the_original_if_every_day_is_known() -> None:
    early, late = article("early", "A"), article("late", "B", published="2020-05-02")
    assert original([late, early]) == Original("early")
    assert original([early, article("same day", "B")]) == Original()
    assert original([late, article("undated", "B", published=None)]) == Original()
