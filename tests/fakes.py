"""Stand-ins at our own ports."""

from __future__ import annotations

from collections import deque
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

import numpy as np

from index.lexical import stems
from qa.llm import Message, Usage

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping, Sequence

    from numpy.typing import NDArray


class ScriptedLLM:
    """A language model that says what it was given, a reply a call, and keeps what it was asked.

    A reply is a text, which comes in pieces of a few characters, or an error, which is raised; a text followed by an
    error in a tuple breaks off in the middle. Asked more often than it has replies, it fails the test.
    """

    def __init__(
        self,
        *replies: str | Exception | tuple[str, Exception],
        name: str = "scripted",
        chooses_only: bool = False,
        takes_schema: bool = True,
        piece: int = 7,
    ) -> None:
        self.name = name
        self.chooses_only = chooses_only
        self.takes_schema = takes_schema
        self.asked: list[tuple[Message, ...]] = []
        self.schemas: list[Mapping[str, Any] | None] = []
        self.open = 0
        self._replies = deque(replies)
        self._piece = piece

    def stream(
        self, messages: Sequence[Message], schema: Mapping[str, Any] | None = None
    ) -> Generator[str | Usage, None, None]:
        """The next reply of the script in pieces, then a usage of 100 tokens and a quarter of a dollar."""
        self.asked.append(tuple(messages))
        self.schemas.append(schema)
        assert self._replies, "the model was asked more often than the script has replies"
        reply = self._replies.popleft()
        text, error = (
            reply if isinstance(reply, tuple) else ("", reply) if isinstance(reply, Exception) else (reply, None)
        )
        self.open += 1
        try:
            for start in range(0, len(text), self._piece):
                yield text[start : start + self._piece]
            if error is not None:
                raise error
            yield Usage(tokens=100, cost_usd=0.25)
        finally:
            self.open -= 1


class HashEmbedder:
    """Texts as unit vectors by the words in them, each stem hashed to a place and a sign: alike words, alike vectors.

    The same on every machine and in every process.
    """

    fingerprint = "hash:64"
    dimension = 64

    def documents(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """The vectors of these texts, `(len(texts), 64)`."""
        return np.array([self.query(text) for text in texts], dtype=np.float32).reshape(-1, self.dimension)

    def query(self, text: str) -> NDArray[np.float32]:
        """The vector of a text, `(64,)`; the first axis for one without words."""
        vector = np.zeros(self.dimension, dtype=np.float32)
        for stem in stems(text):
            digest = blake2b(stem.encode(), digest_size=2).digest()
            vector[digest[0] % self.dimension] += 1 if digest[1] % 2 else -1
        if not vector.any():
            vector[0] = 1
        return vector / np.linalg.norm(vector)

    def tokens(self, texts: Sequence[str]) -> list[NDArray[np.float32]]:
        """The vectors of the words of each text, `(words, 64)`."""
        return [self.documents(text.split()) for text in texts]


class WordAnswers:
    """Log-odds by the share of the question's words that stand in a sentence or its headline: all 4, none -4."""

    def scores(self, question: str, sentences: Sequence[tuple[str, str]]) -> NDArray[np.float32]:
        asked = set(stems(question)) or {""}
        held = [set(stems(headline + " " + text)) for headline, text in sentences]
        return np.array([8 * len(asked & told) / len(asked) - 4 for told in held], dtype=np.float32)
