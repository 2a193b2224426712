"""How well questions with known answers are answered: exactness, citations, abstention, retrieval, seconds, cost.

A set is a folder with `articles/` and `questions.json` (or `gold/questions.json`):

    {"questions": [{"question": "Who …?",
                    "expected": [{"file": "a/b.txt", "key": "row of a table", "text": "words that answer it"}],
                    "outlets_stating": ["The Gazette"]},
                   {"question": "…", "abstain": true},
                   {"turns": [{"question": "…", …}, {"question": "and why?", …}]}]}

`file` is relative to `articles/`; `key` and `text` may be missing. Rankings are measured by ir_measures (MacAvaney,
Macdonald and Ounis, 2022), an article's rank being that of its first passage.
"""

from __future__ import annotations

import statistics
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import Field, ValidationError

from index.errors import UsageError
from qa.types import Finished, Record, Retrieved, Turn

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from index.types import Hit
    from qa.engine import Engine
    from qa.types import Answer, Citation

CUT = 10
"""Articles of a ranking that are looked at."""


class Expected(Record, extra="ignore"):
    """Words that answer a question, or an article that does."""

    file: str
    key: str | None = None
    text: str | None = None


class Asked(Record, extra="ignore"):
    """A question and what a good answer cites."""

    question: str
    expected: tuple[Expected, ...] = ()
    outlets_stating: tuple[str, ...] = ()
    abstain: bool = False


class Conversation(Record, extra="ignore"):
    """Questions that are asked one after another."""

    turns: tuple[Asked, ...]


class _File(Record, extra="ignore"):
    questions: tuple[Conversation | Asked, ...]


class Evaluation(Record):
    """Figures from 0 to 1, but for counts, seconds and dollars; None where nothing measures it."""

    questions: int
    answered: int
    quote_exactness: float | None
    citation_precision: float | None
    citation_recall: float | None
    answers_with_gold: float | None
    abstention: float | None
    retrieval: dict[str, float] = Field(default_factory=dict)
    seconds_median: float
    seconds_p95: float
    cost_usd: float


