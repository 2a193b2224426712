"""Search by meaning over unit vectors: exact while they are few, by lists of neighbours where they are many."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from index.coarse import Coarse
from index.errors import ArchiveError
from index.manifest import link
from index.rows import Rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]
    Ids = NDArray[np.int64]

EXACT_BELOW = 20_000
"""Vectors that one thread scans in about 5 ms; from here on lists cost less."""
SCANNED = 2_000
"""Allowed vectors that are rather compared one by one than looked for in lists."""
REFINED, REFINED_LEAST = 3, 60
"""Candidates taken from the lists for each hit asked for, and the fewest; they are ordered by their exact vectors."""
WIDEST = 8.0
"""How many times as many lists a search among few allowed vectors reads at most."""


class Dense:
    """Vectors by passage id. Reading is safe for several threads while nobody writes.

    Few vectors are a flat FAISS index in memory. Many are an inverted file of 8-bit vectors, mapped from disk, which
    finds candidates, and exact vectors on disk, which order them. `save` changes from one to the other.
    """

    def __init__(self, held: _Few | _Many) -> None:
        self._held = held

    @classmethod
    def empty(cls, dimension: int) -> Dense:
        """A new index for vectors of this length."""
        return cls(_Few.empty(dimension))

    @classmethod
    def load(cls, path: Path) -> Dense:
        """The index that `save` wrote.

        Raises:
            ArchiveError: the file is not one.
        """
        try:
            return cls(_Many.load(path) if _rows_of(path).exists() else _Few.load(path))
        except (RuntimeError, ValueError, OSError) as error:
            raise ArchiveError(
                "The archive's vectors cannot be read; restore it from a copy, or add the articles to a new archive."
            ) from error

    def save(self, path: Path) -> None:
        """Writes the index to a file, and many vectors to two more beside it; trains lists where they are wanted."""
        many = len(self) >= (EXACT_BELOW if isinstance(self._held, _Few) else EXACT_BELOW // 2)
        if many and isinstance(self._held, _Few):
            self._held = _Many.made_of(self._held)
        elif not many and isinstance(self._held, _Many):
            self._held = _Few.made_of(self._held)
        self._held.save(path)

    def __len__(self) -> int:
        return len(self._held)

    @property
    def method(self) -> str:
        """How it searches, and why: a sentence for people."""
        return self._held.method

    def add(self, ids: Sequence[int], vectors: Vectors) -> None:
        """Adds unit vectors `(len(ids), dimension)` under ids that are not yet used."""
        if len(ids):
            self._held.add(np.asarray(ids, dtype=np.int64), np.ascontiguousarray(vectors, dtype=np.float32))

    def remove(self, ids: Iterable[int]) -> None:
        """Forgets these ids."""
        gone = np.fromiter(ids, dtype=np.int64)
        if len(gone):
            self._held.remove(gone)

    def ids(self) -> set[int]:
        """Every id in the index."""
        return set(self._held.ids().tolist())

    def search(
        self, vector: Vectors, k: int, *, allowed: Ids | None = None, exact: bool = False
    ) -> list[tuple[int, float]]:
        """The `k` nearest passages, nearest first, as (id, cosine).

        Args:
            vector: unit vector `(dimension,)`.
            allowed: ids to search among; all where it is None.
            exact: compare every vector, however many there are.
        """
        if not len(self) or (allowed is not None and not len(allowed)):
            return []
        find = self._held.scan if exact else self._held.search
        ids, scores = find(vector, min(k, len(self)), allowed)
        return [(int(i), float(s)) for i, s in zip(ids, scores, strict=True)]

    def vectors(self, ids: Sequence[int]) -> Vectors:
        """The vectors of these passages, `(len(ids), dimension)`."""
        return self._held.take(np.asarray(ids, dtype=np.int64))

    def similarity(self, vector: Vectors, ids: Sequence[int]) -> list[float]:
        """Cosines of `vector` and the passages `ids`, in their order."""
        return [float(score) for score in self.vectors(ids) @ vector]


class _Few:
    """A flat FAISS index in memory."""

    def __init__(self, index: Any) -> None:
        self._index = index

    @classmethod
    def empty(cls, dimension: int) -> _Few:
        import faiss

        return cls(faiss.IndexIDMap2(faiss.IndexFlatIP(dimension)))

    @classmethod
    def load(cls, path: Path) -> _Few:
        import faiss

        return cls(faiss.read_index(str(path)))

    @classmethod
    def made_of(cls, many: _Many) -> _Few:
        few = cls.empty(many.dimension)
        for ids, vectors in many.rows.blocks():
            few.add(ids, vectors)
        return few

    def save(self, path: Path) -> None:
        import faiss

        faiss.write_index(self._index, str(path))

    def __len__(self) -> int:
        return int(self._index.ntotal)

    @property
    def dimension(self) -> int:
        return int(self._index.d)

    @property
    def method(self) -> str:
        return f"exact: {len(self):,} vectors are compared one by one, which is quick below {EXACT_BELOW:,}"

    def add(self, ids: Ids, vectors: Vectors) -> None:
        self._index.add_with_ids(vectors, ids)

    def remove(self, ids: Ids) -> None:
        self._index.remove_ids(ids)

    def ids(self) -> Ids:
        import faiss

        return np.asarray(faiss.vector_to_array(self._index.id_map), dtype=np.int64)

    def take(self, ids: Ids) -> Vectors:
        if not len(ids):
            return np.empty((0, self.dimension), dtype=np.float32)
        return np.asarray(self._index.reconstruct_batch(ids), dtype=np.float32)

    def scan(self, vector: Vectors, k: int, allowed: Ids | None) -> tuple[Ids, Vectors]:
        import faiss

        params: Any = None
        if allowed is not None:
            params = faiss.SearchParameters()
            params.sel = faiss.IDSelectorBatch(allowed)
        scores, ids = self._index.search(vector[None, :], k, params=params)
        found = ids[0] >= 0
        return ids[0][found], scores[0][found]

    search = scan


class _Many:
    """Lists of 8-bit vectors for the candidates, exact vectors for their order."""

    def __init__(self, rows: Rows, coarse: Coarse, path: Path | None) -> None:
        self.rows = rows
        self._coarse = coarse
        self._mapped = path

    @classmethod
    def load(cls, path: Path) -> _Many:
        coarse = Coarse.load(path)
        return cls(Rows.load(_rows_of(path), coarse.dimension), coarse, path)

    @classmethod
    def made_of(cls, few: _Few) -> _Many:
        rows = Rows(few.dimension)
        ids = few.ids()
        rows.add(ids, few.take(ids))
        return cls(rows, Coarse.train(rows, few.dimension), None)

    def save(self, path: Path) -> None:
        if self._coarse.outgrown(len(self)):
            self._coarse, self._mapped = Coarse.train(self.rows, self.dimension), None
        if self._mapped:  # FAISS would write where the lists are mapped from, and not what is in them
            link(self._mapped, path)
        else:
            self._coarse.save(path)
        self.rows.save(_rows_of(path))

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def dimension(self) -> int:
        return self._coarse.dimension

    @property
    def method(self) -> str:
        return (
            f"by lists: {len(self):,} vectors in {self._coarse.lists:,} lists at 8 bits, of which {self._coarse.probed}"
            f" are read, then ordered by their exact vectors; from {EXACT_BELOW:,} on this is quicker"
        )

    def add(self, ids: Ids, vectors: Vectors) -> None:
        self._unmap()
        self._coarse.add(ids, vectors)
        self.rows.add(ids, vectors)

    def remove(self, ids: Ids) -> None:
        self._unmap()
        self._coarse.remove(ids)
        self.rows.remove(ids)

    def _unmap(self) -> None:
        """A mapped file cannot be changed."""
        if self._mapped:
            self._coarse, self._mapped = Coarse.load(self._mapped, write=True), None

    def ids(self) -> Ids:
        return self.rows.ids

    def take(self, ids: Ids) -> Vectors:
        return self.rows.take(ids)

    def search(self, vector: Vectors, k: int, allowed: Ids | None) -> tuple[Ids, Vectors]:
        if allowed is not None and len(allowed) <= SCANNED:
            return self.scan(vector, k, allowed)
        candidates = max(REFINED * k, REFINED_LEAST)
        widen = 1.0 if allowed is None else min(WIDEST, (len(self) / len(allowed)) ** 0.5)
        ids = self._coarse.search(vector, candidates, allowed=allowed, widen=widen)
        return _best(ids, self.rows.take(ids) @ vector, k)

    def scan(self, vector: Vectors, k: int, allowed: Ids | None) -> tuple[Ids, Vectors]:
        ids, scores = np.empty(0, dtype=np.int64), np.empty(0, dtype=np.float32)
        for some, vectors in self.rows.blocks(allowed):
            ids, scores = _best(np.concatenate([ids, some]), np.concatenate([scores, vectors @ vector]), k)
        return ids, scores


def _best(ids: Ids, scores: Vectors, k: int) -> tuple[Ids, Vectors]:
    """The `k` highest, highest first, ties by id."""
    if len(ids) > k:
        chosen = np.argpartition(-scores, k - 1)[:k]
        ids, scores = ids[chosen], scores[chosen]
    order = np.lexsort((ids, -scores))
    return ids[order], scores[order]


def _rows_of(path: Path) -> Path:
    return path.with_suffix(".rows")
