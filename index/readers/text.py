"""Text and Markdown files: decoded, and otherwise kept character for character."""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING

from index.errors import UnreadableFileError
from index.types import Document

if TYPE_CHECKING:
    from collections.abc import Iterator

    from index.readers.source import Source

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
DETECTION_BYTES = 200_000
CONTROL_SHARE = 0.005
NO_TEXT = "is not text; give it the suffix of its real kind or leave it out"


def read(source: Source) -> Iterator[Document]:
    """The one document of a text file, line ends and all.

    Raises:
        UnreadableFileError: empty, too large, or not text.
    """
    yield Document(path=source.name, key="", text=decode(source.content(), source.name))


def decode(data: bytes, name: str) -> str:
    """The characters of `data`, a byte order mark left out: by that mark, as UTF-8, or by detection.

    Raises:
        UnreadableFileError: about `name`, where the bytes are no text or hold only blanks.
    """
    text = _decoded(data)
    if text is None or _binary(text):
        raise UnreadableFileError(name, NO_TEXT)
    if not text.strip():
        raise UnreadableFileError(name, "holds no words; leave it out or fill it")
    return text


def encoding_of(head: bytes, name: str) -> str:
    """The encoding of a file by its first bytes, a byte order mark left to the codec.

    Raises:
        UnreadableFileError: about `name`, where the bytes are no text.
    """
    for mark, encoding in BOMS:
        if head.startswith(mark):
            return {"utf-8": "utf-8-sig"}.get(encoding, encoding.rsplit("-", 1)[0])
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        detected = _detected_encoding(head)
        if detected is None:
            raise UnreadableFileError(name, NO_TEXT) from None
        return detected
    return "utf-8"


def _decoded(data: bytes) -> str | None:
    mark, encoding = next(pair for pair in (*BOMS, (b"", "utf-8")) if data.startswith(pair[0]))
    try:
        return data[len(mark) :].decode(encoding)
    except UnicodeDecodeError:
        detected = None if mark else _detected_encoding(data)
    try:
        return data.decode(detected) if detected else None
    except UnicodeDecodeError:
        return None


def _detected_encoding(data: bytes) -> str | None:
    from charset_normalizer import from_bytes

    sample = data[:DETECTION_BYTES]
    best = None if b"\0" in sample else from_bytes(sample).best()
    return best.encoding if best else None


def _binary(text: str) -> bool:
    """Whether control characters betray that this is no text."""
    if "\0" in text:
        return True
    sample = text[:DETECTION_BYTES]
    controls = sum(character < " " and character not in "\t\n\r\f\v\x1b" for character in sample)
    return controls > CONTROL_SHARE * len(sample)
