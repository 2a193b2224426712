"""The marked questions are what they are said to be, and cells are graded by them."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

import pytest

from index.types import Article
from tests.bench.answers import MARKED, Cell
from tests.bench.cells import EMPTY, MISSED, PARTLY, RIGHT, WRONG, grade

if TYPE_CHECKING:
    from pathlib import Path

ROWS = [json.loads(line) for line in MARKED.read_text(encoding="utf-8").splitlines()]
CELL = Cell(Article(id="own", path="a.txt", key="", text=""), (), frozenset({3, 5}), frozenset({6}))
SILENT = Cell(CELL.article, (), frozenset(), frozenset({6}))


def test_no_event_serves_two_uses() -> None:
    uses = defaultdict(set)
    for row in ROWS:
        for article in row["articles"]:
            uses[article].add(row["use"])
    assert all(len(used) == 1 or used == {"train", "further"} for used in uses.values())
    assert Counter(row["use"] for row in ROWS) == {"train": 8579, "further": 3255, "tune": 351, "report": 120}


def test_a_sentence_is_marked_once_and_marks_are_places_in_order() -> None:
    for row in ROWS:
        assert row["question"].endswith("?")
        for marks in (*row["articles"].values(), *row.get("elsewhere", {}).values()):
            assert marks["answers"] == sorted(set(marks["answers"]))
            assert marks["partly"] == sorted(set(marks["partly"]) - set(marks["answers"]))
            assert all(place >= 0 for place in (*marks["answers"], *marks["partly"]))


def test_of_other_articles_only_what_was_read_is_marked() -> None:
    for row in ROWS:
        elsewhere = row.get("elsewhere", {})
        assert not elsewhere or (row["use"], row["data"]) == ("further", "newsquiz")
        assert elsewhere.keys().isdisjoint(row["articles"])
        for marks in elsewhere.values():
            assert {*marks["answers"], *marks["partly"]} <= set(marks["read"])


@pytest.mark.shared
def test_marks_stand_inside_articles_that_there_are(shared: Path) -> None:
    import gzip

    for data in ("events", "newsquiz"):
        with gzip.open(shared / data / "articles.jsonl.gz", "rt", encoding="utf-8") as lines:
            held = {row["id"]: len(row["text"]) for row in map(json.loads, lines)}
        for row in ROWS:
            if row["data"] == data:
                for article, marks in (row["articles"] | row.get("elsewhere", {})).items():
                    read = marks["answers"] + marks["partly"] + marks.get("read", [])
                    assert max(read, default=0) < held[article]


@pytest.mark.parametrize(
    ("cell", "quoted", "verdict"),
    [
        (CELL, [{3}], RIGHT),
        (CELL, [{3}, {5}], RIGHT),
        (CELL, [{2, 3}], RIGHT),
        (CELL, [{3}, {6}], PARTLY),
        (CELL, [{3}, {9}], PARTLY),
        (CELL, [{5, 6}, {8, 9}], PARTLY),
        (CELL, [{6}], PARTLY),
        (CELL, [{9}], WRONG),
        (CELL, [set()], WRONG),
        (CELL, [], MISSED),
        (SILENT, [], EMPTY),
        (SILENT, [{9}], WRONG),
        (SILENT, [{6}], PARTLY),
    ],
)
def test_a_cell_is_graded_by_what_it_quotes_of_its_article(cell: Cell, quoted: list[set[int]], verdict: str) -> None:
    assert grade(cell, [frozenset(own) for own in quoted]) == verdict
