"""Stories: listed with their outlets and days, each with its articles, copies, timeline and who is quoted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.archive import Archive
from tests.ui.pages import open_page

if TYPE_CHECKING:
    from pathlib import Path


def story_of(archive: Path) -> str:
    with Archive(archive) as opened:
        return opened.stories.stories()[0].id


def test_stories_are_listed_with_days_articles_and_outlets(archive: Path) -> None:
    [row] = open_page("stories").rows("stories")
    assert row[1].startswith("3 February 2026 to ")
    assert row[3].startswith("Canal Post, Lowland Radio")


def test_a_story_shows_its_articles_its_copies_and_who_is_quoted(archive: Path) -> None:
    tab = open_page("stories", story=story_of(archive))
    rows = tab.rows("story-articles")
    assert [row[:2] for row in rows][:2] == [
        ["Grain barge sinks at Hollen", "Canal Post"],
        ["Barge lost at Hollen lock", "Lowland Radio"],
    ]
    assert [row[3] for row in rows][:2] == ["original", "copy"]
    said = " ".join(text.value for text in tab.page.text)
    assert "Canal Post, Lowland Radio print the same report, which comes from Canal Post" in said
    assert ["Ruth Calloway", "Canal Post"] in [row[:2] for row in tab.rows("story-quoted-rows")]


def test_an_article_of_a_story_opens_beside_it(archive: Path) -> None:
    with Archive(archive) as opened:
        article = opened.stories.stories()[0].articles[0]
    tab = open_page("stories", story=story_of(archive), open=article)
    assert tab.data("article")["title"] == "Grain barge sinks at Hollen"
    assert tab.data("story-articles")["open"] == article


def test_an_unknown_story_leads_to_the_list(archive: Path) -> None:
    tab = open_page("stories", story="0123456789abcdef")
    assert tab.page.info[0].value.startswith("This story is not in the archive")
    assert len(tab.rows("stories")) == 1
