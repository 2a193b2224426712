"""The answer without a model: what is chosen, and how it is told."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from index.types import Article, Hit, Kind, Passage, Quoted, Span, Statement
from qa.check import check
from qa.cite import Citations, number
from qa.quote import (
    LESS_SURE,
    MOST_OF_AN_ACT,
    MOST_OF_ITS_ANSWER,
    MOST_SENTENCES,
    UNSURE,
    choose,
    compose,
    introduce,
    told_by,
)
from qa.types import Verdict
from qa.weigh import Evidence, Question, weigh
from tests.fakes import HashEmbedder
from tests.qa.evidence import article, bridge, numbered

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from index.types import Sentence

EMBEDDER = HashEmbedder()
BLAME = "Who blamed whom for the collapse of the ferry talks?"


def hits(*articles: tuple[Article, list[Sentence]]) -> tuple[Hit, ...]:
    return tuple(
        Hit(Passage(i, it.id, 0, len(it.text), 0, len(run) - 1, it.text), it, 1.0, 0.5, ("dense",), tuple(run))
        for i, (it, run) in enumerate(articles, start=1)
    )


def weighed(question: str, *articles: tuple[Article, list[Sentence]]) -> tuple[Question, list[Evidence]]:
    found, read = hits(*articles), Question.read(question, lambda _: 1.0)
    return read, weigh(read, EMBEDDER.query(question), found, number(found), EMBEDDER.documents)


def chosen(question: str, *articles: tuple[Article, list[Sentence]]) -> list[str]:
    return [e.numbered.sentence.text for e in choose(*weighed(question, *articles))]


TALKS = (
    article(1, "Gazette", "The ferry talks took place in a hotel by the harbour.", "The mayor blamed the ferry company for the collapse of the ferry talks."),
    article(2, "Post", "The ferry company denied that it had left the ferry talks.", "Its boats sail at noon."),
    article(3, "Courier", "Rain is expected on Sunday."),
)  # fmt: skip


def test_sentences_of_the_act_asked_about_come_first_and_the_answer_to_it_is_looked_for() -> None:
    found = chosen(BLAME, *TALKS)
    assert found[0] == TALKS[0][1][1].text
    assert found[1] == TALKS[1][1][0].text
    assert len(found) <= MOST_OF_AN_ACT + MOST_OF_ITS_ANSWER


@pytest.mark.parametrize(
    ("question", "order"),
    [
        ("What did the Mayor of Aldern say?", ["tells", "best"]),
        ("What did the Mayor say of the ferry talks?", ["best", "tells"]),
        ("Why did the Mayor say that?", ["best", "tells"]),
    ],
)
def test_what_tells_the_act_comes_before_better_evidence_only_where_all_that_was_said_is_asked_for(
    question: str, order: list[str]
) -> None:
    read, ranked = weighed(question, *TALKS)
    best, tells = (replace(e, told={Kind.SAY: told}) for e, told in zip(ranked, (0.0, 1.0), strict=False))
    best, tells = replace(best, score=2.0), replace(tells, score=1.9)
    found = choose(read, [best, tells])
    names = {best.numbered.number: "best", tells.numbered.number: "tells"}
    assert [names[e.numbered.number] for e in found] == order[: len(found)]


def test_a_caption_is_no_further_sentence_and_shown_only_where_it_is_the_best() -> None:
    caption = "FILE - In this May photo, the ferry talks begin in a hotel by the harbour."
    item = article(
        1, "Gazette", "The ferry talks took place in a hotel.", caption, "The talks in the hotel failed on Friday."
    )
    read, ranked = weighed("Where did the ferry talks take place?", item)
    scored = [replace(e, score=10.0 - e.numbered.number) for e in sorted(ranked, key=lambda e: e.numbered.number)]
    assert [e.numbered.number for e in choose(read, scored)] == [1, 3]
    assert [e.numbered.number for e in choose(read, scored[1:])] == [2, 3]


def test_every_sentence_is_weighed_once_and_the_best_come_first() -> None:
    _, ranked = weighed(BLAME, *TALKS)
    assert sorted(e.numbered.number for e in ranked) == [1, 2, 3, 4, 5]
    assert [e.score for e in ranked] == sorted((e.score for e in ranked), reverse=True)
    assert {e.numbered.sentence.text for e in ranked if any(e.told.values())} == {
        TALKS[0][1][1].text,
        TALKS[1][1][0].text,
    }


def test_only_so_many_sentences_are_embedded_those_that_fit_best_by_their_words() -> None:
    one = article(
        1, "Echo", "The ferry talks failed on Friday.", "Rain fell.", "The ferry firm left the talks.", "Gulls cried."
    )
    embedded: list[str] = []

    def meaning(texts: Sequence[str]) -> NDArray[np.float32]:
        embedded.extend(texts)
        return EMBEDDER.documents(texts)

    read = Question.read("Who left the ferry talks?", lambda _: 1.0)
    ranked = weigh(read, EMBEDDER.query(read.text), hits(one), number(hits(one)), meaning, most=2)
    assert {e.numbered.sentence.ordinal for e in ranked} == {0, 2}
    assert sorted(embedded) == sorted(e.numbered.sentence.text for e in ranked)


def test_no_outlet_speaks_twice_before_another_that_has_as_much_to_say() -> None:
    one = article(
        1,
        "Gazette",
        "The ferry talks on the strait collapsed on Monday at the town hall.",
        "On the strait the ferry talks collapsed when both delegations flew home last Tuesday night.",
    )
    two = article(2, "Post", "Friday was the day when the ferry talks collapsed, and the strait fell quiet for a week.")
    read, ranked = weighed("When did the ferry talks on the strait collapse?", one, two)
    tellers = [told_by(e.numbered.article) for e in choose(read, ranked)]
    assert set(tellers[:2]) == {"Gazette", "Post"}
    assert len(tellers) <= MOST_SENTENCES


def test_what_two_outlets_print_in_the_same_words_is_told_once() -> None:
    text = "The ferry talks collapsed on Friday over the fares that the islanders pay."
    assert chosen("When did the ferry talks collapse?", article(1, "Gazette", text), article(2, "Post", text)) == [text]


@pytest.mark.parametrize(
    ("odds", "shown"),
    [
        ((2.0, 0.0, UNSURE + 0.01, UNSURE - 0.01), (0, 1, 2)),  # unsure itself
        ((-3.0, -3.01 - LESS_SURE, -2.99 - LESS_SURE, -3.0), (0, 2, 3)),  # far less sure than the surest
        ((UNSURE - 0.01, 5.0, 5.0, 5.0), (1, 2, 3)),  # though it is the best by its words
        ((None, None, None, None), (0, 1, 2, 3)),  # not read
    ],
)
def test_what_hardly_answers_beside_the_rest_is_not_shown(odds: tuple[float, ...], shown: tuple[int, ...]) -> None:
    told = (
        "The ferry talks were left by the company on Monday.",
        "At noon the islanders stood up from the ferry talks and left for home.",
        "Both mayors had left when the ferry talks resumed that evening.",
        "Nobody from the union left the ferry talks before the vote was taken.",
    )
    read, ranked = weighed("Who left the ferry talks?", *(article(n, f"Post {n}", text) for n, text in enumerate(told)))
    ranked = [replace(evidence, answers=odd) for evidence, odd in zip(ranked, odds, strict=True)]
    assert {e.numbered.number for e in choose(read, ranked)} == {ranked[place].numbered.number for place in shown}


def test_nothing_is_chosen_from_nothing() -> None:
    assert chosen(BLAME) == []
    assert weighed(BLAME)[1] == []


def test_claims_are_verbatim_outlet_by_outlet_in_the_articles_order() -> None:
    first, second, third, _ = bridge()
    citations = Citations()
    claims = introduce([second, third, first], citations)
    assert [(c.text, c.citations, c.verdict) for c in claims] == [
        (f"According to Fjord Gazette: {first.sentence.text}", (1,), Verdict.SUPPORTED),
        (second.sentence.text, (2,), Verdict.SUPPORTED),
        (f"According to Harbour Post: {third.sentence.text}", (3,), Verdict.SUPPORTED),
    ]
    assert [c.quote for c in citations.all()] == [n.sentence.text for n in (first, second, third)]


def test_line_breaks_in_a_sentence_are_folded_in_the_claim_and_kept_in_the_citation() -> None:
    [item] = numbered(article(1, "Echo", "The talks\n  broke down."))
    citations = Citations()
    _, ranked = weighed("What broke down?", article(1, "Echo", "The talks\n  broke down."))
    [claim] = compose(ranked, citations)
    assert claim.text == "According to Echo: The talks broke down."
    assert citations.all()[0].quote == item.sentence.text == "The talks\n  broke down."


@pytest.mark.parametrize(
    ("outlet", "title", "path", "teller"),
    [
        ("Echo", "Head", "/news/a.txt", "Echo"),
        (None, "Head", "/news/a.txt", "“Head”"),
        (None, None, "/news/a.txt", "a.txt"),
    ],
)
def test_who_tells_is_the_outlet_else_the_headline_else_the_file(
    outlet: str | None, title: str | None, path: str, teller: str
) -> None:
    assert told_by(Article("a", path, "", "x", title=title, outlet=outlet)) == teller


def test_who_speaks_stands_in_brackets_where_the_sentence_has_a_pronoun_and_the_claim_still_holds() -> None:
    held = numbered(article(1, "Echo", "Ada Lind met reporters in the harbour.", "She said the boats were late."))[1]
    begin = held.sentence.start
    one = Statement(
        "s", held.article.id, Kind.SAY, "Ada Lind", (), None, Quoted.INDIRECT, None, False,
        (Span(begin, begin + 3),), (Span(begin + 4, begin + 8),), (Span(begin + 9, held.sentence.end - 1),),
    )  # fmt: skip
    citations = Citations()
    [claim] = introduce([held], citations, said={(held.article.id, held.sentence.ordinal): (one,)})
    assert claim.text == "According to Echo: [Ada Lind] She said the boats were late."
    assert citations.all()[0].quote == "She said the boats were late."
    assert check(claim.text, [held], embedder=None, statements=[one]).verdict is Verdict.SUPPORTED
    wrong = claim.text.replace("Ada Lind", "Bo Karg")
    assert check(wrong, [held], embedder=None, statements=[one]).verdict is Verdict.UNSUPPORTED
