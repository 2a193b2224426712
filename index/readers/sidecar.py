"""A file beside an article that says what is known of it: `story.json` beside `story.txt`."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from typing import TYPE_CHECKING

from index.errors import UnreadableFileError
from index.readers.columns import NAMES
from index.readers.source import Limits
from index.types import Origin

if TYPE_CHECKING:
    from pathlib import Path

    from index.types import Document

MOST_BYTES = 1_000_000


def beside(path: Path) -> Path:
    """Where the sidecar of a file would stand: its name with ".json" for its suffixes (".html.gz" are two)."""
    name = path.name[:-3] if path.name.lower().endswith(".gz") else path.name
    return path.with_name(name).with_suffix(".json")


def added(document: Document, path: Path) -> Document | UnreadableFileError:
    """The document with what its sidecar says, which wins over what the file itself says.

    A sidecar that cannot be read is an error in the document's place: an article must not go in under a name that
    its owner corrected.
    """
    sidecar = beside(path)
    if not sidecar.is_file():
        return document
    try:
        with sidecar.open("rb") as stream:
            written = json.loads(stream.read(MOST_BYTES).decode("utf-8-sig"))
        given = {field: _text(written[field]) for field in NAMES if field not in ("text", "id") and written.get(field)}
        said = {field: value for field, value in given.items() if value}
    except (OSError, ValueError, RecursionError, AttributeError, TypeError):
        return UnreadableFileError(str(sidecar), "is not a JSON object of title, outlet, published, …; correct it")
    origins = {**document.origins, **dict.fromkeys(said, Origin.SIDECAR)}
    return replace(document, fields={**document.fields, **said}, origins=origins)


def fingerprint(path: Path, limits: Limits | None = None) -> str | None:
    """The hash of a file and of its sidecar, if it has one, so that a change of either is seen.

    None where reading will tell what is wrong: no regular file, larger than the limit for unpacked files, or not to be
    read.
    """
    try:
        if not path.is_file() or path.stat().st_size > (limits or Limits()).unpacked:
            return None
        with path.open("rb") as stream:
            found = hashlib.file_digest(stream, "sha256")
        if beside(path).is_file():
            with beside(path).open("rb") as stream:
                found.update(b"sidecar" + hashlib.sha256(stream.read(MOST_BYTES)).digest())
    except OSError:
        return None
    return found.hexdigest()


def _text(value: object) -> str:
    joined = "; ".join(map(str, value)) if isinstance(value, list) else str(value)
    joined.encode()  # halves of characters are a ValueError
    return joined.strip()
