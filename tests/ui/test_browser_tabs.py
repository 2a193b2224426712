"""Several tabs at one server, in a real Chromium: each keeps to its own question, also when it is reloaded."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.ui.test_browser import Site, browser, check_quiet, open_tab, scripted

__all__ = ["browser", "scripted"]

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PATIENCE_MS = 60_000
TABS = 5


def test_five_tabs_ask_at_once_and_each_is_given_its_own_answer(browser: Browser, scripted: Site) -> None:
    tabs = [open_tab(browser, scripted) for _ in range(TABS)]
    questions = [f"echo slow question {n * 111} of tab {n}" for n in range(1, TABS + 1)]
    for tab in tabs:
        tab.page.context.set_default_timeout(PATIENCE_MS)
        tab.page.get_by_text("Try one of these").wait_for()
    for tab, question in zip(tabs, questions, strict=True):
        box = tab.page.get_by_test_id("stChatInputTextArea")
        box.fill(question)
        box.press("Enter")
    for tab, question in zip(tabs, questions, strict=True):
        tab.page.locator(".trace").wait_for()
        assert tab.page.locator("h2.question").all_inner_texts() == [question]
        told = tab.page.locator("section.turn").inner_text()
        assert f"According to Harbour Gazette, {question}" in told
        assert not [other for other in questions if other != question and other in told]
    assert len({tab.page.url.split("c=")[1] for tab in tabs}) == TABS
    for tab in tabs:
        check_quiet(tab)


def test_a_reload_in_mid_answer_keeps_the_question_and_what_was_said(browser: Browser, scripted: Site) -> None:
    tab = open_tab(browser, scripted)
    page = tab.page
    page.context.set_default_timeout(PATIENCE_MS)
    question = "echo slow " + " ".join(f"word{n}" for n in range(20))
    box = page.get_by_test_id("stChatInputTextArea")
    box.fill(question)
    box.press("Enter")
    draft = page.get_by_test_id("stHtml").filter(has_text="According to Harbour")
    draft.wait_for()
    page.reload()
    page.locator("h2.question").wait_for()
    expect(page.locator("h2.question")).to_have_text(question)
    draft.wait_for()
    assert page.get_by_role("button", name="Stop").count() == 1
    page.locator(".trace").wait_for()
    assert page.locator(".claim .text").first.inner_text() == f"According to Harbour Gazette, {question}"
    page.reload()
    page.locator(".trace").wait_for()
    assert page.locator("h2.question").count() == 1
    check_quiet(tab)
