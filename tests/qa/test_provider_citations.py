"""Anthropic's and Cohere's own citations, by litellm from a server on this machine that replies in their shapes."""

from __future__ import annotations

import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import TYPE_CHECKING, Any, Self

import pytest

from index.errors import ModelError, ModelReplyError, ModelUnavailableError
from qa.llm import LiteLLM, Usage
from qa.provider_citations import Cited
from qa.reply import DraftClaim, Reply, read_cited
from qa.show import documents
from qa.types import Delta
from qa.write import Draft, write
from tests.qa.evidence import bridge

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

MODELS = {"anthropic": "anthropic/claude-sonnet-4-5", "cohere": "cohere_chat/command-a-03-2025"}
QUESTION = "Who walked away from the talks?"
MAYOR, FIRM = "Mayor Ilse Karg said the company walked away.", "The company denied it."

Part = tuple[str, Any]
"""Words, and what is cited for them: for Anthropic (document, first block, last block), for Cohere ids of documents."""


class Provider:
    """Streams these parts, or sends them whole where no stream is asked for; `cite_last` puts words before citations."""

    def __init__(self, *parts: Part, cite_last: bool = True, dies: bool = False, status: int = 200) -> None:
        self.parts = parts
        self.cite_last = cite_last
        self.dies = dies
        self.status = status
        self.requests: list[tuple[str, dict[str, Any]]] = []
        self.hung_up = Event()
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.script = self
        self._thread = Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    script: Provider


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def log_message(self, *_: object) -> None:
        """Says nothing."""

    def do_POST(self) -> None:
        """Sends the script."""
        script = self.server.script
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        script.requests.append((self.path, asked))
        anthropic = self.path.endswith("/messages")
        if script.status != 200 or not asked.get("stream"):
            whole = _anthropic_whole if anthropic else _cohere_whole
            words = json.dumps(whole(script.parts) if script.status == 200 else {"message": "no"}).encode()
            self.send_response(script.status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(words)))
            self.end_headers()
            self.wfile.write(words)
            return
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        events = (_anthropic_events if anthropic else _cohere_events)(script.parts, cite_last=script.cite_last)
        try:
            for event in events[: -3 if script.dies else None]:
                self.wfile.write(f"event: {event['type']}\ndata: {json.dumps(event)}\n\n".encode())
                self.wfile.flush()
        except (BrokenPipeError, ConnectionResetError):
            script.hung_up.set()


def _block(place: Sequence[int]) -> dict[str, Any]:
    document, start, end = place
    return {
        "type": "content_block_location", "cited_text": "not looked at", "document_index": document,
        "document_title": None, "start_block_index": start, "end_block_index": end,
    }  # fmt: skip


def _anthropic_whole(parts: Sequence[Part]) -> dict[str, Any]:
    blocks = [
        {"type": "text", "text": text} | ({"citations": [_block(place) for place in places]} if places else {})
        for text, places in parts
    ]
    return {
        "id": "m", "type": "message", "role": "assistant", "model": "claude-sonnet-4-5", "content": blocks,
        "stop_reason": "end_turn", "stop_sequence": None, "usage": {"input_tokens": 40, "output_tokens": 2},
    }  # fmt: skip


def _anthropic_events(parts: Sequence[Part], *, cite_last: bool) -> list[dict[str, Any]]:
    head = {"id": "m", "type": "message", "role": "assistant", "model": "claude-sonnet-4-5", "content": []}
    usage = {"input_tokens": 40, "output_tokens": 1}
    events: list[dict[str, Any]] = [{"type": "message_start", "message": {**head, "usage": usage}}, {"type": "ping"}]
    for index, (text, places) in enumerate(parts):
        deltas = [{"type": "text_delta", "text": text[at : at + 9]} for at in range(0, len(text), 9)]
        cited = [{"type": "citations_delta", "citation": _block(place)} for place in places or ()]
        at = {"index": index}
        events.append({"type": "content_block_start", **at, "content_block": {"type": "text", "text": ""}})
        ordered = [*deltas, *cited] if cite_last else [*cited, *deltas]
        events += [{"type": "content_block_delta", **at, "delta": delta} for delta in ordered]
        events.append({"type": "content_block_stop", **at})
    end = {"type": "message_delta", "delta": {"stop_reason": "end_turn"}, "usage": {"output_tokens": 2}}
    return [*events, end, {"type": "message_stop"}]


