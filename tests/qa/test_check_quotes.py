"""Words between quotation marks are found as printed, or typed by how they differ."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.checks.fold import fold
from qa.checks.quotes import Match, locate, quotations

SAID = "“We had a frank discussion,” he said, “and we left the door open for 8 ½ hours.”"
OTHER = "“Nobody told us the well-known bridge was shut,” Ms Ode said."


@pytest.mark.parametrize(
    ("quote", "match"),
    [
        ("We had a frank discussion", Match.EXACT),
        ("we had a FRANK discussion", Match.NORMALISED),
        ("left the door open for 8 1/2 hours", Match.NORMALISED),
        ("We had a frank discussion and we left the door open", Match.NORMALISED),
        ("We … left the door open", Match.NORMALISED),
        ("[They] had a frank discussion", Match.NORMALISED),
        ("We had a short discussion", Match.DRIFTED),
        ("Nobody told us the well—known bridge was shut", Match.MISATTRIBUTED),
        ("a frank door open for", Match.STITCHED),
        ("They never turned up at all", Match.ABSENT),
    ],
)
def test_a_quotation_is_typed(quote: str, match: Match) -> None:
    assert locate(quote, [SAID], [OTHER]).match is match


def test_the_place_of_a_quotation_is_told_in_the_article_s_own_characters() -> None:
    found = locate("LEFT THE DOOR open for 8 1/2 hours", [OTHER, SAID])
    assert found.source == 1
    assert found.span is not None
    assert found.span.of(SAID) == "left the door open for 8 ½ hours"


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ('He said “yes” and "no".', ["yes", "no"]),
        ("The workers' strike is Ode's, she said: 'It isn't over.'", ["It isn't over."]),
        ("‘It isn’t over,’ she said.", ["It isn’t over,"]),
        ("No marks here, it's plain.", []),
    ],
)
def test_quotation_marks_are_told_from_apostrophes(text: str, inside: list[str]) -> None:
    assert [span.of(text) for span in quotations(text)] == inside


@given(st.text())
def test_every_folded_character_stands_for_characters_of_the_original_in_order(text: str) -> None:
    folded = fold(text)
    assert len(folded.text) == len(folded.starts) == len(folded.ends)
    assert all(0 <= start < end <= len(text) for start, end in zip(folded.starts, folded.ends, strict=True))
    assert list(folded.starts) == sorted(folded.starts)


@given(st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text).text).text == fold(text).text


@given(st.text(alphabet=st.characters(categories=["L", "N", "Zs", "P"]), min_size=1), st.data())
def test_any_run_of_whole_words_is_found_where_it_was_taken_from(text: str, data: st.DataObject) -> None:
    pieces = text.split()
    if not pieces:
        return
    start = data.draw(st.integers(0, len(pieces) - 1))
    words = " ".join(pieces[start : data.draw(st.integers(start + 1, len(pieces)))])
    if fold(words).text.strip(" '.,;:!?-"):
        assert locate(words, [text]).match.holds
