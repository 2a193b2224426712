"""Every page in a real Chromium over the example articles: seen, opened, reloaded; no foreign request, no serious fault."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Literal

import pytest

from tests.ui.test_browser import PATIENCE_MS, Site, Tab, browser, open_tab

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.model]

__all__ = ["browser"]

PAGES = {
    "/": "One event, many accounts",
    "/compare": "Compare",
    "/said": "Who said what",
    "/said?view=Picture": "Who said what",
    "/said?view=Outlets": "Who said what",
    "/stories": "Stories",
    "/stories?story={story}": "talks",
    "/check": "Check a draft",
    "/archive": "Archive",
    "/archive?article={article}&open={article}": "Dam talks fail",
    "/settings": "Settings",
}
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
DRAFT = "Elira Vasko blamed Lodria for the collapse. The regatta was won by a Danish crew this spring."


def at(browser: Browser, site: Site, path: str, *, scheme: Literal["light", "dark"] = "light") -> Tab:
    """A tab at a page that is drawn."""
    tab = open_tab(browser, site, path=path, scheme=scheme)
    tab.page.context.set_default_timeout(2 * PATIENCE_MS)
    drawn(tab.page)
    return tab


def drawn(page: Page) -> None:
    """Waits until the page is drawn."""
    page.get_by_role("heading").first.wait_for()
    for waiting in ("stStatusWidget", "stSkeleton", "stSpinner"):
        page.get_by_test_id(waiting).first.wait_for(state="detached")
    page.wait_for_timeout(300)


def unfold(page: Page, words: str) -> None:
    """Opens what is folded below some words, and waits until it lies still: a click into it would go beside till then."""
    page.get_by_text(words).click()
    page.wait_for_timeout(100)
    page.wait_for_function("() => [...document.querySelectorAll('details')].every(one => !one.getAnimations().length)")
    page.wait_for_timeout(100)


def faults(page: Page) -> list[tuple[str, list[str]]]:
    """What axe-core finds that keeps people out: the rule, and the elements that break it."""
    axe: Any = pytest.importorskip("axe_playwright_python.sync_playwright")
    found = axe.Axe().run(page).response["violations"]
    serious = [fault for fault in found if fault["impact"] in ("serious", "critical")]
    return [(fault["id"], [node["html"][:200] for node in fault["nodes"]]) for fault in serious]


def sound(page: Page) -> None:
    """The page keeps nobody out, and is no wider than the window, on a large screen and on a small one."""
    assert faults(page) == []
    page.set_viewport_size({"width": 400, "height": 800})
    drawn(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 400
    assert faults(page) == []


def leaf_and_close(page: Page) -> None:
    """Goes by keys from the open row to the next, and closes its article."""
    first = page.url
    page.keyboard.press("ArrowRight")
    page.wait_for_url(lambda url: "open=" in url and url != first)
    page.keyboard.press("Escape")
    page.locator(".panel").wait_for(state="detached")


def leave(tab: Tab) -> None:
    """Nothing was fetched from elsewhere, nothing ran, nothing failed; closes the tab."""
    assert tab.foreign == []
    assert tab.dialogs == []
    # Below a page's own address Streamlit first looks for its server in vain.
    assert [said for said in tab.errors if "404" not in said] == []
    assert tab.page.evaluate("document.title") != "owned"
    tab.page.context.close()


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("path", list(PAGES))
def test_each_page_is_reached_by_its_address_fits_a_small_screen_and_has_no_serious_fault(
    browser: Browser, site: Site, path: str, scheme: Literal["light", "dark"]
) -> None:
    tab = at(browser, site, path.format(story=site.question, article=site.words), scheme=scheme)
    assert PAGES[path] in tab.page.get_by_role("heading", level=1).first.inner_text()
    sound(tab.page)
    leave(tab)


@pytest.mark.parametrize("path", ["/", "/compare", "/said", "/stories?story={story}", "/check", "/archive"])
def test_a_page_has_all_the_width_until_an_article_is_opened(browser: Browser, site: Site, path: str) -> None:
    tab = at(browser, site, path.format(story=site.question))
    widths = [box["width"] for one in tab.page.get_by_test_id("stColumn").all() if (box := one.bounding_box())]
    frame = tab.page.get_by_test_id("stMainBlockContainer").bounding_box()
    assert frame is not None
    assert widths[0] > 0.8 * frame["width"]
    assert tab.page.locator(".panel").count() == 0


def test_an_answer_a_comparison_and_a_review_have_no_serious_fault(browser: Browser, site: Site) -> None:
    tab = at(browser, site, "/")
    page = tab.page
    tab.ask("Who blamed whom for the breakdown of the Orren talks?", answers=1)
    page.get_by_role("button", name="Citation 1:").first.click()
    page.locator("mark.now").first.wait_for()
    made = [page.url.removeprefix(site.url), "/compare?q=How+many+people+were+injured+on+the+Marigold+Star%3F"]
    page.goto(f"{site.url}/check")
    page.get_by_role("textbox", name="Draft").fill(DRAFT)
    page.get_by_role("button", name="Check", exact=True).click()
    page.locator(".review").wait_for(timeout=4 * PATIENCE_MS)
    made.append(page.url.removeprefix(site.url))
    leave(tab)
    for scheme in SCHEMES:
        for path in made:
            tab = at(browser, site, path, scheme=scheme)
            tab.page.locator("mark.now, table .claim, .review .claim").first.wait_for(timeout=4 * PATIENCE_MS)
            sound(tab.page)
            leave(tab)


def test_a_statement_opens_at_its_words_and_the_address_brings_it_back(browser: Browser, site: Site) -> None:
    tab = at(browser, site, "/said?kind=blame")
    page = tab.page
    row = page.locator("tbody tr").filter(has_text="Lodria for the collapse").first
    row.get_by_role("button").click()
    page.locator("mark.now").first.wait_for()
    assert page.locator("mark.now").all_inner_texts() == ["Lodria for the collapse"]
    page.reload()
    page.locator("mark.now").first.wait_for()
    assert page.locator("tbody tr.open .words").inner_text().startswith("Lodria for the collapse")
    page.wait_for_timeout(500)
    assert faults(page) == []
    page.locator(".panel").focus()
    leaf_and_close(page)
    leave(tab)


def test_a_line_of_the_picture_shows_its_words(browser: Browser, site: Site) -> None:
    tab = at(browser, site, "/said?view=Picture&speaker=Jan+Nobody")
    tab.page.get_by_text("No statement fits these filters").wait_for()
    leave(tab)
    tab = at(browser, site, "/said?view=Picture&kind=praise")
    page = tab.page
    chart = page.get_by_test_id("stVegaLiteChart").first
    chart.locator("canvas, svg").first.wait_for()
    before = page.locator("tbody tr").count()
    assert before > 1
    page.locator("line[aria-label^='Dana Whitlock praises']").click(force=True)
    page.wait_for_url(re.compile("edge=praise"))
    page.locator(".st-key-chip-edge button").first.wait_for()
    assert page.locator("tbody tr").count() < before
    leave(tab)


def test_a_story_leads_to_its_articles_and_to_questions_about_it(browser: Browser, site: Site) -> None:
    tab = at(browser, site, "/stories")
    page = tab.page
    page.get_by_role("button", name=re.compile("(Dam|Orren) talks")).first.click()
    page.get_by_text("When it was published").wait_for()
    drawn(page)
    assert faults(page) == []
    page.get_by_role("button", name="Orren talks end without a deal").click()
    page.locator(".panel").wait_for()
    assert page.locator(".panel h2").inner_text().startswith("Orren talks end without a deal")
    page.get_by_role("button", name="Close the article").click()
    page.locator(".panel").wait_for(state="detached")
    page.get_by_role("button", name="Ask about this story").click()
    page.get_by_role("button", name=re.compile("Story: .*talks")).wait_for()
    assert "story=" in page.url
    leave(tab)


def test_a_point_of_the_timeline_opens_its_article(browser: Browser, site: Site) -> None:
    tab = at(browser, site, "/stories")
    page = tab.page
    page.get_by_role("button", name=re.compile("Westmere")).first.click()
    chart = page.get_by_test_id("stVegaLiteChart").first.locator("canvas, svg").first
    chart.wait_for()
    drawn(page)
    point = page.locator("svg path[aria-roledescription='point']").first
    point.click()
    page.locator(".panel").wait_for()
    assert "Linden Line" in page.locator(".panel h2").inner_text() + page.locator(".panel .text").inner_text()
    leave(tab)


def test_a_draft_is_checked_and_its_evidence_opens(browser: Browser, site: Site) -> None:
    tab = at(browser, site, "/check")
    page = tab.page
    page.get_by_role("textbox", name="Draft").fill(DRAFT)
    page.get_by_role("button", name="Check", exact=True).click()
    page.locator(".review").wait_for(timeout=4 * PATIENCE_MS)
    assert page.locator(".verdict").all_inner_texts() == ["✓Supported", "–Not in the archive"]
    assert faults(page) == []
    page.locator(".review button").first.click()
    page.locator("mark.now").first.wait_for()
    assert "Lodria" in "".join(page.locator("mark.now").all_inner_texts())
    leave(tab)


def test_a_dropped_file_is_added_while_another_tab_looks_on(browser: Browser, site: Site, tmp_path: Path) -> None:
    file = tmp_path / "heron.txt"
    file.write_text("Herons counted at Velm\n\nEleven herons were counted at Velm on Sunday.\n", "utf-8")
    tab, other = at(browser, site, "/archive"), at(browser, site, "/archive")
    page = tab.page
    unfold(page, "Add articles")
    page.locator("input[type=file]").set_input_files(str(file))
    page.get_by_text("heron.txt").wait_for()
    page.get_by_role("button", name="Add these files").click()
    page.get_by_text("1 article added").wait_for(timeout=4 * PATIENCE_MS)
    page.get_by_role("button", name="Herons counted at Velm").wait_for()
    other.page.reload()
    other.page.get_by_role("button", name="Herons counted at Velm").click()
    other.page.get_by_text("What is known, and from what").wait_for()
    drawn(other.page)
    assert faults(other.page) == []
    other.page.get_by_text("Remove from the archive").click()
    other.page.get_by_role("button", name="Remove it").click()
    other.page.get_by_text("1 article removed").wait_for(timeout=4 * PATIENCE_MS)
    assert other.page.get_by_role("button", name="Herons counted at Velm").count() == 0
    leave(other)
    leave(tab)


def test_a_question_is_tried_from_the_settings(browser: Browser, site: Site) -> None:
    tab = at(browser, site, "/settings")
    tab.page.get_by_role("button", name="Ask one thing").click()
    tab.page.get_by_text("Answered:").wait_for()
    leave(tab)


@pytest.mark.parametrize("path", ["/said", "/said?view=Picture", "/said?view=Outlets", "/archive?q=script"])
def test_hostile_words_are_shown_as_words(browser: Browser, site: Site, path: str) -> None:
    tab = at(browser, site, path)
    page = tab.page
    if "view" not in path:
        page.locator("tbody tr").filter(has_text="<script>").first.get_by_role("button").click()
        page.locator(".panel").wait_for()
    links = page.locator("a[href]").evaluate_all("all => all.map(a => a.href)")
    assert [link for link in links if not link.startswith(site.url)] == []
    assert page.locator("iframe, object, embed").count() == 0
    assert [src for src in page.locator("img").evaluate_all("all => all.map(i => i.src)") if "evil" in src] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 1400
    leave(tab)
