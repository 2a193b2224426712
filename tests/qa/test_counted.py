"""What a question wants counted, and the numbers of a sentence that count it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.counted import counted, durations, money, people, tells


@pytest.mark.parametrize(
    ("question", "things"),
    [
        ("How many paper boats did the ferryman fold?", {"paper", "boat"}),
        ("How many more nets are to be mended?", {"net"}),
        ("They have how many lanterns?", {"lantern"}),
        ("How many of the women were hurt?", people()),
        ("How many were hurt?", set()),
        ("How long did the talks last?", durations()),
        ("What percentage of the islanders agreed?", {"%"}),
        ("How much did the harbour board pay for the crane?", money()),
        ("How much was the ferry company fined?", money()),
        ("How much rain fell?", set()),
        ("Who paid for the crane?", set()),
    ],
)
def test_what_is_to_be_counted_is_read_from_the_question(question: str, things: set[str]) -> None:
    assert counted(question) == things


@pytest.mark.parametrize(
    ("question", "sentence", "told"),
    [
        ("How much did they pay?", "The board paid $4.5 million for the crane.", True),
        ("How much did they pay?", "The crane cost forty thousand crowns.", True),
        ("How much did they pay?", "The board has 12 members.", False),
        ("How many boats were lost?", "The storm sank 21 small fishing boats.", True),
        ("How many boats were lost?", "The storm killed 21, and boats were lost.", False),
        ("How many people died?", "Four passengers died.", True),
        ("How long did the talks last?", "The delegations spoke for 8 ½ hours.", True),
        ("How long did the talks last?", "The talks ended on 14 May.", False),
        ("How many hours did it take?", "It began at 9 a.m., hours after the storm.", False),
        ("How many years did he get?", "The mate, a 41-year-old, was released.", False),
        ("What share agreed?", "A share of 62 per cent agreed.", True),
    ],
)
def test_a_number_tells_what_it_counts(question: str, sentence: str, told: bool) -> None:
    assert tells(counted(question), sentence) is told


THINGS = ("boat", "lantern", "bridge", "sailor", "crate")


@given(st.integers(2, 1500), st.sampled_from(THINGS), st.sampled_from(THINGS))
def test_a_number_tells_what_stands_after_it_and_nothing_else(number: int, thing: str, asked: str) -> None:
    sentence = f"The harbour board counted {number:,} wooden {thing}s."
    assert tells(counted(f"How many {asked}s were there?"), sentence) is (asked == thing)


@given(st.text(max_size=80), st.text(max_size=80))
def test_no_question_and_no_sentence_is_an_error(question: str, sentence: str) -> None:
    tells(counted(question), sentence)
