"""Files that are gone are told, and their articles removed when asked to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.progress import Vanished
from tests.index.making import add, agreeing

if TYPE_CHECKING:
    from pathlib import Path


def test_a_file_that_is_gone_is_told_and_removed_only_with_prune(tmp_path: Path) -> None:
    news, other = tmp_path / "news", tmp_path / "news and more"
    for folder in (news, other):
        folder.mkdir()
        (folder / "one.txt").write_text(f"The ferry of {folder.name} sank. Nobody was hurt.", encoding="utf-8")
        (folder / "two.txt").write_text(f"The bridge of {folder.name} opened. The mayor spoke.", encoding="utf-8")
    add(tmp_path / "a", news, other)
    for folder in (news, other):
        (folder / "one.txt").unlink()
    gone = str(news / "one.txt")
    told = [event for event in add(tmp_path / "a", news) if isinstance(event, Vanished)]
    assert told == [Vanished((gone,), removed=False)]
    assert agreeing(tmp_path / "a")["articles"] == 4
    told = [event for event in add(tmp_path / "a", news, prune=True) if isinstance(event, Vanished)]
    assert told == [Vanished((gone,), removed=True)]
    assert agreeing(tmp_path / "a")["articles"] == 3
    assert not [event for event in add(tmp_path / "a", news) if isinstance(event, Vanished)]


def test_an_article_that_another_file_holds_survives_the_pruning_of_one(tmp_path: Path) -> None:
    news = tmp_path / "news"
    news.mkdir()
    for name in ("one.txt", "copy.txt"):
        (news / name).write_text("The ferry sank. Nobody was hurt.", encoding="utf-8")
    add(tmp_path / "a", news)
    (news / "one.txt").unlink()
    add(tmp_path / "a", news, prune=True)
    assert agreeing(tmp_path / "a")["articles"] == 1
