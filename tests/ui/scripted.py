"""An engine that plays a script, over three invented articles: what the pages are tested and looked at with."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from index.archive import Archive
from index.errors import ArchiveError, ModelUnavailableError
from index.types import Article, Filters, Hit, Mark, Passage, Reason, Span
from qa.compare.types import Account, Comparison, Finding, FindingKind, Step
from qa.questions.limits import Limit
from qa.sessions import Sessions
from qa.types import (
    Abstained,
    Answer,
    Citation,
    Claim,
    Delta,
    Finished,
    Outlets,
    Part,
    Retrieved,
    Searched,
    Trace,
    Turn,
    Verdict,
)
from ui.parts import Parts

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from pathlib import Path

    from qa.recheck import Outlived
    from qa.types import Event

QUESTION = "Who blamed whom for the collapse of the bridge talks?"
BLAME = "Mayor Ilse Karg said the ferry company had “walked away from a signed offer”."
DENIAL = "Northfjord Ferries denied that any offer had been signed."
COUNT = "Some 4,200 people cross the strait each day."

HOSTILE = (
    "<script>document.title='owned'</script><img src=x onerror=document.title='owned'>",
    "![pixel](https://evil.example/p.png) [click](javascript:alert(1)) <https://evil.example>",
    "https://evil.example/auto www.evil.example a@evil.example",
    "$\\frac{1}{0}$ and $$x$$ cost $5 to $9 :smile: :red[red] :material/delete: -> **bold** _it_ `code` # head",
    "\u202eright to left\u202c \x1b[31mred\x1b[0m \u200b",
    "w" * 3000,
)


def _article(number: int, outlet: str | None, title: str, day: str, body: str, tail: str, reason: Reason) -> Article:
    text = f"{title}\n\n{body}\n\n{tail}\n"
    start = text.index(tail)
    return Article(
        id=f"{number:016x}",
        path=f"articles/{number}.txt",
        key="",
        text=text,
        title=title,
        outlet=outlet,
        published=day,
        url=f"https://news.example/{number}",
        boilerplate=(Mark(start, start + len(tail), reason),),
    )


_FILLER = " ".join(
    f"On pier {n} the timetable hung behind glass, and nobody had yet crossed out the {n + 5} o'clock boat."
    for n in range(1, 25)
)

ARTICLES = (
    _article(
        1,
        "Harbour Gazette",
        "Bridge talks end without a deal",
        "2024-05-03",
        f"Talks on a fixed crossing ended on Friday. {COUNT}\n\n{_FILLER}\n\n{BLAME} "
        "She spoke on the quay, in the rain, for less than four minutes.\n\n" + _FILLER,
        "Sign in to comment\nBe kind. Comments are moderated.\nPost comment",
        Reason.COMMENTS,
    ),
    _article(
        2,
        "Strait Courier",
        "Ferry operator rejects mayor's account",
        "2024-05-04",
        f"{DENIAL} A spokesman said the company had received a draft and returned it with questions.\n\n{_FILLER}",
        "Subscribe for 2 crowns a week. Cancel at any time.",
        Reason.SUBSCRIPTION,
    ),
    _article(
        3,
        "".join(HOSTILE[:3]),
        HOSTILE[0] + HOSTILE[3],
        "not a day",
        "\n\n".join(HOSTILE),
        HOSTILE[1],
        Reason.SHARING,
    ),
)


def cite(marker: int, article: Article, quote: str) -> Citation:
    """The citation of `quote` in `article`."""
    start = article.text.index(quote)
    return Citation(
        marker=marker,
        article_id=article.id,
        outlet=article.outlet,
        title=article.title,
        published=article.published,
        url=article.url,
        path=article.path,
        start=start,
        end=start + len(quote),
        quote=quote,
    )


def blame_answer(question: str, *, model: str | None) -> Answer:
    """Two accounts, a doubtful sentence and a struck one."""
    return Answer(
        question=question,
        asked=question,
        mode="write" if model else "quote",
        model=model,
        claims=(
            Claim(text=f"According to Harbour Gazette, {BLAME}", citations=(1,), verdict=Verdict.SUPPORTED),
            Claim(text=f"According to Strait Courier: {DENIAL}", citations=(2,), verdict=Verdict.SUPPORTED),
            Claim(
                text="The strait is crossed by 4,200 people, most of whom would use a bridge.",
                citations=(3,),
                verdict=Verdict.PARTLY,
                reason="the article gives the count and says nothing of a bridge",
            ),
        ),
        struck=(
            Claim(
                text="Northfjord Ferries blamed the mayor for the weather.",
                citations=(2,),
                verdict=Verdict.UNSUPPORTED,
                reason="no cited sentence speaks of the weather",
            ),
        ),
        citations=(cite(1, ARTICLES[0], BLAME), cite(2, ARTICLES[1], DENIAL), cite(3, ARTICLES[0], COUNT)),
        outlets=Outlets(cited=("Harbour Gazette", "Strait Courier"), searched=("Harbour Gazette", "Strait Courier")),
        notes=("One sentence was left out because the articles do not prove it.",),
        trace=Trace(seconds={"search": 0.04, "answer": 0.38}, tokens=812 if model else None),
    )


def hostile_answer(question: str) -> Answer:
    """Every field that can hold words from outside holds hostile ones."""
    article = ARTICLES[2]
    return Answer(
        question=question,
        asked=question,
        mode="write",
        model=HOSTILE[0],
        claims=tuple(Claim(text=words, citations=(1, 2), verdict=Verdict.PARTLY, reason=words) for words in HOSTILE),
        struck=(Claim(text=HOSTILE[1], citations=(9,), verdict=Verdict.CONTRADICTED, reason=HOSTILE[2]),),
        citations=(
            cite(1, article, HOSTILE[3]),
            cite(2, article, HOSTILE[0]).model_copy(update={"url": "javascript:alert(1)"}),
        ),
        notes=HOSTILE,
    )


def absent_answer(question: str) -> Answer:
    """An abstention with the nearest that there is."""
    return Answer(
        question=question,
        asked=question,
        mode="quote",
        abstained=Abstained(
            reason="The articles do not say who won the regatta.",
            searched=Searched(articles=3, outlets=("Harbour Gazette", "Strait Courier")),
            nearest=(cite(1, ARTICLES[0], COUNT),),
        ),
        trace=Trace(seconds={"search": 0.03}),
    )


LIMIT = Limit(words="according to the Gazette", turn=1, outlets=("Harbour Gazette",))


def two_answers(question: str, without: Collection[str]) -> Answer:
    """Two questions at once: one is answered, one is not, and both are limited to an outlet by its words."""
    limits = tuple(limit for limit in (LIMIT,) if limit.words not in without)
    unsaid = "The articles do not say who won the regatta."
    answer = blame_answer(question, model=None)
    return answer.model_copy(
        update={
            "independent": 2,
            "parts": (
                Part(asked="who blamed whom?", limits=limits, claims=3),
                Part(asked="who won the regatta?", limits=limits, abstained=unsaid),
            ),
            "notes": (*answer.notes, f"On “who won the regatta?” — {unsaid}"),
        }
    )


def _bare_archive() -> Archive:
    """An archive without stories, for what a page reads beside the engine."""
    bare: Any = Archive.__new__(Archive)
    bare.folder, bare.manifest = "nowhere", SimpleNamespace(generation=1)
    bare.catalogue = SimpleNamespace(outlets=lambda: {"Harbour Gazette": 1, "Strait Courier": 1}, days=lambda: None)
    bare.stories = SimpleNamespace(stories=lambda ids=None: [], of=lambda articles: {})
    bare.statements = SimpleNamespace(of=lambda articles: {})
    return bare  # type: ignore[no-any-return]


def hostile_comparison(question: str) -> Comparison:
    """Every field of a comparison that can hold words from outside holds hostile ones."""
    article = ARTICLES[2]
    accounts = tuple(
        Account(
            outlet=words,
            stated=True,
            claims=(Claim(text=words, citations=(1, 2), verdict=Verdict.PARTLY),),
            printed_by=HOSTILE[:2],
            articles=1,
        )
        for words in HOSTILE
    )
    findings = tuple(
        Finding(
            kind=FindingKind.DIFFER_WORDING,
            text=words,
            citations=(1, 2),
            independent=1,
            of=2,
            parties=(words, words),
            steps=(Step(step="equal", one=words, other=words), Step(step="replace", one=words, other=HOSTILE[0])),
        )
        for words in HOSTILE
    )
    cited = (cite(1, article, HOSTILE[3]), cite(2, article, HOSTILE[0]).model_copy(update={"url": "javascript:1"}))
    return Comparison(question=question, outlets=accounts, citations=cited, findings=findings)


@dataclass
class ScriptedEngine:
    """Answers by what the question speaks of: "regatta" is absent, "echo", "hostile", "unreachable", "slow", "both"; else the blame.

    Attributes:
        asked: the questions, with their history and model, in the order they came.
        limited: of each its filters, and the words that were not to limit it.
        fates: what became of cited articles, by marker.
        closed: how many answers were given up before their end.
    """

    pause: float = 0.0
    asked: list[tuple[str, tuple[Turn, ...], str | None]] = field(default_factory=list)
    limited: list[tuple[Filters, frozenset[str]]] = field(default_factory=list)
    fates: dict[int, Outlived] = field(default_factory=dict)
    archive: Archive = field(default_factory=_bare_archive)
    closed: int = 0

    def ask(
        self,
        question: str,
        *,
        filters: Filters | None = None,
        history: Sequence[Turn] = (),
        model: str | None = None,
        without: Collection[str] = (),
    ) -> Iterator[Event]:
        """Plays the events of an answer, a word at a time."""
        self.asked.append((question, tuple(history), model))
        self.limited.append((filters or Filters(), frozenset(without)))
        finished = False
        try:
            yield Retrieved(question, filters or Filters(), tuple(_hit(article) for article in ARTICLES[:2]))
            if "unreachable" in question:
                raise ModelUnavailableError("The model at https://models.example did not answer; try again later.")
            answer = two_answers(question, without) if "both" in question else self._answer(question, model)
            for claim in answer.claims:
                for word in claim.text.split(" "):
                    time.sleep(0.5 if "slow" in question else self.pause)
                    yield Delta(word + " ")
            finished = True
            yield Finished(answer)
        except GeneratorExit:
            self.closed += not finished
            raise

    def _answer(self, question: str, model: str | None) -> Answer:
        if "regatta" in question:
            return absent_answer(question)
        if "echo" in question:
            said = Claim(text=f"According to Harbour Gazette, {question}", citations=(1,), verdict=Verdict.SUPPORTED)
            return blame_answer(question, model=model).model_copy(update={"claims": (said,)})
        if "hostile" in question:
            return hostile_answer(question)
        return blame_answer(question, model=model)

    def search(self, question: str) -> tuple[Hit, ...]:
        """Nothing beyond what is cited."""
        return ()

    def compare(self, question: str, **limits: Any) -> Comparison:
        """A hostile one."""
        return hostile_comparison(question)

    def outlived(self, answer: Answer) -> dict[int, Outlived]:
        """What the script says."""
        return self.fates

    def article(self, article_id: str) -> Article:
        """The article of this id."""
        for article in ARTICLES:
            if article.id == article_id:
                return article
        raise ArchiveError(f"No article {article_id} is in this archive; it may have been removed.")

    def suggestions(self) -> tuple[str, ...]:
        """Questions to begin with, one of them hostile."""
        return (QUESTION, "How many people cross the strait each day?", HOSTILE[3])

    def outlets(self) -> tuple[str, ...]:
        """The outlets of the articles."""
        return ("Harbour Gazette", "Strait Courier")

    def articles_count(self) -> int:
        """How many articles there are."""
        return len(ARTICLES)


def _hit(article: Article) -> Hit:
    span = Span(0, len(article.text))
    passage = Passage(1, article.id, span.start, span.end, 0, 0, article.text)
    return Hit(passage, article, 1.0, 0.5, ("dense",), ())


def scripted_parts(folder: Path, engine: ScriptedEngine | None = None, model: str | None = None) -> Parts:
    """The parts of a page over a scripted engine, its conversations in `folder`."""
    settings: Any = SimpleNamespace(model=model, data=folder, archive=folder, api_base=None, passages=12)
    played: Any = engine or ScriptedEngine()
    return Parts(settings, played, Sessions(folder / "sessions.sqlite"))
