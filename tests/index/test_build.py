"""Files to an archive: only what changed is done again, and what was saved stays."""

from __future__ import annotations

import contextlib
import json
import multiprocessing
import os
import random
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from index import build as building
from index import intake
from index.archive import Archive
from index.build import build, remove
from index.errors import ArchiveError
from index.intake import identify
from index.manifest import Manifest
from index.progress import Added, Failed, Found, Read, Related, Saved
from index.readers import Limits
from index.types import Document
from index.writer import Writer
from tests.fakes import HashEmbedder
from tests.index.making import add, agreeing, contents, row, saved, write_folder, write_rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from multiprocessing.connection import Connection

    import numpy as np
    from numpy.typing import NDArray

    from index.progress import Progress

ONE = "The mayor opened the new bridge on Monday. Thousands walked across it."
TWO = "The harbour froze over in a night. Nobody had seen it so since the flood."


class CountingEmbedder(HashEmbedder):
    """Counts the texts it was given."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def documents(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """The vectors, the texts having been noted."""
        self.texts += texts
        return super().documents(texts)


def texts(archive: Path) -> dict[str, str]:
    """The articles' texts by the file they are noted under, with their key."""
    with Archive(archive) as opened:
        return {f"{Path(a.path).name}#{a.key}": a.text for a in opened.catalogue.articles()}


def found_by_words(archive: Path, word: str) -> set[str]:
    with Archive(archive) as opened:
        held = opened.catalogue.found([i for i, _ in opened.lexical.search(word, 100)]).values()
        return {article.text for _, article in held}


@pytest.fixture
def news(tmp_path: Path) -> Path:
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "one.txt").write_text(ONE, encoding="utf-8")
    (folder / "two.txt").write_text(TWO, encoding="utf-8")
    return folder


def test_what_happens_is_told_and_ends_with_all_saved(tmp_path: Path, news: Path) -> None:
    (news / "table.csv2").write_text("x", encoding="utf-8")
    events = add(tmp_path / "a", news)
    names = [str(news / name) for name in ("one.txt", "two.txt")]
    assert events == [
        Found(2, {".csv2": 1}), Read(names[0], unchanged=False), Read(names[1], unchanged=False), Added(2, 2), Related(2, 2), Saved(2, 0)
    ]  # fmt: skip
    assert agreeing(tmp_path / "a") == {"articles": 2, "passages": 2, "sentences": 4, "statements": 0}


def test_the_title_stands_in_front_of_what_is_embedded(tmp_path: Path) -> None:
    embedder = CountingEmbedder()
    path = write_rows(tmp_path / "t.jsonl", {"title": "Bridge opens", "text": ONE}, {"text": TWO})
    list(build([path], folder=tmp_path / "a", embedder=embedder))
    assert embedder.texts[0] == f"Bridge opens\n{ONE}"
    assert embedder.texts[1].endswith(TWO)


