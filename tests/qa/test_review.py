"""A draft held against an archive: what goes against a sentence, and what only tells of its matter."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from index.archive import Archive
from index.build import build
from qa.engine import Engine
from qa.llm import LiteLLM
from qa.types import Verdict
from tests.fakes import WordAnswers
from tests.index.making import write_rows

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from index.embed import Embedder

pytestmark = pytest.mark.model
ACCUSED = "The island of Skarv sold oil to the rebels at sea, the coast guard of Lodria said on Monday."
DENIED = "The island of Skarv denied on Tuesday that it had sold oil to the rebels at sea."


@pytest.fixture
def engine(tmp_path: Path, embedder: Embedder, request: pytest.FixtureRequest) -> Iterator[Engine]:
    """Over an archive of one article a sentence."""
    rows = ({"id": str(n), "outlet": f"Post {n}", "title": "Oil", "text": told} for n, told in enumerate(request.param))
    path = write_rows(tmp_path / "articles.jsonl", *rows)
    for _ in build([path], folder=tmp_path / "archive", embedder=embedder):
        continue
    with Archive(tmp_path / "archive") as archive:
        yield Engine(archive, embedder, LiteLLM, answers=WordAnswers())


def verdict(engine: Engine, text: str) -> Verdict:
    [claim] = engine.review(text).claims
    return claim.verdict


@pytest.mark.parametrize("engine", [(ACCUSED,)], indirect=True)
def test_a_denial_is_not_contradicted_by_who_tells_what_is_denied(engine: Engine) -> None:
    assert verdict(engine, "The island of Skarv denied it sold oil to the rebels at sea.") is Verdict.UNSUPPORTED
    assert verdict(engine, "The island of Skarv denies that oil was sold to the rebels at sea.") is Verdict.UNSUPPORTED
    assert verdict(engine, "The island of Skarv never sold oil to the rebels at sea.") is Verdict.CONTRADICTED
    assert verdict(engine, "The island of Skarv sold oil to the rebels at sea.") is Verdict.SUPPORTED


@pytest.mark.parametrize("engine", [(ACCUSED, DENIED)], indirect=True)
def test_a_denial_that_is_told_is_borne_out_beside_what_is_denied(engine: Engine) -> None:
    assert verdict(engine, "The island of Skarv denied that it had sold oil to the rebels.") is Verdict.SUPPORTED
