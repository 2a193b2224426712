"""PDF files with a text layer; scans have none and are refused."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

from index.errors import UnreadableFileError
from index.types import Document, Origin

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pypdf import PdfReader

    from index.readers.source import Source

HYPHENATED = re.compile(r"(?<=[a-z])-\n(?=[a-z])")
CREATED = re.compile(r"D:(\d{4})(\d\d)(\d\d)")


def read(source: Source) -> Iterator[Document]:
    """The one document of a PDF: the words of its pages, a blank line between pages, words parted by a line mended.

    Raises:
        UnreadableFileError: too large, damaged, locked by a password, or without a text layer.
    """
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(io.BytesIO(source.content()))
        if reader.is_encrypted and not reader.decrypt(""):
            raise UnreadableFileError(source.name, "is locked by a password; save it without one")
        pages = [page.extract_text() for page in reader.pages]
        fields = _fields(reader)
    except PyPdfError as error:
        raise UnreadableFileError(source.name, "is no sound PDF; save it again or as text") from error
    text = "\n\n".join(HYPHENATED.sub("", words.strip()) for words in pages if words.strip())
    text = text.encode("utf-8", "replace").decode("utf-8").replace("\0", "")
    if not text:
        raise UnreadableFileError(source.name, "has no text layer (a scan?); run text recognition over it first")
    yield Document(path=source.name, key="", text=text, fields=fields, origin=Origin.TAG)


def _fields(reader: PdfReader) -> dict[str, str]:
    """Title and authors as the file states them; a creation date is that of the file, not of the article."""
    known = reader.metadata
    values = {"title": known.title, "authors": known.author} if known else {}
    return {key: str(value).strip() for key, value in values.items() if value and str(value).strip()}
