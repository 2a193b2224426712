"""The articles of a story, or of a whole archive, with all that is told in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

    from index.archive import Archive
    from index.statements.reader import StatementReader
    from index.types import Article, Sentence, Statement

    Told = tuple[Article, tuple[Sentence, ...], tuple[Statement, ...]]


def told(archive: Archive, reader: StatementReader, articles: Collection[str] | None) -> list[Told]:
    """Articles with their sentences and statements, by day and outlet; what was not read yet is read now.

    Args:
        articles: ids; None takes the whole archive.
    """
    catalogue = archive.catalogue
    found = [a for i in articles if (a := catalogue.article(i))] if articles is not None else list(catalogue.articles())
    found.sort(key=lambda article: (article.published or "9999", article.outlet or "", article.id))
    sentences = {article.id: catalogue.sentences(article) for article in found}
    statements = archive.statements.of(sentences)
    unread = [article for article in found if article.id not in statements]
    if unread:
        read = reader.read_batch([(article, sentences[article.id]) for article in unread])
        statements |= {article.id: tuple(said) for article, said in zip(unread, read, strict=True)}
    return [(article, sentences[article.id], statements[article.id]) for article in found]
