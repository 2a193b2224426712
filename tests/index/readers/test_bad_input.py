"""Whatever lies in a folder, reading it ends, raises nothing, names each bad file in a sentence, and loses no good one."""

from __future__ import annotations

import gzip
import os
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from index.clean import mark
from index.errors import UnreadableFileError
from index.metadata import find
from index.readers import SUFFIXES, Limits, read, walk
from index.segment import segment
from index.types import Document

WORDS = "Pilots refused to board ships on Monday, and the port denied that anybody had been asked to work longer. " * 3
HUGE = Limits(document=100_000, unpacked=500_000, seconds=20)


def bad_folder(folder: Path) -> int:
    """Fills a folder with trouble; returns how many good articles are in it."""
    nested = b"<div>" * 100_000 + b"deep" + b"</div>" * 100_000
    row = b'{"text": "%s"}\n' % WORDS.encode()
    files = {
        "empty.txt": b"",
        "blank.md": b" \n\n",
        "binary.txt": os.urandom(5000),
        "nul.txt": WORDS.encode() + b"\0" * 50,
        "huge.txt": b"word " * 30_000,
        "half.txt.gz": gzip.compress(os.urandom(3000))[:-500],
        "bomb.txt.gz": gzip.compress(b"x " * 2_000_000),
        "no.jsonl.gz": b"not gzip",
        "surrogate.jsonl": b'{"text": "a \\ud800 b"}\n' + row,
        "deep.jsonl": b"[" * 90_000 + b"\n" + row,
        "column.csv": b"a,b\n1,2\n",
        "quotes.csv": b'text\n"' + b"x" * 200_000,
        "nested.html": nested[:99_000],
        "attributes.html": b"<p " + b"a='b' " * 15_000 + b">",
        "nothing.html": b"<html></html>",
        "entities.xml": b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><rss>&b;</rss>',
        "outside.xml": b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><rss><channel><item>'
        b"<title>&a;</title></item></channel></rss>",
        "broken.pdf": b"%PDF-1.7\n" + os.urandom(3000),
        "broken.zip": b"PK\x03\x04" + os.urandom(2000),
        "broken.tar": os.urandom(2000),
        "broken.warc.gz": os.urandom(2000),
        "broken.parquet": b"PAR1" + os.urandom(2000) + b"PAR1",
        "good.txt": WORDS.encode(),
        "good16.txt": WORDS.encode("utf-16"),
        "good.html": b"<html><body><article>" + b"".join(b"<p>%s</p>" % WORDS.encode() for _ in range(4)),
    }
    for name, data in files.items():
        (folder / name).write_bytes(data)
    (folder / "round").symlink_to(folder)
    (folder / "self.txt").symlink_to(folder / "self.txt")
    (folder / "dangling.txt").symlink_to(folder / "none")
    os.mkfifo(folder / "pipe.txt")
    (folder / "locked.txt").write_text(WORDS)
    (folder / "locked.txt").chmod(0)
    return 5 + (os.geteuid() == 0)  # root may read the locked file


def test_a_folder_of_bad_files_costs_none_of_the_good_ones(tmp_path: Path) -> None:
    expected = bad_folder(tmp_path)
    found = {path.name: list(read(path, HUGE)) for path in walk([tmp_path])}
    good = {name: [d for d in items if isinstance(d, Document)] for name, items in found.items()}
    kept = {"good.txt", "good16.txt", "good.html", "surrogate.jsonl", "deep.jsonl", "locked.txt"}
    nested = good.pop("nested.html")  # a parser that stops at some depth may find the word there, or nothing
    assert not nested or "deep" in nested[0].text
    assert {name for name, items in good.items() if items} <= kept
    assert sum(map(len, good.values())) == expected
    for name, items in found.items():
        if name not in ("good.txt", "good16.txt", "good.html", "nested.html", "locked.txt"):
            errors = [e for e in items if isinstance(e, UnreadableFileError)]
            assert len(errors) == 1, name
            assert str(errors[0]).startswith(f"{tmp_path / name}: ")
            assert "\n" not in str(errors[0])
            assert ";" in errors[0].reason or ":" in errors[0].reason, errors[0].reason
    assert not any("root:" in d.text for items in good.values() for d in items)


def test_a_document_that_takes_too_long_is_stopped_and_the_next_one_is_read(tmp_path: Path) -> None:
    slow, good = tmp_path / "slow.html", tmp_path / "good.html"
    slow.write_bytes(b"<p>word and more words here for all to read.</p>" * 100_000)
    good.write_bytes(b"<html><body><article>" + b"".join(b"<p>%s</p>" % WORDS.encode() for _ in range(4)))
    list(read(good))
    started = time.monotonic()
    (error,) = read(slow, Limits(seconds=0.2))
    assert time.monotonic() - started < 2
    assert isinstance(error, UnreadableFileError)
    assert error.reason.startswith("took longer than 0.2 s to read")
    (found,) = read(good)
    assert isinstance(found, Document)


@pytest.mark.parametrize("suffix", sorted(set(SUFFIXES)))
@settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow])
@example(data=b"\xff\xfe\x00\xd8", packed=False)
@example(data=b'text\n\x00\n"', packed=True)
@given(data=st.binary(max_size=400), packed=st.booleans())
def test_arbitrary_bytes_end_in_documents_or_errors_and_nothing_else(suffix: str, data: bytes, packed: bool) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"a{suffix}{'.gz' if packed else ''}"
        path.write_bytes(gzip.compress(data) if packed else data)
        found = list(read(path, HUGE))
    assert found or suffix in (".csv", ".tsv", ".jsonl", ".ndjson", ".tar", ".zip")
    for one in found:
        if isinstance(one, Document):
            one.text.encode()
            assert one.text.strip()
            segment("a", one.text, mark(one.text))
            find(one)
        else:
            assert isinstance(one, UnreadableFileError)


@settings(max_examples=150)
@given(data=st.one_of(st.binary(), st.text().map(lambda text: text.encode("utf-8", "replace"))))
def test_arbitrary_bytes_named_text_pass_through_every_step(data: bytes) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.txt"
        path.write_bytes(data)
        for one in read(path):
            if isinstance(one, Document):
                marks = mark(one.text)
                for sentence in segment("a", one.text, marks):
                    assert one.text[sentence.start : sentence.end] == sentence.text
                for evidence in find(one).values():
                    assert evidence.span is None or evidence.span.of(one.text).strip()
