"""Follow-ups become questions that stand alone."""

from __future__ import annotations

import pytest

from qa.question import stand_alone
from qa.types import Answer, Turn

FIRST = "Who did Ilse Karg blame for the strike?"


def history(*questions: str) -> list[Turn]:
    return [Turn(question=q, answer=Answer(question=q, asked=q, mode="quote")) for q in questions]


@pytest.mark.parametrize(
    "question", ["And the company?", "Why?", "What did she say?", "How about the other side?", "Where was this?"]
)
def test_a_question_that_leans_takes_the_one_before_with_it(question: str) -> None:
    assert stand_alone(question, history("Old?", FIRST)) == f"{question} ({FIRST})"


@pytest.mark.parametrize("question", ["Who built the Northfjord bridge?", "How many people were hurt at Port Ellery?"])
def test_a_question_of_its_own_stands_as_it_is(question: str) -> None:
    assert stand_alone(question, history(FIRST)) == question


def test_without_a_conversation_every_question_stands_alone() -> None:
    assert stand_alone("And then?", []) == "And then?"


def test_a_chain_leans_on_what_was_asked_and_not_on_what_was_typed() -> None:
    before = Turn(question="And he?", answer=Answer(question="And he?", asked=f"And he? ({FIRST})", mode="quote"))
    assert FIRST in stand_alone("And she?", [*history("Other?"), before])
