"""Answers, hits and progress as lines of text for a terminal."""

from __future__ import annotations

import sys
from textwrap import shorten
from typing import TYPE_CHECKING

from index.progress import Added, Failed, Found, Read, Saved, Understood
from qa.show import spelled
from qa.types import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from index.archive import Archive
    from index.progress import Progress
    from index.types import Article, Hit, Statement
    from qa.types import Answer, Citation, Claim

MOST_NAMED = 10
MARKS = {
    Verdict.SUPPORTED: "",
    Verdict.PARTLY: " (partly supported)",
    Verdict.UNSUPPORTED: " (not supported)",
    Verdict.CONTRADICTED: " (contradicted)",
    Verdict.UNCITED: " (cites nothing)",
    Verdict.ABSENT: " (not in the archive)",
}


def answer_lines(answer: Answer) -> Iterator[str]:
    """An answer to read: claims, what was struck, the citations' words with where they stand, and who made it."""
    if answer.asked != answer.question:
        yield f"(asked as: {spelled(answer.asked)})"
    if answer.abstained:
        yield spelled(answer.abstained.reason)
        searched = answer.abstained.searched
        yield f"Searched: {searched.articles} articles of {len(searched.outlets)} named outlets."
        if answer.abstained.nearest:
            yield "Nearest:"
            yield from _citation_lines(answer.abstained.nearest)
    for claim in answer.claims:
        yield _claim_line(claim)
    if answer.struck:
        yield ""
        yield "Struck, since nothing that was found proves it:"
        for claim in answer.struck:
            yield f"  {_claim_line(claim)}{f': {spelled(claim.reason)}' if claim.reason else ''}"
    if answer.citations:
        yield ""
        yield from _citation_lines(answer.citations)
    for note in answer.notes:
        yield ""
        yield f"Note: {spelled(note)}"
    yield ""
    how = "quoted, no model" if answer.mode == "quote" else f"written by {answer.model}, each sentence checked"
    yield f"({how}; {sum(answer.trace.seconds.values()):.1f} s)"


def _claim_line(claim: Claim) -> str:
    markers = "".join(f"[{marker}]" for marker in claim.citations)
    return f"{spelled(claim.text)} {markers}{MARKS[claim.verdict]}".rstrip()


def _citation_lines(citations: Iterable[Citation]) -> Iterator[str]:
    for citation in citations:
        known = [citation.outlet or "outlet not known", citation.published or "day not known", citation.title or ""]
        yield f"[{citation.marker}] {spelled(' · '.join(filter(None, known)))}"
        yield f"    “{spelled(citation.quote)}”"
        yield f"    {spelled(citation.url or citation.path)} ({citation.article_id}, {citation.start}–{citation.end})"


def hit_lines(hits: Iterable[Hit]) -> Iterator[str]:
    """Hits to read."""
    for rank, hit in enumerate(hits, start=1):
        article = hit.article
        known = [article.outlet or "outlet not known", article.published or "day not known", article.title or ""]
        yield f"{rank}. {spelled(' · '.join(filter(None, known)))}"
        yield f"   {spelled(hit.passage.text)}"
        yield f"   {article.id} {hit.passage.start}–{hit.passage.end}, by {' and '.join(hit.found_by)}"


def article_line(article: Article) -> str:
    """An article of a list."""
    known = (article.id, article.published or "—", article.outlet or "—", article.title or article.path)
    return "  ".join(spelled(part) for part in known)


def article_lines(article: Article) -> Iterator[str]:
    """An article to read: what is known of it and from what, its text, and what was marked as boilerplate."""
    yield f"id        {article.id}"
    yield f"file      {spelled(article.path)}{f' ({spelled(article.key)})' if article.key else ''}"
    for name, found in article.evidence.items():
        place = f", at {found.span.start}–{found.span.end}" if found.span else ""
        shown = f"{found.origin}: {spelled(found.shown)}{place}"
        yield f"{name:<9} {spelled(found.value)}  [{shown}; confidence {found.confidence:.2f}]"
    yield ""
    for line in article.text.splitlines():
        yield spelled(line)
    if article.boilerplate:
        yield ""
        yield "Left out as boilerplate:"
        for mark in article.boilerplate:
            words = spelled(article.text[mark.start : mark.end])
            yield f"  {mark.start}–{mark.end} {mark.reason}: {shorten(words, 100, placeholder=' …')}"


def statement_lines(statement: Statement, article: Article) -> Iterator[str]:
    """A statement to read: who does what towards whom, the words, and where they stand."""
    who = statement.speaker or " or ".join(statement.ambiguous) or "somebody"
    act = f"{'not ' if statement.negated else ''}{statement.kind}"
    toward = f" → {statement.target}" if statement.target else ""
    via = f", via {statement.via}" if statement.via else ""
    words = " … ".join(span.of(article.text) for span in statement.content)
    start, end = statement.content[0].start, statement.content[-1].end
    yield f"{spelled(who)} · {act}{spelled(toward)} · {statement.quoted}{spelled(via)}"
    yield f"    {spelled(words)}"
    yield f"    {spelled(article.outlet or article.title or article.path)} ({article.id}, {start}–{end})"


def status_lines(archive: Archive) -> Iterator[str]:
    """What an archive holds, to read."""
    counts, outlets, days = archive.catalogue.counts(), archive.catalogue.outlets(), archive.catalogue.days()
    named = ", ".join(f"{spelled(name)} ({n})" for name, n in list(outlets.items())[:MOST_NAMED])
    more = f" and {len(outlets) - MOST_NAMED} more" if len(outlets) > MOST_NAMED else ""
    size = sum(size for size, _, _ in archive.manifest.files.values())
    yield f"archive     {archive.folder}"
    yield f"articles    {counts['articles']}"
    yield f"in them     {', '.join(f'{n} {what}' for what, n in counts.items() if what != 'articles')}"
    yield f"outlets     {named or 'none known'}{more}"
    yield f"days        {f'{days[0]} to {days[1]}' if days else 'none known'}"
    yield f"size        {size / 1e6:.1f} MB, generation {archive.manifest.generation}"
    yield f"recipe      {', '.join(f'{key}: {value}' for key, value in archive.manifest.recipe.items())}"


def follow(events: Iterable[Progress]) -> tuple[int, int]:
    """Shows the progress of adding on stderr.

    Returns:
        How many articles went in, and how many files or articles failed.
    """
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    console = Console(stderr=True, markup=False, highlight=False, soft_wrap=True)
    articles, failures, unchanged = 0, 0, 0
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=not sys.stderr.isatty()) as bar:
        task = bar.add_task("reading", total=None)
        for event in events:
            match event:
                case Found(files, skipped):
                    bar.update(task, total=files)
                    if skipped:
                        kinds = ", ".join(f"{n} {kind or 'without suffix'}" for kind, n in sorted(skipped.items()))
                        console.print(f"passed over, of no known kind: {spelled(kinds)}")
                case Read(_, was_unchanged):
                    unchanged += was_unchanged
                    bar.advance(task)
                case Failed(path, reason):
                    failures += 1
                    console.print(f"{spelled(path)}: {spelled(reason)}")
                case Added(n, _):
                    articles += n
                    bar.update(task, description=f"{articles} articles")
                case Understood(n, of):
                    bar.update(task, description="reading who said what", completed=n, total=of)
                case Saved():
                    bar.refresh()
    parts = [f"{articles} articles added"]
    parts += [f"{unchanged} files unchanged"] if unchanged else []
    parts += [f"{failures} could not be read"] if failures else []
    console.print(", ".join(parts))
    return articles, failures
