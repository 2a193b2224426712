"""The command: exit codes, what goes to stdout and to stderr, and the shapes that programs rely on."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from index.archive import Archive
from index.errors import ModelUnavailableError
from tests.conftest import SHARED
from tests.fakes import HashEmbedder, ScriptedLLM
from tests.index.making import add, write_rows
from tests.qa.test_engine import BLAME, QUESTION, ROWS
from ui import cli

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
CITATION = {"marker", "article_id", "outlet", "title", "published", "url", "path", "start", "end", "quote"}
BEYOND = "Who won the Zanzibar regatta?"


class Ran(NamedTuple):
    """How a command ended, and what it said where."""

    code: int
    out: str
    err: str


Run = "Callable[..., Ran]"


@pytest.fixture(autouse=True)
def stand_in(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """Words for meaning, and no settings but the test's own."""
    if request.node.get_closest_marker("model"):
        return
    for name in [name for name in os.environ if name.startswith("RASHOMON_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("RASHOMON_DATA", str(tmp_path / "data"))
    for place in ("index.embed.open_embedder", "qa.opening.open_embedder"):
        monkeypatch.setattr(place, lambda *_, **__: HashEmbedder())


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """An archive of three articles."""
    add(tmp_path / "archive", write_rows(tmp_path / "t.jsonl", *ROWS))
    return tmp_path / "archive"


@pytest.fixture
def run(archive: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Ran]:
    """Runs the command over the archive, or over the one that the arguments name first."""

    def ran(*arguments: str) -> Ran:
        before = () if arguments[:1] == ("--archive",) else ("--archive", str(archive))
        monkeypatch.setattr(sys, "argv", ["rashomon", *before, *arguments])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        said = capsys.readouterr()
        return Ran(ended.value.code if isinstance(ended.value.code, int) else 1, said.out, said.err)

    return ran


def test_an_answer_is_words_on_stdout(run: Callable[..., Ran]) -> None:
    code, out, err = run("ask", QUESTION)
    assert (code, err) == (0, "")
    assert f"According to Fjord Gazette: {BLAME} [1]" in out.splitlines()
    assert "(quoted, no model;" in out.splitlines()[-1]


def test_an_answer_as_json_is_one_document_of_the_public_shape(run: Callable[..., Ran], archive: Path) -> None:
    code, out, err = run("ask", QUESTION, "--json")
    assert (code, err) == (0, "")
    answer = json.loads(out)
    public = {"question", "asked", "mode", "model", "claims", "citations", "abstained", "outlets", "trace"}
    assert set(answer) == public | {"struck", "notes", "independent", "parts"}
    assert {key: answer[key] for key in ("question", "asked", "mode", "model", "abstained")} == {
        "question": QUESTION, "asked": QUESTION, "mode": "quote", "model": None, "abstained": None,
    }  # fmt: skip
    assert all(set(claim) == {"text", "citations", "verdict", "reason"} for claim in answer["claims"])
    assert {claim["verdict"] for claim in answer["claims"]} == {"supported"}
    assert all(set(cited) == CITATION for cited in answer["citations"])
    assert [cited["marker"] for cited in answer["citations"]] == list(range(1, len(answer["citations"]) + 1))
    assert set(answer["outlets"]) == {"cited", "searched"}
    assert set(answer["trace"]) == {"seconds", "tokens", "cost_usd", "prompts"}
    with Archive(archive) as opened:
        for cited in answer["citations"]:
            article = opened.catalogue.article(cited["article_id"])
            assert article is not None
            assert article.text[cited["start"] : cited["end"]] == cited["quote"]


def test_what_the_archive_does_not_say_exits_with_three(run: Callable[..., Ran]) -> None:
    code, out, err = run("ask", BEYOND, "--json")
    assert (code, err) == (3, "")
    answer = json.loads(out)
    assert answer["claims"] == answer["citations"] == []
    assert set(answer["abstained"]) == {"reason", "searched", "nearest"}
    assert answer["abstained"]["searched"] == {
        "articles": 3, "outlets": ["Fjord Gazette", "Harbour Post", "Strait Courier"],
    }  # fmt: skip
    assert all(set(cited) == CITATION for cited in answer["abstained"]["nearest"])
    code, out, _ = run("ask", BEYOND)
    assert code == 3
    assert out.startswith("The archive does not say.")


def test_a_model_that_does_not_answer_exits_with_six(run: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch) -> None:
    def down(name: str, **_: object) -> ScriptedLLM:
        return ScriptedLLM(ModelUnavailableError("The model does not answer; start it."), name=name)

    monkeypatch.setattr("qa.opening.LiteLLM", down)
    assert run("ask", QUESTION, "--model", "ollama/none") == (6, "", "rashomon: The model does not answer; start it.\n")
    monkeypatch.setenv("RASHOMON_MODEL", "ollama/none")
    assert run("ask", QUESTION).code == 6
    assert run("ask", QUESTION, "--model", "quote").code == 0


def test_filters_reach_the_search(run: Callable[..., Ran]) -> None:
    rows = [json.loads(line) for line in run("search", "ferry", "--outlet", "harbour post", "--json").out.splitlines()]
    assert {row["outlet"] for row in rows} == {"Harbour Post"}
    rows = [
        json.loads(line)
        for line in run("search", "ferry", "--since", "2026-03-02", "--until", "2026-03-04", "--json").out.splitlines()
    ]
    assert {row["published"] for row in rows} == {"2026-03-02"}
    assert run("search", "ferry", "--since", "2030-01-01") == (3, "", "")


def test_hits_as_json_are_a_line_each_of_the_public_shape(run: Callable[..., Ran], archive: Path) -> None:
    code, out, err = run("search", "ferry talks", "--top", "2", "--json")
    assert (code, err) == (0, "")
    rows = [json.loads(line) for line in out.splitlines()]
    assert [row["rank"] for row in rows] == [1, 2]
    assert rows[0]["score"] >= rows[1]["score"]
    with Archive(archive) as opened:
        for row in rows:
            assert set(row) == {
                "rank", "score", "found_by", "article_id", "outlet", "title", "published", "path", "start", "end", "text"
            }  # fmt: skip
            assert set(row["found_by"]) <= {"dense", "lexical"}
            article = opened.catalogue.article(row["article_id"])
            assert article is not None
            assert article.text[row["start"] : row["end"]] == row["text"]


def test_articles_as_json_are_a_line_each(run: Callable[..., Ran], archive: Path) -> None:
    code, out, err = run("list", "--json")
    assert (code, err) == (0, "")
    rows = [json.loads(line) for line in out.splitlines()]
    path = archive.parent / "t.jsonl"
    assert [{k: v for k, v in row.items() if k != "article_id"} for row in rows] == [
        {
            "outlet": r["outlet"],
            "title": r["title"],
            "published": r["published"],
            "url": None,
            "path": f"{path}#{r['id']}",
        }
        for r in ROWS
    ]
    assert [row["article_id"] for row in rows] == [line.split()[0] for line in run("list").out.splitlines()]


def test_an_article_as_json_holds_what_checks_a_citation(run: Callable[..., Ran], tmp_path: Path) -> None:
    text = "Ferry talks collapse\nBy Ilse Karg\n\nThe talks broke down on Friday over the fare.\n\nLeave a Reply\nName *\nEmail *\nPost Comment\n"
    (tmp_path / "one.txt").write_text(text, encoding="utf-8")
    assert run("add", str(tmp_path / "one.txt")).code == 0
    [row] = [r for r in map(json.loads, run("list", "--json").out.splitlines()) if r["path"].endswith("one.txt")]
    code, out, _ = run("show", row["article_id"], "--json")
    assert code == 0
    shown = json.loads(out)
    assert {key: shown[key] for key in row} == row
    assert set(shown) == {*row, "authors", "language", "text", "boilerplate", "evidence"}
    assert shown["text"] == text
    assert [text[m["start"] : m["end"]].splitlines()[0] for m in shown["boilerplate"]] == [
        "By Ilse Karg",
        "Leave a Reply",
    ]
    title = shown["evidence"]["title"]
    assert text[title["start"] : title["end"]] == title["value"] == "Ferry talks collapse"
    plain = run("show", row["article_id"]).out
    assert "The talks broke down on Friday over the fare." in plain
    assert "Left out as boilerplate:" in plain


def test_status_says_what_there_is(run: Callable[..., Ran], archive: Path) -> None:
    status = json.loads(run("status", "--json").out)
    assert {k: status[k] for k in ("articles", "passages", "outlets", "days", "generation")} == {
        "articles": 3, "passages": 3, "outlets": {"Fjord Gazette": 1, "Harbour Post": 1, "Strait Courier": 1},
        "days": ["2026-03-01", "2026-03-05"], "generation": 1,
    }  # fmt: skip
    assert status["recipe"]["embedding"] == "hash:64"
    assert status["bytes"] > 0
    assert f"archive     {archive}" in run("status").out.splitlines()


def test_adding_tells_its_progress_on_stderr_and_what_failed_with_four(run: Callable[..., Ran], tmp_path: Path) -> None:
    news = tmp_path / "news"
    news.mkdir()
    (news / "good.txt").write_text("The bridge opened on Monday.", encoding="utf-8")
    (news / "empty.txt").write_bytes(b"")
    (news / "binary.txt").write_bytes(b"\x00\x01\x02" * 99)
    (news / "sheet.xlsx").write_bytes(b"x")
    code, out, err = run("add", str(news))
    assert (code, out) == (4, "")
    assert "1 articles added, 2 could not be read" in err
    assert any(line.endswith("empty.txt: is empty; leave it out or fill it") for line in err.splitlines())
    assert len(run("list").out.splitlines()) == 4
    (news / "empty.txt").unlink()
    (news / "binary.txt").unlink()
    assert run("add", str(news)) == (
        0,
        "",
        "passed over, of no known kind: 1 .xlsx\n0 articles added, 1 files unchanged\n",
    )


def test_removing_says_how_many_went(run: Callable[..., Ran]) -> None:
    ids = [line.split()[0] for line in run("list").out.splitlines()]
    assert run("remove", ids[0], "0" * 16) == (0, "", "1 of 2 removed\n")
    assert run("remove", ids[0]) == (3, "", "0 of 1 removed\n")
    assert [line.split()[0] for line in run("list").out.splitlines()] == ids[1:]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["ask"], "Missing argument"),
        (["ask", "Who?", "--since", "yesterday"], "does not match"),
        (["ask", "Who?", "--nonsense"], "No such option"),
        (["nonsense"], "No such command"),
        (["ask", "  "], "question is empty"),
        (["ask", "Who?", "--outlet", "The Zanzibar Times"], "Fjord Gazette, Harbour Post, Strait Courier"),
        (["search", "x", "--top", "0"], "range"),
        (["add", "/no/such/file"], "no /no/such/file"),
        (["show", "0000"], "rashomon list"),
        (["chat", "--port", "0"], "range"),
    ],
)
def test_wrong_usage_exits_with_two_and_says_what_is_right(
    run: Callable[..., Ran], arguments: list[str], told: str
) -> None:
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert told in err
    assert "Traceback" not in err


