"""Ask's chips, judgements and files, and Compare, in a real Chromium over the example articles."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from playwright.sync_api import TimeoutError as TookTooLong

from tests.conftest import ROOT
from tests.ui.scripted import HOSTILE
from tests.ui.test_browser import Tab, browser, examples, open_tab, scripted

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.ui.test_browser import Site

__all__ = ["browser", "examples", "scripted"]  # fixtures

pytestmark = [pytest.mark.browser, pytest.mark.slow]

BOTH = "What did the Gazette say about the ferry fire, and who denied the mayor's account?"
BLAMED = "Who blamed whom for the breakdown of the Orren talks?"
PATIENCE_MS = 90_000
MENU_MS = 10_000


def export(tab: Tab, kind: str) -> str:
    """The text of the file that the last Export button gives."""
    menu, button = (
        tab.page.get_by_role("button", name="Export").last,
        tab.page.get_by_role("button", name=kind, exact=True),
    )
    menu.click()
    try:
        button.wait_for(timeout=MENU_MS)
    except TookTooLong:  # opened while the page still heard of its being closed, it closes; a reader opens it again
        menu.click()
    with tab.page.expect_download() as download:
        button.click()
    tab.page.keyboard.press("Escape")
    return Path(download.value.path()).read_text(encoding="utf-8")


def quiet(tab: Tab) -> None:
    """Nothing came from elsewhere and nothing ran; closes the tab."""
    assert tab.foreign == []
    assert tab.dialogs == []
    tab.page.context.close()


@pytest.mark.model
def test_a_filter_is_taken_off_an_answer_judged_and_taken_along(browser: Browser, examples: Site) -> None:
    tab = open_tab(browser, examples)
    page = tab.page
    page.set_default_timeout(PATIENCE_MS)
    tab.ask(BOTH, answers=1)
    heads = page.locator("section.turn").first.locator("h3.part").all_inner_texts()
    assert len(heads) == 2
    assert page.locator(".counted").first.inner_text() == "1 article, 1 independent account"
    page.get_by_role("button", name="Take off the filter: Only The Sandhaven Gazette").click()
    page.locator(".trace").nth(1).wait_for()
    again = page.locator("section.turn").nth(1)
    assert again.locator(".chip").count() == 0
    assert again.locator(".source").count() > 1

    again.get_by_role("button", name="Citation 1 is wrong").click()
    again.get_by_text("Marked as wrong").wait_for()
    page.reload()
    page.locator("section.turn").nth(1).get_by_text("Marked as wrong").wait_for()

    answer = json.loads(export(tab, "JSON"))
    assert answer["question"] == BOTH
    texts = {path.name: path.read_text(encoding="utf-8") for path in (ROOT / "examples/articles").rglob("*.*")}
    for citation in answer["citations"]:
        text = texts.get(Path(citation["path"]).name, "")
        if citation["path"].endswith((".txt", ".md")):
            assert text[citation["start"] : citation["end"]] == citation["quote"]
    assert "## Sources" in export(tab, "Markdown")
    assert "Content-Security-Policy" in export(tab, "HTML")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    again.get_by_role("button", name="Copy").click()
    again.get_by_text("Copied").wait_for()
    assert str(page.evaluate("navigator.clipboard.readText()")).startswith("# What did the Gazette say")
    quiet(tab)


@pytest.mark.model
@pytest.mark.parametrize("width", [1400, 400])
def test_accounts_stand_side_by_side_and_a_citation_opens_its_words(
    browser: Browser, examples: Site, width: int
) -> None:
    tab = open_tab(browser, examples, width=width, path="/compare")
    page = tab.page
    page.set_default_timeout(PATIENCE_MS)
    box = page.get_by_role("textbox", name="Question")
    box.fill(BLAMED)
    box.press("Enter")
    page.locator("table .claim").first.wait_for()
    assert page.locator("thead .name").first.text_content() == "Alder Courier"
    assert page.get_by_text("not stated").count() + page.get_by_text("nothing found on this").count() >= 1
    assert page.locator(".finding").count() >= 3
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    claim = page.locator("table .claim").first
    told = claim.locator(".text, bdi").first.inner_text()
    claim.locator(".marker").first.click()
    page.locator("mark.now").first.wait_for()
    assert " ".join("".join(page.locator("mark.now").all_inner_texts()).split()) == told
    shared = page.url
    page.goto(shared)
    page.locator("mark.now").first.wait_for()
    page.locator(".panel").focus()
    page.keyboard.press("Escape")
    page.locator(".panel").wait_for(state="detached")
    page.locator("table .claim").first.wait_for()
    [row] = json.loads(export(tab, "JSON"))
    assert row["question"] == BLAMED
    quiet(tab)


@pytest.mark.parametrize("width", [1400, 400])
def test_a_hostile_comparison_is_words(browser: Browser, scripted: Site, width: int) -> None:
    tab = open_tab(browser, scripted, width=width, path=f"/compare?q={quote(HOSTILE[0])}&q={quote(HOSTILE[1])}")
    page = tab.page
    page.locator("table .claim").first.wait_for()
    assert page.locator("table .asked bdi, table .asked span").first.inner_text() == HOSTILE[0]
    assert page.locator(".steps del").count() == len(HOSTILE) * 2
    own = page.locator("a[href]").evaluate_all("all => all.map(a => a.href)")
    assert all(link.startswith(scripted.url) for link in own)
    assert page.locator("img, iframe, object, embed").count() == 0
    assert page.evaluate("document.title") == "Compare"
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.locator("table .marker").first.click()
    page.locator("mark.now").first.wait_for()
    page.wait_for_timeout(300)
    quiet(tab)
