"""Citations that a provider makes itself, read as numbers of the sentences that it was given.

Anthropic is given a document an article with one content block a sentence, and names blocks by their places
(`content_block_location`). Cohere is given a document a sentence, and names documents by their ids. Both are turned
into stretches of the reply with sentence numbers; a place or an id that nobody gave is refused, so a citation cannot
be invented. The providers' events are read as they are sent: Anthropic's citation may come before or after the words
it belongs to, and only the events tell where its block ends, which litellm's chunks no longer do.

Shapes: https://platform.claude.com/docs/en/build-with-claude/citations and https://docs.cohere.com/docs/rag-streaming.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from index.errors import ModelUnavailableError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

BROKE_OFF = "The provider broke off in the middle of its reply: ask again."
LONGEST_TITLE = 200


@dataclass(frozen=True, slots=True)
class Document:
    """An article as a provider is given it: what is known of it on one line, and its sentences by their numbers."""

    heading: str
    sentences: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Cited:
    """A stretch of a reply's text and what the provider says that it rests on.

    Attributes:
        start, end: characters of the text so far, half-open.
        numbers: sentences that were given.
        refused: places and ids that were named and not given, in words.
    """

    start: int
    end: int
    numbers: tuple[int, ...]
    refused: tuple[str, ...] = ()


class Native(Protocol):
    """One call to a provider that cites, and its reply.

    Attributes:
        tokens: asked and replied, as the provider counts them, once it has said so.
        finished: whether the reply has come to its end.
    """

    tokens: tuple[int, int] | None
    finished: bool

    def call(self, messages: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
        """What goes into the call beside the rest: the messages, and the documents where they belong."""

    def streamed(self, event: Mapping[str, Any]) -> Iterator[str | Cited]:
        """The words and citations in one of the provider's own events.

        Raises:
            ModelUnavailableError: the provider says that it failed.
        """

    def whole(self, message: Any) -> Iterator[str | Cited]:
        """The words and citations of a reply that was not streamed, as litellm gives it."""


@dataclass(slots=True)
class Anthropic:
    """A call to Anthropic and its reply."""

    documents: Sequence[Document]
    tokens: tuple[int, int] | None = None
    finished: bool = False
    _written: int = 0
    _starts: dict[int, int] = field(default_factory=dict)
    _named: dict[int, list[Any]] = field(default_factory=dict)

    def call(self, messages: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
        """The messages, the documents before the words of the last."""
        if not self.documents:
            return {"messages": [dict(message) for message in messages]}
        given = [
            {
                "type": "document",
                "title": document.heading[:LONGEST_TITLE],
                "context": document.heading,
                "source": {"type": "content", "content": [_text(_line(*pair)) for pair in document.sentences]},
                "citations": {"enabled": True},
            }
            for document in self.documents
        ]
        last = messages[-1]
        content = [*given, _text(last["content"])]
        return {"messages": [*map(dict, messages[:-1]), {"role": last["role"], "content": content}]}

    def streamed(self, event: Mapping[str, Any]) -> Iterator[str | Cited]:
        """Words as they come; a block's citations at its end."""
        match event:
            case {"type": "message_start", "message": {"usage": {"input_tokens": int(asked)}}}:
                self.tokens = (asked, 0)
            case {"type": "content_block_start", "index": int(index)}:
                self._starts[index] = self._written
                yield from self._words(event.get("content_block", {}).get("text"))
            case {"type": "content_block_delta", "index": int(index), "delta": {"citation": named}}:
                self._named.setdefault(index, []).append(named)
            case {"type": "content_block_delta", "delta": {"text": str(text)}}:
                yield from self._words(text)
            case {"type": "content_block_stop", "index": int(index)}:
                yield from self._cited(self._starts.pop(index, self._written), self._named.pop(index, []))
            case {"type": "message_delta", "usage": {"output_tokens": int(replied)}}:
                self.tokens = ((self.tokens or (0, 0))[0], replied)
            case {"type": "message_stop"}:
                self.finished = True
            case {"type": "error"}:
                raise ModelUnavailableError(BROKE_OFF)
            case _:
                pass

    def whole(self, message: Any) -> Iterator[str | Cited]:
        """The same; the blocks' words come joined, and each citation with the words of its block (`supported_text`)."""
        text = message.content or ""
        yield from self._words(text)
        place = 0
        for named in (message.provider_specific_fields or {}).get("citations") or ():
            supported = str(named[0].get("supported_text") or "") if named else ""
            start = text.find(supported, place) if supported else -1
            if start >= 0:
                place = start + len(supported)
                yield from self._cited(start, named, place)
        self.finished = True

    def _words(self, text: str | None) -> Iterator[str]:
        if text:
            self._written += len(text)
            yield text

    def _cited(self, start: int, named: Sequence[Any], end: int | None = None) -> Iterator[Cited]:
        if named:
            found = [self._numbers(one) for one in named]
            numbers = dict.fromkeys(number for ours, _ in found for number in ours)
            refused = dict.fromkeys(what for _, what in found if what)
            yield Cited(start, self._written if end is None else end, tuple(numbers), tuple(refused))

    def _numbers(self, named: Any) -> tuple[tuple[int, ...], str | None]:
        """The sentences of a citation, or in words what it names instead."""
        match named:
            case {
                "type": "content_block_location",
                "document_index": int(document),
                "start_block_index": int(first),
                "end_block_index": int(last),
            }:
                known = self.documents[document].sentences if 0 <= document < len(self.documents) else ()
                if 0 <= first < last <= len(known):
                    return tuple(number for number, _ in known[first:last]), None
                return (), f"document {document + 1}, sentences {first + 1} to {last}"
        return (), "a place that is no sentence"


