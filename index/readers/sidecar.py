"""A file beside an article that says what is known of it: `story.json` beside `story.txt`."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from index.errors import UnreadableFileError
from index.readers.columns import NAMES
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
        said = {field: _text(written[field]) for field in NAMES if field not in ("text", "id") and written.get(field)}
    except (OSError, ValueError, RecursionError, AttributeError, TypeError):
        return UnreadableFileError(str(sidecar), "is not a JSON object of title, outlet, published, …; correct it")
    origin = Origin.SIDECAR if said and document.origin is Origin.FIELD else document.origin
    return replace(document, fields={**document.fields, **said}, origin=origin)


def _text(value: object) -> str:
    joined = "; ".join(map(str, value)) if isinstance(value, list) else str(value)
    joined.encode()  # halves of characters are a ValueError
    return joined.strip()
