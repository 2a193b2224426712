"""What the components draw: the article cut without loss, and each claim with its mark, reason and markers."""

from __future__ import annotations

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from index.types import Article, Mark, Reason
from qa.types import Turn
from tests.ui.scripted import ARTICLES, BLAME, COUNT, QUESTION, absent_answer, blame_answer, cite, hostile_answer
from ui.citations import MARKS, Opened, article_data, pieces, sources, trace, turn_data, turn_key

ANSWER = blame_answer(QUESTION, model=None)


def test_the_cited_words_stand_out_and_boilerplate_is_set_aside() -> None:
    shown = Opened(1, ANSWER.citations[0], ANSWER.citations)
    cut = list(pieces(ARTICLES[0], shown))
    assert [piece["kind"] for piece in cut] == ["plain", "also", "plain", "now", "plain", "aside", "plain"]
    assert cut[1] == {"text": COUNT, "kind": "also", "marker": 3}
    assert cut[3] == {"text": BLAME, "kind": "now"}
    assert cut[5]["reason"] == "comments"
    assert cut[5]["text"].startswith("Sign in to comment")


@settings(deadline=None)
@given(st.text(min_size=2, max_size=80), st.data())
def test_the_pieces_join_to_the_article_and_the_open_citation_is_whole(text: str, data: st.DataObject) -> None:
    def span() -> tuple[int, int]:
        start = data.draw(st.integers(0, len(text) - 1))
        return start, data.draw(st.integers(start + 1, len(text)))

    aside = Mark(*span(), Reason.REPEATED)
    article = Article(id="a", path="a", key="", text=text, boilerplate=(aside,))
    base = cite(1, ARTICLES[0], BLAME)
    cited = []
    for marker in (1, 2, 3):
        start, end = span()
        update = {"marker": marker, "article_id": "a", "start": start, "end": end, "quote": text[start:end]}
        cited.append(base.model_copy(update=update))
    cut = list(pieces(article, Opened(1, cited[0], tuple(cited))))
    assert "".join(piece["text"] for piece in cut) == text
    assert "".join(piece["text"] for piece in cut if piece["kind"] == "now") == cited[0].quote


def test_the_panel_leafs_through_the_answers_citations() -> None:
    first = article_data(ARTICLES[0], Opened(2, ANSWER.citations[0], ANSWER.citations))
    last = article_data(ARTICLES[0], Opened(2, ANSWER.citations[2], ANSWER.citations))
    assert (first["place"], first["previous"], first["next"]) == ("1 of 3", None, 2)
    assert (last["place"], last["previous"], last["next"]) == ("3 of 3", 2, None)
    assert first["byline"] == "Harbour Gazette · 3 May 2024"
    assert first["url"] == "https://news.example/1"


def test_each_claim_has_a_mark_its_meaning_and_its_markers() -> None:
    data = turn_data(Turn(question=QUESTION, answer=ANSWER), open_marker=2)
    assert [(claim["mark"], claim["markers"]) for claim in data["claims"]] == [("✓", [1]), ("✓", [2]), ("◐", [3])]
    assert data["claims"][2]["reason"] == "the article gives the count and says nothing of a bridge"
    assert [(claim["mark"], claim["meaning"]) for claim in data["struck"]] == [
        ("○", "Not proven by the words it cites")
    ]
    assert data["open"] == 2
    assert [source["byline"] for source in data["sources"]] == [
        "Harbour Gazette · 3 May 2024",
        "Strait Courier · 4 May 2024",
        "Harbour Gazette · 3 May 2024",
    ]
    assert len({sign for sign, _ in MARKS.values()}) == len(MARKS)


def test_an_abstention_offers_what_came_nearest() -> None:
    answer = absent_answer("Who won the regatta?")
    data = turn_data(Turn(question="Who won the regatta?", answer=answer))
    assert data["abstained"] == {
        "reason": "The articles do not say who won the regatta.",
        "searched": "Searched 3 articles of Harbour Gazette, Strait Courier.",
    }
    assert [source["quote"] for source in data["sources"]] == [COUNT]
    assert sources(answer) == answer.abstained.nearest if answer.abstained else False


def test_the_trace_says_how_the_answer_was_made() -> None:
    assert trace(ANSWER) == "Quoted, no model · 0.4 s"
    written = blame_answer(QUESTION, model="ollama/llama3.2")
    assert trace(written) == "Written by ollama/llama3.2, each sentence checked · 0.4 s · 812 tokens"
    fallen_back = written.model_copy(update={"mode": "quote"})
    assert trace(fallen_back) == "Quoted, after ollama/llama3.2 was asked · 0.4 s · 812 tokens"


def test_hostile_words_reach_the_components_as_they_are_and_their_addresses_do_not() -> None:
    answer = hostile_answer("x")
    data = turn_data(Turn(question="x", answer=answer))
    assert [claim["text"] for claim in data["claims"]] == [claim.text for claim in answer.claims]
    unsafe = ARTICLES[2].__class__(**{**_fields(ARTICLES[2]), "url": "javascript:alert(1)"})
    assert article_data(unsafe, Opened(1, answer.citations[0], answer.citations))["url"] is None
    json.dumps(data)


def _fields(article: Article) -> dict[str, object]:
    return {name: getattr(article, name) for name in article.__dataclass_fields__}


def test_a_turns_key_never_holds_what_streamlit_keeps_to_itself() -> None:
    assert "__" not in turn_key("a__b___c", 3)
    assert turn_key("a_b", 1) != turn_key("a-b", 1)