def _cohere_citations(parts: Sequence[Part]) -> list[dict[str, Any]]:
    found, start = [], 0
    for text, ids in parts:
        sources = [{"type": "document", "id": i, "document": {"id": i, "text": "not looked at"}} for i in ids or ()]
        if ids:
            where = {"start": start, "end": start + len(text), "text": text}
            found.append({**where, "sources": sources, "type": "TEXT_CONTENT"})
        start += len(text)
    return found


def _cohere_whole(parts: Sequence[Part]) -> dict[str, Any]:
    content = [{"type": "text", "text": "".join(text for text, _ in parts)}]
    message = {"role": "assistant", "content": content, "citations": _cohere_citations(parts)}
    return {"id": "c", "finish_reason": "COMPLETE", "message": message, "usage": _COHERE_USAGE}


_COHERE_USAGE = {
    "billed_units": {"input_tokens": 9, "output_tokens": 2},
    "tokens": {"input_tokens": 40, "output_tokens": 2},
}


def _cohere_events(parts: Sequence[Part], *, cite_last: bool) -> list[dict[str, Any]]:
    text = "".join(words for words, _ in parts)
    delta = {"role": "assistant", "content": [], "tool_plan": "", "tool_calls": [], "citations": []}
    start = {"type": "text", "text": ""}
    return [
        {"type": "message-start", "id": "c", "delta": {"message": delta}},
        {"type": "content-start", "index": 0, "delta": {"message": {"content": start}}},
        *(
            {"type": "content-delta", "index": 0, "delta": {"message": {"content": {"text": text[at : at + 9]}}}}
            for at in range(0, len(text), 9)
        ),
        *(
            {"type": "citation-start", "index": n, "delta": {"message": {"citations": citation}}}
            for n, citation in enumerate(_cohere_citations(parts))
        ),
        {"type": "citation-end", "index": 0},
        {"type": "content-end", "index": 0},
        {"type": "message-end", "delta": {"finish_reason": "COMPLETE", "usage": _COHERE_USAGE}},
    ]


def model(name: str, server: Provider) -> LiteLLM:
    return LiteLLM(MODELS.get(name, name), api_base=server.address, api_key="sk-x", timeout=5, waits=())


def drafted(llm: LiteLLM) -> tuple[str, Draft]:
    *deltas, draft = write(QUESTION, bridge(), llm)
    assert isinstance(draft, Draft)
    return "".join(delta.text for delta in deltas if isinstance(delta, Delta)), draft


# Sentences 1 and 2 are the first article's, 3 and 4 the second's.
CITED: Mapping[str, tuple[Part, ...]] = {
    "anthropic": (("Mayor Ilse Karg said ", None), ("the company walked away", [(0, 0, 1)]), (". ", None),
                  (FIRM, [(1, 0, 1), (0, 1, 2)])),
    "cohere": (("Mayor Ilse Karg said ", None), ("the company walked away", ["1"]), (". ", None),
               (FIRM, ["3", "2"])),
}  # fmt: skip
INVENTED: Mapping[str, tuple[Part, ...]] = {
    "anthropic": ((MAYOR + " ", [(0, 0, 1), (0, 1, 3)]), (FIRM + " ", [(7, 0, 1)]), ("It rained.", [(1, 1, 1), (-1, 0, 1)])),
    "cohere": ((MAYOR + " ", ["1", "5"]), (FIRM + " ", ["doc:9](x"]), ("It rained.", ["0", "-1"])),
}  # fmt: skip


