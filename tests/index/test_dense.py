"""Search by meaning, against numpy."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.coarse import Coarse
from index.dense import Dense
from index.errors import ArchiveError

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

DIMENSION = 8


def unit(seed: int, rows: int) -> NDArray[np.float32]:
    vectors = np.random.default_rng(seed).standard_normal((rows, DIMENSION)).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def made(seed: int, rows: int) -> tuple[Dense, NDArray[np.int64], NDArray[np.float32]]:
    """An index, its ids in no order, and their vectors."""
    ids = np.random.default_rng(seed + 1).permutation(10 * rows)[:rows].astype(np.int64)
    vectors = unit(seed, rows)
    dense = Dense.empty(DIMENSION)
    dense.add(ids.tolist(), vectors)
    return dense, ids, vectors


def nearest(
    ids: NDArray[np.int64], vectors: NDArray[np.float32], question: NDArray[np.float32], k: int
) -> list[tuple[int, float]]:
    cosines = vectors @ question
    order = np.argsort(-cosines, kind="stable")[:k]
    return [(int(ids[i]), float(cosines[i])) for i in order]


def same(found: list[tuple[int, float]], expected: list[tuple[int, float]]) -> None:
    assert [i for i, _ in found] == [i for i, _ in expected]
    assert [score for _, score in found] == pytest.approx([score for _, score in expected], abs=1e-5)


@given(st.integers(0, 10_000), st.integers(1, 60), st.integers(1, 80))
def test_the_nearest_are_those_that_numpy_sorts_first(seed: int, rows: int, k: int) -> None:
    dense, ids, vectors = made(seed, rows)
    question = unit(seed + 2, 1)[0]
    same(dense.search(question, k), nearest(ids, vectors, question, k))


@given(st.integers(0, 10_000), st.integers(1, 60), st.data())
def test_a_search_among_allowed_ids_finds_the_nearest_of_those(seed: int, rows: int, data: st.DataObject) -> None:
    dense, ids, vectors = made(seed, rows)
    kept = np.array(sorted(data.draw(st.sets(st.integers(0, rows - 1)))), dtype=np.int64)
    question = unit(seed + 2, 1)[0]
    same(dense.search(question, 10, allowed=ids[kept]), nearest(ids[kept], vectors[kept], question, 10))


@given(st.integers(0, 10_000), st.integers(1, 60), st.data())
def test_removed_ids_are_never_found_again(seed: int, rows: int, data: st.DataObject) -> None:
    dense, ids, vectors = made(seed, rows)
    gone = data.draw(st.sets(st.sampled_from(ids.tolist())))
    dense.remove(gone)
    left = ~np.isin(ids, list(gone))
    assert dense.ids() == set(ids[left].tolist())
    assert len(dense) == left.sum()
    question = unit(seed + 2, 1)[0]
    same(dense.search(question, rows), nearest(ids[left], vectors[left], question, rows))


def test_an_index_comes_back_from_its_file_as_it_was(tmp_path: Path) -> None:
    dense, ids, _vectors = made(5, 40)
    dense.save(tmp_path / "vectors.faiss")
    again = Dense.load(tmp_path / "vectors.faiss")
    question = unit(6, 1)[0]
    assert again.ids() == set(ids.tolist())
    assert again.search(question, 10) == dense.search(question, 10)
    again.remove(ids[:3].tolist())
    again.add([777_777], question[None, :])
    assert again.search(question, 1) == [(777_777, pytest.approx(1.0))]


def test_similarity_gives_cosines_in_the_order_asked() -> None:
    dense, ids, vectors = made(9, 20)
    question = unit(10, 1)[0]
    order = [4, 0, 17]
    assert dense.similarity(question, ids[order].tolist()) == pytest.approx((vectors[order] @ question).tolist())


def test_an_empty_index_finds_nothing() -> None:
    dense = Dense.empty(DIMENSION)
    dense.add([], np.empty((0, DIMENSION), dtype=np.float32))
    dense.remove([])
    assert len(dense) == 0
    assert dense.ids() == set()
    assert dense.search(unit(1, 1)[0], 5) == []
    assert dense.search(unit(1, 1)[0], 5, allowed=np.array([1], dtype=np.int64)) == []


@pytest.mark.parametrize("kept", [0, 3, 40, 100])
def test_a_file_cut_short_is_refused(tmp_path: Path, kept: int) -> None:
    dense, _, _ = made(5, 40)
    path = tmp_path / "vectors.faiss"
    dense.save(path)
    path.write_bytes(path.read_bytes()[:kept])
    with pytest.raises(ArchiveError, match="restore it from a copy"):
        Dense.load(path)


def test_a_file_of_something_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / "vectors.faiss").write_text("These are no vectors. " * 50, encoding="utf-8")
    with pytest.raises(ArchiveError):
        Dense.load(tmp_path / "vectors.faiss")


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> int:
    """As many vectors as count as many here: every size rule scaled down."""
    monkeypatch.setattr("index.dense.EXACT_BELOW", 400)
    monkeypatch.setattr("index.dense.SCANNED", 30)
    return 800


def published(tmp_path: Path, rows: int) -> tuple[Dense, NDArray[np.int64], NDArray[np.float32]]:
    dense, ids, vectors = made(11, rows)
    dense.save(tmp_path / "vectors.faiss")
    return Dense.load(tmp_path / "vectors.faiss"), ids, vectors


def test_many_vectors_are_searched_by_lists_and_found_as_exactly(tmp_path: Path, large: int) -> None:
    dense, ids, vectors = published(tmp_path, large)
    assert dense.method.startswith("by lists: 800 vectors")
    questions = unit(12, 30)
    held = 0
    for question in questions:
        expected = nearest(ids, vectors, question, 10)
        same(dense.search(question, 10, exact=True), expected)
        found = dense.search(question, 10)
        held += len({i for i, _ in found} & {i for i, _ in expected})
        cosines = dict(zip(ids.tolist(), (vectors @ question).tolist(), strict=True))
        assert [score for _, score in found] == pytest.approx([cosines[i] for i, _ in found], abs=1e-5)
    assert held >= 0.97 * 300


@pytest.mark.parametrize("share", [0.5, 0.1, 0.02, 0.0])
def test_many_vectors_are_searched_among_the_allowed_alone(tmp_path: Path, large: int, share: float) -> None:
    dense, ids, vectors = published(tmp_path, large)
    kept = np.flatnonzero(np.random.default_rng(3).random(large) < share)
    allowed = np.append(ids[kept], 999_999)  # an id that is not there is no matter
    for question in unit(13, 10):
        found = dense.search(question, 10, allowed=allowed)
        expected = nearest(ids[kept], vectors[kept], question, 10)
        assert len({i for i, _ in found} & {i for i, _ in expected}) >= 0.9 * len(expected)
        same(dense.search(question, 10, allowed=allowed, exact=True), expected)


def test_many_vectors_are_added_to_and_removed_from_and_saved_again(tmp_path: Path, large: int) -> None:
    dense, ids, vectors = published(tmp_path, large)
    more, extra = np.arange(50_000, 50_020), unit(14, 20)
    gone = ids[::3]
    left = ~np.isin(ids, gone)
    dense.add(more[:5].tolist(), extra[:5])
    dense.remove(gone.tolist())
    dense.add(more[5:].tolist(), extra[5:])
    dense.save(tmp_path / "again.faiss")
    every, rows = np.concatenate([ids[left], more]), np.concatenate([vectors[left], extra])
    for index in (dense, Dense.load(tmp_path / "again.faiss")):
        assert index.ids() == set(every.tolist())
        assert np.array_equal(index.vectors(every.tolist()), rows)
        for question in extra:
            same(index.search(question, 10, exact=True), nearest(every, rows, question, 10))
            assert index.search(question, 1) == [(int(every[np.argmax(rows @ question)]), pytest.approx(1.0))]
    assert Dense.load(tmp_path / "vectors.faiss").ids() == set(ids.tolist()), "what was published stays as it was"


def test_an_archive_that_shrinks_is_searched_exactly_again(tmp_path: Path, large: int) -> None:
    dense, ids, vectors = published(tmp_path, large)
    dense.remove(ids[150:].tolist())
    dense.save(tmp_path / "small.faiss")
    small = Dense.load(tmp_path / "small.faiss")
    assert small.method.startswith("exact: 150 vectors")
    question = unit(15, 1)[0]
    same(small.search(question, 10), nearest(ids[:150], vectors[:150], question, 10))


def test_lists_are_made_anew_when_the_vectors_outgrow_them(tmp_path: Path, large: int) -> None:
    dense, ids, _ = published(tmp_path, large)
    before = dense.method
    dense.add((ids.max() + 1 + np.arange(4 * large)).tolist(), unit(16, 4 * large))
    dense.save(tmp_path / "grown.faiss")
    grown = Dense.load(tmp_path / "grown.faiss")
    assert "in 56 lists" in before
    assert "4,000 vectors in 126 lists" in grown.method


@pytest.mark.parametrize("file", ["vectors.rows", "vectors.ids.npy"])
def test_a_file_of_exact_vectors_cut_short_is_refused(tmp_path: Path, large: int, file: str) -> None:
    published(tmp_path, large)
    path = tmp_path / file
    path.write_bytes(path.read_bytes()[:-16])
    with pytest.raises(ArchiveError, match="restore it from a copy"):
        Dense.load(tmp_path / "vectors.faiss")


def test_many_vectors_that_did_not_change_are_the_same_in_the_next_generations(tmp_path: Path, large: int) -> None:
    _, ids, vectors = published(tmp_path, large)
    before = tmp_path / "vectors.faiss"
    for generation in ("1", "2"):
        home = tmp_path / generation
        home.mkdir()
        Dense.load(before).save(home / "vectors.faiss")
        before = home / "vectors.faiss"
    question = unit(17, 1)[0]
    assert Dense.load(before).search(question, 10) == Dense.load(tmp_path / "vectors.faiss").search(question, 10)
    grown = Dense.load(before)
    grown.add([90_000], question[None, :])
    grown.save(tmp_path / "grown.faiss")
    assert Dense.load(tmp_path / "grown.faiss").search(question, 1) == [(90_000, pytest.approx(1.0))]
    same(Dense.load(before).search(question, 10, exact=True), nearest(ids, vectors, question, 10))


def test_lists_that_lie_in_another_file_are_refused(tmp_path: Path, large: int) -> None:
    published(tmp_path, large)
    mapped = Coarse.load(tmp_path / "vectors.faiss")
    mapped.save(tmp_path / "vectors.faiss.new")
    (tmp_path / "vectors.faiss.new").replace(tmp_path / "vectors.faiss")
    with pytest.raises(ArchiveError, match="restore it from a copy"):
        Dense.load(tmp_path / "vectors.faiss")
