"""The manifest: which generation of an archive counts, what it was made with, and its files."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from index.errors import ArchiveError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

FORMAT = 1
MANIFEST = "manifest.json"
XXH3 = "xxh3:"
MEND = "`rashomon doctor --repair` mends what can be mended; else restore it from a copy, or add the articles anew."

Recipe = dict[str, str | int]
"""What an archive was made with: models, chunking, versions. Two recipes fit where they are equal."""


@dataclass(frozen=True, slots=True)
class Generation:
    """A generation's number, and its files as (size in bytes, modification time in ns, hash) by name."""

    number: int
    files: Mapping[str, tuple[int, int, str]]

    @classmethod
    def read(cls, raw: dict[str, Any]) -> Generation:
        """What `body` gave."""
        files = {name: (int(size), int(time), str(known)) for name, (size, time, known) in raw["files"].items()}
        return cls(int(raw["generation"]), files)

    def body(self) -> dict[str, Any]:
        """As it stands in the manifest."""
        return {"generation": self.number, "files": dict(self.files)}

    def home(self, folder: Path) -> Path:
        """Where the generation lies."""
        return home_of(folder, self.number)

    def damaged(self, folder: Path, *, thorough: bool = False) -> dict[str, str]:
        """What is wrong with files, by name; a file whose size and time are as published is not read again.

        Args:
            folder: the archive's.
            thorough: read every file.
        """
        found: dict[str, str] = {}
        for name, (size, time, known) in self.files.items():
            path = self.home(folder) / name
            try:
                stat = path.stat()
                trusted = stat.st_mtime_ns == time and not thorough
                if stat.st_size != size or not (trusted or _is(path, known)):
                    found[name] = "is not what was written"
            except OSError:
                found[name] = "is missing or closed to you"
        return found


@dataclass(frozen=True, slots=True)
class Manifest:
    """Which generation counts, what the archive was made with, and the generation before, where it is kept."""

    newest: Generation
    recipe: Recipe
    previous: Generation | None = None

    @classmethod
    def read(cls, folder: Path) -> Manifest | None:
        """The manifest of the archive in `folder`; None where there is no archive.

        Raises:
            ArchiveError: there is one that cannot be read, or of another format.
        """
        try:
            raw: dict[str, Any] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
            checksum = raw.pop("checksum", None)
            if raw["format"] != FORMAT:
                raise ArchiveError(
                    f"The archive {folder} has format {raw['format']}, this program reads {FORMAT}; "
                    "add the articles to a new archive."
                )
            if checksum in (_checksum(raw), None):  # the first manifests had none
                previous = raw.get("previous")
                return cls(Generation.read(raw), dict(raw["recipe"]), Generation.read(previous) if previous else None)
        except FileNotFoundError:
            return None
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise ArchiveError(f"The manifest of the archive {folder} cannot be read; {MEND}") from error
        raise ArchiveError(f"The manifest of the archive {folder} is damaged; {MEND}")

    def write(self, folder: Path) -> None:
        """Makes this the archive's manifest, in one step."""
        previous = self.previous.body() if self.previous else None
        body = {"format": FORMAT, "recipe": self.recipe, **self.newest.body(), "previous": previous}
        staged = folder / f"{MANIFEST}.new"
        staged.write_text(json.dumps({**body, "checksum": _checksum(body)}, indent=1), encoding="utf-8")
        sync(staged)
        staged.replace(folder / MANIFEST)
        sync(folder)

    @property
    def generation(self) -> int:
        """The number of the generation that counts."""
        return self.newest.number

    @property
    def files(self) -> Mapping[str, tuple[int, int, str]]:
        """The files of the generation that counts."""
        return self.newest.files

    def home(self, folder: Path) -> Path:
        """Where the generation that counts lies."""
        return self.newest.home(folder)

    def verify(self, folder: Path) -> None:
        """Holds the files of the generation that counts against the manifest.

        Raises:
            ArchiveError: a file is missing, or not what was published.
        """
        for name, fault in self.newest.damaged(folder).items():
            raise ArchiveError(f"The archive {folder} is damaged ({name} {fault}); {MEND}")


def _checksum(body: Mapping[str, Any]) -> str:
    """Of a manifest's body, so that no damaged word of it is believed."""
    return hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()


def home_of(folder: Path, generation: int) -> Path:
    """Where a generation lies."""
    return folder / "generations" / f"{generation:08d}"


def hash_of(path: Path) -> str:
    """A hash of a file that tells damage: XXH3 with 128 bits, eight times as fast as one that tells forgery."""
    import xxhash

    with path.open("rb") as file:
        return f"{XXH3}{hashlib.file_digest(file, xxhash.xxh3_128).hexdigest()}"


def _is(path: Path, known: str) -> bool:
    """Whether a file has this hash; the first archives were written with SHA-256."""
    if known.startswith(XXH3):
        return hash_of(path) == known
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest() == known


def link(source: Path, target: Path) -> None:
    """Carries a file that never changes into another generation; copies it where links are not to be had."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def sync(path: Path) -> None:
    """Waits until the disk has it."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
