"""What is taken along keeps its words and where they stand, and does nothing where it is opened."""

from __future__ import annotations

import csv
import io
import json

from qa.types import Claim, Review, Verdict
from tests.ui.scripted import ARTICLES, BLAME, HOSTILE, cite
from ui.extracts import Entry, lines, markdown, page, review, table

REVIEW = Review(
    claims=(
        Claim(text="She said so.", citations=(1,), verdict=Verdict.SUPPORTED),
        Claim(text="He flew.", citations=(), verdict=Verdict.ABSENT, reason="The archive says nothing on it."),
    ),
    citations=(cite(1, ARTICLES[0], BLAME),),
)
HOSTILES = [Entry(words, words, words, None, {"told": words}) for words in (*HOSTILE, "=1+1", "-2")]


def test_a_review_is_taken_along_with_its_evidence() -> None:
    entries = review(REVIEW, {verdict.value: verdict.value for verdict in Verdict})
    assert [entry.told for entry in entries] == [
        "supported: She said so.",
        "absent: He flew. (The archive says nothing on it.)",
    ]
    assert entries[0].quote == BLAME
    first = json.loads(lines(entries))[0]["evidence"][0]
    assert ARTICLES[0].text[first["start"] : first["end"]] == BLAME
    assert "<https://news.example/1>" in markdown(entries)


def test_a_page_of_hostile_words_holds_no_element_of_theirs() -> None:
    from lxml import html

    found = html.fromstring(page(HOSTILES))
    tags = {str(element.tag) for element in found.iter()}
    assert tags == {"html", "head", "meta", "title", "style", "body", "ol", "li", "q", "small"}
    assert "default-src 'none'" in page(HOSTILES)


def test_a_spreadsheet_takes_no_cell_for_a_formula() -> None:
    rows = list(csv.reader(io.StringIO(table(HOSTILES))))[1:]
    assert [row[0] for row in rows[-2:]] == ["'=1+1", "'-2"]
    assert len(rows) == len(HOSTILES)


def test_markdown_escapes_what_could_load_or_link() -> None:
    told = markdown(HOSTILES)
    assert "![" not in told.replace("\\!", "").replace("\\[", "")
    assert "<img" not in told
