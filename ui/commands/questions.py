"""Questions: ask, search, statements."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from index.types import Kind
from ui.commands.common import (
    NOTHING,
    as_json_option,
    filter_options,
    open_archive,
    print_lines,
    read_filters,
    tell,
    user_settings,
)
from ui.commands.rows import hit_rows, statement_row

if TYPE_CHECKING:
    from datetime import datetime


@click.command()
@click.argument("question")
@filter_options
@click.option(
    "--model",
    help="A litellm model string that writes the answer (ollama/llama3.2, local/smollm2, …), or `quote`. "
    "If not given, RASHOMON_MODEL; else the answer quotes.",
)
@as_json_option
def ask(
    question: str,
    outlets: tuple[str, ...],
    since: datetime | None,
    until: datetime | None,
    story: str | None,
    model: str | None,
    as_json: bool,
) -> None:
    """Answer QUESTION from the archive, every sentence with the exact words that prove it.

    Exits with 3 where the archive does not say.
    """
    from qa.opening import open_engine
    from qa.types import Finished
    from ui.terminal import answer_lines

    settings = user_settings()
    engine = open_engine(settings)
    filters = read_filters(engine.archive, outlets, since, until, story)
    chosen = model or settings.model
    for event in engine.ask(question, filters=filters, model=None if chosen == "quote" else chosen):
        if isinstance(event, Finished):
            print_lines([event.answer.model_dump_json(indent=2)] if as_json else answer_lines(event.answer))
            sys.exit(NOTHING if event.answer.abstained else 0)


@click.command()
@click.argument("query")
@filter_options
@click.option("--top", type=click.IntRange(1, 1000), default=10, show_default=True, help="How many passages.")
@click.option("--exact", is_flag=True, help="Compare every vector, however many there are.")
@as_json_option
def search(
    query: str,
    outlets: tuple[str, ...],
    since: datetime | None,
    until: datetime | None,
    story: str | None,
    top: int,
    exact: bool,
    as_json: bool,
) -> None:
    """Show the passages that fit QUERY, without an answer."""
    from qa.opening import open_engine
    from ui.terminal import hit_lines

    engine = open_engine(user_settings())
    hits = engine.search(query, filters=read_filters(engine.archive, outlets, since, until, story), k=top, exact=exact)
    print_lines((json.dumps(row, ensure_ascii=False) for row in hit_rows(hits)) if as_json else hit_lines(hits))
    sys.exit(0 if hits else NOTHING)


@click.command()
@click.option("--speaker", metavar="NAME", help="Said by this one; a part of the name is enough.")
@click.option("--about", metavar="NAME", help="Said about this one.")
@click.option(
    "--kind",
    "kinds",
    multiple=True,
    type=click.Choice([str(kind) for kind in Kind]),
    help="What the speaker does by it.",
)
@filter_options
@click.option("--article", metavar="ID", help="Only in this article.")
@as_json_option
def statements(
    speaker: str | None,
    about: str | None,
    kinds: tuple[str, ...],
    outlets: tuple[str, ...],
    since: datetime | None,
    until: datetime | None,
    story: str | None,
    article: str | None,
    as_json: bool,
) -> None:
    """Show who said what about whom, each with the exact words.

    Example: rashomon statements --kind blame --about Lodria
    """
    from ui.terminal import statement_lines

    archive = open_archive()
    filters = read_filters(archive, outlets, since, until, story)
    if article:
        filters = replace(filters, articles=(article,))
    among = None if filters.empty else archive.catalogue.select(filters)
    found = archive.statements.find(kinds=[Kind(k) for k in kinds], speaker=speaker, about=about, articles=among)
    told = ((statement, archive.catalogue.article(statement.article_id)) for statement in found)
    lines = [
        line
        for statement, where in told
        if where
        for line in (
            [json.dumps(statement_row(statement, where), ensure_ascii=False)]
            if as_json
            else statement_lines(statement, where)
        )
    ]
    print_lines(lines)
    if unread := archive.statements.unread():
        tell(f"{len(unread)} articles were added with --no-statements; `rashomon add` without it reads them.")
    sys.exit(0 if lines else NOTHING)


@click.command()
@click.argument("draft", type=click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path))
@filter_options
@as_json_option
def check(
    draft: Path,
    outlets: tuple[str, ...],
    since: datetime | None,
    until: datetime | None,
    story: str | None,
    as_json: bool,
) -> None:
    """Check each sentence of DRAFT (a text or Markdown file, or - for standard input) against the archive.

    Each is supported, partly supported, not supported, contradicted, or not in the archive, with the reason and the
    closest evidence. Exits with 3 where the archive says nothing on any of it.
    """
    from qa.opening import open_engine
    from qa.types import Verdict
    from ui.terminal import review_lines

    text = sys.stdin.read() if str(draft) == "-" else draft.read_text(encoding="utf-8", errors="replace")
    engine = open_engine(user_settings())
    found = engine.review(text, filters=read_filters(engine.archive, outlets, since, until, story))
    print_lines([found.model_dump_json(indent=2)] if as_json else review_lines(found))
    sys.exit(0 if any(claim.verdict is not Verdict.ABSENT for claim in found.claims) else NOTHING)
