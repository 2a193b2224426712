"""An archive: a folder of immutable generations, of which the manifest names the one that counts.

    archive/
      manifest.json            format, generation, recipe, and size, time and hash of each file
      writer.lock              held by the one writer
      generations/00000007/    catalogue.sqlite   vectors.faiss   words/

A reader opens a generation and keeps it, whatever is published meanwhile. A writer copies the last generation, changes
the copy, makes it durable, and swaps the manifest in one step: killed at any moment, it leaves the archive as it was.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import socket
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Self

from filelock import FileLock, Timeout

from index.catalogue import Catalogue
from index.dense import Dense
from index.errors import ArchiveError, OldArchiveError
from index.lexical import Lexical
from index.statements.store import StatementStore

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from pathlib import Path
    from types import TracebackType

    import numpy as np
    from numpy.typing import NDArray

    from index.types import Article, Passage, Sentence

FORMAT = 1

Recipe = dict[str, str | int]
"""What an archive was made with: models, chunking, versions. Two recipes fit where they are equal."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """Which generation counts, what it was made with, and its files as (size, modification time in ns, SHA-256)."""

    generation: int
    recipe: Recipe
    files: Mapping[str, tuple[int, int, str]]
    format: int = FORMAT

    @classmethod
    def read(cls, folder: Path) -> Manifest | None:
        """The manifest of the archive in `folder`; None where there is no archive.

        Raises:
            ArchiveError: there is one that cannot be read, or of another format.
        """
        try:
            raw: dict[str, Any] = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
            if raw["format"] != FORMAT:
                raise ArchiveError(
                    f"The archive {folder} has format {raw['format']}, this program reads {FORMAT}; "
                    "add the articles to a new archive."
                )
            files = {name: (int(size), int(time), str(digest)) for name, (size, time, digest) in raw["files"].items()}
            return cls(generation=int(raw["generation"]), recipe=dict(raw["recipe"]), files=files)
        except FileNotFoundError:
            return None
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise ArchiveError(
                f"The manifest of the archive {folder} cannot be read; restore it from a copy, or add the articles "
                "to a new archive."
            ) from error

    def write(self, folder: Path) -> None:
        """Makes this the archive's manifest, in one step."""
        body = {"format": FORMAT, "generation": self.generation, "recipe": self.recipe, "files": self.files}
        staged = folder / "manifest.json.new"
        staged.write_text(json.dumps(body, indent=1), encoding="utf-8")
        _sync(staged)
        staged.replace(folder / "manifest.json")
        _sync(folder)

    def home(self, folder: Path) -> Path:
        """Where the generation lies."""
        return _home(folder, self.generation)

    def verify(self, folder: Path, *, thorough: bool = False) -> None:
        """Holds the files against the manifest; one whose size and time are as published is not read again.

        Raises:
            ArchiveError: a file is missing, or not what was published.
        """
        home = self.home(folder)
        for name, (size, time, digest) in self.files.items():
            try:
                stat = (home / name).stat()
            except OSError as error:
                raise ArchiveError(
                    f"The archive {folder} is damaged ({name} is missing or closed to you); "
                    "restore it from a copy, or add the articles to a new archive."
                ) from error
            untouched = stat.st_mtime_ns == time and not thorough
            if stat.st_size != size or not (untouched or _digest(home / name) == digest):
                raise ArchiveError(
                    f"The archive {folder} is damaged ({name} is not what was written); "
                    "restore it from a copy, or add the articles to a new archive."
                )


class Archive:
    """A reader of one generation, held until it is closed. Safe for several threads."""

    def __init__(self, folder: Path) -> None:
        """Opens what was published last.

        Raises:
            ArchiveError: there is no archive, or it is damaged, or of another format.
        """
        self.folder = folder
        self.manifest = self._newest()
        while True:
            try:
                self._open()
            except ArchiveError:
                if not self.stale:
                    raise
            else:
                if not self.stale:
                    return
                self.close()
            # A writer published and cleared while the files were being opened: what was read may be half of it.
            self.manifest = self._newest()

    def _newest(self) -> Manifest:
        manifest = Manifest.read(self.folder)
        if manifest is None:
            raise ArchiveError(f"There is no archive in {self.folder}; make one with `rashomon add PATH`.")
        return manifest

    def _open(self) -> None:
        self.manifest.verify(self.folder)
        home = self.manifest.home(self.folder)
        self.catalogue = Catalogue(home / "catalogue.sqlite")
        self.statements = StatementStore(self.catalogue)
        try:
            self.dense = Dense.load(home / "vectors.faiss")
            self.lexical = Lexical(home / "words")
        except BaseException:
            self.close()
            raise

    @property
    def stale(self) -> bool:
        """Whether a newer generation was published."""
        now = Manifest.read(self.folder)
        return now is not None and now.generation != self.manifest.generation

    def close(self) -> None:
        """Lets go of the files."""
        self.catalogue.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


