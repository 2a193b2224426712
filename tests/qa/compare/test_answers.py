"""What a question says is done, and which sentences can stand as its answer."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from index.lexical import stems
from index.types import Kind
from qa.compare.answering import ACT, LEAST, ON_IT, answering
from qa.compare.columns import Part, candidates
from qa.compare.predicate import Predicate, predicate
from qa.compare.wants import surely
from qa.printable import printable
from qa.weigh import Evidence, Question
from tests.fakes import WordAnswers
from tests.qa.evidence import bridge

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

WHY = "Why did the council dismiss Mara Lindqvist?"
WHEN = "When did the council dismiss Mara Lindqvist?"
WHO = "Who dismissed Mara Lindqvist?"


def read(question: str) -> Question:
    return Question.read(question, lambda _: 1.0)


def told(question: str, sentence: str) -> float:
    return predicate(question).told(stems(sentence))


@pytest.mark.model
@pytest.mark.parametrize(
    ("question", "sentence", "share"),
    [
        (WHY, "The council ousted her on Monday.", 1.0),
        (WHY, "Her removal came after a long night.", 1.0),
        (WHY, "Lindqvist has led the harbour office since May.", 0.0),
        ("Who claimed the raid that killed four sailors?", "Four sailors were killed.", 0.0),
        ("Who claimed the raid that killed four sailors?", "A militia claimed the raid.", 1.0),
        ("When will the storm make landfall?", "The storm is expected to hit on Friday.", 1.0),
        ("Why did the mayor threaten to move the fair?", "The mayor may relocate the fair.", 0.5),
        ("What did Mara Lindqvist say about the fair?", "Anything at all.", 1.0),
        ("How large was the gap in October?", "It came to 55 million crowns.", 1.0),
    ],
)
def test_a_sentence_tells_what_the_main_clause_of_a_question_says_is_done(
    question: str, sentence: str, share: float
) -> None:
    assert told(question, sentence) == share


@pytest.mark.parametrize(
    ("text", "can"),
    [
        ("The council met for three hours on Monday.", True),
        ("PORT ELLERY (Meridian Wire) — The ferry hit the wall at noon.", True),
        ("“We will not go back on it,” the mayor said.", True),
        ("More than 1,000 people stood outside the hall.", True),
        ("Did the council know of the letter all along?", False),
        ("Here is what the mayor said on Monday night:", False),
        ("Council ousts harbour chief after a long night", False),
        ("More: Five things to know about the new harbour.", False),
        ("FILE - The mayor speaks at the harbour on Monday.", False),
        ("The mayor shared it at https://example.org/a on Monday.", False),
        ("The mayor agreed.", False),
    ],
)
def test_only_a_whole_sentence_can_be_quoted_alone(text: str, can: bool) -> None:
    assert printable(text) is can


def test_headlines_run_into_a_sentence_cannot_be_quoted() -> None:
    jammed = "Mayor Orla HaleCouncil meets again tonight over BudgetHarbour chief leaves the hall early on Monday."
    assert not printable(jammed)
    assert printable("The HuffPost reporter and Orla McKenna spoke to the council on Monday.")


def test_a_day_a_cause_or_somebody_new_is_told_plainly() -> None:
    assert surely(read(WHEN), "She was dismissed on Monday.")
    assert not surely(read(WHEN), "She was dismissed last summer.")
    assert surely(read(WHY), "She was dismissed because of the books.")
    assert surely(read(WHO), "It was Tomas Brandt who dismissed her.")
    assert not surely(read(WHO), "Mara Lindqvist was dismissed.")


def evidence(*odds: float, told: Kind | None = None) -> list[Evidence]:
    """The four sentences of the bridge, best first, with these log-odds; the last tells an act."""
    made = [
        Evidence(item, 0.0, similarity=0.0, passage=0.0, own=0.0, around=0.0, named=1.0, told={}, said=(), answers=odd)
        for item, odd in zip(bridge(), odds, strict=True)
    ]
    return [*made[:-1], replace(made[-1], told={told: 1.0})] if told else made


def numbers(found: Sequence[Evidence]) -> list[int]:
    return [one.numbered.number for one in found]


def test_a_voice_answers_with_what_is_surest_and_with_another_only_if_it_is_as_sure() -> None:
    question = read("How many people cross the strait each day?")
    assert numbers(answering(question, evidence(0.5, 2.0, 0.4, -3.0))) == [2]
    assert numbers(answering(question, evidence(0.5, 2.0, 1.95, -3.0))) == [2, 3]
    assert answering(question, evidence(*[LEAST - 0.01] * 4)) == ()


def test_the_act_asked_about_makes_a_sentence_surer_but_not_that_something_is_said() -> None:
    odds = (-9.0, -9.0, -9.0, LEAST - ACT + 0.01)
    assert numbers(answering(read("Who blamed whom for the end of the talks?"), evidence(*odds, told=Kind.BLAME))) == [
        4
    ]
    assert answering(read("What did Ilse Karg say about the talks?"), evidence(*odds, told=Kind.SAY)) == ()


def test_an_open_question_is_answered_by_what_tells_the_act_or_is_on_the_matter() -> None:
    unsure = evidence(*[-9.0] * 4, told=Kind.SAY)
    assert numbers(answering(read("What did Ilse Karg say?"), unsure)) == [4]
    near = [replace(one, around=ON_IT if one.numbered.number == 3 else 0.0) for one in unsure]
    assert numbers(answering(read("What is reported about the ferry?"), near)) == [3]


class Counting(WordAnswers):
    """The fake, which counts the sentences that it reads."""

    read = 0

    def scores(self, question: str, sentences: Sequence[tuple[str, str]]) -> NDArray[np.float32]:
        """The log-odds."""
        self.read += len(sentences)
        return super().scores(question, sentences)


@pytest.mark.parametrize(("question", "reads"), [("What did Ilse Karg say?", 0), ("Why did the talks end?", 3)])
def test_only_so_many_are_read_and_none_where_nothing_particular_is_asked(question: str, reads: int) -> None:
    model, found = Counting(), evidence(*[0.0] * 4)
    articles = {one.numbered.article.id for one in found}
    part = Part(Question.read(question, lambda _: 1.0), np.zeros(1, dtype=np.float32), Predicate(()))
    read = candidates(part, [found, [], found[:1]], articles, model, 2)
    assert model.read == reads
    assert [numbers(own) for own in read] == [[1, 2], [], [1]]
    assert {one.answers == 0.0 for own in read for one in own} == {not reads}  # as it was, where it is not read
