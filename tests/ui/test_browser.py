"""The page in a real Chromium: asked, cited, reloaded, stopped and fed with hostile words; nothing leaves the machine."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from http import HTTPStatus
from http.client import HTTPConnection
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlsplit

import pytest

from tests.conftest import ROOT
from tests.ui.scripted import BLAME, HOSTILE, QUESTION

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page, Request

pytestmark = [pytest.mark.browser, pytest.mark.slow]

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
SECONDS_TO_START = 90
PATIENCE_MS = 30_000
SCROLLER = """element => {
  for (let at = element; at; at = at.parentElement ?? at.getRootNode().host)
    if (/auto|scroll/.test(getComputedStyle(at).overflowY) && at.scrollHeight > at.clientHeight) return at
  return document.scrollingElement
}"""


@dataclass(frozen=True)
class Site:
    """A running page, a question that it answers, and words that stand in the first citation."""

    url: str
    question: str
    words: str


@dataclass
class Tab:
    """A tab and what it did besides: requests to other hosts, dialogs, errors of the console."""

    page: Page
    site: Site
    foreign: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def watch(self, request: Request) -> None:
        """Notes a request to another host."""
        parts = urlsplit(request.url)
        if parts.scheme not in ("data", "blob") and parts.hostname != "127.0.0.1":
            self.foreign.append(request.url)

    def ask(self, question: str, *, answers: int) -> None:
        """Types a question and waits until `answers` are on the page."""
        box = self.page.get_by_test_id("stChatInputTextArea")
        box.fill(question)
        box.press("Enter")
        self.page.locator(".trace").nth(answers - 1).wait_for()


def serve(command: list[str], folder: Path, **more: str) -> Iterator[str]:
    """Runs a server until the tests are done with it; `{port}` stands for a free port, `more` are variables for it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    environment = {**os.environ, "RASHOMON_DATA": str(folder), "RASHOMON_ARCHIVE": str(folder / "archive"), **more}
    with (folder / "server.log").open("w") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", *(part.format(port=port) for part in command)],
            cwd=ROOT,
            env=environment,
            stdout=log,
            stderr=log,
        )
        try:
            until = time.monotonic() + SECONDS_TO_START
            while not _answers(port):
                assert server.poll() is None, (folder / "server.log").read_text()
                assert time.monotonic() < until, "the page's server did not start in time"
                time.sleep(0.1)
            yield url
        finally:
            server.terminate()
            server.wait(20)


def _answers(port: int) -> bool:
    connection = HTTPConnection("127.0.0.1", port, timeout=1)
    try:
        connection.request("GET", "/_stcore/health")
        return connection.getresponse().status in (HTTPStatus.OK, HTTPStatus.UNAUTHORIZED)
    except OSError:
        return False
    finally:
        connection.close()