@pytest.mark.parametrize(
    "command", [["ask", "Who?"], ["search", "x"], ["list"], ["status"], ["show", "0"], ["remove", "0"]]
)
def test_no_archive_exits_with_five_and_says_how_to_make_one(
    run: Callable[..., Ran], tmp_path: Path, command: list[str]
) -> None:
    code, out, err = run("--archive", str(tmp_path / "none"), *command)
    assert (code, out) == (5, "")
    assert "rashomon add" in err
    assert not (tmp_path / "none").exists()


def test_a_damaged_archive_exits_with_five(run: Callable[..., Ran], archive: Path) -> None:
    catalogue = archive / "generations" / "00000001" / "catalogue.sqlite"
    catalogue.write_bytes(catalogue.read_bytes()[:-1])
    for command in (["ask", "Who?"], ["list"], ["add", str(archive.parent / "t.jsonl")]):
        code, out, err = run(*command)
        assert (code, out) == (5, "")
        assert "damaged" in err


def test_an_interruption_exits_with_130(
    run: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def interrupted(*_: object, **__: object) -> Any:
        raise KeyboardInterrupt

    monkeypatch.setattr("index.build.build", interrupted)
    code, out, err = run("add", str(tmp_path / "t.jsonl"))
    assert (code, out) == (130, "")
    assert "interrupted" in err


def test_control_c_while_adding_keeps_what_was_stored(tmp_path: Path) -> None:
    write_rows(tmp_path / "t.jsonl", *({"text": f"Article number {n} tells of the harbour."} for n in range(300)))
    code = (
        "import signal, sys, time\n"
        "from tests.fakes import HashEmbedder; import index.embed; from ui import cli\n"
        # whoever runs the tests in the background has told the shell to ignore the signal
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "class Slow(HashEmbedder):\n"
        "    calls = 0\n"
        "    def documents(self, texts):\n"
        "        Slow.calls += 1\n"
        "        if Slow.calls == 3: print('third', flush=True); time.sleep(60)\n"
        "        return super().documents(texts)\n"
        "index.embed.open_embedder = lambda *a, **k: Slow()\n"
        "cli.main()\n"
    )
    command = [sys.executable, "-c", code, "--archive", str(tmp_path / "a"), "add", str(tmp_path / "t.jsonl")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "third\n"
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "interrupted; what was done is kept" in err
    assert "Traceback" not in err
    with Archive(tmp_path / "a") as opened:
        assert opened.catalogue.counts()["articles"] == 128


def test_the_archive_may_be_named_by_the_environment(
    run: Callable[..., Ran], archive: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("RASHOMON_ARCHIVE", str(archive))
    monkeypatch.setattr(sys, "argv", ["rashomon", "status", "--json"])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert ended.value.code == 0
    assert json.loads(capsys.readouterr().out)["archive"] == str(archive)


def test_a_reader_that_has_read_enough_is_no_error(archive: Path) -> None:
    command = f"'{sys.executable}' -m ui.cli --archive '{archive}' list --json | true; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(["/bin/bash", "-c", command], capture_output=True, text=True, check=False, cwd=ROOT)
    assert (done.returncode, done.stderr) == (0, "")


def test_hostile_words_are_shown_without_control_characters(run: Callable[..., Ran], tmp_path: Path) -> None:
    row = {
        "outlet": "Evil\x1b[31m Echo",
        "title": "T\x1b]0;owned\x07 title",
        "text": "Zanzibar \x1b[2J regatta won by\u202e Petra Lind.",
    }
    assert run("add", str(write_rows(tmp_path / "evil.jsonl", row))).code == 0
    for command in (["list"], ["search", "Zanzibar"], ["ask", "Who won the Zanzibar regatta?"]):
        out = run(*command).out
        assert "\x1b" not in out
        assert "\u202e" not in out


@pytest.mark.model
@pytest.mark.shared
def test_the_score_script_accepts_what_ask_prints(shared: Path, tmp_path: Path, embedder: object) -> None:
    """Over two real articles: both sides of the quarrel, no boilerplate, and what is not told is not answered."""
    seeds = [sys.executable, "-m", "ui.cli", "--archive", str(tmp_path / "a")]
    subprocess.run([*seeds, "add", str(shared / "seeds")], check=True, cwd=ROOT, capture_output=True)
    ask = [*seeds, "ask", "--json"]
    answer = subprocess.run(
        [*ask, "Who blamed whom for the breakdown of the talks?"], capture_output=True, text=True, check=True, cwd=ROOT
    )
    score = [sys.executable, str(SHARED / "score" / "citations.py")]
    scored = subprocess.run(score, input=answer.stdout, capture_output=True, text=True, check=True)
    cited = json.loads(answer.stdout)["citations"]
    assert len({c["path"] for c in cited}) == 2
    assert f"{len(cited)} compared with their file: all exact" in scored.stdout
    for question in ("What does the Smart Quarterly plan cost?", "Who won the 2022 World Cup?"):
        nothing = subprocess.run([*ask, question], capture_output=True, text=True, check=False, cwd=ROOT)
        assert nothing.returncode == 3
        subprocess.run(score, input=nothing.stdout, capture_output=True, text=True, check=True)
