"""Commands over the example articles, with the models that are the default: what a user sees, and what a program reads."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from index.archive import Archive
from qa.evaluate import Evaluation
from ui import cli

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.model

ROOT = Path(__file__).resolve().parent.parent.parent
INJURED = "How many people were injured on the Marigold Star?"


class Ran(NamedTuple):
    """How a command ended, and what it said where."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Standard output as one document."""
        return json.loads(self.out)


@pytest.fixture
def run(examples: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Ran]:
    """Runs the command over the examples."""

    def ran(*arguments: str) -> Ran:
        monkeypatch.setattr(sys, "argv", ["rashomon", "--archive", str(examples), *arguments])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        said = capsys.readouterr()
        return Ran(ended.value.code if isinstance(ended.value.code, int) else 1, said.out, said.err)

    return ran


def proven(document: dict[str, Any], examples: Path) -> None:
    """Every citation is a slice of its article, and every marker that is used is listed."""
    with Archive(examples) as opened:
        for cited in document["citations"]:
            article = opened.catalogue.article(cited["article_id"])
            assert article
            assert article.text[cited["start"] : cited["end"]] == cited["quote"] != ""


def ferry(run: Callable[..., Ran]) -> str:
    """The id of the story of the ferry that hit the breakwater."""
    rows = [json.loads(line) for line in run("stories", "--json").out.splitlines()]
    [story] = [row["story"] for row in rows if "Marigold" in row["headline"] or "breakwater" in row["headline"]]
    assert isinstance(story, str)
    return story


def test_stories_are_listed_with_their_independent_accounts(run: Callable[..., Ran]) -> None:
    rows = [json.loads(line) for line in run("stories", "--json").out.splitlines()]
    [row] = [row for row in rows if row["story"] == ferry(run)]
    assert (len(row["articles"]), row["independent"], row["first"]) == (5, 4, "2025-11-10")
    assert row["outlets"] == ["Alder Courier", "Capital Dispatch", "Northline News", "The Sandhaven Gazette"]
    assert f"{row['story']}  2025-11-10" in run("stories").out
    assert "5 articles, 4 independent: Alder Courier" in run("stories").out


def test_a_story_limits_a_question(run: Callable[..., Ran]) -> None:
    found = run("ask", "Who blamed whom?", "--story", ferry(run), "--json").json
    with_story = {cited["article_id"] for cited in found["citations"]}
    assert with_story <= {i for line in run("stories", "--json").out.splitlines() for i in json.loads(line)["articles"]}
    code, _, err = run("ask", "Who blamed whom?", "--story", "nothing")
    assert (code, "no story nothing" in err) == (2, True)


def test_a_comparison_is_a_document_of_the_public_shape(run: Callable[..., Ran], examples: Path) -> None:
    code, out, _ = run("compare", INJURED, "--json")
    found = json.loads(out)
    assert code == 0
    assert {"question", "outlets", "citations", "findings"} <= set(found)
    stated = {account["outlet"]: account["stated"] for account in found["outlets"]}
    assert stated["Alder Courier"] is stated["Meridian Wire"] is True
    assert stated["Capital Dispatch"] is False
    [number] = [finding for finding in found["findings"] if finding["kind"] == "differ_number"]
    assert "17" in number["text"]
    assert "fourteen" in number["text"].lower()
    assert not [finding for finding in found["findings"] if finding["kind"] == "contradict"]
    proven(found, examples)


@pytest.mark.parametrize("ending", ["html", "md", "json"])
def test_a_comparison_is_written_to_a_file_that_keeps_its_citations(
    run: Callable[..., Ran], tmp_path: Path, ending: str
) -> None:
    out = tmp_path / f"report.{ending}"
    assert run("compare", INJURED, "--out", str(out)).code == 0
    text = out.read_text(encoding="utf-8")
    assert "Fourteen people were injured on Sunday evening" in text
    assert "<script" not in text
    assert run("compare", INJURED, "--out", str(tmp_path / "report.doc")).code == 2


def test_quotations_in_other_words_are_shown_with_the_difference(run: Callable[..., Ran], examples: Path) -> None:
    found = run("quotes", "--json").json
    ways = {(one["speaker"], one["way"]) for one in found["quotations"]}
    assert {("Rajiv Menon", "changed"), ("Tomas Brandt", "changed"), ("Owen Marsh", "cut")} <= ways
    assert not {("Rajiv Menon", "cut"), ("Owen Marsh", "changed")} & ways
    proven(found, examples)
    assert "WORDED OTHERWISE" in run("quotes").out


def test_a_story_tells_who_is_quoted_and_what_happened_when(run: Callable[..., Ran], examples: Path) -> None:
    story = ferry(run)
    quoted = run("quoted", "--story", story, "--json").json
    assert {"Dana Whitlock", "Owen Marsh"} <= {speaker["name"] for speaker in quoted["speakers"]}
    proven(quoted, examples)
    timeline = run("timeline", "--story", story, "--json").json
    assert "2025-11-09" in {entry["day"] for entry in timeline["entries"]}
    proven(timeline, examples)


def test_a_draft_is_checked_sentence_by_sentence(run: Callable[..., Ran], tmp_path: Path, examples: Path) -> None:
    draft = tmp_path / "draft.md"
    draft.write_text(
        "# The ferry\nForty people were injured on the Marigold Star. What next?\n"
        "The Marigold Star struck the breakwater at Port Ellery [1]. The king of Norway resigned on Tuesday.\n",
        encoding="utf-8",
    )
    code, out, _ = run("check", str(draft), "--json")
    found = json.loads(out)
    assert code == 0
    assert [claim["verdict"] for claim in found["claims"]] == ["contradicted", "supported", "absent"]
    assert "Fourteen people" in found["claims"][0]["reason"]
    assert found["left_alone"] == ["The ferry", "What next?"]
    proven(found, examples)
    draft.write_text("The king of Norway resigned on Tuesday.", encoding="utf-8")
    assert run("check", str(draft)).code == 3


def test_the_doctor_says_that_a_sound_archive_is_sound(run: Callable[..., Ran]) -> None:
    assert run("doctor") == (0, "The archive is sound.\n", "")
    assert run("doctor", "--json").json == []


def test_status_tells_of_stories_and_copies(run: Callable[..., Ran]) -> None:
    found = run("status", "--json").json
    assert (found["articles"], found["copies"]) == (21, {"groups": 1, "articles": 2})
    assert found["stories"] == 4


@pytest.mark.slow
def test_the_examples_are_measured(run: Callable[..., Ran]) -> None:
    """The figures that hold today, a little below; every quotation is exact."""
    found = Evaluation.model_validate_json(run("eval", str(ROOT / "examples"), "--json").out)
    assert found.questions == 47
    assert found.quote_exactness == 1.0
    assert found.answers_with_gold is not None
    assert found.answers_with_gold >= 0.75
    assert found.abstention is not None
    assert found.abstention >= 0.8
    assert found.retrieval["R@10"] >= 0.95
