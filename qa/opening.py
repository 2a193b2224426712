"""The engine by a user's settings: which archive, models and second opinions it is made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.answers import open_answers
from index.archive import Archive
from index.cross_encoder import CrossEncoderEntailment
from index.embed import open_embedder
from index.rerank import CrossEncoderReranker
from qa.engine import Engine
from qa.judge import EntailmentJudge, ModelJudge
from qa.llm import LiteLLM

if TYPE_CHECKING:
    from collections.abc import Callable

    from qa.judge import Judge
    from qa.llm import LLM
    from qa.settings import Settings

ENTAILMENT = "nli:"


def open_engine(settings: Settings) -> Engine:
    """The engine by a user's settings.

    Raises:
        RashomonError: the archive or the embedding model cannot be opened.
    """
    archive = Archive(settings.archive)
    embedder = open_embedder(settings.embedding, cache=settings.cache)

    def open_llm(model: str) -> LLM:
        key = settings.api_key.get_secret_value() if settings.api_key else None
        return LiteLLM(model, api_base=settings.api_base, api_key=key, timeout=settings.timeout)

    return Engine(
        archive,
        embedder,
        open_llm,
        answers=open_answers(cache=settings.cache),
        passages=settings.passages,
        judge=_judge(settings, open_llm),
        reranker=CrossEncoderReranker(settings.reranker, cache=settings.cache) if settings.reranker else None,
    )


def _judge(settings: Settings, open_llm: Callable[[str], LLM]) -> Judge | None:
    if not settings.judge:
        return None
    if settings.judge.startswith(ENTAILMENT):
        return EntailmentJudge(CrossEncoderEntailment(settings.judge.removeprefix(ENTAILMENT), cache=settings.cache))
    return ModelJudge(open_llm(settings.judge))
