"""From files to documents: `walk` finds the files, `read` turns one into documents, one module a format.

A file or row that cannot be read is not raised but yielded, as an UnreadableFileError among the documents, so
that one bad row never costs the good ones after it.
"""

from __future__ import annotations

from dataclasses import replace
from io import BufferedReader
from typing import TYPE_CHECKING, BinaryIO, TypeAlias, cast

from index.errors import UnreadableFileError
from index.readers import archive, sidecar, table, text, warc
from index.readers.apart import apart, apart_alone
from index.readers.sidecar import fingerprint
from index.readers.source import Limits, Source, Watched, in_memory, kind, opened
from index.types import Document

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from index.readers.source import Member

__all__ = ["SUFFIXES", "Limits", "fingerprint", "read", "read_source", "read_stream", "read_url", "walk"]

Read: TypeAlias = "Document | UnreadableFileError"

READERS: Mapping[str, Callable[[Source], Iterator[Read]]] = {
    ".txt": text.read,
    ".md": text.read,
    ".markdown": text.read,
    ".html": apart("html"),
    ".htm": apart("html"),
    ".xhtml": apart("html"),
    ".jsonl": table.read_jsonl,
    ".ndjson": table.read_jsonl,
    ".csv": table.read_csv,
    ".tsv": table.read_csv,
    ".parquet": apart_alone("table", "read_parquet"),
    ".pdf": apart("pdf"),
    ".rss": apart("feed"),
    ".atom": apart("feed"),
    ".xml": apart("feed"),
}
CONTAINERS: Mapping[str, Callable[[Source], Iterator[Member]]] = {
    ".zip": archive.zip_members,
    ".tar": archive.tar_members,
    ".warc": warc.members,
}
SUFFIXES = (*READERS, *CONTAINERS)
PAGE_START = 1000


def walk(paths: Sequence[Path], skipped: Counter[str] | None = None) -> Iterator[Path]:
    """Every file to be read, in the order given, folders with all below them, sorted by name.

    A path that was named comes out whatever it is: `read` says what is wrong with it. Inside folders hidden
    files and files of unknown kinds are passed over; links to folders are followed, each folder once.

    Args:
        paths: files and folders.
        skipped: counts the files of unknown kinds by suffix, if given.
    """
    seen: set[tuple[int, int]] = set()
    for path in paths:
        if path.is_dir():
            yield from _below(path, seen, skipped)
        else:
            yield path


def _below(folder: Path, seen: set[tuple[int, int]], skipped: Counter[str] | None) -> Iterator[Path]:
    try:
        status = folder.stat()
        entries = sorted(folder.iterdir())
    except OSError:
        yield folder  # `read` names the reason
        return
    if (status.st_dev, status.st_ino) in seen:
        return
    seen.add((status.st_dev, status.st_ino))
    sidecars = {sidecar.beside(entry) for entry in entries if kind(entry.name) in READERS}
    for entry in entries:
        if entry.name.startswith(".") or entry in sidecars:
            continue
        if entry.is_dir():
            yield from _below(entry, seen, skipped)
        elif kind(entry.name) in SUFFIXES:
            yield entry
        elif skipped is not None:
            skipped[kind(entry.name)] += 1


def read(path: Path, limits: Limits | None = None, columns: Mapping[str, str] | None = None) -> Iterator[Read]:
    """The documents of one file, and in their place an error for each one that cannot be read.

    Args:
        path: a file of a known kind (`SUFFIXES`, each also with ".gz").
        limits: what the file may cost; the defaults of `Limits` if not given.
        columns: for tables, the column that holds a field ("text", "title", …), where its name does not tell.
    """
    try:
        with opened(path, limits or Limits(), columns or {}) as source:
            for found in read_source(source):
                yield sidecar.added(found, path) if isinstance(found, Document) and not found.key else found
    except UnreadableFileError as error:
        yield error


def read_source(source: Source) -> Iterator[Read]:
    """As `read`, for bytes that are open already."""
    try:
        if source.suffix in CONTAINERS:
            yield from _members(source)
        elif source.suffix in READERS:
            yield from READERS[source.suffix](source)
        else:
            yield UnreadableFileError(source.name, f"is of an unknown kind; known are {', '.join(SUFFIXES)}")
    except UnreadableFileError as error:
        yield error


def _members(container: Source) -> Iterator[Read]:
    """The documents of all files in a container, each within its time; a file that takes longer ends the container."""
    watch = Watched(cast("BinaryIO", container.stream), container.name, container.limits.seconds)
    watched = replace(container, stream=BufferedReader(watch))
    for member in CONTAINERS[container.suffix](watched):
        watch.check()
        for found in _inside(container, member):
            yield found
            watch.restart()
        watch.restart()


def _inside(container: Source, member: Member) -> Iterator[Read]:
    """The documents of one file in a container; files of unknown kinds are passed over, as in folders."""
    if member.source.suffix not in READERS:
        return
    for found in read_source(member.source):
        if isinstance(found, Document):
            key = f"{member.key}/{found.key}" if found.key else member.key
            fields = {**found.fields, **member.fields}
            yield replace(found, path=container.name, key=key, fields=fields)
        else:
            yield found


def read_stream(stream: BinaryIO, name: str = "-", limits: Limits | None = None) -> Iterator[Read]:
    """One article from a stream without a name (standard input): a web page where it begins like one, else text."""
    limits = limits or Limits()
    data = stream.read(limits.document + 1)
    start = data[:PAGE_START].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    suffix = ".html" if start.startswith((b"<!doctype html", b"<html")) else ".txt"
    yield from read_source(Source(name, suffix, in_memory(data), limits))


def read_url(
    url: str, limits: Limits | None = None, *, get: Callable[[str, Limits], Source] | None = None
) -> Iterator[Read]:
    """The documents at an address of the web; only for users who allowed it.

    Args:
        url: an http or https address outside private networks.
        limits: what it may cost.
        get: fetches it; `index.readers.fetch.fetch` if not given.
    """
    if get is None:
        from index.readers.fetch import fetch

        get = fetch
    try:
        source = get(url, limits or Limits())
    except UnreadableFileError as error:
        yield error
        return
    for found in read_source(source):
        if isinstance(found, Document) and "url" not in found.fields:
            yield replace(found, fields={**found.fields, "url": source.name})
        else:
            yield found