@dataclass(slots=True)
class Cohere:
    """A call to Cohere and its reply."""

    documents: Sequence[Document]
    tokens: tuple[int, int] | None = None
    finished: bool = False
    _written: int = 0
    _starts: dict[int, int] = field(default_factory=dict)

    def call(self, messages: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
        """The messages, and each sentence as a document whose id is its number."""
        given = [
            {"id": str(number), "data": {"text": _line(number, text), "article": document.heading}}
            for document in self.documents
            for number, text in document.sentences
        ]
        return {"messages": [dict(message) for message in messages]} | ({"documents": given} if given else {})

    def streamed(self, event: Mapping[str, Any]) -> Iterator[str | Cited]:
        """Words and citations as they come."""
        match event:
            case {"type": "content-start" | "content-delta", "delta": {"message": {"content": {"text": str(text)}}}}:
                self._starts.setdefault(event.get("index", 0), self._written)
                if text:
                    self._written += len(text)
                    yield text
            case {"type": "citation-start", "delta": {"message": {"citations": {"sources": list(sources), **named}}}}:
                if named.get("type", "TEXT_CONTENT") == "TEXT_CONTENT":
                    base = self._starts.get(_place(named.get("content_index")), 0)
                    ids = [source.get("id") for source in sources if isinstance(source, dict)]
                    yield from self._cited(named.get("start"), named.get("end"), ids, base)
            case {"type": "message-end", "delta": {"finish_reason": "ERROR" | "TIMEOUT"}}:
                raise ModelUnavailableError(BROKE_OFF)
            case {"type": "message-end"}:
                self.finished = True
                counted = event.get("delta", {}).get("usage", {}).get("tokens", {})
                self.tokens = (int(counted.get("input_tokens", 0)), int(counted.get("output_tokens", 0)))
            case _:
                pass

    def whole(self, message: Any) -> Iterator[str | Cited]:
        """The same; citations come as annotations, one a source, whose address is `source:` and the source's id."""
        text = message.content or ""
        self._written = len(text)
        if text:
            yield text
        for note in getattr(message, "annotations", None) or ():
            match note:
                case {"url_citation": {"start_index": start, "end_index": end, "url": str(address)}}:
                    yield from self._cited(start, end, [address.removeprefix("source:")], 0)
        self.finished = True

    def _cited(self, start: Any, end: Any, ids: Sequence[Any], base: int) -> Iterator[Cited]:
        known = {str(number): number for document in self.documents for number, _ in document.sentences}
        numbers = tuple(dict.fromkeys(known[i] for i in ids if i in known))
        refused = tuple(dict.fromkeys(_named(i) for i in ids if i not in known))
        inside = isinstance(start, int) and isinstance(end, int) and 0 <= start < end
        if inside and base + start < self._written:
            yield Cited(base + start, min(base + end, self._written), numbers, refused)
        else:
            yield Cited(0, 0, (), (*refused, "words that it did not write"))


PROVIDERS: Mapping[str, type[Anthropic | Cohere]] = {"anthropic": Anthropic, "cohere": Cohere, "cohere_chat": Cohere}
"""Those that cite by themselves, under litellm's names for them."""


def _line(number: int, text: str) -> str:
    """A sentence as it is given: with its number, by which the model can name it where its provider cites nothing."""
    return f"[{number}] {text}"


def _place(index: object) -> int:
    return index if isinstance(index, int) else 0


def _text(words: str) -> dict[str, str]:
    return {"type": "text", "text": words}


def _named(identifier: Any) -> str:
    """An id that nobody gave, in words that a reader may see."""
    shown = "".join(c for c in str(identifier)[:20] if c.isalnum() or c in "-_.")
    return f"document {shown}"
