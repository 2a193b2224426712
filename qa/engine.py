"""The whole way from a question to a proven answer, as a stream of events that every screen reads."""

from __future__ import annotations

import threading
from datetime import date
from typing import TYPE_CHECKING

from index.archive import Archive
from index.errors import ArchiveError, UsageError
from index.retrieve import retrieve
from index.statements.syntax import parser
from index.types import Filters
from qa.answering import Answering
from qa.clock import Clock
from qa.compare.comparison import compare
from qa.compare.quotations import quotations
from qa.merge import merge
from qa.question import read
from qa.questions.force import in_force, limited
from qa.questions.limits import Asked, Known
from qa.recheck import outlived
from qa.review import review
from qa.search import Searcher
from qa.stories.quoted import quoted
from qa.stories.read import told
from qa.stories.timeline import timeline
from qa.types import Finished, Retrieved

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Generator, Sequence

    from index.answers import AnswerModel
    from index.embed import Embedder
    from index.rerank import Reranker
    from index.stories.grouping import Story
    from index.types import Article, Hit
    from qa.compare.types import Comparison, Quotations
    from qa.judge import Judge
    from qa.llm import LLM
    from qa.recheck import Outlived
    from qa.search import Search
    from qa.stories.types import Quoted, Timeline
    from qa.types import Answer, Event, Review, Turn

LONGEST_QUESTION = 2_000


