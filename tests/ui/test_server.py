"""The server listens on this machine alone, and lets the browser load nothing from elsewhere."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import socket
from typing import TYPE_CHECKING

import pytest

from index.errors import UsageError
from qa.settings import Settings
from ui.server import SecurityHeaders, security_headers, serve, streamlit_settings

if TYPE_CHECKING:
    from pathlib import Path

    from starlette.types import Message, Receive, Scope, Send


def test_the_page_is_served_to_this_machine_without_counting_its_users() -> None:
    settings = streamlit_settings(port=8599, address="127.0.0.1")
    assert settings["server.address"] == "127.0.0.1"
    assert settings["server.port"] == 8599
    assert settings["server.allowedHosts"] == ["127.0.0.1", "localhost", "::1"]
    assert settings["browser.gatherUsageStats"] is False
    assert settings["client.showErrorDetails"] == "none"
    assert settings["theme.dark.backgroundColor"] == "#191816"


def test_every_setting_is_one_that_streamlit_knows() -> None:
    from streamlit import config

    assert set(streamlit_settings(port=1, address="127.0.0.1")) <= set(config._config_options_template)


def test_the_policy_names_no_other_host_and_lets_only_known_inline_scripts_run() -> None:
    policy = security_headers("<script>\n run()\n</script><script src='x.js'></script>")["Content-Security-Policy"]
    hashed = base64.b64encode(hashlib.sha256(b"\n run()\n").digest()).decode()
    directives = dict(part.split(" ", 1) for part in policy.split("; "))
    assert directives["script-src"] == f"'self' blob: 'sha256-{hashed}'"
    assert directives["default-src"] == "'self'"
    assert directives["connect-src"] == "'self'"
    assert "http" not in policy


def test_the_headers_go_with_every_response() -> None:
    sent: list[Message] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": [(b"a", b"b")]})
        await send({"type": "http.response.body", "body": b"x"})

    async def receive() -> Message:
        return {"type": "http.request"}

    async def send(message: Message) -> None:
        sent.append(message)

    wrapped = SecurityHeaders(app, {"X-One": "1"})
    asyncio.run(wrapped({"type": "http"}, receive, send))
    assert sent[0]["headers"] == [(b"a", b"b"), (b"x-one", b"1")]
    assert sent[1] == {"type": "http.response.body", "body": b"x"}


def test_a_port_that_is_taken_is_an_error_of_ours(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(UsageError, match=f"127.0.0.1:{port}.*another port"):
            serve(Settings(archive=tmp_path, data=tmp_path), port=port)
