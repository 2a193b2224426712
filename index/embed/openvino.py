"""A converted model, run through OpenVINO."""

from __future__ import annotations

import json
import shutil
import threading
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from index.embed.conversion import Recipe
from index.embed.vectors import BATCH, unit
from index.embed.weights import digest
from index.errors import ModelUnavailableError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence, Sized
    from pathlib import Path

    from numpy.typing import NDArray

    from index.embed.vectors import Vectors

STEP = 8
"""Tokens to whose multiples a batch is filled up. OpenVINO prepares itself for every shape that it meets for the first
time, which takes longer than the vectors do; so it meets few: batches of a power of two, and lengths of such steps."""


class OpenVinoEmbedder:
    """A sentence-transformers model that `open_embedder` converted; safe for several threads."""

    def __init__(self, folder: Path) -> None:
        from tokenizers import Tokenizer

        recipe = Recipe(**json.loads((folder / "recipe.json").read_text(encoding="utf-8")))
        if digest(folder / "model.bin") != recipe.weights:
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
        for rows in of_like_length(texts):
            encodings = self._tokenizer.encode_batch([texts[i] for i in rows])
            for i, encoding, vectors in zip(rows, encodings, self._run(self._token_model, encodings), strict=True):
                found[i] = unit(vectors[np.array(encoding.special_tokens_mask) == 0])
        return [found[i] for i in range(len(texts))]

    def hidden(self, rows: Sequence[Sequence[int]]) -> list[Vectors]:
        """What the model makes of rows of tokens, every token of a row in turn, `(tokens, dimension)`."""
        found: dict[int, Vectors] = {}
        for batch in of_like_length(rows):
            length = -(-max(len(rows[i]) for i in batch) // STEP) * STEP
            ids = np.full((len(batch), length), self._recipe.pad_id, dtype=np.int64)
            mask = np.zeros_like(ids)
            for place, i in enumerate(batch):
                ids[place, : len(rows[i])], mask[place, : len(rows[i])] = rows[i], 1
            columns = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
            for i, vectors in zip(batch, self._called(self._token_model, columns), strict=True):
                found[i] = vectors[: len(rows[i])]
        return [found[i] for i in range(len(rows))]

    def _encode(self, texts: Sequence[str]) -> Vectors:
        vectors = np.empty((len(texts), self.dimension), dtype=np.float32)
        for rows in of_like_length(texts):
            encodings = self._tokenizer.encode_batch([texts[i] for i in rows])
            vectors[rows] = unit(self._run(self._model, encodings))
        return vectors

    def _run(self, model: Any, encodings: Sequence[Any]) -> Vectors:
        columns = {
            "input_ids": [e.ids for e in encodings],
            "attention_mask": [e.attention_mask for e in encodings],
            "token_type_ids": [e.type_ids for e in encodings],
        }
        return self._called(model, {name: np.array(column, dtype=np.int64) for name, column in columns.items()})

    def _called(self, model: Any, columns: Mapping[str, NDArray[np.int64]]) -> Vectors:
        inputs = {name: columns[name] for name in self._recipe.inputs}
        with self._lock:
            return np.array(model(inputs)[0], dtype=np.float32)


def of_like_length(texts: Sequence[Sized]) -> Iterator[list[int]]:
    """Batches of places of what is of like length, since a batch is as slow as its longest; each of a power of two."""
    order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
    start, size = 0, BATCH
    while start < len(order):
        while size > len(order) - start:
            size //= 2
        yield order[start : start + size]
        start += size
