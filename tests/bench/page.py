"""How soon the page shows something: its first paint, an answer's first words, and the article behind a citation.

usage: python -m tests.bench.page ARCHIVE [--questions N]

ARCHIVE is any archive; the questions are those of newsquiz. The page is served as `rashomon chat` does, and opened in a
real Chromium of 1400 by 900 with an empty cache. All times are the browser's own, in milliseconds:

paint:    from navigation to the first paint and to the first content (W3C Paint Timing), and to the field that questions
          are typed into;
words:    from the Enter key of a question to the first frame with a sentence of its answer;
citation: from the click on a citation to the first frame in which its words are marked and in view.

It waits between all of them until the page is at rest, as a reader does.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from contextlib import closing
from pathlib import Path
from statistics import median, quantiles
from typing import TYPE_CHECKING

from tests.conftest import SHARED
from tests.ui.test_browser import CHROMIUM, FLAGS, serve

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from playwright.sync_api import Browser, Page

VISITS = 5
REST_MS = 2_500
WARM_MS = 30_000
"""What the server is given to load its models, as it does by itself after its start."""

# Components draw into shadow roots, which no selector reaches from outside.
WATCH = """() => {
  const all = (at, selector) => [
    ...at.querySelectorAll(selector),
    ...[...at.querySelectorAll('*')].flatMap(one => one.shadowRoot ? all(one.shadowRoot, selector) : []),
  ]
  const inView = one => {
    const box = one.getBoundingClientRect()
    return box.height > 0 && box.bottom > 0 && box.top < innerHeight
  }
  window.took = (type, selector) => new Promise(tell => addEventListener(type, event => {
    if (type === 'keydown' && event.key !== 'Enter') return
    const look = () => {
      const found = all(document, selector)
      if (found.length && inView(found.at(-1))) tell(performance.now() - event.timeStamp)
      else requestAnimationFrame(look)
    }
    look()
  }, { capture: true, once: true }))
}"""
SENTENCE = ".turn .claim, .turn .abstained"


def questions(most: int) -> list[str]:
    """The first questions of newsquiz."""
    lines = (SHARED / "data" / "newsquiz" / "questions.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line)["question"] for line in lines[:most]]


def visit(browser: Browser, url: str) -> tuple[float, float, float]:
    """Milliseconds to the first paint, to the first content, and to where questions are typed."""
    with closing(browser.new_context(viewport={"width": 1400, "height": 900})) as context:
        page = context.new_page()
        page.goto(url)
        page.get_by_test_id("stChatInput").wait_for()
        usable = page.evaluate("performance.now()")
        paints = page.evaluate("performance.getEntriesByType('paint').map(one => one.startTime)")
        return paints[0], paints[1], usable


def answers(page: Page, asked: Sequence[str]) -> Iterator[tuple[float, float | None]]:
    """Asks each question in a conversation of its own; milliseconds to its words, and to its first citation."""
    page.evaluate(WATCH)
    for question in asked:
        page.get_by_role("button", name="New question").click()
        page.get_by_text("Try one of these").wait_for()
        page.wait_for_timeout(REST_MS)
        box = page.get_by_test_id("stChatInputTextArea")
        box.fill(question)
        page.evaluate(f"() => {{ window.told = window.took('keydown', '{SENTENCE}') }}")
        box.press("Enter")
        words = page.evaluate("window.told")
        page.wait_for_timeout(REST_MS)
        marker = page.locator("section.turn button.marker").first
        if not marker.count():
            yield words, None
            continue
        page.evaluate("() => { window.told = window.took('click', 'mark.now') }")
        marker.click()
        yield words, page.evaluate("window.told")
        page.wait_for_timeout(REST_MS)
        page.keyboard.press("Escape")
        page.locator(".panel").wait_for(state="detached")


def told(name: str, times: Sequence[float]) -> str:
    """A row of the table."""
    late = quantiles(times, n=20, method="inclusive")[-1]
    return f"{name:20} {median(times):7.0f} {late:7.0f} {max(times):7.0f} {len(times):5}"


def main(archive: Path, most: int) -> None:
    """Serves the page, opens it, and asks."""
    from playwright.sync_api import sync_playwright

    command = ["ui.cli", "--archive", str(archive), "chat", "--port", "{port}"]
    with tempfile.TemporaryDirectory() as folder, closing(serve(command, Path(folder))) as served:
        url = next(served)
        with (
            sync_playwright() as driver,
            closing(driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)) as browser,
        ):
            page = browser.new_page(viewport={"width": 1400, "height": 900})
            page.goto(url)
            page.get_by_test_id("stChatInput").wait_for()
            page.wait_for_timeout(WARM_MS)
            visits = [visit(browser, url) for _ in range(VISITS)]
            asked = list(answers(page, questions(most)))
    print(f"{'ms':20} {'median':>7} {'p95':>7} {'most':>7} {'n':>5}")
    for name, column in zip(
        ("first paint", "first content", "field to type into"), zip(*visits, strict=True), strict=True
    ):
        print(told(name, column))
    print(told("first words", [words for words, _ in asked]))
    print(told("citation", [opened for _, opened in asked if opened is not None]))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("archive", type=Path)
    parser.add_argument("--questions", type=int, default=20)
    given = parser.parse_args()
    main(given.archive, given.questions)
