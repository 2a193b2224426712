"""One word in two spellings."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.lexical import _analyzer, stems
from index.spelling import ALWAYS_ISE, PAIRS, Spellings


def plain(word: str) -> str:
    return str(_analyzer().analyze(word)[0])


SPELLINGS = Spellings(plain)


@pytest.mark.parametrize(
    ("british", "american"),
    [tuple(pair.split()) for pair in PAIRS.replace("\n", " ").split(",")]
    + [
        ("apologised", "apologize"),
        ("organisations", "organization"),
        ("realising", "realize"),
        ("criticises", "criticized"),
        ("labourers", "laborer"),
        ("colouring", "colors"),
        ("analysed", "analyzing"),
        ("Programmes", "program"),
        ("theatres", "Theater"),
    ],
)
def test_both_spellings_have_one_stem_and_each_is_looked_for(british: str, american: str) -> None:
    assert stems(british) == stems(american)
    looked_for = SPELLINGS.all(stems(american)[0])
    assert {plain(british), plain(american)} <= set(looked_for)
    assert len(looked_for) == len(set(looked_for))


@pytest.mark.parametrize(
    "word", [*ALWAYS_ISE.split(), "this", "his", "crisis", "Paris", "tennis", "four", "hour", "sour"]
)
def test_a_word_of_one_spelling_keeps_its_stem(word: str) -> None:
    assert stems(word) == [plain(word)]


@pytest.mark.parametrize(
    ("one", "other"), [("paradise", "parade"), ("improvise", "improve"), ("four", "for"), ("expertise", "expert")]
)
def test_other_words_stay_others(one: str, other: str) -> None:
    assert stems(one) != stems(other)


@given(st.from_regex(r"[a-z]{2,12}", fullmatch=True))
def test_a_stem_is_found_by_what_it_is_looked_for_as(word: str) -> None:
    assert plain(word) in SPELLINGS.all(stems(word)[0])
