"""The whole way from a question to a proven answer, over invented articles and over the examples."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from index.archive import Archive
from index.errors import ArchiveError, ModelRefusedError, ModelUnavailableError, UsageError
from index.types import Filters
from prompts import load
from qa.engine import LONGEST_QUESTION, Engine
from qa.opening import open_engine
from qa.settings import Settings
from qa.types import Delta, Finished, Retrieved, Turn, Verdict
from tests.fakes import HashEmbedder, ScriptedLLM, WordAnswers
from tests.index.making import add, write_rows
from tests.qa.asking import ask, events

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from index.answers import AnswerModel
    from index.embed import Embedder
    from qa.types import Answer

EXAMPLES = Path(__file__).resolve().parent.parent.parent / "examples"
ROWS = (
    {
        "id": "1", "outlet": "Fjord Gazette", "published": "2026-03-01", "title": "Ferry talks collapse",
        "text": "Mayor Ilse Karg blamed the ferry company for the collapse of the talks. "
        "Some 4,200 people cross the strait each day.",
    },
    {
        "id": "2", "outlet": "Harbour Post", "published": "2026-03-02", "title": "Ferry company hits back",
        "text": "The ferry company denied that it had left the talks. Its boats sail at noon.",
    },
    {
        "id": "3", "outlet": "Strait Courier", "published": "2026-03-05", "title": "Rain",
        "text": "Rain is expected over the strait on Sunday. The ferry talks are not affected.",
    },
)  # fmt: skip
QUESTION = "Who blamed whom for the collapse of the ferry talks?"
BLAME, DENIAL = (
    "Mayor Ilse Karg blamed the ferry company for the collapse of the talks.",
    "The ferry company denied that it had left the talks.",
)


def opened(archive: Path, embedder: Embedder, *llms: ScriptedLLM) -> Engine:
    by_name = {llm.name: llm for llm in llms}
    return Engine(Archive(archive), embedder, by_name.__getitem__, answers=WordAnswers())


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """An archive of three articles."""
    add(tmp_path / "archive", write_rows(tmp_path / "t.jsonl", *ROWS))
    return tmp_path / "archive"


@pytest.fixture
def engine(archive: Path) -> Engine:
    return opened(archive, HashEmbedder())


class CountingEmbedder(HashEmbedder):
    """The fake, which counts the texts that it is given."""

    def __init__(self) -> None:
        self.texts = 0

    def documents(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """The vectors."""
        self.texts += len(texts)
        return super().documents(texts)


def test_what_is_suggested_is_known_to_a_warm_engine(archive: Path) -> None:
    embedder = CountingEmbedder()
    engine = opened(archive, embedder)
    engine.warm()
    known = embedder.texts
    assert known > 0
    assert engine.suggestions()
    for question in engine.suggestions():
        assert ask(engine, question).claims
    assert embedder.texts == known


def test_a_page_that_asks_the_same_question_answers_nothing(tmp_path: Path) -> None:
    question = "When does the strike of the ferry crews in Aldern begin?"
    told = "The strike of the ferry crews in Aldern begins at noon on 4 May, the union said."
    quiz = {
        "id": "1",
        "outlet": "Fjord Gazette",
        "published": "2026-03-01",
        "title": "Quiz",
        "text": f"{question} Think.",
    }
    news = {"id": "2", "outlet": "Harbour Post", "published": "2026-03-02", "title": "Strike", "text": told}
    add(tmp_path / "quiz", write_rows(tmp_path / "quiz.jsonl", quiz))
    assert ask(opened(tmp_path / "quiz", HashEmbedder()), question).abstained
    add(tmp_path / "both", write_rows(tmp_path / "both.jsonl", quiz, news))
    answer = ask(opened(tmp_path / "both", HashEmbedder()), question)
    assert [citation.quote for citation in answer.citations] == [told]


class Prefers:
    """A reranker for which passages with a word come first."""

    def __init__(self, word: str) -> None:
        self._word = word

    def scores(self, question: str, passages: Sequence[str]) -> list[float]:
        """1 or 0 by passage."""
        return [float(self._word in passage) for passage in passages]


@pytest.mark.parametrize("word", ["denied", "Rain"])
def test_a_reranker_decides_what_is_found_first_for_hits_and_answers(archive: Path, word: str) -> None:
    engine = Engine(Archive(archive), HashEmbedder(), {}.__getitem__, answers=WordAnswers(), reranker=Prefers(word))
    assert word in engine.search(QUESTION)[0].passage.text
    retrieved = next(iter(engine.ask(QUESTION)))
    assert isinstance(retrieved, Retrieved)
    assert word in retrieved.hits[0].passage.text


def test_a_reranker_that_is_named_is_opened_with_the_engine(
    archive: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("qa.opening.open_embedder", lambda *_, **__: HashEmbedder())
    engine = open_engine(Settings(archive=archive, reranker=str(tmp_path / "missing")))
    with pytest.raises(ModelUnavailableError, match=r"The reranker .*missing cannot be loaded"):
        engine.search(QUESTION)
    assert open_engine(Settings(archive=archive)).search(QUESTION)


def numbers(engine: Engine) -> dict[str, int]:
    """The number under which each sentence is shown to a model, by its text."""
    from qa.cite import number

    first = next(iter(engine.ask(QUESTION)))
    assert isinstance(first, Retrieved)
    return {item.sentence.text: item.number for item in number(first.hits)}


def reply(*pairs: tuple[str, list[int]], stated: bool = True) -> str:
    return json.dumps({"stated": stated, "claims": [{"text": text, "numbers": found} for text, found in pairs]})


def test_a_quoted_answer_holds_both_sides_in_the_articles_words(engine: Engine) -> None:
    answer = ask(engine, QUESTION)
    assert (answer.mode, answer.model, answer.abstained) == ("quote", None, None)
    assert {f"According to Fjord Gazette: {BLAME}", f"According to Harbour Post: {DENIAL}"} <= {
        c.text for c in answer.claims
    }
    assert answer.outlets.searched == ("Fjord Gazette", "Harbour Post", "Strait Courier")
    assert {"retrieve", "choose"} <= set(answer.trace.seconds)
    assert (answer.trace.tokens, answer.trace.cost_usd, answer.trace.prompts) == (None, None, {})


def test_deltas_are_the_claims_as_they_stand_in_the_answer(engine: Engine) -> None:
    found = events(engine, QUESTION)
    last = found[-1]
    assert isinstance(last, Finished)
    told = "".join(event.text for event in found if isinstance(event, Delta))
    assert told.splitlines() == [claim.text for claim in last.answer.claims]


def test_the_same_question_has_the_same_answer(engine: Engine) -> None:
    first, second = ask(engine, QUESTION), ask(engine, QUESTION)
    assert first.model_copy(update={"trace": second.trace}) == second


def test_filters_limit_what_is_cited_and_what_was_searched(engine: Engine) -> None:
    answer = ask(engine, QUESTION, filters=Filters(outlets=("Harbour Post",)))
    assert answer.outlets.cited in ((), ("Harbour Post",))
    assert answer.outlets.searched == ("Harbour Post",)
    nothing = ask(engine, QUESTION, filters=Filters(since=date(2030, 1, 1)))
    assert nothing.abstained is not None
    assert nothing.abstained.nearest == ()


def test_what_no_article_names_is_not_answered(engine: Engine) -> None:
    answer = ask(engine, "Who won the Zanzibar regatta?")
    assert answer.abstained is not None
    assert answer.abstained.searched.articles == 3
    assert answer.abstained.searched.outlets == ("Fjord Gazette", "Harbour Post", "Strait Courier")


def test_an_archive_of_nothing_abstains(archive: Path) -> None:
    from index.build import remove

    with Archive(archive) as there:
        ids = [a.id for a in there.catalogue.articles()]
    remove(ids, folder=archive, embedder=HashEmbedder())
    answer = ask(opened(archive, HashEmbedder()), QUESTION)
    assert answer.abstained is not None
    assert answer.abstained.searched.articles == 0


@pytest.mark.parametrize("question", ["", "  \n ", "x" * (LONGEST_QUESTION + 1)])
def test_a_question_that_is_none_is_refused(engine: Engine, question: str) -> None:
    with pytest.raises(UsageError, match="question"):
        list(engine.ask(question))
    with pytest.raises(UsageError, match="question"):
        engine.search(question)


def test_another_embedding_model_is_refused(archive: Path) -> None:
    class Other(HashEmbedder):
        fingerprint = "other:64"

    with pytest.raises(ArchiveError, match=r"hash:64.*other:64"):
        opened(archive, Other())


def test_the_engine_answers_from_what_was_published_last(archive: Path, engine: Engine, tmp_path: Path) -> None:
    assert (engine.articles_count(), len(engine.suggestions())) == (3, 3)
    more = {
        "id": "9",
        "outlet": "Aldern Echo",
        "title": "Regatta won",
        "text": "The Zanzibar regatta was won by Petra Lind in her third race.",
    }
    add(archive, write_rows(tmp_path / "more.jsonl", more))
    assert engine.articles_count() == 4
    assert any("Regatta won" in question for question in engine.suggestions())
    answer = ask(engine, "Who won the Zanzibar regatta?")
    assert [c.quote for c in answer.citations][:1] == [more["text"]]


def test_articles_outlets_and_suggestions_come_from_the_archive(engine: Engine) -> None:
    assert engine.outlets() == ("Fjord Gazette", "Harbour Post", "Strait Courier")
    assert [
        title in question
        for title, question in zip(("Rain", "hits back", "collapse"), engine.suggestions(), strict=True)
    ] == [True] * 3
    with pytest.raises(UsageError, match="rashomon list"):
        engine.article("0" * 16)


def test_a_written_answer_cites_what_proves_it(archive: Path, engine: Engine) -> None:
    known = numbers(engine)
    llm = ScriptedLLM(
        reply((BLAME, [known[BLAME]]), ("The ferry company denied that it left the talks.", [known[DENIAL]]))
    )
    answer = ask(opened(archive, HashEmbedder(), llm), QUESTION, model="scripted")
    assert (answer.mode, answer.model, answer.notes, answer.struck) == ("write", "scripted", (), ())
    assert [c.quote for c in answer.citations] == [BLAME, DENIAL]
    assert [c.citations for c in answer.claims] == [(1,), (2,)]
    assert (answer.trace.tokens, answer.trace.cost_usd) == (100, 0.25)
    assert answer.trace.prompts["write"] == load("write").version
    assert {"retrieve", "write", "check"} <= set(answer.trace.seconds)


def test_invented_numbers_are_refused_and_told(archive: Path, engine: Engine) -> None:
    llm = ScriptedLLM(reply((BLAME, [numbers(engine)[BLAME], 77]), ("Nobody came at all.", [78])))
    answer = ask(opened(archive, HashEmbedder(), llm), QUESTION, model="scripted")
    assert [c.text for c in answer.claims] == [BLAME]
    assert any("[77], [78]" in note for note in answer.notes)


@pytest.mark.parametrize(
    "unproven",
    [
        "Some 9,900 people cross the strait each day.",
        "Some 4,200 people do not cross the strait each day.",
        "Jonas Ferrel said that 4,200 people cross the strait each day.",
        "The harbour master resigned over a bribe from the railway union.",
    ],
)
def test_a_claim_that_its_citation_does_not_prove_is_struck(archive: Path, engine: Engine, unproven: str) -> None:
    known = numbers(engine)
    count = known["Some 4,200 people cross the strait each day."]
    llm = ScriptedLLM(reply((BLAME, [known[BLAME]]), (unproven, [count])))
    answer = ask(opened(archive, HashEmbedder(), llm), QUESTION, model="scripted")
    assert [c.text for c in answer.claims] == [BLAME]
    [struck] = answer.struck
    assert struck.text == unproven
    assert struck.verdict in (Verdict.UNSUPPORTED, Verdict.CONTRADICTED)
    assert struck.reason


def test_the_reverse_of_what_is_said_is_struck_and_the_answer_quotes(archive: Path, engine: Engine) -> None:
    wrong = "The ferry company blamed Mayor Ilse Karg for the collapse of the talks."
    llm = ScriptedLLM(reply((wrong, [numbers(engine)[BLAME]])))
    answer = ask(opened(archive, HashEmbedder(), llm), QUESTION, model="scripted")
    assert wrong not in {c.text for c in answer.claims}
    assert answer.mode == "quote"
    assert any("could be proven" in note for note in answer.notes)


def test_a_claim_without_a_citation_is_struck(archive: Path, engine: Engine) -> None:
    llm = ScriptedLLM(reply((BLAME, [numbers(engine)[BLAME]]), ("The mayor is right.", [])))
    answer = ask(opened(archive, HashEmbedder(), llm), QUESTION, model="scripted")
    assert [(c.text, c.verdict) for c in answer.struck] == [("The mayor is right.", Verdict.UNCITED)]


def test_a_reply_that_cannot_be_read_is_asked_for_once_more(archive: Path, engine: Engine) -> None:
    llm = ScriptedLLM("I would rather not.", reply((BLAME, [numbers(engine)[BLAME]])))
    answer = ask(opened(archive, HashEmbedder(), llm), QUESTION, model="scripted")
    assert (answer.mode, [c.text for c in answer.claims]) == ("write", [BLAME])
    assert len(llm.asked) == 2
    assert answer.trace.tokens == 200


def test_two_replies_that_cannot_be_read_leave_a_quoted_answer_that_says_so(archive: Path) -> None:
    llm = ScriptedLLM("I would rather not.", "No.")
    answer = ask(opened(archive, HashEmbedder(), llm), QUESTION, model="scripted")
    assert answer.mode == "quote"
    assert f"According to Fjord Gazette: {BLAME}" in {c.text for c in answer.claims}
    assert any("scripted" in note and "quotes instead" in note for note in answer.notes)


def test_a_model_may_say_that_nothing_answers(archive: Path) -> None:
    answer = ask(opened(archive, HashEmbedder(), ScriptedLLM(reply(stated=False))), QUESTION, model="scripted")
    assert answer.abstained is not None
    assert answer.mode == "write"
    assert answer.abstained.nearest


@pytest.mark.parametrize("error", [ModelUnavailableError("It does not answer."), ModelRefusedError("No key.")])
@pytest.mark.parametrize("told", ["", '{"stated": true, "claims": [{"te'])
def test_a_model_that_fails_is_our_own_error(archive: Path, error: Exception, told: str) -> None:
    llm = ScriptedLLM((told, error))
    with pytest.raises(type(error), match=str(error)):
        list(opened(archive, HashEmbedder(), llm).ask(QUESTION, model="scripted"))
    assert llm.open == 0


def test_closing_stops_the_model(archive: Path, engine: Engine) -> None:
    llm = ScriptedLLM(reply((BLAME, [numbers(engine)[BLAME]])))
    stream: Any = opened(archive, HashEmbedder(), llm).ask(QUESTION, model="scripted")
    assert isinstance(next(stream), Retrieved)
    assert isinstance(next(stream), Delta)
    assert llm.open == 1
    stream.close()
    assert llm.open == 0


def test_a_small_model_only_chooses_and_the_words_stay_the_articles(archive: Path) -> None:
    llm = ScriptedLLM(json.dumps({"numbers": [1]}), chooses_only=True)
    answer = ask(opened(archive, HashEmbedder(), llm), QUESTION, model="scripted")
    assert answer.mode == "write"
    [claim] = answer.claims
    assert claim.text == f"According to {answer.citations[0].outlet}: {answer.citations[0].quote}"


def test_where_the_archive_does_not_say_no_model_is_asked(archive: Path) -> None:
    llm = ScriptedLLM()
    answer = ask(opened(archive, HashEmbedder(), llm), "Who won the Zanzibar regatta?", model="scripted")
    assert answer.abstained is not None
    assert llm.asked == []


def test_a_follow_up_is_asked_with_the_question_before_and_the_model_is_shown_the_turn(
    archive: Path, engine: Engine
) -> None:
    turns = [Turn(question=QUESTION, answer=ask(engine, QUESTION))]
    answer = ask(engine, "And the company?", history=turns)
    assert answer.question == "And the company?"
    assert answer.asked == f"And the company? ({QUESTION})"
    assert DENIAL in {c.quote for c in answer.citations}
    llm = ScriptedLLM("no rewriting that can be read", reply((DENIAL, [1, 2, 3, 4, 5])))
    list(opened(archive, HashEmbedder(), llm).ask("And the company?", history=turns, model="scripted"))
    shown = "\n".join(message["content"] for message in llm.asked[1])
    assert QUESTION in shown
    assert "And the company?" in shown


# the examples, with the model that is the default


def gold() -> list[dict[str, Any]]:
    questions: list[dict[str, Any]] = json.loads((EXAMPLES / "gold" / "questions.json").read_text("utf-8"))["questions"]
    return questions


@dataclass(frozen=True)
class Example:
    """A gold question and its answer."""

    gold: dict[str, Any]
    answer: Answer

    @property
    def right(self) -> bool:
        """Whether a gold stretch is cited (overlapped) in its file."""
        wanted = self.gold["expected"]
        return any(
            c.path.endswith(span["file"] + (f"#{span['key']}" if span.get("key") else ""))
            and (span["text"] in c.quote or c.quote in span["text"])
            for c in self.answer.citations
            for span in wanted
        )


@pytest.fixture(scope="module")
def over_examples(examples: Path, embedder: Embedder, answers: AnswerModel) -> Engine:
    return Engine(Archive(examples), embedder, lambda _: ScriptedLLM(), answers=answers)


@pytest.fixture(scope="module")
def answered(over_examples: Engine) -> list[Example]:
    """Every gold question answered, the turns of a conversation one after the other."""
    found = []
    for item in gold():
        turns: list[Turn] = []
        for turn in item.get("turns", [item]):
            answer = ask(over_examples, turn["question"], history=turns)
            turns.append(Turn(question=turn["question"], answer=answer))
            found.append(Example(turn, answer))
    return found


@pytest.mark.model
def test_every_answer_over_the_examples_is_proven(answered: list[Example]) -> None:
    """`ask` holds each against its articles."""
    assert len(answered) == sum(len(item.get("turns", [0])) for item in gold())


@pytest.mark.model
def test_most_questions_over_the_examples_cite_what_the_gold_expects(answered: list[Example]) -> None:
    """Measured: 26 of 36 cite a gold stretch, 1 of 36 abstains."""
    answerable = [example for example in answered if not example.gold.get("abstain")]
    assert sum(example.right for example in answerable) / len(answerable) >= 0.7
    assert sum(example.answer.abstained is not None for example in answerable) / len(answerable) <= 0.06


@pytest.mark.model
def test_questions_that_the_examples_do_not_answer_are_abstained_from(answered: list[Example]) -> None:
    """Measured: 10 of 11; one asks for what somebody said of another ship."""
    unanswerable = [example for example in answered if example.gold.get("abstain")]
    assert sum(example.answer.abstained is not None for example in unanswerable) / len(unanswerable) >= 0.85


@pytest.mark.model
def test_a_question_on_another_matter_is_abstained_from(over_examples: Engine) -> None:
    for question in (
        "Who won the 2022 World Cup?",
        "What is the capital of Mongolia?",
        "Which vaccine did Pfizer recall?",
    ):
        assert ask(over_examples, question).abstained is not None, question
