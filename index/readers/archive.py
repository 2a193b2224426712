"""Files packed together (.zip, .tar, .tar.gz). Nothing is ever unpacked to disk; a member's path is only a name."""

from __future__ import annotations

import tarfile
import zipfile
from contextlib import contextmanager
from typing import TYPE_CHECKING, BinaryIO, cast

from index.errors import UnreadableFileError
from index.readers.source import Member, Source, capped, kind, readable, unpacked

if TYPE_CHECKING:
    from collections.abc import Iterator
    from io import BufferedReader


def zip_members(source: Source) -> Iterator[Member]:
    """The files in a .zip, in its order; together they may unpack to no more than the limit.

    Raises:
        UnreadableFileError: damaged, locked, or above the limit.
    """
    left = source.limits.unpacked
    with _sound(source.name), zipfile.ZipFile(source.stream) as archive:
        for entry in archive.infolist():
            if entry.is_dir() or _hidden(entry.filename):
                continue
            if entry.file_size > left:
                raise _too_much(source)
            left -= entry.file_size
            with archive.open(entry) as stream:
                # The size that an archive states may be a lie.
                yield _member(source, entry.filename, capped(cast("BinaryIO", stream), source.name, entry.file_size))


def tar_members(source: Source) -> Iterator[Member]:
    """The regular files in a .tar, in its order; links and devices are passed over.

    Raises:
        UnreadableFileError: damaged, or above the limit.
    """
    stream = capped(source.stream, source.name, source.limits.unpacked)
    with _sound(source.name), tarfile.open(fileobj=stream, mode="r|") as archive:
        for entry in archive:
            content = None if not entry.isreg() or _hidden(entry.name) else archive.extractfile(entry)
            if content:
                yield _member(source, entry.name, cast("BufferedReader", content))


def _member(source: Source, key: str, stream: BufferedReader) -> Member:
    return Member(key, unpacked(Source(f"{source.name}/{key}", kind(key), stream, source.limits, source.columns)))


def _hidden(name: str) -> bool:
    return any(part.startswith((".", "__MACOSX")) for part in name.replace("\\", "/").split("/") if part != "..")


def _too_much(source: Source) -> UnreadableFileError:
    limit = source.limits.unpacked / 1e6
    return UnreadableFileError(source.name, f"unpacks to more than {limit:g} MB; raise that limit or split the file")


@contextmanager
def _sound(name: str) -> Iterator[None]:
    """Turns what the two libraries raise over bad archives into one error."""
    try:
        with readable(name):
            yield
    except (zipfile.BadZipFile, tarfile.TarError, ValueError) as error:
        raise UnreadableFileError(name, "is damaged or cut short; fetch or pack it again") from error
    except (RuntimeError, NotImplementedError) as error:
        raise UnreadableFileError(
            name, "is locked or packed in an unknown way; pack it again without a password"
        ) from error
