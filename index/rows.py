"""Exact vectors in a file, read a few at a time: a million of them take 1.5 GB of disk and next to no memory."""

from __future__ import annotations

import os
import shutil
import weakref
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]
    Ids = NDArray[np.int64]

BLOCK = 8192
"""Rows read at once where all are read: 12 MB at 384 dimensions."""
GAP = 8
"""Rows between two that are wanted which cost less to read than a second call."""


class Rows:
    """Vectors by id, new ones in memory until they are saved. Reading is safe for several threads.

    Read with `pread` and not mapped: pages of a mapped file count as the process's own, and one row may map megabytes.
    """

    def __init__(self, dimension: int) -> None:
        self._dimension = dimension
        self._file: int | None = None
        self._path: Path | None = None
        self._in_file = 0
        self._new: list[Vectors] = []
        self._new_ids: list[Ids] = []
        self._count = 0
        self._ids: Ids = np.empty(0, dtype=np.int64)
        self._places: NDArray[np.int64] = np.empty(0, dtype=np.int64)

    @classmethod
    def load(cls, path: Path, dimension: int) -> Rows:
        """The rows that `save` wrote.

        Raises:
            OSError, ValueError: the files are not there, or do not fit each other.
        """
        rows = cls(dimension)
        ids = np.load(_ids_of(path), allow_pickle=False)
        rows._file = os.open(path, os.O_RDONLY)
        weakref.finalize(rows, os.close, rows._file)
        if ids.ndim != 1 or os.fstat(rows._file).st_size != len(ids) * dimension * 4:
            raise ValueError(f"{path} does not hold {len(ids)} vectors")
        rows._path, rows._in_file, rows._count = path, len(ids), len(ids)
        rows._place(ids.astype(np.int64), np.arange(len(ids)))
        return rows

    def save(self, path: Path) -> None:
        """Writes the vectors to a file, and their ids beside it."""
        self._settle()
        order = np.argsort(self._places)
        if self._path and len(self) >= self._in_file and np.array_equal(self._places[order], np.arange(len(self))):
            shutil.copyfile(self._path, path)  # nothing was removed: what is there need not pass through here
            with path.open("ab") as file:
                for new in self._new:
                    file.write(new.tobytes())
        else:
            with path.open("wb") as file:
                for _, block in self.blocks():
                    file.write(block.tobytes())
        np.save(_ids_of(path), self._ids[order])

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def ids(self) -> Ids:
        """Every id, ascending."""
        self._settle()
        return self._ids

    def add(self, ids: Ids, vectors: Vectors) -> None:
        """Adds vectors `(len(ids), dimension)` under ids that are not yet used."""
        self._new.append(np.ascontiguousarray(vectors, dtype=np.float32))
        self._new_ids.append(ids)

    def remove(self, ids: Ids) -> None:
        """Forgets these ids."""
        self._settle()
        kept = ~np.isin(self._ids, ids)
        self._ids, self._places = self._ids[kept], self._places[kept]

    def _settle(self) -> None:
        """Places what came since, all at once: articles come by the thousand, each with a few vectors."""
        if self._new_ids:
            ids = np.concatenate(self._new_ids)
            begin, self._count = self._count, self._count + len(ids)
            places = np.concatenate([self._places, np.arange(begin, self._count)])
            self._place(np.concatenate([self._ids, ids]), places)
            self._new, self._new_ids = [np.concatenate(self._new)], []

    def _place(self, ids: Ids, places: NDArray[np.int64]) -> None:
        order = np.argsort(ids, kind="stable")
        self._ids, self._places = ids[order], places[order]

    def take(self, ids: Ids) -> Vectors:
        """The vectors of these ids, in their order, `(len(ids), dimension)`.

        Raises:
            KeyError: an id is not there.
        """
        if not len(ids):
            return np.empty((0, self._dimension), dtype=np.float32)
        self._settle()
        at = np.searchsorted(self._ids, ids).clip(max=max(len(self) - 1, 0))
        if not len(self) or not np.array_equal(self._ids[at], ids):
            raise KeyError("there is no vector of this id")
        return self._rows(self._places[at])

    def blocks(self, among: Ids | None = None) -> Iterator[tuple[Ids, Vectors]]:
        """All vectors, or those of these ids that are there, in the order of the file, some thousands at a time."""
        self._settle()
        order = np.argsort(self._places) if among is None else np.flatnonzero(self._held(among))
        for begin in range(0, len(order), BLOCK):
            chosen = order[begin : begin + BLOCK]
            yield self._ids[chosen], self._rows(self._places[chosen])

    def _held(self, ids: Ids) -> NDArray[np.bool_]:
        """Which of the rows have one of these ids, `(len(self),)`."""
        held = np.zeros(len(self), dtype=bool)
        at = np.searchsorted(self._ids, ids).clip(max=max(len(self) - 1, 0))
        held[at[self._ids[at] == ids] if len(self) else at[:0]] = True
        return held

    def _rows(self, places: NDArray[np.int64]) -> Vectors:
        """Rows by place; neighbours in the file are read together."""
        found = np.empty((len(places), self._dimension), dtype=np.float32)
        order = np.argsort(places, kind="stable")
        filed = order[: np.searchsorted(places[order], self._in_file)]
        if len(filed):
            wanted = places[filed]
            cuts = np.flatnonzero(np.diff(wanted) > GAP) + 1
            begins, ends = np.concatenate([[0], cuts]), np.concatenate([cuts, [len(wanted)]])
            for begin, end in zip(begins.tolist(), ends.tolist(), strict=True):
                first = int(wanted[begin])
                found[filed[begin:end]] = self._read(first, int(wanted[end - 1]) + 1)[wanted[begin:end] - first]
        if len(filed) < len(order):
            new = order[len(filed) :]
            found[new] = self._new[0][places[new] - self._in_file]
        return found

    def _read(self, first: int, end: int) -> Vectors:
        assert self._file is not None, "rows before the new ones are in a file"
        size = self._dimension * 4
        data = os.pread(self._file, (end - first) * size, first * size)
        return np.frombuffer(data, dtype=np.float32).reshape(-1, self._dimension)


def _ids_of(path: Path) -> Path:
    return path.with_suffix(".ids.npy")
