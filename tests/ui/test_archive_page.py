"""Archive: articles are browsed, added, corrected, taken out; each change goes on beside the page and says what came."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from index.archive import Archive
from index.errors import UsageError
from index.progress import Added, Failed, Found, Read, Related, Understood
from tests.conftest import ROOT
from tests.ui.pages import open_page, use
from ui import adding
from ui.adding import DESK, Desk, Tally, keep, safe_name

if TYPE_CHECKING:
    from pathlib import Path

    from index.types import Article


def article_of(archive: Path, outlet: str) -> Article:
    with Archive(archive) as opened:
        return next(article for article in opened.catalogue.articles() if article.outlet == outlet)


def test_articles_are_listed_newest_first_and_found_by_the_words_of_the_address(archive: Path) -> None:
    assert [row[2] for row in open_page("archive").rows("articles")] == [
        "1 March 2026",
        "5 February 2026",
        "4 February 2026",
        "3 February 2026",
    ]
    assert [row[1] for row in open_page("archive", q="HOLLEN 2026-02-04").rows("articles")] == ["Lowland Radio"]
    assert [row[0] for row in open_page("archive", outlet="Canal Post").rows("articles")] == [
        "Grain barge sinks at Hollen"
    ]
    assert open_page("archive", q="zeppelin").rows("articles") == []


def test_an_article_shows_what_is_known_of_it_and_from_what(archive: Path) -> None:
    article = article_of(archive, "Canal Post")
    tab = open_page("archive", article=article.id, open=article.id)
    facts = {row[0]: row[1:] for row in tab.rows("evidence")}
    assert facts["Outlet"] == ["Canal Post", "from a field of the file, 95% sure"]
    assert tab.data("article")["title"] == "Grain barge sinks at Hollen"


def test_a_correction_is_kept_and_shown(archive: Path) -> None:
    article = article_of(archive, "Canal Post")
    tab = open_page("archive", article=article.id)
    outlet = next(field for field in tab.page.text_input if field.label == "Outlet")
    outlet.set_value("Canal Evening Post")
    tab.button("Save").click().run()
    tab.settle()
    facts = {row[0]: row[1:] for row in tab.rows("evidence")}
    assert facts["Outlet"] == ["Canal Evening Post", "said by a person, 100% sure"]
    assert "correction is kept" in tab.page.success[0].value


def test_removing_takes_the_article_out_of_the_list(archive: Path) -> None:
    article = article_of(archive, "Lowland Radio")
    tab = open_page("archive", article=article.id)
    tab.button("Remove it").click().run()
    tab.settle()
    assert "Lowland Radio" not in [row[1] for row in tab.rows("articles")]
    assert tab.page.success[0].value.startswith("1 article removed")
    tab.button("Dismiss").click().run()
    assert not tab.page.success


def test_a_folder_is_added_beside_the_page_and_what_fails_is_named(archive: Path, tmp_path: Path) -> None:
    folder = tmp_path / "more"
    folder.mkdir()
    (folder / "good.txt").write_text("Heron counted\n\nEleven herons were counted at Velm on Sunday.", "utf-8")
    (folder / "bad.jsonl").write_text("{not json\n", "utf-8")
    tab = open_page("archive")
    next(field for field in tab.page.text_input if "folder" in field.label).set_value(str(folder))
    tab.button("Add this folder").click().run()
    tab.settle()
    assert tab.page.success[0].value.replace("\\", "").startswith("1 article added, 1 could not be read")
    assert [row[0] for row in tab.rows("failure-rows")] == ["bad.jsonl"]
    assert len(tab.rows("articles")) == 5


def test_a_folder_that_is_not_there_is_answered_with_a_sentence(archive: Path) -> None:
    tab = open_page("archive")
    next(field for field in tab.page.text_input if "folder" in field.label).set_value("/no/such/place")
    tab.button("Add this folder").click().run()
    assert "There is no /no/such/place" in tab.page.error[0].value.replace("\\", "").replace("\u2060", "")


def test_where_there_is_no_archive_yet_files_can_be_added(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    use(tmp_path / "new", tmp_path, monkeypatch)
    tab = open_page("archive")
    assert tab.page.text[0].value.startswith("There is nothing in this archive yet.")
    (tmp_path / "one.txt").write_text("Heron counted\n\nEleven herons were counted at Velm on Sunday.", "utf-8")
    adding.add([tmp_path / "one.txt"])
    tab.settle()
    assert len(tab.rows("articles")) == 1


def test_one_change_goes_on_at_a_time() -> None:
    import threading

    desk, go = Desk(), threading.Event()
    desk.begin("adding", lambda tally: str(go.wait(10)))
    with pytest.raises(UsageError, match=r"busy \(adding\)"):
        desk.begin("removing", lambda tally: "")
    go.set()
    assert desk.work is not None
    assert desk.work.wait(10)
    assert desk.work.result == "True"


def test_progress_is_counted_step_by_step() -> None:
    tally = Tally()
    for event in (Found(4, {".exe": 2}), Read("a", unchanged=True), Read("b", unchanged=False), Failed("b", "torn")):
        tally.take(event)
    assert (tally.doing, tally.share) == ("reading files", 0.5)
    for event in (Added(3, 9), Related(3, 3), Understood(1, 4)):
        tally.take(event)
    assert (tally.doing, tally.share) == ("reading who said what", 0.25)
    assert tally.summary() == "3 articles added, 1 file unchanged, 1 could not be read, 2 of no known kind passed over"


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\temp\\a.txt", "a.txt"),
        (".bashrc", "bashrc"),
        ("a\u202eb<img>.txt", "a_b_img_.txt"),
        ("", "file"),
        ("x" * 500 + ".txt", "x" * 100 + ".txt"),
    ],
)
def test_an_uploaded_file_stays_in_its_folder_whatever_its_name(name: str, safe: str) -> None:
    assert safe_name(name) == safe


def test_two_uploads_of_one_name_are_both_kept(tmp_path: Path) -> None:
    first, again, other = (keep("a.txt", content, tmp_path) for content in (b"one", b"one", b"two"))
    assert first == again == tmp_path / "uploads" / "a.txt"
    assert other.read_bytes() == b"two"
    assert first.read_bytes() == b"one"


def test_what_is_set_aside_can_be_taken_back(archive: Path) -> None:
    adding.add([ROOT / "examples" / "articles" / "tram" / "northline-tram-audit.md"])
    assert DESK.work is not None
    assert DESK.work.wait(60)
    article = article_of(archive, "Northline News")
    assert article.boilerplate
    tab = open_page("archive", article=article.id)
    assert len(tab.rows("boilerplate")) == len(article.boilerplate)
    tab.button("All of this belongs").click().run()
    tab.settle()
    assert article_of(archive, "Northline News").boilerplate == ()
