"""Sentences are exact slices of the text, in order, outside marks, within paragraphs."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.clean import mark
from index.segment import segment, wrapped
from index.types import Mark, Reason, Span

if TYPE_CHECKING:
    from pathlib import Path


def sentences(text: str) -> list[str]:
    return [sentence.text for sentence in segment("a", text, ())]


def test_abbreviations_fractions_and_times_do_not_end_a_sentence() -> None:
    text = (
        "U.S. pilots met Mr. Okafor for an 8 ½ hour talk at 5 p.m. Monday. Sen. J. Doe, D-Ohio, left at 9 a.m. ET. "
        "Prices rose 2.5 percent."
    )
    assert sentences(text) == [
        "U.S. pilots met Mr. Okafor for an 8 ½ hour talk at 5 p.m. Monday.",
        "Sen. J. Doe, D-Ohio, left at 9 a.m. ET.",
        "Prices rose 2.5 percent.",
    ]


def test_a_quotation_of_several_sentences_stays_with_its_speaker() -> None:
    text = "“We are tired. We will not sail,” said Okafor. The port was shut."
    assert sentences(text) == ["“We are tired. We will not sail,” said Okafor.", "The port was shut."]


def test_every_line_of_scraped_text_is_a_paragraph() -> None:
    found = segment("a", "A headline without a stop\nThe first line. It goes on.\r\n\r\nThe next", ())
    assert [(s.text, s.paragraph) for s in found] == [
        ("A headline without a stop", 0),
        ("The first line.", 1),
        ("It goes on.", 1),
        ("The next", 2),
    ]


def test_lines_wrapped_to_a_width_run_on() -> None:
    text = (
        "The pilots of the bay, who number no more than forty, have worked\n"
        "without a day of rest since the start of the summer, and the port\n"
        "has refused to say when the next of them will come back from leave\n"
        "or whether a new rota is to be written before the winter storms of\n"
        "the coming year.\n\nA second paragraph."
    )
    assert wrapped(text)
    found = segment("a", text, ())
    assert [s.paragraph for s in found] == [0, 1]
    assert found[0].text == text[: text.index("\n\n")]


def test_the_title_is_one_sentence_of_its_own_even_within_a_line() -> None:
    text = "Who is to blame? Pilots ask. They say the port is."
    found = segment("a", text, (), Span(0, 28))
    assert [(s.text, s.is_title) for s in found] == [
        ("Who is to blame? Pilots ask.", True),
        ("They say the port is.", False),
    ]


def test_rows_of_stars_and_dashes_are_no_sentences() -> None:
    assert sentences("One.\n___\n***\nTwo.") == ["One.", "Two."]


@pytest.mark.shared
def test_the_seed_articles_fall_into_the_sentences_a_reader_sees(shared: Path) -> None:
    counts = {}
    for path in sorted((shared / "seeds").iterdir()):
        text = path.read_bytes().decode("utf-8")
        found = segment("a", text, mark(text))
        counts[path.name] = len(found)
        assert all(text[s.start : s.end] == s.text for s in found)
        assert any("8 ½ hour discussion" in s.text or "8 1/2 hour discussion" in s.text for s in found)
    assert list(counts.values()) == [18, 12]


PIECES = st.lists(
    st.one_of(
        st.text(max_size=30),
        st.sampled_from(["He left. ", "“No. Never,” she said.", "\n", "\r\n", "U.S. 🎈 "]),
    )
)


@given(PIECES, st.data())
def test_sentences_are_trimmed_sorted_slices_outside_marks_and_the_title(
    pieces: list[str], data: st.DataObject
) -> None:
    text = "".join(pieces)
    cuts = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=6)))
    spans = [Span(a, b) for a, b in zip(cuts[::2], cuts[1::2], strict=False)]
    title = spans.pop() if spans and data.draw(st.booleans()) else None
    marks = tuple(Mark(s.start, s.end, Reason.SHARING) for s in spans)
    found = segment("a", text, marks, title)
    assert [s.ordinal for s in found] == list(range(len(found)))
    assert [s.paragraph for s in found] == sorted(s.paragraph for s in found)
    for one in found:
        assert one.text == text[one.start : one.end] == one.text.strip() != ""
        assert not any(one.span.overlaps(span) for span in spans)
        assert not one.is_title or (title is not None and one.text == title.of(text).strip())
    for before, after in pairwise(found):
        assert before.end <= after.start
    kept = {i for s in found for i in range(s.start, s.end)}
    outside = {i for i, c in enumerate(text) if c.isalnum() and not any(s.start <= i < s.end for s in spans)}
    assert outside <= kept
