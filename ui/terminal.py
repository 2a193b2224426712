"""Answers, hits and progress as lines of text for a terminal."""

from __future__ import annotations

from textwrap import shorten
from typing import TYPE_CHECKING, Any

from qa.show import spelled
from qa.types import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from index.types import Article, Hit, Statement
    from qa.evaluate import Evaluation
    from qa.types import Answer, Citation, Claim, Review

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
        yield ""
        yield counted(answer)
    for note in answer.notes:
        yield ""
        yield f"Note: {spelled(note)}"
    yield ""
    how = "quoted, no model" if answer.mode == "quote" else f"written by {answer.model}, each sentence checked"
    yield f"({how}; {sum(answer.trace.seconds.values()):.1f} s)"


def review_lines(review: Review) -> Iterator[str]:
    """A draft's sentences with their verdicts to read, then the evidence."""
    for claim in review.claims:
        mark = MARKS[claim.verdict].strip(" ()") or "supported"
        markers = "".join(f"[{marker}]" for marker in claim.citations)
        yield f"{mark.upper()}  {spelled(claim.text)} {markers}".rstrip()
        if claim.reason:
            yield f"    {spelled(claim.reason)}"
    if review.citations:
        yield ""
        yield from _citation_lines(review.citations)
    if review.left_alone:
        yield ""
        left = len(review.left_alone)
        one = "1 sentence makes no claim and was left alone"
        yield f"({one if left == 1 else f'{left} sentences make no claim and were left alone'}.)"


def evaluation_lines(found: Evaluation) -> Iterator[str]:
    """Figures as a table."""
    for name, value in found.model_dump().items():
        if isinstance(value, dict):
            yield from (f"retrieval {measure:<14} {figure:.3f}" for measure, figure in value.items())
        elif value is None:
            yield f"{name.replace('_', ' '):<24} not measured"
        else:
            yield f"{name.replace('_', ' '):<24} {value:.3f}" if isinstance(value, float) else f"{name:<24} {value}"


def counted(answer: Answer) -> str:
    """How many articles an answer cites, and how many independent accounts they are."""
    articles = len({citation.article_id for citation in answer.citations})
    accounts = answer.independent
    return (
        f"{articles} article{'s' * (articles != 1)}, {accounts} independent account{'s' * (accounts != 1)}"
        f"{': ' * bool(answer.outlets.cited)}{spelled(', '.join(answer.outlets.cited))}"
    )


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


def status_lines(known: Mapping[str, Any]) -> Iterator[str]:
    """What an archive holds, to read."""
    outlets, days = known["outlets"], known["days"]
    named = ", ".join(f"{spelled(name)} ({n})" for name, n in list(outlets.items())[:MOST_NAMED])
    more = f" and {len(outlets) - MOST_NAMED} more" if len(outlets) > MOST_NAMED else ""
    yield f"archive     {known['archive']}"
    yield f"articles    {known['articles']}"
    yield f"in them     {', '.join(f'{known[what]} {what}' for what in ('passages', 'sentences', 'statements'))}"
    yield f"stories     {known['stories']}"
    yield f"copies      {known['copies']['articles']} articles are copies of {known['copies']['groups']} originals"
    yield f"outlets     {named or 'none known'}{more}"
    yield f"days        {f'{days[0]} to {days[1]}' if days else 'none known'}"
    yield f"size        {known['bytes'] / 1e6:.1f} MB, generation {known['generation']}"
    yield f"search      {known['search']}"
    yield f"recipe      {', '.join(f'{key}: {value}' for key, value in known['recipe'].items())}"


def story_lines(rows: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """Stories to read."""
    for row in rows:
        span = " to ".join(dict.fromkeys(filter(None, (row["first"], row["last"])))) or "day not known"
        yield f"{row['story']}  {span}  {spelled(row['headline'] or 'no headline')}"
        counted = f"{len(row['articles'])} articles, {row['independent']} independent"
        yield f"    {counted}: {spelled(', '.join(row['outlets']) or 'outlets not known')}"
