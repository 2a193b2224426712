"""Changes of the archive, one at a time for the whole server: every tab sees the same one go on."""

from __future__ import annotations

import hashlib
import re
import threading
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import TYPE_CHECKING

import streamlit as st

from index.errors import ArchiveError, UsageError
from index.progress import Added, Failed, Found, Read, Related, Saved, Understood, Vanished
from ui.parts import counted, settings
from ui.work import Work

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from index.embed import Embedder
    from index.progress import Progress
    from index.statements.reader import StatementReader

UPLOADS = "uploads"
NAME_CHARACTERS = 100
MOST_FAILURES = 500

_UNFIT = re.compile(r"[^\w. ()-]+")


@dataclass(frozen=True, slots=True)
class Tools:
    """What a change of the archive takes."""

    embedder: Embedder
    reader: StatementReader


def open_tools() -> Tools:
    """Opens the tools by the settings of this machine."""
    from index.embed import open_embedder
    from index.statements.reader import StatementReader

    known = settings()
    return Tools(open_embedder(known.embedding, cache=known.cache), StatementReader())


@st.cache_resource(show_spinner=False)
def tools() -> Tools:
    """The tools, opened at the first change."""
    return open_tools()


@dataclass(slots=True)
class Tally:
    """How far a change has come. Written by the one thread that makes the change, read by every tab."""

    doing: str = "beginning"
    done: int = 0
    of: int | None = None
    articles: int = 0
    unchanged: int = 0
    skipped: dict[str, int] = field(default_factory=dict)
    gone: tuple[str, ...] = ()
    failures: list[tuple[str, str]] = field(default_factory=list)

    @property
    def share(self) -> float | None:
        """How much of this step is done, from 0 to 1, where that is known."""
        return min(self.done / self.of, 1.0) if self.of else None

    def take(self, event: Progress) -> None:
        """Counts one event."""
        match event:
            case Found(files, skipped):
                self._step("reading files", 0, files)
                self.skipped = skipped
            case Read(_, was_unchanged):
                self.done += 1
                self.unchanged += was_unchanged
            case Added(n, _):
                self.articles += n
            case Related(n, of):
                self._step("looking for copies and stories", n, of)
            case Understood(n, of):
                self._step("reading who said what", n, of)
            case Failed(path, reason):
                self.failures.append((path, reason))
            case Vanished(paths, _):
                self.gone = paths
            case Saved():
                pass

    def _step(self, doing: str, done: int, of: int) -> None:
        self.doing, self.done, self.of = doing, done, of

    def summary(self) -> str:
        """What came of it, in words."""
        parts = [f"{counted(self.articles, 'article')} added"]
        parts += [f"{counted(self.unchanged, 'file')} unchanged"] if self.unchanged else []
        parts += [f"{len(self.failures)} could not be read"] if self.failures else []
        parts += [f"{sum(self.skipped.values())} of no known kind passed over"] if self.skipped else []
        parts += [f"{counted(len(self.gone), 'file')} gone, whose articles stay"] if self.gone else []
        return ", ".join(parts)


class Desk:
    """The change that goes on, or went on last. Safe for several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._work: Work[str] | None = None
        self._tally = Tally()

    @property
    def work(self) -> Work[str] | None:
        """The change, whose result is a sentence."""
        return self._work

    @property
    def tally(self) -> Tally:
        """How far it has come."""
        return self._tally

    @property
    def busy(self) -> bool:
        """Whether a change goes on."""
        return self._work is not None and not self._work.done

    def begin(self, name: str, do: Callable[[Tally], str]) -> None:
        """Begins a change.

        Raises:
            UsageError: another one goes on.
        """
        with self._lock:
            if self.busy and self._work:
                raise UsageError(f"The archive is busy ({self._work.name}); wait until that is done.")
            tally = Tally()
            self._tally, self._work = tally, Work(name, lambda: do(tally))

    def clear(self) -> None:
        """Forgets a change that has ended."""
        with self._lock:
            if not self.busy:
                self._work = None


DESK = Desk()


def add(paths: Sequence[Path]) -> None:
    """Begins to add files and folders to the archive."""
    from index.build import build

    known = settings()

    def events() -> Iterator[Progress]:
        kit = tools()
        return build(paths, folder=known.archive, embedder=kit.embedder, reader=kit.reader, limits=known.limits())

    DESK.begin(f"adding {counted(len(paths), 'path')}", lambda tally: _follow(events, tally))


def _follow(events: Callable[[], Iterable[Progress]], tally: Tally) -> str:
    tally.doing = "starting the models"
    for event in events():
        tally.take(event)
        if len(tally.failures) > MOST_FAILURES:
            raise ArchiveError(
                f"More than {MOST_FAILURES} files could not be read, so adding was stopped; what was added stays. "
                "Choose another folder, or add this one with `rashomon add`."
            )
    return tally.summary()


def correct(article_id: str, changes: dict[str, str], told: str) -> None:
    """Begins to set what a person knows of an article."""
    from index.build import correct as set_fields

    folder = settings().archive

    def do(tally: Tally) -> str:
        tally.doing = "starting the models"
        kit = tools()
        tally.doing = "setting it"
        set_fields(article_id, changes, folder=folder, embedder=kit.embedder, reader=kit.reader)
        return told

    DESK.begin("correcting an article", do)


def remove(article_ids: Sequence[str]) -> None:
    """Begins to remove articles; their files stay."""
    from index.build import remove as take_out

    folder = settings().archive

    def do(tally: Tally) -> str:
        tally.doing = "removing"
        gone = take_out(article_ids, folder=folder, embedder=tools().embedder)
        return f"{counted(gone, 'article')} removed; the files stay, and adding them brings the articles back"

    DESK.begin("removing", do)


def keep(name: str, content: bytes, archive: Path) -> Path:
    """Writes an uploaded file into the archive's own folder, under a name that no other content has.

    Raises:
        ArchiveError: it cannot be written.
    """
    folder = archive / UPLOADS
    path = folder / safe_name(name)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if path.exists() and path.read_bytes() != content:
            digest = hashlib.blake2b(content, digest_size=4).hexdigest()
            path = path.with_name(f"{digest} {path.name}")
        path.write_bytes(content)
    except OSError as error:
        raise ArchiveError(f"The file {path} could not be written ({error.strerror}); free some space.") from error
    return path


def safe_name(name: str) -> str:
    """A file's name that stays in its folder, whatever it was called where it came from."""
    bare = _UNFIT.sub("_", PurePath(name.replace("\\", "/")).name).strip(". ")
    stem, dot, suffix = bare.rpartition(".")
    return f"{stem[:NAME_CHARACTERS]}{dot}{suffix[:12]}" if stem else bare[:NAME_CHARACTERS] or "file"
