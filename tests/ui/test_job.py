"""A job keeps what it finishes, says what went wrong, and gives up its work when it is stopped."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import pytest

from tests.ui.scripted import QUESTION, ScriptedEngine, scripted_parts
from ui.job import Job, jobs, let_pass

if TYPE_CHECKING:
    from pathlib import Path


def begin(folder: Path, question: str, engine: ScriptedEngine | None = None) -> tuple[Job, Any, str]:
    parts = scripted_parts(folder, engine)
    here = parts.sessions.create(question)
    return Job(parts.engine, parts.sessions, here.id, question, None), parts.sessions, here.id


def test_a_finished_answer_is_kept_in_its_conversation(tmp_path: Path) -> None:
    job, sessions, here = begin(tmp_path, QUESTION)
    assert job.wait(10)
    assert job.answered
    assert job.draft.startswith("According to Harbour Gazette, Mayor Ilse Karg said")
    assert [turn.answer.question for turn in sessions.turns(here)] == [QUESTION]


def test_an_error_becomes_a_sentence_and_nothing_is_kept(tmp_path: Path) -> None:
    job, sessions, here = begin(tmp_path, "unreachable")
    assert job.wait(10)
    assert not job.answered
    assert job.error == "The model at https://models.example did not answer; try again later."
    assert sessions.turns(here) == ()


def test_a_fault_of_the_program_ends_the_wait_and_is_not_called_stopped(tmp_path: Path) -> None:
    engine = ScriptedEngine()
    engine.ask = None  # type: ignore[assignment]
    job, sessions, here = begin(tmp_path, QUESTION, engine)
    assert job.wait(10)
    assert not job.stopped
    assert job.error == "This failed for a reason that the program does not know; the server's log names it."
    assert sessions.turns(here) == ()


def test_stopping_frees_the_page_at_once_and_closes_the_engines_work(tmp_path: Path) -> None:
    engine = ScriptedEngine()
    job, sessions, here = begin(tmp_path, "slow", engine)
    while job.found is None:
        time.sleep(0.01)
    job.stop()
    assert job.wait(0)
    until = time.monotonic() + 5
    while engine.closed == 0 and time.monotonic() < until:
        time.sleep(0.05)
    assert engine.closed == 1
    assert sessions.turns(here) == ()


def test_what_nobody_waits_for_waits_while_a_question_is_on_its_way(tmp_path: Path) -> None:
    job, _, here = begin(tmp_path, QUESTION, ScriptedEngine(pause=0.05))
    jobs()[here] = job
    try:
        assert not job.answered
        let_pass()
        assert job.answered
        begun = time.monotonic()
        let_pass()
        assert time.monotonic() - begun < 1
    finally:
        jobs().clear()


def test_an_answer_to_a_deleted_conversation_says_so(tmp_path: Path) -> None:
    job, sessions, here = begin(tmp_path, QUESTION, ScriptedEngine(pause=0.02))
    sessions.delete(here)
    assert job.wait(30)
    assert job.error == "This conversation has been deleted; ask the question in a new one."


@pytest.mark.parametrize("model", [None, "ollama/x"])
def test_earlier_turns_and_the_model_go_to_the_engine(tmp_path: Path, model: str | None) -> None:
    engine = ScriptedEngine()
    first, sessions, here = begin(tmp_path, QUESTION, engine)
    assert first.wait(10)
    second = Job(scripted_parts(tmp_path, engine).engine, sessions, here, "And who denied it?", model)
    assert second.wait(10)
    question, history, asked_of = engine.asked[1]
    assert (question, asked_of) == ("And who denied it?", model)
    assert [turn.question for turn in history] == [QUESTION]
