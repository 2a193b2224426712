"""Texts to unit vectors: the port, and sentence-transformers behind it, run through OpenVINO where that is installed.

OpenVINO gives the same vectors (cosine above 0.9999) three to four times as fast on a CPU, and starts in a fraction of
a second where importing PyTorch takes several. A model is converted once, into the cache, and loaded from there.
"""

from __future__ import annotations

import hashlib
import importlib.util
import logging
from typing import TYPE_CHECKING, Any, Protocol

from index.embed.conversion import OUTPUTS, convert
from index.embed.openvino import OpenVinoEmbedder
from index.embed.pytorch import TorchEmbedder
from index.embed.weights import DEFAULT_MODEL, load

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from index.embed.vectors import Vectors

__all__ = ["DEFAULT_MODEL", "Embedder", "OpenVinoEmbedder", "TorchEmbedder", "open_embedder", "opened"]

log = logging.getLogger(__name__)


class Embedder(Protocol):
    """Turns texts into unit vectors, so that an inner product is a cosine."""

    @property
    def fingerprint(self) -> str:
        """Names the model and its weights: vectors of equal fingerprints may be compared."""

    @property
    def dimension(self) -> int:
        """The length of a vector."""

    def documents(self, texts: Sequence[str]) -> Vectors:
        """Vectors of what is searched, `(len(texts), dimension)`."""

    def query(self, text: str) -> Vectors:
        """The vector of what is searched for, `(dimension,)`."""

    def tokens(self, texts: Sequence[str]) -> list[Vectors]:
        """The vector of every token of each text as it stands there, `(tokens, dimension)`; unit length."""


def open_embedder(model: str = DEFAULT_MODEL, *, cache: Path) -> Embedder:
    """The embedder for a sentence-transformers model.

    Args:
        model: the default's name (its weights come with the installation), a folder, or a name on a model hub, which
            is the only case in which anything is fetched.
        cache: where converted models are kept.

    Raises:
        ModelUnavailableError: the model is not there, or its weights are not the expected ones.
    """
    return opened(model, lambda: load(model), cache=cache)


def opened(name: str, make: Callable[[], Any], *, cache: Path) -> OpenVinoEmbedder | TorchEmbedder:
    """A model run the quickest way that there is here, converted if it has not been.

    Args:
        name: tells it from every other.
        make: gives it as sentence-transformers opens it.
        cache: where converted models are kept.
    """
    if importlib.util.find_spec("openvino") is None:
        return TorchEmbedder(name, make())
    made_of = f"{name}|{_openvino_version()}|{OUTPUTS}"
    folder = cache / "openvino" / hashlib.sha256(made_of.encode()).hexdigest()[:16]
    if not (folder / "recipe.json").exists():
        try:
            convert(name, make(), folder)
        except (RuntimeError, NotImplementedError, ValueError) as error:
            log.warning("%s cannot be converted for OpenVINO (%s); PyTorch runs it, more slowly", name, error)
            return TorchEmbedder(name, make())
    return OpenVinoEmbedder(folder)


def _openvino_version() -> str:
    from importlib.metadata import version

    return version("openvino")
