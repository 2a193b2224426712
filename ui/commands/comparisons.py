"""Accounts side by side: compare, quotes, quoted, timeline."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from index.errors import UsageError
from ui.commands.common import (
    NOTHING,
    as_json_option,
    filter_options,
    print_lines,
    read_filters,
    tell,
    user_settings,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from pydantic import BaseModel

    from index.stories.grouping import Story
    from index.types import Article
    from ui.reports.report import Report

out_option = click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write a report to this file, by its ending: .html, .md or .json.",
)
story_option = click.option("--story", metavar="ID", required=True, help="The story, as `rashomon stories` lists it.")


@click.command()
@click.argument("question")
@filter_options
@click.option("--outlets", "most", type=click.IntRange(1, 50), default=10, show_default=True, help="At most so many.")
@out_option
@as_json_option
def compare(
    question: str,
    outlets: tuple[str, ...],
    since: datetime | None,
    until: datetime | None,
    story: str | None,
    most: int,
    out: Path | None,
    as_json: bool,
) -> None:
    """Put QUESTION to each outlet, and show where their accounts agree and differ.

    No outlet's evidence answers for another. Copies of one agency's report are one account. Exits with 3 where no
    outlet states an answer.

    Example: rashomon compare "How many people were injured?" --out report.html
    """
    from qa.opening import open_engine
    from ui.reports.comparison import comparison_report

    engine = open_engine(user_settings())
    filters = read_filters(engine.archive, outlets, since, until, story)
    found = engine.compare(question, filters=filters, silent=filters.articles, outlets=most)
    _show(found, comparison_report(found), out, as_json=as_json)
    sys.exit(0 if any(account.stated for account in found.outlets) else NOTHING)


@click.command()
@click.option("--story", metavar="ID", help="Only this story; if not given, the whole archive.")
@click.option("--all", "every", is_flag=True, help="Also those that all outlets print in the same words.")
@out_option
@as_json_option
def quotes(story: str | None, every: bool, out: Path | None, as_json: bool) -> None:
    """Show the quotations that several outlets print in different words, the difference marked.

    A quotation that was cut is told from one that was changed.
    """
    from qa.opening import open_engine
    from ui.reports.quotations import quotations_report

    engine = open_engine(user_settings())
    found = engine.quotations(story)
    title = _headline(*engine.story(story)) if story else "Quotations in the archive"
    _show(found, quotations_report(found, title=title, every=every), out, as_json=as_json)
    sys.exit(0 if found.quotations else NOTHING)


@click.command()
@story_option
@out_option
@as_json_option
def quoted(story: str, out: Path | None, as_json: bool) -> None:
    """Show who is quoted in a story: how often, directly or not, by which outlet, and who is not."""
    from qa.opening import open_engine
    from ui.reports.story import story_report

    engine = open_engine(user_settings())
    found = engine.quoted(story)
    _show(found, story_report(_headline(*engine.story(story)), (), quoted=found), out, as_json=as_json)
    sys.exit(0 if found.speakers else NOTHING)


@click.command()
@story_option
@out_option
@as_json_option
def timeline(story: str, out: Path | None, as_json: bool) -> None:
    """Show what happened when in a story, by the articles' own dates, and which outlet had it first."""
    from qa.opening import open_engine
    from ui.reports.story import story_report

    engine = open_engine(user_settings())
    found = engine.timeline(story)
    _show(found, story_report(_headline(*engine.story(story)), (), timeline=found), out, as_json=as_json)
    sys.exit(0 if found.entries else NOTHING)


def _headline(story: Story, articles: Sequence[Article]) -> str:
    return next((one.title for one in articles if one.id == story.central and one.title), "A story")


def _show(document: BaseModel, report: Report, out: Path | None, *, as_json: bool) -> None:
    if out:
        _write(document, report, out)
        tell(f"written to {out}")
    elif as_json:
        print_lines([document.model_dump_json(indent=2)])
    else:
        from ui.reports.terminal import report_lines

        print_lines(report_lines(report, shutil.get_terminal_size((100, 24)).columns))


def _write(document: BaseModel, report: Report, out: Path) -> None:
    from ui.reports.html import html
    from ui.reports.markdown import markdown

    match out.suffix.lower():
        case ".html" | ".htm":
            text = html(report)
        case ".md" | ".markdown":
            text = markdown(report)
        case ".json":
            text = document.model_dump_json(indent=2)
        case _:
            raise UsageError(f"{out} has no ending that is known; use .html, .md or .json.")
    try:
        out.write_text(text, encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{out} cannot be written: {error.strerror}.") from error
