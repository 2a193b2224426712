"""The example articles and the gold beside them: every gold string really stands where it is said to."""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from index.types import Kind, Quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
ARTICLES = EXAMPLES / "articles"
FINDINGS = {"agree", "only", "differ_number", "differ_wording", "contradict", "denied"}
Name = tuple[str, str | None]


def gold(name: str) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((EXAMPLES / "gold" / f"{name}.json").read_text("utf-8"))
    return content


def read_rows() -> dict[Name, dict[str, Any]]:
    """Every article by file and key: its fields, and the text as the file holds it."""
    rows: dict[Name, dict[str, Any]] = {}
    for path in sorted(p for p in ARTICLES.rglob("*") if p.is_file()):
        name = path.relative_to(ARTICLES).as_posix()
        text = path.read_bytes().decode("utf-8")
        if path.suffix == ".jsonl":
            rows |= {(name, row["id"]): row for row in map(json.loads, text.splitlines())}
        else:
            rows[name, None] = {"text": text}
    return rows


ROWS = read_rows()
ENTRIES = {(entry["file"], entry.get("key")): entry for entry in gold("articles")["articles"]}


def spans(node: Any) -> Iterator[dict[str, Any]]:
    """Every object below `node` that names a file and words of it."""
    if isinstance(node, dict):
        if "file" in node and ("text" in node or "within" in node):
            yield node
        for value in node.values():
            yield from spans(value)
    elif isinstance(node, list):
        for value in node:
            yield from spans(value)


def text_of(entry: dict[str, Any]) -> str:
    text: str = ROWS[entry["file"], entry.get("key")]["text"]
    return text


def body_of(entry: dict[str, Any]) -> str:
    """The article's text with its boilerplate and metadata lines taken out."""
    text, known = text_of(entry), ENTRIES[entry["file"], entry.get("key")]
    for line in known["boilerplate"] + known["metadata_lines"]:
        text = text.replace(line, "\n")
    return text


def asked() -> list[dict[str, Any]]:
    """Every question, the turns of a conversation one by one."""
    return [turn for item in gold("questions")["questions"] for turn in item.get("turns", [item])]


def test_the_gold_names_every_article_and_no_other() -> None:
    assert set(ENTRIES) == set(ROWS)
    assert len(ENTRIES) == len(gold("articles")["articles"]) == 21


def test_only_articles_lie_in_the_folder_that_is_added() -> None:
    assert {path.suffix for path in ARTICLES.rglob("*") if path.is_file()} == {".txt", ".md", ".jsonl"}


@pytest.mark.parametrize("name", ENTRIES, ids=str)
def test_an_article_shows_its_title_first_and_its_gold_lines_once(name: Name) -> None:
    entry, row = ENTRIES[name], ROWS[name]
    if name[1] is None:
        assert row["text"].splitlines()[0].removeprefix("# ") == entry["title"]
    else:
        assert {field: row[field] for field in ("title", "outlet", "published")} == {
            field: entry[field] for field in ("title", "outlet", "published")
        }
    for line in entry["boilerplate"] + entry["metadata_lines"]:
        assert row["text"].count(line) == 1, line
    assert 250 <= len(body_of(entry).split()) <= 450


@pytest.mark.parametrize("name", [name for name in ENTRIES if name[1] is None], ids=str)
def test_outlet_and_day_are_shown_where_the_gold_has_them_and_absent_where_it_has_none(name: Name) -> None:
    entry, text = ENTRIES[name], ROWS[name]["text"]
    outlets = {other["outlet"] for other in ENTRIES.values() if other["outlet"]}
    if entry["outlet"]:
        assert entry["outlet"] in text
    else:
        assert not any(outlet in text for outlet in outlets)
    shown = " ".join(entry["metadata_lines"])
    if entry["published"]:
        day = date.fromisoformat(entry["published"])
        assert f"{day.day} {day:%B %Y}" in shown or f"{day:%B} {day.day}, {day.year}" in shown
        assert all(weekday == f"{day:%A}" for weekday in re.findall(r"\b[A-Z][a-z]+day\b", shown))
    else:
        assert not re.search(r"\b20\d\d\b", shown)


