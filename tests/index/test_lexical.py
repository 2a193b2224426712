"""Search by words, against BM25 written out."""

from __future__ import annotations

import math
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index import lexical as module
from index.errors import ArchiveError
from index.lexical import Lexical, stems
from index.types import Passage

if TYPE_CHECKING:
    from pathlib import Path

TEXTS = {
    1: "The mayor blamed the ferry company for the strike.",
    2: "The ferry company denied the charge and denied it again.",
    3: "Rain is expected on Sunday.",
    4: "A strike of drivers closed the harbour; the drivers' union called the strike a warning to the company.",
    50: "Ferries sail on Sunday.",
}
K1, B = 1.2, 0.75
"""The constants of BM25 as Robertson and Zaragoza (2009) give them for general use."""


def passage(number: int, text: str, article: str = "") -> Passage:
    return Passage(number, article or f"article{number}", 0, len(text), 0, 0, text)


@pytest.fixture
def lexical(tmp_path: Path) -> Lexical:
    index = Lexical(tmp_path)
    index.write([(passage(number, text), "") for number, text in TEXTS.items()], [])
    return index


def idf(word: str) -> float:
    held = sum(stems(word)[0] in stems(text) for text in TEXTS.values())
    return math.log(1 + (len(TEXTS) - held + 0.5) / (held + 0.5))


def bm25(question: str) -> dict[int, float]:
    lengths = {number: len(stems(text)) for number, text in TEXTS.items()}
    mean = sum(lengths.values()) / len(lengths)
    scores = {}
    for number, text in TEXTS.items():
        held = Counter(stems(text))
        norm = K1 * (1 - B + B * lengths[number] / mean)
        score = sum(
            idf(word) * held[word] * (K1 + 1) / (held[word] + norm) for word in set(stems(question)) if held[word]
        )
        if score:
            scores[number] = score
    return scores


def test_words_that_are_everywhere_are_left_out_beside_others(
    lexical: Lexical, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "COMMON_LEAST", 0)
    monkeypatch.setattr(module, "COMMON", 0.5)
    common = [word for word in ("the", "ferry", "company") if idf(word) < math.log(2)]
    assert common == ["the", "ferry", "company"]
    assert dict(lexical.search("The ferry company denied", 10)) == pytest.approx(bm25("denied"), rel=1e-4)
    assert dict(lexical.search("The ferry company", 10)) == pytest.approx(bm25("The ferry company"), rel=1e-4)
    monkeypatch.setattr(module, "COMMON_LEAST", len(TEXTS) + 1)
    assert dict(lexical.search("The ferry denied", 10)) == pytest.approx(bm25("The ferry denied"), rel=1e-4)


@pytest.mark.parametrize("question", ["strike", "ferry company denied", "who expects rain on sunday", "The the"])
def test_a_score_is_bm25_and_the_best_come_first(lexical: Lexical, question: str) -> None:
    found = lexical.search(question, 10)
    assert dict(found) == pytest.approx(bm25(question), rel=1e-4)
    assert all(before[1] >= after[1] for before, after in pairwise(found))


@pytest.mark.parametrize("word", ["strike", "strikes", "company", "rain", "the", "zeppelin"])
def test_rarity_is_the_inverse_document_frequency(lexical: Lexical, word: str) -> None:
    assert lexical.rarity(word) == pytest.approx(idf(word))


def test_a_hyphenated_word_is_as_rare_as_its_parts_in_a_row(lexical: Lexical) -> None:
    assert lexical.rarity("ferry-company") == pytest.approx(math.log(1 + 3.5 / 2.5))
    assert lexical.rarity("company-ferry") == pytest.approx(math.log(1 + 5.5 / 0.5))
    assert lexical.rarity("…") == 0.0


def test_words_are_found_by_their_stems_and_in_the_title(lexical: Lexical) -> None:
    assert stems("Ferries denied") == stems("ferry denying") == ["ferri", "deni"]
    assert {number for number, _ in lexical.search("ferries", 10)} == {1, 2, 50}
    lexical.write([(passage(60, "Nothing of it here."), "Zeppelins over the harbour")], [])
    assert [number for number, _ in lexical.search("zeppelin", 10)] == [60]


def test_a_word_is_found_in_its_other_spelling_and_as_rare(lexical: Lexical) -> None:
    texts = {70: "The airline apologised.", 71: "An airport apologized in the theatre."}
    lexical.write([(passage(number, text), "") for number, text in texts.items()], [])
    for asked in ("apologise", "apologize"):
        assert {number for number, _ in lexical.search(asked, 10)} == {70, 71}
        assert lexical.rarity(asked) == pytest.approx(math.log(1 + 5.5 / 2.5))
    assert [number for number, _ in lexical.search("theaters", 10)] == [71]


def test_a_search_is_limited_to_k_and_to_articles(lexical: Lexical) -> None:
    whole = lexical.search("ferry company strike", 10)
    assert lexical.search("ferry company strike", 2) == whole[:2]
    among = lexical.search("ferry company strike", 10, articles=["article50", "article2", "missing"])
    assert among == [hit for hit in whole if hit[0] in (2, 50)]
    assert lexical.search("ferry", 10, articles=[]) == []


@pytest.mark.parametrize("numbers", [[1], [2, 4], [1, 2, 3, 4], [3]])
@pytest.mark.parametrize("k", [1, 2, 10])
def test_a_search_among_many_articles_finds_the_same_by_their_passages(
    lexical: Lexical, numbers: list[int], k: int
) -> None:
    articles = [f"article{number}" for number in numbers]
    expected = lexical.search("the ferry company strike", k, articles=articles)
    found = lexical.search("the ferry company strike", k, articles=articles, passages=np.array(numbers, dtype=np.int64))
    assert [i for i, _ in found] == [i for i, _ in expected]
    assert [score for _, score in found] == pytest.approx([score for _, score in expected])


def test_what_is_removed_is_gone_and_what_is_added_is_there_at_once(lexical: Lexical) -> None:
    lexical.write([(passage(51, "Sunday again."), "")], [3])
    assert {number for number, _ in lexical.search("sunday", 10)} == {50, 51}
    assert len(lexical) == len(TEXTS)


def test_a_search_does_not_see_what_is_written_after_it_was_opened(tmp_path: Path, lexical: Lexical) -> None:
    reader = Lexical(tmp_path)
    lexical.write([], list(TEXTS))
    assert len(reader) == 5
    assert reader.search("rain", 1)[0][0] == 3
    assert len(Lexical(tmp_path)) == 0


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.one_of(st.text(max_size=60), st.text('" :()[]{}*?~^+-\\/ANDORNOT IN title', max_size=40)))
def test_no_text_is_read_as_an_operator_or_an_error(lexical: Lexical, text: str) -> None:
    found = lexical.search(text, 10)
    assert {number for number, _ in found} <= set(TEXTS)
    assert lexical.rarity(text) >= 0


@pytest.mark.parametrize(
    "text", ["rain AND company", "NOT rain", "-rain", "title:rain", '"rain strike"', "rain^9", "ra*n rain"]
)
def test_operators_mean_nothing(lexical: Lexical, text: str) -> None:
    assert 3 in {number for number, _ in lexical.search(text, 10)}


def test_files_of_something_else_are_refused(tmp_path: Path) -> None:
    (tmp_path / "meta.json").write_text("{}", encoding="utf-8")
    with pytest.raises(ArchiveError, match="restore it from a copy"):
        Lexical(tmp_path)