def test_an_unchanged_file_is_not_read_again(tmp_path: Path, news: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    add(tmp_path / "a", news)
    before = Manifest.read(tmp_path / "a")
    monkeypatch.setattr(building, "read", lambda *_: (pytest.fail("an unchanged file was read") for _ in "x"))
    events = add(tmp_path / "a", news)
    assert [event.unchanged for event in events if isinstance(event, Read)] == [True, True]
    assert saved(events) == Saved(0, 0)
    assert Manifest.read(tmp_path / "a") == before


def test_a_file_that_is_only_touched_is_not_embedded_again(tmp_path: Path, news: Path) -> None:
    add(tmp_path / "a", news)
    os.utime(news / "one.txt", (0, 0))
    embedder = CountingEmbedder()
    list(build([news], folder=tmp_path / "a", embedder=embedder))
    assert embedder.texts == []


def test_a_changed_file_replaces_its_article_in_every_index(tmp_path: Path, news: Path) -> None:
    add(tmp_path / "a", news)
    (news / "one.txt").write_text("Snow buried the railway. Trains stood still for a week.", encoding="utf-8")
    assert saved(add(tmp_path / "a", news)) == Saved(1, 1)
    assert agreeing(tmp_path / "a") == {"articles": 2, "passages": 2, "sentences": 4, "statements": 0}
    assert found_by_words(tmp_path / "a", "bridge") == set()
    assert found_by_words(tmp_path / "a", "railway harbour") == set(texts(tmp_path / "a").values())
    with Archive(tmp_path / "a") as opened:
        assert opened.catalogue.passage_ids() == [2, 3]


def test_a_row_that_left_its_table_leaves_the_archive_and_a_new_one_comes_in(tmp_path: Path) -> None:
    path = write_rows(tmp_path / "t.jsonl", row(1), row(2), row(3))
    add(tmp_path / "a", path)
    write_rows(path, row(1), row(3), row(4))
    embedder = CountingEmbedder()
    events = list(build([path], folder=tmp_path / "a", embedder=embedder))
    assert saved(events) == Saved(1, 1)
    assert set(texts(tmp_path / "a").values()) == {row(n)["text"] for n in (1, 3, 4)}
    assert all(row(4)["title"] in text for text in embedder.texts)
    assert agreeing(tmp_path / "a")["articles"] == 3


def test_one_content_in_two_files_is_one_article_until_both_are_gone(tmp_path: Path, news: Path) -> None:
    (news / "copy.txt").write_text(ONE, encoding="utf-8")
    add(tmp_path / "a", news)
    assert agreeing(tmp_path / "a")["articles"] == 2
    (news / "copy.txt").write_text(TWO, encoding="utf-8")
    assert saved(add(tmp_path / "a", news)) == Saved(0, 0)
    assert agreeing(tmp_path / "a")["articles"] == 2
    (news / "one.txt").write_text(TWO, encoding="utf-8")
    assert saved(add(tmp_path / "a", news)) == Saved(0, 1)
    assert set(texts(tmp_path / "a").values()) == {TWO}
    assert agreeing(tmp_path / "a")["articles"] == 1


def test_two_files_may_change_places(tmp_path: Path, news: Path) -> None:
    add(tmp_path / "a", news)
    (news / "one.txt").write_text(TWO, encoding="utf-8")
    (news / "two.txt").write_text(ONE, encoding="utf-8")
    embedder = CountingEmbedder()
    events = list(build([news], folder=tmp_path / "a", embedder=embedder))
    assert (saved(events), embedder.texts) == (Saved(0, 0), [])
    with Archive(tmp_path / "a") as opened:
        held = {name: opened.catalogue.files.origins(str(news / name))[""] for name in ("one.txt", "two.txt")}
        assert {name: opened.catalogue.article(i).text for name, i in held.items()} == {"one.txt": TWO, "two.txt": ONE}  # type: ignore[union-attr]
    assert agreeing(tmp_path / "a")["articles"] == 2


def test_a_row_may_move_to_another_table(tmp_path: Path) -> None:
    first, second = tmp_path / "1.jsonl", tmp_path / "2.jsonl"
    add(tmp_path / "a", write_rows(first, row(1), row(2)))
    write_rows(first, row(1))
    add(tmp_path / "a", first, write_rows(second, row(2)))
    assert set(texts(tmp_path / "a").values()) == {row(1)["text"], row(2)["text"]}
    assert agreeing(tmp_path / "a")["articles"] == 2


def test_other_fields_make_another_article(tmp_path: Path) -> None:
    path = write_rows(tmp_path / "t.jsonl", row(1))
    add(tmp_path / "a", path)
    write_rows(path, row(1) | {"outlet": "Another Gazette"})
    assert saved(add(tmp_path / "a", path)) == Saved(1, 1)
    with Archive(tmp_path / "a") as opened:
        assert opened.catalogue.outlets() == {"Another Gazette": 1}


def test_an_id_is_made_of_text_and_fields_alone() -> None:
    ids = [
        identify(Document(path, key, text, fields))
        for path, key, text, fields in (
            ("/a", "", "words", {"title": "T", "outlet": "O"}), ("/b", "7", "words", {"outlet": "O", "title": "T"}),
            ("/a", "", "words ", {"title": "T", "outlet": "O"}), ("/a", "", "words", {"title": "T"}),
        )
    ]  # fmt: skip
    assert ids[0] == ids[1]
    assert len(set(ids)) == 3
    assert all(len(i) == 16 and int(i, 16) >= 0 for i in ids)


def test_a_bad_row_costs_itself_alone_and_the_file_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "t.jsonl"
    path.write_text(json.dumps(row(1)) + "\nno json\n" + json.dumps(row(2)) + "\n", encoding="utf-8")
    failed = [event for event in add(tmp_path / "a", path) if isinstance(event, Failed)]
    assert failed == [Failed(str(path), "line 2 is not JSON in UTF-8; correct or remove it")]
    assert agreeing(tmp_path / "a")["articles"] == 2
    write_rows(path, row(1), row(2), row(3))
    assert saved(add(tmp_path / "a", path)) == Saved(1, 0)


def test_a_file_that_became_unreadable_keeps_its_article(tmp_path: Path, news: Path) -> None:
    add(tmp_path / "a", news)
    (news / "one.txt").write_bytes(b"")
    events = add(tmp_path / "a", news)
    assert [event.path for event in events if isinstance(event, Failed)] == [str(news / "one.txt")]
    assert agreeing(tmp_path / "a")["articles"] == 2


def test_missing_and_huge_files_are_told_and_the_others_go_in(tmp_path: Path, news: Path) -> None:
    (news / "huge.txt").write_text("word " * 1000, encoding="utf-8")
    events = add(tmp_path / "a", news, news / "none.txt", limits=Limits(document=1000, unpacked=2000))
    assert {Path(event.path).name for event in events if isinstance(event, Failed)} == {"huge.txt", "none.txt"}
    assert agreeing(tmp_path / "a")["articles"] == 2


def test_an_article_that_is_a_headline_alone_is_kept_without_passages(tmp_path: Path) -> None:
    (tmp_path / "t.txt").write_text("Bridge talks fail again\n", encoding="utf-8")
    add(tmp_path / "a", tmp_path / "t.txt")
    assert agreeing(tmp_path / "a")["articles"] == 1


def test_adding_nothing_makes_an_archive_of_nothing_or_none(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert saved(add(tmp_path / "a", tmp_path / "empty")) == Saved(0, 0)


def test_removed_articles_are_gone_and_come_back_when_their_files_are_added(tmp_path: Path, news: Path) -> None:
    path = write_rows(tmp_path / "t.jsonl", row(1), row(2))
    add(tmp_path / "a", news, path)
    whole = contents(tmp_path / "a")
    expected = {question: sorted(hits) for question, hits in whole["hits"].items()}
    with Archive(tmp_path / "a") as opened:
        gone = [a.id for a in opened.catalogue.articles() if a.text in (ONE, row(1)["text"])]
    assert remove([*gone, "0" * 16], folder=tmp_path / "a", embedder=HashEmbedder()) == 2
    assert agreeing(tmp_path / "a")["articles"] == 2
    assert not {ONE, row(1)["text"]} & set(texts(tmp_path / "a").values())
    assert remove(gone, folder=tmp_path / "a", embedder=HashEmbedder()) == 0
    assert saved(add(tmp_path / "a", news, path)) == Saved(2, 0)
    again = contents(tmp_path / "a")
    assert again["articles"] == whole["articles"]
    assert {question: sorted(hits) for question, hits in again["hits"].items()} == expected


def test_an_emptied_archive_is_an_archive(tmp_path: Path, news: Path) -> None:
    add(tmp_path / "a", news)
    with Archive(tmp_path / "a") as opened:
        ids = [a.id for a in opened.catalogue.articles()]
    assert remove(ids, folder=tmp_path / "a", embedder=HashEmbedder()) == 2
    assert agreeing(tmp_path / "a") == {"articles": 0, "passages": 0, "sentences": 0, "statements": 0}
    assert all(hits == [] for hits in contents(tmp_path / "a")["hits"].values())


def test_a_line_counts_as_repeated_from_the_fifth_article_of_its_outlet_and_not_after_they_are_gone(
    tmp_path: Path,
) -> None:
    def article(n: int) -> dict[str, str]:
        body = f"The harbour of port number {n} was closed for the whole of last night because of the storm."
        return {"outlet": "Echo", "text": f"{body}\n\nThe Echo of Aldern and its valley"}

    def repeated(*numbers: int, name: str) -> list[int]:
        add(tmp_path / "a", write_rows(tmp_path / name, *map(article, numbers)))
        with Archive(tmp_path / "a") as opened:
            marked = [a.text for a in opened.catalogue.articles() if a.boilerplate]
        return [n for n in range(20) if article(n)["text"] in marked]

    assert repeated(*range(7), name="1.jsonl") == [5, 6]
    assert repeated(9, name="2.jsonl") == [5, 6, 9]
    repeated(0, name="1.jsonl")
    assert repeated(10, name="2.jsonl") == []


def test_two_ways_of_grouping_make_one_archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = write_folder(tmp_path / "news", 30)
    add(tmp_path / "one", folder)
    monkeypatch.setattr(intake, "GROUP", 3)
    monkeypatch.setattr(building, "SAVING", 0)
    add(tmp_path / "other", folder, save_every=0.0)
    assert contents(tmp_path / "other") == contents(tmp_path / "one")
    assert agreeing(tmp_path / "other") == agreeing(tmp_path / "one")


def test_a_large_file_is_saved_on_the_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake, "GROUP", 4)
    monkeypatch.setattr(building, "SAVING", 0)
    path = write_rows(tmp_path / "t.jsonl", *(row(n) for n in range(12)))
    events = add(tmp_path / "a", path, save_every=0.0)
    assert [event.articles for event in events if isinstance(event, Saved)][:3] == [4, 8, 12]
    assert agreeing(tmp_path / "a")["articles"] == 12


def test_saving_takes_a_tenth_of_the_time_at_most_however_long_it_takes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The clock moves by a second with each article that is embedded, and by five with each publication."""
    now = 0.0

    class Embedder(HashEmbedder):
        def documents(self, texts: Sequence[str]) -> NDArray[np.float32]:
            nonlocal now
            now += bool(texts)
            return super().documents(texts)

    def publish(writer: Writer) -> None:
        nonlocal now
        now += 5
        published(writer)

    published = Writer.publish
    monkeypatch.setattr(Writer, "publish", publish)
    monkeypatch.setattr(intake, "GROUP", 1)
    monkeypatch.setattr(building.time, "monotonic", lambda: now)
    path = write_rows(tmp_path / "t.jsonl", *(row(n) for n in range(130)))
    events = list(build([path], folder=tmp_path / "a", embedder=Embedder(), save_every=30))
    saved = [event.articles for event in events if isinstance(event, Saved)]
    assert saved == [31, 82, 130], "after thirty seconds, then after ten times five, then at the end"


def test_stopping_keeps_what_was_stored(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake, "GROUP", 5)
    folder = write_folder(tmp_path / "news", 30)
    events = build([folder], folder=tmp_path / "a", embedder=HashEmbedder())
    for event in events:
        if isinstance(event, Read) and event.path.endswith("0011.txt"):
            break
    events.close()  # type: ignore[attr-defined]
    assert agreeing(tmp_path / "a")["articles"] == 10
    add(tmp_path / "a", folder)
    add(tmp_path / "whole", folder)
    assert contents(tmp_path / "a") == contents(tmp_path / "whole")


class Interrupts(HashEmbedder):
    """Is interrupted at its second call."""

    calls = 0

    def documents(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """The vectors, or the interruption."""
        self.calls += 1
        if self.calls == 2:
            raise KeyboardInterrupt
        return super().documents(texts)


def test_an_interruption_while_embedding_keeps_what_was_stored(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake, "GROUP", 5)
    folder = write_folder(tmp_path / "news", 14)
    with pytest.raises(KeyboardInterrupt):
        list(build([folder], folder=tmp_path / "a", embedder=Interrupts()))
    assert agreeing(tmp_path / "a")["articles"] == 5
    add(tmp_path / "a", folder)
    add(tmp_path / "whole", folder)
    assert contents(tmp_path / "a") == contents(tmp_path / "whole")


@pytest.mark.parametrize("after", [0, 1, 7, 8])
def test_an_interruption_while_storing_never_publishes_half_an_article(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    folder = write_folder(tmp_path / "news", 14)
    add(tmp_path / "a", folder / "0000.txt")
    before = contents(tmp_path / "a")
    real, calls = building.Writer.add, iter(range(100))

    def interrupted(*arguments: object) -> None:
        if next(calls) == after:
            raise KeyboardInterrupt
        real(*arguments)  # type: ignore[arg-type]

    with monkeypatch.context() as patched:
        patched.setattr(building.Writer, "add", interrupted)
        with pytest.raises(KeyboardInterrupt):
            add(tmp_path / "a", folder)
    assert contents(tmp_path / "a") == before
    add(tmp_path / "a", folder)
    add(tmp_path / "whole", folder)
    assert contents(tmp_path / "a") == contents(tmp_path / "whole")


def test_a_full_disk_is_told_and_costs_nothing_that_was_saved(tmp_path: Path) -> None:
    """A limit on the size of a file stands for the disk."""
    news, more = write_folder(tmp_path / "news", 4), write_folder(tmp_path / "more", 200, seed=1)
    add(tmp_path / "a", news)
    before = contents(tmp_path / "a")
    code = (
        "import resource, sys; from pathlib import Path\n"
        "from index.errors import ArchiveError; from tests.index.making import add\n"
        "archive, more = map(Path, sys.argv[1:3])\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]),) * 2)\n"
        "try:\n    add(archive, more)\nexcept ArchiveError as error:\n    print(error)\n"
    )
    for limit in (10_000, 200_000, 400_000):
        ran = subprocess.run(
            [sys.executable, "-c", code, str(tmp_path / "a"), str(more), str(limit)],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert ran.returncode == 0, ran.stderr
        assert "could not be written" in ran.stdout
        assert contents(tmp_path / "a") == before


def _add_until_killed(archive: Path, path: Path, acknowledged: Connection) -> None:
    """Adds in small groups and says what is saved; for a process of its own."""
    intake.GROUP = 16
    building.SAVING = 0
    for event in build([path], folder=archive, embedder=HashEmbedder(), save_every=0.05):
        if isinstance(event, Saved):
            acknowledged.send(event.articles)


@pytest.mark.slow
def test_killed_at_a_hundred_moments_it_reopens_each_time_and_is_finished_by_adding_again(
    tmp_path: Path, shared: Path
) -> None:
    """Nothing that was said to be saved is lost, and the finished archive is the one that is built in one go."""
    path = shared / "newscluster" / "articles.jsonl.gz"
    add(tmp_path / "whole", path)
    with Archive(tmp_path / "whole") as opened:
        titles = [article.title or "" for article in opened.catalogue.articles()]
    random_ = random.Random(11)
    questions = random_.sample(titles, 50)
    processes = multiprocessing.get_context("forkserver")  # imports once, then forks
    processes.set_forkserver_preload(["tests.index.test_build"])
    kept, interrupted = 0, 0
    archive = tmp_path / "a"
    for _ in range(100):
        told, telling = processes.Pipe(duplex=False)
        process = processes.Process(target=_add_until_killed, args=(archive, path, telling))
        process.start()
        telling.close()
        process.join(random_.uniform(0.05, 0.5))
        interrupted += process.is_alive()
        process.kill()
        process.join()
        acknowledged = [0]
        with contextlib.suppress(EOFError):
            while True:
                acknowledged.append(told.recv())
        if not max(acknowledged) and not (archive / "manifest.json").exists():
            continue
        counts = agreeing(archive)
        assert counts["articles"] >= kept + max(acknowledged)
        kept = counts["articles"]
        if kept == len(titles):  # begin anew, so that every moment is one of adding
            shutil.rmtree(archive)
            kept = 0
    assert interrupted > 80
    add(archive, path)
    assert agreeing(archive) == agreeing(tmp_path / "whole")
    assert contents(archive, questions) == contents(tmp_path / "whole", questions)


def test_another_embedding_is_refused_before_anything_is_read(tmp_path: Path, news: Path) -> None:
    add(tmp_path / "a", news)

    class Other(HashEmbedder):
        fingerprint = "other:64"

    def events() -> Iterator[Progress]:
        return build([news], folder=tmp_path / "a", embedder=Other())

    with pytest.raises(ArchiveError, match="another embedding"):
        list(events())
    with pytest.raises(ArchiveError, match="another embedding"):
        remove(["x"], folder=tmp_path / "a", embedder=Other())
