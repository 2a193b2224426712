"""The chat page's logic over a scripted engine: what is asked, kept, shown, listed and said when things go wrong."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

import ui
import ui.parts
from index.errors import ArchiveError
from tests.ui.scripted import BLAME, HOSTILE, QUESTION, ScriptedEngine, scripted_parts

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
        """The data of the drawn components of this name."""
        import json

        found = []
        for element in self.tab.get("bidi_component"):
            proto = element.proto
            if proto.component_name == f"rashomon_{component}":
                found.append(json.loads(proto.json))
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
