"""Whoever has no mouse reaches everything on every page, and does what the page is for by keys alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.ui.test_browser import PATIENCE_MS, Site, browser
from tests.ui.test_browser_pages import DRAFT, at, drawn, leaf_and_close, leave

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

__all__ = ["browser"]

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.model]

COMPARED = "/compare?q=How+many+people+were+injured+on+the+Marigold+Star%3F"
# Everything that a key should reach, in the page and in the shadow of its components; `reached` takes what has the focus.
GATHER = """() => {
  const all = new Map()
  const look = root => {
    for (const one of root.querySelectorAll('*')) {
      const acts = one.matches('a[href], button, input:not([type=hidden]), textarea, select, summary, [role=button], [role=tab]')
      const off = one.disabled || one.tabIndex < 0 || one.getAttribute('aria-hidden') === 'true' || one.closest('[inert]')
      if (acts && !off && one.checkVisibility({ checkVisibilityCSS: true, checkOpacity: false })) all.set(one, false)
      if (one.shadowRoot) look(one.shadowRoot)
    }
  }
  look(document)
  window.toReach = all
  window.reached = () => {
    let at = document.activeElement
    while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement
    if (all.has(at)) all.set(at, true)
    // Of a group of radio buttons the keyboard stops at one; arrows lead to the others.
    const group = at?.closest('[role=radiogroup]')
    if (group) for (const one of all.keys()) if (group.contains(one)) all.set(one, true)
    return [...all.values()].every(Boolean)
  }
  return all.size
}"""
MISSED = "() => [...window.toReach].filter(([, reached]) => !reached).map(([one]) => one.outerHTML.slice(0, 160))"


def unreached(page: Page) -> list[str]:
    """What Tab does not come to; after as many steps as there are stops, and some more."""
    stops = page.evaluate(GATHER)
    page.locator("body").press("Home")
    for _ in range(2 * stops + 20):
        page.keyboard.press("Tab")
        if page.evaluate("window.reached()"):
            return []
    missed: list[str] = page.evaluate(MISSED)
    return missed


def tab_to(page: Page, name: str) -> None:
    """Presses Tab until the focus is on what is called `name`."""
    for _ in range(120):
        page.keyboard.press("Tab")
        told = page.evaluate("""() => {
          let at = document.activeElement
          while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement
          // What scrolls has the focus too, and holds the words of all that is in it.
          if (!at?.matches('a, button, input, textarea, summary, [role=button]')) return ''
          return `${at?.getAttribute('aria-label') ?? ''} ${at?.innerText ?? ''} ${at?.placeholder ?? ''}`
        }""")
        if name in told:
            return
    raise AssertionError(f"Tab does not lead to {name!r}")


@pytest.mark.parametrize(
    "path", ["/", "/compare", COMPARED, "/said?kind=blame", "/stories?story={story}", "/check", "/archive", "/settings"]
)
def test_tab_comes_to_everything_that_acts(browser: Browser, site: Site, path: str) -> None:
    tab = at(browser, site, path.format(story=site.question))
    if path == COMPARED:
        tab.page.locator("table .claim").first.wait_for(timeout=4 * PATIENCE_MS)
    assert unreached(tab.page) == []
    leave(tab)


def test_a_comparison_is_made_and_read_by_keys(browser: Browser, site: Site) -> None:
    tab = at(browser, site, "/compare")
    page = tab.page
    tab_to(page, "Who blamed whom?")
    page.keyboard.type("How many people were injured on the Marigold Star?")
    page.keyboard.press("Enter")
    page.locator("table .claim").first.wait_for(timeout=4 * PATIENCE_MS)
    drawn(page)
    tab_to(page, "Citation 1")
    page.keyboard.press("Enter")
    page.locator("mark.now").first.wait_for()
    page.locator(".panel:focus").wait_for()
    page.keyboard.press("Escape")
    page.locator(".panel").wait_for(state="detached")
    leave(tab)


@pytest.mark.parametrize(
    ("path", "name"),
    [("/said?kind=blame", "Lodria for the collapse"), ("/stories?story={story}", "Orren talks end without a deal")],
)
def test_a_row_is_opened_leafed_through_and_closed_by_keys(browser: Browser, site: Site, path: str, name: str) -> None:
    tab = at(browser, site, path.format(story=site.question))
    page = tab.page
    page.locator("tbody tr").first.wait_for()
    tab_to(page, name)
    page.keyboard.press("Enter")
    page.locator(".panel:focus").wait_for()
    leaf_and_close(page)
    leave(tab)


def test_a_draft_is_checked_by_keys(browser: Browser, site: Site) -> None:
    tab = at(browser, site, "/check")
    page = tab.page
    tab_to(page, "Paste a text")
    page.keyboard.type(DRAFT)
    tab_to(page, "Check")
    page.keyboard.press("Enter")
    page.locator(".review").wait_for(timeout=4 * PATIENCE_MS)
    drawn(page)
    tab_to(page, "[1]")
    page.keyboard.press("Enter")
    page.locator("mark.now").first.wait_for()
    leave(tab)


def test_an_article_of_the_archive_is_opened_and_a_question_tried_by_keys(browser: Browser, site: Site) -> None:
    tab = at(browser, site, "/archive?q=dam")
    page = tab.page
    tab_to(page, "Dam talks fail")
    page.keyboard.press("Enter")
    page.get_by_text("What is known, and from what").wait_for()
    page.goto(f"{site.url}/settings")
    drawn(page)
    tab_to(page, "Ask one thing")
    page.keyboard.press("Enter")
    page.get_by_text("Answered:").wait_for()
    leave(tab)
