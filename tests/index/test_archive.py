"""Generations: what readers hold, what writers publish, and what is refused."""

from __future__ import annotations

import hashlib
import json
import os
import random
import shutil
import subprocess
import sys
import threading
from typing import TYPE_CHECKING

import pytest

from index.archive import Archive
from index.build import recipe
from index.chunk import chunk
from index.dense import Dense
from index.errors import ArchiveError
from index.manifest import FORMAT, Manifest
from index.segment import segment
from index.types import Article
from index.writer import Writer
from tests.fakes import HashEmbedder
from tests.index.making import add, agreeing, contents, row, write_rows

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

EMBEDDER = HashEmbedder()


def writer(folder: Path, **other: str | int) -> Writer:
    return Writer(folder, recipe=recipe(EMBEDDER) | other, dimension=EMBEDDER.dimension)


def put(opened: Writer, article_id: str, text: str = "The mayor spoke. The company denied it.") -> None:
    article = Article(article_id, f"/{article_id}.txt", "", text, title="Talks")
    sentences = segment(article_id, text, ())
    passages = chunk(article, sentences)
    opened.add(article, sentences, passages, EMBEDDER.documents([p.text for p in passages]))
    opened.writing.files.put_origin(article.path, "", article_id)


def publish(folder: Path, article_id: str) -> None:
    with writer(folder) as opened:
        put(opened, article_id)
        opened.publish()