@dataclass(slots=True)
class _Tally:
    """What was seen, question by question."""

    exact: list[bool] = field(default_factory=list)
    right: list[bool] = field(default_factory=list)
    covered: list[float] = field(default_factory=list)
    with_gold: list[bool] = field(default_factory=list)
    answered: list[bool] = field(default_factory=list)
    refused: list[bool] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    cost: float = 0.0
    relevant: list[tuple[str, str]] = field(default_factory=list)
    ranked: list[tuple[str, str, float]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Outcome:
    """One question, its answer, and what was expected."""

    asked: Asked
    answer: Answer


def read_set(folder: Path) -> tuple[Path, tuple[Conversation, ...]]:
    """The folder of articles, and the conversations; a lone question is one of a single turn.

    Raises:
        UsageError: the folder is not of the form, or its questions are not.
    """
    articles = folder / "articles"
    found = [path for path in (folder / "questions.json", folder / "gold" / "questions.json") if path.is_file()]
    if not articles.is_dir() or not found:
        raise UsageError(f"{folder} is no set of questions; it needs articles/ and questions.json.")
    try:
        read = _File.model_validate_json(found[0].read_bytes())
    except ValidationError as error:
        raise UsageError(f"{found[0]} is not of the form that is documented: {error.errors()[0]['msg']}.") from error
    return articles, tuple(q if isinstance(q, Conversation) else Conversation(turns=(q,)) for q in read.questions)


def evaluate(
    engine: Engine, articles: Path, conversations: Sequence[Conversation], *, model: str | None = None
) -> Iterator[Outcome | Evaluation]:
    """Asks every question; an `Outcome` for each, last the `Evaluation`.

    Args:
        engine: over an archive that holds the articles.
        articles: the folder they were added from.
        conversations: as `read_set` gives them.
        model: a litellm model string that writes the answers; None quotes.
    """
    tally = _Tally()
    for conversation in conversations:
        history: list[Turn] = []
        for asked in conversation.turns:
            hits: tuple[Hit, ...] = ()
            for event in engine.ask(asked.question, history=history, model=model):
                match event:
                    case Retrieved():
                        hits = event.hits
                    case Finished(answer):
                        _count(tally, f"{len(tally.seconds)}", asked, answer, hits, engine, articles)
                        history.append(Turn(question=asked.question, answer=answer))
                        yield Outcome(asked, answer)
    yield _sum(tally)


def _count(
    tally: _Tally, number: str, asked: Asked, answer: Answer, hits: Sequence[Hit], engine: Engine, articles: Path
) -> None:
    tally.seconds.append(sum(answer.trace.seconds.values()))
    tally.cost += answer.trace.cost_usd or 0.0
    (tally.refused if asked.abstain else tally.answered).append(bool(answer.abstained) is asked.abstain)
    for cited in answer.citations:
        tally.exact.append(engine.article(cited.article_id).text[cited.start : cited.end] == cited.quote)
    if asked.abstain or not asked.expected:
        return
    ranking = dict.fromkeys(_place(hit.article.path, hit.article.key, articles) for hit in hits)
    tally.ranked += [(number, place, -float(rank)) for rank, place in enumerate(ranking)]
    wanted = {f"{one.file}#{one.key}" if one.key else one.file for one in asked.expected}
    tally.relevant += [(number, place) for place in wanted]
    if not any(one.text for one in asked.expected):
        return
    right = [_is_right(cited, asked, articles) for cited in answer.citations]
    tally.right += right
    tally.with_gold.append(any(right))
    stating = {cited.outlet for cited, good in zip(answer.citations, right, strict=True) if good}
    if asked.outlets_stating:
        tally.covered.append(len(stating & set(asked.outlets_stating)) / len(asked.outlets_stating))


def _place(path: str, key: str, articles: Path) -> str:
    try:
        file = Path(path).relative_to(articles.absolute()).as_posix()
    except ValueError:
        file = path
    return f"{file}#{key}" if key else file


def _is_right(cited: Citation, asked: Asked, articles: Path) -> bool:
    """Whether a citation is, or holds, or lies in words that were expected of its article."""
    path, _, key = cited.path.partition("#")
    quote = " ".join(cited.quote.split())
    for one in asked.expected:
        words = " ".join((one.text or "").split())
        same = _place(path, key, articles) == (f"{one.file}#{one.key}" if one.key else one.file)
        if words and same and (words in quote or quote in words):
            return True
    return False


def _sum(tally: _Tally) -> Evaluation:
    sides = [_mean(side) for side in (tally.answered, tally.refused) if side]
    seconds = sorted(tally.seconds)
    return Evaluation(
        questions=len(seconds),
        answered=sum(tally.answered) + len(tally.refused) - sum(tally.refused),
        quote_exactness=_mean(tally.exact),
        citation_precision=_mean(tally.right),
        citation_recall=_mean(tally.covered),
        answers_with_gold=_mean(tally.with_gold),
        abstention=_mean([side for side in sides if side is not None]),
        retrieval=_rankings(tally),
        seconds_median=round(statistics.median(seconds), 3) if seconds else 0.0,
        seconds_p95=round(seconds[int(0.95 * (len(seconds) - 1))], 3) if seconds else 0.0,
        cost_usd=round(tally.cost, 6),
    )


def _mean(values: Sequence[float]) -> float | None:
    return round(sum(values) / len(values), 4) if values else None


def _rankings(tally: _Tally) -> dict[str, float]:
    import ir_measures
    from ir_measures import RR, R, nDCG

    if not tally.relevant:
        return {}
    relevant = [ir_measures.Qrel(number, place, 1) for number, place in tally.relevant]
    ranked = [ir_measures.ScoredDoc(number, place, score) for number, place, score in tally.ranked]
    found: dict[Any, float] = ir_measures.calc_aggregate([R @ CUT, RR @ CUT, nDCG @ CUT], relevant, ranked)
    return {str(measure): round(value, 4) for measure, value in sorted(found.items(), key=str)}
