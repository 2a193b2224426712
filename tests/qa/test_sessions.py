"""Conversations are kept whole, in order, newest first, whatever tabs and processes do at once."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import RashomonError, UsageError
from qa.sessions import _FIRST, SCHEMA_VERSION, TITLE_CHARACTERS, Judgement, Sessions, _one_line
from qa.types import Abstained, Answer, Citation, Claim, Searched, Trace, Turn, Verdict

if TYPE_CHECKING:
    from pathlib import Path

CITATION = Citation(
    marker=1,
    article_id="0" * 16,
    outlet="Harbour Gazette",
    title="Bridge talks “end”",
    published="2024-05-03",
    url=None,
    path="a.txt#2",
    start=3,
    end=9,
    quote="\u202eodd\x00\n",
)


def turn(question: str) -> Turn:
    answer = Answer(
        question=question,
        asked=question + "?",
        mode="write",
        model="ollama/x",
        claims=(Claim(text="It is so.", citations=(1,), verdict=Verdict.PARTLY, reason="half of it"),),
        struck=(Claim(text="It is not.", citations=(), verdict=Verdict.UNCITED),),
        citations=(CITATION,),
        abstained=Abstained(reason="none", searched=Searched(articles=2, outlets=("A",)), nearest=(CITATION,)),
        notes=("a note",),
        trace=Trace(seconds={"write": 1.25}, tokens=9, cost_usd=0.5, prompts={"write": "abc"}),
    )
    return Turn(question=question, answer=answer)


@pytest.fixture
def sessions(tmp_path: Path) -> Sessions:
    return Sessions(tmp_path / "folder" / "sessions.sqlite")


def test_turns_come_back_equal_and_in_order(sessions: Sessions) -> None:
    here = sessions.create("First")
    other = sessions.create("Other")
    for question in ("one", "two", "three"):
        sessions.append(here.id, turn(question))
    sessions.append(other.id, turn("elsewhere"))
    assert sessions.turns(here.id) == (turn("one"), turn("two"), turn("three"))
    assert sessions.turns("unknown") == ()


def test_the_conversation_that_was_added_to_last_comes_first(sessions: Sessions) -> None:
    first, second, third = (sessions.create(title) for title in ("first", "second", "third"))
    assert [one.id for one in sessions.list()] == [third.id, second.id, first.id]
    sessions.append(first.id, turn("again"))
    assert [(one.id, one.turns) for one in sessions.list()] == [(first.id, 1), (third.id, 0), (second.id, 0)]
    assert [one.id for one in sessions.list(most=1)] == [first.id]


def test_a_second_opening_finds_what_the_first_kept(sessions: Sessions, tmp_path: Path) -> None:
    here = sessions.create("kept")
    sessions.append(here.id, turn("kept?"))
    again = Sessions(tmp_path / "folder" / "sessions.sqlite")
    found = again.get(here.id)
    assert found is not None
    assert (found.title, found.turns) == ("kept", 1)
    assert again.turns(here.id) == (turn("kept?"),)


def test_renaming_changes_the_title_and_nothing_else(sessions: Sessions) -> None:
    here = sessions.create("old")
    sessions.rename(here.id, "  new\n title ")
    sessions.rename(here.id, "   ")
    found = sessions.get(here.id)
    assert found is not None
    assert (found.title, found.updated) == ("new title", here.updated)


def test_deleting_takes_the_turns_along(sessions: Sessions, tmp_path: Path) -> None:
    here = sessions.create("gone")
    sessions.append(here.id, turn("gone?"))
    sessions.delete(here.id)
    assert sessions.list() == ()
    assert sessions.get(here.id) is None
    database = sqlite3.connect(tmp_path / "folder" / "sessions.sqlite")
    assert database.execute("SELECT COUNT(*) FROM turns").fetchone() == (0,)
    database.close()


def test_a_deleted_conversation_takes_no_turn(sessions: Sessions) -> None:
    with pytest.raises(UsageError, match="has been deleted"):
        sessions.append("unknown", turn("lost"))


def test_tabs_that_add_at_once_lose_nothing(sessions: Sessions, tmp_path: Path) -> None:
    here = sessions.create("busy")
    path = tmp_path / "folder" / "sessions.sqlite"
    questions = [f"question {number}" for number in range(40)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda question: Sessions(path).append(here.id, turn(question)), questions))
    assert sorted(kept.question for kept in sessions.turns(here.id)) == sorted(questions)
    database = sqlite3.connect(path)
    assert database.execute("SELECT MIN(ordinal), MAX(ordinal) FROM turns").fetchone() == (0, 39)
    database.close()


def test_processes_that_make_the_file_at_once_agree(tmp_path: Path) -> None:
    path = tmp_path / "sessions.sqlite"
    script = f"from pathlib import Path; from qa.sessions import Sessions; Sessions(Path({str(path)!r})).create('x')"
    running = [subprocess.Popen([sys.executable, "-c", script]) for _ in range(4)]
    assert [process.wait(60) for process in running] == [0, 0, 0, 0]
    assert len(Sessions(path).list()) == 4


def test_a_file_of_a_later_version_is_refused_with_what_to_do(sessions: Sessions, tmp_path: Path) -> None:
    path = tmp_path / "folder" / "sessions.sqlite"
    database = sqlite3.connect(path)
    database.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    database.close()
    with pytest.raises(RashomonError, match="later version of Rashomon"):
        Sessions(path)


def test_a_file_that_is_no_database_is_refused_with_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "sessions.sqlite"
    path.write_text("not a database, whatever its name says; long enough to be read as one" * 20)
    with pytest.raises(RashomonError, match="move it away"):
        Sessions(path)


def test_a_turn_that_cannot_be_read_is_an_error_of_ours(sessions: Sessions, tmp_path: Path) -> None:
    here = sessions.create("old")
    sessions.append(here.id, turn("old"))
    database = sqlite3.connect(tmp_path / "folder" / "sessions.sqlite", isolation_level=None)
    database.execute("UPDATE turns SET document = '{}'")
    database.close()
    with pytest.raises(RashomonError, match="another version"):
        sessions.turns(here.id)


def test_judgements_are_kept_with_their_turn_and_the_last_one_counts(sessions: Sessions) -> None:
    here = sessions.create("judged")
    for question in ("one", "two"):
        sessions.append(here.id, turn(question))
    sessions.judge(here.id, 2, Judgement.GOOD)
    sessions.judge(here.id, 2, Judgement.WRONG, marker=1)
    sessions.judge(here.id, 1, Judgement.GOOD)
    sessions.judge(here.id, 1, Judgement.BAD)
    told = [(one.turn, one.marker, one.judgement) for one in sessions.feedback(here.id)]
    assert told == [(1, None, Judgement.BAD), (2, None, Judgement.GOOD), (2, 1, Judgement.WRONG)]
    sessions.judge(here.id, 2, None, marker=1)
    assert [one.marker for one in sessions.feedback(here.id)] == [None, None]


def test_a_judgement_on_what_is_not_there_keeps_nothing(sessions: Sessions) -> None:
    here = sessions.create("judged")
    sessions.append(here.id, turn("one"))
    sessions.judge(here.id, 2, Judgement.GOOD)
    sessions.judge("unknown", 1, Judgement.GOOD)
    assert sessions.feedback(here.id) == ()


def test_judgements_go_with_their_conversation(sessions: Sessions, tmp_path: Path) -> None:
    here = sessions.create("gone")
    sessions.append(here.id, turn("gone?"))
    sessions.judge(here.id, 1, Judgement.BAD)
    sessions.delete(here.id)
    database = sqlite3.connect(tmp_path / "folder" / "sessions.sqlite")
    assert database.execute("SELECT COUNT(*) FROM feedback").fetchone() == (0,)
    database.close()


def test_a_file_of_the_first_version_keeps_its_turns_and_takes_judgements(tmp_path: Path) -> None:
    path = tmp_path / "sessions.sqlite"
    database = sqlite3.connect(path)
    database.executescript(_FIRST)
    database.execute("INSERT INTO conversations VALUES (7, 'old', 'Old', 1.0, 2.0)")
    database.execute("INSERT INTO turns VALUES (7, 0, ?)", (turn("kept?").model_dump_json(),))
    database.execute("PRAGMA user_version = 1")
    database.commit()
    database.close()
    sessions = Sessions(path)
    assert sessions.turns("old") == (turn("kept?"),)
    sessions.judge("old", 1, Judgement.GOOD)
    assert [one.judgement for one in Sessions(path).feedback("old")] == [Judgement.GOOD]


@given(st.text())
def test_a_title_is_one_line_of_a_readable_length(title: str) -> None:
    line = _one_line(title)
    assert len(line) <= TITLE_CHARACTERS
    assert len(line.splitlines()) <= 1
    assert title.split()[:1] == line.split()[:1] or len(title.split(maxsplit=1)[0]) >= TITLE_CHARACTERS
