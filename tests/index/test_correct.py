"""What a person says of an article wins over what was found, and lasts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from index.archive import Archive
from index.build import build, correct
from index.errors import UsageError
from index.intake import KEEP_ALL
from index.statements.reader import StatementReader
from index.types import Origin
from tests.fakes import HashEmbedder
from tests.index.making import agreeing

if TYPE_CHECKING:
    from pathlib import Path

    from index.types import Article

TEXT = "Ferry talks end\nBy Ada Lind\n\nThe talks broke down on Friday over the fare.\n\nLeave a Reply\nName *\nPost Comment\n"


def add(folder: Path, *paths: Path) -> None:
    for _ in build(paths, folder=folder, embedder=HashEmbedder()):
        continue


def only(folder: Path) -> Article:
    with Archive(folder) as archive:
        [article] = archive.catalogue.articles()
        return article


def said(folder: Path, **changes: str) -> None:
    correct(only(folder).id, changes, folder=folder, embedder=HashEmbedder(), reader=StatementReader())


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    (tmp_path / "one.txt").write_text(TEXT, encoding="utf-8")
    add(tmp_path / "a", tmp_path / "one.txt")
    return tmp_path / "a"


@pytest.mark.model
def test_a_correction_wins_and_shows_who_said_it(archive: Path) -> None:
    said(archive, outlet="Fjord Gazette", published="2026-03-05")
    article = only(archive)
    assert (article.outlet, article.published) == ("Fjord Gazette", "2026-03-05")
    assert article.evidence["outlet"].origin is Origin.PERSON
    assert agreeing(archive)["articles"] == 1


@pytest.mark.model
def test_a_correction_survives_when_the_file_changes(archive: Path, tmp_path: Path) -> None:
    said(archive, outlet="Fjord Gazette")
    (tmp_path / "one.txt").write_text(TEXT.replace("Friday", "Monday"), encoding="utf-8")
    add(archive, tmp_path / "one.txt")
    assert "Monday" in only(archive).text
    assert only(archive).outlet == "Fjord Gazette"


@pytest.mark.model
def test_marks_can_be_undone(archive: Path) -> None:
    assert only(archive).boilerplate
    said(archive, **{KEEP_ALL: "yes"})
    assert only(archive).boilerplate == ()


@pytest.mark.parametrize("changes", [{"colour": "red"}, {"published": "someday"}])
def test_what_cannot_be_set_is_refused(archive: Path, changes: dict[str, str]) -> None:
    before = only(archive)
    with pytest.raises(UsageError):
        said(archive, **changes)
    assert only(archive) == before


def test_everything_can_be_kept_from_the_start(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text(TEXT, encoding="utf-8")
    for _ in build([tmp_path / "one.txt"], folder=tmp_path / "a", embedder=HashEmbedder(), keep_all=True):
        continue
    assert only(tmp_path / "a").boilerplate == ()
