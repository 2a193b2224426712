"""DOOR: files to an archive. Yields what happens; what was saved stays, whenever it is stopped."""

from __future__ import annotations

import os
import time
from collections import Counter
from itertools import chain
from typing import TYPE_CHECKING

from index.chunk import MOST_WORDS, chunk, headed
from index.dates import day
from index.errors import ArchiveError, UsageError
from index.intake import GROUP, KEEP_ALL, Intake, corrected, discard
from index.metadata import KEYS
from index.progress import Found, Understood, Vanished
from index.readers import Limits, fingerprint, read, walk
from index.relate import relate
from index.segment import segment
from index.statements.store import StatementStore
from index.writer import Writer

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from index.embed import Embedder
    from index.errors import UnreadableFileError
    from index.manifest import Recipe
    from index.progress import Progress
    from index.statements.reader import StatementReader
    from index.types import Document

SAVE_EVERY = 30.0
"""Seconds of work that a crash may cost: what is done is published at least this often."""
SAVING = 10
"""How many times as long as the last publication took is worked before the next: a large archive takes seconds."""
FEW = 100
"""Articles that one process understands sooner than several could start."""
MOST_PROCESSES = 8
UNDERSTOOD_TOGETHER = 2048
"""Articles whose statements are read between two publications."""


def recipe(embedder: Embedder) -> Recipe:
    """What decides whether two archives' contents can be searched as one."""
    return {"embedding": embedder.fingerprint, "passage words": MOST_WORDS}


def build(
    paths: Sequence[Path],
    *,
    folder: Path,
    embedder: Embedder,
    reader: StatementReader | None = None,
    limits: Limits | None = None,
    columns: Mapping[str, str] | None = None,
    others: Mapping[str, Iterable[Document | UnreadableFileError]] | None = None,
    keep_all: bool = False,
    prune: bool = False,
    save_every: float = SAVE_EVERY,
) -> Iterator[Progress]:
    """Adds files and the files in folders to the archive in `folder`; an unchanged file is not read again.

    Args:
        paths: files and folders.
        folder: the archive's; made where it is not there.
        embedder: gives the passages their vectors.
        reader: reads who said what, once the articles are in; without one that is left for later.
        limits: what one file may cost.
        columns: for tables, the column that holds a field, where its name does not tell.
        others: documents that come from no file (standard input, an address), by name.
        keep_all: mark nothing as boilerplate.
        prune: remove the articles of files that were added from these paths and are gone.
        save_every: seconds of work that a crash may cost; more where a publication takes more than a tenth of that.

    Closing the generator, or an error, saves what is stored by then.

    Raises:
        ArchiveError: the archive cannot be written, or was made with another recipe.
    """
    skipped: Counter[str] = Counter()
    files = list(walk(paths, skipped))
    others = others or {}
    yield Found(len(files) + len(others), dict(skipped))
    with Writer(folder, recipe=recipe(embedder), dimension=embedder.dimension) as writer:
        work = Intake(writer, embedder, keep_all=keep_all)
        of_files = (
            work.take(str(p.absolute()), read(p, limits, columns), fingerprint(p, limits or Limits())) for p in files
        )
        of_others = (work.take(name, documents, None) for name, documents in others.items())
        saved_at, wait = time.monotonic(), save_every
        try:
            for event in chain.from_iterable(chain(of_files, of_others)):
                yield event
                if (begun := time.monotonic()) - saved_at > wait:
                    yield from work.save()
                    saved_at = time.monotonic()
                    wait = max(save_every, SAVING * (saved_at - begun))
            yield from work.flush()
            yield from _vanished(paths, writer, prune=prune)
            yield from relate(writer)
            yield from work.save()
            if reader:
                yield from read_statements(writer, reader)
        except ArchiveError:  # what could not be written may be half of it
            raise
        except BaseException:
            if work.whole:  # what is stored whole stays, whoever or whatever stopped us
                writer.publish()
            raise


def _vanished(paths: Sequence[Path], writer: Writer, *, prune: bool) -> Iterator[Progress]:
    """Tells which files that were added from these paths are gone; removes their articles when asked to."""
    known = writer.reading.files.under([str(path.absolute()) for path in paths])
    gone = tuple(path for path in known if not os.path.lexists(path))
    if gone and prune:
        files = writer.writing.files
        articles = {article for path in gone for article in files.origins(path).values()}
        for path in gone:
            files.forget(path)
        discard(writer, files.orphans(articles))
    if gone:
        yield Vanished(gone, removed=prune)


def read_statements(writer: Writer, reader: StatementReader) -> Iterator[Progress]:
    """Reads the statements of every article in which they were not read yet, and publishes them."""
    unread = StatementStore(writer.reading).unread()
    processes = min(os.cpu_count() or 1, MOST_PROCESSES) if len(unread) > FEW else 1
    for start in range(0, len(unread), UNDERSTOOD_TOGETHER):
        catalogue = writer.writing
        articles = [article for i in unread[start : start + UNDERSTOOD_TOGETHER] if (article := catalogue.article(i))]
        pairs = ((article, catalogue.sentences(article)) for article in articles)
        for done, statements in enumerate(reader.read_many(pairs, processes)):
            StatementStore(catalogue).put({articles[done].id: statements})
            if not (done + 1) % GROUP:
                yield Understood(start + done + 1, len(unread))
        writer.publish()
        yield Understood(start + len(articles), len(unread))


def remove(article_ids: Sequence[str], *, folder: Path, embedder: Embedder) -> int:
    """Removes articles from the archive; adding their files again brings them back.

    Returns:
        How many were there.
    """
    with Writer(folder, recipe=recipe(embedder), dimension=embedder.dimension) as writer:
        there = [i for i in article_ids if writer.reading.article(i)]
        writer.writing.files.reopen_files(there)
        discard(writer, there)
        _settle(writer)
    return len(there)


def correct(
    article_id: str, changes: Mapping[str, str], *, folder: Path, embedder: Embedder, reader: StatementReader
) -> None:
    """Sets what a person knows of an article: fields, or under `KEEP_ALL` that nothing of it is boilerplate.

    An empty value takes a correction back for the next time that the article is read from its file. Corrections
    belong to the place the article came from, so they survive when it is added again.

    Raises:
        UsageError: there is no such article, or no such field.
    """
    if unknown := sorted(changes.keys() - {*KEYS, KEEP_ALL}):
        raise UsageError(f"There is no field {unknown[0]}; there are {', '.join(KEYS)}.")
    if published := changes.get("published"):
        if not (known := day(published)):
            raise UsageError("A day is written as 2026-03-31.")
        changes = {**changes, "published": known}
    with Writer(folder, recipe=recipe(embedder), dimension=embedder.dimension) as writer:
        before = writer.reading.article(article_id)
        if before is None:
            raise UsageError(f"The archive holds no article {article_id}; `rashomon list` shows what it holds.")
        places = writer.reading.files.places(article_id)
        for path, key in places:
            writer.writing.files.put_corrections(path, key, changes)
        article = corrected(before, changes)
        title = article.evidence.get("title")
        sentences = segment(article.id, article.text, article.boilerplate, title.span if title else None)
        passages = chunk(article, sentences)
        vectors = embedder.documents(headed(article, passages))
        writer.remove([article_id])
        writer.add(article, sentences, passages, vectors)
        for path, key in places:
            writer.writing.files.put_origin(path, key, article_id)
        _settle(writer)
        for _ in read_statements(writer, reader):
            continue


def _settle(writer: Writer) -> None:
    """Relates what is new, mends what a removal broke, and publishes."""
    for _ in relate(writer):
        continue
    writer.publish()
