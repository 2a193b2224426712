"""What is offered after an answer leads on: it is answered, and cites what the reader has not seen."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from index.archive import Archive
from index.statements.reader import StatementReader
from qa.engine import Engine
from qa.next_questions import MOST, next_questions
from tests.fakes import HashEmbedder, WordAnswers
from tests.index.making import add, write_rows
from tests.qa.asking import ask

if TYPE_CHECKING:
    from pathlib import Path

    from index.types import Statement
    from qa.types import Answer

ROWS = (
    {
        "id": "1", "outlet": "Quay Times", "published": "2026-02-03", "title": "Barge sinks at Hollen lock",
        "text": "Harbour master Ruth Calloway blamed Jan Moor for the sinking of the barge Petrel at the Hollen lock. "
        "The canal stays closed until a crane has lifted the barge.",
    },
    {
        "id": "2", "outlet": "Velm Mirror", "published": "2026-02-05", "title": "Lock company answers",
        "text": "Jan Moor denied any fault for the sinking of the barge Petrel at the Hollen lock. "
        "Divers looked at the gate of the lock on Thursday.",
    },
)  # fmt: skip
QUESTION = "Who was blamed for the sinking of the barge Petrel?"


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    folder: Path = tmp_path_factory.mktemp("next")
    add(folder / "archive", write_rows(folder / "t.jsonl", *ROWS), reader=StatementReader())

    def no_model(name: str) -> None:
        raise AssertionError(f"no model is asked, {name} was")

    return Engine(Archive(folder / "archive"), HashEmbedder(), no_model, answers=WordAnswers())  # type: ignore[arg-type]


@pytest.fixture
def answer(engine: Engine) -> Answer:
    """What one outlet says, the other not cited yet."""
    return ask(engine, f"{QUESTION[:-1]}, according to Quay Times?")


def found(engine: Engine, answer: Answer, *before: str) -> tuple[str, ...]:
    return next_questions(answer, engine.archive, search=engine.search, ask=engine.ask, before=before)


def test_who_is_blamed_is_asked_what_he_denied(engine: Engine, answer: Answer) -> None:
    assert "What did Jan Moor deny?" in found(engine, answer)


def test_each_is_answered_from_words_that_were_not_cited(engine: Engine, answer: Answer) -> None:
    seen = {(c.article_id, c.start) for c in answer.citations}
    offered = found(engine, answer)
    assert 0 < len(offered) <= MOST
    for question in offered:
        assert {(c.article_id, c.start) for c in ask(engine, question).citations} - seen


def test_what_was_asked_before_is_not_offered_again(engine: Engine, answer: Answer) -> None:
    first = found(engine, answer)[0]
    assert first not in found(engine, answer, first.upper())


def test_nothing_leads_on_from_an_abstention(engine: Engine) -> None:
    answer = ask(engine, "Who won the chess tournament in Lisbon?")
    assert answer.abstained is not None
    assert found(engine, answer) == ()


def test_what_the_archive_cannot_answer_is_not_offered(engine: Engine, answer: Answer) -> None:
    assert next_questions(answer, engine.archive, search=engine.search, ask=lambda question: ()) == ()


def test_nobody_is_asked_about_whose_name_is_printed_nowhere(
    engine: Engine, answer: Answer, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = engine.archive.statements
    misread = {"Jan Moor": "Moor Petrel"}

    class Misreading:
        """The statements, with a name that was put together from two."""

        def of(self, articles: set[str]) -> dict[str, list[Statement]]:
            return {i: [_renamed(s, misread) for s in said] for i, said in kept.of(articles).items()}

        def find(self, speaker: str) -> list[Statement]:
            told = {new: old for old, new in misread.items()}
            return [_renamed(s, misread) for s in kept.find(speaker=told.get(speaker, speaker))]

    assert any("Jan Moor" in question for question in found(engine, answer))
    monkeypatch.setattr(engine.archive, "statements", Misreading())
    assert not any("Moor Petrel" in question for question in found(engine, answer))


def _renamed(statement: Statement, names: dict[str, str]) -> Statement:
    speaker, target = (names.get(name or "", name) for name in (statement.speaker, statement.target))
    return replace(statement, speaker=speaker, target=target)
