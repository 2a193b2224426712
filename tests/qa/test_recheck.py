"""A saved answer tells which of its articles have changed or gone since."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.archive import Archive
from index.build import remove
from qa.cite import citation
from qa.recheck import Outlived, outlived
from tests.fakes import HashEmbedder
from tests.index.making import add

if TYPE_CHECKING:
    from pathlib import Path

    from qa.types import Citation

FERRY = "The ferry sank at noon. Nobody was hurt. The owner denied that it was overloaded."
BRIDGE = "The bridge opened on Monday. The mayor cut the ribbon."


def cited(archive: Path, quotes: tuple[str, ...]) -> list[Citation]:
    with Archive(archive) as opened:
        return [
            citation(article, article.text.index(quote), article.text.index(quote) + len(quote), marker=marker)
            for marker, quote in enumerate(quotes, start=1)
            for article in opened.catalogue.articles()
            if quote in article.text
        ]


def test_citations_outlive_their_articles_honestly(tmp_path: Path) -> None:
    news = tmp_path / "news"
    news.mkdir()
    (news / "ferry.txt").write_text(FERRY, encoding="utf-8")
    (news / "bridge.txt").write_text(BRIDGE, encoding="utf-8")
    add(tmp_path / "a", news)
    kept = cited(tmp_path / "a", ("Nobody was hurt.", "The ferry sank at noon.", "The mayor cut the ribbon."))
    with Archive(tmp_path / "a") as opened:
        assert outlived(kept, opened) == {}
    (news / "ferry.txt").write_text(FERRY.replace("Nobody was", "Two people were"), encoding="utf-8")
    add(tmp_path / "a", news)
    with Archive(tmp_path / "a") as opened:
        assert outlived(kept, opened) == {1: Outlived.REWORDED, 2: Outlived.CHANGED}
    remove([kept[2].article_id], folder=tmp_path / "a", embedder=HashEmbedder())
    with Archive(tmp_path / "a") as opened:
        assert outlived(kept, opened) == {1: Outlived.REWORDED, 2: Outlived.CHANGED, 3: Outlived.GONE}
