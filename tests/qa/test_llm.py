"""litellm against a scripted server on this machine: what comes, what it costs, and how it fails."""

from __future__ import annotations

import subprocess
import sys
import time
import traceback
from contextlib import suppress
from pathlib import Path

import pytest

from index.errors import ModelError, ModelRefusedError, ModelUnavailableError
from qa.llm import LiteLLM, Message, Usage
from qa.provider_errors import Call, explained
from tests.qa.server import KEY, ScriptedServer, Step

ASK: list[Message] = [{"role": "user", "content": "Who walked away?"}]


@pytest.fixture(autouse=True)
def key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)


def model(server: ScriptedServer, name: str = "openai/scripted", timeout: float = 5.0) -> LiteLLM:
    return LiteLLM(name, api_base=server.address, timeout=timeout, waits=(0.01,))


def failure(step: Step, **options: float) -> tuple[ModelError, ScriptedServer]:
    """The error that a server's step becomes, and the server."""
    with ScriptedServer(step) as server:
        with pytest.raises(ModelError) as caught:
            list(model(server, **options).stream(ASK))
        return caught.value, server


def test_text_comes_in_pieces_and_the_usage_last() -> None:
    with ScriptedServer(Step("Nobody walked away.")) as server:
        *pieces, usage = model(server).stream(ASK)
    assert len(pieces) > 1
    assert "".join(str(piece) for piece in pieces) == "Nobody walked away."
    assert usage == Usage(tokens=42, cost_usd=None)
    assert server.requests[0]["messages"] == ASK
    assert server.requests[0]["temperature"] == 0


def test_a_priced_model_has_a_cost() -> None:
    usage = {"prompt_tokens": 1_000_000, "completion_tokens": 1_000_000, "total_tokens": 2_000_000}
    with ScriptedServer(Step("Yes.", usage=usage)) as server:
        *_, last = model(server, "openai/gpt-4o-mini").stream(ASK)
    assert isinstance(last, Usage)
    assert last.cost_usd == pytest.approx(0.15 + 0.60)


def test_a_schema_goes_out_as_the_response_format() -> None:
    schema = {"type": "object", "properties": {}, "required": [], "additionalProperties": False}
    with ScriptedServer(Step("{}")) as server:
        list(model(server, "openai/gpt-4o-mini").stream(ASK, schema))
    sent = server.requests[0]["response_format"]
    assert sent["type"] == "json_schema"
    assert sent["json_schema"]["schema"] == schema


@pytest.mark.parametrize(
    ("name", "takes"),
    [
        ("gpt-4o-mini", True),
        ("anthropic/claude-sonnet-4-5", True),
        ("ollama/llama3.2", True),
        ("local/smollm2", True),
        ("openai/unheard-of", False),
    ],
)
def test_who_takes_a_schema(name: str, takes: bool) -> None:
    assert LiteLLM(name).takes_schema is takes


def test_a_slow_server_is_given_up_at_the_time_limit() -> None:
    begun = time.monotonic()
    error, server = failure(Step("late", before=3), timeout=0.3)
    assert time.monotonic() - begun < 2.5
    assert isinstance(error, ModelUnavailableError)
    assert "0.3 seconds" in str(error)
    assert len(server.requests) == 1


def test_silence_within_a_reply_is_given_up_as_well() -> None:
    error, _ = failure(Step("one two three", pause=2), timeout=0.3)
    assert isinstance(error, ModelUnavailableError)
    assert "0.3 seconds" in str(error)


def test_a_refused_key_names_its_variable_and_is_not_tried_again() -> None:
    error, server = failure(Step(status=401))
    assert isinstance(error, ModelRefusedError)
    assert "OPENAI_API_KEY" in str(error)
    assert len(server.requests) == 1


def test_a_full_quota_says_to_wait_and_does_not_wait_itself() -> None:
    begun = time.monotonic()
    error, server = failure(Step(status=429, headers={"Retry-After": "30"}))
    assert isinstance(error, ModelRefusedError)
    assert "wait a minute" in str(error)
    assert len(server.requests) == 1
    assert time.monotonic() - begun < 5


def test_a_failing_server_is_tried_once_more_for_each_wait() -> None:
    error, server = failure(Step(status=500))
    assert isinstance(error, ModelUnavailableError)
    assert "500" in str(error)
    assert len(server.requests) == 2


def test_a_server_that_recovers_is_heard() -> None:
    with ScriptedServer(Step(status=503), Step("Back.")) as server:
        *pieces, _ = model(server).stream(ASK)
    assert "".join(str(piece) for piece in pieces) == "Back."


def test_a_reply_that_breaks_off_is_an_error_after_its_words() -> None:
    heard = []
    with ScriptedServer(Step("Nobody walked away from", dies=True)) as server:
        parts = model(server).stream(ASK)
        heard += [next(parts) for _ in range(5)]
        with pytest.raises(ModelUnavailableError, match="broke off in the middle"):
            next(parts)
    assert "".join(map(str, heard)) == "Nobody walked away from"
    assert len(server.requests) == 1


