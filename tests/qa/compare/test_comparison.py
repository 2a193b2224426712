"""A question put to each voice: over the example articles with their gold, and over the two seed articles."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from index.archive import Archive
from index.build import build
from index.statements.reader import StatementReader
from index.types import Filters
from qa.compare.comparison import compare

if TYPE_CHECKING:
    from collections.abc import Iterator

    from index.answers import AnswerModel
    from index.embed import Embedder
    from index.types import Article
    from qa.compare.types import Comparison, Finding

EXAMPLES = Path(__file__).resolve().parents[3] / "examples"
GOLD: dict[str, Any] = json.loads((EXAMPLES / "gold" / "differences.json").read_text(encoding="utf-8"))
DIFFERENCES = {"differ_number", "differ_wording", "denied", "contradict"}

pytestmark = [pytest.mark.model, pytest.mark.slow]


@pytest.fixture(scope="module")
def archive(examples: Path) -> Iterator[Archive]:
    with Archive(examples) as opened:
        yield opened


@pytest.fixture(scope="module")
def articles(archive: Archive) -> dict[tuple[str, str], Article]:
    """The articles by file and row, as the gold names them."""
    return {(a.path.split("examples/articles/")[1], a.key): a for a in archive.catalogue.articles()}


@pytest.fixture(scope="module")
def asked(archive: Archive, embedder: Embedder, answers: AnswerModel) -> dict[str, Comparison]:
    """Every question of the gold differences, put to all outlets."""
    questions = [planted["question"] for kind in ("planted", "sample", "silent") for planted in GOLD[kind]]
    return {
        question: compare(
            question,
            archive=archive,
            embedder=embedder,
            answers=answers,
            reader=StatementReader(),
            filters=Filters(),
        )
        for question in dict.fromkeys(questions)
    }


def touched(
    finding: Finding, comparison: Comparison, planted: dict[str, Any], articles: dict[tuple[str, str], Article]
) -> set[str]:
    """The articles whose planted words a finding cites."""
    cited = [c for c in comparison.citations if c.marker in finding.citations]
    found = set()
    for span in planted["spans"]:
        article = articles[span["file"], span.get("key", "")]
        start = article.text.index(span["text"])
        end = start + len(span["text"])
        found |= {c.article_id for c in cited if c.article_id == article.id and c.start < end and start < c.end}
    return found


@pytest.mark.parametrize("planted", GOLD["planted"], ids=lambda planted: f"{planted['kind']}: {planted['what']}")
def test_a_planted_difference_is_found_under_its_question(
    planted: dict[str, Any], asked: dict[str, Comparison], articles: dict[tuple[str, str], Article]
) -> None:
    comparison = asked[planted["question"]]
    found = [
        finding
        for finding in comparison.findings
        if finding.kind == planted["kind"] and len(touched(finding, comparison, planted, articles)) > 1
    ]
    assert found
    if "independent" in planted:
        assert found[0].independent == planted["independent"]
    if planted.get("between_parties"):
        assert planted["denied_by"] in found[0].parties


def test_no_other_difference_is_reported_for_any_question(
    asked: dict[str, Comparison], articles: dict[tuple[str, str], Article]
) -> None:
    wrong = [
        (question, finding.text)
        for question, comparison in asked.items()
        for finding in comparison.findings
        if finding.kind in DIFFERENCES
        and not any(
            planted["kind"] == finding.kind and touched(finding, comparison, planted, articles)
            for planted in GOLD["planted"]
        )
    ]
    assert wrong == []


def test_parties_who_blame_each_other_make_no_contradiction(asked: dict[str, Comparison]) -> None:
    told = [f.text for c in asked.values() for f in c.findings if f.kind == "contradict"]
    assert all("Okafor was not dismissed" in text for text in told)


def test_a_wire_story_is_one_column_with_those_who_print_it(asked: dict[str, Comparison]) -> None:
    comparison = asked["How many people were injured on the Marigold Star?"]
    [wire] = [account for account in comparison.outlets if account.outlet == "Meridian Wire"]
    assert wire.printed_by == ("Northline News", "The Sandhaven Gazette")
    assert wire.stated


def test_every_citation_is_a_slice_of_its_article_and_every_marker_is_there(
    asked: dict[str, Comparison], archive: Archive
) -> None:
    for comparison in asked.values():
        markers = {citation.marker for citation in comparison.citations}
        for cited in comparison.citations:
            article = archive.catalogue.article(cited.article_id)
            assert article is not None
            assert article.text[cited.start : cited.end] == cited.quote != ""
        claims = [claim for account in comparison.outlets for claim in account.claims]
        for part in (*claims, *comparison.findings):
            assert part.citations
            assert set(part.citations) <= markers
        assert all(bool(account.claims) is account.stated for account in comparison.outlets)
        assert all(0 < finding.independent <= finding.of for finding in comparison.findings)


def test_an_outlet_asked_for_has_a_column_even_if_it_says_nothing(
    archive: Archive, embedder: Embedder, answers: AnswerModel
) -> None:
    comparison = compare(
        "Who denied receiving the union's letter about the fuel leak?",
        archive=archive,
        embedder=embedder,
        answers=answers,
        reader=StatementReader(),
        filters=Filters(outlets=("Capital Dispatch", "Northline News")),
    )
    stated = {account.outlet: account.stated for account in comparison.outlets}
    assert stated == {"Capital Dispatch": True, "Northline News": False}


@pytest.mark.shared
def test_the_seeds_are_compared_as_expected(
    shared: Path, embedder: Embedder, answers: AnswerModel, tmp_path: Path
) -> None:
    list(build([shared / "seeds"], folder=tmp_path / "archive", embedder=embedder, reader=StatementReader()))
    with Archive(tmp_path / "archive") as archive:
        comparison = compare(
            "Who was blamed for the end of the talks, and what was agreed next?",
            archive=archive,
            embedder=embedder,
            answers=answers,
            reader=StatementReader(),
            filters=Filters(),
        )
    assert [account.stated for account in comparison.outlets] == [True, True]
    found = {kind: [f.text for f in comparison.findings if f.kind == kind] for kind in DIFFERENCES | {"agree", "only"}}
    assert found["contradict"] == found["denied"] == found["differ_number"] == []
    [wording] = [f for f in comparison.findings if f.kind == "differ_wording"]
    assert [(s.one, s.other) for s in wording.steps if s.step != "equal"] in (
        [("a", ""), ("discussion", "discussions")],
        [("", "a"), ("discussions", "discussion")],
    )
    same = [f for f in comparison.findings if f.kind == "agree" and "discussion" in f.text]
    quotes = {c.quote for f in same for c in comparison.citations if c.marker in f.citations}
    assert any("8 ½ hour" in quote for quote in quotes)
    assert any("8 1/2 hour" in quote for quote in quotes)
    for words in ("early", "until the end of the year", "came empty-handed", "completely ungrounded story"):
        assert any(words in text for text in found["only"]), words
    assert all(f.independent == f.of == 2 for f in comparison.findings if f.kind != "only")
