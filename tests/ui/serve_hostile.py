"""Serves the page over an archive, an engine and conversations that are hostile: `python -m … PORT FOLDER`."""

from __future__ import annotations

import json
import random
import sys
import time
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import ui.adding
import ui.parts
from index.archive import Archive
from index.build import build
from index.errors import ModelUnavailableError
from index.types import Filters, Kind, Quoted, Span, Statement
from qa.compare.types import Account, Comparison, Finding, FindingKind, Step
from qa.engine import Engine
from qa.sessions import Judgement, Sessions
from qa.settings import Settings
from qa.types import (
    Abstained,
    Answer,
    Citation,
    Claim,
    Delta,
    Finished,
    Part,
    Retrieved,
    Review,
    Searched,
    Turn,
    Verdict,
)
from tests.fakes import HashEmbedder, WordAnswers
from tests.ui.hostile import STRINGS
from tests.ui.scripted import cite
from ui.adding import DESK, Tally, Tools
from ui.parts import Parts
from ui.server import serve

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from index.types import Article, Sentence
    from qa.types import Event

GROUP = 10
LINGER_SECONDS = 4
GROUPS = [STRINGS[at : at + GROUP] for at in range(0, len(STRINGS), GROUP)]
VERDICTS = list(Verdict)
FATAL = "The model at https://evil.example/v1 answered " + " ".join(one for one in STRINGS if len(one) < 100)


def rows() -> Iterator[dict[str, str]]:
    """Two articles on one event for each string, which stands in every field; every other pair is a copy."""
    for number, words in enumerate(STRINGS):
        drawn = random.Random(number)
        told = ["".join(drawn.choices("abdegiklmnoprstuvz", k=7)) for _ in range(60)]
        for version in range(2):
            body = list(told)
            if number % 2 and version:
                drawn.shuffle(body)
            yield {
                "title": words,
                "outlet": f"{words} {version}",
                "authors": words,
                "section": words,
                "url": words if version else f"https://news.example/{number}",
                "published": f"2026-01-{number % 28 + 1:02d}",
                "text": f"{words}\n\n{' '.join(body).capitalize()}.\n\nThey said: {words}\n",
            }


class HostileReader:
    """Finds in each article that its title blames the outlet's name; a stand-in for the reader of statements."""

    def read_many(
        self, pairs: Iterable[tuple[Article, Sequence[Sentence]]], processes: int = 1
    ) -> Iterator[tuple[Statement, ...]]:
        """One statement of each article."""
        for article, _ in pairs:
            words = article.title or "x"
            yield (
                Statement(
                    id=article.id,
                    article_id=article.id,
                    kind=Kind.BLAME,
                    speaker=words,
                    ambiguous=(words,),
                    target=article.outlet,
                    quoted=Quoted.DIRECT,
                    via=words,
                    negated=False,
                    source=(Span(0, 1),),
                    cue=(Span(0, 1),),
                    content=(Span(0, len(article.text)),),
                ),
            )


def citations(articles: Sequence[Article]) -> tuple[Citation, ...]:
    """The beginning of each article, cited."""
    return tuple(cite(n, article, article.text[: len(article.title or "x")]) for n, article in enumerate(articles, 1))


def claims(group: Sequence[str]) -> tuple[Claim, ...]:
    """Each string as a claim and as the reason of its verdict."""
    return tuple(
        Claim(text=words, citations=(n % 3 + 1,), verdict=VERDICTS[n % len(VERDICTS)], reason=words)
        for n, words in enumerate(group)
    )


