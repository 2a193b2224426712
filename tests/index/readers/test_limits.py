"""What one file may cost is limited, and a limit that bites says so and costs no other file."""

from __future__ import annotations

import gzip
import io
import json
import os
import time
import zipfile
from typing import TYPE_CHECKING

import pytest

from index.errors import UnreadableFileError
from index.readers import Limits, fingerprint, read
from index.readers.source import Watched
from index.types import Document

if TYPE_CHECKING:
    from pathlib import Path

WORDS = "Pilots refused to board ships on Monday, and the port denied that anybody had been asked to work longer. " * 3


def reasons(path: Path, limits: Limits | None = None) -> list[str]:
    return [found.reason for found in read(path, limits) if isinstance(found, UnreadableFileError)]


def test_a_file_of_a_gigabyte_is_refused_without_being_read(tmp_path: Path) -> None:
    for name in ("a.txt", "a.html", "a.pdf"):
        path = tmp_path / name
        with path.open("wb") as stream:
            stream.truncate(1_000_000_000)
        begun = time.monotonic()
        assert reasons(path) == ["holds more than 10 MB; raise that limit or split it into articles"]
        assert time.monotonic() - begun < 5
        assert fingerprint(path) is None


def test_a_hundred_thousand_nested_tags_end_in_a_word_or_a_reason(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_bytes(b"<div>" * 100_000 + b"deep" + b"</div>" * 100_000)
    (found,) = read(path)
    assert "deep" in found.text if isinstance(found, Document) else ";" in found.reason


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.txt", b"", "is empty; leave it out or fill it"),
        ("a.txt", bytes(range(256)) * 20, "is not text; give it the suffix of its real kind or leave it out"),
        ("a.txt", b"words\0words", "is not text; give it the suffix of its real kind or leave it out"),
        ("a.txt.gz", gzip.compress(os.urandom(3000))[:-500], "is damaged or cut short; fetch or pack it again"),
        ("a.jsonl", b'{"text": "a \\ud800 b"}', "line 1 holds halves of characters (lone surrogates); correct it"),
        (
            "a.csv",
            b"a,b\n1,2\n",
            "has no column that looks like the text; its columns are a, b: name the right one",
        ),
    ],
)
def test_each_kind_of_bad_file_is_told_in_its_own_words(tmp_path: Path, name: str, data: bytes, reason: str) -> None:
    (tmp_path / name).write_bytes(data)
    assert reasons(tmp_path / name) == [reason]


def test_what_is_no_file_at_all_is_told_without_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "self.txt").symlink_to(tmp_path / "self.txt")
    assert reasons(tmp_path / "pipe.txt") == ["is not a regular file; name a file or a folder of files"]
    assert reasons(tmp_path / "self.txt") == ["cannot be opened (too many levels of symbolic links); check the path"]
    assert [fingerprint(tmp_path / name) for name in ("pipe.txt", "self.txt", "none.txt")] == [None] * 3


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_locked_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(WORDS)
    (tmp_path / "a.txt").chmod(0)
    assert reasons(tmp_path / "a.txt") == ["may not be read by you; change its permissions"]


def test_utf_16_is_read_with_or_without_words_outside_ascii(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("Ça va, 港口.".encode("utf-16-be").join([b"\xfe\xff", b""]))
    (found,) = read(tmp_path / "a.txt")
    assert isinstance(found, Document)
    assert found.text == "Ça va, 港口."


def test_reading_that_takes_too_long_breaks_off_and_begins_anew_for_the_next_document() -> None:
    class Slow(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            time.sleep(0.05)
            return super().read(1)

    watch = Watched(Slow(b"words"), "a.zip", 0.12)
    stream = io.BufferedReader(watch, 1)
    assert stream.read(1) == b"w"
    watch.restart()
    assert stream.read(1) == b"o"
    with pytest.raises(UnreadableFileError, match=r"a\.zip: took longer than 0\.12 s to read; raise that limit"):
        stream.read(3)


@pytest.mark.parametrize("name", ["a.zip", "a.warc.gz", "a.warc"])
def test_containers_keep_to_the_limit_of_time(tmp_path: Path, name: str) -> None:
    if "warc" in name:
        pytest.importorskip("fastwarc")
    path = tmp_path / name
    if name == "a.zip":
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("a.txt", WORDS)
    else:
        http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<article>" + b"<p>%s</p>" % WORDS.encode() * 4
        head = (
            "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://tern.example/1\r\n"
            "WARC-Record-ID: <urn:uuid:1>\r\nContent-Type: application/http; msgtype=response\r\n"
            f"WARC-Date: 2019-10-06T00:00:00Z\r\nContent-Length: {len(http)}\r\n\r\n"
        )
        data = head.encode() + http + b"\r\n\r\n"
        path.write_bytes(gzip.compress(data) if name.endswith("gz") else data)
    assert reasons(path, Limits(seconds=-1)) == ["took longer than -1 s to read; raise that limit or save it as text"]
    assert reasons(path) == []


def test_a_parquet_file_that_takes_too_long_is_stopped_and_others_are_read(tmp_path: Path) -> None:
    arrow = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    path = tmp_path / "a.parquet"
    parquet.write_table(arrow.table({"text": [WORDS] * 200_000}), path)
    assert reasons(path, Limits(seconds=0.002)) == [
        "took longer than 0.002 s to read; raise that limit or save it as text"
    ]
    parquet.write_table(arrow.table({"text": [WORDS] * 1000}), path)
    rows = read(path)
    assert isinstance(next(rows), Document)
    rows.close()  # type: ignore[attr-defined]
    assert len(list(read(path))) == 1000


def test_a_changed_sidecar_changes_the_fingerprint_of_its_file(tmp_path: Path) -> None:
    path, beside = tmp_path / "a.txt", tmp_path / "a.json"
    path.write_text(WORDS)
    alone = fingerprint(path)
    beside.write_text(json.dumps({"outlet": "The Tern"}))
    first = fingerprint(path)
    beside.write_text(json.dumps({"outlet": "Kestrel Daily"}))
    second = fingerprint(path)
    beside.unlink()
    assert None not in (alone, first, second)
    assert len({alone, first, second}) == 3
    assert fingerprint(path) == alone
    assert fingerprint(path, Limits(unpacked=10)) is None
