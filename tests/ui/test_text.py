"""Words from outside are shown as words: no markup of theirs survives, and no word is lost."""

from __future__ import annotations

import string
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from qa.show import spelled
from tests.ui.hostile import STRINGS
from ui.text import byline, day, label, paragraph, web_address

MARKED = st.text(st.sampled_from(string.punctuation + "ab 1\n\t“é\u202e"), max_size=60) | st.text(max_size=60)


@given(MARKED | st.sampled_from(STRINGS))
def test_a_label_is_one_paragraph_of_plain_words(text: str) -> None:
    shown = label(text, most=10_000)
    tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(shown)
    if not tokens:
        assert not text.split()
        return
    assert [token.type for token in tokens] == ["paragraph_open", "inline", "paragraph_close"]
    assert {child.type for child in tokens[1].children or ()} <= {"text", "text_special"}
    words = "".join(child.content for child in tokens[1].children or ())
    assert words.replace("\u2060", "") == spelled(text)


@pytest.mark.parametrize("rewritten", ["https://", "www.", "a@b", ":smile:", "->", "<-", ">="])
def test_what_is_rewritten_in_spite_of_escapes_is_broken_up(rewritten: str) -> None:
    shown = label(f"x {rewritten}evil.example").replace("\\", "")
    assert rewritten not in shown
    assert rewritten in shown.replace("\u2060", "")


def test_a_long_label_is_cut_to_its_length() -> None:
    assert label("word " * 100, most=11) == "word word…"


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.words = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.words += data


@given(MARKED | st.sampled_from(STRINGS))
def test_a_paragraph_of_html_holds_the_words_and_one_tag(text: str) -> None:
    parsed = _Tags()
    parsed.feed(paragraph(text))
    parsed.close()
    assert parsed.tags == ["p"]
    assert parsed.words == text


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://news.example/a?b=c#d", True),
        ("http://news.example", True),
        ("javascript:alert(1)", False),
        ("data:text/html,x", False),
        ("//news.example/a", False),
        ("/a", False),
        ("https://", False),
        ("https://bank.example@evil.example/", False),
        ("https://news.example/\u202egpj.exe", False),
        ("https://news.example/ a", False),
        ('https://news.example/"onclick="x', False),
        ("https://[news", False),
        ("java\nscript:alert(1)", False),
        (None, False),
    ],
)
def test_only_plain_http_addresses_become_links(url: str | None, kept: bool) -> None:
    assert web_address(url) == (url if kept else None)


def test_days_and_bylines_are_written_out() -> None:
    assert day("2024-05-03") == "3 May 2024"
    assert day("spring") == "spring"
    assert byline("Harbour Gazette", "2024-05-03") == "Harbour Gazette · 3 May 2024"
    assert byline(None, None) == "Outlet not known · day not known"
