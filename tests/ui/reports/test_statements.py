"""Statements are taken along with their exact words, and do nothing where they are opened."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest
from lxml import html as lxml_html

from index.types import Article, Kind, Quoted, Span, Statement
from tests.ui.scripted import HOSTILE
from ui.reports.html import html
from ui.reports.markdown import markdown
from ui.reports.statements import statements_csv, statements_report

TEXT = "Elira Vasko blamed Lodria for the collapse of the talks."
ARTICLE = Article(
    "a" * 16, "/a.txt", "", TEXT, title="Talks end", outlet="Alder Courier", published="2026-03-13",
    url="https://news.example/1",
)  # fmt: skip
WORDS = Span(TEXT.index("for"), len(TEXT))
BLAME = Statement(
    id="s", article_id=ARTICLE.id, kind=Kind.BLAME, speaker="Elira Vasko", ambiguous=(), target="Lodria",
    quoted=Quoted.INDIRECT, via=None, negated=False, source=(Span(0, 11),), cue=(Span(12, 18),), content=(WORDS,),
)  # fmt: skip


def test_a_statement_is_told_with_the_words_it_stands_on() -> None:
    report = statements_report([(BLAME, ARTICLE)])
    [cited] = report.citations
    assert (cited.quote, ARTICLE.text[cited.start : cited.end]) == (WORDS.of(TEXT), WORDS.of(TEXT))
    told = markdown(report)
    assert "**Elira Vasko · blame · Lodria:** “for the collapse of the talks.” [1]" in told
    assert "<https://news.example/1>" in told


def test_a_table_has_a_row_for_each_statement() -> None:
    rows = list(csv.reader(io.StringIO(statements_csv([(BLAME, ARTICLE)]))))
    assert rows == [
        ["told", "quote", "source", "url"],
        [
            "Elira Vasko · blame · Lodria",
            WORDS.of(TEXT),
            "Alder Courier · 13 March 2026 · Talks end",
            "https://news.example/1",
        ],
    ]


@pytest.mark.parametrize("words", ["=1+1", "-2", "@SUM(A1)", "+3"])
def test_a_spreadsheet_takes_no_cell_for_a_formula(words: str) -> None:
    hostile = replace(BLAME, speaker=words, target=None)
    [_, row] = csv.reader(io.StringIO(statements_csv([(hostile, ARTICLE)])))
    assert row[0] == f"'{words} · blame"


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_names_are_words_and_nothing_else(words: str) -> None:
    article = replace(ARTICLE, title=words, outlet=words, url=words)
    report = statements_report([(replace(BLAME, speaker=words, target=words), article)], title=words)
    tags = {str(element.tag) for element in lxml_html.fromstring(html(report)).iter()}
    assert not tags & {"script", "img", "iframe", "svg", "a:", "object", "form", "input"}
    assert "![" not in markdown(report).replace("\\!", "").replace("\\[", "")
