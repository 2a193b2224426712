"""Reports in all three forms: the golden comparison, every citation with its words, and hostile words that stay words."""

from __future__ import annotations

import html as plain_html
import re
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from rich.cells import cell_len

from qa.show import spelled
from tests.ui.reports import documents
from ui.reports.answers import answer_report, review_report
from ui.reports.comparison import comparison_report
from ui.reports.html import exact, html
from ui.reports.markdown import JOINER, escaped, markdown
from ui.reports.report import Link, Report, Section, Words
from ui.reports.story import story_report
from ui.reports.terminal import report_lines
from ui.text import web_address

GOLDEN = Path(__file__).parent / "golden"
PIECES = (
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "</style>", "</title>", "--><b>", "&lt;b&gt;", "{{ 7*7 }}",
    "{% raw %}", "[a](javascript:alert(1))", "![a](https://evil.example/x)", "<https://evil.example>", "https://evil.example/a",
    "www.evil.example", "a@evil.example", "`code`", "| cell |", "**bold**", "# title", "- item", "1. item", "> quote", "[1]: https://evil.example",
    "[x]", "\\", "\n\n", "\r\n", "\t", "\u202e", "\u200b", "\x00", "\x1b[31m", "'\"", "]]>", "***", "~~~", "    indented", "javascript:alert(1)", "[bold]x[/bold]", ":smile:",
)  # fmt: skip
HOSTILE = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=12)), min_size=1, max_size=4).map("".join)
TEXTS = st.lists(HOSTILE, min_size=16, max_size=16)
OURS = frozenset(
    """html head meta title style body main h1 h2 p section ul li div table thead tbody tr th td span a strong del ins
    blockquote""".split()
)
ATTRIBUTES = frozenset(
    """lang charset http-equiv content name class id href rel scope dir tabindex role aria-label""".split()
)


class Read(HTMLParser):
    """The tags, links, identifiers and text of a page."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.links: list[str] = []
        self.outward: list[dict[str, str | None]] = []
        self.ids: list[str] = []
        self.words: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        given = dict(attrs)
        self.attributes |= given.keys()
        if "id" in given:
            self.ids.append(given["id"] or "")
        if tag == "a":
            self.links.append(given.get("href") or "")
            if not self.links[-1].startswith("#"):
                self.outward.append(given)

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join("".join(self.words).split())


def uses(report: Report) -> dict[int, int]:
    """How often each marker is cited in a report's page."""
    return dict(Counter(int(number) for number in re.findall(r'class="mark" id="use-(\d+)-', html(report))))


def reports(words: list[str] = []) -> list[Report]:  # noqa: B006  never changed
    """A report of each kind, in which hostile words stand wherever words from outside do."""
    given = list(words)
    articles = documents.articles(*given)
    return [
        comparison_report(documents.comparison(*given)),
        answer_report(documents.answer(*given)),
        answer_report(documents.abstained(*given)),
        review_report(documents.review(*given)),
        story_report(
            given[0] if given else "A ferry sinks", articles, documents.timeline(*given), documents.quoted(*given)
        ),
        Report("Links", sections=(Section("Links", lines=tuple((Link(text), Words(text)) for text in given)),)),
    ]


