"""Who said what: filtered by the address, each row opening its words, pictured as a graph and as bars."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.archive import Archive
from index.types import Kind
from tests.ui.pages import open_page
from ui.article import Place
from ui.parties import edges
from ui.statements import place_of

if TYPE_CHECKING:
    from pathlib import Path


def test_every_statement_is_a_row_and_the_newest_article_comes_first(archive: Path) -> None:
    with Archive(archive) as opened:
        count = opened.catalogue.counts()["statements"]
    rows = open_page("said").rows("statements")
    assert len(rows) == count > 5
    assert rows[0][0] == "Ada Blunt"
    assert rows[-1][4] == "Canal Post"


def test_the_address_filters_by_speaker_kind_target_and_outlet(archive: Path) -> None:
    rows = open_page("said", kind=["accuse", "praise"]).rows("statements")
    assert {row[1] for row in rows} == {"accuse", "praise"}
    rows = open_page("said", speaker="calloway", outlet=["Canal Post"]).rows("statements")
    assert rows
    assert {(row[0], row[4]) for row in rows} == {("Ruth Calloway", "Canal Post")}
    rows = open_page("said", about="Calloway").rows("statements")
    assert [(row[0], row[1], row[2]) for row in rows] == [("Jan Moor", "accuse", "Ruth Calloway")]


def test_days_and_a_story_limit_the_statements(archive: Path) -> None:
    rows = open_page("said", since="2026-02-04", until="2026-02-04").rows("statements")
    assert {row[4] for row in rows} == {"Lowland Radio"}
    with Archive(archive) as opened:
        story = opened.stories.stories()[0]
    rows = open_page("said", story=story.id).rows("statements")
    assert "Ada Blunt" not in {row[0] for row in rows}
    assert rows


def test_filters_that_let_nothing_through_say_so(archive: Path) -> None:
    tab = open_page("said", speaker="nobody of this name")
    assert tab.page.info[0].value == "No statement fits these filters; take one off."


def test_an_open_statement_stands_in_its_article_and_its_row_is_marked(archive: Path) -> None:
    with Archive(archive) as opened:
        one = next(opened.statements.find(kinds=[Kind.ACCUSE]))
        article = opened.catalogue.article(one.article_id)
    assert article is not None
    place = place_of(one)
    assert place.span is not None
    tab = open_page("said", kind=["accuse"], open=place.address)
    panel = tab.data("article")
    assert [piece["text"] for piece in panel["pieces"] if piece["kind"] == "now"] == [place.span.of(article.text)]
    assert (panel["place"], panel["previous"], panel["next"]) == ("1 of 1", None, None)
    assert tab.data("statements")["open"] == place.address


def test_an_address_of_no_article_opens_nothing_or_says_so(archive: Path) -> None:
    assert not open_page("said", open="../../etc/passwd").shows("article")
    tab = open_page("said", open="ffffffffffffffff")
    assert "holds no article ffffffffffffffff" in tab.page.error[0].value


def test_the_picture_lists_the_words_of_the_chosen_line(archive: Path) -> None:
    with Archive(archive) as opened:
        every = edges(opened.statements.find())
    chosen = next(edge for edge in every if edge.who == "Jan Moor" and edge.act is Kind.ACCUSE)
    rows = open_page("said", view="Picture").rows("edge-statements")
    assert len(rows) == sum(len(edge.statements) for edge in every)
    tab = open_page("said", view="Picture", edge=chosen.name)
    assert [(row[0], row[1]) for row in tab.rows("edge-statements")] == [("Jan Moor", "accuse")]
    tab.button("Jan Moor accuses").click().run()
    assert len(tab.rows("edge-statements")) == len(rows)


def test_the_outlets_view_counts_who_is_quoted_by_whom(archive: Path) -> None:
    rows = open_page("said", view="Outlets", kind=["accuse"]).rows("quoted-rows")
    assert rows == [["Jan Moor", "The Velm Mirror", "1"]]


def test_a_place_is_read_from_its_address_as_it_was_written() -> None:
    assert Place.read("0a1b.3-9") == Place("0a1b", Place.read("0a1b.3-9").span)  # type: ignore[union-attr]
    assert Place.read("0a1b.3-9").address == "0a1b.3-9"  # type: ignore[union-attr]
    for address in ("", "x", "0a1b.9-3", "0a1b.3-3", "0a1b.3", "0a1b.¹-3", "0a1b.3-9999999999"):
        assert Place.read(address) is None
