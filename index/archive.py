"""An archive: a folder of immutable generations, of which the manifest names the one that counts.

    archive/
      manifest.json            format, generation, recipe, and size, time and hash of each file
      writer.lock              held by the one writer
      generations/00000007/    catalogue.sqlite   vectors.faiss   words/

A reader opens a generation and keeps it, whatever is published meanwhile. A writer copies the last generation, changes
the copy, makes it durable, and swaps the manifest in one step: killed at any moment, it leaves the archive as it was.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from index.catalogue import Catalogue
from index.copies.store import CopyStore
from index.dense import Dense
from index.errors import ArchiveError
from index.lexical import Lexical
from index.manifest import Manifest
from index.pages import Pages
from index.statements.store import StatementStore
from index.stories.store import StoryStore

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType


class Archive:
    """A reader of one generation, held until it is closed. Safe for several threads."""

    def __init__(self, folder: Path) -> None:
        """Opens what was published last.

        Raises:
            ArchiveError: there is no archive, or it is damaged, or of another format.
        """
        self.folder = folder
        self.pages = Pages(folder)
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
        self.copies = CopyStore(self.catalogue)
        self.stories = StoryStore(self.catalogue)
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
