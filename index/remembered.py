"""Vectors of texts that were asked for lately, kept so that they are not made again."""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from index.embed import Embedder

MOST = 20_000
"""Texts kept, the latest used; at 384 dimensions about 30 MB."""


class Remembered:
    """An embedder's vectors of texts, unit length. Safe for several threads."""

    def __init__(self, embedder: Embedder, most: int = MOST) -> None:
        self._embedder = embedder
        self._most = most
        self._known: OrderedDict[str, NDArray[np.float32]] = OrderedDict()
        self._lock = threading.Lock()

    def __call__(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """The vectors in the order of the texts, `(len(texts), dimension)`."""
        with self._lock:
            held = {text: self._known[text] for text in texts if text in self._known}
        missing = list(dict.fromkeys(text for text in texts if text not in held))
        if missing:
            held |= dict(zip(missing, self._embedder.documents(missing), strict=True))
        with self._lock:
            for text in texts:
                self._known[text] = held[text]
                self._known.move_to_end(text)
            while len(self._known) > self._most:
                self._known.popitem(last=False)
        if not texts:
            return np.empty((0, self._embedder.dimension), dtype=np.float32)
        return np.stack([held[text] for text in texts])
