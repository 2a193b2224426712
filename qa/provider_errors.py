"""Whatever a provider's client raises, as one of our errors: a sentence that says what to do.

No word of the provider's own goes into it, since that may repeat a key or an address with a password.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from index.errors import ModelError, ModelRefusedError, ModelUnavailableError

if TYPE_CHECKING:
    from collections.abc import Iterator

OLLAMA = ("ollama", "ollama_chat")
OLLAMA_ADDRESS = "http://localhost:11434"

# Providers whose key is not in PROVIDER_API_KEY (litellm, `validate_environment`).
KEYS = {
    "bedrock": "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY",
    "huggingface": "HF_TOKEN",
    "vertex_ai": "GOOGLE_APPLICATION_CREDENTIALS",
    "watsonx": "WATSONX_APIKEY",
}

# Said by the clients themselves, before a call; litellm passes some of it on as a fault of the server.
NO_KEY = re.compile(r"missing (?:\w+ )?(?:api key|credentials)", re.IGNORECASE)
NO_PROVIDER = "LLM Provider NOT provided"
NO_CONNECTION = {"ConnectError", "ConnectionRefusedError", "gaierror", "UnsupportedProtocol"}

CLIENT_FAULTS = 400
UNKNOWN_KEY = 401
TOO_LONG = 413
SERVER_FAULTS = 500

REFUSALS = {
    UNKNOWN_KEY: "{server} wants a valid key for {model}: set {key}.",
    402: "{server} wants payment for {model}: check the account that {key} belongs to.",
    403: "{server} does not let this key use {model}: choose another model, or ask for access to it.",
    404: "{server} has no model “{short}”: check its name{pull}.",
    TOO_LONG: "The question and its evidence are longer than {model} can read: choose one that reads more.",
    429: "{server} takes no more calls for now: wait a minute and ask again, or check the quota of {key}.",
}


@dataclass(frozen=True, slots=True)
class Call:
    """A call that failed: the model, the address where one was given, the time limit, whether words came."""

    model: str
    api_base: str | None
    timeout: float
    begun: bool

    @property
    def provider(self) -> str:
        """The part of the model's name before the first slash; names without one are OpenAI's."""
        return self.model.split("/")[0] if "/" in self.model else "openai"

    @property
    def server(self) -> str:
        """The address without user and password, else the provider."""
        address = self.api_base or (OLLAMA_ADDRESS if self.provider in OLLAMA else None)
        if address is None:
            return self.provider
        parts = urlsplit(address)
        return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"

    @property
    def key(self) -> str:
        """The environment variable that holds the key."""
        return KEYS.get(self.provider, f"{self.provider.upper()}_API_KEY")


def may_pass(error: Exception) -> bool:
    """Whether another try is likely to help: the server failed, and not by silence."""
    return not _own(error) and not _timed_out(error) and (_status(error) or 0) >= SERVER_FAULTS


def explained(error: Exception, call: Call) -> ModelError:
    """Our error for whatever was raised."""
    if own := _own(error):
        return own
    if _timed_out(error):
        return ModelUnavailableError(
            f"{call.model} said nothing for {call.timeout:g} seconds: try again, raise RASHOMON_TIMEOUT, "
            "or choose a quicker model."
        )
    if call.begun:
        return ModelUnavailableError(f"{call.model} broke off in the middle of its reply: ask again.")
    return _turned_away(error, call)


def _turned_away(error: Exception, call: Call) -> ModelError:
    """Our error for a call that brought no word: by HTTP status, and litellm's class where that says more."""
    status, names = _status(error), _names(error)
    if status is None or names & NO_CONNECTION:
        start = ", or start it with `ollama serve`" if call.provider in OLLAMA else ""
        return ModelUnavailableError(
            f"No answer from {call.server}: check the address, the network, and that it runs{start}."
        )
    if NO_PROVIDER in str(error):
        return ModelRefusedError(
            f"“{call.model}” names no known provider: write provider/model, such as ollama/llama3.2."
        )
    if "ContextWindowExceededError" in names:
        status = TOO_LONG
    if status in REFUSALS:
        short = call.model.rpartition("/")[2]
        pull = f", or fetch it with `ollama pull {short}`" if call.provider in OLLAMA else ""
        words = {"server": call.server, "model": call.model, "key": call.key, "short": short, "pull": pull}
        return ModelRefusedError(REFUSALS[status].format(**words))
    if CLIENT_FAULTS <= status < SERVER_FAULTS:
        return ModelRefusedError(
            f"{call.server} refused the call to {call.model} ({status}): check the model's name and address."
        )
    return ModelUnavailableError(
        f"{call.server} failed on {call.model} ({status}): try again later, or choose another model."
    )


def _causes(error: BaseException) -> Iterator[BaseException]:
    """The error and what it was raised from, the outermost first."""
    seen: BaseException | None = error
    while seen is not None:
        yield seen
        seen = seen.__cause__ or seen.__context__


def _names(error: BaseException) -> set[str]:
    """The classes of the error and its causes; by name, since they are those of several clients."""
    return {type(cause).__name__ for cause in _causes(error)}


def _own(error: BaseException) -> ModelError | None:
    return next((cause for cause in _causes(error) if isinstance(cause, ModelError)), None)


def _timed_out(error: BaseException) -> bool:
    return any("Timeout" in name for name in _names(error))


def _status(error: BaseException) -> int | None:
    """The HTTP status as litellm gives it; a key that is missing here counts as one that was refused."""
    if NO_KEY.search(str(error)):
        return UNKNOWN_KEY
    status = getattr(error, "status_code", None)
    return status if isinstance(status, int) else None
