"""How the articles of an archive belong together: copies of one original, and stories of one event."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.copies.store import CopyStore, body
from index.progress import Related
from index.stories.likeness import terms
from index.stories.store import StoryStore

if TYPE_CHECKING:
    from collections.abc import Iterator

    from index.progress import Progress
    from index.types import Article
    from index.writer import Writer

TOLD_EVERY = 64


def relate(writer: Writer) -> Iterator[Progress]:
    """Finds copies and stories among the articles that were not looked at yet, and mends what a removal broke."""
    new = [row["id"] for row in writer.reading.query("SELECT id FROM articles WHERE NOT was_related ORDER BY rowid")]
    if not (new or writer.changed):
        return
    catalogue = writer.writing
    copies, stories = CopyStore(catalogue), StoryStore(catalogue)
    found: dict[str, bytes] = {}
    for number, article_id in enumerate(new, start=1):
        article = catalogue.article(article_id)
        assert article is not None, "an article that is listed is there"
        copies.add(article)
        found[article_id] = terms(article.title or "", _lead(article))
        if not number % TOLD_EVERY:
            yield Related(number, len(new))
    copies.settle(new)
    stories.settle(writer.dense)
    if found:
        stories.add(found, writer.dense)
    catalogue.change("UPDATE articles SET was_related = 1 WHERE id = ?", [(article_id,) for article_id in new])
    yield Related(len(new), len(new))


def _lead(article: Article) -> str:
    return body(article).strip().removeprefix(article.title or "")
