"""Sentence numbers to exact spans."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.types import Article, Hit, Passage, Sentence
from qa.cite import Citations, citation, number, renumber
from tests.qa.evidence import article, bridge

TEXT = "Who blamed whom? “They did,” she said. 🛳 Nobody else spoke."


def hit(made: tuple[Article, list[Sentence]], first: int, last: int) -> Hit:
    it, sentences = made
    run = sentences[first : last + 1]
    text = it.text[run[0].start : run[-1].end]
    passage = Passage(1, it.id, run[0].start, run[-1].end, first, last, text)
    return Hit(passage, it, 1.0, 0.5, ("dense",), tuple(run))


def test_sentences_are_numbered_from_one_in_the_order_of_the_hits_each_once() -> None:
    one, two = article(1, "A", "A0.", "A1.", "A2."), article(2, "B", "B0.", "B1.")
    shown = number([hit(two, 0, 1), hit(one, 1, 2), hit(one, 0, 1)])
    assert [(n.number, n.sentence.text, n.article.outlet) for n in shown] == [
        (1, "B0.", "B"), (2, "B1.", "B"), (3, "A1.", "A"), (4, "A2.", "A"), (5, "A0.", "A"),
    ]  # fmt: skip
    assert [n.number for n in number([hit(two, 0, 1), hit(one, 0, 2)], most=3)] == [1, 2, 3]
    assert number([]) == ()


def test_a_headline_is_no_evidence() -> None:
    made, sentences = article(1, "A", "Head line", "Words.")
    headed = [Sentence(made.id, 0, 0, 9, "Head line", is_title=True), sentences[1]]
    assert [n.sentence.text for n in number([hit((made, headed), 0, 1)])] == ["Words."]


@given(st.integers(-2, 70), st.integers(-2, 70))
def test_a_citation_is_a_slice_or_is_refused(start: int, end: int) -> None:
    made = Article("a", "/a.txt", "", TEXT)
    if 0 <= start < end <= len(TEXT):
        assert citation(made, start, end, marker=1).quote == TEXT[start:end] != ""
    else:
        with pytest.raises(ValueError, match="no words stand at"):
            citation(made, start, end, marker=1)


def test_a_citation_says_where_it_stands_and_a_row_by_its_key() -> None:
    made = Article("a" * 16, "/t.jsonl", "n7", TEXT, "Head", "Echo", "2026-03-14", "https://e.example")
    cited = citation(made, 17, 28, marker=4)
    assert cited.model_dump() == {
        "marker": 4, "article_id": "a" * 16, "outlet": "Echo", "title": "Head", "published": "2026-03-14",
        "url": "https://e.example", "path": "/t.jsonl#n7", "start": 17, "end": 28, "quote": "“They did,”",
    }  # fmt: skip


def test_a_sentence_has_one_marker_numbered_by_first_use() -> None:
    shown, citations = bridge(), Citations()
    assert renumber([3, 1, 3], shown, citations) == (1, 2)
    assert renumber([1, 4], shown, citations) == (2, 3)
    assert [c.marker for c in citations.all()] == [1, 2, 3]
    assert [c.quote for c in citations.all()] == [shown[n - 1].sentence.text for n in (3, 1, 4)]
    assert citations.cite(shown[0]) == 2


def test_numbers_that_were_not_shown_are_left_out() -> None:
    citations = Citations()
    assert renumber([0, 99, -1], bridge(), citations) == ()
    assert citations.all() == ()
