"""What a reader could ask after an answer: made from what the archive holds beside it, so that it can be answered."""

from __future__ import annotations

from itertools import chain, zip_longest
from typing import TYPE_CHECKING

from index.types import Kind, Span

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence

    from index.archive import Archive
    from index.types import Hit, Statement
    from qa.types import Answer

    Search = Callable[[str], Sequence[Hit]]

MOST = 4
LOOKED_AT = 6
"""Candidates of each sort that are searched for at the most."""
LONGEST = 160

# How one asks for what a speaker does; whatever else is said is asked for as such.
ASKED = {
    Kind.DENY: "What did {who} deny?",
    Kind.REJECT: "What did {who} reject?",
    Kind.BLAME: "Whom did {who} blame?",
    Kind.ACCUSE: "Whom did {who} accuse?",
    Kind.CRITICISE: "Whom did {who} criticise?",
    Kind.DEMAND: "What did {who} demand?",
    Kind.PROMISE: "What did {who} promise?",
}
SAID = "What did {who} say?"


def next_questions(answer: Answer, archive: Archive, search: Search, *, before: Collection[str] = ()) -> tuple[str, ...]:
    """Questions that lead on from an answer, each with hits beyond what the answer cites.

    They ask what those who are blamed or spoken of say, what an outlet that is not cited tells of the same, what else
    those who are cited say, and about further articles of the same story.

    Args:
        search: the hits of a question that stands alone.
        before: questions that were asked already.
    """
    cited = {citation.article_id for citation in answer.citations}
    if not cited:
        return ()
    spans = {(c.article_id, Span(c.start, c.end)) for c in answer.citations}
    told = [s for of_one in archive.statements.of(cited).values() for s in of_one if _cited(s, spans)]
    sorts: tuple[Iterator[str], ...] = (
        _of_people([s.target for s in told], archive, search, spans),
        _of_outlets(answer, search),
        _of_people([s.speaker for s in told], archive, search, spans),
        _of_story(cited, archive, search),
    )
    asked = {question.casefold() for question in before}
    found: dict[str, None] = {}
    for question in chain.from_iterable(zip_longest(*sorts)):
        if question and question.casefold() not in asked and len(question) <= LONGEST:
            found[question] = None
        if len(found) == MOST:
            break
    return tuple(found)


def _cited(statement: Statement, spans: Collection[tuple[str, Span]]) -> bool:
    return any(
        article == statement.article_id and any(span.overlaps(own) for own in statement.content)
        for article, span in spans
    )


def _of_people(
    named: Sequence[str | None], archive: Archive, search: Search, spans: Collection[tuple[str, Span]]
) -> Iterator[str]:
    """What these people say that is not cited."""
    for who in list(dict.fromkeys(filter(None, named)))[:LOOKED_AT]:
        own = [s for s in archive.statements.find(speaker=who) if s.speaker == who and not _cited(s, spans)]
        acts = [s for s in own if s.kind in ASKED and not s.negated]
        if not own:
            continue
        question = (ASKED[acts[0].kind] if acts else SAID).format(who=who)
        meant = {s.article_id for s in (acts[:1] or own)}
        if any(hit.article.id in meant for hit in search(question)):
            yield question


def _of_outlets(answer: Answer, search: Search) -> Iterator[str]:
    """The same question put to outlets that the answer does not cite."""
    asked = answer.asked.rstrip(" ?.!")
    # Several questions at once, or one of an outlet already, do not take an outlet more.
    if len(answer.parts) > 1 or any(limit.outlets for part in answer.parts for limit in part.limits):
        return
    for outlet in dict.fromkeys(hit.article.outlet for hit in search(answer.asked)):
        if outlet and outlet not in answer.outlets.cited:
            yield f"{asked}, according to {outlet}?"


def _of_story(cited: Collection[str], archive: Archive, search: Search) -> Iterator[str]:
    """Further articles on the same event, the newest first."""
    stories = archive.stories.stories(set(archive.stories.of(cited).values()))
    ids = dict.fromkeys(i for story in stories for i in story.articles if i not in cited)
    articles = [article for i in ids if (article := archive.catalogue.article(i)) and article.title]
    articles.sort(key=lambda article: article.published or "", reverse=True)
    for article in articles[:LOOKED_AT]:
        question = f"What is reported about “{article.title}”?"
        if any(hit.article.id == article.id for hit in search(question)):
            yield question
