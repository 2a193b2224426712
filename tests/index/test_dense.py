"""Search by meaning, against numpy."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

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
