"""What a question says is done, and which sentences can stand as its answer."""

from __future__ import annotations

import pytest

from index.lexical import stems
from qa.compare.predicate import predicate
from qa.compare.wants import printable, surely
from qa.weigh import Question

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
