"""The whole way from a question to a proven answer, as a stream of events that every screen reads."""

from __future__ import annotations

import threading
import time
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

from index.archive import Archive
from index.embed import open_embedder
from index.errors import ArchiveError, ModelReplyError, UsageError
from index.retrieve import retrieve
from index.statements.reader import StatementReader
from index.types import Filters
from qa.abstain import abstained, abstention
from qa.check import check
from qa.cite import Citations, number
from qa.llm import LiteLLM, Usage
from qa.question import stand_alone
from qa.quote import choose, compose, introduce
from qa.said import add, by_sentence
from qa.types import Answer, Claim, Delta, Finished, Outlets, Retrieved, Trace, Verdict
from qa.weigh import Question, weigh
from qa.write import Draft, write

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator, Mapping, Sequence

    from index.embed import Embedder
    from index.types import Article, Hit, Statement
    from qa.cite import Numbered
    from qa.llm import LLM
    from qa.settings import Settings
    from qa.types import Abstained, Event, Turn
    from qa.weigh import Evidence

STANDS = (Verdict.SUPPORTED, Verdict.PARTLY)
LONGEST_QUESTION = 2_000


@dataclass(slots=True)
class _Clock:
    """Seconds by stage."""

    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        begun = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[name] = round(self.seconds.get(name, 0.0) + time.perf_counter() - begun, 4)


@dataclass(frozen=True, slots=True)
class _Search:
    """A question and what was found for it."""

    question: str
    asked: str
    read: Question
    hits: tuple[Hit, ...]
    shown: tuple[Numbered, ...]
    ranked: tuple[Evidence, ...]
    searched: tuple[str, ...]
    said: Mapping[tuple[str, int], tuple[Statement, ...]]


@dataclass(frozen=True, slots=True)
class _Made:
    """What goes into an answer beside the search."""

    mode: Literal["quote", "write"]
    model: str | None = None
    claims: tuple[Claim, ...] = ()
    citations: Citations = field(default_factory=Citations)
    abstained: Abstained | None = None
    draft: Draft | None = None
    notes: tuple[str, ...] = ()


