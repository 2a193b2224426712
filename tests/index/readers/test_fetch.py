"""A page is fetched only from the open internet, whatever a name or a redirect says, and within the limits."""

from __future__ import annotations

import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING, Any

import httpcore
import pytest

from index.errors import UnreadableFileError
from index.readers import Limits, read_url
from index.readers.fetch import fetch, public
from index.types import Document

if TYPE_CHECKING:
    from collections.abc import Iterator

PUBLIC = "93.184.215.14"
NAMES = {"tern.example": [PUBLIC], "inside.example": ["10.0.0.7"], "both.example": [PUBLIC, "127.0.0.1"]}
ARTICLE = "".join(
    f"<p>Harbour pilots in Kestrel Bay refused to board ship number {n} on Monday, saying that the rota leaves them no"
    " sleep, and the port denied it in a long statement.</p>"
    for n in range(8)
)
PAGE = f"<html><head><title>Pilots</title></head><body><article>{ARTICLE}</article></body></html>".encode()


class Site(BaseHTTPRequestHandler):
    """A small site with every kind of trouble."""

    def do_GET(self) -> None:
        """Answers by path."""
        name = self.path.split("?")[0]
        moves = {
            "/moved": "/page",
            "/inward": "http://inside.example/",
            "/round": "/round",
            "/file": "file:///etc/passwd",
        }
        status = 302 if name in moves else 404 if name == "/none" else 200
        self.send_response(status)
        if status == 302:
            self.send_header("Location", moves[name])
        self.send_header("Content-Type", "text/plain; charset=utf-8" if name == "/text" else "text/html")
        if name == "/packed":
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        if name == "/slow":
            for _ in range(40):
                self.wfile.write(b"x")
                time.sleep(0.05)
        elif name == "/large":
            self.wfile.write(b"x" * 50_000)
        elif status == 200:
            self.wfile.write(b"Plain words." if name == "/text" else PAGE)

    def log_message(self, *_: Any) -> None:
        """Says nothing."""


class Wire(httpcore.SyncBackend):
    """Leads connections to public addresses to the site on this machine, and counts them."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.asked: list[str] = []

    def connect_tcp(self, host: str, port: int, *args: Any, **kwargs: Any) -> httpcore.NetworkStream:
        """A connection to the site."""
        self.asked.append(host)
        assert host == PUBLIC
        return super().connect_tcp("127.0.0.1", self.port, *args, **kwargs)


@contextmanager
def site() -> Iterator[Wire]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    thread = Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield Wire(server.server_address[1])
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def resolve(host: str, _: int) -> list[str]:
    if host not in NAMES:
        raise OSError(host)
    return NAMES[host]


def failure(url: str, limits: Limits | None = None) -> str:
    with site() as wire, pytest.raises(UnreadableFileError) as raised:
        fetch(url, limits, resolve=resolve, backend=wire)
    return raised.value.reason


def test_a_page_is_fetched_through_redirects_and_keeps_its_address() -> None:
    with site() as wire:
        (found,) = read_url(
            "http://tern.example/moved", get=lambda url, limits: fetch(url, limits, resolve=resolve, backend=wire)
        )
    assert isinstance(found, Document)
    assert found.path == found.fields["url"] == "http://tern.example/page"
    assert "refused to board ship number 3 on Monday" in found.text
    assert set(wire.asked) == {PUBLIC}


def test_the_kind_is_what_the_server_says() -> None:
    with site() as wire:
        source = fetch("http://tern.example/text", resolve=resolve, backend=wire)
    assert (source.suffix, source.content()) == (".txt", b"Plain words.")


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("http://inside.example/", "leads into a private network"),
        ("http://both.example/", "leads into a private network"),
        ("http://tern.example/inward", "leads into a private network"),
        ("http://nowhere.example/", "cannot be reached"),
        ("http://tern.example/file", "is no http or https address"),
        ("ftp://tern.example/", "is no http or https address"),
        ("file:///etc/passwd", "is no http or https address"),
        ("http://user:word@tern.example/", "holds a user name"),
        ("http://tern.example/round", "redirects more than 5 times"),
        ("http://tern.example/none", "answers with status 404"),
        ("http://tern.example/packed", "comes packed"),
    ],
)
def test_an_address_that_leads_astray_is_refused_in_a_sentence(url: str, reason: str) -> None:
    assert failure(url).startswith(reason)


def test_limits_on_size_and_time_bite() -> None:
    assert failure("http://tern.example/large", Limits(document=10_000)).startswith("holds more than 0.01 MB")
    started = time.monotonic()
    assert failure("http://tern.example/slow", Limits(seconds=0.3)).startswith("took longer than 0.3 s")
    assert time.monotonic() - started < 1.9


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.1.2.3"),
        *("224.0.0.1", "::1", "::", "fe80::1%eth0", "fd00:ec2::254", "::ffff:127.0.0.1", "64:ff9b::7f00:1"),
        *("2002:7f00:1::", "ff02::1"),
    ],
)
def test_addresses_of_this_machine_and_its_networks_are_not_public(address: str) -> None:
    assert not public(address)


def test_addresses_of_the_internet_are_public() -> None:
    assert all(map(public, (PUBLIC, "1.1.1.1", "2606:4700:4700::1111", "64:ff9b::101:101")))


def test_this_machine_is_refused_with_the_system_s_own_look_up() -> None:
    (error,) = read_url("http://localhost:1/")
    assert isinstance(error, UnreadableFileError)
    assert error.reason.startswith("leads into a private network")
