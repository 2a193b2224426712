"""Vectors of texts that were asked for lately, kept so that they are not made again."""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import TYPE_CHECKING, Generic, TypeVar

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Sequence

    from numpy.typing import NDArray

    from index.embed import Embedder

    Vectors = NDArray[np.float32]

MOST, MOST_BY_TOKEN = 20_000, 500
"""Texts whose vector is kept, the latest used, and texts whose tokens' are; at 384 dimensions about 30 MB each."""

K = TypeVar("K", bound="Hashable")
T = TypeVar("T")


class Remembered:
    """An embedder that makes the vectors of a text once; its query is not remembered. Safe for several threads."""

    def __init__(self, embedder: Embedder, most: int = MOST, most_by_token: int = MOST_BY_TOKEN) -> None:
        self._embedder = embedder
        self._texts: Memory[str, Vectors] = Memory(embedder.documents, most)
        self._by_token: Memory[str, Vectors] = Memory(embedder.tokens, most_by_token)
        self.fingerprint = embedder.fingerprint
        self.dimension = embedder.dimension

    def __call__(self, texts: Sequence[str]) -> Vectors:
        """The vectors in the order of the texts, `(len(texts), dimension)`."""
        return np.stack(self._texts.of(texts)) if texts else np.empty((0, self.dimension), dtype=np.float32)

    def documents(self, texts: Sequence[str]) -> Vectors:
        """The same, as an embedder has it."""
        return self(texts)

    def query(self, text: str) -> Vectors:
        """The vector of what is searched for, `(dimension,)`."""
        return self._embedder.query(text)

    def tokens(self, texts: Sequence[str]) -> list[Vectors]:
        """The vector of every token of each text as it stands there, `(tokens, dimension)`."""
        return self._by_token.of(texts)


class Memory(Generic[K, T]):
    """What was made of things, the latest used of it. Safe for several threads."""

    def __init__(self, make: Callable[[Sequence[K]], Iterable[T]], most: int) -> None:
        self._make = make
        self._most = most
        self._known: OrderedDict[K, T] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, things: Sequence[K]) -> list[T]:
        """What is made of each, in their order; only what is not remembered is made."""
        with self._lock:
            held = {thing: self._known[thing] for thing in things if thing in self._known}
        missing = list(dict.fromkeys(thing for thing in things if thing not in held))
        if missing:
            held |= dict(zip(missing, self._make(missing), strict=True))
        with self._lock:
            for thing in things:
                self._known[thing] = held[thing]
                self._known.move_to_end(thing)
            while len(self._known) > self._most:
                self._known.popitem(last=False)
        return [held[thing] for thing in things]
