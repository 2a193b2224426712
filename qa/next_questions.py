"""What a reader could ask after an answer: made from what the archive holds beside it, so that it can be answered."""

from __future__ import annotations

from itertools import chain, islice, zip_longest
from typing import TYPE_CHECKING

from index.types import Kind, Span
from qa.types import Finished

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

    from index.archive import Archive
    from index.types import Hit, Statement
    from qa.types import Answer, Event

    Place = tuple[str, Span]
    """Words of an article, by its id."""

MOST = 3
LOOKED_AT = 3
"""Candidates of each sort that are asked at the most."""
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


def next_questions(
    answer: Answer,
    archive: Archive,
    *,
    search: Callable[[str], Sequence[Hit]],
    ask: Callable[[str], Iterable[Event]],
    before: Collection[str] = (),
) -> tuple[str, ...]:
    """Questions that lead on from an answer; each was asked, and got an answer that cites something else.

    They ask what those say who are spoken of, what an outlet that is not cited tells of the same, what else those say
    who are cited, and about further articles of the same story.

    Args:
        search: the hits of a question that stands alone.
        ask: its answer without a model.
        before: questions that were asked already.
    """
    known = {(c.article_id, Span(c.start, c.end)) for c in answer.citations}
    if not known:
        return ()
    cited = {article for article, _ in known}
    told = [s for of_one in archive.statements.of(cited).values() for s in of_one if _stands_in(s, known)]
    sorts = (
        _of_people([s.target for s in told], archive, known),
        _of_outlets(answer, search),
        _of_people([s.speaker for s in told], archive, known),
        _of_story(cited, archive),
    )
    asked = {question.casefold() for question in before}
    found: list[str] = []
    candidates = chain.from_iterable(zip_longest(*(islice(sort, LOOKED_AT) for sort in sorts)))
    for question in dict.fromkeys(candidates):
        if question is None or question.casefold() in asked or len(question) > LONGEST:
            continue
        if _leads_on(ask(question), known):
            found.append(question)
        if len(found) == MOST:
            break
    return tuple(found)


def _leads_on(events: Iterable[Event], known: Collection[Place]) -> bool:
    """Whether an answer comes, and cites what is not known yet."""
    return any(
        (citation.article_id, Span(citation.start, citation.end)) not in known
        for event in events
        if isinstance(event, Finished)
        for citation in event.answer.citations
    )


def _stands_in(statement: Statement, places: Collection[Place]) -> bool:
    return any(
        article == statement.article_id and any(span.overlaps(own) for own in statement.content)
        for article, span in places
    )


def _of_people(named: Sequence[str | None], archive: Archive, known: Collection[Place]) -> Iterator[str]:
    """What these people say that is not cited."""
    # A name begins with a capital; "council" alone is nobody in particular.
    for who in dict.fromkeys(name for name in named if name and name[0].isupper()):
        said = archive.statements.find(speaker=who)
        own = [s for s in said if s.speaker == who and not s.negated and not _stands_in(s, known)]
        acts = [s.kind for s in own if s.kind in ASKED]
        if any(_prints(archive, s.article_id, who) for s in own[:LOOKED_AT]):
            yield (ASKED[acts[0]] if acts else SAID).format(who=who)


def _prints(archive: Archive, article_id: str, who: str) -> bool:
    """Whether an article prints the name as it stands, and it was not read across two of them."""
    article = archive.catalogue.article(article_id)
    return article is not None and who in " ".join(article.text.split())


def _of_outlets(answer: Answer, search: Callable[[str], Sequence[Hit]]) -> Iterator[str]:
    """The same question put to outlets that the answer does not cite."""
    # Several questions at once, or one of an outlet already, do not take an outlet more.
    if len(answer.parts) > 1 or any(limit.outlets for part in answer.parts for limit in part.limits):
        return
    asked = answer.asked.rstrip(" ?.!")
    for outlet in dict.fromkeys(hit.article.outlet for hit in search(answer.asked)):
        if outlet and outlet not in answer.outlets.cited:
            yield f"{asked}, according to {outlet}?"


def _of_story(cited: Collection[str], archive: Archive) -> Iterator[str]:
    """Further articles on the same event, the newest first."""
    stories = archive.stories.stories(set(archive.stories.of(cited).values()))
    ids = dict.fromkeys(i for story in stories for i in story.articles if i not in cited)
    articles = [article for i in ids if (article := archive.catalogue.article(i)) and article.title]
    for article in sorted(articles, key=lambda article: article.published or "", reverse=True):
        yield f"What is reported about “{article.title}”?"
