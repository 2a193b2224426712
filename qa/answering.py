"""One question's answer from what was found: quoted, or written by a model and checked, or an abstention."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

from index.errors import ModelReplyError
from qa.abstain import abstained, abstention
from qa.check import check
from qa.cite import Citations
from qa.judge import lowered
from qa.llm import Usage
from qa.quote import choose, compose, introduce
from qa.types import Answer, Claim, Delta, Finished, Outlets, Trace, Verdict
from qa.write import Draft, write

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from index.archive import Archive
    from index.embed import Embedder
    from index.types import Sentence
    from qa.cite import Numbered
    from qa.clock import Clock
    from qa.judge import Judge
    from qa.llm import LLM
    from qa.search import Search
    from qa.types import Abstained, Event, Turn
    from qa.weigh import Evidence

STANDS = (Verdict.SUPPORTED, Verdict.PARTLY)


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


@dataclass(frozen=True, slots=True)
class Answering:
    """Makes the answer to one question.

    Attributes:
        question: in the words of the person who asked.
        search: what was found.
        history: earlier turns, for a model.
        judge: gives a second opinion on what a model wrote and the checks let stand.
    """

    question: str
    search: Search
    archive: Archive
    embedder: Embedder
    clock: Clock
    history: Sequence[Turn] = ()
    judge: Judge | None = None

    def answer(self, model: str | None, open_llm: Callable[[str], LLM]) -> Iterator[Event]:
        """`Delta`s and last `Finished`; a model is not asked where the evidence is not there.

        Raises:
            ModelError: the model cannot be reached, or turned the call away.
        """
        search = self.search
        with self.clock.stage("judge"):
            refusal = abstention(search.read, search.ranked, search.hits, search.articles, search.searched)
        if refusal:
            yield Finished(self._finish(_Made(mode="quote", abstained=refusal)))
        elif model:
            yield from self._written(model, open_llm(model))
        else:
            yield from self._quoted(_Made(mode="quote"))

    def _quoted(self, made: _Made) -> Iterator[Event]:
        with self.clock.stage("choose"):
            citations = Citations()
            chosen = choose(self.search.read, self.search.ranked)
            claims = compose(chosen, citations, self._sentences([evidence.numbered for evidence in chosen]))
        for claim in claims:
            yield Delta(claim.text + "\n")
        yield Finished(self._finish(replace(made, mode="quote", claims=claims, citations=citations)))

    def _written(self, model: str, llm: LLM) -> Iterator[Event]:
        """The model's answer, checked; the quoted one where its reply cannot be read or nothing of it holds."""
        search = self.search
        shown = _best_first(search.ranked) if llm.chooses_only else search.shown
        draft: Draft | None = None
        try:
            with self.clock.stage("write"), closing(write(search.asked, shown, llm, self.history)) as parts:
                for part in parts:
                    if isinstance(part, Draft):
                        draft = part
                    else:
                        yield part
        except ModelReplyError as error:
            note = f"{error} This answer quotes instead."
            yield from self._quoted(_Made(mode="quote", model=model, notes=(note,)))
            return
        assert draft is not None, "a draft is the last thing that `write` yields"
        made = _Made(mode="write", model=model, draft=draft)
        if draft.abstains:
            reason = "The model found no answer in what was found."
            refusal = abstained(reason, search.ranked, search.articles, search.searched)
            yield Finished(self._finish(replace(made, abstained=refusal)))
            return
        citations = Citations()
        with self.clock.stage("check"):
            claims = self._checked(draft, shown, citations)
        if any(claim.verdict in STANDS for claim in claims):
            yield Finished(self._finish(replace(made, claims=claims, citations=citations)))
        else:
            note = f"Nothing that {model} wrote could be proven, so this answer quotes instead."
            yield from self._quoted(replace(made, notes=(note,)))

    def _checked(self, draft: Draft, shown: Sequence[Numbered], citations: Citations) -> tuple[Claim, ...]:
        """Each claim of a draft with its verdict; citations are numbered for those that stand."""
        by_number = {item.number: item for item in shown}
        if draft.chosen:
            chosen = list({n: by_number[n] for claim in draft.claims for n in claim.numbers}.values())
            return introduce(chosen, citations, self._sentences(chosen))
        claims = []
        for made in draft.claims:
            cited = [by_number[n] for n in made.numbers]
            said = self.search.said
            statements = [s for item in cited for s in said.get((item.article.id, item.sentence.ordinal), ())]
            found = check(made.text, cited, embedder=self.embedder, statements=statements)
            if self.judge and found.verdict in STANDS:
                found = lowered(found, self.judge.second_opinion(made.text, cited))
            markers = tuple(citations.cite(item) for item in cited) if found.verdict in STANDS else ()
            claims.append(Claim(text=made.text, citations=markers, verdict=found.verdict, reason=found.reason))
        return tuple(claims)

    def _sentences(self, chosen: Sequence[Numbered]) -> dict[str, tuple[Sentence, ...]]:
        """All sentences of the articles of these, by the article's id."""
        articles = {item.article.id: item.article for item in chosen}
        return {i: self.archive.catalogue.sentences(article) for i, article in articles.items()}

    def _finish(self, made: _Made) -> Answer:
        citations = made.citations.all()
        voices = self.archive.copies.voices({citation.article_id for citation in citations})
        usage = made.draft.usage if made.draft else Usage()
        return Answer(
            question=self.question,
            asked=self.search.asked,
            mode=made.mode,
            model=made.model,
            claims=tuple(claim for claim in made.claims if claim.verdict in STANDS),
            struck=tuple(claim for claim in made.claims if claim.verdict not in STANDS),
            citations=citations,
            abstained=made.abstained,
            outlets=Outlets(
                cited=tuple(dict.fromkeys(c.outlet for c in citations if c.outlet)), searched=self.search.searched
            ),
            independent=len(set(voices.values())),
            notes=(*made.notes, *_choices(made), *_refusals(made.draft)),
            trace=Trace(
                seconds=self.clock.seconds,
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
