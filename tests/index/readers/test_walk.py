"""Folders are walked in order, once, and safely; whatever cannot be read is said and costs nothing else."""

from __future__ import annotations

import os
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from index.errors import UnreadableFileError
from index.readers import read, walk

if TYPE_CHECKING:
    from pathlib import Path


def test_folders_are_walked_in_order_without_hidden_files_and_unknown_kinds(tmp_path: Path) -> None:
    for name in (
        "b/2.txt",
        "b/1.MD",
        "a.jsonl.gz",
        ".hidden/x.txt",
        "b/.y.txt",
        "c.doc",
        "d.doc",
        "noise",
        "z.txt",
    ):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("x")
    skipped: Counter[str] = Counter()
    found = [str(path.relative_to(tmp_path)) for path in walk([tmp_path], skipped)]
    assert found == ["a.jsonl.gz", "b/1.MD", "b/2.txt", "z.txt"]
    assert skipped == {".doc": 2, "": 1}


def test_a_link_that_leads_back_is_followed_once(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x")
    (tmp_path / "again").symlink_to(tmp_path)
    (tmp_path / "self.txt").symlink_to(tmp_path / "self.txt")
    assert [path.name for path in walk([tmp_path, tmp_path])] == ["a.txt", "self.txt"]
    (error,) = read(tmp_path / "self.txt")
    assert isinstance(error, UnreadableFileError)


def test_a_named_path_comes_out_whatever_it_is_and_reading_says_what_is_wrong(tmp_path: Path) -> None:
    named = {
        tmp_path / "none.txt": "does not exist",
        tmp_path / "photo.xyz": "is of an unknown kind; known are .txt",
        tmp_path / "pipe.txt": "is not a regular file",
    }
    (tmp_path / "photo.xyz").write_bytes(b"x")
    os.mkfifo(tmp_path / "pipe.txt")
    assert list(walk(list(named))) == list(named)
    for path, reason in named.items():
        (error,) = read(path)
        assert isinstance(error, UnreadableFileError)
        assert str(error).startswith(f"{path}: {reason}")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_says_so(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("x")
    path.chmod(0)
    (error,) = read(path)
    assert isinstance(error, UnreadableFileError)
    assert error.reason.startswith("may not be read by you")
