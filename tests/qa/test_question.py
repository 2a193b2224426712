"""A question is read: told apart, made to stand alone, and its filters taken from its words."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.errors import ModelUnavailableError
from index.types import Filters
from qa.question import read, stand_alone
from qa.questions.limits import Asked, Known, Limit, over
from qa.types import Answer, Claim, Turn, Verdict
from tests.fakes import ScriptedLLM
from tests.qa.conversing import fault, load, run

FIRST = "Who did Ilse Karg blame for the strike?"
OUTLETS = ("Alder Courier", "Northline News", "The Sandhaven Gazette", "Capital Dispatch", "Reuters", "BBC News")
KNOWN = Known(OUTLETS, date(2026, 5, 8))
LEAST = 0.90
GOLD = Path(__file__).parents[2] / "examples" / "gold" / "questions.json"


def history(*questions: str, said: str = "") -> list[Turn]:
    claims = (Claim(text=said, citations=(), verdict=Verdict.SUPPORTED),) if said else ()
    return [Turn(question=q, answer=Answer(question=q, asked=q, mode="quote", claims=claims)) for q in questions]


@pytest.mark.parametrize("half", ["train", "report"])
def test_nine_in_ten_conversations_are_read_as_people_would(half: str) -> None:
    document = load()
    conversations = [c for c in document["conversations"] if c["half"] == half]
    wrong = {
        conversation["id"]: problems
        for conversation in conversations
        if (problems := [p for _, p in run(conversation, document["archives"][conversation["archive"]]) if p])
    }
    assert len(conversations) >= 50
    assert 1 - len(wrong) / len(conversations) >= LEAST, json.dumps(wrong, indent=1)


def test_a_reading_is_held_against_every_part_of_what_is_expected() -> None:
    asked = (Asked("Who left?", (Limit("in Reuters", 1, outlets=("Reuters",)),)),)
    assert not fault(asked, [{"asked": ["and who left"], "outlets": ["Reuters"]}])
    assert fault(asked, [{"asked": ["who stayed"], "outlets": ["Reuters"]}])
    assert fault(asked, [{"has": ["le"], "outlets": ["Reuters"]}])
    assert fault(asked, [{"lacks": ["left"], "outlets": ["Reuters"]}])
    assert fault(asked, [{}])
    assert fault(asked, [{"outlets": ["Reuters"], "since": "2020-01-01"}])
    assert fault(asked, [{"outlets": ["Reuters"]}, {}])


def test_the_examples_name_just_the_outlets_that_people_noted() -> None:
    outlets = ("Alder Courier", "Northline News", "The Sandhaven Gazette", "Capital Dispatch")
    for entry in json.loads(GOLD.read_text(encoding="utf-8"))["questions"]:
        if "question" in entry:
            (asked, *_) = read(entry["question"], known=Known(outlets, date(2026, 5, 8)))
            assert set(asked.filters.outlets) == set(entry.get("outlets_asked", ())), entry["question"]


def test_a_limit_says_its_words_and_its_turn_and_stays_for_a_follow_up() -> None:
    (first,) = read("According to Northline, who blamed Lodria since 24 March?", known=KNOWN)
    assert first.text == "who blamed Lodria?"
    assert first.limits == (
        Limit("According to Northline", 1, outlets=("Northline News",)),
        Limit("since 24 March", 1, since=date(2026, 3, 24)),
    )
    assert first.filters == Filters(outlets=("Northline News",), since=date(2026, 3, 24))
    (why,) = read("And why?", history(first.text), KNOWN, carried=first.limits)
    assert why.limits == first.limits
    (other,) = read("And the Courier?", history(first.text), KNOWN, carried=why.limits)
    assert other.text == first.text
    assert other.limits == (Limit("And the Courier", 2, outlets=("Alder Courier",)), first.limits[1])
    (new,) = read("Who won the chess title in Port Ellery?", history(first.text), KNOWN, carried=first.limits)
    assert new.limits == ()


def test_what_the_reader_sets_by_hand_is_not_read_from_words() -> None:
    question = "According to Reuters, who left since March?"
    (asked,) = read(question, known=KNOWN, given=Filters(outlets=("BBC News",)))
    assert [limit.words for limit in asked.limits] == ["since March"]
    (asked,) = read(question, known=KNOWN, given=Filters(until=date(2026, 4, 1)))
    assert [limit.words for limit in asked.limits] == ["According to Reuters"]


def test_an_outlet_that_is_ruled_out_leaves_all_others() -> None:
    (asked,) = read("Who sank the ferry? Not from the BBC.", known=KNOWN)
    assert asked.text == "Who sank the ferry?"
    assert asked.filters.outlets == tuple(outlet for outlet in OUTLETS if outlet != "BBC News")


def test_several_questions_each_have_their_limits() -> None:
    first, second = read("What did Reuters say about the dam, and what did the BBC say about it?", known=KNOWN)
    assert first == Asked("What is reported about the dam?", (Limit("Reuters", 1, outlets=("Reuters",)),))
    assert second == Asked("what is reported about the dam?", (Limit("the BBC", 1, outlets=("BBC News",)),))


def test_new_limits_replace_old_ones_of_their_kind() -> None:
    outlet, day = Limit("in X", 1, outlets=("X",)), Limit("since May", 1, since=date(2026, 5, 1))
    again = Limit("in Y", 2, outlets=("Y",))
    assert over([again], [outlet, day]) == (again, day)
    assert over([], [outlet, day]) == (outlet, day)


@pytest.mark.parametrize("question", ["Who built the Northfjord bridge?", "How many people were hurt at Port Ellery?"])
def test_a_question_of_its_own_stands_as_it_is(question: str) -> None:
    assert stand_alone(question, history(FIRST)) == question


def test_without_a_conversation_every_question_stands_alone() -> None:
    assert stand_alone("And then?", []) == "And then?"


def test_what_is_not_clear_takes_the_question_before_with_it() -> None:
    assert stand_alone("How about the other side?", history("Old?", FIRST)) == f"How about the other side? ({FIRST})"


def test_a_chain_leans_on_what_was_asked_and_not_on_what_was_typed() -> None:
    before = Turn(question="And he?", answer=Answer(question="And he?", asked=f"And he? ({FIRST})", mode="quote"))
    assert FIRST in stand_alone("And she?", [*history("Other?"), before])


def test_a_name_of_the_answer_explains_a_pronoun_where_just_one_fits() -> None:
    told = history("Who leads the union?", said="Owen Marsh leads the union of seafarers.")
    assert stand_alone("When was he elected?", told) == "When was Owen Marsh elected?"
    told = history("Who quarrelled?", said="Owen Marsh quarrelled with Neil Farrow.")
    assert stand_alone("When was he elected?", told) == "When was he elected? (Who quarrelled?)"
    told = history("Who quarrelled?", said="Ms Dana Whitlock quarrelled with Owen Marsh.")
    assert stand_alone("When was he elected?", told) == "When was Owen Marsh elected?"


def test_a_model_rewrites_a_follow_up_and_rules_read_its_limits() -> None:
    llm = ScriptedLLM('{"question": "Whom did the union blame for the strike?", "continues": true}')
    carried = (Limit("in Reuters", 1, outlets=("Reuters",)),)
    (asked,) = read("And the union, since April?", history(FIRST, said="The union"), KNOWN, carried=carried, llm=llm)
    assert asked.text == "Whom did the union blame for the strike?"
    assert [limit.words for limit in asked.limits] == ["in Reuters", "since April"]
    assert FIRST in llm.asked[0][0]["content"]


@pytest.mark.parametrize(
    "reply",
    [
        "I cannot.",
        "",
        '{"question": "", "continues": true}',
        '{"question": "Who did Boris blame for the strike?", "continues": true}',
        '{"question": "Why?"}',
        "x" * 5_000,
    ],
)
def test_a_model_that_does_not_reply_or_invents_leaves_it_to_the_rules(reply: str) -> None:
    llm = ScriptedLLM(reply)
    (asked,) = read("Why?", history(FIRST), KNOWN, llm=llm)
    assert asked.text == f"Why? ({FIRST})"
    assert llm.open == 0


def test_a_model_is_asked_only_where_there_is_a_conversation_and_it_can_write() -> None:
    assert read(FIRST, known=KNOWN, llm=ScriptedLLM())[0].text == FIRST
    assert read("Why?", history(FIRST), KNOWN, llm=ScriptedLLM(chooses_only=True))[0].text == f"Why? ({FIRST})"
    with pytest.raises(ModelUnavailableError):
        read("Why?", history(FIRST), KNOWN, llm=ScriptedLLM(ModelUnavailableError("Start it.")))


@settings(max_examples=60)
@given(st.text(max_size=120), st.text(max_size=60))
def test_any_text_is_read_and_loses_no_question(question: str, before: str) -> None:
    asked = read(question, history(before) if before else (), KNOWN)
    assert asked
    assert stand_alone(question, ()) or not any(character.isalnum() for character in question)


WORDS = "and who did the BBC say in Reuters only since May 2025 what about he it not from ? , Karg 5 May last week why".split()


@settings(max_examples=120)
@given(st.lists(st.sampled_from(WORDS), max_size=14), st.booleans())
def test_limits_name_outlets_and_days_that_can_be(words: list[str], follows: bool) -> None:
    assert KNOWN.newest is not None
    for asked in read(" ".join(words), history(FIRST) if follows else (), KNOWN):
        assert set(asked.filters.outlets) <= set(OUTLETS)
        assert all(bool(limit.outlets) != bool(limit.since or limit.until) for limit in asked.limits)
        assert asked.filters.since is None or asked.filters.since <= KNOWN.newest
