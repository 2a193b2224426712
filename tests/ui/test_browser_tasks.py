"""The ten tasks of `docs/tasks.md`, done in a real Chromium over the example articles, in as many clicks as it says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.conftest import ROOT
from tests.ui.test_browser import Site, Tab, browser, examples, open_tab
from tests.ui.test_browser_pages import drawn, leave, unfold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Locator, Page

__all__ = ["browser", "examples"]

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.model]

PATIENCE_MS = 90_000
INJURED = "How many people were injured on the Marigold Star?"
DENIED = "Who denied that the mayor was warned about the tram?"


def table() -> dict[int, tuple[int, int]]:
    """Clicks and fields of each task, as the document tells them."""
    rows = re.findall(
        r"^\| (\d+) \|.*\| (\d+) \| (\d+) \|$", (ROOT / "docs" / "tasks.md").read_text("utf-8"), re.MULTILINE
    )
    return {int(number): (int(clicks), int(fields)) for number, clicks, fields in rows}


@dataclass
class Hand:
    """A hand that clicks and types, and counts."""

    tab: Tab
    clicks: int = 0
    fields: int = 0

    @property
    def page(self) -> Page:
        """The page that it works on."""
        return self.tab.page

    def click(self, what: Locator) -> None:
        """One click."""
        what.click()
        self.clicks += 1

    def unfold(self, words: str) -> None:
        """One click that opens what is folded."""
        unfold(self.page, words)
        self.clicks += 1

    def write(self, where: Locator, words: str, *, enter: bool = False) -> None:
        """Fills one field, and sends it by Enter if that is asked for."""
        where.fill(words)
        if enter:
            where.press("Enter")
        self.fields += 1

    def go(self, name: str) -> None:
        """One click that leads to another page."""
        self.click(self.page.get_by_test_id("stSidebarNav").get_by_role("link", name=name, exact=True))
        self.page.get_by_role("heading", level=1, name=name).wait_for()
        drawn(self.page)

    def ask(self, question: str) -> None:
        """Types a question and waits for its answer."""
        box = self.page.get_by_test_id("stChatInputTextArea")
        self.write(box, question, enter=True)
        self.page.locator(".trace").first.wait_for()


@pytest.fixture
def hand(browser: Browser, examples: Site) -> Iterator[Hand]:
    """A hand at the page that a newcomer sees first."""
    tab = open_tab(browser, examples)
    tab.page.context.set_default_timeout(PATIENCE_MS)
    tab.page.get_by_text("Try one of these").wait_for()
    yield Hand(tab)
    leave(tab)


def took(hand: Hand, task: int) -> None:
    """The task took what the document says."""
    assert (hand.clicks, hand.fields) == table()[task]


def test_1_who_denied_it_in_which_words(hand: Hand) -> None:
    hand.ask(DENIED)
    hand.click(hand.page.get_by_role("button", name="Citation 1:").first)
    mark = hand.page.locator("mark.now")
    mark.first.wait_for()
    assert "denied that she had kept back a critical report" in "".join(mark.all_inner_texts())
    took(hand, 1)


def test_2_and_3_the_higher_number_goes_to_the_editor(hand: Hand, tmp_path: Path) -> None:
    hand.go("Compare")
    hand.write(hand.page.get_by_role("textbox", name="Question"), INJURED, enter=True)
    hand.page.locator("table .claim").first.wait_for()
    differ = hand.page.locator(".group").filter(has_text="number").locator(".finding").first
    assert re.search(r"\d", differ.inner_text())
    took(hand, 2)

    sender = Hand(hand.tab)
    sender.click(sender.page.get_by_role("button", name="Export"))
    with sender.page.expect_download() as download:
        sender.click(sender.page.get_by_role("button", name="HTML", exact=True))
    report = Path(download.value.path()).read_text("utf-8")
    assert INJURED in report
    assert "<script" not in report
    took(sender, 3)


def test_4_a_draft_is_held_against_the_reports(hand: Hand) -> None:
    hand.go("Check")
    hand.write(hand.page.get_by_role("textbox", name="Draft"), "Elira Vasko blamed Lodria for the collapse.")
    hand.click(hand.page.get_by_role("button", name="Check", exact=True))
    hand.page.locator(".review .claim").first.wait_for()
    assert hand.page.locator(".verdict").first.inner_text().endswith("Supported")
    hand.click(hand.page.locator(".review button").first)
    hand.page.locator("mark.now").first.wait_for()
    assert "Lodria" in "".join(hand.page.locator("mark.now").all_inner_texts())
    took(hand, 4)


def test_5_who_blames_whom_in_which_words(hand: Hand) -> None:
    hand.go("Who said what")
    hand.click(hand.page.get_by_role("combobox", name="What they do by it"))
    hand.click(hand.page.get_by_role("option", name="blame", exact=True))
    row = hand.page.locator("tbody tr").filter(has_text="Lodria for the collapse")
    row.first.wait_for()
    assert set(hand.page.locator("tbody td.act").all_inner_texts()) <= {"blame", "did not blame"}
    took(hand, 5)


def test_6_what_was_reported_in_which_order(hand: Hand) -> None:
    hand.go("Stories")
    hand.click(hand.page.get_by_role("button", name=re.compile("Westmere")).first)
    hand.page.get_by_text("When it was published").wait_for()
    hand.page.locator("svg path[aria-roledescription='point']").first.wait_for()
    drawn(hand.page)
    hand.click(hand.page.locator("tbody button").first)
    hand.page.locator(".panel .text").wait_for()
    assert "audit" in hand.page.locator(".panel").inner_text().lower()
    took(hand, 6)


def test_7_an_outlet_is_corrected(hand: Hand) -> None:
    hand.go("Archive")
    hand.write(hand.page.get_by_role("textbox", name="Search titles"), "audit", enter=True)
    hand.click(hand.page.locator("tbody tr").filter(has_text="Linden Line").get_by_role("button").first)
    hand.page.get_by_text("What is known, and from what").wait_for()
    drawn(hand.page)
    hand.unfold("Correct it")
    hand.write(hand.page.get_by_role("textbox", name="Outlet"), "Northline Evening")
    hand.click(hand.page.get_by_role("button", name="Save"))
    hand.page.get_by_text("The correction is kept").wait_for()
    took(hand, 7)


def test_8_what_one_outlet_alone_says(hand: Hand) -> None:
    hand.ask("According to the Gazette, what did the ferry hit?")
    assert hand.page.locator(".chip").first.inner_text().startswith("Only The Sandhaven Gazette")
    assert all("Sandhaven Gazette" in told for told in hand.page.locator(".source .byline").all_inner_texts())
    took(hand, 8)


def test_9_a_file_goes_into_the_archive(hand: Hand, tmp_path: Path) -> None:
    file = tmp_path / "swans.txt"
    file.write_text("Swans counted at Velm\n\nNine swans were counted at Velm on Sunday, a warden said.\n", "utf-8")
    hand.go("Archive")
    hand.unfold("Add articles")
    # Choosing the file is the operating system's affair, however many clicks that takes.
    hand.page.locator("input[type=file]").set_input_files(str(file))
    hand.page.get_by_text("swans.txt").wait_for()
    hand.click(hand.page.get_by_role("button", name="Add these files"))
    hand.page.get_by_role("button", name="Swans counted at Velm").wait_for()
    took(hand, 9)


def test_10_an_earlier_conversation_goes_on(hand: Hand) -> None:
    names = hand.page.get_by_test_id("stSidebar").get_by_role("button", name=DENIED[:30])
    hand.click(names.first)
    hand.page.locator(".trace").first.wait_for()
    hand.write(hand.page.get_by_test_id("stChatInputTextArea"), "And who accused her?", enter=True)
    hand.page.locator(".trace").nth(1).wait_for()
    assert hand.page.locator("h2.question").count() == 2
    took(hand, 10)
