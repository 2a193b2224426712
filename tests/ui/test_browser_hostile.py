"""Every place that shows words from outside, fed with hostile ones in a real Chromium: they are words and nothing else."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

import pytest
from markdown_it import MarkdownIt

from tests.ui.hostile import STRINGS
from tests.ui.reports import documents
from tests.ui.serve_hostile import FATAL, GROUPS, asked
from tests.ui.test_browser import Site, Tab, browser, open_tab, serve
from tests.ui.test_browser_pages import drawn, unfold
from ui.reports.answers import answer_report, review_report
from ui.reports.comparison import comparison_report
from ui.reports.html import html
from ui.reports.markdown import markdown
from ui.rows import shown

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

__all__ = ["browser"]

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PATIENCE_MS = 60_000
WIDTHS = (1400, 400)
# What came alive, in the page and in the shadow of every component.
ALIVE = """() => {
  const found = []
  const look = root => {
    for (const one of root.querySelectorAll('*')) {
      const named = one.matches('.hx, [id^=hx], [name=hx], [data-hx], custom-hx, .katex, h1 h1')
      const kind = one.matches('img, iframe, object, embed, video, base, meta[http-equiv=refresh], marquee')
      const told = [...one.attributes].some(a => /^on/.test(a.name) || /owned/.test(a.name))
      const away = one.matches('a[href], [formaction], form[action]') && one
      const leads = away ? away.getAttribute('href') ?? away.getAttribute('action') ?? '' : ''
      const foreign = away && !/^(#|[/](?![/]))/.test(leads) && new URL(leads, location).origin !== location.origin
        && !/^https:[/][/]news[.]example[/][0-9]+$/.test(leads)
      if (named || kind || told || foreign) found.push(one.outerHTML.slice(0, 200))
      if (one.shadowRoot) look(one.shadowRoot)
    }
  }
  look(document)
  return found
}"""

# What scrolls in Streamlit is not the document, but something around the page's main block.
TOO_WIDE = """() => {
  let most = 0
  for (let at = document.querySelector('[data-testid=stMainBlockContainer]'); at; at = at.parentElement)
    if (/auto|scroll/.test(getComputedStyle(at).overflowX)) most = Math.max(most, at.scrollWidth - at.clientWidth)
  return most
}"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The page over an archive, an engine and conversations that are hostile; with a story's id and headline, and a conversation's id."""
    folder = tmp_path_factory.mktemp("hostile")
    for url in serve(["tests.ui.serve_hostile", "{port}", str(folder)], folder):
        made = json.loads((folder / "made.json").read_text(encoding="utf-8"))
        yield Site(url, f"{made['story']} {made['headline']}", made["conversation"])


def at(browser: Browser, site: Site, path: str) -> Tab:
    """A tab at a page, in which hostile words would be noticed if they ran."""
    tab = open_tab(browser, site, path="/_stcore/health")
    tab.page.context.set_default_timeout(PATIENCE_MS)
    tab.page.add_init_script("window.owned = () => { window.ran = true }")
    tab.page.goto(site.url + path)
    drawn(tab.page)
    return tab


def harmless(page: Page) -> None:
    """Nothing came alive, and the page is no wider than the window, at both widths."""
    for width in reversed(WIDTHS):
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_function("innerWidth => window.innerWidth === innerWidth", arg=width)
        page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
        assert page.evaluate(ALIVE) == []
        assert page.evaluate("window.ran") is None
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.evaluate(TOO_WIDE) == 0


def leave(tab: Tab) -> None:
    """Nothing was asked of another host, nothing ran, nothing failed; closes the tab."""
    assert tab.foreign == []
    assert tab.dialogs == []
    # Below a page's own address Streamlit first looks for its server in vain.
    assert [said for said in tab.errors if "404" not in said] == []
    assert tab.page.evaluate("window.ran") is None
    tab.page.context.close()


def words(text: str) -> str:
    """Words as they are read: on one line, without the joiners that keep them from being rewritten."""
    return " ".join(text.replace("\u2060", "").split())


def test_there_are_enough_of_them() -> None:
    assert len(set(STRINGS)) >= 60


def test_a_conversation_and_its_article_show_them_as_words(browser: Browser, site: Site) -> None:
    tab = at(browser, site, f"/?c={site.words}&cite=1.1")
    page = tab.page
    page.locator("mark.now").first.wait_for()
    page.locator(".trace").nth(len(GROUPS) - 1).wait_for()
    told = page.locator("section.turn > .claim .text").all_text_contents()
    assert set(STRINGS) <= set(told)
    assert page.locator("section.turn h2.question").first.text_content() == "\n".join(GROUPS[0])
    harmless(page)
    leave(tab)


def test_names_of_conversations_and_questions_to_begin_with_are_words(browser: Browser, site: Site) -> None:
    tab = at(browser, site, "/?" + urlencode([("outlet", f"{one} 0") for one in STRINGS if len(one) < 150]))
    page = tab.page
    sidebar = page.get_by_test_id("stSidebar")
    sidebar.get_by_role("button", name=re.compile(r"^All \d+$")).click()
    sidebar.get_by_role("button", name="Only the newest").wait_for()
    names = sidebar.locator("[class*='st-key-go-'] button").all_inner_texts()
    titles = {one[:20] for one in map(words, names)}
    assert len(titles) >= len(STRINGS) - 5
    for one in STRINGS[:40]:
        assert words(shown(one))[:20] in titles
    offered = " ".join(map(words, page.get_by_test_id("stButtonGroup").first.locator("button").all_inner_texts()))
    for one in STRINGS[:40]:
        assert words(shown(one))[:60] in offered
    harmless(page)
    leave(tab)


def test_what_a_model_says_and_why_it_failed_are_words_while_they_come(browser: Browser, site: Site) -> None:
    tab = at(browser, site, "/")
    page = tab.page
    box = page.get_by_test_id("stChatInputTextArea")
    box.fill("linger " + asked(GROUPS[0]))
    box.press("Enter")
    page.get_by_text(STRINGS[-1]).first.wait_for()
    harmless(page)
    alert = page.get_by_role("alert")
    alert.wait_for()
    assert words(shown(FATAL))[:400] in words(alert.inner_text())
    harmless(page)
    leave(tab)


@pytest.mark.parametrize(
    "path",
    [
        "/compare?" + urlencode([("q", asked(group)) for group in GROUPS]),
        "/compare",
        "/said",
        "/said?view=Outlets",
        "/stories",
        "/stories?page=2",
        "/archive",
        "/archive?page=3",
        "/settings",
    ],
    ids=lambda path: path.split("q=")[0],
)
def test_a_page_shows_them_as_words(browser: Browser, site: Site, path: str) -> None:
    tab = at(browser, site, path)
    page = tab.page
    if "q=" in path:
        page.locator("table .claim").nth(len(STRINGS) - 1).wait_for()
    harmless(page)
    leave(tab)


def test_a_picture_and_what_it_says_of_a_line_are_words(browser: Browser, site: Site) -> None:
    tab = at(browser, site, "/said?view=Picture&speaker=" + quote("<img"))
    page = tab.page
    line = page.locator("line[aria-label*='blames']").first
    line.wait_for()
    line.hover(force=True)
    tip = page.locator("#vg-tooltip-element.visible")
    tip.wait_for()
    assert "<img class=hx" in tip.inner_text()
    harmless(page)
    leave(tab)


def test_an_article_and_a_story_are_words_from_their_headline_on(browser: Browser, site: Site) -> None:
    story, headline = site.question.split(" ", 1)
    tab = at(browser, site, f"/stories?story={story}")
    page = tab.page
    page.get_by_text("When it was published").wait_for()
    drawn(page)
    assert words(page.get_by_role("heading", level=1).inner_text()) == words(shown(headline, 70))
    harmless(page)
    page.locator("tbody button").first.click()
    page.locator(".panel h2").wait_for()
    assert page.locator(".panel h2").text_content() == headline
    harmless(page)
    page.goto(f"{site.url}/archive?q={quote('<script')}")
    page.locator("tbody button").first.click()
    page.get_by_text("What is known, and from what").wait_for()
    drawn(page)
    unfold(page, "Correct it")
    harmless(page)
    leave(tab)


def test_a_checked_draft_is_words(browser: Browser, site: Site) -> None:
    tab = at(browser, site, "/check")
    page = tab.page
    page.get_by_role("textbox", name="Draft").fill("\n".join(GROUPS[0]))
    page.get_by_role("button", name="Check", exact=True).click()
    page.locator(".review .claim").nth(len(STRINGS) - 1).wait_for()
    harmless(page)
    leave(tab)


@pytest.mark.parametrize("form", ["html", "md"])
def test_a_report_to_take_along_is_words_in_a_browser(browser: Browser, tmp_path: Path, form: str) -> None:
    page = browser.new_page()
    asked_of: list[str] = []
    page.on("request", lambda request: asked_of.append(request.url))
    page.add_init_script("window.owned = () => { window.ran = true }")
    written = MarkdownIt("gfm-like", {"linkify": False, "html": True})
    for group in GROUPS:
        given = list(group)
        made: list[Any] = [
            comparison_report(documents.comparison(*given)),
            answer_report(documents.answer(*given)),
            review_report(documents.review(*given)),
        ]
        for report in made:
            file = tmp_path / f"report.{form}.html"
            file.write_text(html(report) if form == "html" else written.render(markdown(report)), encoding="utf-8")
            page.goto(file.as_uri())
            alive = [one for one in page.evaluate(ALIVE) if not one.startswith("<a")]
            assert alive == []
            assert page.evaluate("window.ran") is None
            assert page.evaluate("document.title") != "owned"
    assert [url for url in asked_of if not url.startswith("file:")] == []
    page.close()
