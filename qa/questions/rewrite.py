"""A follow-up made to stand alone by a language model, whose words are taken only where the conversation has them."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from prompts import load
from qa.asked import content_words
from qa.questions.followups import Standing
from qa.show import conversation, plain, visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qa.llm import LLM, Message
    from qa.types import Turn

LONGEST = 600
"""Characters of a rewritten question."""
LONGEST_REPLY = 4_000


class Rewritten(BaseModel):
    """What the model replies."""

    model_config = ConfigDict(extra="forbid")

    question: str = Field(min_length=1, max_length=LONGEST)
    continues: bool


def rewrite(question: str, history: Sequence[Turn], llm: LLM) -> Standing | None:
    """The question as the model tells it; None where its reply cannot be used, so that the rules decide.

    A model too small to write is not asked. A reply with a word of content that neither the question nor the
    conversation has is not used: it would search for what nobody said.

    Raises:
        ModelError: the model cannot be reached or turned the call away.
    """
    if llm.chooses_only:
        return None
    asked = load("standalone").fill(conversation=conversation(history), question=visible(question))
    message: Message = {"role": "user", "content": asked}
    reply = ""
    with closing(llm.stream([message], Rewritten.model_json_schema() if llm.takes_schema else None)) as pieces:
        for piece in pieces:
            reply += piece if isinstance(piece, str) else ""
            if len(reply) > LONGEST_REPLY:
                return None
    try:
        told = Rewritten.model_validate_json(reply[reply.find("{") : reply.rfind("}") + 1])
    except ValidationError:
        return None
    text = plain(told.question)
    if not text or set(content_words(text)) - _heard(question, history):
        return None
    return Standing(text, leans=told.continues)


def _heard(question: str, history: Sequence[Turn]) -> set[str]:
    """Every word of content of the question and the conversation."""
    texts = [question]
    for turn in history:
        texts += [turn.question, turn.answer.asked, *(claim.text for claim in turn.answer.claims)]
    return {word for text in texts for word in content_words(text)}
