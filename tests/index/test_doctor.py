"""What the doctor finds in a damaged archive, and what it mends."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

import pytest

from index.archive import Archive
from index.build import recipe
from index.doctor import Fault, examine, repair
from index.errors import ArchiveError
from index.manifest import Manifest
from index.retrieve import retrieve
from index.types import Filters
from index.writer import Writer
from tests.fakes import HashEmbedder
from tests.index.making import add, agreeing, contents, write_folder

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

EMBEDDER = HashEmbedder()


def truncated(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def emptied(path: Path) -> None:
    path.write_bytes(b"")


def flipped(path: Path) -> None:
    body = bytearray(path.read_bytes())
    body[len(body) // 2] ^= 0x10
    path.write_bytes(body)


def missing(path: Path) -> None:
    path.unlink()


DAMAGES: list[Callable[[Path], None]] = [truncated, emptied, flipped, missing]


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """Of two generations."""
    folder = write_folder(tmp_path / "news", 12)
    late = (folder / "0011.txt").rename(tmp_path / "late.txt")
    add(tmp_path / "a", folder)
    late.rename(folder / "0011.txt")
    add(tmp_path / "a", folder)
    return tmp_path / "a"


def files_of(archive: Path) -> list[Path]:
    manifest = Manifest.read(archive)
    assert manifest is not None
    return [archive / "manifest.json", *(manifest.home(archive) / name for name in sorted(manifest.files))]


def test_a_sound_archive_has_no_fault(archive: Path) -> None:
    assert examine(archive) == []


@pytest.mark.parametrize("damage", DAMAGES)
def test_every_damaged_file_is_refused_found_and_mended(
    archive: Path, tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    """Each file in turn is told, never answered from, and whole again after the repair and adding what was lost."""
    before = contents(archive)
    for number, name in enumerate(path.relative_to(archive) for path in files_of(archive)):
        copy = tmp_path / str(number)
        shutil.copytree(archive, copy)
        damage(copy / name)
        with pytest.raises(ArchiveError, match=r"damaged|manifest|no archive"), Archive(copy) as opened:
            retrieve("ferry", archive=opened, embedder=EMBEDDER, filters=Filters())
        assert examine(copy) != [], name
        repair(copy, EMBEDDER)
        assert examine(copy) == [], name
        add(copy, tmp_path / "news")
        agreeing(copy)
        assert contents(copy) == before, name


def test_a_flip_that_keeps_size_and_time_is_found_by_the_doctor(archive: Path) -> None:
    victim = next(path for path in files_of(archive) if path.name == "vectors.faiss")
    time = victim.stat().st_mtime_ns
    flipped(victim)
    os.utime(victim, ns=(time, time))
    assert examine(archive) == [Fault("vectors", "The file vectors.faiss is not what was written.")]


def test_indexes_that_disagree_with_the_catalogue_are_found_and_made_again(archive: Path) -> None:
    before = contents(archive)
    with Archive(archive) as opened:
        first = opened.catalogue.passage_ids()[0]
    with Writer(archive, recipe=recipe(EMBEDDER), dimension=EMBEDDER.dimension) as writer:
        writer.dense.remove([first])
        writer.publish()
    told = "1 passages are missing from the vectors, 0 are in none of the articles."
    assert examine(archive) == [Fault("vectors", told)]
    repair(archive, EMBEDDER)
    assert examine(archive) == []
    assert contents(archive) == before


def test_a_damaged_catalogue_gives_way_to_that_of_the_generation_before(archive: Path) -> None:
    with Archive(archive) as opened:
        articles = opened.catalogue.counts()["articles"]
    truncated(files_of(archive)[1])
    assert repair(archive, EMBEDDER) < articles
    assert examine(archive) == []


def test_where_no_catalogue_is_sound_that_is_said(archive: Path) -> None:
    for path in archive.rglob("catalogue.sqlite"):
        truncated(path)
    with pytest.raises(ArchiveError, match="No catalogue"):
        repair(archive, EMBEDDER)


def test_where_nothing_is_there_is_no_archive(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="no archive"):
        examine(tmp_path / "nothing")
