"""Two prints of one utterance, word by word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.compare.prints import Way, differences, tokens


def compared(one: str, other: str) -> Way:
    return differences(tokens(one), tokens(other)).way


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("today's 8 1/2 hour discussion", "today’s 8 ½ hour discussion"),
        ("the health care law", "the healthcare law"),
        ("I am ready to get in this fight", "I'm ready to get in this fight"),
        ("We analysed the colour of the labour market", "We analyzed the color of the labor market"),
        ("It cost twenty-one crowns", "It cost 21 crowns"),
    ],
)
def test_what_a_printer_types_otherwise_is_no_change_of_words(one: str, other: str) -> None:
    assert compared(one, other) is Way.TYPED


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("We left the door open", "We left the door open, and we will be back"),
        ("Nobody, in the end, walked out of that room", "walked out of that room"),
        ("They came … with no authority to sign", "They came with nothing new and with no authority to sign"),
        ("[Brandt] came to Sandhaven with nothing", "He came to Sandhaven with nothing"),
    ],
)
def test_a_quotation_cut_at_an_end_or_where_it_says_so_is_cut_and_not_changed(one: str, other: str) -> None:
    assert compared(one, other) in (Way.CUT, Way.SAME, Way.TYPED)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("We had a frank discussion", "We had frank discussions"),
        ("We left the door open", "We left the door ajar"),
        ("There is no deal", "There is a deal"),
        ("It took 8 hours", "It took 12 hours"),
    ],
)
def test_another_word_inside_is_a_change(one: str, other: str) -> None:
    assert compared(one, other) is Way.CHANGED


def test_the_difference_is_told_word_by_word() -> None:
    found = differences(tokens("had a good discussion with us"), tokens("had good discussions with us"))
    assert [(change.step, change.one, change.other) for change in found.changes] == [
        ("equal", "had", "had"),
        ("delete", "a", ""),
        ("equal", "good", "good"),
        ("replace", "discussion", "discussions"),
        ("equal", "with us", "with us"),
    ]


WORDS = st.lists(st.sampled_from("we the talks door left open not never eight hours [they] … 8 ½".split()), max_size=12)


@given(WORDS, WORDS)
def test_the_steps_give_back_both_prints(one: list[str], other: list[str]) -> None:
    left, right = tokens(" ".join(one)), tokens(" ".join(other))
    steps = differences(left, right).changes
    assert " ".join(step.one for step in steps if step.one) == " ".join(word.text for word in left)
    assert " ".join(step.other for step in steps if step.other) == " ".join(word.text for word in right)


@given(WORDS, WORDS)
def test_both_directions_find_the_same_way(one: list[str], other: list[str]) -> None:
    left, right = " ".join(one), " ".join(other)
    assert compared(left, right) is compared(right, left)
    assert compared(left, left) is Way.SAME
