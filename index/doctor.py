"""DOOR: looks an archive through, and mends it from what is sound.

The catalogue is the record: vectors and words are made from it again. Where the catalogue itself is damaged, that of
the generation before takes its place.
"""

from __future__ import annotations

import contextlib
import sqlite3
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.build import recipe
from index.catalogue import Catalogue
from index.chunk import headed
from index.dense import Dense
from index.errors import ArchiveError
from index.intake import GROUP
from index.lexical import Lexical
from index.manifest import MANIFEST, Manifest, home_of
from index.writer import Writer

if TYPE_CHECKING:
    from pathlib import Path

    from index.embed import Embedder

CATALOGUE, VECTORS, WORDS = "catalogue.sqlite", "vectors.faiss", "words"


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with an archive.

    Attributes:
        part: "manifest", "catalogue", "vectors" or "words".
        told: what is wrong, in words.
    """

    part: str
    told: str


def examine(folder: Path) -> list[Fault]:
    """Reads every file of the archive and holds its indexes against the catalogue; no fault where all is well.

    Raises:
        ArchiveError: there is no archive.
    """
    try:
        manifest = Manifest.read(folder)
    except ArchiveError as error:
        return [Fault("manifest", str(error))]
    if manifest is None:
        if _remains(folder):
            return [Fault("manifest", "The manifest is missing, generations are there.")]
        raise ArchiveError(f"There is no archive in {folder}; make one with `rashomon add PATH`.")
    home = manifest.home(folder)
    damaged = manifest.newest.damaged(folder, thorough=True)
    faults = [Fault(_part(name), f"The file {name} {fault}.") for name, fault in damaged.items()]
    parts = {fault.part for fault in faults}
    if CATALOGUE not in damaged:
        unsound = _unsound(home / CATALOGUE)
        faults += [Fault("catalogue", told) for told in unsound]
        if not unsound:
            faults += [
                fault for part in ("vectors", "words") if part not in parts for fault in _disagreeing(part, home)
            ]
    return faults


def _disagreeing(part: str, home: Path) -> list[Fault]:
    """Whether an index holds other passages than the catalogue."""
    try:
        held = Dense.load(home / VECTORS).ids() if part == "vectors" else Lexical(home / WORDS).ids()
        with contextlib.closing(Catalogue(home / CATALOGUE)) as catalogue:
            ids = set(catalogue.passage_ids())
    except ArchiveError as error:
        return [Fault(part, str(error))]
    if held == ids:
        return []
    told = f"{len(ids - held)} passages are missing from the {part}, {len(held - ids)} are in none of the articles."
    return [Fault(part, told)]


def repair(folder: Path, embedder: Embedder) -> int:
    """Publishes a generation made anew from a sound catalogue; vectors that are sound are kept.

    Returns:
        How many articles it holds.

    Raises:
        ArchiveError: no catalogue is sound, or the archive was made with another recipe.
    """
    try:
        manifest = Manifest.read(folder)
    except ArchiveError:
        (folder / MANIFEST).replace(folder / f"{MANIFEST}.damaged")
        manifest = None
    source = _sound_catalogue(folder, manifest)
    dense = Dense.empty(embedder.dimension)
    with contextlib.suppress(ArchiveError):
        damaged = manifest.newest.damaged(folder, thorough=True) if manifest else {}
        if manifest and not any(_part(name) == "vectors" for name in damaged):
            dense = Dense.load(manifest.home(folder) / VECTORS)
    with Writer(folder, recipe=recipe(embedder), dimension=embedder.dimension) as writer:
        writer.restore(source, dense)
        catalogue = writer.writing
        known = dense.ids()
        missing: list[int] = []
        texts: list[str] = []
        for article in catalogue.articles():
            passages = catalogue.passages_of(article)
            for passage, text in zip(passages, headed(article, passages), strict=True):
                if passage.id not in known:
                    missing.append(passage.id)
                    texts.append(text)
            if len(missing) >= GROUP:
                dense.add(missing, embedder.documents(texts))
                missing, texts = [], []
        if missing:
            dense.add(missing, embedder.documents(texts))
        dense.remove(known - set(catalogue.passage_ids()))
        articles = catalogue.size()
        writer.publish()
    return articles


def _part(name: str) -> str:
    if name == CATALOGUE:
        return "catalogue"
    return "vectors" if name.startswith("vectors") else "words"


def _remains(folder: Path) -> list[Path]:
    """The generations that lie there, the newest first."""
    return sorted((folder / "generations").glob("[0-9]*"), reverse=True)


def _sound_catalogue(folder: Path, manifest: Manifest | None) -> Path:
    if manifest:
        for generation in filter(None, (manifest.newest, manifest.previous)):
            path = home_of(folder, generation.number) / CATALOGUE
            known = CATALOGUE not in generation.damaged(folder, thorough=True)
            if known and not _unsound(path):
                return path
    else:
        for home in _remains(folder):
            if not _unsound(home / CATALOGUE):
                return home / CATALOGUE
    raise ArchiveError(
        f"No catalogue of the archive {folder} is sound; restore it from a copy, or add the articles to a new archive."
    )


def _unsound(path: Path) -> list[str]:
    """What SQLite finds wrong with a catalogue."""
    try:
        with contextlib.closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as db:
            told = [row[0] for row in db.execute("PRAGMA integrity_check") if row[0] != "ok"]
            broken = db.execute("PRAGMA foreign_key_check").fetchall()
            db.execute("SELECT count(*) FROM articles").fetchone()
    except sqlite3.DatabaseError as error:
        return [f"The catalogue cannot be read ({error})."]
    return [f"The catalogue is damaged ({line})." for line in told[:3]] + [
        f"The catalogue's {table} point to what is not there." for table in sorted({row[0] for row in broken})
    ]