@pytest.fixture(scope="module")
def scripted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The page over the scripted engine."""
    folder = tmp_path_factory.mktemp("scripted")
    for url in serve(["tests.ui.serve_scripted", "{port}", str(folder)], folder):
        yield Site(url, QUESTION, BLAME)


@pytest.fixture(scope="module")
def examples(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The page over the real engine and the articles in `examples`."""
    folder = tmp_path_factory.mktemp("examples")
    add = [sys.executable, "-m", "ui.cli", "--archive", str(folder / "archive"), "add", "examples/articles"]
    subprocess.run(add, cwd=ROOT, check=True, capture_output=True)
    for url in serve(["ui.cli", "--archive", str(folder / "archive"), "chat", "--port", "{port}"], folder):
        yield Site(url, "Who blamed whom for the breakdown of the Orren talks?", "blam")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A headless Chromium of this machine."""
    if CHROMIUM is None:
        pytest.skip("no Chromium is installed on this machine")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield started
        started.close()


@pytest.fixture(params=["scripted", pytest.param("examples", marks=pytest.mark.model)])
def site(request: pytest.FixtureRequest) -> Site:
    """Both engines, one after the other."""
    found: Site = request.getfixturevalue(request.param)
    return found


def open_tab(
    browser: Browser,
    site: Site,
    *,
    width: int = 1400,
    height: int = 900,
    path: str = "",
    scheme: Literal["light", "dark"] = "light",
) -> Tab:
    """A tab of its own context, watched from its first request on."""
    context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)
    context.set_default_timeout(PATIENCE_MS)
    tab = Tab(context.new_page(), site)
    tab.page.on("request", tab.watch)
    tab.page.on("dialog", lambda dialog: (tab.dialogs.append(dialog.message), dialog.dismiss()))
    tab.page.on("console", lambda said: tab.errors.append(said.text) if said.type == "error" else None)
    tab.page.goto(site.url + path)
    return tab


def check_quiet(tab: Tab) -> None:
    """Nothing was fetched from elsewhere, nothing ran, nothing failed; closes the tab."""
    assert tab.foreign == []
    assert tab.dialogs == []
    assert tab.errors == []
    tab.page.context.close()


def test_a_citation_opens_its_article_at_the_very_words_and_a_reload_keeps_it_all(browser: Browser, site: Site) -> None:
    tab = open_tab(browser, site)
    page = tab.page
    page.get_by_text("Try one of these").wait_for()
    tab.ask(site.question, answers=1)
    claim = page.locator(".claim").filter(has=page.get_by_role("button", name="Citation 1:")).first
    told = claim.locator(".text").inner_text()
    claim.get_by_role("button", name="Citation 1:").click()
    mark = page.locator("mark.now")
    mark.first.wait_for()
    marked = "".join(mark.all_inner_texts())
    assert site.words in marked
    assert marked in told
    page.wait_for_timeout(500)
    seen, body = mark.first.bounding_box(), page.locator(".panel .body").bounding_box()
    assert seen is not None
    assert body is not None
    assert body["y"] <= seen["y"] <= body["y"] + body["height"]

    page.reload()
    mark.first.wait_for()
    assert "".join(mark.all_inner_texts()) == marked
    assert page.locator("h2.question").inner_text() == site.question
    page.locator(".panel").focus()
    page.keyboard.press("Escape")
    page.locator(".panel").wait_for(state="detached")
    page.wait_for_url(lambda url: "cite=" not in url)
    check_quiet(tab)


def test_a_follow_up_stays_below_and_the_list_leads_back(browser: Browser, scripted: Site) -> None:
    tab = open_tab(browser, scripted)
    page = tab.page
    tab.ask(scripted.question, answers=1)
    tab.ask("And who denied it?", answers=2)
    assert page.locator("h2.question").all_inner_texts() == [scripted.question, "And who denied it?"]
    page.wait_for_timeout(500)
    asked = page.locator("h2.question").last.bounding_box()
    assert asked is not None
    assert 0 <= asked["y"] <= 900 - asked["height"], "what was asked last is in view"
    page.get_by_role("button", name="New question").click()
    page.get_by_text("Try one of these").wait_for()
    page.get_by_test_id("stSidebar").get_by_role("button", name=scripted.question[:20]).first.click()
    page.locator(".trace").nth(1).wait_for()
    check_quiet(tab)


def test_whoever_scrolls_while_an_answer_comes_into_view_has_the_page(browser: Browser, scripted: Site) -> None:
    tab = open_tab(browser, scripted)
    page = tab.page
    for number in (1, 2, 3):
        tab.ask(scripted.question, answers=number)
    page.wait_for_timeout(200)  # by then the page is being held at the last question, for most of a second
    scroller = page.locator("h2.question").last.evaluate_handle(SCROLLER)
    assert scroller.evaluate("s => s.scrollTop") > 0
    scroller.evaluate("s => { s.scrollTop = 0 }")
    page.wait_for_timeout(1200)
    assert scroller.evaluate("s => s.scrollTop") == 0
    check_quiet(tab)


def test_what_comes_below_an_answer_does_not_scroll_it_away(browser: Browser, scripted: Site) -> None:
    tab = open_tab(browser, scripted, width=1400, height=480)
    page = tab.page
    tab.ask(scripted.question, answers=1)
    page.wait_for_timeout(1500)
    asked = page.locator("h2.question")
    scroller = asked.evaluate_handle(SCROLLER)
    scroller.evaluate("s => { s.scrollTop = s.scrollHeight }")  # a page that follows its end does so from here
    page.wait_for_timeout(300)
    before = asked.bounding_box()
    page.get_by_test_id("stMainBlockContainer").evaluate("b => { b.style.paddingBottom = '600px' }")
    page.wait_for_timeout(1500)
    assert scroller.evaluate("s => s.scrollHeight - s.clientHeight - s.scrollTop") > 500, "there is more below"
    assert asked.bounding_box() == before
    check_quiet(tab)


def test_a_conversation_opens_at_its_last_question_or_where_its_citation_is(browser: Browser, scripted: Site) -> None:
    tab = open_tab(browser, scripted, width=1400, height=480)
    page = tab.page
    for number in (1, 2, 3):
        tab.ask(scripted.question, answers=number)

    def tops() -> list[float]:
        page.wait_for_timeout(1500)
        return [box["y"] for one in page.locator("h2.question").all() if (box := one.bounding_box())]

    page.reload()
    page.locator(".trace").nth(2).wait_for()
    assert 0 < tops()[2] < 200, tops()
    page.locator("section.turn").nth(1).get_by_role("button", name="Citation 1:").first.click()
    page.locator("mark.now").first.wait_for()
    page.reload()
    page.locator("mark.now").first.wait_for()
    assert 0 < tops()[1] < 200, tops()
    check_quiet(tab)


def test_the_article_fills_a_small_screen_and_can_be_closed(browser: Browser, scripted: Site) -> None:
    tab = open_tab(browser, scripted, width=400, height=800)
    page = tab.page
    tab.ask(scripted.question, answers=1)
    assert page.evaluate("document.documentElement.scrollWidth") <= 400
    page.get_by_role("button", name="Citation 1:").first.click()
    page.locator("mark.now").first.wait_for()
    panel = page.locator(".panel").bounding_box()
    assert panel == {"x": 0, "y": 0, "width": 400, "height": 800}
    page.get_by_role("button", name="Close the article").click()
    page.locator(".panel").wait_for(state="detached")
    check_quiet(tab)


def test_stop_answers_at_once_and_a_click_elsewhere_does_not_end_an_answer(browser: Browser, scripted: Site) -> None:
    tab = open_tab(browser, scripted)
    page = tab.page
    tab.ask(scripted.question, answers=1)
    box = page.get_by_test_id("stChatInputTextArea")
    box.fill("a slow one")
    box.press("Enter")
    page.get_by_text("According to Harbour", exact=False).nth(1).wait_for()
    page.get_by_role("button", name="Citation 2:").first.click()
    page.locator("mark.now").wait_for()
    assert page.get_by_role("button", name="Stop").count() == 1
    page.get_by_role("button", name="Stop").click()
    page.get_by_text("Stopped. Nothing of this answer was kept.").wait_for(timeout=5_000)
    page.reload()
    page.locator(".trace").first.wait_for()
    page.get_by_text("Stopped. Nothing of this answer was kept.").wait_for()  # the question is there to be asked again
    assert page.locator(".trace").count() == 1
    check_quiet(tab)


def test_hostile_words_are_shown_as_words(browser: Browser, scripted: Site) -> None:
    tab = open_tab(browser, scripted)
    page = tab.page
    tab.ask("hostile " + HOSTILE[0], answers=1)
    shown = page.locator("section.turn .claim .text").all_text_contents()
    assert shown == [*HOSTILE, HOSTILE[1]]
    for marker in (1, 2):
        page.get_by_role("button", name=f"Citation {marker}:").first.click()
        page.locator(f"aside[aria-label='Article of citation {marker}']").wait_for()
        links = page.locator("a[href]").evaluate_all("all => all.map(a => a.getAttribute('href'))")
        foreign = [link for link in links if not link.startswith(("#", scripted.url))]
        assert foreign == ["https://news.example/3"]
    link = page.get_by_role("link", name="Read it at news.example")
    assert set((link.get_attribute("rel") or "").split()) >= {"noopener", "noreferrer", "nofollow"}
    assert page.locator("img, iframe, object, embed").count() == 0
    assert page.evaluate("document.title").startswith("hostile <script>")
    assert page.evaluate("document.documentElement.scrollWidth") <= 1400
    check_quiet(tab)


def test_an_error_names_no_link_and_shows_no_traceback(browser: Browser, scripted: Site) -> None:
    tab = open_tab(browser, scripted)
    page = tab.page
    box = page.get_by_test_id("stChatInputTextArea")
    box.fill("unreachable")
    box.press("Enter")
    alert = page.get_by_role("alert")
    alert.wait_for()
    said = alert.inner_text().replace("\u2060", "")
    assert said.endswith("The model at https://models.example did not answer; try again later.")
    assert alert.locator("a").count() == 0
    check_quiet(tab)


def test_an_older_drawing_never_takes_the_place_of_a_newer_one(browser: Browser) -> None:
    """Streamlit may hand them over in any order while a component's script is still on its way."""
    script = "".join((ROOT / "ui" / "static" / name).read_text("utf-8") for name in ("words.js", "rows.js"))
    page = browser.new_page()
    page.set_content('<div id="host"><div class="root"></div></div>')
    shown = page.evaluate(
        """async script => {
          const { default: draw } = await import(URL.createObjectURL(new Blob([script], { type: 'text/javascript' })))
          const parentElement = document.getElementById('host')
          const table = text => ({ label: '', columns: [''], rows: [{ id: null, cells: [{ text, kind: 'small' }] }] })
          const hand = (text, since) => draw({ data: [table(text), since], parentElement })
          const drawn = (...drawings) => {
            parentElement.innerHTML = '<div class="root"></div>'
            for (const [text, since] of drawings) hand(text, since)
            return parentElement.innerText.trim()
          }
          return [
            drawn(['first', 1], ['third', 3], ['second', 2]),
            drawn(['same', 1], ['same', 3], ['second', 2]),
          ]
        }""",
        script,
    )
    assert shown == ["third", "same"]
    page.close()
