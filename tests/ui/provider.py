"""An OpenID Connect provider on this machine, with the least that one does: discovery, authorize, token, keys, logout."""

from __future__ import annotations

import secrets
import socket
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from starlette.requests import Request
    from starlette.responses import Response

CLIENT, SECRET = "rashomon-tests", "a secret of the tests"
PEOPLE: dict[str, dict[str, Any]] = {
    "ada": {"email": "Ada@News.example", "email_verified": True},
    "eve": {"email": "eve@elsewhere.example", "email_verified": True},
    "mallory": {"email": "ada@news.example", "email_verified": False},
}


class Provider:
    """Signs in whoever is chosen on its page, without asking for a password."""

    def __init__(self, url: str) -> None:
        from joserfc.jwk import RSAKey

        self.url = url
        self._key = RSAKey.generate_key(2048, {"kid": "one", "use": "sig", "alg": "RS256"})
        self._codes: dict[str, dict[str, str]] = {}

    def app(self) -> Any:
        """The provider as an ASGI application."""
        from starlette.applications import Starlette
        from starlette.routing import Route

        return Starlette(
            routes=[
                Route("/.well-known/openid-configuration", self._discovery),
                Route("/authorize", self._authorize),
                Route("/choose/{who}", self._choose),
                Route("/token", self._token, methods=["POST"]),
                Route("/keys", self._keys),
                Route("/logout", self._logout),
            ]
        )

    async def _discovery(self, request: Request) -> Response:
        from starlette.responses import JSONResponse

        return JSONResponse(
            {
                "issuer": self.url,
                "authorization_endpoint": f"{self.url}/authorize",
                "token_endpoint": f"{self.url}/token",
                "jwks_uri": f"{self.url}/keys",
                "end_session_endpoint": f"{self.url}/logout",
                "response_types_supported": ["code"],
                "subject_types_supported": ["public"],
                "id_token_signing_alg_values_supported": ["RS256"],
                "code_challenge_methods_supported": ["S256"],
            }
        )

    async def _authorize(self, request: Request) -> Response:
        from starlette.responses import HTMLResponse

        assert request.query_params["client_id"] == CLIENT
        assert request.query_params["code_challenge_method"] == "S256"
        links = (f'<a href="/choose/{who}?{request.url.query.replace("&", "&amp;")}">{who}</a>' for who in PEOPLE)
        return HTMLResponse(f"<h1>Who are you?</h1>{' '.join(links)}")

    async def _choose(self, request: Request) -> Response:
        from starlette.responses import RedirectResponse

        given = dict(request.query_params)
        code = secrets.token_urlsafe(12)
        self._codes[code] = {**given, "who": request.path_params["who"]}
        answer = urlencode({"code": code, "state": given["state"]})
        return RedirectResponse(f"{given['redirect_uri']}?{answer}", status_code=302)

    async def _token(self, request: Request) -> Response:
        from base64 import urlsafe_b64encode
        from hashlib import sha256

        from joserfc import jwt
        from starlette.responses import JSONResponse

        form = await request.form()
        given = self._codes.pop(str(form["code"]))
        challenge = urlsafe_b64encode(sha256(str(form["code_verifier"]).encode()).digest()).decode().rstrip("=")
        assert challenge == given["code_challenge"]
        now = int(time.time())
        claims = {
            "iss": self.url,
            "aud": CLIENT,
            "sub": given["who"],
            "nonce": given["nonce"],
            "iat": now,
            "exp": now + 600,
            **PEOPLE[given["who"]],
        }
        token = jwt.encode({"alg": "RS256", "kid": "one"}, claims, self._key)
        return JSONResponse({"access_token": "x", "token_type": "Bearer", "expires_in": 600, "id_token": token})

    async def _keys(self, request: Request) -> Response:
        from starlette.responses import JSONResponse

        return JSONResponse({"keys": [self._key.as_dict(private=False)]})

    async def _logout(self, request: Request) -> Response:
        from starlette.responses import RedirectResponse

        return RedirectResponse(request.query_params["post_logout_redirect_uri"], status_code=302)


@contextmanager
def running() -> Iterator[Provider]:
    """A provider that answers until the block is left."""
    import uvicorn

    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        provider = Provider(f"http://127.0.0.1:{listening.getsockname()[1]}")
        server = uvicorn.Server(uvicorn.Config(provider.app(), log_level="warning", lifespan="off"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        yield provider
        server.should_exit = True
        thread.join(20)


def secrets_file(provider: Provider) -> str:
    """Streamlit's secrets for this provider; Streamlit itself puts the port of its page into them."""
    return f"""[auth]
redirect_uri = "http://127.0.0.1:{{port}}/oauth2callback"
cookie_secret = "{secrets.token_hex(16)}"
client_id = "{CLIENT}"
client_secret = "{SECRET}"
server_metadata_url = "{provider.url}/.well-known/openid-configuration"
"""
