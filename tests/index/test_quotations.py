"""Quotation marks paired over sentences and paragraphs."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from index.statements.quotations import quotations


def found(text: str) -> list[str]:
    return [q.of(text) for q in quotations(text)]


def test_a_quotation_may_hold_several_sentences() -> None:
    assert found("She said: “It is late. We go.” Then she left.") == ["“It is late. We go.”"]


def test_straight_marks_pair_up() -> None:
    assert found('"One," he said. "Two and three."') == ['"One,"', '"Two and three."']


def test_two_apostrophes_are_a_mark() -> None:
    assert found("''It's new,'' she said.") == ["''It's new,''"]


def test_a_quotation_opened_again_in_each_paragraph_is_one_for_each() -> None:
    text = "“First we wait for the answer of the council.\n\n“Then we leave,” she said."
    assert found(text) == ["“First we wait for the answer of the council.", "“Then we leave,”"]


def test_a_mark_of_inches_is_no_quotation() -> None:
    assert found('The board was 12" wide.') == []


@given(st.text(alphabet='ab .\n"“”', max_size=80))
def test_quotations_are_in_order_apart_and_inside_the_text(text: str) -> None:
    spans = quotations(text)
    assert all(0 <= s.start < s.end <= len(text) for s in spans)
    assert all(a.end <= b.start for a, b in itertools.pairwise(spans))
