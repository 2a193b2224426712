"""Invented accounts for the tests of findings: an article a voice, read as an archive reads it, with word vectors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.types import Article, Kind, Quoted, Sentence, Span, Statement
from qa.compare.accounts import Told
from tests.fakes import HashEmbedder

if TYPE_CHECKING:
    from collections.abc import Mapping

Said = tuple[str, Kind, str, str | None]
"""Words of a sentence that are a statement's content, its kind, speaker and target."""


def article(voice: str, *sentences: str, published: str | None = "2026-03-02") -> tuple[Article, tuple[Sentence, ...]]:
    """An article of one paragraph a sentence."""
    text = "\n".join(sentences)
    made = Article(id=f"id-{voice}", path=f"{voice}.txt", key="", text=text, outlet=voice, published=published)
    found, start = [], 0
    for ordinal, sentence in enumerate(sentences):
        start = text.index(sentence, start)
        found.append(Sentence(made.id, ordinal, start, start + len(sentence), sentence, paragraph=ordinal))
        start += len(sentence)
    return made, tuple(found)


def statement(
    made: Article, content: str, kind: Kind, speaker: str, target: str | None, cue: str = "", source: str = ""
) -> Statement:
    """A statement whose content, and cue and source where they are given, stand in the article."""
    start = made.text.index(content)
    quoted = Quoted.DIRECT if content[:1] in '“"' else Quoted.INDIRECT
    at = made.text.index(cue) if cue else start
    return Statement(
        id=f"{made.id}-{start}",
        article_id=made.id,
        kind=kind,
        speaker=speaker,
        ambiguous=(),
        target=target,
        quoted=quoted,
        via=None,
        negated=False,
        source=(Span(made.text.index(source), made.text.index(source) + len(source)),) if source else (),
        cue=(Span(at, at + len(cue)),),
        content=(Span(start, start + len(content)),),
    )


def tell(accounts: Mapping[str, tuple[Article, tuple[Sentence, ...]]], said: tuple[Statement, ...] = ()) -> list[Told]:
    """The sentences of all accounts, by voice."""
    embedder = HashEmbedder()
    return [
        Told(
            voice=voice,
            article=made,
            sentence=sentence,
            before=sentences[i - 1] if i else None,
            said=tuple(
                s for s in said if s.article_id == made.id and sentence.start <= min(s.cue).start < sentence.end
            ),
            bearing=1.0,
            vector=embedder.query(sentence.text),
        )
        for voice, (made, sentences) in accounts.items()
        for i, sentence in enumerate(sentences)
    ]