class Engine:
    """Answers questions from one archive; always from its newest generation. Safe for several threads."""

    def __init__(
        self, archive: Archive, embedder: Embedder, open_llm: Callable[[str], LLM], *, passages: int = 12
    ) -> None:
        """Composes the parts.

        Args:
            archive: opened; the engine opens its later generations itself.
            embedder: the one the archive was made with.
            open_llm: a model string to a model.
            passages: how many passages an answer is made from.

        Raises:
            ArchiveError: the archive was made with another embedding model.
        """
        self._archive = archive
        self._embedder = embedder
        self._open_llm = open_llm
        self._passages = passages
        self._reader = StatementReader()
        self._lock = threading.Lock()
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
        return self.archive.catalogue.counts()["articles"]

    def suggestions(self) -> tuple[str, ...]:
        """Questions that the archive can answer, made from headlines of several outlets."""
        return suggestions(self.archive)

    def search(self, question: str, *, filters: Filters | None = None, k: int = 10) -> tuple[Hit, ...]:
        """The hits alone."""
        _readable(question)
        return retrieve(question, archive=self.archive, embedder=self._embedder, filters=filters or Filters(), k=k)

    def ask(
        self,
        question: str,
        *,
        filters: Filters | None = None,
        history: Sequence[Turn] = (),
        model: str | None = None,
    ) -> Generator[Event]:
        """Answers a question: `Retrieved`, then `Delta`s, last `Finished`. Closing the generator stops the work.

        Args:
            filters: what the search is limited to.
            history: earlier turns of the conversation.
            model: a litellm model string that writes the answer; None quotes.

        Raises:
            UsageError: there is nothing to answer.
            ModelError: the model cannot be reached, or turned the call away.
        """
        _readable(question)
        clock = _Clock()
        archive, filters = self.archive, filters or Filters()
        search = self._search(archive, question, filters, history, clock)
        yield Retrieved(search.asked, filters, search.hits)
        with clock.stage("judge"):
            refusal = abstention(search.read, search.ranked, archive.catalogue.counts()["articles"], search.searched)
        if refusal:
            yield Finished(self._finish(search, clock, _Made(mode="quote", abstained=refusal)))
        elif model:
            yield from self._written(search, clock, model, history)
        else:
            yield from self._quoted(search, clock)

    def _search(
        self, archive: Archive, question: str, filters: Filters, history: Sequence[Turn], clock: _Clock
    ) -> _Search:
        asked = stand_alone(question, history)
        with clock.stage("retrieve"):
            hits = retrieve(asked, archive=archive, embedder=self._embedder, filters=filters, k=self._passages)
            shown = number(hits)
        read = Question.read(asked, archive.lexical.rarity)
        said: dict[tuple[str, int], tuple[Statement, ...]] = {}
        if read.acts:
            with clock.stage("statements"):
                said, shown = self._said(archive, read, hits, shown)
        with clock.stage("choose"):
            ranked = weigh(read, self._embedder.query(asked), hits, shown, self._embedder.documents, said)
        searched = filters.outlets or tuple(archive.catalogue.outlets())
        return _Search(question, asked, read, hits, shown, tuple(ranked), searched, said)

    def _said(
        self, archive: Archive, read: Question, hits: Sequence[Hit], shown: tuple[Numbered, ...]
    ) -> tuple[dict[tuple[str, int], tuple[Statement, ...]], tuple[Numbered, ...]]:
        """The statements of the hits' articles by sentence, and what was shown with the sentences that hold them."""
        articles = {hit.article.id: hit.article for hit in hits}
        sentences = {i: archive.catalogue.sentences(article) for i, article in articles.items()}
        statements = archive.statements.of(articles)
        if unread := [i for i in articles if i not in statements]:
            statements |= dict(
                zip(unread, self._reader.read_batch([(articles[i], sentences[i]) for i in unread]), strict=True)
            )
        said = by_sentence(statements, sentences)
        return said, add(shown, read.acts, said, {i: (articles[i], sentences[i]) for i in articles})

    def _quoted(self, search: _Search, clock: _Clock, made: _Made | None = None) -> Iterator[Event]:
        with clock.stage("choose"):
            citations = Citations()
            claims = compose(choose(search.read, search.ranked), citations)
        for claim in claims:
            yield Delta(claim.text + "\n")
        made = made or _Made(mode="quote")
        yield Finished(self._finish(search, clock, replace(made, mode="quote", claims=claims, citations=citations)))

    def _written(self, search: _Search, clock: _Clock, model: str, history: Sequence[Turn]) -> Iterator[Event]:
        """The model's answer, checked; the quoted one where its reply cannot be read or nothing of it holds."""
        llm = self._open_llm(model)
        shown = _best_first(search.ranked) if llm.chooses_only else search.shown
        draft: Draft | None = None
        try:
            with clock.stage("write"), closing(write(search.asked, shown, llm, history)) as parts:
                for part in parts:
                    if isinstance(part, Draft):
                        draft = part
                    else:
                        yield part
        except ModelReplyError as error:
            note = f"{error} This answer quotes instead."
            yield from self._quoted(search, clock, _Made(mode="quote", model=model, notes=(note,)))
            return
        assert draft is not None, "a draft is the last thing that `write` yields"
        made = _Made(mode="write", model=model, draft=draft)
        if draft.abstains:
            refusal = abstained(
                "The model found no answer in what was found.",
                search.ranked,
                self.articles_count(),
                search.searched,
            )
            yield Finished(self._finish(search, clock, replace(made, abstained=refusal)))
            return
        citations = Citations()
        with clock.stage("check"):
            claims = self._checked(search, draft, shown, citations)
        if any(claim.verdict in STANDS for claim in claims):
            yield Finished(self._finish(search, clock, replace(made, claims=claims, citations=citations)))
        else:
            note = f"Nothing that {model} wrote could be proven, so this answer quotes instead."
            yield from self._quoted(search, clock, replace(made, notes=(note,)))

    def _checked(
        self, search: _Search, draft: Draft, shown: Sequence[Numbered], citations: Citations
    ) -> tuple[Claim, ...]:
        """Each claim of a draft with its verdict; citations are numbered for those that stand."""
        by_number = {item.number: item for item in shown}
        said = search.said
        if draft.chosen:
            chosen = {n: by_number[n] for claim in draft.claims for n in claim.numbers}
            return introduce(tuple(chosen.values()), citations)
        claims = []
        for made in draft.claims:
            cited = [by_number[n] for n in made.numbers]
            statements = [s for item in cited for s in said.get((item.article.id, item.sentence.ordinal), ())]
            found = check(made.text, cited, embedder=self._embedder, statements=statements)
            markers = tuple(citations.cite(item) for item in cited) if found.verdict in STANDS else ()
            claims.append(Claim(text=made.text, citations=markers, verdict=found.verdict, reason=found.reason))
        return tuple(claims)

    def _finish(self, search: _Search, clock: _Clock, made: _Made) -> Answer:
        claims = tuple(claim for claim in made.claims if claim.verdict in STANDS)
        citations = made.citations.all()
        voices = self._archive.copies.voices({citation.article_id for citation in citations})
        usage = made.draft.usage if made.draft else Usage()
        return Answer(
            question=search.question,
            asked=search.asked,
            mode=made.mode,
            model=made.model,
            claims=claims,
            struck=tuple(claim for claim in made.claims if claim.verdict not in STANDS),
            citations=citations,
            abstained=made.abstained,
            outlets=Outlets(
                cited=tuple(dict.fromkeys(c.outlet for c in citations if c.outlet)),
                searched=search.searched,
            ),
            independent=len(set(voices.values())),
            notes=(*made.notes, *_choices(made), *_refusals(made.draft)),
            trace=Trace(
                seconds=clock.seconds,
                tokens=usage.tokens,
                cost_usd=usage.cost_usd,
                prompts=dict(made.draft.prompts) if made.draft else {},
            ),
        )


def _best_first(ranked: Sequence[Evidence]) -> tuple[Numbered, ...]:
    """The evidence numbered anew, the likeliest first."""
    return tuple(replace(e.numbered, number=i) for i, e in enumerate(ranked, start=1))


def _choices(made: _Made) -> tuple[str, ...]:
    """What the reader must know of a model that may only choose."""
    if made.draft is None or not made.draft.chosen or not made.claims:
        return ()
    return (f"{made.model} is a small model: it chose the sentences, and their words are the articles'.",)


def _refusals(draft: Draft | None) -> tuple[str, ...]:
    """What the reader must know of numbers that the model made up."""
    if draft is None or not draft.refused:
        return ()
    invented = ", ".join(f"[{n}]" for n in draft.refused)
    return (f"The model cited {invented}, which it was not shown; that is refused.",)


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


def open_engine(settings: Settings) -> Engine:
    """The engine by a user's settings.

    Raises:
        RashomonError: the archive or the embedding model cannot be opened.
    """
    archive = Archive(settings.archive)
    embedder = open_embedder(settings.embedding, cache=settings.cache)

    def open_llm(model: str) -> LLM:
        key = settings.api_key.get_secret_value() if settings.api_key else None
        return LiteLLM(model, api_base=settings.api_base, api_key=key, timeout=settings.timeout)

    return Engine(archive, embedder, open_llm, passages=settings.passages)
