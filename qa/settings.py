"""Every knob, read once at a door from the environment (`RASHOMON_…`) and handed down as plain arguments."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003  pydantic reads the annotations

from platformdirs import user_cache_path, user_data_path
from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from index.embed import DEFAULT_MODEL
from index.readers.source import Limits


class Settings(BaseSettings):
    """What a user can set.

    Attributes:
        archive: the archive's folder.
        data: where conversations are kept.
        cache: where converted models are kept; may be deleted at any time.
        embedding: a sentence-transformers model: the default's name, a folder, or a name on a hub.
        model: a litellm model string that writes answers; None quotes.
        judge: who gives a second opinion on each written claim: a litellm model string, or `nli:` and the name of a
            sentence-transformers cross-encoder for entailment; None asks nobody.
        reranker: a sentence-transformers cross-encoder that reads question and passage together and puts the best
            passages in its own order: a folder, or a name on a hub; None leaves the order of the search.
        api_base: address of an OpenAI-compatible server.
        api_key: its key, where the provider's usual variable is not wanted.
        token: what every call of the page must show, where it is served by `rashomon chat`; None asks for nothing.
        readers: who may come in where readers sign in: addresses (ada@news.example) and domains (@news.example) with
            commas between; empty lets in everyone whom the provider signs in.
        timeout: seconds that a language model may take to begin, and between two parts of a reply.
        passages: how many passages an answer is made from.
        document_megabytes: the largest document that is read.
        unpacked_megabytes: the most that one packed file may unfold to.
        document_seconds: the longest that reading one document may take.
    """

    model_config = SettingsConfigDict(env_prefix="RASHOMON_", env_ignore_empty=True)

    archive: Path = Field(default_factory=lambda: user_data_path("rashomon", appauthor=False) / "archive")
    data: Path = Field(default_factory=lambda: user_data_path("rashomon", appauthor=False))
    cache: Path = Field(default_factory=lambda: user_cache_path("rashomon", appauthor=False))
    embedding: str = DEFAULT_MODEL
    model: str | None = None
    judge: str | None = None
    reranker: str | None = None
    api_base: str | None = None
    api_key: SecretStr | None = None
    token: SecretStr | None = None
    readers: str = ""
    timeout: float = Field(default=60.0, gt=0)
    passages: int = Field(default=12, ge=1, le=100)
    document_megabytes: float = Field(default=10.0, gt=0)
    unpacked_megabytes: float = Field(default=200.0, gt=0)
    document_seconds: float = Field(default=30.0, gt=0)

    def limits(self) -> Limits:
        """What one file may cost."""
        return Limits(
            document=int(self.document_megabytes * 1_000_000),
            unpacked=int(self.unpacked_megabytes * 1_000_000),
            seconds=self.document_seconds,
        )
