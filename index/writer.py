"""The one writer of an archive: works on a copy of the last generation and publishes it in one step."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import socket
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Self

from filelock import FileLock, Timeout

from index.catalogue import Catalogue
from index.dense import Dense
from index.errors import ArchiveError, OldArchiveError
from index.lexical import Lexical
from index.manifest import Generation, Manifest, Recipe, hash_of, home_of, link, sync
from index.pages import Pages

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from pathlib import Path
    from types import TracebackType

    import numpy as np
    from numpy.typing import NDArray

    from index.types import Article, Passage, Sentence


@dataclass(slots=True)
class _Draft:
    """A generation in the making."""

    home: Path
    catalogue: Catalogue
    dense: Dense
    added: dict[str, None] = field(default_factory=dict)  # article ids, in order
    removed: list[int] = field(default_factory=list)
    gone: set[str] = field(default_factory=set)
    restored: bool = False


class Writer:
    """The one writer of an archive, for as long as its `with` block lasts. What is not published is dropped."""

    def __init__(self, folder: Path, *, recipe: Recipe, dimension: int) -> None:
        self._folder = folder
        self.pages = Pages(folder)
        self._recipe = recipe
        self._dimension = dimension
        self._lock = FileLock(folder / "writer.lock")
        self._manifest: Manifest | None = None
        self._draft: _Draft | None = None
        self._before: Catalogue | None = None

    def __enter__(self) -> Self:
        """Takes the lock.

        Raises:
            ArchiveError: someone else writes, the folder cannot be written, or the archive has another recipe.
        """
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._lock.acquire(timeout=0)
        except Timeout as error:
            raise ArchiveError(f"The archive is being written by {self._holder()}; wait until it is done.") from error
        except OSError as error:
            raise ArchiveError(f"The archive {self._folder} cannot be written: {error.strerror}.") from error
        try:
            self._begin()
        except BaseException:
            self._lock.release()
            raise
        return self

    def _begin(self) -> None:
        holder = {
            "process": os.getpid(),
            "host": socket.gethostname(),
            "since": datetime.now(UTC).isoformat("T", "seconds"),
        }
        (self._folder / "writer.json").write_text(json.dumps(holder), encoding="utf-8")
        self._manifest = Manifest.read(self._folder)
        self._clear()
        if self._manifest and self._manifest.recipe != self._recipe:
            theirs, ours = self._manifest.recipe, self._recipe
            parts = ", ".join(sorted(k for k in {*theirs, *ours} if theirs.get(k) != ours.get(k)))
            raise ArchiveError(
                f"The archive {self._folder} was made with another {parts}; "
                "use the settings it was made with, or add the articles to a new archive."
            )

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._draft:
            self._draft.catalogue.close()
            self._draft = None
        self._close_before()
        self._clear()
        self._lock.release()

    def _close_before(self) -> None:
        if self._before:
            self._before.close()
            self._before = None

    def _holder(self) -> str:
        try:
            holder = json.loads((self._folder / "writer.json").read_text(encoding="utf-8"))
            return f"process {holder['process']} on {holder['host']} since {holder['since']}"
        except (OSError, ValueError, KeyError):
            return "another process"

    @property
    def reading(self) -> Catalogue:
        """The record as it stands, changes not yet published among it; not for writing."""
        if self._draft or not self._manifest:
            return self._open().catalogue
        if self._before is None:
            self._manifest.verify(self._folder)
            try:
                self._before = Catalogue(self._manifest.home(self._folder) / "catalogue.sqlite")
            except OldArchiveError:
                return self._open().catalogue  # a copy that is opened for writing is brought up to date
        return self._before

    @property
    def writing(self) -> Catalogue:
        """The record as it will be published; articles go in and out through `add` and `remove`."""
        return self._open().catalogue

    @property
    def dense(self) -> Dense:
        """The vectors as they will be published; for reading."""
        return self._open().dense

    @property
    def changed(self) -> bool:
        """Whether there is something to publish."""
        return self._draft is not None

    def _open(self) -> _Draft:
        """The generation in the making, copied from the last one at the first change."""
        if self._draft is None:
            self._close_before()
            try:
                self._draft = self._copy()
            except OSError as error:
                raise self._unwritten(error) from error
        return self._draft

    def _next(self) -> int:
        """A number that no generation has, neither the last one nor a remainder."""
        remains = [int(home.name) for home in (self._folder / "generations").glob("[0-9]*")]
        return max([self._manifest.generation if self._manifest else 0, *remains]) + 1

    def _copy(self) -> _Draft:
        home = home_of(self._folder, self._next())
        (home / "words").mkdir(parents=True)
        dense = Dense.empty(self._dimension)
        if self._manifest:
            before = self._manifest.home(self._folder)
            self._manifest.verify(self._folder)
            shutil.copyfile(before / "catalogue.sqlite", home / "catalogue.sqlite")
            dense = Dense.load(before / "vectors.faiss")
            for file in (before / "words").iterdir():
                _carry(file, home / "words" / file.name)
        return _Draft(home, Catalogue(home / "catalogue.sqlite", write=True), dense)

    def add(
        self,
        article: Article,
        sentences: Sequence[Sentence],
        passages: Sequence[Passage],
        vectors: NDArray[np.float32],
    ) -> None:
        """Adds an article; `vectors` are those of its passages, `(len(passages), dimension)`."""
        draft = self._open()
        stored = draft.catalogue.put(article, sentences, passages)
        draft.dense.add([passage.id for passage in stored], vectors)
        draft.added[article.id] = None

    def remove(self, article_ids: Collection[str]) -> None:
        """Removes articles from every index."""
        if article_ids:
            draft = self._open()
            gone = draft.catalogue.remove(article_ids)
            draft.dense.remove(gone)
            for article_id in article_ids:
                draft.added.pop(article_id, None)
            draft.removed += gone
            draft.gone.update(article_ids)

    def restore(self, catalogue: Path, dense: Dense) -> None:
        """Begins a generation from this catalogue and these vectors; the words of every article go in anew."""
        home = home_of(self._folder, self._next())
        try:
            (home / "words").mkdir(parents=True)
            shutil.copyfile(catalogue, home / "catalogue.sqlite")
        except OSError as error:
            raise self._unwritten(error) from error
        restored = Catalogue(home / "catalogue.sqlite", write=True)
        added = dict.fromkeys(restored.ids())
        self._draft = _Draft(home, restored, dense, added=added, restored=True)

    def publish(self) -> None:
        """Makes all changes durable and visible, in one step; nothing happens where there are none.

        Raises:
            ArchiveError: the disk is full or cannot be written; the archive stays as it was.
        """
        draft = self._draft
        if draft is None:
            return
        try:
            gone = draft.gone - draft.catalogue.outlets_of(draft.gone).keys()
            draft.catalogue.commit()
            Lexical(draft.home / "words").write(_worded(draft), draft.removed)
            draft.catalogue.close()
            draft.dense.save(draft.home / "vectors.faiss")
            paths = sorted(p for p in draft.home.rglob("*") if p.is_file() and not p.name.endswith(".lock"))
            with ThreadPoolExecutor() as pool:  # the disk and the hash wait for each other else
                files = dict(pool.map(partial(self._written, draft.home), paths))
            for path in (draft.home / "words", draft.home, draft.home.parent):
                sync(path)
            before = self._manifest.newest if self._manifest and not draft.restored else None
            manifest = Manifest(Generation(int(draft.home.name), files), self._recipe, before)
            manifest.write(self._folder)
        except (OSError, RuntimeError, ValueError) as error:
            raise self._unwritten(error) from error
        self._manifest, self._draft = manifest, None
        self._clear()
        self.pages.remove(gone)

    def _unwritten(self, error: Exception) -> ArchiveError:
        return ArchiveError(
            f"The archive {self._folder} could not be written ({error}); it stays as it was before. "
            "Free some space or choose another folder with --archive."
        )

    def _written(self, home: Path, path: Path) -> tuple[str, tuple[int, int, str]]:
        """Waits until the disk has a file; its name, and what the manifest says of it."""
        sync(path)
        stat = path.stat()
        name = path.relative_to(home).as_posix()
        return name, (stat.st_size, stat.st_mtime_ns, self._known(name, stat.st_mtime_ns) or hash_of(path))

    def _known(self, name: str, time: int) -> str | None:
        """The hash of a file that was carried over as it was."""
        size_time_digest = self._manifest.files.get(name) if self._manifest else None
        return size_time_digest[2] if size_time_digest and size_time_digest[1] == time else None

    def _clear(self) -> None:
        """Drops every generation but the one that counts and the one before; who holds one keeps its open files."""
        if not self._manifest:
            return  # a manifest that was lost must not cost the generations it named
        kept = {g.home(self._folder) for g in (self._manifest.newest, self._manifest.previous) if g}
        with contextlib.suppress(FileNotFoundError):
            for home in (self._folder / "generations").iterdir():
                if home not in kept:
                    shutil.rmtree(home, ignore_errors=True)


def _worded(draft: _Draft) -> Iterator[tuple[Passage, str]]:
    """The passages that were added, read back one article at a time, so that memory stays flat; with their titles."""
    for article_id in draft.added:
        article = draft.catalogue.article(article_id)
        assert article is not None, "what was removed is no longer among the added"
        yield from ((passage, article.title or "") for passage in draft.catalogue.passages_of(article))


def _carry(source: Path, target: Path) -> None:
    """Links a segment file, which never changes; copies what tantivy rewrites, and where links are not to be had."""
    if source.name.endswith(".lock"):
        return
    if source.suffix != ".json":
        link(source, target)
    else:
        shutil.copyfile(source, target)
