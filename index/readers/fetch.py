"""One page or file from the web, when the user allows it. Never from this machine or the network it stands in.

The name is looked up here and the connection made to the very address that was checked, so a name that answers
differently the second time gains nothing; each redirect is checked in the same way.
"""

from __future__ import annotations

import ipaddress
import socket
import time
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

import httpcore

from index.errors import UnreadableFileError
from index.readers.source import Limits, Source, in_memory, kind, too_large

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

REDIRECTS = 5
TRANSLATED = ipaddress.ip_network("64:ff9b::/96")
"""IPv6 addresses that stand for IPv4 ones (RFC 6052)."""
MOVED = frozenset({301, 302, 303, 307, 308})
OK = 200
SUFFIXES = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "application/pdf": ".pdf",
    "application/rss+xml": ".rss",
    "application/atom+xml": ".atom",
    "application/xml": ".xml",
    "text/xml": ".xml",
}


def look_up(host: str, port: int) -> list[str]:
    """The addresses of a host, by the system."""
    return [str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def public(address: str) -> bool:
    """Whether an address is one of the open internet: not private, loopback, link-local, multicast, or reserved."""
    found = ipaddress.ip_address(address.partition("%")[0])
    inner: list[ipaddress.IPv4Address | None] = []
    if isinstance(found, ipaddress.IPv6Address):
        translated = ipaddress.IPv4Address(found.packed[-4:]) if found in TRANSLATED else None
        inner = [found.ipv4_mapped, found.sixtofour, *(found.teredo or ()), translated]
    return all(one.is_global and not one.is_multicast for one in (found, *filter(None, inner)))


class _Guard(httpcore.NetworkBackend):
    """Connects to public addresses only."""

    def __init__(self, resolve: Callable[[str, int], Sequence[str]], backend: httpcore.NetworkBackend) -> None:
        self._resolve = resolve
        self._backend = backend

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """A connection to the checked address of `host`."""
        try:
            addresses = list(self._resolve(host, port))
        except OSError as error:
            raise httpcore.ConnectError(f"{host} has no address") from error
        if not addresses or not all(map(public, addresses)):
            raise _PrivateError(host)
        return self._backend.connect_tcp(addresses[0], port, timeout, local_address, socket_options)


class _PrivateError(Exception):
    """The address is not one of the open internet."""


def fetch(
    url: str,
    limits: Limits | None = None,
    *,
    resolve: Callable[[str, int], Sequence[str]] = look_up,
    backend: httpcore.NetworkBackend | None = None,
) -> Source:
    """What stands at an address, ready for a reader, named by the address it was found at in the end.

    Args:
        url: an http or https address.
        limits: bytes of one document, and seconds for all of it.
        resolve: host and port to addresses.
        backend: what connects to a checked address.

    Raises:
        UnreadableFileError: refused, not found, too large, too slow, or of an unknown kind.
    """
    limits = limits or Limits()
    deadline = time.monotonic() + limits.seconds
    guard = _Guard(resolve, backend or httpcore.SyncBackend())
    with httpcore.ConnectionPool(network_backend=guard) as pool:
        for _ in range(REDIRECTS + 1):
            try:
                moved, content, suffix = _get(pool, url, limits, deadline)
            except _PrivateError as error:
                raise UnreadableFileError(
                    url, "leads into a private network; save the page and add the file"
                ) from error
            except (httpcore.TimeoutException, TimeoutError) as error:
                reason = f"took longer than {limits.seconds:g} s; raise that limit or save the page and add the file"
                raise UnreadableFileError(url, reason) from error
            except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.UnsupportedProtocol) as error:
                raise UnreadableFileError(url, "cannot be reached; check the address and the connection") from error
            if moved is None:
                return Source(url, suffix, in_memory(content), limits)
            url = urljoin(url, moved)
    raise UnreadableFileError(url, f"redirects more than {REDIRECTS} times; name the last address")


def _get(pool: httpcore.ConnectionPool, url: str, limits: Limits, deadline: float) -> tuple[str | None, bytes, str]:
    """Where an address redirects to, or None; its bytes; the suffix of its kind."""
    _check(url)
    left = max(deadline - time.monotonic(), 0.001)
    timeouts = dict.fromkeys(("connect", "read", "write", "pool"), left)
    headers: dict[str | bytes, str | bytes] = {
        "User-Agent": "rashomon",
        "Accept-Encoding": "identity",
        "Accept": "text/html,*/*;q=0.5",
    }
    with pool.stream("GET", url, headers=headers, extensions={"timeout": timeouts}) as response:
        given = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in response.headers}
        if response.status in MOVED and "location" in given:
            return given["location"], b"", ""
        if response.status != OK:
            raise UnreadableFileError(url, f"answers with status {response.status}; check the address")
        if given.get("content-encoding", "identity") != "identity":
            raise UnreadableFileError(url, "comes packed though it was asked not to; save the page and add the file")
        content = bytearray()
        for chunk in response.iter_stream():
            content += chunk
            if len(content) > limits.document:
                raise too_large(url, limits)
            if time.monotonic() > deadline:
                raise TimeoutError
    declared = given.get("content-type", "").split(";")[0].strip().lower()
    return None, bytes(content), SUFFIXES.get(declared) or kind(urlsplit(url).path) or ".html"


def _check(url: str) -> None:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or not url.isascii() or not url.isprintable():
        raise UnreadableFileError(url, "is no http or https address; write it out in full")
    if parts.username is not None or parts.password is not None:
        raise UnreadableFileError(url, "holds a user name; name an address that needs none")
