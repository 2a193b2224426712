"""Readers whose parsers are heavy or can be led astray run apart, in a child process that can be stopped.

Python cannot stop a parser that hangs inside a library, and cannot survive one that crashes. Pages, PDF and feeds share
one child, started once; when it takes too long or dies, that document is an error and the next one gets a new child. A
table gets a child of its own, which sends its rows as it reads them. The two speak JSON lines, several documents a line
and an empty line at the end, so nothing that comes back can run.
"""

from __future__ import annotations

import atexit
import json
import logging
import os
import subprocess
import sys
import threading
import time
from base64 import b64decode, b64encode
from contextlib import suppress
from dataclasses import asdict
from importlib import import_module
from io import FileIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from index.errors import UnreadableFileError
from index.readers.source import Limits, Source, in_memory, opened, readable, too_slow
from index.types import Document, Origin

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).parents[2]
READERS = frozenset({"html", "pdf", "feed"})
TABLES = frozenset({"table"})
MEMORY = 4_000_000_000
"""Bytes of address space that the child may take, where the system can limit it."""
TOGETHER = 64
WAIT = 1.0
"""Documents a line, and seconds after which a line goes out with fewer."""
LOG = logging.getLogger(__name__)


def apart(reader: str) -> Callable[[Source], Iterator[Document | UnreadableFileError]]:
    """The reader of the module `index.readers.READER`, run in the child process."""

    def read(source: Source) -> Iterator[Document | UnreadableFileError]:
        task = _task(reader, "read", source)
        data = source.content()
        yield from _child.read(task | {"size": len(data)}, data, source)

    return read


def apart_alone(reader: str, function: str) -> Callable[[Source], Iterator[Document | UnreadableFileError]]:
    """A function of the module `index.readers.READER`, run in a child of its own, each document when it comes."""

    def read(source: Source) -> Iterator[Document | UnreadableFileError]:
        task, data = _task(reader, function, source), b""
        plain = isinstance(source.stream.raw, FileIO)  # what lies on disk as it is need not go through the pipe
        if not plain:
            with readable(source.name):
                data = source.stream.read()
        child = _Child(TABLES)
        try:
            yield from child.items(task | {"size": len(data), "open": plain}, data, source)
        finally:
            child.close()

    return read


def _task(reader: str, function: str, source: Source) -> dict[str, Any]:
    task = {"reader": reader, "function": function, "name": source.name, "suffix": source.suffix}
    return task | {"limits": asdict(source.limits), "columns": dict(source.columns)}


class _Child:
    """The child process, started when first needed."""

    def __init__(self, readers: frozenset[str]) -> None:
        self._readers = readers
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()

    def read(self, task: dict[str, Any], data: bytes, source: Source) -> list[Document | UnreadableFileError]:
        """All that comes of a task; raises UnreadableFileError where the child is stopped or dies."""
        with self._lock:
            return list(self.items(task, data, source))

    def items(self, task: dict[str, Any], data: bytes, source: Source) -> Iterator[Document | UnreadableFileError]:
        """What comes of a task, as it comes; raises UnreadableFileError where the child is stopped or dies."""
        sent = json.dumps(task).encode() + b"\n" + data
        while True:
            answer, late = self._exchange(sent, source.limits.seconds)
            if late:
                raise too_slow(source.name, source.limits.seconds)
            if not answer:
                raise UnreadableFileError(source.name, "broke the program that reads it; save it as text")
            if answer == b"\n":
                return
            for item in json.loads(answer):
                if "said" in item:
                    LOG.info("%s", item["said"])
                else:
                    yield _unpack(item)
            sent = b""

    def _exchange(self, sent: bytes, seconds: float) -> tuple[bytes, bool]:
        """The child's next line, empty where it died, and whether it was stopped for taking too long."""
        process = self._started()
        assert process.stdin
        assert process.stdout
        late = threading.Event()

        def stop() -> None:
            late.set()
            process.kill()

        timer = threading.Timer(seconds, stop)
        timer.start()
        try:
            process.stdin.write(sent)
            process.stdin.flush()
            answer = process.stdout.readline()
        except OSError:
            answer = b""
        finally:
            timer.cancel()
        if not answer.endswith(b"\n"):
            self.close()
            answer = b""
        return answer, late.is_set() and not answer

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self.close()
            command = [sys.executable, "-c", "from index.readers.apart import serve; serve()", *sorted(self._readers)]
            places = [str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={**os.environ, "PYTHONPATH": os.pathsep.join(places)},
            )
            # The first answer says that the libraries are loaded: loading is not the document's time.
            assert self._process.stdout
            self._process.stdout.readline()
        return self._process

    def close(self) -> None:
        """Ends the child."""
        process, self._process = self._process, None
        if process:
            process.kill()
            for stream in (process.stdin, process.stdout):
                with suppress(OSError):
                    assert stream
                    stream.close()
            process.wait()


