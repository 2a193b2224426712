"""Exact vectors in files, read a few at a time: a million of them take 1.5 GB of disk and next to no memory.

What is written never changes: new vectors go into a file of their own, and the next generation links those before.
Files that are not much larger than what comes after them are written together with it, so that there are few and a
vector is rewritten seldom, as in a log-structured merge tree (O'Neil et al. 1996).
"""

from __future__ import annotations

import os
import weakref
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from index.manifest import link

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
LARGER = 4
"""How many times as many rows as all that come after it a file has that is left as it is."""
WASTED = 0.25
"""The share of rows that nothing points to any more at which all are written anew."""


@dataclass(frozen=True, slots=True)
class _Segment:
    """A file of rows: the place of its first, and of the first that is no longer in it."""

    path: Path
    file: int
    begin: int
    end: int


class Rows:
    """Vectors by id, new ones in memory until they are saved. Reading is safe for several threads.

    Read with `pread` and not mapped: pages of a mapped file count as the process's own, and one row may map megabytes.
    """

    def __init__(self, dimension: int) -> None:
        self._dimension = dimension
        self._segments: list[_Segment] = []
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
        known = np.load(_ids_of(path), allow_pickle=False)
        if known.ndim == 1:  # the first archives had one file, and the ids in its order
            known = np.stack([known, np.arange(len(known))])
        there = len(list(path.parent.glob(f"{path.stem}*{path.suffix}")))
        for segment in [_nth(path, number) for number in range(there)]:
            file = os.open(segment, os.O_RDONLY)
            weakref.finalize(rows, os.close, file)
            held, rest = divmod(os.fstat(file).st_size, dimension * 4)
            if rest:
                raise ValueError(f"{segment} does not hold whole vectors")
            rows._segments.append(_Segment(segment, file, rows._count, rows._count + held))
            rows._count += held
        if known.ndim != 2 or len(known) != 2 or known[1].max(initial=-1) >= rows._count:  # noqa: PLR2004
            raise ValueError(f"{path} does not hold the vectors that {_ids_of(path)} names")
        rows._place(known[0].astype(np.int64), known[1].astype(np.int64))
        return rows

    def save(self, path: Path) -> None:
        """Writes the vectors beside `path`, or links what is already in a file, and the ids with their places."""
        self._settle()
        if len(self) < (1 - WASTED) * self._count:
            self._rewrite(path)
            return
        kept = list(self._segments)
        begin = self._in_files
        while kept and kept[-1].end - kept[-1].begin < LARGER * (self._count - kept[-1].end):
            begin = kept.pop().begin
        for number, segment in enumerate(kept):
            link(segment.path, _nth(path, number))
        if begin < self._count:
            with _nth(path, len(kept)).open("wb") as file:
                for start in range(begin, self._count, BLOCK):
                    file.write(self._rows(np.arange(start, min(start + BLOCK, self._count))).tobytes())
        np.save(_ids_of(path), np.stack([self._ids, self._places]))

    def _rewrite(self, path: Path) -> None:
        """Writes what is pointed to into one file."""
        ids = [np.empty(0, dtype=np.int64)]
        with path.open("wb") as file:
            for some, block in self.blocks():
                ids.append(some)
                file.write(block.tobytes())
        every = np.concatenate(ids)
        np.save(_ids_of(path), np.stack([every, np.arange(len(every))]))

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def ids(self) -> Ids:
        """Every id, ascending."""
        self._settle()
        return self._ids

    @property
    def _in_files(self) -> int:
        """The first place that is in no file."""
        return self._segments[-1].end if self._segments else 0

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
        """All vectors, or those of these ids that are there, in the order of the files, some thousands at a time."""
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
        """Rows by place; neighbours in a file are read together."""
        found = np.empty((len(places), self._dimension), dtype=np.float32)
        order = np.argsort(places, kind="stable")
        filed = order[: np.searchsorted(places[order], self._in_files)]
        if len(filed):
            wanted = places[filed]
            cuts = np.flatnonzero(np.diff(wanted) > GAP) + 1
            begins, ends = np.concatenate([[0], cuts]), np.concatenate([cuts, [len(wanted)]])
            for begin, end in zip(begins.tolist(), ends.tolist(), strict=True):
                first = int(wanted[begin])
                found[filed[begin:end]] = self._read(first, int(wanted[end - 1]) + 1)[wanted[begin:end] - first]
        if len(filed) < len(order):
            new = order[len(filed) :]
            found[new] = self._new[0][places[new] - self._in_files]
        return found

    def _read(self, first: int, end: int) -> Vectors:
        """The rows of the places from `first` to before `end`, all of them in files."""
        size = self._dimension * 4
        parts = [
            os.pread(s.file, (min(end, s.end) - max(first, s.begin)) * size, (max(first, s.begin) - s.begin) * size)
            for s in self._segments
            if s.begin < end and first < s.end
        ]
        return np.frombuffer(parts[0] if len(parts) == 1 else b"".join(parts), dtype=np.float32).reshape(
            -1, self._dimension
        )


def _nth(path: Path, number: int) -> Path:
    """`vectors.rows`, `vectors.1.rows`, `vectors.2.rows`, and so on."""
    return path.with_suffix(f".{number}{path.suffix}") if number else path


def _ids_of(path: Path) -> Path:
    return path.with_suffix(".ids.npy")
