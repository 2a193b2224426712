"""Vectors rounded to 8 bits in lists of neighbours: finds candidates among millions while reading a few lists."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from index.rows import Rows

    Vectors = NDArray[np.float32]
    Ids = NDArray[np.int64]

LISTS_PER_ROOT = 2.0
"""Lists for each unit of the square root of the number of vectors."""
SAMPLE_PER_LIST, ROUNDS, SEED = 40, 6, 20
"""What k-means is given; FAISS asks for at least 39 vectors a list."""
PROBED = 1 / 16
"""The share of the lists that a search reads."""
FEWEST_PROBED = 48
OUTGROWN = 3.0
"""Lists made for fewer than a third of the vectors are made anew."""


class Coarse:
    """FAISS's inverted file with 8-bit scalar quantisation, 392 bytes a vector at 384 dimensions, by inner product."""

    def __init__(self, index: Any) -> None:
        self._index = index

    @classmethod
    def train(cls, rows: Rows, dimension: int) -> Coarse:
        """Lists for these vectors, and the vectors in them."""
        import faiss

        count = len(rows)
        lists = max(1, int(LISTS_PER_ROOT * math.sqrt(count)))
        index = faiss.IndexIVFScalarQuantizer(
            faiss.IndexFlatIP(dimension), dimension, lists, faiss.ScalarQuantizer.QT_8bit, faiss.METRIC_INNER_PRODUCT
        )
        index.by_residual = False  # the difference to a list's centre says nothing about an inner product
        index.cp.niter, index.cp.spherical = ROUNDS, True
        sample = np.random.default_rng(SEED).choice(rows.ids, min(count, lists * SAMPLE_PER_LIST), replace=False)
        index.train(rows.take(np.sort(sample)))
        for ids, vectors in rows.blocks():
            index.add_with_ids(vectors, ids)
        return cls(index)

    @classmethod
    def load(cls, path: Path, *, write: bool = False) -> Coarse:
        """The index that `save` wrote: for a reader mapped from its file, for a writer in memory.

        Raises:
            RuntimeError: the file is not one.
        """
        import faiss

        flags = 0 if write else faiss.IO_FLAG_MMAP | faiss.IO_FLAG_READ_ONLY
        index: Any = faiss.read_index(str(path), flags)
        if path.stat().st_size < index.ntotal * index.code_size:
            raise RuntimeError(f"{path} names vectors that are not in it")
        if write:
            return cls(index)
        lists: Any = faiss.downcast_InvertedLists(index.invlists)
        lists.prefetch_nthread = 0  # what the system keeps in memory needs no 32 threads to fetch it
        return cls(index)

    def save(self, path: Path) -> None:
        """Writes the index to a file."""
        import faiss

        faiss.write_index(self._index, str(path))

    def __len__(self) -> int:
        return int(self._index.ntotal)

    @property
    def dimension(self) -> int:
        """The length of a vector."""
        return int(self._index.d)

    @property
    def lists(self) -> int:
        """How many lists there are."""
        return int(self._index.nlist)

    @property
    def probed(self) -> int:
        """How many of them a search reads."""
        return min(self.lists, max(FEWEST_PROBED, round(self.lists * PROBED)))

    def outgrown(self, count: int) -> bool:
        """Whether so many vectors ask for other lists."""
        return count > OUTGROWN * (self.lists / LISTS_PER_ROOT) ** 2

    def add(self, ids: Ids, vectors: Vectors) -> None:
        """Adds vectors `(len(ids), dimension)` under ids that are not yet used."""
        self._index.add_with_ids(vectors, ids)

    def remove(self, ids: Ids) -> None:
        """Forgets these ids."""
        self._index.remove_ids(ids)

    def search(self, vector: Vectors, k: int, *, allowed: Ids | None = None, widen: float = 1.0) -> Ids:
        """About the `k` nearest, in no order.

        Args:
            vector: unit vector `(dimension,)`.
            allowed: ids to search among, all where it is None.
            widen: how many times as many lists are read, which a search among few needs.
        """
        import faiss

        params: Any = faiss.SearchParametersIVF()
        params.nprobe = min(self.lists, round(self.probed * widen))
        if allowed is not None:
            bits = np.zeros(int(allowed.max()) + 1, dtype=bool)
            bits[allowed] = True
            packed: Any = np.packbits(bits, bitorder="little")
            selector: Any = faiss.IDSelectorBitmap
            params.sel = selector(packed)
        ids = self._index.search(vector[None, :], k, params=params)[1][0]
        return np.asarray(ids[ids >= 0], dtype=np.int64)
