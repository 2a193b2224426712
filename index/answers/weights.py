"""What training added to the embedding model, and the few weights by which tokens are compared."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from index.embed.weights import digest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    Array = NDArray[np.float32]

TRAINED = Path(__file__).with_name("answers.npz")
PARTS = (
    "attention.self.query", "attention.self.key", "attention.self.value", "attention.output.dense",
    "intermediate.dense", "output.dense",
)  # fmt: skip
"""The linear maps of a layer that training changed."""


@dataclass(frozen=True, slots=True)
class Weights:
    """What is trained.

    Attributes:
        digest: names them.
        changes: by layer and part, what is added to a map of the embedding model, `(outputs, inputs)`: the product of
            two thin matrices (Hu et al., "LoRA: Low-Rank Adaptation of Large Language Models", ICLR 2022).
        turned: turns the tokens of a question towards what answers them, `(dimension, dimension + 1)`, the last column
            being added.
        telling: how much a token of a question counts, before softplus, `(dimension + 1,)`.
        mix: what tokens and the texts as a whole count, and what is added.
    """

    digest: str
    changes: Mapping[str, Array]
    turned: Array
    telling: Array
    mix: tuple[float, float, float]


@cache
def trained() -> Weights:
    """The weights that come with the installation."""
    with np.load(TRAINED, allow_pickle=False) as file:
        arrays = {name: file[name].astype(np.float32) for name in file.files}
    names = sorted({name.rpartition(".")[0] for name in arrays if name.endswith((".down", ".up"))})
    return Weights(
        digest=digest(TRAINED)[:16],
        changes={name: arrays[f"{name}.up"] @ arrays[f"{name}.down"] for name in names},
        turned=arrays["turned"],
        telling=arrays["telling"],
        mix=tuple(arrays["mix"].tolist()),
    )


def adapted(model: Any, weights: Weights) -> Any:
    """A loaded embedding model with the changes in its weights."""
    import torch

    layers = model[0].auto_model.encoder.layer
    for name, change in weights.changes.items():
        number, _, part = name.partition(".")
        linear = layers[int(number)].get_submodule(part)
        with torch.no_grad():
            linear.weight += torch.from_numpy(change).to(linear.weight)
    return model