def test_a_small_comparison_is_written_as_it_was_approved() -> None:
    report = comparison_report(documents.comparison())
    assert markdown(report) == (GOLDEN / "comparison.md").read_text(encoding="utf-8")
    assert html(report) == (GOLDEN / "comparison.html").read_text(encoding="utf-8")
    assert "\n".join(report_lines(report, 80)) + "\n" == (GOLDEN / "comparison.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("report", reports(), ids=lambda report: report.title)
def test_every_citation_stands_with_its_exact_words_and_place_in_each_form(report: Report) -> None:
    page, text = Read(html(report)).text, markdown(report)
    shown = Read(MarkdownIt("commonmark").enable("table").render(text)).text
    lines = " ".join(" ".join(report_lines(report, 200)).split())
    for citation in report.citations:
        for form in (page, shown, lines):
            assert citation.quote in form
            assert f"[{citation.marker}]" in form
            assert citation.article_id in form
        assert f"characters {citation.start} to {citation.end}" in page
        assert f"characters {citation.start} to {citation.end}" in shown
        assert f"({citation.article_id}, {citation.start}–{citation.end})" in lines


@settings(max_examples=60)
@given(TEXTS)
def test_no_tag_attribute_or_link_of_hostile_words_lives_in_a_page(words: list[str]) -> None:
    for report in reports(words):
        page = html(report)
        read = Read(page)
        assert read.tags <= OURS
        assert read.attributes <= ATTRIBUTES
        assert page.encode("utf-8")
        allowed = {web_address(citation.url) for citation in report.citations} | set(map(web_address, words))
        for link in read.outward:
            assert link["href"] in allowed - {None}
            assert link["rel"] == "noreferrer"
        inner = [link[1:] for link in read.links if link.startswith("#")]
        assert set(inner) <= set(read.ids)
        assert len(read.ids) == len(set(read.ids))
        assert page.count("<style>") == page.count("</style>") == 1
        for citation in report.citations:
            assert (
                plain_html.escape(exact(citation.quote)).replace("&#x27;", "&#39;").replace("&quot;", "&#34;") in page
            )


@settings(max_examples=60)
@given(TEXTS)
def test_no_markup_of_hostile_words_lives_in_markdown(words: list[str]) -> None:
    for report in reports(words):
        rendered = Read(MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(markdown(report)))
        assert rendered.tags <= {
            "h1",
            "h2",
            "p",
            "ul",
            "li",
            "table",
            "thead",
            "tbody",
            "tr",
            "th",
            "td",
            "strong",
            "blockquote",
            "a",
        }
        addresses = {web_address(citation.url) for citation in report.citations} | set(map(web_address, words))
        allowed = {plain_html.unescape(MarkdownIt().normalizeLink(url)) for url in addresses if url}
        assert set(rendered.links) <= allowed
        shown = rendered.text.replace(JOINER, "")
        for citation in report.citations:
            assert " ".join(spelled(citation.quote).split()) in shown


@settings(max_examples=200)
@given(HOSTILE)
def test_escaped_words_are_read_as_the_words_they_are(text: str) -> None:
    rendered = Read(MarkdownIt("commonmark").enable("table").render(f"- {escaped(text)}"))
    assert rendered.tags <= {"ul", "li", "p"}
    assert rendered.text.replace(JOINER, "") == " ".join(spelled(text).split())


@settings(max_examples=40)
@given(TEXTS, st.integers(40, 160))
def test_terminal_lines_fit_and_hold_nothing_that_cannot_be_seen(words: list[str], width: int) -> None:
    for report in reports(words):
        for line in report_lines(report, width):
            assert cell_len(line) <= width
            assert line == line.rstrip()
            assert not re.search(r"[\x00-\x08\x0a-\x1f\x7f\u202a-\u202e\u2066-\u2069\u200b]", line)


def test_citations_and_their_uses_are_linked_both_ways() -> None:
    page = html(comparison_report(documents.comparison()))
    assert '<a class="mark" id="use-2-1" href="#source-2">[2]</a>' in page
    assert '<li id="source-2">' in page
    assert 'href="#use-2-1"' in page
    assert 'href="#use-2-2"' in page


def test_a_page_needs_nothing_but_itself_and_says_so() -> None:
    page = html(comparison_report(documents.comparison()))
    policy = plain_html.unescape(page.split('Content-Security-Policy" content="')[1].split('"')[0])
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy
    assert not re.search(r"<script|\ssrc=|@import|url\(|\sstyle=|\son\w+=", page)
    assert "prefers-color-scheme: dark" in page
    assert "@media print" in page


def test_a_source_that_is_no_web_address_is_no_link() -> None:
    read = Read(html(comparison_report(documents.comparison())))
    assert [link["href"] for link in read.outward] == ["https://news.example/1", "https://news.example/2"]


def test_a_change_of_words_is_told_without_colour() -> None:
    report = comparison_report(documents.comparison())
    words = (
        '<del><span class="side">one:</span> discussion</del> <ins><span class="side">other:</span> discussions</ins>'
    )
    assert words in html(report)
    assert r"\[one: “discussion”; other: “discussions”\]" in markdown(report)


def test_lines_of_a_quotation_stay_lines_and_the_unseen_is_written_out() -> None:
    assert exact("a\r\nb\tc\u202ed") == "a\nb\tc‹U+202E›d"


def test_a_story_numbers_the_citations_of_its_parts_anew() -> None:
    report = story_report("A ferry sinks", (), documents.timeline(), documents.quoted())
    assert [citation.marker for citation in report.citations] == [1, 2, 3, 4]
    assert [citation.quote for citation in report.citations][2:] == ["Vasko said 1.", "Vasko said 2."]
    assert uses(report) == {1: 1, 2: 2, 3: 3, 4: 3}


def test_an_answer_keeps_its_own_markers() -> None:
    report = answer_report(documents.answer())
    assert [citation.marker for citation in report.citations] == [4, 7]
    assert uses(report) == {4: 1}
