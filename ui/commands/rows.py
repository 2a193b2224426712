"""Articles, hits and statements as JSON, as the documentation promises them to other programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    from index.archive import Archive
    from index.types import Article, Hit, Span, Statement


def place(article: Article) -> str:
    """The file of an article, with its key there."""
    return f"{article.path}#{article.key}" if article.key else article.path


def article_row(article: Article) -> dict[str, Any]:
    """An article of a list."""
    return {
        "article_id": article.id,
        "outlet": article.outlet,
        "title": article.title,
        "published": article.published,
        "url": article.url,
        "path": place(article),
    }


def whole_article(article: Article) -> dict[str, Any]:
    """An article with its text and what shows its metadata."""
    return {
        **article_row(article),
        "authors": article.authors,
        "language": article.language,
        "text": article.text,
        "boilerplate": [{"start": m.start, "end": m.end, "reason": m.reason} for m in article.boilerplate],
        "evidence": {
            name: {
                "value": found.value,
                "confidence": found.confidence,
                "origin": found.origin,
                "shown": found.shown,
                "start": found.span.start if found.span else None,
                "end": found.span.end if found.span else None,
            }
            for name, found in article.evidence.items()
        },
    }


def hit_rows(hits: Iterable[Hit]) -> Iterable[dict[str, Any]]:
    """Hits, best first."""
    for rank, hit in enumerate(hits, start=1):
        yield {
            "rank": rank,
            "score": round(hit.score, 6),
            "found_by": hit.found_by,
            "article_id": hit.article.id,
            "outlet": hit.article.outlet,
            "title": hit.article.title,
            "published": hit.article.published,
            "path": place(hit.article),
            "start": hit.passage.start,
            "end": hit.passage.end,
            "text": hit.passage.text,
        }


def statement_row(statement: Statement, article: Article) -> dict[str, Any]:
    """A statement, its parts as spans."""

    def spans(of: tuple[Span, ...]) -> list[list[int]]:
        return [[span.start, span.end] for span in of]

    return {
        "id": statement.id,
        "article_id": article.id,
        "outlet": article.outlet,
        "kind": statement.kind,
        "speaker": statement.speaker,
        "ambiguous": statement.ambiguous,
        "target": statement.target,
        "text": " … ".join(span.of(article.text) for span in statement.content),
        "quoted": statement.quoted,
        "via": statement.via,
        "negated": statement.negated,
        "source": spans(statement.source),
        "cue": spans(statement.cue),
        "content": spans(statement.content),
    }


def status_row(archive: Archive) -> dict[str, Any]:
    """What an archive holds."""
    groups = archive.copies.groups()
    manifest = archive.manifest
    return {
        "archive": str(archive.folder),
        **archive.catalogue.counts(),
        "stories": len(archive.stories.stories()),
        "copies": {"groups": len(groups), "articles": sum(len(group.articles) for group in groups)},
        "outlets": archive.catalogue.outlets(),
        "days": archive.catalogue.days(),
        "bytes": sum(size for size, _, _ in manifest.files.values()),
        "generation": manifest.generation,
        "generations": [g.number for g in (manifest.newest, manifest.previous) if g],
        "search": archive.dense.method,
        "recipe": manifest.recipe,
    }


def story_rows(archive: Archive) -> list[dict[str, Any]]:
    """Stories, the latest first; `independent` counts the outlets, one agency's report printed by several as one."""
    stories = archive.stories.stories()
    voices = archive.copies.voices({article for story in stories for article in story.articles})
    rows = []
    for story in stories:
        central = archive.catalogue.article(story.central)
        rows.append(
            {
                "story": story.id,
                "headline": central.title if central else None,
                "first": story.first,
                "last": story.last,
                "articles": list(story.articles),
                "outlets": list(story.outlets),
                "independent": len({voices[article] for article in story.articles}),
            }
        )
    return rows
