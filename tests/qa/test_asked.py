"""The words of a question that tell what it is about."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.asked import FUNCTION_WORDS, Wanted, asks, content_words, names, telling_words, tells_day, wanted, words
from qa.weigh import Question


def test_words_keep_their_inner_points_hyphens_and_apostrophes() -> None:
    assert words("The U.S. vice-mayor's “8.5” crowns—all?") == ["The", "U.S", "vice-mayor's", "8.5", "crowns", "all"]


def test_content_words_are_lower_case_without_possessives_each_once() -> None:
    found = content_words("Who blamed the mayor's office, and whom did the Mayor blame?")
    assert found == ("blamed", "mayor", "office", "blame")
    assert content_words("Which of them was it?") == ()
    assert content_words("?!") == ()


def test_a_word_that_only_names_a_measure_tells_nothing() -> None:
    assert telling_words("How long did the long talks last?") == ("long", "talks", "last")
    assert telling_words("How far is it, and how often does it run?") == ("run",)
    assert telling_words("How old is the harbour?") == ("old", "harbour")
    assert telling_words("Who knows how long it lasted?") == ("knows", "lasted")
    assert telling_words("How longingly?") == ("longingly",)


def test_names_are_written_with_a_capital_or_a_digit_and_not_only_for_standing_first() -> None:
    assert names("Did Ilse Karg's company sell the MS 2000 to Northfjord?") == (
        "Ilse",
        "Karg",
        "MS",
        "2000",
        "Northfjord",
    )
    assert names("Bridges fall.") == ()
    assert names("NATO met.") == ("NATO",)
    assert names("What did I say?") == ()


@given(st.text(max_size=80))
def test_any_text_is_read(text: str) -> None:
    assert not FUNCTION_WORDS & set(content_words(text))
    assert len(set(content_words(text))) == len(content_words(text))
    assert set(names(text)) <= {word for found in words(text) for word in (found, found[:-1], found[:-2])}
    wanted(text)


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("How many people were hurt?", Wanted.NUMBER),
        ("How long did it take?", Wanted.NUMBER),
        ("When will it open, and who pays?", Wanted.DAY),
        ("Which year was it built?", Wanted.DAY),
        ("Who pays, and when?", Wanted.NAME),
        ("Where did it sink?", Wanted.NAME),
        ("Which company built it?", Wanted.NAME),
        ("Why did it sink?", Wanted.REASON),
        ("What caused the fire?", Wanted.REASON),
        ("Did it sink?", None),
    ],
)
def test_a_question_wants_the_kind_of_its_first_asking_word(question: str, kind: Wanted | None) -> None:
    assert wanted(question) is kind


def test_days_and_seasons_are_told() -> None:
    assert all(map(tells_day, ("on 4 March", "Sept. 3", "in 2027", "by Friday", "next spring", "at midnight")))
    assert not any(map(tells_day, ("the mayor may march", "a market decision", "41 crowns")))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Which country was shaken by an earthquake?", True),
        ("“Where were the boats?”", True),
        ("Who closed the harbour ...?)", True),
        ("“Where were the boats?” the mayor asked.", False),
        ("The mayor asked where the boats were.", False),
        ("", False),
    ],
)
def test_a_sentence_asks_where_it_ends_in_a_question(text: str, expected: bool) -> None:
    assert asks(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("What is reported about “Ferry talks collapse”?", True),
        ("What is known about the gunman?", True),
        ("Tell me more about the ferry strike.", True),
        ("What did Ilse Karg say?", True),
        ("Whom did Ilse Karg blame?", True),
        ("Who blamed whom?", True),
        ("What did Ilse Karg say about the ferry?", False),
        ("What did Ilse Karg say about Petra Lind?", False),
        ("Who blamed whom for the collapse of the talks?", False),
        ("When did Ilse Karg say that?", False),
        ("Why did Ilse Karg deny it?", False),
        ("What happened to the captain?", False),
        ("How old is the captain?", False),
    ],
)
def test_a_question_is_open_where_nothing_particular_is_asked_of_a_matter_or_of_what_somebody_said(
    text: str, expected: bool
) -> None:
    assert Question.read(text, lambda _: 1.0).open is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Who blamed whom for the collapse of the talks?", True),
        ("Who denied the mayor's account?", True),
        ("What did Ilse Karg say?", True),
        ("What did Ilse Karg say about the ferry?", False),
        ("Why did Ilse Karg deny it?", False),
        ("Which city pays the agencies that reject couples?", False),
        ("What is reported about the strike?", False),
    ],
)
def test_every_telling_is_asked_for_where_it_is_asked_who_did_it_or_for_all_that_was_said(
    text: str, expected: bool
) -> None:
    assert Question.read(text, lambda _: 1.0).all_accounts is expected
