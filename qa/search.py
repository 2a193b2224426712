"""From a question to weighed evidence: hits, their sentences, and the statements among them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.remembered import Remembered
from index.retrieve import retrieve
from index.statements.reader import StatementReader
from qa.cite import number
from qa.reread import reread
from qa.said import add, by_sentence
from qa.weigh import LOOKED_AT, Question, weigh

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from index.answers import AnswerModel
    from index.archive import Archive
    from index.embed import Embedder
    from index.rerank import Reranker
    from index.types import Filters, Hit, Statement
    from qa.cite import Numbered
    from qa.clock import Clock
    from qa.weigh import Evidence

LIKENED = 12
"""Sentences whose likeness is looked at: to a claim, or to a question that asks for nothing particular."""


@dataclass(frozen=True, slots=True)
class Search:
    """What was found for a question.

    Attributes:
        asked: the question as it stands alone.
        read: the same, read.
        hits: passages, best first.
        shown: their sentences, numbered, and for acts of saying further ones of the same articles.
        ranked: sentences by how well they bear on the question, best first.
        searched: the outlets looked through.
        articles: how many articles were looked through.
        said: statements by article id and ordinal of the sentence, where an act of saying is asked about.
    """

    asked: str
    read: Question
    filters: Filters
    hits: tuple[Hit, ...]
    shown: tuple[Numbered, ...]
    ranked: tuple[Evidence, ...]
    searched: tuple[str, ...]
    articles: int
    said: Mapping[tuple[str, int], tuple[Statement, ...]]


class Searcher:
    """Searches archives with one embedding model. Safe for several threads."""

    def __init__(
        self, embedder: Embedder, passages: int, *, answers: AnswerModel, reranker: Reranker | None = None
    ) -> None:
        self._embedder = embedder
        self._answers = answers
        self._passages = passages
        self._reranker = reranker
        self.meaning = Remembered(embedder)
        self.reader = StatementReader()

    def search(self, asked: str, archive: Archive, filters: Filters, clock: Clock, *, claimed: bool = False) -> Search:
        """What the archive holds on a question that stands alone, or on what somebody claims."""
        with clock.stage("retrieve"):
            vector = self._embedder.query(asked)
            hits = retrieve(
                asked,
                archive=archive,
                embedder=self._embedder,
                filters=filters,
                k=self._passages,
                vector=vector,
                reranker=self._reranker,
            )
            shown = number(hits)
        read = Question.read(asked, archive.lexical.rarity)
        said: dict[tuple[str, int], tuple[Statement, ...]] = {}
        if read.acts:
            with clock.stage("statements"):
                said, shown = self._said(archive, read, hits, shown)
        shown = tuple(item for item in shown if read.takes(item.sentence.text))
        with clock.stage("choose"):
            if claimed or read.open:
                ranked = weigh(read, vector, hits, shown, self.meaning, said, most=LIKENED)
            else:
                ranked = weigh(read, vector, hits, shown, None, said, most=LOOKED_AT)
                ranked = reread(asked, ranked, self._answers)
        catalogue = archive.catalogue
        articles = catalogue.size() if filters.empty else len(catalogue.select(filters))
        searched = filters.outlets or tuple(catalogue.outlets())
        return Search(asked, read, filters, hits, shown, tuple(ranked), searched, articles, said)

    def _said(
        self, archive: Archive, read: Question, hits: Sequence[Hit], shown: tuple[Numbered, ...]
    ) -> tuple[dict[tuple[str, int], tuple[Statement, ...]], tuple[Numbered, ...]]:
        """The statements of the hits' articles by sentence, and what was shown with the sentences that hold them."""
        articles = {hit.article.id: hit.article for hit in hits}
        sentences = {i: archive.catalogue.sentences(article) for i, article in articles.items()}
        statements = archive.statements.of(articles)
        if unread := [i for i in articles if i not in statements]:
            statements |= dict(
                zip(unread, self.reader.read_batch([(articles[i], sentences[i]) for i in unread]), strict=True)
            )
        said = by_sentence(statements, sentences)
        return said, add(shown, read.acts, said, {i: (articles[i], sentences[i]) for i in articles})
