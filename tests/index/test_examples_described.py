"""The example articles come out as their gold says: outlet, day, headline, and what is boilerplate."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from index.clean import mark
from index.metadata import credit_lines, find
from index.readers import read, walk
from index.types import Document

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
GOLD = {
    (row["file"], row.get("key") or ""): row
    for row in json.loads((EXAMPLES / "gold" / "articles.json").read_text(encoding="utf-8"))["articles"]
}


@cache
def documents() -> dict[tuple[str, str], Document]:
    folder = EXAMPLES / "articles"
    found = [document for path in walk([folder]) for document in read(path)]
    assert all(isinstance(document, Document) for document in found)
    return {(str(Path(d.path).relative_to(folder)), d.key): d for d in found if isinstance(d, Document)}


def test_every_example_is_in_the_gold_and_every_gold_row_is_there() -> None:
    assert documents().keys() == GOLD.keys()


@pytest.mark.parametrize("which", GOLD, ids=lambda which: "#".join(filter(None, which)))
def test_outlet_day_and_headline_are_found_where_the_text_shows_them(which: tuple[str, str]) -> None:
    gold: dict[str, Any] = GOLD[which]
    document = documents()[which]
    evidence = find(document)
    found = {name: evidence[name].value if name in evidence else None for name in ("outlet", "published", "title")}
    assert found == {name: gold[name] for name in found}
    for name in found:
        span = evidence[name].span if name in evidence else None
        if name != "published" and span is not None:
            assert document.text[span.start : span.end] == evidence[name].value


@pytest.mark.parametrize("which", GOLD, ids=lambda which: "#".join(filter(None, which)))
def test_no_word_of_the_body_is_marked(which: tuple[str, str]) -> None:
    document = documents()[which]
    marks = mark(document.text, bylines=credit_lines(document.text, find(document)))
    marked = {i for m in marks for i in range(m.start, m.end)}
    allowed = {
        i
        for words in (*GOLD[which]["boilerplate"], *GOLD[which].get("metadata_lines", ()))
        for start in [document.text.index(words)]
        for i in range(start, start + len(words))
    }
    lost = "".join(document.text[i] for i in sorted(marked - allowed))
    assert not lost.strip()
