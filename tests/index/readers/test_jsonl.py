"""Rows become documents; a bad row is one error that names its line, and the others come."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING

import pytest

from index.errors import UnreadableFileError
from index.readers import Limits, read
from index.types import Document

if TYPE_CHECKING:
    from pathlib import Path

ROW = {
    "id": "k-1",
    "url": "https://tern.example/1",
    "outlet": " The Tern ",
    "title": "Pilots stay ashore",
    "published": "2019-10-05",
    "authors": ["Ana Lima", "", "Bo Ray"],
    "text": "Pilots refused.\r\nThey slept. ",
    "event": "strike",
    "section": None,
}


def write(path: Path, *lines: str | bytes) -> Path:
    data = b"\n".join(line if isinstance(line, bytes) else line.encode() for line in lines)
    path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)
    return path


@pytest.mark.parametrize("name", ["a.jsonl", "a.jsonl.gz", "a.ndjson"])
def test_a_row_s_fields_and_text_come_as_given(tmp_path: Path, name: str) -> None:
    path = write(tmp_path / name, json.dumps(ROW), "", json.dumps({"text": "Second."}))
    assert list(read(path)) == [
        Document(
            path=str(path),
            key="k-1",
            text="Pilots refused.\r\nThey slept. ",
            fields={
                "url": "https://tern.example/1",
                "outlet": "The Tern",
                "title": "Pilots stay ashore",
                "published": "2019-10-05",
                "authors": "Ana Lima; Bo Ray",
            },
        ),
        Document(path=str(path), key="3", text="Second."),
    ]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "line 2 is not JSON"),
        (b'{"text": "\xff"}', "line 2 is not JSON"),
        ("[" * 100_000, "line 2 is not JSON"),
        ("[1]", "line 2 is not a JSON object"),
        ('{"words": "x"}', "line 2 has no column that looks like the text; its columns are words"),
        ('{"text": "  "}', "line 2 has no words in its field text"),
        ('{"text": 5}', "line 2 has no words in its field text"),
        ('{"text": "x \\ud800 y"}', "line 2 holds halves of characters"),
        ('{"text": "x", "title": "\\udfff"}', "line 2 holds halves of characters"),
        ('{"text": "%s"}' % ("x" * 5000), "line 2 holds more than 0.002 MB"),
    ],
)
def test_a_bad_row_is_one_error_and_the_rows_around_it_come(tmp_path: Path, line: str | bytes, reason: str) -> None:
    limits = Limits() if len(line) > 9000 else Limits(document=2000)
    path = write(tmp_path / "a.jsonl", '{"text": "One."}', line, '{"text": "Three."}', "")
    first, error, third = read(path, limits)
    assert isinstance(first, Document)
    assert isinstance(third, Document)
    assert (first.text, third.text, third.key) == ("One.", "Three.", "3")
    assert isinstance(error, UnreadableFileError)
    assert error.reason.startswith(reason)


def test_a_file_cut_short_gives_its_whole_rows_and_an_error(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl.gz"
    rows = "\n".join(json.dumps({"text": f"Row {n} {hash(str(n))}"}) for n in range(3000))
    path.write_bytes(gzip.compress(rows.encode())[:-2000])
    *documents, error = read(path)
    assert isinstance(error, UnreadableFileError)
    assert error.reason.startswith("is damaged or cut short")
    assert [d.text.split()[1] for d in documents if isinstance(d, Document)] == [str(n) for n in range(len(documents))]
    assert len(documents) > 1000


def test_an_empty_table_is_an_error(tmp_path: Path) -> None:
    (error,) = read(write(tmp_path / "a.jsonl", ""))
    assert isinstance(error, UnreadableFileError)
    assert error.reason.startswith("is empty")