class Engine:
    """Answers questions from one archive; always from its newest generation. Safe for several threads."""

    def __init__(
        self,
        archive: Archive,
        embedder: Embedder,
        open_llm: Callable[[str], LLM],
        *,
        answers: AnswerModel,
        passages: int = 12,
        judge: Judge | None = None,
        reranker: Reranker | None = None,
    ) -> None:
        """Composes the parts.

        Args:
            archive: opened; the engine opens its later generations itself.
            embedder: the one the archive was made with.
            open_llm: a model string to a model.
            answers: tells how surely a sentence answers.
            passages: how many passages an answer is made from.
            judge: gives a second opinion on what a model wrote.
            reranker: puts the best passages in its own order.

        Raises:
            ArchiveError: the archive was made with another embedding model.
        """
        self._archive = archive
        self._embedder = embedder
        self._open_llm = open_llm
        self._judge = judge
        self._reranker = reranker
        self._answers = answers
        self._searcher = Searcher(embedder, passages, answers=answers, reranker=reranker)
        self._lock = threading.Lock()
        self._suggested: tuple[Archive, tuple[str, ...]] | None = None
        _fits(archive, embedder)

    @property
    def archive(self) -> Archive:
        """The newest generation."""
        with self._lock:
            if self._archive.stale:
                fresh = Archive(self._archive.folder)
                _fits(fresh, self._embedder)
                self._archive = fresh
            return self._archive

    def article(self, article_id: str) -> Article:
        """An article with its text.

        Raises:
            UsageError: the archive holds no such article.
        """
        article = self.archive.catalogue.article(article_id)
        if article is None:
            raise UsageError(f"The archive holds no article {article_id}; `rashomon list` shows what it holds.")
        return article

    def outlets(self) -> tuple[str, ...]:
        """Every outlet, most articles first."""
        return tuple(self.archive.catalogue.outlets())

    def articles_count(self) -> int:
        """How many articles there are."""
        return self.archive.catalogue.size()

    def suggestions(self) -> tuple[str, ...]:
        """Questions that the archive can answer, made from headlines of several outlets."""
        archive, kept = self.archive, self._suggested
        if kept is None or kept[0] is not archive:
            # A generation's headlines do not change, and every page that greets a reader shows these.
            kept = self._suggested = (archive, suggestions(archive))
        return kept[1]

    def search(
        self, question: str, *, filters: Filters | None = None, k: int = 10, exact: bool = False
    ) -> tuple[Hit, ...]:
        """The hits alone; `exact` compares every vector, however many there are."""
        _readable(question)
        return retrieve(
            question,
            archive=self.archive,
            embedder=self._embedder,
            filters=filters or Filters(),
            k=k,
            exact=exact,
            reranker=self._reranker,
        )

    def compare(
        self, question: str, *, filters: Filters | None = None, silent: Sequence[str] = (), outlets: int = 10
    ) -> Comparison:
        """The question put to each independent outlet, and what their accounts have in common and apart.

        Args:
            filters: what the search is limited to; outlets that it names all have a column.
            silent: ids of articles, such as those of a story, whose outlets have a column even if they say nothing.
            outlets: how many columns at the most.

        Raises:
            UsageError: there is nothing to answer.
        """
        _readable(question)
        archive = self.archive
        return compare(
            question,
            archive=archive,
            embedder=self._embedder,
            answers=self._answers,
            reader=self._searcher.reader,
            filters=filters or Filters(),
            silent=silent,
            outlets=outlets,
            reranker=self._reranker,
        )

    def story(self, story_id: str) -> tuple[Story, tuple[Article, ...]]:
        """A story and its articles, by day.

        Raises:
            UsageError: there is none of this id.
        """
        archive = self.archive
        found = archive.stories.story(story_id)
        return found, tuple(article for i in found.articles if (article := archive.catalogue.article(i)))

    def quotations(self, story_id: str | None = None) -> Quotations:
        """The quotations that several accounts print, of a story or of the whole archive."""
        archive = self.archive
        articles = archive.stories.story(story_id).articles if story_id else None
        read = told(archive, self._searcher.reader, articles)
        return quotations(read, archive.copies.voices([article.id for article, _, _ in read]))

    def quoted(self, story_id: str) -> Quoted:
        """Who is quoted in a story, by which outlet, and who is not."""
        archive = self.archive
        read = told(archive, self._searcher.reader, archive.stories.story(story_id).articles)
        statements = {article.id: said for article, _, said in read}
        return quoted([article for article, _, _ in read], statements, archive.copies.voices(statements))

    def timeline(self, story_id: str) -> Timeline:
        """What happened when in a story, by the articles' own dates, and who had it first."""
        archive = self.archive
        read = told(archive, self._searcher.reader, archive.stories.story(story_id).articles)
        voices = archive.copies.voices([article.id for article, _, _ in read])
        return timeline([(article, own) for article, own, _ in read], voices, parser(), self._searcher.meaning)

    def outlived(self, answer: Answer) -> dict[int, Outlived]:
        """By marker, the citations of a saved answer whose article has changed or gone since."""
        return outlived(answer.citations, self.archive)

    def warm(self) -> None:
        """Loads what answering needs, and asks what is suggested, so that the first to ask need not wait for it."""
        for question in ("Who blamed whom, and what did he say?", *self.suggestions()):
            for _ in self.ask(question):
                continue

    def review(self, text: str, *, filters: Filters | None = None) -> Review:
        """Each sentence of anyone's text against the archive: verdict, reason, closest evidence.

        Raises:
            UsageError: there is nothing to check.
        """
        if not text.strip():
            raise UsageError("There is nothing to check; give a text with sentences.")
        archive, clock = self.archive, Clock()

        def search(sentence: str) -> Search:
            claim = sentence[:LONGEST_QUESTION]
            return self._searcher.search(claim, archive, filters or Filters(), clock, claimed=True)

        return review(text, search, self._searcher.meaning, archive.copies.voices)

    def ask(
        self,
        question: str,
        *,
        filters: Filters | None = None,
        history: Sequence[Turn] = (),
        model: str | None = None,
        without: Collection[str] = (),
    ) -> Generator[Event]:
        """Answers a question: `Retrieved`, then `Delta`s, last `Finished`. Closing the generator stops the work.

        Several questions in one are answered one after another, each with `Retrieved` and `Delta`s; `Finished` is one.

        Args:
            filters: what the search is limited to; the question's own words may limit it further.
            history: earlier turns of the conversation.
            model: a litellm model string that writes the answer; None quotes.
            without: words of limits that the person took off.

        Raises:
            UsageError: there is nothing to answer.
            ModelError: the model cannot be reached, or turned the call away.
        """
        _readable(question)
        clock, archive = Clock(), self.archive
        given = filters or Filters()
        with clock.stage("read"):
            parts = self._read(question, history, archive, given, model)
        asked, answers = [], []
        for part in parts:
            limits = tuple(limit for limit in part.limits if limit.words not in without)
            limits, notes = in_force(limits, given, archive)
            search = self._searcher.search(part.text, archive, limited(given, limits), clock)
            yield Retrieved(search.asked, search.filters, search.hits)
            answering = Answering(question, search, archive, self._embedder, clock, history, self._judge)
            for event in answering.answer(model, self._open_llm):
                if isinstance(event, Finished):
                    asked.append(Asked(part.text, limits))
                    answers.append(event.answer.model_copy(update={"notes": (*notes, *event.answer.notes)}))
                else:
                    yield event
        yield Finished(merge(question, asked, answers))

    def _read(
        self, question: str, history: Sequence[Turn], archive: Archive, given: Filters, model: str | None
    ) -> tuple[Asked, ...]:
        days = archive.catalogue.days()
        known = Known(tuple(archive.catalogue.outlets()), date.fromisoformat(days[1]) if days else None)
        carried = history[-1].answer.parts[-1].limits if history and history[-1].answer.parts else ()
        llm = self._open_llm(model) if model and history else None
        return read(question, history, known, carried=carried, given=given, llm=llm)


def _fits(archive: Archive, embedder: Embedder) -> None:
    made_with = archive.manifest.recipe.get("embedding")
    if made_with != embedder.fingerprint:
        raise ArchiveError(
            f"The archive was made with the embedding model {made_with}, this one is {embedder.fingerprint}; "
            "set RASHOMON_EMBEDDING to the one it was made with, or add the articles to a new archive."
        )


def _readable(question: str) -> None:
    if not question.strip():
        raise UsageError("The question is empty; ask in words.")
    if len(question) > LONGEST_QUESTION:
        raise UsageError(f"The question has {len(question)} characters; {LONGEST_QUESTION} are the most.")


def suggestions(archive: Archive, most: int = 4) -> tuple[str, ...]:
    """Questions from the archive's own headlines, one an outlet, the newest first."""
    found = archive.catalogue.headlines(most)
    return tuple(f"What is reported about “{title}”?" for title in found)
