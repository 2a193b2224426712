"""A token that every call must show, where one is set: for a machine or a network that is shared with others.

The token comes in a header, as programs send it (RFC 6750), or once in the address, as a person types it; from then on
a cookie stands for it. The cookie holds a proof of the token and not the token (HMAC, RFC 2104).
"""

from __future__ import annotations

import hashlib
import hmac
from http.cookies import CookieError, SimpleCookie
from threading import Event
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, quote, urlencode

from index.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic import SecretStr
    from starlette.types import ASGIApp, Receive, Scope, Send

COOKIE = "rashomon_access"
PARAMETER = "token"
_SCHEME = "bearer "
_LABEL = b"rashomon: this browser has shown the token"
_OWN_PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8">{head}<title>Rashomon</title>
<meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"></head>
<body style="font:1rem/1.6 system-ui,sans-serif;max-width:34rem;margin:15vh auto;padding:0 1.2rem"><main>{body}</main>
</body></html>"""
_REFUSAL = _OWN_PAGE.format(
    head="",
    body="<h1>This page asks for a token</h1><p>Open it once with the token at the end of its address, as in "
    "<code style=white-space:nowrap>/?token=…</code>; this browser is known from then on. A program sends it in the "
    "header <code>Authorization: Bearer …</code>. Whoever runs this page can tell you the token.</p>",
)

GUARDED = Event()
"""Set once this process serves the page behind `TokenAccess`."""

Headers = list[tuple[bytes, bytes]]


def proof(token: str) -> str:
    """What stands for a token in a cookie, as 64 hexadecimal digits; the token cannot be had from it."""
    return hmac.new(token.encode("utf-8", "surrogatepass"), _LABEL, hashlib.sha256).hexdigest()


def need_guard(token: SecretStr | None) -> None:
    """Refuses to go on where a token is set and nothing asks for it.

    Raises:
        UsageError: the page was started by another command.
    """
    if token and not GUARDED.is_set():
        raise UsageError("RASHOMON_TOKEN is set, and only `rashomon chat` asks for it; start the page by that.")


class TokenAccess:
    """ASGI middleware that lets through, of HTTP and WebSocket calls, those alone that show the token."""

    def __init__(self, app: ASGIApp, token: str) -> None:
        self._app = app
        self._proof = proof(token)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the call on, sends it to its address without the token, or refuses it."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        query = parse_qsl(scope.get("query_string", b"").decode("latin-1"), keep_blank_values=True)
        typed = [value for name, value in query if name == PARAMETER]
        if typed and scope["type"] == "http" and any(self._is_token(value) for value in typed):
            await self._welcome(scope, headers, [pair for pair in query if pair[0] != PARAMETER], send)
        elif self._is_known(headers):
            await self._app(scope, receive, send)
        else:
            await _refuse(scope, send)

    def _is_token(self, given: str) -> bool:
        # Proofs are all of one length and are compared in constant time, so that neither tells of the token.
        return hmac.compare_digest(proof(given), self._proof)

    def _is_known(self, headers: Mapping[str, str]) -> bool:
        # As HTTP hands it over, each character is a byte of it.
        authorization = headers.get("authorization", "").encode("latin-1").decode("utf-8", "replace")
        if authorization[: len(_SCHEME)].lower() == _SCHEME and self._is_token(authorization[len(_SCHEME) :].strip()):
            return True
        try:
            shown = SimpleCookie(headers.get("cookie", "")).get(COOKIE)
        except CookieError:
            return False
        return shown is not None and hmac.compare_digest(shown.value.encode(), self._proof.encode())

    async def _welcome(
        self, scope: Scope, headers: Mapping[str, str], query: list[tuple[str, str]], send: Send
    ) -> None:
        """Sets the cookie and leads on to the same address without the token."""
        # One slash: two would lead to another host.
        place = "/" + quote(scope["path"].lstrip("/\\"), safe="/") + (f"?{urlencode(query)}" if query else "")
        secure = "; Secure" if scope.get("scheme") == "https" else ""
        cookie = f"{COOKIE}={self._proof}; Path=/; HttpOnly; SameSite=Strict{secure}"
        sent: Headers = [(b"set-cookie", cookie.encode())]
        if headers.get("sec-fetch-site") in ("cross-site", "same-site"):
            # Who follows a link from elsewhere and is redirected is still from there, and has no strict cookie.
            body = _OWN_PAGE.format(head=f'<meta http-equiv="refresh" content="0;url={place}">', body="")
            await _answer(send, 200, body, sent)
        else:
            await _answer(send, 303, "", [*sent, (b"location", place.encode())])


async def _refuse(scope: Scope, send: Send) -> None:
    """Says what to do, and nothing of why."""
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1008})
    else:
        await _answer(send, 401, _REFUSAL, [(b"www-authenticate", b"Bearer")])


async def _answer(send: Send, status: int, body: str, headers: Headers) -> None:
    own: Headers = [(b"content-type", b"text/html; charset=utf-8"), (b"cache-control", b"no-store")]
    content = body.encode()
    length = (b"content-length", str(len(content)).encode())
    await send({"type": "http.response.start", "status": status, "headers": [*own, length, *headers]})
    await send({"type": "http.response.body", "body": content})
