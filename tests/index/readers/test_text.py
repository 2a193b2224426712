"""Text files come in character for character, whatever their encoding; what is no text is refused."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import UnreadableFileError
from index.readers import Limits, read
from index.readers.text import decode
from index.types import Document

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "Älteste Fähre\r\nDie Fähre „Möwe“ fährt nicht.\n\n\tDie Lotsen streiken — seit 8 ½ Stunden.\r \n"


def only(path: Path, limits: Limits | None = None) -> Document | UnreadableFileError:
    (found,) = read(path, limits)
    return found


def reason(path: Path, limits: Limits | None = None) -> str:
    found = only(path, limits)
    assert isinstance(found, UnreadableFileError)
    assert found.path == str(path)
    return found.reason


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_a_decoded_file_is_kept_character_for_character(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(TEXT.encode(encoding))
    assert only(path) == Document(path=str(path), key="", text=TEXT)


def test_an_older_encoding_is_detected(tmp_path: Path) -> None:
    text = "Die Lotsen der Fähre hören am späten Abend auf, über die Löhne zu verhandeln. " * 20
    path = tmp_path / "a.md"
    path.write_bytes(text.encode("cp1252"))
    assert only(path) == Document(path=str(path), key="", text=text)


def test_a_gzipped_text_file_is_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "a.txt.gz"
    path.write_bytes(gzip.compress(TEXT.encode()))
    assert only(path) == Document(path=str(path), key="", text=TEXT)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", "is empty"),
        (b" \n\t\r\n", "holds no words"),
        (b"\xef\xbb\xbf", "holds no words"),
        (b"A word\0and another", "is not text"),
        (bytes(range(256)) * 20, "is not text"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\1\0", "is not text"),
        (b"\xff\xfeA\0B\xd8", "is not text"),
        ("Möwe".encode("utf-16-le"), "is not text"),
    ],
)
def test_what_is_no_text_is_refused_in_a_sentence_that_says_what_to_do(
    tmp_path: Path, data: bytes, expected: str
) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(data)
    assert reason(path).startswith(expected)
    assert ";" in reason(path)


def test_limits_on_size_are_kept_and_named(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"word " * 300)
    assert reason(path, Limits(document=1000)).startswith("holds more than 0.001 MB")
    packed = tmp_path / "b.txt.gz"
    packed.write_bytes(gzip.compress(b"word " * 10_000))
    assert reason(packed, Limits(unpacked=20_000)).startswith("unpacks to more than 0.02 MB")


@given(st.text(min_size=1))
def test_every_text_survives_utf_8(text: str) -> None:
    data = text.encode()
    try:
        assert decode(data, "a") == text.removeprefix("\ufeff")
    except UnreadableFileError:
        controls = sum(c < " " and c not in "\t\n\r\f\v\x1b" for c in text)
        assert controls or not text.removeprefix("\ufeff").strip() or data[:2] in (b"\xff\xfe", b"\xfe\xff")
