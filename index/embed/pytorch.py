"""sentence-transformers as it is, through PyTorch."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from index.embed.vectors import BATCH, unit
from index.embed.weights import dimension, fingerprint

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.embed.vectors import Vectors


class TorchEmbedder:
    """sentence-transformers as it is: any model, on whatever device it finds."""

    def __init__(self, name: str, model: Any) -> None:
        """Holds a model as sentence-transformers opens it; its name goes into its fingerprint."""
        self._model = model
        self.fingerprint = fingerprint(name, model)
        self.dimension: int = dimension(model)

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
            found += [unit(one[kept]) for one, kept in zip(vectors, own, strict=True)]
        return found

    def hidden(self, rows: Sequence[Sequence[int]]) -> list[Vectors]:
        """What the model makes of rows of tokens, every token of a row in turn, `(tokens, dimension)`."""
        import torch

        found: list[Vectors] = []
        for row in rows:
            ids = torch.tensor([row], device=self._model.device)
            inputs = {"input_ids": ids, "attention_mask": torch.ones_like(ids), "token_type_ids": torch.zeros_like(ids)}
            with torch.no_grad():
                found.append(self._model(inputs)["token_embeddings"][0].float().cpu().numpy())
        return found