def _pack(item: Document | UnreadableFileError) -> dict[str, Any]:
    if isinstance(item, UnreadableFileError):
        return {"path": item.path, "reason": item.reason}
    packed = {"path": item.path, "key": item.key, "text": item.text, "fields": dict(item.fields), "origin": item.origin}
    return packed | ({"page": b64encode(item.page).decode()} if item.page else {})


def _unpack(item: dict[str, Any]) -> Document | UnreadableFileError:
    if "reason" in item:
        return UnreadableFileError(item["path"], item["reason"])
    page = b64decode(item["page"]) if "page" in item else None
    return Document(**(item | {"origin": Origin(item["origin"]), "page": page}))


def _limit_memory() -> None:
    with suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def _found(task: dict[str, Any], data: bytes) -> Iterator[Document | UnreadableFileError]:
    """What the task's reader finds, its errors among the documents."""
    name, limits = task["name"], Limits(**task["limits"])
    function = getattr(import_module(f"index.readers.{task['reader']}"), task["function"])
    try:
        if task.get("open"):
            with opened(Path(name), limits, task["columns"]) as source:
                yield from function(source)
        else:
            yield from function(Source(name, task["suffix"], in_memory(data), limits, task["columns"]))
    except UnreadableFileError as error:
        yield error
    except Exception as error:  # noqa: BLE001 - parsers raise whatever they meet in a broken file
        reason = f"cannot be read ({type(error).__name__}); save it again or save it as text"
        yield UnreadableFileError(name, reason)


class _Said(logging.Handler):
    """Keeps what a reader says of a table's columns, for the parent to say."""

    def __init__(self) -> None:
        super().__init__()
        self.items: list[dict[str, Any]] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keeps the message."""
        self.items.append({"said": record.getMessage()})


def _answer(task: dict[str, Any], data: bytes, answers: BinaryIO, said: _Said) -> None:
    """Writes what is found, several documents a line, and the empty line."""
    waiting: list[dict[str, Any]] = []
    since = time.monotonic()
    for item in _found(task, data):
        waiting.append(_pack(item))
        if len(waiting) >= TOGETHER or time.monotonic() - since > WAIT:
            answers.write(json.dumps([*said.items, *waiting]).encode() + b"\n")
            answers.flush()
            waiting, since = [], time.monotonic()
            said.items.clear()
    if waiting or said.items:
        answers.write(json.dumps([*said.items, *waiting]).encode() + b"\n")
        said.items.clear()
    answers.write(b"\n")
    answers.flush()


def serve() -> None:
    """What the child does: reads a document for each task on standard input until that ends."""
    tasks, answers = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr  # what a parser prints must not mix with the answers
    readers = sys.argv[1:]
    _limit_memory()
    for module in (*(f"index.readers.{reader}" for reader in readers), *(["trafilatura"] if "html" in readers else [])):
        import_module(module)
    said = _Said()
    logger = logging.getLogger("index.readers")
    logger.addHandler(said)
    logger.setLevel(logging.INFO)
    answers.write(b"ready\n")
    answers.flush()
    while line := tasks.readline():
        task = json.loads(line)
        if task["reader"] not in readers:
            raise ValueError(task["reader"])
        _answer(task, tasks.read(task["size"]), answers, said)


_child = _Child(READERS)
atexit.register(_child.close)
