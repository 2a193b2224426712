"""Check: a draft's sentences with their verdicts as sign and word, and evidence that opens."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from qa.drafts import Drafts
from qa.types import Claim, Review, Verdict
from tests.ui.pages import open_page
from tests.ui.scripted import ARTICLES, BLAME, HOSTILE, cite
from ui.check import WORDS, review_data
from ui.citations import MARKS

if TYPE_CHECKING:
    from pathlib import Path

DRAFT = "Harbour master Ruth Calloway blamed the lock company for the accident. Nobody has climbed Mount Erebus. Why?"


def test_a_draft_is_held_against_the_archive_sentence_by_sentence(archive: Path) -> None:
    tab = open_page("check")
    tab.page.text_area[0].set_value(DRAFT).run()
    tab.button("Check").click().run()
    tab.settle()
    review = tab.data("review")
    assert [claim["word"] for claim in review["claims"]] == ["Supported", "Not in the archive"]
    assert review["sources"][0]["quote"].startswith("Harbour master Ruth Calloway blamed the lock company")
    assert review["left"] == ["Why?"]
    assert tab.page.text_area[0].value == DRAFT


def test_a_checked_draft_is_kept_shown_again_by_its_address_listed_and_deleted(archive: Path) -> None:
    tab = open_page("check")
    tab.page.text_area[0].set_value(DRAFT).run()
    tab.button("Check").click().run()
    tab.settle()
    review, address = tab.data("review"), tab.page.query_params["draft"]
    named = address if isinstance(address, str) else address[0]
    again = open_page("check", draft=named)
    assert again.data("review") == review
    assert again.page.text_area[0].value == DRAFT
    other = open_page("check")
    assert not other.shows("review")
    other.button("Harbour master Ruth").click().run()
    assert other.data("review") == review
    other.button("New draft").click().run()
    assert not other.shows("review")
    assert other.page.text_area[0].value == ""
    again.button("Delete draft").click().run()
    assert not again.shows("review")
    gone = open_page("check", draft=named)
    assert "deleted" in gone.page.info[0].value
    assert not any("Harbour" in button.label for button in gone.page.button)


def test_a_draft_of_another_version_is_said_to_be(archive: Path, tmp_path: Path) -> None:
    path = tmp_path / "drafts.sqlite"
    Drafts(path).keep("one", "words", Review())
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("UPDATE drafts SET review = '{}x'")
    assert "another version" in open_page("check", draft="one").page.error[0].value
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("PRAGMA user_version = 99")
    assert "later version" in open_page("check").page.error[0].value


def test_an_empty_draft_is_answered_with_a_sentence(archive: Path) -> None:
    tab = open_page("check")
    tab.button("Check").click().run()
    tab.settle()
    assert "nothing to check" in tab.page.error[0].value


@pytest.mark.parametrize("verdict", list(Verdict))
def test_every_verdict_has_a_sign_and_a_word_of_its_own(verdict: Verdict) -> None:
    claim = review_data(Review(claims=(Claim(text="x", citations=(), verdict=verdict),)))["claims"][0]
    assert (claim["mark"], claim["word"]) == (MARKS[verdict][0], WORDS[verdict])
    assert len(set(WORDS.values())) == len(Verdict)


def test_hidden_characters_of_a_draft_are_spelled_out() -> None:
    claim = Claim(text=HOSTILE[4], citations=(1,), verdict=Verdict.PARTLY, reason=HOSTILE[4])
    data = review_data(Review(claims=(claim,), citations=(cite(1, ARTICLES[0], BLAME),)), open_marker=1)
    assert data["claims"][0]["text"].startswith("‹U+202E›right to left")
    assert data["open"] == 1