@dataclass(slots=True)
class _Draft:
    """A generation in the making."""

    home: Path
    catalogue: Catalogue
    dense: Dense
    added: list[tuple[Passage, str]] = field(default_factory=list)
    removed: list[int] = field(default_factory=list)


class Writer:
    """The one writer of an archive, for as long as its `with` block lasts. What is not published is dropped."""

    def __init__(self, folder: Path, *, recipe: Recipe, dimension: int) -> None:
        self._folder = folder
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
        home = _home(self._folder, self._next())
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
        draft.added += [(passage, article.title or "") for passage in stored]

    def remove(self, article_ids: Collection[str]) -> None:
        """Removes articles from every index."""
        if article_ids:
            draft = self._open()
            gone = draft.catalogue.remove(article_ids)
            draft.dense.remove(gone)
            unwritten = set(gone)
            draft.added = [(passage, title) for passage, title in draft.added if passage.id not in unwritten]
            draft.removed += gone

    def publish(self) -> None:
        """Makes all changes durable and visible, in one step; nothing happens where there are none.

        Raises:
            ArchiveError: the disk is full or cannot be written; the archive stays as it was.
        """
        draft = self._draft
        if draft is None:
            return
        try:
            draft.catalogue.commit()
            draft.catalogue.close()
            draft.dense.save(draft.home / "vectors.faiss")
            Lexical(draft.home / "words").write(draft.added, draft.removed)
            files = {}
            for path in sorted(p for p in draft.home.rglob("*") if p.is_file() and not p.name.endswith(".lock")):
                _sync(path)
                stat = path.stat()
                name = path.relative_to(draft.home).as_posix()
                files[name] = (
                    stat.st_size,
                    stat.st_mtime_ns,
                    self._known(name, stat.st_mtime_ns) or _digest(path),
                )
            for path in (draft.home / "words", draft.home, draft.home.parent):
                _sync(path)
            generation = int(draft.home.name)
            manifest = Manifest(generation=generation, recipe=self._recipe, files=files)
            manifest.write(self._folder)
        except (OSError, RuntimeError, ValueError) as error:
            raise self._unwritten(error) from error
        self._manifest, self._draft = manifest, None
        self._clear()

    def _unwritten(self, error: Exception) -> ArchiveError:
        return ArchiveError(
            f"The archive {self._folder} could not be written ({error}); it stays as it was before. "
            "Free some space or choose another folder with --archive."
        )

    def _known(self, name: str, time: int) -> str | None:
        """The hash of a file that was carried over as it was."""
        size_time_digest = self._manifest.files.get(name) if self._manifest else None
        return size_time_digest[2] if size_time_digest and size_time_digest[1] == time else None

    def _clear(self) -> None:
        """Drops every generation but the one that counts; who holds an older one keeps its open files."""
        if not self._manifest:
            return  # a manifest that was lost must not cost the generations it named
        counts = self._manifest.home(self._folder)
        with contextlib.suppress(FileNotFoundError):
            for home in (self._folder / "generations").iterdir():
                if home != counts:
                    shutil.rmtree(home, ignore_errors=True)


def _home(folder: Path, generation: int) -> Path:
    return folder / "generations" / f"{generation:08d}"


def _carry(source: Path, target: Path) -> None:
    """Links a segment file, which never changes; copies what tantivy rewrites, and where links are not to be had."""
    if source.name.endswith(".lock"):
        return
    if source.suffix != ".json":
        try:
            os.link(source, target)
        except OSError:
            shutil.copy2(source, target)
    else:
        shutil.copyfile(source, target)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _sync(path: Path) -> None:
    """Waits until the disk has it."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
