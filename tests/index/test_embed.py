"""The embedding model: the vectors are sentence-transformers' own, from weights that are what they should be."""

from __future__ import annotations

import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.embed import DEFAULT_MODEL, OpenVinoEmbedder, TorchEmbedder, open_embedder, weights
from index.embed.openvino import of_like_length
from index.errors import ModelUnavailableError
from qa.settings import Settings
from tests.fakes import HashEmbedder

if TYPE_CHECKING:
    from pathlib import Path

    from index.embed import Embedder

TEXTS = [
    "The negotiator blamed the other side for the failure of the talks.",
    "Rain.",
    "Le maire a nié avoir reçu la lettre. 市长否认。",
    "A ferry hit the breakwater in the night, and seventeen people were hurt. " * 40,
    "",
]


@pytest.mark.model
def test_vectors_have_length_one_and_do_not_hang_on_their_company(embedder: Embedder) -> None:
    together = embedder.documents(TEXTS * 9)
    assert together.shape == (45, embedder.dimension) == (45, 384)
    assert together.dtype == np.float32
    assert np.linalg.norm(together, axis=1) == pytest.approx(np.ones(45), abs=1e-5)
    for i, text in enumerate(TEXTS):
        alone = embedder.documents([text])[0]
        assert float(alone @ together[i]) > 0.9999
        assert float(alone @ together[i + 5]) > 0.9999
        assert float(alone @ embedder.query(text)) > 0.9999


@given(st.lists(st.text(max_size=40), max_size=150))
def test_batches_hold_every_text_once_among_its_like_and_are_of_few_sizes(texts: list[str]) -> None:
    batches = list(of_like_length(texts))
    assert sorted(i for batch in batches for i in batch) == list(range(len(texts)))
    assert all(len(batch) in {1, 2, 4, 8, 16} for batch in batches)
    lengths = [len(texts[i]) for batch in batches for i in batch]
    assert lengths == sorted(lengths)


@pytest.mark.model
def test_no_texts_have_no_vectors(embedder: Embedder) -> None:
    assert embedder.documents([]).shape == (0, 384)


@pytest.mark.model
def test_what_means_the_like_is_near(embedder: Embedder) -> None:
    question = embedder.query("Who was blamed for the collapse of the negotiations?")
    assert int(np.argmax(embedder.documents(TEXTS) @ question)) == 0


@pytest.mark.model
def test_the_fingerprint_names_the_model_and_how_much_it_reads(embedder: Embedder) -> None:
    name, hashed, length = embedder.fingerprint.split(":")
    assert (len(hashed), length) == (16, "256")
    assert name


@pytest.mark.model
@pytest.mark.slow
def test_vectors_are_those_of_the_model_run_by_pytorch(embedder: Embedder) -> None:
    reference = TorchEmbedder(DEFAULT_MODEL, weights.load(DEFAULT_MODEL))
    expected = reference.documents(TEXTS)
    cosines = (expected * embedder.documents(TEXTS)).sum(axis=1)
    assert cosines.min() > 0.9999
    assert float(reference.query(TEXTS[0]) @ embedder.query(TEXTS[0])) > 0.9999
    assert (reference.fingerprint, reference.dimension) == (embedder.fingerprint, embedder.dimension)


@pytest.mark.model
def test_tokens_have_a_vector_each_in_the_place_where_they_stand(embedder: Embedder) -> None:
    money, river, short, none = embedder.tokens(["The bank lent money.", "The river bank was muddy.", "Rain.", ""])
    assert (money.shape, short.shape, none.shape) == ((5, 384), (2, 384), (0, 384))
    assert np.linalg.norm(money, axis=1) == pytest.approx(np.ones(5), abs=1e-5)
    assert float(money[1] @ embedder.tokens(["A bank lent funds."])[0][1]) > float(money[1] @ river[2])


@pytest.mark.model
@pytest.mark.slow
def test_tokens_are_those_of_the_model_run_by_pytorch(embedder: Embedder) -> None:
    expected = TorchEmbedder(DEFAULT_MODEL, weights.load(DEFAULT_MODEL)).tokens(TEXTS * 9)
    for theirs, ours in zip(expected, embedder.tokens(TEXTS * 9), strict=True):
        assert theirs.shape == ours.shape
        assert ((theirs * ours).sum(axis=1) > 0.99).all()


@pytest.mark.model
def test_a_converted_model_opens_without_pytorch(embedder: Embedder) -> None:
    if not isinstance(embedder, OpenVinoEmbedder):
        pytest.skip("OpenVINO is not installed")
    code = (
        "import sys; from pathlib import Path; from index.embed import open_embedder\n"
        "open_embedder(cache=Path(sys.argv[1])).query('Who?')\n"
        "sys.exit('torch' in sys.modules or 'sentence_transformers' in sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", code, str(Settings().cache)], check=True)


@pytest.mark.model
def test_a_damaged_cache_is_removed_and_told(embedder: Embedder, tmp_path: Path) -> None:
    if not isinstance(embedder, OpenVinoEmbedder):
        pytest.skip("OpenVINO is not installed")
    [kept] = [p.parent for p in (Settings().cache / "openvino").glob("*/recipe.json")][:1]
    copy = tmp_path / "model"
    shutil.copytree(kept, copy)
    with (copy / "model.bin").open("r+b") as file:
        file.seek(1_000_000)
        file.write(b"\xff\x00\xff\x00")
    with pytest.raises(ModelUnavailableError, match="try again"):
        OpenVinoEmbedder(copy)
    assert not copy.exists()


def test_weights_that_are_not_the_expected_ones_are_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(weights, "DEFAULT_WEIGHTS", "0" * 64)
    with pytest.raises(ModelUnavailableError, match="not the expected one"):
        open_embedder(cache=tmp_path)
    assert list(tmp_path.rglob("recipe.json")) == []


@pytest.mark.model
@pytest.mark.slow
def test_a_model_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(ModelUnavailableError, match="could not be loaded"):
        open_embedder(str(tmp_path / "no-model"), cache=tmp_path)


def test_the_stand_in_gives_unit_vectors_by_words() -> None:
    stand_in = HashEmbedder()
    vectors = stand_in.documents(["The mayors spoke.", "the mayor speaking", "", "Snow fell on the railway."])
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(4))
    assert vectors.shape == (4, stand_in.dimension)
    assert float(vectors[0] @ vectors[1]) > float(vectors[0] @ vectors[3])
    assert stand_in.documents([]).shape == (0, 64)
