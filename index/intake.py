"""Articles on their way into an archive: composed one by one, embedded and stored in groups."""

from __future__ import annotations

import hashlib
import json
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from index.chunk import chunk, headed
from index.clean import REPEATS, lines, mark
from index.errors import UnreadableFileError
from index.metadata import credit_lines, find
from index.progress import Added, Failed, Read, Saved
from index.segment import segment
from index.types import Article, Document, Evidence, Origin

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from index.embed import Embedder
    from index.progress import Progress
    from index.types import Passage, Sentence
    from index.writer import Writer

STANDARD_INPUT = "-"
KEEP_ALL = "keep-all"
"""The correction that says that nothing of an article is boilerplate."""
GROUP = 64
"""Articles embedded together, so that texts of like length share a batch."""


@dataclass(frozen=True, slots=True)
class _Waiting:
    """An article on its way in, its passages, and the page it was read from."""

    article: Article
    sentences: tuple[Sentence, ...]
    passages: tuple[Passage, ...]
    page: bytes | None


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


class Intake:
    """Articles on their way into one writer: composed one by one, embedded and stored in groups, in order.

    Attributes:
        whole: whether the writer holds whole articles alone; not while a group is being stored.
    """

    def __init__(self, writer: Writer, embedder: Embedder, *, keep_all: bool = False) -> None:
        self._writer = writer
        self._embedder = embedder
        self._keep_all = keep_all
        self._queue: list[_Waiting | _Origin | _Done] = []
        self._waiting: set[str] = set()
        self._lines: dict[str, Counter[str]] = defaultdict(Counter)
        self._left: set[str] = set()
        self.whole = True
        self._added = 0
        self._replaced = 0

    def take(
        self, name: str, documents: Iterable[Document | UnreadableFileError], digest: str | None
    ) -> Iterator[Progress]:
        """Takes in the articles of one file.

        Args:
            name: its absolute path.
            documents: what a reader finds in it.
            digest: the hash of its bytes; None where it will not be looked at again.
        """
        if digest and self._writer.reading.files.digest(name) == digest:
            yield Read(name, unchanged=True)
            return
        keys: set[str] = set()
        faults = 0
        for found in documents:
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
        if document.path == STANDARD_INPUT:  # one stream after another has the same name
            document = replace(document, key=article_id)
        known = article_id in self._waiting or self._writer.reading.article(article_id) is not None
        if not known:
            article = self._compose(document, article_id)
            evidence = article.evidence.get("title")
            sentences = segment(article_id, article.text, article.boilerplate, evidence.span if evidence else None)
            self._queue.append(_Waiting(article, sentences, chunk(article, sentences), document.page))
            self._waiting.add(article_id)
            if article.outlet:
                self._lines[article.outlet].update(lines(article.text))
        self._queue.append(_Origin(document.path, document.key, article_id))

    def _compose(self, document: Document, article_id: str) -> Article:
        corrections = self._writer.reading.files.corrections(document.path, document.key)
        article = compose(document, article_id, corrections)
        if self._keep_all or KEEP_ALL in corrections:
            return article
        outlet = article.outlet
        marks = mark(
            document.text,
            repeated=self._repeated(outlet, document.text) if outlet else frozenset(),
            bylines=credit_lines(document.text, article.evidence),
        )
        return replace(article, boilerplate=marks)

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
        texts = [text for waiting in articles for text in headed(waiting.article, waiting.passages)]
        vectors = self._embedder.documents(texts)
        self.whole = False
        row = 0
        for item in self._queue:
            match item:
                case _Waiting(article, sentences, passages, page):
                    if page:
                        self._writer.pages.put(article.id, page)
                    self._writer.add(article, sentences, passages, vectors[row : row + len(passages)])
                    if article.outlet:
                        self._writer.writing.count_lines(article.outlet, set(lines(article.text)))
                    row += len(passages)
                case _Origin(path, key, article_id):
                    self._origin(path, key, article_id)
                case _Done(path, keys, digest):
                    for key in self._writer.reading.files.origins(path).keys() - keys:
                        self._forget(path, key)
                    self._writer.writing.files.put_digest(path, digest)
        self._discard_left()
        for waiting in (self._queue, self._waiting, self._lines):
            waiting.clear()
        self._added += len(articles)
        self.whole = True
        if articles:
            yield Added(len(articles), len(texts))

    def _origin(self, path: str, key: str, article_id: str) -> None:
        before = self._writer.reading.files.origin(path, key)
        if before != article_id:
            if before:
                self._forget(path, key)
            self._writer.writing.files.put_origin(path, key, article_id)

    def _forget(self, path: str, key: str) -> None:
        """Notes that this file no longer holds an article, which goes unless another file holds it."""
        if article := self._writer.reading.files.origin(path, key):
            self._left.add(article)
        self._writer.writing.files.drop_origin(path, key)

    def _discard_left(self) -> None:
        """Takes out what no file holds, at the end of a group: an article may have moved to another file."""
        gone = self._writer.reading.files.orphans(self._left)
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


def compose(document: Document, article_id: str, corrections: Mapping[str, str]) -> Article:
    """The article in a document, nothing marked yet; what a person said of it wins over all that was found."""
    found = find(document)
    said = {k: Evidence(v, 1.0, Origin.PERSON, v) for k, v in corrections.items() if k != KEEP_ALL}
    evidence = {**found, **said}
    values = {name: shown.value for name, shown in evidence.items()}
    return Article(
        id=article_id,
        path=document.path,
        key=document.key,
        text=document.text,
        title=values.get("title"),
        outlet=values.get("outlet"),
        published=values.get("published"),
        url=values.get("url"),
        authors=tuple(filter(None, values.get("authors", "").split("; "))),
        language=values.get("language"),
        evidence=evidence,
    )


def corrected(article: Article, changes: Mapping[str, str]) -> Article:
    """An article of the archive with what a person now says of it."""
    said = {k: Evidence(v, 1.0, Origin.PERSON, v) for k, v in changes.items() if k != KEEP_ALL and v}
    evidence = {**article.evidence, **said}
    given = {
        name: shown.value for name, shown in said.items() if name in ("title", "outlet", "published", "url", "language")
    }
    authors = tuple(filter(None, said["authors"].value.split("; "))) if "authors" in said else article.authors
    marks = () if changes.get(KEEP_ALL) else article.boilerplate
    return replace(article, evidence=evidence, authors=authors, boilerplate=marks, **given)


def discard(writer: Writer, article_ids: Sequence[str]) -> None:
    """Takes articles out of every index, and their lines out of their outlets' counts."""
    for article_id in article_ids:
        article = writer.reading.article(article_id)
        if article and article.outlet:
            writer.writing.count_lines(article.outlet, set(lines(article.text)), by=-1)
    writer.remove(article_ids)


def identify(document: Document) -> str:
    """The id of an article: 16 hexadecimal digits of a hash over its text and the fields that came with it."""
    content = json.dumps([document.text, sorted(document.fields.items())], ensure_ascii=False)
    return hashlib.blake2b(content.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
