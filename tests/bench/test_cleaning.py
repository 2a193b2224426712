"""Floors under what cleaning and the reading of pages do on pages that no rule was written on."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from statistics import mean
from typing import TYPE_CHECKING

import pytest

from index.readers import read
from index.types import Document
from tests.bench.dirty_text import figures, label, pages

if TYPE_CHECKING:
    from pathlib import Path

BODY = "The pilots of the bay refused to sail on Monday.\nThey slept.\nThe port denied that they had been asked to."


def test_lines_are_labelled_by_the_gold_article() -> None:
    text = f"They slept.\nMenu\n{BODY}\nMore about the pilots of the north"
    found = label("a", text, BODY)
    assert [(text[start:end], is_body) for start, end, is_body in found.lines] == [
        ("They slept.", False),
        ("Menu", False),
        *((line, True) for line in BODY.splitlines()),
        ("More about the pilots of the north", False),
    ]
    assert figures(found) == (1.0, 4 / 49)  # of boilerplate only the menu is known by its wording


@pytest.mark.shared
@pytest.mark.slow
def test_dirty_text_keeps_its_body_and_loses_two_thirds_of_its_boilerplate(shared: Path) -> None:
    kept, marked = zip(*(figures(page) for page in pages(shared / "html", "report")), strict=True)
    assert mean(kept) >= 0.985
    assert mean(marked) >= 0.65
    assert min(kept) > 0


@pytest.mark.shared
@pytest.mark.slow
def test_pages_are_read_at_least_as_well_as_measured(shared: Path) -> None:
    gold = [json.loads(line) for line in gzip.decompress((shared / "html" / "gold.jsonl.gz").read_bytes()).splitlines()]
    precisions, recalls = [], []
    for row in gold:
        (found,) = read(shared / "html" / f"{row['id']}.html.gz")
        assert isinstance(found, Document)
        ours, theirs = _runs(found.text), _runs(row["body"])
        common = (ours & theirs).total()
        precisions.append(common / ours.total())
        recalls.append(common / theirs.total())
    precision, recall = mean(precisions), mean(recalls)
    assert 2 * precision * recall / (precision + recall) >= 0.965


def _runs(text: str) -> Counter[tuple[str, ...]]:
    words = "".join(character if character.isalnum() or character == "_" else " " for character in text.lower()).split()
    return Counter(tuple(words[i : i + 4]) for i in range(max(1, len(words) - 3)))
