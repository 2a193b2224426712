"""A sentence-transformers model as OpenVINO's files, made once and kept with what is needed to run it."""

from __future__ import annotations

import json
import logging
import shutil
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from index.embed.weights import digest, dimension, fingerprint

log = logging.getLogger(__name__)

OUTPUTS = ("sentence_embedding", "token_embeddings")
"""What a converted model gives."""


@dataclass(frozen=True, slots=True)
class Recipe:
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


def convert(name: str, model: Any, folder: Path) -> None:
    """Writes a model as OpenVINO's files, whole or not at all, so that two processes may do it at once."""
    log.warning("preparing the model %s for this machine; this happens once", name)
    model = model.to("cpu")
    folder.parent.mkdir(parents=True, exist_ok=True)
    staging = Path(tempfile.mkdtemp(dir=folder.parent, prefix=".converting-"))
    try:
        inputs = _write_graph(model, staging / "model.xml")
        tokenizer = model.tokenizer
        tokenizer.backend_tokenizer.save(str(staging / "tokenizer.json"))
        prompts = model.prompts or {}
        recipe = Recipe(
            fingerprint=fingerprint(name, model),
            dimension=dimension(model),
            inputs=inputs,
            most_tokens=int(model.max_seq_length),
            pad_id=int(tokenizer.pad_token_id),
            pad_token=str(tokenizer.pad_token),
            query_prompt=prompts.get("query") or "",
            document_prompt=prompts.get("document") or "",
            weights=digest(staging / "model.bin"),
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
