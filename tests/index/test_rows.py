"""Vectors in files: what was added is read back exactly, however often it is saved, and old files are left alone."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from index.rows import Rows

DIMENSION = 4


def vectors(first: int, count: int) -> NDArray[np.float32]:
    """Rows that tell which they are."""
    return (np.arange(first, first + count)[:, None] * 10 + np.arange(DIMENSION)).astype(np.float32)


def saved(rows: Rows, home: Path) -> Rows:
    home.mkdir()
    rows.save(home / "vectors.rows")
    return Rows.load(home / "vectors.rows", DIMENSION)


def files(home: Path) -> dict[str, int]:
    """Rows in each file, in order."""
    paths = sorted(home.glob("*.rows"), key=lambda path: (len(path.name), path.name))
    return {path.name: path.stat().st_size // (4 * DIMENSION) for path in paths}


STEPS = st.lists(st.tuples(st.integers(0, 40), st.sets(st.integers(0, 200), max_size=30)), min_size=1, max_size=8)


@given(STEPS)
def test_what_was_added_and_not_removed_is_read_back_from_every_generation(
    steps: list[tuple[int, set[int]]],
) -> None:
    with TemporaryDirectory() as folder:
        rows, expected, known = Rows(DIMENSION), dict[int, NDArray[np.float32]](), 0
        for generation, (count, gone) in enumerate(steps):
            rows.add(np.arange(known, known + count), vectors(known, count))
            expected |= dict(zip(range(known, known + count), vectors(known, count), strict=True))
            known += count
            rows.remove(np.array(sorted(gone), dtype=np.int64))
            expected = {i: vector for i, vector in expected.items() if i not in gone}
            rows = saved(rows, Path(folder) / str(generation))
            ids = np.array(sorted(expected), dtype=np.int64)
            assert np.array_equal(rows.ids, ids)
            found = rows.take(ids[::-1])
            assert np.array_equal(found, np.array([expected[i] for i in ids[::-1]]).reshape(-1, DIMENSION))
            blocks = [(i, v) for some, block in rows.blocks() for i, v in zip(some.tolist(), block, strict=True)]
            assert {i for i, _ in blocks} == set(expected)
            assert all(np.array_equal(v, expected[i]) for i, v in blocks)
            sizes = list(files(Path(folder) / str(generation)).values())
            assert all(a > b for a, b in pairwise(sizes)), "each file outweighs what follows"


def test_a_few_more_vectors_are_a_file_of_their_own_and_the_others_are_linked(tmp_path: Path) -> None:
    rows = Rows(DIMENSION)
    rows.add(np.arange(100), vectors(0, 100))
    rows = saved(rows, tmp_path / "1")
    rows.add(np.arange(100, 110), vectors(100, 10))
    rows = saved(rows, tmp_path / "2")
    assert files(tmp_path / "2") == {"vectors.1.rows": 10, "vectors.rows": 100}
    assert (tmp_path / "1/vectors.rows").stat().st_ino == (tmp_path / "2/vectors.rows").stat().st_ino
    rows.add(np.arange(110, 113), vectors(110, 3))
    rows = saved(rows, tmp_path / "3")
    assert files(tmp_path / "3") == {"vectors.1.rows": 13, "vectors.rows": 100}, "the small ones are put together"
    assert np.array_equal(rows.take(np.array([112, 0, 105])), vectors(0, 113)[[112, 0, 105]])


def test_where_much_was_removed_all_is_written_anew_and_the_old_file_stays(tmp_path: Path) -> None:
    rows = Rows(DIMENSION)
    rows.add(np.arange(100), vectors(0, 100))
    rows = saved(rows, tmp_path / "1")
    rows.remove(np.arange(20))
    rows = saved(rows, tmp_path / "2")
    assert files(tmp_path / "2") == {"vectors.rows": 100}, "a fifth is not worth it"
    rows.remove(np.arange(20, 30))
    rows = saved(rows, tmp_path / "3")
    assert files(tmp_path / "3") == {"vectors.rows": 70}
    assert files(tmp_path / "1") == {"vectors.rows": 100}
    assert np.array_equal(rows.take(np.arange(30, 100)), vectors(30, 70))


def test_a_file_of_ids_alone_is_that_of_an_older_archive(tmp_path: Path) -> None:
    vectors(0, 5).tofile(tmp_path / "vectors.rows")
    np.save(tmp_path / "vectors.ids.npy", np.array([7, 3, 9, 1, 5]))
    rows = Rows.load(tmp_path / "vectors.rows", DIMENSION)
    assert rows.ids.tolist() == [1, 3, 5, 7, 9]
    assert np.array_equal(rows.take(np.array([9, 7])), vectors(0, 5)[[2, 0]])


@pytest.mark.parametrize("missing", ["vectors.rows", "vectors.1.rows"])
def test_a_file_that_is_missing_is_told(tmp_path: Path, missing: str) -> None:
    rows = Rows(DIMENSION)
    rows.add(np.arange(100), vectors(0, 100))
    rows = saved(rows, tmp_path / "1")
    rows.add(np.arange(100, 110), vectors(100, 10))
    saved(rows, tmp_path / "2")
    (tmp_path / "2" / missing).unlink()
    with pytest.raises((OSError, ValueError)):
        Rows.load(tmp_path / "2/vectors.rows", DIMENSION)


def test_an_id_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(KeyError):
        Rows(DIMENSION).take(np.array([1]))
