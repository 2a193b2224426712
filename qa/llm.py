"""A language model behind one small promise, and litellm behind that.

litellm is imported at the first question, without its look-up of prices on the network, and what it raises
becomes one of our errors (`provider_errors`).
"""

from __future__ import annotations

import json
import os
import time
import warnings
from collections.abc import Generator
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, Protocol, TypedDict, TypeVar, runtime_checkable

from index.errors import ModelUnavailableError
from qa import local
from qa.provider_citations import BROKE_OFF, PROVIDERS, Cited, Cohere
from qa.provider_errors import OLLAMA, Call, explained, may_pass

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from qa.provider_citations import Document, Native

LOCAL_SECONDS = 600.0  # a large file reads a long prompt at leisure, and it is the user's own machine
WHOLE_REPLY_SECONDS = 900.0
WAITS = (0.5, 2.0)

OLLAMA_CONTEXT = 16_384


N = TypeVar("N", int, float)


class Message(TypedDict):
    """One message to a model."""

    role: Literal["system", "user", "assistant"]
    content: str


@dataclass(frozen=True, slots=True)
class Usage:
    """What a reply took: tokens as the provider counts them, and US dollars; None where nobody says."""

    tokens: int | None = None
    cost_usd: float | None = None

    def __add__(self, other: Usage) -> Usage:
        """Both together; what only one knows is kept."""
        return Usage(_sum(self.tokens, other.tokens), _sum(self.cost_usd, other.cost_usd))


Parts = Generator[str | Usage, None, None]
CitedParts = Generator[str | Cited | Usage, None, None]


class LLM(Protocol):
    """A language model."""

    @property
    def name(self) -> str:
        """What the answer says wrote it, such as `ollama/llama3.2`."""

    @property
    def chooses_only(self) -> bool:
        """Whether it is too small to write and may only choose sentences."""

    @property
    def takes_schema(self) -> bool:
        """Whether it keeps to a JSON schema."""

    def stream(self, messages: Sequence[Message], schema: Mapping[str, Any] | None = None) -> Parts:
        """The reply in pieces as they come, its `Usage` last. Closing the generator stops the model.

        Raises:
            ModelUnavailableError: no answer came, or it broke off.
            ModelRefusedError: the provider turned the call away.
        """


@runtime_checkable
class CitingLLM(LLM, Protocol):
    """A language model whose provider may cite by itself."""

    @property
    def cites(self) -> bool:
        """Whether it does."""

    def stream_cited(self, messages: Sequence[Message], documents: Sequence[Document]) -> CitedParts:
        """The reply as `stream` gives it, with what its words rest on; each `Cited` comes after the words it names.

        Raises:
            ModelUnavailableError: no answer came, or it broke off.
            ModelRefusedError: the provider turned the call away.
        """


