"""DOOR: files to an archive. Yields what happens; what was saved stays, whenever it is stopped."""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.archive import Recipe, Writer
from index.chunk import MOST_WORDS, chunk
from index.clean import REPEATS, lines, mark
from index.errors import UnreadableFileError
from index.metadata import credit_lines, find
from index.readers import Limits, read, walk
from index.segment import segment
from index.statement_store import StatementStore
from index.types import Article, Document

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from index.embed import Embedder
    from index.statements import StatementReader
    from index.types import Passage, Sentence

SAVE_EVERY = 30.0
"""Seconds of work that a crash may cost: what is done is published at least this often."""
FEW = 100
"""Articles that one process understands sooner than several could start."""
MOST_PROCESSES = 8
UNDERSTOOD_TOGETHER = 2048
"""Articles whose statements are read between two publications."""
GROUP = 64
"""Articles embedded together, so that texts of like length share a batch."""


@dataclass(frozen=True, slots=True)
class Found:
    """How many files there are to read, and how many in the folders are of no known kind, by suffix."""

    files: int
    skipped: dict[str, int]


@dataclass(frozen=True, slots=True)
class Read:
    """One more file is done, or found unchanged."""

    path: str
    unchanged: bool


@dataclass(frozen=True, slots=True)
class Failed:
    """A file, or one article of it, could not be read."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class Added:
    """Articles that went in; they are safe once `Saved` follows."""

    articles: int
    passages: int


@dataclass(frozen=True, slots=True)
class Saved:
    """All that was added so far is in the archive for good."""

    articles: int
    replaced: int


@dataclass(frozen=True, slots=True)
class Understood:
    """Articles whose statements were read, of how many."""

    articles: int
    of: int


Progress = Found | Read | Failed | Added | Saved | Understood


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
    save_every: float = SAVE_EVERY,
) -> Iterator[Progress]:
    """Adds files and the files in folders to the archive in `folder`; an unchanged file is not read again.

    Args:
        paths: files and folders.
        folder: the archive's; made where it is not there.
        embedder: gives the passages their vectors.
        reader: reads who said what, once the articles are in; without one that is left for later.
        limits: what one file may cost.
        save_every: seconds of work that a crash may cost.

    Closing the generator, or an error, saves what is stored by then.

    Raises:
        ArchiveError: the archive cannot be written, or was made with another recipe.
    """
    skipped: Counter[str] = Counter()
    files = list(walk(paths, skipped))
    yield Found(len(files), dict(skipped))
    with Writer(folder, recipe=recipe(embedder), dimension=embedder.dimension) as writer:
        work = _Work(writer, embedder)
        saved_at = time.monotonic()
        try:
            for event in (event for path in files for event in work.file(path, limits)):
                yield event
                if time.monotonic() - saved_at > save_every:
                    yield from work.save()
                    saved_at = time.monotonic()
            yield from work.save()
            if reader:
                yield from read_statements(writer, reader)
        except BaseException:
            if work.whole:  # what is stored whole stays, whoever or whatever stopped us
                writer.publish()
            raise


@dataclass(frozen=True, slots=True)
class _Waiting:
    """An article on its way in, and the place it came from."""

    article: Article
    sentences: tuple[Sentence, ...]
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class _Origin:
    """A file that holds an article."""

    path: str
    key: str
    article_id: str


@dataclass(frozen=True, slots=True)
class _Done:
    """All of a file was read, without a fault: these are its keys, and this its hash."""

    path: str
    keys: frozenset[str]
    digest: str


class _Work:
    """Articles on their way into one writer: composed one by one, embedded and stored in groups, in order.

    Attributes:
        whole: whether the writer holds whole articles alone; not while a group is being stored.
    """

    def __init__(self, writer: Writer, embedder: Embedder) -> None:
        self._writer = writer
        self._embedder = embedder
        self._queue: list[_Waiting | _Origin | _Done] = []
        self._waiting: set[str] = set()
        self._lines: dict[str, Counter[str]] = defaultdict(Counter)
        self._left: set[str] = set()
        self.whole = True
        self._added = 0
        self._replaced = 0

    def file(self, path: Path, limits: Limits | None) -> Iterator[Progress]:
        """Takes in the articles of one file."""
        name = str(path.absolute())
        digest = _digest(path, limits)
        if digest and self._writer.reading.digest(name) == digest:
            yield Read(name, unchanged=True)
            return
        keys: set[str] = set()
        faults = 0
        for found in read(path, limits):
            if isinstance(found, UnreadableFileError):
                faults += 1
                yield Failed(found.path, found.reason)
                continue
            keys.add(found.key)
            self._document(found)
            if len(self._waiting) >= GROUP:
                yield from self.flush()
        if digest and not faults:
            self._queue.append(_Done(name, frozenset(keys), digest))
        yield Read(name, unchanged=False)

    def _document(self, document: Document) -> None:
        article_id = identify(document)
        known = article_id in self._waiting or self._writer.reading.article(article_id) is not None
        if not known:
            article = self._compose(document, article_id)
            evidence = article.evidence.get("title")
            sentences = segment(article_id, article.text, article.boilerplate, evidence.span if evidence else None)
            self._queue.append(_Waiting(article, sentences, chunk(article, sentences)))
            self._waiting.add(article_id)
            if article.outlet:
                self._lines[article.outlet].update(lines(article.text))
        self._queue.append(_Origin(document.path, document.key, article_id))

    def _compose(self, document: Document, article_id: str) -> Article:
        evidence = find(document)
        values = {name: found.value for name, found in evidence.items()}
        outlet = values.get("outlet")
        return Article(
            id=article_id,
            path=document.path,
            key=document.key,
            text=document.text,
            title=values.get("title"),
            outlet=outlet,
            published=values.get("published"),
            url=values.get("url"),
            authors=tuple(filter(None, values.get("authors", "").split("; "))),
            language=values.get("language"),
            boilerplate=mark(
                document.text,
                repeated=self._repeated(outlet, document.text) if outlet else frozenset(),
                bylines=credit_lines(document.text, evidence),
            ),
            evidence=evidence,
        )

    def _repeated(self, outlet: str, text: str) -> frozenset[str]:
        """The lines that the outlet repeats, the articles that wait counted in: how they fall into groups is chance."""
        waiting = self._lines[outlet]
        by_count: dict[int, set[str]] = defaultdict(set)
        for line in lines(text):
            by_count[waiting[line]].add(line)
        return frozenset().union(
            *(
                found if count >= REPEATS else self._writer.reading.repeated(outlet, found, REPEATS - count)
                for count, found in by_count.items()
            )
        )

    def flush(self) -> Iterator[Progress]:
        """Embeds and stores what waits."""
        articles = [item for item in self._queue if isinstance(item, _Waiting)]
        texts = [f"{w.article.title or ''}\n{p.text}".strip() for w in articles for p in w.passages]
        vectors = self._embedder.documents(texts)
        self.whole = False
        row = 0
        for item in self._queue:
            match item:
                case _Waiting(article, sentences, passages):
                    self._writer.add(article, sentences, passages, vectors[row : row + len(passages)])
                    if article.outlet:
                        self._writer.writing.count_lines(article.outlet, set(lines(article.text)))
                    row += len(passages)
                case _Origin(path, key, article_id):
                    self._origin(path, key, article_id)
                case _Done(path, keys, digest):
                    for key in self._writer.reading.origins(path).keys() - keys:
                        self._forget(path, key)
                    self._writer.writing.put_digest(path, digest)
        self._discard_left()
        for waiting in (self._queue, self._waiting, self._lines):
            waiting.clear()
        self._added += len(articles)
        self.whole = True
        if articles:
            yield Added(len(articles), len(texts))

    def _origin(self, path: str, key: str, article_id: str) -> None:
        before = self._writer.reading.origins(path).get(key)
        if before != article_id:
            if before:
                self._forget(path, key)
            self._writer.writing.put_origin(path, key, article_id)

    def _forget(self, path: str, key: str) -> None:
        """Notes that this file no longer holds an article, which goes unless another file holds it."""
        self._left.add(self._writer.reading.origins(path)[key])
        self._writer.writing.drop_origin(path, key)

    def _discard_left(self) -> None:
        """Takes out what no file holds, at the end of a group: an article may have moved to another file."""
        gone = self._writer.reading.orphans(self._left)
        discard(self._writer, gone)
        self._replaced += len(gone)
        self._left.clear()

    def save(self) -> Iterator[Progress]:
        """Stores what waits and publishes all of it."""
        yield from self.flush()
        self.whole = False
        self._writer.publish()
        self.whole = True
        yield Saved(self._added, self._replaced)


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


def discard(writer: Writer, article_ids: Sequence[str]) -> None:
    """Takes articles out of every index, and their lines out of their outlets' counts."""
    for article_id in article_ids:
        article = writer.reading.article(article_id)
        if article and article.outlet:
            writer.writing.count_lines(article.outlet, set(lines(article.text)), by=-1)
    writer.remove(article_ids)


def remove(article_ids: Sequence[str], *, folder: Path, embedder: Embedder) -> int:
    """Removes articles from the archive; adding their files again brings them back.

    Returns:
        How many were there.
    """
    with Writer(folder, recipe=recipe(embedder), dimension=embedder.dimension) as writer:
        there = [i for i in article_ids if writer.reading.article(i)]
        writer.writing.reopen_files(there)
        discard(writer, there)
        writer.publish()
    return len(there)


def identify(document: Document) -> str:
    """The id of an article: 16 hexadecimal digits of a hash over its text and the fields that came with it."""
    content = json.dumps([document.text, sorted(document.fields.items())], ensure_ascii=False)
    return hashlib.blake2b(content.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def _digest(path: Path, limits: Limits | None) -> str | None:
    """The hash of a file that may be read; None says that reading will tell what is wrong with it."""
    try:
        if not path.is_file() or path.stat().st_size > (limits or Limits()).unpacked:
            return None
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None
