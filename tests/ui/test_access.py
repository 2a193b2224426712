"""The token is asked of every call where it is set, is shown once, and stands nowhere afterwards."""

from __future__ import annotations

import asyncio
import re
from http.client import HTTPConnection, HTTPResponse
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

import pytest
from pydantic import SecretStr

from index.errors import UsageError
from tests.ui.scripted import BLAME, QUESTION
from tests.ui.test_browser import Site, browser, check_quiet, open_tab, serve
from ui.access import COOKIE, GUARDED, TokenAccess, need_guard, proof

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser
    from starlette.types import Message, Receive, Scope, Send

__all__ = ["browser"]

TOKEN = "köder & salt/7+9=?"


def call(kind: str = "http", *, query: str = "", path: str = "/said", **headers: str) -> list[Message]:
    """What is sent in answer to one call; a call that is let through is answered with "in"."""
    sent: list[Message] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "in"})

    async def receive() -> Message:
        return {"type": "http.request"}

    async def send(message: Message) -> None:
        sent.append(message)

    named = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    scope: Scope = {"type": kind, "path": path, "query_string": query.encode(), "headers": named, "scheme": "http"}
    asyncio.run(TokenAccess(app, TOKEN)(scope, receive, send))
    return sent


def headers_of(sent: list[Message]) -> dict[str, str]:
    return {name.decode(): value.decode() for name, value in sent[0]["headers"]}


@pytest.mark.parametrize("kind", ["http", "websocket"])
@pytest.mark.parametrize(
    "shown",
    [
        {"cookie": f"a=b; {COOKIE}={proof(TOKEN)}"},
        {"authorization": f"Bearer {TOKEN}"},
        {"authorization": f"bearer  {TOKEN} "},
    ],
)
def test_the_cookie_or_the_header_lets_a_call_through(kind: str, shown: dict[str, str]) -> None:
    assert call(kind, **shown) == [{"type": "in"}]


@pytest.mark.parametrize(
    "shown",
    [
        {},
        {"cookie": f"{COOKIE}={TOKEN.encode().hex()}"},
        {"cookie": f"{COOKIE}="},
        {"cookie": f"{COOKIE}={proof('another')}"},
        {"cookie": "=;;\x00{}[]"},
        {"query": "token=wrong"},
        {"query": "token="},
        *({"authorization": one} for one in ("Bearer", "Bearer wrong", f"Basic {TOKEN}", TOKEN, f"Bearer {TOKEN}x")),
    ],
)
def test_whoever_does_not_show_it_is_refused_and_told_what_to_do(shown: dict[str, Any]) -> None:
    sent = call(**shown)
    assert sent[0]["status"] == 401
    assert headers_of(sent)["www-authenticate"] == "Bearer"
    assert headers_of(sent)["cache-control"] == "no-store"
    body = sent[1]["body"].decode()
    assert "/?token=" in body
    assert "said" not in body
    assert call("websocket", **shown) == [{"type": "websocket.close", "code": 1008}]


def test_the_address_is_left_for_one_without_the_token_on_this_host() -> None:
    sent = call(query=f"view=Picture&token={quote(TOKEN)}&speaker=A+B", path="//evil.example/\\x")
    assert sent[0]["status"] == 303
    told = headers_of(sent)
    assert told["location"] == "/evil.example/%5Cx?view=Picture&speaker=A+B"
    assert told["set-cookie"] == f"{COOKIE}={proof(TOKEN)}; Path=/; HttpOnly; SameSite=Strict"
    assert call(query=f"token={quote(TOKEN)}") != call(query="")


def test_a_link_from_elsewhere_leads_on_by_a_page_of_this_host() -> None:
    sent = call(query=f"token={quote(TOKEN)}", path='/"><script>', sec_fetch_site="cross-site")
    assert sent[0]["status"] == 200
    assert 'content="0;url=/%22%3E%3Cscript%3E"' in sent[1]["body"].decode()


def test_the_page_does_not_open_unguarded_where_a_token_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    need_guard(None)
    with pytest.raises(UsageError, match="rashomon chat"):
        need_guard(SecretStr("x"))
    GUARDED.set()
    need_guard(SecretStr("x"))
    GUARDED.clear()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The page over the scripted engine, behind a token."""
    folder = tmp_path_factory.mktemp("guarded")
    for url in serve(["tests.ui.serve_scripted", "{port}", str(folder)], folder, RASHOMON_TOKEN=TOKEN):
        yield Site(url, QUESTION, BLAME)
        assert TOKEN not in (folder / "server.log").read_text(encoding="utf-8")


def fetch(site: Site, path: str, **headers: str) -> HTTPResponse:
    connection = HTTPConnection(urlsplit(site.url).netloc, timeout=60)
    connection.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    return connection.getresponse()


UPGRADE = {
    "Upgrade": "websocket",
    "Connection": "Upgrade",
    "Sec_WebSocket_Version": "13",
    "Sec_WebSocket_Key": "a" * 22 + "==",
}


@pytest.mark.browser
@pytest.mark.slow
def test_nothing_at_all_is_had_from_a_server_without_the_token(site: Site) -> None:
    for path in ("/", "/_stcore/health", "/_stcore/host-config", "/static/", "/oauth2callback", "/auth/login", "/x"):
        refused = fetch(site, path)
        assert refused.status == 401, path
        assert "frame-ancestors 'none'" in (refused.getheader("Content-Security-Policy") or "")
    assert fetch(site, "/_stcore/stream", **UPGRADE).status == 403
    # The client writes each character as a byte.
    shown = {"Authorization": f"Bearer {TOKEN}".encode().decode("latin-1")}
    assert fetch(site, "/_stcore/health", **shown).status == 200
    assert fetch(site, "/_stcore/stream", **UPGRADE, **shown).status == 101


@pytest.mark.browser
@pytest.mark.slow
def test_a_person_opens_the_page_with_the_token_once_and_then_asks(browser: Browser, site: Site) -> None:
    context = browser.new_context()
    page = context.new_page()
    refused = page.goto(site.url)
    assert refused is not None
    assert refused.status == 401
    assert page.get_by_role("heading").inner_text() == "This page asks for a token"
    context.close()
    tab = open_tab(browser, site, path=f"/?token={quote(TOKEN)}")
    tab.page.context.set_default_timeout(60_000)
    tab.ask(QUESTION, answers=1)
    assert "token" not in tab.page.url
    [cookie] = [one for one in tab.page.context.cookies() if one.get("name") == COOKIE]
    assert cookie.get("httpOnly")
    assert cookie.get("sameSite") == "Strict"
    assert re.fullmatch("[0-9a-f]{64}", cookie.get("value", ""))
    check_quiet(tab)
