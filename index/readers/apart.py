"""Readers whose parsers are heavy or can be led astray run apart, in one child process that can be stopped.

Python cannot stop a parser that hangs inside a library, and cannot survive one that crashes. The child is started
once and answers one document at a time; when it takes too long or dies, that document is an error and the next
document gets a new child. The two speak JSON lines, so nothing that comes back can run.
"""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
import threading
from contextlib import suppress
from dataclasses import asdict
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.errors import UnreadableFileError
from index.readers.source import Limits, Source, in_memory
from index.types import Document, Origin

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).parents[2]
READERS = frozenset({"html", "pdf", "feed"})
MEMORY = 4_000_000_000
"""Bytes of address space that the child may take, where the system can limit it."""


def apart(reader: str) -> Callable[[Source], Iterator[Document | UnreadableFileError]]:
    """The reader of the module `index.readers.READER`, run in the child process."""

    def read(source: Source) -> Iterator[Document | UnreadableFileError]:
        yield from _child.read(reader, source)

    return read


class _Child:
    """The child process, started when first needed."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()

    def read(self, reader: str, source: Source) -> list[Document | UnreadableFileError]:
        """What `reader` finds in `source`; raises UnreadableFileError where the child is stopped or dies."""
        data = source.content()
        task = {"reader": reader, "name": source.name, "suffix": source.suffix, "size": len(data)}
        task |= {"limits": asdict(source.limits)}
        with self._lock:
            answer, late = self._exchange(json.dumps(task).encode() + b"\n" + data, source.limits.seconds)
        if late:
            reason = f"took longer than {source.limits.seconds:g} s to read; raise that limit or save it as text"
            raise UnreadableFileError(source.name, reason)
        if not answer:
            raise UnreadableFileError(source.name, "broke the program that reads it; save it as text")
        return [_unpack(item) for item in json.loads(answer)]

    def _exchange(self, task: bytes, seconds: float) -> tuple[bytes, bool]:
        """The child's answer, empty where it died, and whether it was stopped for taking too long."""
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
            process.stdin.write(task)
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
            command = [sys.executable, "-c", "from index.readers.apart import serve; serve()"]
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
    return {"path": item.path, "key": item.key, "text": item.text, "fields": dict(item.fields), "origin": item.origin}


def _unpack(item: dict[str, Any]) -> Document | UnreadableFileError:
    if "reason" in item:
        return UnreadableFileError(item["path"], item["reason"])
    return Document(**(item | {"origin": Origin(item["origin"])}))


def _limit_memory() -> None:
    with suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def _answer(task: dict[str, Any], data: bytes) -> list[dict[str, Any]]:
    name = task["name"]
    source = Source(name, task["suffix"], in_memory(data), Limits(**task["limits"]))
    if task["reader"] not in READERS:
        raise ValueError(task["reader"])
    found: list[dict[str, Any]] = []
    try:
        found += map(_pack, import_module(f"index.readers.{task['reader']}").read(source))
    except UnreadableFileError as error:
        found.append(_pack(error))
    except Exception as error:  # noqa: BLE001 - parsers raise whatever they meet in a broken file
        reason = f"cannot be read ({type(error).__name__}); save it again or save it as text"
        found.append(_pack(UnreadableFileError(name, reason)))
    return found


def serve() -> None:
    """What the child does: reads a document for each task on standard input until that ends."""
    tasks, answers = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr  # what a parser prints must not mix with the answers
    _limit_memory()
    for module in (*(f"index.readers.{reader}" for reader in READERS), "trafilatura"):
        import_module(module)
    answers.write(b"ready\n")
    answers.flush()
    while line := tasks.readline():
        task = json.loads(line)
        found = _answer(task, tasks.read(task["size"]))
        answers.write(json.dumps(found).encode() + b"\n")
        answers.flush()


_child = _Child()
atexit.register(_child.close)
