"""Acts of saying: which a question asks about, and which a sentence tells."""

from __future__ import annotations

import pytest

from index.types import Kind
from qa.acts import ACTS, ANSWERED_BY, asked_act, asked_speaker, tells


@pytest.mark.parametrize(
    ("question", "act"),
    [
        ("Who blamed whom for the strike?", Kind.BLAME),
        ("Who is responsible for the flood?", Kind.BLAME),
        ("Whom did the union accuse?", Kind.ACCUSE),
        ("Did anyone criticise the mayor?", Kind.CRITICISE),
        ("Did the company deny the charge?", Kind.DENY),
        ("Who rejected the offer?", Kind.REJECT),
        ("Who praised the rescue?", Kind.PRAISE),
        ("What did the minister promise?", Kind.PROMISE),
        ("Who threatened to resign?", Kind.THREATEN),
        ("What did the union warn of?", Kind.WARN),
        ("Who called for an inquiry?", Kind.DEMAND),
        ("Has the bank confirmed the loss?", Kind.CONFIRM),
        ("When was the strike announced?", Kind.ANNOUNCE),
        ("What did the mayor say about the bridge?", Kind.SAY),
        ("How did the company respond?", Kind.SAY),
        ("How did the mayor respond to the accusations?", Kind.SAY),
        ("Did anyone deny that the union accused the mayor?", Kind.DENY),
        ("What did the mayor say about those who blamed the company?", Kind.SAY),
        ("Who accused the company of dismissing the pilots?", Kind.ACCUSE),
        ("Which city pays the agencies that reject couples?", None),
        ("Who announced the strike that threatened the ferry?", Kind.ANNOUNCE),
        ("How long is the bridge?", None),
        ("Where did the ferry sink?", None),
        ("When does the tram open?", None),
    ],
)
def test_a_question_asks_about_this_act(question: str, act: Kind | None) -> None:
    assert asked_act(question) is act
    assert asked_act(question.upper()) is act


@pytest.mark.parametrize(
    ("sentence", "act", "told"),
    [
        ("The mayor blamed the company.", Kind.BLAME, True),
        ("The talks collapsed because nobody came.", Kind.BLAME, True),
        ("The firm denies the charge.", Kind.DENY, True),
        ("He called the report baseless.", Kind.DENY, True),
        ("Snow fell in Denmark.", Kind.DENY, False),
        ("“Never,” she said.", Kind.SAY, True),
        ("The sayings of the sea.", Kind.SAY, False),
        ("Commuters waited.", Kind.PROMISE, False),
        ("The council pledged money.", Kind.PROMISE, True),
        ("Anything at all.", Kind.BELIEVE, False),
    ],
)
def test_a_sentence_tells_this_act(sentence: str, act: Kind, told: bool) -> None:
    assert tells(sentence, act) is told


def test_every_act_that_can_be_asked_for_can_be_told() -> None:
    assert set(ANSWERED_BY) <= set(ACTS)
    assert {act for acts in ANSWERED_BY.values() for act in acts} <= set(ACTS)


@pytest.mark.parametrize(
    ("question", "speaker"),
    [
        ("What did Ida Brenn say about the dam?", "Ida Brenn"),
        ("How has the ministry responded to Halden Rail?", "the ministry"),
        ("Did the mayor of Westmere ever deny the report?", "the mayor of Westmere"),
        ("How long did the talks last, according to Tomas Brandt?", "Tomas Brandt"),
        ("Who blamed the ferry's owner?", ""),
        ("Did anyone deny the report?", ""),
        ("What was said about the dam?", ""),
    ],
)
def test_whoever_is_asked_to_have_spoken_is_told(question: str, speaker: str) -> None:
    assert asked_speaker(question) == speaker


def test_taking_issue_tells_criticism() -> None:
    assert tells("The pilots took issue with his remarks.", Kind.CRITICISE)