class LiteLLM:
    """Any model that litellm knows, and `local/smollm2` and `local/PATH.gguf` in this process."""

    def __init__(
        self,
        name: str,
        *,
        api_base: str | None = None,
        api_key: str | None = None,
        timeout: float = 60.0,
        waits: Sequence[float] = WAITS,
    ) -> None:
        """Costs nothing: nothing is imported, loaded or reached.

        Args:
            name: a litellm model string.
            api_base: the address of the server, where it is not the provider's own.
            api_key: the key, where it is not in the provider's usual environment variable.
            timeout: the longest silence in seconds, before the reply or within it; at least `LOCAL_SECONDS`
                for a model in this process.
            waits: seconds before each further try when the server fails before its first word.
        """
        self.name = name
        self._local = name.startswith(local.PREFIX)
        self._api_base = api_base
        self._api_key = api_key
        self._timeout = max(timeout, LOCAL_SECONDS) if self._local else timeout
        self._waits = waits

    @property
    def chooses_only(self) -> bool:
        """Whether it is a local file too small to write.

        Raises:
            ModelUnavailableError: the file is not there.
        """
        return self._local and local.chooses_only(local.find(self.name))

    @property
    def takes_schema(self) -> bool:
        """As litellm tells; Ollama holds every model to a schema, and so do we in this process."""
        if self._local:
            return True
        litellm = _litellm()
        return self.name.split("/")[0] in OLLAMA or bool(litellm.supports_response_schema(self.name))

    @property
    def cites(self) -> bool:
        """Whether its provider cites by itself, by litellm's knowledge of the name."""
        return self._provider(_litellm()) is not None

    def stream(self, messages: Sequence[Message], schema: Mapping[str, Any] | None = None) -> Parts:
        """The reply in pieces, its `Usage` last."""
        with closing(self._tried(messages, schema, ())) as parts:
            for part in parts:
                if not isinstance(part, Cited):
                    yield part

    def stream_cited(self, messages: Sequence[Message], documents: Sequence[Document]) -> CitedParts:
        """The reply in pieces with the provider's own citations, its `Usage` last."""
        return self._tried(messages, None, documents)

    def _provider(self, litellm: Any) -> Any:
        """What reads the provider's own events, for those that cite; Cohere's first interface is not read."""
        if self._local or "v1/" in self.name:
            return None
        try:
            return PROVIDERS.get(litellm.get_llm_provider(self.name)[1])
        except litellm.exceptions.BadRequestError:  # a name it does not know
            return None

    def _tried(
        self, messages: Sequence[Message], schema: Mapping[str, Any] | None, documents: Sequence[Document]
    ) -> CitedParts:
        litellm = _litellm()
        provider = self._provider(litellm)
        for wait in (*self._waits, None):
            begun = False
            call = self._call(messages, schema)
            # litellm cannot read the events that Cohere streams, with documents or without.
            native = provider is not None and (documents or provider is Cohere)
            once = self._once_cited(litellm, call, provider(documents)) if native else self._once(litellm, call)
            try:
                with closing(once) as parts:
                    for part in parts:
                        begun = True
                        yield part
            except Exception as error:  # noqa: BLE001  litellm lets through whatever a provider's client raises
                if begun or wait is None or not may_pass(error):
                    failed = Call(self.name, self._api_base, self._timeout, begun=begun)
                    raise explained(error, failed) from None
                time.sleep(wait)
            else:
                return

    def _once(self, litellm: Any, call: Mapping[str, Any]) -> CitedParts:
        deadline = time.monotonic() + WHOLE_REPLY_SECONDS
        response = litellm.completion(**call)
        usage: Any = None
        try:
            for chunk in response:
                if time.monotonic() > deadline:
                    raise TimeoutError
                usage = getattr(chunk, "usage", None) or usage
                if chunk.choices and (text := chunk.choices[0].delta.content):
                    yield text
        finally:
            _close(response)
        yield self._usage(litellm, (usage.prompt_tokens or 0, usage.completion_tokens or 0) if usage else None)

    def _once_cited(self, litellm: Any, call: Mapping[str, Any], native: Native) -> CitedParts:
        deadline = time.monotonic() + WHOLE_REPLY_SECONDS
        asked = {**call, **native.call(call["messages"])}
        response = litellm.completion(**asked)
        lines = getattr(getattr(response, "completion_stream", None), "response_iterator", None)
        if lines is None:  # a litellm that keeps the events to itself
            _close(response)
            unstreamed = {name: value for name, value in asked.items() if name != "stream_options"}
            response = litellm.completion(**unstreamed | {"stream": False})
            yield from native.whole(response.choices[0].message)
            usage = response.usage
            native.tokens = (usage.prompt_tokens, usage.completion_tokens)
        else:
            with closing(lines):
                for event in _events(lines):
                    if time.monotonic() > deadline:
                        raise TimeoutError
                    yield from native.streamed(event)
        if not native.finished:
            raise ModelUnavailableError(BROKE_OFF)
        yield self._usage(litellm, native.tokens)

    def _call(self, messages: Sequence[Message], schema: Mapping[str, Any] | None) -> dict[str, Any]:
        call: dict[str, Any] = {
            "model": self.name,
            "messages": [dict(message) for message in messages],
            "stream": True,
            "stream_options": {"include_usage": True},
            "temperature": 0,
            "timeout": self._timeout,
            "num_retries": 0,
            "max_retries": 0,
            "drop_params": True,
        }
        if schema is not None:
            shape = {"name": "answer", "schema": dict(schema), "strict": True}
            call["response_format"] = {"type": "json_schema", "json_schema": shape}
        if self._api_key:
            call["api_key"] = self._api_key
        elif self._api_base and self.name.startswith("openai/") and not os.environ.get("OPENAI_API_KEY"):
            call["api_key"] = "none"  # a server of one's own may want no key, but the client insists on one
        if self._api_base:
            call["api_base"] = self._api_base
        if self.name.split("/")[0] in OLLAMA:
            call["num_ctx"] = OLLAMA_CONTEXT  # Ollama silently drops the start of what is longer than its default
        return call

    def _usage(self, litellm: Any, tokens: tuple[int, int] | None) -> Usage:
        if tokens is None:
            return Usage()
        return Usage(sum(tokens), 0.0 if self._local else _cost(litellm, self.name, *tokens))


def _events(lines: Iterator[str | bytes]) -> Iterator[Mapping[str, Any]]:
    """The JSON objects of a stream of server-sent events, as its lines come."""
    for line in lines:
        text = line.decode(errors="replace") if isinstance(line, bytes) else line
        if not text.startswith("data:") or text[5:].strip() in ("", "[DONE]"):
            continue
        try:
            event = json.loads(text[5:])
        except ValueError:
            raise ModelUnavailableError(BROKE_OFF) from None
        if isinstance(event, dict):
            yield event


def _litellm() -> Any:
    """litellm, quiet and without its look-up of prices on the network; imported once (some seconds)."""
    os.environ.setdefault("LITELLM_LOCAL_MODEL_COST_MAP", "True")
    # pydantic says this of litellm's own types, and nobody who asks a question can do anything about it
    warnings.filterwarnings("ignore", message="Items? .* using the `ReadOnly` qualifier", category=UserWarning)
    import litellm

    litellm.suppress_debug_info = True
    litellm.disable_streaming_logging = True
    litellm.custom_provider_map = [{"provider": local.PROVIDER, "custom_handler": local.Provider()}]
    return litellm


def _close(response: Any) -> None:
    """Closes the provider's stream; litellm's wrapper around it has no way to be closed."""
    close = getattr(getattr(response, "completion_stream", None), "close", None)
    if close is not None:
        close()


def _cost(litellm: Any, name: str, asked: int, replied: int) -> float | None:
    """US dollars by litellm's price list, None for a model that is not in it."""
    try:
        prices = litellm.cost_per_token(model=name, prompt_tokens=asked, completion_tokens=replied)
    except Exception:  # noqa: BLE001  litellm raises a bare Exception for a model without a price
        return None
    return float(sum(prices))


def _sum(one: N | None, other: N | None) -> N | None:
    return other if one is None else one if other is None else one + other
