"""The chat page's logic over a scripted engine: what is asked, kept, shown, listed and said when things go wrong."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

import ui
import ui.parts
from index.errors import ArchiveError
from index.types import Filters
from qa.recheck import Outlived
from qa.sessions import Judgement
from tests.ui.scripted import BLAME, HOSTILE, QUESTION, ScriptedEngine, scripted_parts
from ui.job import jobs
from ui.kept import NEWEST

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ui.parts import Parts

APP = Path(ui.__file__).parent / "app.py"


@dataclass
class Page:
    """A tab, and what stands behind it."""

    tab: AppTest
    parts: Parts
    engine: ScriptedEngine

    @property
    def conversation(self) -> str:
        """The id in the page's address."""
        named = self.tab.query_params["c"]
        return named if isinstance(named, str) else named[0]

    def ask(self, question: str) -> None:
        """Types a question and waits for what comes of it."""
        self.tab.chat_input[0].set_value(question).run()
        self.settle()

    def settle(self) -> None:
        """Runs the page until nothing is on its way, as its fragment does in a browser."""
        until = time.monotonic() + 20
        while any(button.label == "Stop" for button in self.tab.button) and time.monotonic() < until:
            time.sleep(0.05)
            self.tab.run()
        assert not self.tab.exception

    def drawn(self, component: str) -> list[dict[str, Any]]:
        """The data of the components of this name that show something."""
        import json

        found = []
        for element in self.tab.get("bidi_component"):
            proto = element.proto
            if proto.component_name == f"rashomon_{component}" and (shown := json.loads(proto.json)[0]):
                found.append(shown)
        return found

    def button(self, name: str) -> Any:
        """The button whose label holds `name`."""
        return next(button for button in self.tab.button if name in button.label)


def open_tab(**address: str) -> AppTest:
    tab = AppTest.from_file(str(APP), default_timeout=20)
    for name, value in address.items():
        tab.query_params[name] = value
    tab.run()
    return tab


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Page]:
    engine = ScriptedEngine()
    parts = scripted_parts(tmp_path, engine)
    monkeypatch.setattr(ui.parts, "open_parts", lambda: parts)
    st.cache_resource.clear()
    jobs().clear()
    yield Page(open_tab(), parts, engine)
    st.cache_resource.clear()


def test_the_empty_page_says_what_is_there_and_offers_questions(page: Page) -> None:
    assert page.tab.title[0].value == "One event, many accounts"
    assert page.tab.text[0].value.startswith("Ask about the 3 articles of 2 outlets in this archive.")
    pills = page.tab.get("button_group")[0]
    assert pills.proto.options[0].content == QUESTION.replace("?", "\\?")
    assert page.tab.chat_input[0].placeholder == "Ask · by quotation"
    assert page.drawn("turn") == []


def test_a_question_gets_its_answer_with_claims_sources_and_trace(page: Page) -> None:
    page.ask(QUESTION)
    (turn,) = page.drawn("turn")
    assert turn["question"] == QUESTION
    assert turn["claims"][0]["text"] == f"According to Harbour Gazette, {BLAME}"
    assert [source["marker"] for source in turn["sources"]] == [1, 2, 3]
    assert turn["trace"] == "Quoted, no model · 0.4 s"
    assert page.engine.asked == [(QUESTION, (), None)]


def test_a_suggestion_is_asked_by_one_click(page: Page) -> None:
    page.tab.get("button_group")[0].set_value(1).run()
    page.settle()
    assert page.engine.asked[0][0] == "How many people cross the strait each day?"
    assert len(page.drawn("turn")) == 1


def test_a_follow_up_stays_in_the_conversation_and_brings_its_history(page: Page) -> None:
    page.ask(QUESTION)
    page.ask("And who denied it?")
    assert [turn["question"] for turn in page.drawn("turn")] == [QUESTION, "And who denied it?"]
    assert [turn.question for turn in page.engine.asked[1][1]] == [QUESTION]
    assert len(page.parts.sessions.list()) == 1