def held(archive: Archive) -> list[str]:
    return sorted(article.id for article in archive.catalogue.articles())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An archive of one article."""
    with writer(tmp_path / "archive") as opened:
        put(opened, "first")
        opened.publish()
    return tmp_path / "archive"


def test_a_reader_keeps_its_generation_while_a_writer_publishes_the_next(folder: Path) -> None:
    with Archive(folder) as reader:
        with writer(folder) as opened:
            put(opened, "second", "Rain fell on the harbour.")
            assert held(reader) == ["first"]
            opened.publish()
            assert reader.stale
            put(opened, "third")
            opened.remove(["first"])
            opened.publish()
        assert held(reader) == ["first"]
        assert [i for i, _ in reader.lexical.search("mayor rain", 9)] == [1]
        assert [i for i, _ in reader.dense.search(EMBEDDER.query("mayor"), 9)] == [1]
        assert set(reader.catalogue.found([1])) == {1}
    with Archive(folder) as reader:
        assert not reader.stale
        assert held(reader) == ["second", "third"]
        assert reader.manifest.generation == 3


def test_what_is_not_published_is_dropped(folder: Path) -> None:
    before = (folder / "manifest.json").read_bytes()
    with writer(folder) as opened:
        put(opened, "second")
        opened.remove(["first"])
    assert (folder / "manifest.json").read_bytes() == before
    with Archive(folder) as reader:
        assert held(reader) == ["first"]
    assert [p.name for p in (folder / "generations").iterdir()] == ["00000001"]


def test_nothing_is_published_where_nothing_changed(folder: Path) -> None:
    before = (folder / "manifest.json").read_bytes()
    with writer(folder) as opened:
        assert opened.reading.article("first") is not None
        opened.remove([])
        opened.publish()
    assert (folder / "manifest.json").read_bytes() == before


@pytest.mark.parametrize("fails", ["index.dense.Dense.save", "index.lexical.Lexical.write", "index.writer.sync"])
def test_a_writer_whose_disk_fails_leaves_the_archive_as_it_was(
    folder: Path, monkeypatch: pytest.MonkeyPatch, fails: str
) -> None:
    before = (folder / "manifest.json").read_bytes()

    def broken(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(fails, broken)
        with pytest.raises(ArchiveError, match=r"No space left.*stays as it was"):
            publish(folder, "second")
    assert (folder / "manifest.json").read_bytes() == before
    with Archive(folder) as reader:
        assert held(reader) == ["first"]
    with writer(folder) as opened:
        put(opened, "second")
        opened.publish()
    with Archive(folder) as reader:
        assert held(reader) == ["first", "second"]


def test_the_manifest_is_swapped_in_one_step(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """At the moment before the swap all of the new generation is there and the archive is still the old one."""
    seen = []

    def stopped(self: Path, target: Path) -> Path:
        seen.append((Manifest.read(folder), json.loads(self.read_text(encoding="utf-8"))))
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("pathlib.Path.replace", stopped)
        with pytest.raises(KeyboardInterrupt):
            publish(folder, "second")
    [(counts, staged)] = seen
    assert counts is not None
    assert (counts.generation, staged["generation"]) == (1, 2)
    with Archive(folder) as reader:
        assert held(reader) == ["first"]


def test_a_second_writer_is_refused_and_told_who_writes(folder: Path) -> None:
    with writer(folder):
        with pytest.raises(ArchiveError, match=rf"process {os.getpid()} on \S+ since \d{{4}}-"), writer(folder):
            pass
        with Archive(folder) as reader:
            assert held(reader) == ["first"]
    with writer(folder):
        pass


def test_another_process_is_refused_too_and_a_dead_one_holds_nothing(folder: Path) -> None:
    code = (
        "import sys, time; from pathlib import Path\n"
        "from tests.index.test_archive import writer\n"
        "with writer(Path(sys.argv[1])):\n"
        "    print('held', flush=True); time.sleep(60)\n"
    )
    with subprocess.Popen([sys.executable, "-c", code, str(folder)], stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"held\n"
        with pytest.raises(ArchiveError, match=f"process {other.pid} on"), writer(folder):
            pass
        other.kill()
    with writer(folder) as opened:
        put(opened, "second")
        opened.publish()
    with Archive(folder) as reader:
        assert held(reader) == ["first", "second"]


@pytest.mark.parametrize("other", [{"embedding": "other:1"}, {"passage words": 7}, {"new part": 1}])
def test_another_recipe_is_refused_by_its_name(folder: Path, other: dict[str, str | int]) -> None:
    with pytest.raises(ArchiveError, match=f"another {next(iter(other))}"), writer(folder, **other):
        pass
    with writer(folder):
        pass


def test_no_archive_is_told_with_what_to_do(tmp_path: Path) -> None:
    for missing in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(ArchiveError, match="rashomon add"):
            Archive(missing)


def test_a_file_in_the_place_of_an_archive_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(ArchiveError):
        Archive(tmp_path / "file")
    with pytest.raises(ArchiveError), writer(tmp_path / "file"):
        pass


def test_a_format_from_the_future_is_refused(folder: Path) -> None:
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    (folder / "manifest.json").write_text(json.dumps(manifest | {"format": FORMAT + 1}), encoding="utf-8")
    with pytest.raises(ArchiveError, match=f"format {FORMAT + 1}"):
        Archive(folder)
    with pytest.raises(ArchiveError, match=f"format {FORMAT + 1}"), writer(folder):
        pass


def emptied(path: Path) -> None:
    path.write_bytes(b"")


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


def grown(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b"\0")


def flipped(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[random.Random(str(path.name)).randrange(len(data))] ^= 4
    path.write_bytes(data)


def missing(path: Path) -> None:
    path.unlink()


@pytest.mark.parametrize("damage", [emptied, cut, grown, flipped, missing])
def test_damage_to_any_file_is_refused_by_readers_and_writers(folder: Path, damage: Callable[[Path], None]) -> None:
    home = folder / "generations" / "00000001"
    files = [
        p for p in home.rglob("*") if p.is_file() and p.relative_to(home).as_posix() in Archive(folder).manifest.files
    ]
    assert len(files) > 5
    for path in files:
        copy = folder.parent / "copy"
        shutil.copytree(folder, copy)
        damage(copy / path.relative_to(folder))
        with pytest.raises(ArchiveError, match="damaged"):
            Archive(copy)
        with pytest.raises(ArchiveError, match="damaged"):
            publish(copy, "second")
        shutil.rmtree(copy)


def test_whatever_is_flipped_in_a_manifest_it_is_refused_or_makes_no_difference(folder: Path) -> None:
    path = folder / "manifest.json"
    good = path.read_bytes()
    random_ = random.Random(3)
    refused = 0
    for _ in range(150):
        data = bytearray(good)
        data[random_.randrange(len(data))] ^= 1 << random_.randrange(8)
        path.write_bytes(data)
        try:
            with Archive(folder) as reader:
                assert held(reader) == ["first"]
        except ArchiveError:
            refused += 1
    assert refused > 75


def test_a_manifest_cut_anywhere_is_refused(folder: Path) -> None:
    path = folder / "manifest.json"
    good = path.read_bytes()
    for end in range(0, len(good) - 1, 7):
        path.write_bytes(good[:end])
        with pytest.raises(ArchiveError):
            Archive(folder)


def test_a_copy_of_an_archive_is_an_archive(folder: Path, tmp_path: Path) -> None:
    """Even where the copying kept no times."""
    shutil.copytree(folder, tmp_path / "copy", copy_function=shutil.copyfile)
    with Archive(tmp_path / "copy") as reader:
        assert held(reader) == ["first"]


def test_readers_open_without_a_fault_while_a_writer_publishes(tmp_path: Path) -> None:
    folder = tmp_path / "archive"
    with writer(folder) as opened:
        put(opened, "first")
        opened.publish()
        done = threading.Event()
        faults: list[BaseException] = []
        seen: list[int] = []

        def read() -> None:
            while not done.is_set():
                try:
                    with Archive(folder) as reader:
                        assert (
                            len(held(reader)) == len(reader.dense) == len(reader.lexical) == reader.manifest.generation
                        )
                        seen.append(reader.manifest.generation)
                except BaseException as error:  # noqa: BLE001  whatever it is, the test is to see it
                    faults.append(error)
                    return

        readers = [threading.Thread(target=read) for _ in range(2)]
        for thread in readers:
            thread.start()
        for number in range(2, 41):
            put(opened, f"article{number}")
            opened.publish()
        done.set()
        for thread in readers:
            thread.join()
    assert faults == []
    assert len(set(seen)) > 3


def test_what_was_removed_is_gone_from_every_index_and_its_numbers_with_it(folder: Path) -> None:
    with writer(folder) as opened:
        put(opened, "second", "Rain fell on the harbour.")
        opened.remove(["first", "missing"])
        put(opened, "third", "Snow fell.")
        opened.remove(["third"])
        opened.publish()
    assert agreeing(folder) == {"articles": 1, "passages": 1, "sentences": 1, "statements": 0}
    with Archive(folder) as reader:
        assert reader.catalogue.passage_ids() == [2]
        assert [i for i, _ in reader.lexical.search("mayor rain snow", 9)] == [2]
    with writer(folder) as opened:
        put(opened, "first")
        opened.publish()
    with Archive(folder) as reader:
        assert min(reader.catalogue.passage_ids()) == 2
        assert max(reader.catalogue.passage_ids()) > 3


def test_many_small_generations_hold_what_one_large_one_holds(tmp_path: Path) -> None:
    rows = [row(n) for n in range(12)]
    for n in range(12):
        add(tmp_path / "many", write_rows(tmp_path / f"{n}.jsonl", rows[n]))
    add(tmp_path / "one", *(tmp_path / f"{n}.jsonl" for n in range(12)))
    assert contents(tmp_path / "many") == contents(tmp_path / "one")
    assert agreeing(tmp_path / "many")["articles"] == 12


def test_vectors_of_an_archive_are_those_that_were_added(folder: Path) -> None:
    with Archive(folder) as reader:
        question = EMBEDDER.query("the company denied it")
        expected = EMBEDDER.query("The mayor spoke. The company denied it.") @ question
        assert reader.dense.search(question, 1) == [(1, pytest.approx(float(expected)))]
        assert isinstance(reader.dense, Dense)


def test_an_archive_whose_files_were_hashed_with_sha256_is_read_and_its_damage_seen(folder: Path) -> None:
    path = folder / "manifest.json"
    manifest = json.loads(path.read_text())
    del manifest["checksum"]
    home = Manifest.read(folder)
    assert home is not None
    files = {
        name: (size, 0, sha256((home.home(folder) / name).read_bytes())) for name, (size, *_) in home.files.items()
    }
    path.write_text(json.dumps(manifest | {"files": files}))
    Archive(folder).close()
    catalogue = home.home(folder) / "catalogue.sqlite"
    data = bytearray(catalogue.read_bytes())
    data[-1] ^= 1
    catalogue.write_bytes(data)
    with pytest.raises(ArchiveError, match="not what was written"):
        Archive(folder)


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