def test_four_outlets_report_four_events() -> None:
    assert len({entry["outlet"] for entry in ENTRIES.values()} - {None}) == 4
    assert set(gold("articles")["stories"]) == {entry["story"] for entry in ENTRIES.values()}
    assert len(gold("articles")["stories"]) == 4


def test_each_outlet_repeats_a_line_across_its_articles() -> None:
    outlets = Counter(entry["outlet"] for entry in ENTRIES.values() if entry["outlet"])
    for outlet, articles in outlets.items():
        own = [entry for entry in ENTRIES.values() if entry["outlet"] == outlet]
        lines = Counter(line for entry in own for line in set("\n".join(entry["boilerplate"]).split("\n")) - {""})
        assert max(lines.values()) == articles, outlet


def test_the_copy_says_what_the_fullest_print_says_but_for_one_paragraph() -> None:
    (copy,) = (entry for entry in ENTRIES.values() if entry["copy_of"])
    fold = str.maketrans("“”’", '""\'')

    def paragraphs(entry: dict[str, Any]) -> list[str]:
        return [part.strip() for part in body_of(entry).translate(fold).split("\n\n")[1:] if part.strip()]

    original, printed = paragraphs(ENTRIES[copy["copy_of"], None]), paragraphs(copy)
    assert len(original) == len(printed) + 1
    assert set(printed) < set(original)


@pytest.mark.parametrize("name", ["questions", "differences", "statements"])
def test_every_gold_string_stands_once_in_its_article_and_outside_boilerplate(name: str) -> None:
    found = list(spans(gold(name)))
    assert len(found) >= 50
    for span in found:
        words = span.get("text") or span["within"]
        assert text_of(span).count(words) == 1, span
        assert words in body_of(span), span


def test_a_span_given_under_an_outlet_is_of_that_outlet() -> None:
    for span in spans(gold("differences")):
        assert ENTRIES[span["file"], span.get("key")]["outlet"] == span["outlet"], span


def test_a_finding_is_of_a_known_kind_and_its_spans_are_of_its_story() -> None:
    content = gold("differences")
    findings = content["planted"] + content["sample"]
    assert {finding["kind"] for finding in findings} == FINDINGS
    for finding in findings:
        outlets = {span["outlet"] for span in finding["spans"]}
        assert (len(outlets) == 1) == (finding["kind"] == "only"), finding
        for span in finding["spans"]:
            assert ENTRIES[span["file"], span.get("key")]["story"] == finding["story"], finding


def test_a_question_is_answered_by_the_outlets_that_state_it_or_not_at_all() -> None:
    outlets = {entry["outlet"] for entry in ENTRIES.values() if entry["outlet"]}
    for question in asked():
        if question.get("abstain"):
            assert question["why"]
            assert "expected" not in question
            continue
        cited = {ENTRIES[span["file"], span.get("key")]["outlet"] for span in question["expected"]} - {None}
        assert cited == set(question["outlets_stating"]), question["question"]
        assert not cited & set(question["outlets_silent"])
        assert cited | set(question["outlets_silent"]) <= outlets


def test_at_least_thirty_questions_eight_of_them_unanswerable() -> None:
    assert len(gold("questions")["questions"]) >= 30
    assert sum(bool(question.get("abstain")) for question in asked()) >= 8


def test_the_parts_of_a_statement_stand_once_in_the_stretch_that_holds_it() -> None:
    statements = gold("statements")["statements"]
    assert len(statements) >= 60
    for statement in statements:
        Kind(statement["kind"])
        Quoted(statement["quoted"])
        for part in [statement["source"], statement["cue"], *statement["content"]]:
            found = re.findall(rf"(?<!\w){re.escape(part)}(?!\w)", statement["within"])
            assert found == [part], (statement["id"], part)


def test_a_speaker_and_a_target_are_named_in_the_article() -> None:
    for statement in gold("statements")["statements"]:
        text = text_of(statement)
        assert statement["speaker"] in text, statement["id"]
        assert statement["target"] is None or statement["target"] in text, statement["id"]
