"""How much of a claim is borne out by what it cites, from 0 to 1: words in common and likeness of meaning."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qa.words import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.embed import Embedder
    from qa.evidence import Evidence
    from qa.faults import Fault


def support(text: str, proof: Evidence, faults: Sequence[Fault], embedder: Embedder | None) -> float:
    """The support of a claim by its evidence."""
    claimed = [word.stem for word in words(text) if word.content]
    printed = {word.stem for word in words(proof.context)}
    share = sum(stem in printed for stem in claimed) / max(1, len(claimed))
    like = share
    if embedder is not None:
        vectors = embedder.documents([text, *proof.texts])
        like = float((vectors[1:] @ vectors[0]).max())
    score = (share + max(0.0, like)) / 2
    return max(0.0, min(1.0, score * 0.5 ** len(faults)))