@pytest.fixture(params=["streamed", "streamed, citations first", "whole"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """How the reply comes; `whole` is what is left where litellm does not let its events be seen."""
    if request.param == "whole":
        from litellm.llms.anthropic.chat.handler import ModelResponseIterator as OfAnthropic
        from litellm.llms.cohere.common_utils import CohereV2ModelResponseIterator as OfCohere

        for seen in (OfAnthropic, OfCohere):
            hidden = property(lambda _: None, lambda *_: None)
            monkeypatch.setattr(seen, "response_iterator", hidden, raising=False)
    return str(request.param)


def serving(parts: Sequence[Part], way: str) -> Provider:
    return Provider(*parts, cite_last=way != "streamed, citations first")


@pytest.mark.parametrize("name", MODELS)
def test_each_sentence_rests_on_what_is_cited_for_its_words(name: str, way: str) -> None:
    with serving(CITED[name], way) as server:
        told, draft = drafted(model(name, server))
    assert draft.claims == (
        DraftClaim(MAYOR, (1,)),
        DraftClaim(FIRM, (3, 2)),
    )
    assert told == f"{MAYOR} {FIRM}"
    assert (draft.refused, draft.dropped, draft.usage.tokens) == ((), 0, 42)
    assert set(draft.prompts) == {"write", "format_cited", "question_cited"}
    assert bool(server.requests[-1][1].get("stream")) is (way != "whole")


@pytest.mark.parametrize("name", MODELS)
def test_a_citation_that_nobody_gave_is_refused_and_told(name: str, way: str) -> None:
    with serving(INVENTED[name], way) as server:
        _, draft = drafted(model(name, server))
    assert draft.claims == (DraftClaim(MAYOR, (1,)),)
    assert draft.dropped == 2
    told = {
        "anthropic": ("document 1, sentences 2 to 3", "document 8, sentences 1 to 1", "document 2, sentences 2 to 1",
                      "document 0, sentences 1 to 1"),
        "cohere": ("document 5", "document doc9x", "document 0", "document -1"),
    }  # fmt: skip
    assert draft.refused == told[name]


@pytest.mark.parametrize("name", MODELS)
def test_a_reply_without_citations_is_read_by_its_markers(name: str, way: str) -> None:
    parts = [(f"{MAYOR[:-1]} [1]. {FIRM[:-1]} [3][9].", None)]
    with serving(parts, way) as server:
        _, draft = drafted(model(name, server))
    assert draft.claims == (DraftClaim(MAYOR, (1,)), DraftClaim(FIRM, (3,)))
    assert draft.refused == (9,)


@pytest.mark.parametrize("name", MODELS)
def test_a_reply_may_abstain(name: str, way: str) -> None:
    with serving([("NOT STATED", None)], way) as server:
        told, draft = drafted(model(name, server))
    assert (told, draft.abstains, draft.claims) == ("", True, ())


def test_anthropic_is_given_a_document_an_article_and_a_block_a_sentence() -> None:
    with Provider(*CITED["anthropic"]) as server:
        drafted(model("anthropic", server))
    path, request = server.requests[0]
    assert path == "/v1/messages"
    assert "response_format" not in request
    assert "tools" not in request
    [message] = request["messages"]
    first, second, words = message["content"]
    assert (first["type"], first["citations"]) == ("document", {"enabled": True})
    assert first["context"] == "Article (outlet: Fjord Gazette; title: A bridge)"
    assert second["source"] == {
        "type": "content",
        "content": [
            {"type": "text", "text": "[3] The company denied that it had left the table."},
            {"type": "text", "text": "[4] Rain is expected on Sunday."},
        ],
    }
    assert words["text"].startswith(f"Question: {QUESTION}")


def test_cohere_is_given_a_document_a_sentence_with_its_number_as_id() -> None:
    with Provider(*CITED["cohere"]) as server:
        drafted(model("cohere", server))
    request = server.requests[0][1]
    assert [document["id"] for document in request["documents"]] == ["1", "2", "3", "4"]
    assert request["documents"][3]["data"] == {
        "text": "[4] Rain is expected on Sunday.",
        "article": "Article (outlet: Harbour Post; title: Ferry firm hits back)",
    }


def test_cohere_can_be_asked_without_documents() -> None:
    """The client by itself cannot read Cohere's stream."""
    with Provider(("Yes, ", None), ("indeed.", None)) as server:
        *pieces, usage = model("cohere", server).stream([{"role": "user", "content": "So?"}])
    assert "".join(map(str, pieces)) == "Yes, indeed."
    assert isinstance(usage, Usage)
    assert usage.tokens == 42


@pytest.mark.parametrize("name", MODELS)
def test_a_stream_that_ends_too_early_is_an_error(name: str) -> None:
    with Provider(*CITED[name], dies=True) as server, pytest.raises(ModelUnavailableError, match="broke off"):
        drafted(model(name, server))


@pytest.mark.parametrize("name", MODELS)
@pytest.mark.parametrize("status", [400, 401, 404, 429, 500, 529])
def test_a_refused_call_is_one_sentence(name: str, status: int) -> None:
    with Provider(status=status) as server, pytest.raises(ModelError) as caught:
        drafted(model(name, server))
    assert str(caught.value).endswith(".")


@pytest.mark.parametrize("name", MODELS)
def test_data_in_place_of_sentences_cannot_be_read(name: str) -> None:
    given = CITED[name][-1][1]
    with Provider(('{"stated": true}', given)) as server, pytest.raises(ModelReplyError):
        drafted(model(name, server))


@pytest.mark.parametrize("name", MODELS)
def test_stopping_hangs_up(name: str) -> None:
    with Provider(("word " * 20_000, None)) as server:
        parts = model(name, server).stream_cited([{"role": "user", "content": "So?"}], documents(bridge()))
        next(parts)
        parts.close()
        assert server.hung_up.wait(5)


@pytest.mark.parametrize(
    ("name", "cites"),
    [
        ("anthropic/claude-sonnet-4-5", True),
        ("claude-sonnet-4-5", True),
        ("cohere/command-r-plus-08-2024", True),
        ("cohere_chat/command-a-03-2025", True),
        ("cohere/v1/command-r", False),
        ("openai/gpt-4o-mini", False),
        ("bedrock/anthropic.claude-3-5-sonnet-20240620-v1:0", False),
        ("ollama/llama3.2", False),
        ("local/smollm2", False),
        ("unheard-of", False),
    ],
)
def test_who_cites_is_known_by_name(name: str, cites: bool) -> None:
    assert LiteLLM(name).cites is cites


@pytest.mark.parametrize(
    ("text", "cited", "claims"),
    [
        ("One. Two.", [Cited(0, 9, (1,))], [("One.", (1,)), ("Two.", (1,))]),
        ("One. Two.", [Cited(0, 5, (1,))], [("One.", (1,)), ("Two.", ())]),
        ("One [4]. Two [3].", [Cited(0, 3, (1,))], [("One.", (1,)), ("Two.", (3,))]),
        ("One [4]. Two.", [Cited(9, 12, (2, 2))], [("One.", (4,)), ("Two.", (2,))]),
        ("<think>so</think>One. Two.", [Cited(22, 25, (2,))], [("One.", ()), ("Two.", (2,))]),
        ("One ![x](//evil.example/p). Two.", [Cited(0, 32, (2,))], [("One ![x‹link left out›", ()), ("Two.", (2,))]),
    ],
)
def test_citations_find_their_sentences(
    text: str, cited: list[Cited], claims: list[tuple[str, tuple[int, ...]]]
) -> None:
    assert read_cited(text, cited) == Reply(False, tuple(DraftClaim(words, numbers) for words, numbers in claims))
