"""A server that speaks OpenAI's chat completions by a script, on this machine."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from collections.abc import Mapping

KEY = "sk-verysecret0123456789abcdef"


@dataclass(frozen=True)
class Step:
    """What the server does with one request.

    Attributes:
        text: the reply, streamed `piece` characters at a time.
        status, body, headers: sent at once in its place, where the status is not 200 or there is a body.
        before, pause: seconds of silence before everything, and after each piece.
        dies: whether the connection is cut after the text.
        usage: told at the end of the stream.
    """

    text: str = ""
    status: int = 200
    body: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    before: float = 0.0
    pause: float = 0.0
    piece: int = 5
    dies: bool = False
    usage: Mapping[str, int] = field(
        default_factory=lambda: {"prompt_tokens": 40, "completion_tokens": 2, "total_tokens": 42}
    )


class ScriptedServer:
    """Answers its requests with its steps in turn, the last one again and again, and keeps what it was asked."""

    def __init__(self, *steps: Step) -> None:
        self.steps = steps
        self.requests: list[dict[str, Any]] = []
        self.hung_up = Event()
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.script = self
        self._thread = Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)

    @property
    def address(self) -> str:
        """What `api_base` is set to."""
        return f"http://127.0.0.1:{self._server.server_address[1]}/v1"

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
    script: ScriptedServer


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def log_message(self, *_: object) -> None:
        """Says nothing."""

    def do_POST(self) -> None:
        """Plays the next step."""
        script = self.server.script
        script.requests.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        step = script.steps[min(len(script.requests), len(script.steps)) - 1]
        self.close_connection = True
        time.sleep(step.before)
        try:
            if step.body is not None or step.status != 200:
                self._at_once(step)
            else:
                self._stream(step)
        except (BrokenPipeError, ConnectionResetError):
            script.hung_up.set()

    def _at_once(self, step: Step) -> None:
        refusal = {"error": {"message": f"no: {KEY}", "type": "scripted", "code": str(step.status)}}
        words = (json.dumps(refusal) if step.body is None else step.body).encode()
        self.send_response(step.status)
        for name, value in {"Content-Type": "application/json", **step.headers}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(words)))
        self.end_headers()
        self.wfile.write(words)

    def _stream(self, step: Step) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        for start in range(0, len(step.text), step.piece):
            words = step.text[start : start + step.piece]
            self._event({"choices": [{"index": 0, "delta": {"content": words}}]})
            time.sleep(step.pause)
        if step.dies:
            self.connection.close()
            return
        self._event({"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]})
        self._event({"choices": [], "usage": step.usage})
        self._send("data: [DONE]\n\n")
        self.wfile.write(b"0\r\n\r\n")

    def _event(self, fields: Mapping[str, Any]) -> None:
        frame = {"id": "x", "object": "chat.completion.chunk", "created": 1, "model": "scripted", **fields}
        self._send(f"data: {json.dumps(frame)}\n\n")

    def _send(self, text: str) -> None:
        words = text.encode()
        self.wfile.write(f"{len(words):x}\r\n".encode() + words + b"\r\n")
        self.wfile.flush()
