"""The web page that an article was taken from is kept beside it, as long as the article is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.archive import Archive
from index.build import correct, remove
from index.statements.reader import StatementReader
from tests.fakes import HashEmbedder
from tests.index.making import add

if TYPE_CHECKING:
    from pathlib import Path

PAGE = """<html><head><title>Ferry hits the pier</title></head><body><article><h1>Ferry hits the pier</h1>
<p>The ferry struck the pier on Monday morning and nobody on board was hurt, the harbour master said.</p>
<p>Divers found a hole below the water line, and the ship will stay in port until it has been mended.</p>
</article></body></html>"""


def test_a_page_is_kept_byte_for_byte_and_goes_with_its_article(tmp_path: Path) -> None:
    (tmp_path / "ferry.html").write_text(PAGE, encoding="utf-8")
    (tmp_path / "note.txt").write_text("The bridge opened. The mayor spoke.", encoding="utf-8")
    archive = tmp_path / "a"
    add(archive, tmp_path / "ferry.html", tmp_path / "note.txt")
    with Archive(archive) as opened:
        ids = {article.path.rsplit("/", 1)[-1]: article.id for article in opened.catalogue.articles()}
        assert opened.pages.get(ids["ferry.html"]) == PAGE.encode()
        assert opened.pages.get(ids["note.txt"]) is None
    ferry = ids["ferry.html"]
    correct(ferry, {"outlet": "Post"}, folder=archive, embedder=HashEmbedder(), reader=StatementReader())
    with Archive(archive) as opened:
        assert opened.pages.get(ferry) == PAGE.encode()
    remove([ferry], folder=archive, embedder=HashEmbedder())
    with Archive(archive) as opened:
        assert opened.pages.get(ferry) is None
    assert not [path for path in (archive / "pages").rglob("*") if path.is_file()]