class HostileEngine(Engine):
    """The real one, but for what it says."""

    def answer(self, question: str, group: Sequence[str]) -> Answer:
        """Every field that can hold words from outside holds hostile ones."""
        some = [article for article in every(self.archive) if article.title in group]
        return Answer(
            question=question,
            asked=question,
            mode="write",
            model=group[0],
            claims=claims(group),
            struck=claims(group[::-1]),
            citations=citations(some[:12]),
            parts=tuple(Part(asked=words, claims=1, abstained=words) for words in group),
            notes=tuple(group),
        )

    def ask(self, question: str, **given: Any) -> Iterator[Event]:  # type: ignore[override]
        """Says every string and stays at that for a while; then fails where that is asked for."""
        yield Retrieved(question, given.get("filters") or Filters(), ())
        for words in STRINGS:
            yield Delta(words + "\n")
        if "linger" in question:
            time.sleep(LINGER_SECONDS)
            raise ModelUnavailableError(FATAL)
        abstained = Abstained(reason=STRINGS[0], searched=Searched(articles=1, outlets=STRINGS))
        yield Finished(Answer(question=question, asked=question, mode="write", model=STRINGS[1], abstained=abstained))

    def compare(self, question: str, **limits: Any) -> Comparison:
        """Accounts, parties and wordings are the strings of the group that the question is made of."""
        group = next((one for one in GROUPS if asked(one) == question), GROUPS[0])
        some = [article for article in every(self.archive) if article.title in group]
        accounts = tuple(
            Account(outlet=words, stated=True, claims=claims([words]), printed_by=(words,), articles=1)
            for words in group
        )
        kinds = list(FindingKind)
        findings = tuple(
            Finding(
                kind=kinds[n % len(kinds)],
                text=words,
                citations=(1, 2),
                independent=1,
                of=2,
                parties=(words, words),
                steps=(Step(step="equal", one=words, other=words), Step(step="replace", one=words, other=words)),
            )
            for n, words in enumerate(group)
        )
        return Comparison(question=question, outlets=accounts, citations=citations(some[:3]), findings=findings)

    def review(self, text: str, *, filters: Filters | None = None) -> Review:
        """Each string with a verdict, a reason and evidence."""
        some = every(self.archive)[:20]
        return Review(claims=claims(STRINGS), citations=citations(some), left_alone=STRINGS)

    def suggestions(self) -> tuple[str, ...]:
        """All strings."""
        return STRINGS

    def outlived(self, answer: Answer) -> dict[int, Any]:
        """Nothing is looked up."""
        return {}


@cache
def every(archive: Archive) -> tuple[Article, ...]:
    """The articles, read once."""
    return tuple(archive.catalogue.articles())


def asked(group: Sequence[str]) -> str:
    """A question made of a group, as the address can hold it."""
    return " ".join(" ".join(group).split())[:490]


def fill(folder: Path) -> Path:
    """Makes the archive and the conversations; of these the last one has a turn for each group."""
    source = folder / "<img class=hx src=x onerror=owned()> [x](javascript:owned()).jsonl"
    source.write_text("".join(json.dumps(row) + "\n" for row in rows()), encoding="utf-8")
    archive = folder / "archive"
    reader: Any = HostileReader()
    for _ in build([source], folder=archive, embedder=HashEmbedder(), reader=reader):
        continue
    engine = HostileEngine(Archive(archive), HashEmbedder(), no_model, answers=WordAnswers())
    sessions = Sessions(folder / "sessions.sqlite")
    for words in STRINGS:
        sessions.append(sessions.create(words).id, Turn(question=words, answer=engine.answer(words, (words,))))
    whole = sessions.create("every string")
    for number, group in enumerate(GROUPS, start=1):
        sessions.append(whole.id, Turn(question="\n".join(group), answer=engine.answer("\n".join(group), group)))
        sessions.judge(whole.id, number, Judgement.WRONG, marker=1)
    titles = {one.id: one.title or "" for one in every(engine.archive)}
    found = [(made.id, titles[made.central]) for made in engine.archive.stories.stories()]
    story, headline = next(one for one in found if one[1].startswith("<"))
    told = {"conversation": whole.id, "story": story, "headline": headline, "stories": len(found)}
    (folder / "made.json").write_text(json.dumps(told), encoding="utf-8")
    return archive


def no_model(model: str) -> Any:
    """No model is there."""
    raise ModelUnavailableError(FATAL)


def failed(tally: Tally) -> str:
    """A change of the archive in which every file failed, for every string as name and reason."""
    tally.failures = [(f"/folder/{words.replace('/', '|')}", words) for words in STRINGS]
    return STRINGS[1]


if __name__ == "__main__":
    port, home = int(sys.argv[1]), Path(sys.argv[2])
    made = fill(home)
    known = Settings(archive=made, data=home, model=STRINGS[1])
    parts = Parts(
        known,
        HostileEngine(Archive(made), HashEmbedder(), no_model, answers=WordAnswers()),
        Sessions(home / "sessions.sqlite"),
    )
    ui.parts.open_parts = lambda: parts
    ui.parts.open_settings = lambda: known
    kit: Any = Tools(HashEmbedder(), HostileReader())  # type: ignore[arg-type]
    ui.adding.open_tools = lambda: kit
    DESK.begin("hostile", failed)
    serve(known, port=port)
