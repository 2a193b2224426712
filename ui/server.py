"""Serves the page on this machine, with a policy that lets the browser load nothing from anywhere else."""

from __future__ import annotations

import base64
import contextlib
import gc
import hashlib
import logging
import os
import re
import socket
import threading
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.errors import RashomonError, UsageError
from ui.access import GUARDED, TokenAccess

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from qa.settings import Settings

HERE = Path(__file__).parent
LOCAL_HOSTS = ("127.0.0.1", "localhost", "::1")

_INLINE_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)


def security_headers(index: str) -> dict[str, str]:
    """Headers for every response, given Streamlit's own page, whose inline scripts are let run by their hashes.

    Streamlit starts components from blob: addresses of its own making and sets styles from script.
    """
    hashes = [
        f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"
        for script in _INLINE_SCRIPT.findall(index)
    ]
    policy = (
        "default-src 'self'",
        " ".join(("script-src 'self' blob:", *hashes)),
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "frame-src 'none'",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    )
    return {
        "Content-Security-Policy": "; ".join(policy),
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
    }


class SecurityHeaders:
    """ASGI middleware that adds `headers` to every HTTP response."""

    def __init__(self, app: ASGIApp, headers: Mapping[str, str]) -> None:
        self._app = app
        self._added = [(name.lower().encode(), value.encode()) for name, value in headers.items()]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the call on, and the headers with the start of its response."""

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", ()), *self._added]
            await send(message)

        await self._app(scope, receive, with_headers)


def streamlit_settings(*, port: int, address: str, also: Sequence[str] = ()) -> dict[str, Any]:
    """Streamlit's settings by dotted name: the page's own file, and where it listens.

    Args:
        also: hosts beside this machine by which the page may be called.
    """
    page = tomllib.loads((HERE / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    hosts = dict.fromkeys((*LOCAL_HOSTS, *also)) if address in LOCAL_HOSTS else ()
    return {
        **dict(_dotted(page)),
        "server.port": port,
        "server.address": address,
        # A page of another site that points its name at this machine is turned away.
        "server.allowedHosts": list(hosts),
    }


def serve(settings: Settings, *, port: int = 8501, address: str = "127.0.0.1") -> None:
    """Serves the page until it is interrupted.

    The page reads its settings from the environment, so the folders of `settings` are put there.

    Raises:
        UsageError: something else listens at the port, or signing in is switched on and cannot work.
    """
    import streamlit as st
    from starlette.middleware import Middleware
    from streamlit.logger import get_logger

    from ui import signin

    hosts = signin.check(settings.readers)
    # Looking for secrets has read Streamlit's settings before the page's own are known; it need not warn of these.
    get_logger("streamlit.config").setLevel(logging.ERROR)
    if hosts and settings.token:
        raise UsageError(
            "Both RASHOMON_TOKEN and signing in ([auth] in Streamlit's secrets) are set; choose one of them."
        )
    _free(address, port)
    os.environ["RASHOMON_ARCHIVE"] = str(settings.archive)
    os.environ["RASHOMON_DATA"] = str(settings.data)
    index = Path(st.__file__).parent / "static" / "index.html"
    headers = security_headers(index.read_text(encoding="utf-8"))
    threading.Thread(target=_warm, name="warm", daemon=True).start()
    # The outermost comes first: what is refused has the headers too.
    middleware = [Middleware(SecurityHeaders, headers=headers)]
    if settings.token:
        middleware.append(Middleware(TokenAccess, token=settings.token.get_secret_value()))
        GUARDED.set()
    page = st.App(HERE / "app.py", middleware=middleware, on_script_error=_say_error)
    page.run(config=streamlit_settings(port=port, address=address, also=hosts))


def _warm() -> None:
    """Opens the archive and loads the models before the first reader comes; what is wrong is told by the page."""
    from ui.parts import parts

    # It is as meant that no reader is there yet.
    logging.getLogger("streamlit.runtime.scriptrunner_utils.script_run_context").setLevel(logging.ERROR)
    with contextlib.suppress(RashomonError):
        parts().engine.warm()
    # The models and the archive stay; looking among them for what can be thrown away would halt the page.
    gc.collect()
    gc.freeze()


def _say_error(error: Exception) -> bool:
    """Draws the errors of what a click starts; those of a page's own drawing are caught there."""
    from ui.parts import draw_error

    if isinstance(error, RashomonError):
        draw_error(str(error))
        return True
    return False


def _free(address: str, port: int) -> None:
    """Refuses a port that is taken: Streamlit would say so in its own words, or take another."""
    with socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except OSError as error:
            raise UsageError(
                f"The page cannot be served at {address}:{port} ({error.strerror}); choose another port with --port."
            ) from error


def _dotted(table: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in table.items():
        if isinstance(value, dict):
            yield from _dotted(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", value