@pytest.mark.parametrize("body", ["<html>hello</html>", "", "{"])
def test_a_body_that_is_no_stream_gives_no_words(body: str) -> None:
    """Whatever the client makes of it: nothing, or an error of ours."""
    words: list[object] = []
    with ScriptedServer(Step(body=body)) as server, suppress(ModelError):
        words += [part for part in model(server).stream(ASK) if isinstance(part, str)]
    assert words == []


@pytest.mark.parametrize(
    ("status", "kind", "says"),
    [
        (400, ModelRefusedError, "check the model's name"),
        (403, ModelRefusedError, "ask for access"),
        (404, ModelRefusedError, "no model “scripted”"),
        (422, ModelRefusedError, "check the model's name"),
        (502, ModelUnavailableError, "try again later"),
        (529, ModelUnavailableError, "try again later"),
    ],
)
def test_other_statuses_become_sentences(status: int, kind: type[ModelError], says: str) -> None:
    error, _ = failure(Step(status=status))
    assert isinstance(error, kind)
    assert says in str(error)


@pytest.mark.parametrize("status", [400, 401, 403, 404, 429, 500])
def test_no_error_repeats_what_the_provider_said_or_the_key(status: int) -> None:
    error, _ = failure(Step(status=status))
    assert KEY not in "".join(traceback.format_exception(error))


def test_an_address_is_named_without_its_password() -> None:
    call = Call("openai/x", "http://ann:hunter2@127.0.0.1:9/v1", 1.0, begun=False)
    assert call.server == "http://127.0.0.1:9/v1"


def test_nobody_at_the_address() -> None:
    with ScriptedServer(Step()) as server:
        address = server.address
    with pytest.raises(ModelUnavailableError, match="No answer from http") as caught:
        list(LiteLLM("openai/x", api_base=address, waits=()).stream(ASK))
    assert "/v1" in str(caught.value)


def test_ollama_that_is_not_running_says_how_to_start_it() -> None:
    with ScriptedServer(Step()) as server:
        address = server.address.removesuffix("/v1")
    with pytest.raises(ModelUnavailableError, match="ollama serve"):
        list(LiteLLM("ollama_chat/llama3.2", api_base=address, waits=()).stream(ASK))


def test_a_model_that_ollama_lacks_says_how_to_fetch_it() -> None:
    with ScriptedServer(Step(status=404, body='{"error": "model not found"}')) as server:
        llm = LiteLLM("ollama_chat/llama3.2", api_base=server.address.removesuffix("/v1"), waits=())
        with pytest.raises(ModelRefusedError, match=r"ollama pull llama3\.2"):
            list(llm.stream(ASK))


def test_ollama_is_given_room_for_the_evidence() -> None:
    """Left at its default, Ollama drops the beginning of a long prompt without a word."""
    with ScriptedServer(Step(status=404)) as server, pytest.raises(ModelError):
        list(LiteLLM("ollama_chat/x", api_base=server.address.removesuffix("/v1")).stream(ASK))
    assert server.requests[-1]["options"]["num_ctx"] >= 16_000


def test_a_name_without_a_provider_says_how_to_write_one() -> None:
    with pytest.raises(ModelRefusedError, match="provider/model"):
        list(LiteLLM("unheard-of", waits=()).stream(ASK))


def test_a_missing_key_is_told_before_anything_is_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_API_KEY")
    with pytest.raises(ModelRefusedError, match="set OPENAI_API_KEY"):
        list(LiteLLM("gpt-4o-mini", waits=()).stream(ASK))


def test_a_server_of_ones_own_needs_no_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_API_KEY")
    with ScriptedServer(Step("Yes.")) as server:
        *pieces, _ = model(server).stream(ASK)
    assert "".join(str(piece) for piece in pieces) == "Yes."


def test_stopping_hangs_up() -> None:
    with ScriptedServer(Step("word " * 2000, pause=0.01)) as server:
        parts = model(server).stream(ASK)
        next(parts)
        parts.close()
        assert server.hung_up.wait(5)


def test_an_error_of_ours_inside_a_provider_comes_out_as_it_was() -> None:
    inner = ModelUnavailableError("Do this.")
    outer = RuntimeError("wrapped")
    outer.__context__ = inner
    assert explained(outer, Call("local/x", None, 1.0, begun=True)) is inner


def test_usage_adds_up_what_is_known() -> None:
    assert Usage(1, None) + Usage(2, 0.5) == Usage(3, 0.5)
    assert Usage() + Usage() == Usage()


def test_importing_does_not_import_litellm() -> None:
    code = "import sys, qa.write, qa.llm, qa.local; print('litellm' in sys.modules, 'xllamacpp' in sys.modules)"
    root = Path(__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]
