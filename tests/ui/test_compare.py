"""Compare: questions as rows, accounts as columns, all of it in the address, numbered through, and to be taken along."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from index.archive import Archive
from index.types import Filters
from qa.compare.types import Account, Comparison, Finding, FindingKind, Step
from qa.types import Claim, Verdict
from tests.ui.pages import Tab, open_page
from tests.ui.scripted import ARTICLES, BLAME, COUNT, DENIAL, HOSTILE, cite
from ui import compare
from ui.accounts import NOT_STATED, NOTHING, compare_data, joined
from ui.reports.html import html
from ui.reports.markdown import markdown

if TYPE_CHECKING:
    from pathlib import Path

WHO = "Who blamed the lock company?"
WHAT = "What sank at the Hollen lock?"


def compared(**address: str | list[str]) -> Tab:
    tab = open_page("compare", **address)
    tab.settle()
    return tab


def says(outlet: str, text: str, marker: int) -> Account:
    claim = Claim(text=text, citations=(marker,), verdict=Verdict.SUPPORTED)
    return Account(outlet=outlet, stated=True, claims=(claim,), articles=1)


ONE = Comparison(
    question="Who blamed whom?",
    outlets=(says("Harbour Gazette", BLAME, 1), Account(outlet="Strait Courier", stated=False, articles=1)),
    citations=(cite(1, ARTICLES[0], BLAME),),
)
OTHER = Comparison(
    question="How many cross?",
    outlets=(
        Account(
            outlet="Harbour Gazette",
            stated=True,
            claims=(
                Claim(text=COUNT, citations=(1,), verdict=Verdict.PARTLY),
                Claim(text=BLAME, citations=(2,), verdict=Verdict.SUPPORTED),
            ),
            printed_by=("Strait Courier",),
            articles=2,
        ),
        says(HOSTILE[0], DENIAL, 3),
    ),
    citations=(cite(1, ARTICLES[0], COUNT), cite(2, ARTICLES[0], BLAME), cite(3, ARTICLES[1], DENIAL)),
    findings=(
        Finding(kind=FindingKind.ONLY, text="Only one tells this.", citations=(2,), independent=1, of=2),
        Finding(
            kind=FindingKind.DIFFER_WORDING,
            text="Two quote Karg in different words.",
            citations=(2, 3),
            independent=2,
            of=2,
            parties=("Karg", "Northfjord Ferries"),
            steps=(Step(step="equal", one="walked", other="walked"), Step(step="replace", one="away", other="off")),
        ),
    ),
)


def test_each_account_has_a_column_and_each_question_a_row(archive: Path) -> None:
    data = compared(q=[WHO, WHAT]).data("compare")
    assert [row["question"] for row in data["rows"]] == [WHO, WHAT]
    columns = {column["name"]: column["notes"] for column in data["columns"]}
    assert "Lowland Radio" not in columns, "a copy is no account of its own"
    assert columns["Canal Post"][0] == "Also printed by Lowland Radio"
    assert "The Velm Mirror" in columns
    with Archive(archive) as opened:
        texts = [article.text for article in opened.catalogue.articles()]
    for row in data["rows"]:
        assert len(row["cells"]) == len(columns)
        for cell in row["cells"]:
            for claim in cell["claims"]:
                assert any(claim["text"] in " ".join(text.split()) for text in texts)
                assert all(str(marker) in data["sources"] for marker in claim["markers"])


def test_the_address_limits_and_opens_and_the_open_citation_is_marked(archive: Path) -> None:
    tab = compared(q=WHO, outlet="The Velm Mirror")
    assert [column["name"] for column in tab.data("compare")["columns"]] == ["The Velm Mirror"]
    engine = compare.parts().engine
    found = engine.compare(WHO, filters=Filters(outlets=("The Velm Mirror",)))
    place = compare.place_of(found.citations[0])
    opened = compared(q=WHO, outlet="The Velm Mirror", open=place.address)
    assert opened.data("compare")["open"] == 1
    now = [piece["text"] for piece in opened.data("article")["pieces"] if piece["kind"] == "now"]
    assert now == [found.citations[0].quote]


def test_a_typed_question_becomes_a_row_and_the_empty_page_offers_some(archive: Path) -> None:
    tab = compared()
    assert not tab.shows("compare")
    tab.page.text_input[0].set_value(f"  {WHO} ")
    tab.button("Compare").click().run()
    tab.settle()
    assert [row["question"] for row in tab.data("compare")["rows"]] == [WHO]
    tab.page.text_input[0].set_value(WHAT)
    tab.button("Add").click().run()
    tab.settle()
    assert [row["question"] for row in tab.data("compare")["rows"]] == [WHO, WHAT]


def test_rows_share_one_numbering_and_a_voice_without_words_is_not_one_that_was_not_found() -> None:
    found, citations = joined([ONE, OTHER])
    assert [(one.marker, one.quote) for one in citations] == [(1, BLAME), (2, DENIAL), (3, COUNT)]
    data = compare_data([ONE.question, OTHER.question, "And?"], found, citations, errors={"And?": "It failed."})
    assert [column["name"] for column in data["columns"]] == ["Harbour Gazette", "Strait Courier", HOSTILE[0]]
    assert data["columns"][0]["notes"] == ["Also printed by Strait Courier", "2 articles"]
    first, second, third = data["rows"]
    assert [cell["silence"] if not cell["claims"] else None for cell in first["cells"]] == [None, NOT_STATED, NOTHING]
    assert [claim["markers"] for claim in second["cells"][0]["claims"]] == [[3], [1]]
    assert (third["note"], third["cells"]) == ("It failed.", [])


def test_findings_stand_by_kind_in_words_and_what_one_alone_tells_is_folded() -> None:
    found, citations = joined([ONE, OTHER])
    _, row = compare_data([one.question for one in found], found, citations, errors={})["rows"]
    heads = [(group["heading"], group["folded"]) for group in row["groups"]]
    assert heads == [("One quotation in different words", False), ("Told by one alone", True)]
    [finding] = row["groups"][0]["findings"]
    assert finding["counted"] == "2 of 2 independent accounts"
    assert finding["parties"] == "At odds: Karg and Northfjord Ferries"
    assert finding["markers"] == [1, 2]
    assert [(step["one"], step["other"]) for step in finding["steps"]] == [("walked", "walked"), ("away", "off")]


def test_what_is_taken_along_holds_every_row_and_where_its_words_stand() -> None:
    found, citations = joined([ONE, OTHER])
    made = compare.report(found, citations)
    assert [section.heading.split(" — ")[0] for section in made.sections][:1] == [ONE.question]
    assert "<script>" not in html(made)
    assert DENIAL.split(" ", 1)[0] in markdown(made)
    rows: list[dict[str, Any]] = json.loads(compare.document(found))
    for row in rows:
        listed = {citation["marker"]: citation["quote"] for citation in row["citations"]}
        for account in row["outlets"]:
            for claim in account["claims"]:
                assert [listed[marker] for marker in claim["citations"]] == [claim["text"]]


@pytest.mark.parametrize("question", HOSTILE)
def test_a_hostile_question_is_a_row_of_words(archive: Path, question: str) -> None:
    [row] = compared(q=question).data("compare")["rows"]
    assert "\u202e" not in row["question"]
    assert len(row["question"]) <= 1_000
