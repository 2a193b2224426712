"""How bytes come in: what one document may cost, and how a file is opened without trusting it."""

from __future__ import annotations

import gzip
import io
import lzma
import os
import stat
import time
import zlib
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import PurePath
from typing import TYPE_CHECKING, BinaryIO, cast

from index.errors import UnreadableFileError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from typing_extensions import Buffer

MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may cost.

    Attributes:
        document: bytes of one document, unpacked.
        unpacked: bytes that one compressed file or archive may unfold to.
        seconds: time for reading one document.
    """

    document: int = 10 * MEGABYTE
    unpacked: int = 200 * MEGABYTE
    seconds: float = 30.0


@dataclass(frozen=True, slots=True)
class Source:
    """An open file on its way to a reader.

    Attributes:
        name: absolute path of the file, for documents and messages.
        suffix: what decides its reader, lower case, without ".gz".
        stream: its bytes, already unpacked where the name ended in ".gz".
        limits: what it may cost.
        columns: for tables, the column that holds a field, where the user says so.
    """

    name: str
    suffix: str
    stream: io.BufferedReader
    limits: Limits
    columns: Mapping[str, str] = field(default_factory=dict)

    def content(self) -> bytes:
        """All bytes.

        Raises:
            UnreadableFileError: empty, damaged, or more than one document may hold.
        """
        with readable(self.name):
            data = self.stream.read(self.limits.document + 1)
        if len(data) > self.limits.document:
            raise too_large(self.name, self.limits)
        if not data:
            raise UnreadableFileError(self.name, "is empty; leave it out or fill it")
        return data


@dataclass(frozen=True, slots=True)
class Member:
    """A document inside a container file.

    Attributes:
        key: its name there.
        source: its bytes.
        fields: what the container knows of it.
    """

    key: str
    source: Source
    fields: Mapping[str, str] = field(default_factory=dict)


class Capped(io.RawIOBase):
    """A binary stream that hands out at most `limit` bytes, so that no archive unfolds without end."""

    def __init__(self, stream: BinaryIO, name: str, limit: int) -> None:
        super().__init__()
        self._stream = stream
        self._name = name
        self._limit = limit
        self.left = limit

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: Buffer) -> int:
        """As `RawIOBase.readinto`; raises UnreadableFileError where more than the limit comes out."""
        view = memoryview(buffer)
        data = self._stream.read(len(view))
        self.left -= len(data)
        if self.left < 0:
            reason = f"unpacks to more than {self._limit / MEGABYTE:g} MB; raise that limit or split the file"
            raise UnreadableFileError(self._name, reason)
        view[: len(data)] = data
        return len(data)

    def close(self) -> None:
        """Closes the stream beneath too."""
        self._stream.close()
        super().close()


class Watched(io.RawIOBase):
    """A binary stream that breaks off where the reading of one document takes longer than the limit.

    The time counts from `restart`, so that what is done with a document between two readings costs none.
    """

    def __init__(self, stream: BinaryIO, name: str, seconds: float) -> None:
        super().__init__()
        self._stream = stream
        self._name = name
        self._seconds = seconds
        self.restart()

    def restart(self) -> None:
        """Begins the time of the next document."""
        self._deadline = time.monotonic() + self._seconds

    def readable(self) -> bool:
        """Always."""
        return True

    def seekable(self) -> bool:
        """As the stream beneath."""
        return self._stream.seekable()

    def seek(self, offset: int, whence: int = 0) -> int:
        """As the stream beneath."""
        return self._stream.seek(offset, whence)

    def tell(self) -> int:
        """As the stream beneath."""
        return self._stream.tell()

    def readinto(self, buffer: Buffer) -> int:
        """As `RawIOBase.readinto`; raises UnreadableFileError when the time is over."""
        self.check()
        view = memoryview(buffer)
        data = self._stream.read(len(view))
        view[: len(data)] = data
        return len(data)

    def check(self) -> None:
        """Raises UnreadableFileError when the time is over."""
        if time.monotonic() > self._deadline:
            raise too_slow(self._name, self._seconds)


def too_slow(name: str, seconds: float) -> UnreadableFileError:
    """The error for a document that took too long."""
    return UnreadableFileError(name, f"took longer than {seconds:g} s to read; raise that limit or save it as text")


def too_large(name: str, limits: Limits) -> UnreadableFileError:
    """The error for a document above the limit."""
    return UnreadableFileError(
        name, f"holds more than {limits.document / MEGABYTE:g} MB; raise that limit or split it into articles"
    )


@contextmanager
def readable(name: str) -> Iterator[None]:
    """Turns the errors of opening, reading and unpacking into one UnreadableFileError about `name`."""
    try:
        yield
    except FileNotFoundError as error:
        raise UnreadableFileError(name, "does not exist; check the path") from error
    except PermissionError as error:
        raise UnreadableFileError(name, "may not be read by you; change its permissions") from error
    except (gzip.BadGzipFile, EOFError, zlib.error, lzma.LZMAError) as error:
        raise UnreadableFileError(name, "is damaged or cut short; fetch or pack it again") from error
    except OSError as error:
        why = (error.strerror or "input or output error").lower()
        raise UnreadableFileError(name, f"cannot be opened ({why}); check the path") from error


@contextmanager
def opened(path: Path, limits: Limits, columns: Mapping[str, str]) -> Iterator[Source]:
    """Opens a regular file; a FIFO, device or folder is refused without waiting for it.

    Raises:
        UnreadableFileError: it cannot be opened, or is no regular file.
    """
    name = str(path.absolute())
    with readable(name):
        # Without O_NONBLOCK, opening a FIFO waits for a writer that may never come.
        handle = os.open(name, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with os.fdopen(handle, "rb") as stream:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise UnreadableFileError(name, "is not a regular file; name a file or a folder of files")
        yield unpacked(Source(name, kind(name), stream, limits, columns))


def unpacked(source: Source) -> Source:
    """`source` seen through gzip where its name says so; web archives are left to their own reader."""
    if not source.name.lower().endswith((".gz", ".tgz")) or source.suffix == ".warc":
        return source
    packed = cast("BinaryIO", gzip.GzipFile(fileobj=source.stream))
    return replace(source, stream=capped(packed, source.name, source.limits.unpacked))


def capped(stream: BinaryIO, name: str, limit: int) -> io.BufferedReader:
    """`stream`, buffered, and stopped where it hands out more than `limit` bytes."""
    return io.BufferedReader(Capped(stream, name, limit))


def in_memory(data: bytes) -> io.BufferedReader:
    """Bytes as a stream."""
    return io.BufferedReader(io.BytesIO(data))


def kind(name: str) -> str:
    """The suffix that decides a file's reader: lower case, with a last ".gz" left out; ".tgz" is ".tar"."""
    suffix = PurePath(name.lower().removesuffix(".gz")).suffix
    return ".tar" if suffix == ".tgz" else suffix