def test_another_tab_at_the_same_address_shows_the_same_conversation(page: Page) -> None:
    page.ask(QUESTION)
    address = page.conversation
    other = Page(open_tab(c=address), page.parts, page.engine)
    assert [turn["question"] for turn in other.drawn("turn")] == [QUESTION]
    assert len(page.engine.asked) == 1


def test_a_citation_has_an_address_that_opens_its_article(page: Page) -> None:
    page.ask(QUESTION)
    address = page.conversation
    other = Page(open_tab(c=address, cite="1.1"), page.parts, page.engine)
    (article,) = other.drawn("article")
    assert [piece["text"] for piece in article["pieces"] if piece["kind"] == "now"] == [BLAME]
    assert other.drawn("turn")[0]["open"] == 1


@pytest.mark.parametrize(
    "cite", ["", "1", "9.1", "1.9", "0.1", "-1.1", "1.x", "¹.1", "1.1.1", "99999999999999999999.1"]
)
def test_an_address_of_no_citation_opens_nothing(page: Page, cite: str) -> None:
    page.ask(QUESTION)
    other = Page(open_tab(c=page.conversation, cite=cite), page.parts, page.engine)
    assert not other.tab.exception
    assert other.drawn("article") == []


def test_an_article_that_was_removed_is_said_to_be(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    page.ask(QUESTION)

    def gone(article_id: str) -> None:
        raise ArchiveError(f"No article {article_id} is in this archive.")

    monkeypatch.setattr(page.engine, "article", gone)
    other = Page(open_tab(c=page.conversation, cite="1.1"), page.parts, page.engine)
    assert other.tab.error[0].value == "No article 0000000000000001 is in this archive\\."
    assert len(other.drawn("turn")) == 1


def test_an_abstention_says_so_and_shows_the_nearest(page: Page) -> None:
    page.ask("Who won the regatta?")
    (turn,) = page.drawn("turn")
    assert turn["abstained"]["reason"] == "The articles do not say who won the regatta."
    assert len(turn["sources"]) == 1


def test_an_error_is_a_sentence_and_the_question_can_be_asked_again(page: Page) -> None:
    page.ask("unreachable")
    assert "did not answer; try again later" in page.tab.error[0].value.replace("\\", "")
    [asked] = page.drawn("turn")
    assert (asked["question"], asked["claims"], asked["sources"]) == ("unreachable", [], [])
    page.button("Ask again").click().run()
    page.settle()
    assert len(page.engine.asked) == 2
    page.button("Dismiss").click().run()
    assert not page.tab.error


def test_stop_ends_the_answer_and_keeps_nothing(page: Page) -> None:
    page.tab.chat_input[0].set_value("slow").run()
    page.button("Stop").click().run()
    assert any("Stopped." in html.proto.body for html in page.tab.get("html"))
    assert page.parts.sessions.turns(page.conversation) == ()


def test_the_model_can_be_switched_and_is_named(page: Page) -> None:
    page.tab.selectbox[0].set_value("local/smollm2").run()
    assert page.tab.chat_input[0].placeholder == "Ask · by local/smollm2"
    page.ask(QUESTION)
    assert page.engine.asked[0][2] == "local/smollm2"
    assert page.drawn("turn")[0]["trace"].startswith("Written by local/smollm2, each sentence checked")


def test_a_configured_model_answers_from_the_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = ScriptedEngine()
    monkeypatch.setattr(ui.parts, "open_parts", lambda: scripted_parts(tmp_path, engine, model="openai/x"))
    st.cache_resource.clear()
    page = Page(open_tab(), ui.parts.parts(), engine)
    assert page.tab.selectbox[0].options == ["Quotation (no model)", "openai/x", "local/smollm2"]
    page.ask(QUESTION)
    assert engine.asked[0][2] == "openai/x"
    st.cache_resource.clear()


def test_conversations_are_listed_renamed_and_deleted(page: Page) -> None:
    page.ask("First question")
    page.button("New question").click().run()
    assert "c" not in page.tab.query_params
    page.ask("Second question")
    listed = [button.label for button in page.tab.sidebar.button]
    assert "First question" in listed
    page.tab.sidebar.text_input[0].set_value("A better title").run()
    assert [one.title for one in page.parts.sessions.list()] == ["A better title", "First question"]
    page.button("Delete conversation").click().run()
    assert [one.title for one in page.parts.sessions.list()] == ["First question"]
    page.button("First question").click().run()
    assert [turn["question"] for turn in page.drawn("turn")] == ["First question"]


def test_many_conversations_are_folded_to_the_newest_and_the_open_one(page: Page) -> None:
    titles = [f"Question {number}" for number in range(NEWEST + 3)]
    for title in titles:
        page.button("New question").click().run()
        page.ask(title)
    newest = titles[: -NEWEST - 1 : -1]

    def listed() -> list[str]:
        return [button.label for button in page.tab.sidebar.button if button.label.startswith("Question")]

    # The open one stands among them as what can be renamed, not as a button.
    assert listed() == newest[1:]
    page.button(f"All {NEWEST + 3}").click().run()
    assert listed() == titles[-2::-1]
    page.button("Question 0").click().run()
    page.button("Only the newest").click().run()
    assert listed() == newest
    assert [turn["question"] for turn in page.drawn("turn")] == ["Question 0"]
    assert page.tab.sidebar.text_input[0].value == "Question 0"


def test_an_unknown_conversation_is_said_to_be_unknown(page: Page) -> None:
    tab = open_tab(c="nowhere")
    assert tab.info[0].value.startswith("This conversation is not on this computer")


def test_an_archive_that_cannot_be_opened_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> None:
        raise ArchiveError("No archive is at /a_b/*c*; add articles with `rashomon add`.")

    monkeypatch.setattr(ui.parts, "open_parts", broken)
    st.cache_resource.clear()
    tab = open_tab()
    assert not tab.exception
    assert tab.error[0].value.replace("\\", "") == "No archive is at /a_b/*c*; add articles with `rashomon add`."


def test_hostile_questions_are_listed_as_words(page: Page) -> None:
    for question in HOSTILE[:4]:
        page.button("New question").click().run()
        page.ask(question)
    page.button("New question").click().run()
    for button in page.tab.sidebar.button:
        assert "$\\" not in button.label.replace("\\$", "").replace("\\\\", "")
        assert "](" not in button.label
        assert "<img" not in button.label


def test_several_questions_are_answered_under_their_headings_with_their_filters(page: Page) -> None:
    page.ask("both, according to the Gazette")
    (turn,) = page.drawn("turn")
    assert turn["parts"] == [
        {"asked": "who blamed whom?", "claims": 3, "abstained": None},
        {"asked": "who won the regatta?", "claims": 0, "abstained": "The articles do not say who won the regatta."},
    ]
    assert turn["notes"] == ["One sentence was left out because the articles do not prove it."]
    assert turn["limits"] == [{"words": "according to the Gazette", "told": "Only Harbour Gazette"}]
    assert turn["counted"] == "2 articles, 2 independent accounts"
    assert turn["copy"].startswith("# both, according to the Gazette\n")


def press(page: Page, monkeypatch: pytest.MonkeyPatch, **pressed: object) -> None:
    """Calls what the first turn's component calls when something on it is pressed."""
    import ui.ask
    from ui.citations import turn_key

    called: dict[str, Any] = {}
    draw = ui.ask.citations.draw_turn

    def note(*args: Any, on: Any, **others: Any) -> None:
        called.update(on)
        draw(*args, on=on, **others)

    with monkeypatch.context() as patch:
        patch.setattr(ui.ask.citations, "draw_turn", note)
        page.tab.run()
    [name] = pressed
    key = turn_key(page.conversation, 1)
    state = {key: SimpleNamespace(**pressed), "taken-off": {}, "limits": Filters(), "jobs": {}}
    with monkeypatch.context() as patch:
        patch.setattr(st, "session_state", state)
        patch.setattr(st, "query_params", {"c": page.conversation})
        called[f"on_{name}_change"]()
    job = state["jobs"].get(page.conversation)  # type: ignore[attr-defined]
    if job:
        assert job.wait(20)
    page.tab.run()


def test_a_filter_that_is_taken_off_asks_again_without_it(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    page.ask("both, according to the Gazette")
    press(page, monkeypatch, off="according to the Gazette")
    assert [without for _, without in page.engine.limited] == [frozenset(), {"according to the Gazette"}]
    assert page.engine.asked[1][1] == (), "it is asked as the first question was, before any other"
    assert [turn["limits"] != [] for turn in page.drawn("turn")] == [True, False]


def test_a_citation_that_is_called_wrong_stays_so_until_it_is_taken_back(
    page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.ask(QUESTION)
    press(page, monkeypatch, wrong=2)
    assert page.drawn("turn")[0]["wrong"] == [2]
    press(page, monkeypatch, wrong=-2)
    assert page.drawn("turn")[0]["wrong"] == []


def test_thumbs_are_kept_with_the_answer(page: Page) -> None:
    page.ask(QUESTION)
    page.tab.feedback[0].set_value(0).run()
    [kept] = page.parts.sessions.feedback(page.conversation)
    assert (kept.turn, kept.marker, kept.judgement) == (1, None, Judgement.BAD)
    other = Page(open_tab(c=page.conversation), page.parts, page.engine)
    assert other.tab.feedback[0].value == 0


def test_asking_again_and_an_edited_question_come_after_the_same_turns(page: Page) -> None:
    page.ask("First question")
    page.ask("Second question")
    again = [button for button in page.tab.button if button.label == "Ask again"]
    again[1].click().run()
    page.settle()
    assert page.engine.asked[2][0] == "Second question"
    assert [turn.question for turn in page.engine.asked[2][1]] == ["First question"]
    edited = next(area for area in page.tab.text_area if area.value == "First question")
    edited.set_value("A better question").run()
    [button] = [button for button in page.tab.button if button.label == "Ask this instead"][:1]
    button.click().run()
    page.settle()
    assert page.engine.asked[3][:2] == ("A better question", ())
    assert len(page.drawn("turn")) == 4


def test_filters_set_by_hand_limit_what_is_asked_and_are_taken_off_by_their_chip(page: Page) -> None:
    tab = open_tab(outlet="Strait Courier")
    other = Page(tab, page.parts, page.engine)
    other.ask(QUESTION)
    assert page.engine.limited[0][0] == Filters(outlets=("Strait Courier",))
    other.button("Only Strait Courier").click().run()
    other.ask("Once more")
    assert page.engine.limited[1][0].empty
    assert not any("Only" in button.label for button in tab.button)


def test_a_question_is_put_to_each_account_by_one_click(page: Page) -> None:
    page.ask(QUESTION)
    page.button("Compare").click().run()
    assert page.tab.title[0].value == "Compare"
    assert [row["question"] for row in page.drawn("compare")[0]["rows"]] == [QUESTION]


def test_a_kept_answer_says_which_of_its_articles_changed_since(page: Page) -> None:
    page.ask(QUESTION)
    page.engine.fates = {2: Outlived.GONE}
    (turn,) = Page(open_tab(c=page.conversation), page.parts, page.engine).drawn("turn")
    assert turn["fates"] == {"2": "The article is no longer in the archive."}
    assert turn["changed"].startswith("Since this was answered, 1 of the 2 articles cited here changed")


def _words(label: str) -> str:
    """A label's words without the escapes."""
    return label.replace("\\", "").replace("\u2060", "")


def test_what_leads_on_is_offered_and_asked_by_one_click(
    archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tab = AppTest.from_file(str(APP), default_timeout=60).run()
    tab.chat_input[0].set_value("Who blamed the lock company?").run()
    until = time.monotonic() + 60
    while not (offered := [pills for pills in tab.get("button_group") if pills.label == "Ask next"]):
        assert time.monotonic() < until
        time.sleep(0.2)
        tab.run()
    shared = ui.parts.parts()
    questions = [_words(option.content) for option in offered[0].proto.options]
    for question in questions:
        *_, last = shared.engine.ask(question)
        assert last.answer.abstained is None  # type: ignore[union-attr]
    [here] = shared.sessions.list()
    offered[0].set_value(0).run()
    asked = [turn.question for turn in shared.sessions.turns(here.id)]
    asked += [job.question for job in jobs().values()]
    assert dict.fromkeys(asked) == dict.fromkeys(["Who blamed the lock company?", questions[0]])
