"""Search by meaning: FAISS over unit vectors, exact."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from index.errors import ArchiveError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]
    Ids = NDArray[np.int64]


class Dense:
    """Vectors by passage id. Reading is safe for several threads while nobody writes."""

    def __init__(self, index: Any) -> None:
        self._index = index

    @classmethod
    def empty(cls, dimension: int) -> Dense:
        """A new index for vectors of this length."""
        import faiss

        return cls(faiss.IndexIDMap2(faiss.IndexFlatIP(dimension)))

    @classmethod
    def load(cls, path: Path) -> Dense:
        """The index that `save` wrote.

        Raises:
            ArchiveError: the file is not one.
        """
        import faiss

        try:
            return cls(faiss.read_index(str(path)))
        except RuntimeError as error:
            raise ArchiveError(
                "The archive's vectors cannot be read; restore it from a copy, or add the articles to a new archive."
            ) from error

    def save(self, path: Path) -> None:
        """Writes the index to a file."""
        import faiss

        faiss.write_index(self._index, str(path))

    def __len__(self) -> int:
        return int(self._index.ntotal)

    def add(self, ids: Sequence[int], vectors: Vectors) -> None:
        """Adds unit vectors `(len(ids), dimension)` under ids that are not yet used."""
        if len(ids):
            self._index.add_with_ids(np.ascontiguousarray(vectors), np.asarray(ids, dtype=np.int64))

    def remove(self, ids: Iterable[int]) -> None:
        """Forgets these ids."""
        gone = np.fromiter(ids, dtype=np.int64)
        if len(gone):
            self._index.remove_ids(gone)

    def ids(self) -> set[int]:
        """Every id in the index."""
        import faiss

        return set(faiss.vector_to_array(self._index.id_map).tolist())

    def search(self, vector: Vectors, k: int, *, allowed: Ids | None = None) -> list[tuple[int, float]]:
        """The `k` nearest passages, nearest first, as (id, cosine).

        Args:
            vector: unit vector `(dimension,)`.
            allowed: ids to search among; all where it is None.
        """
        import faiss

        if not len(self) or (allowed is not None and not len(allowed)):
            return []
        params: Any = None
        if allowed is not None:
            params = faiss.SearchParameters()
            params.sel = faiss.IDSelectorBatch(allowed)
        scores, ids = self._index.search(vector[None, :], min(k, len(self)), params=params)
        return [(int(i), float(s)) for i, s in zip(ids[0], scores[0], strict=True) if i >= 0]

    def vectors(self, ids: Sequence[int]) -> Vectors:
        """The vectors of these passages, `(len(ids), dimension)`."""
        if not len(ids):
            return np.empty((0, self._index.d), dtype=np.float32)
        return np.stack([self._index.reconstruct(int(i)) for i in ids])

    def similarity(self, vector: Vectors, ids: Sequence[int]) -> list[float]:
        """Cosines of `vector` and the passages `ids`, in their order."""
        return [float(self._index.reconstruct(i) @ vector) for i in ids]
