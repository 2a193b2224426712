"""Articles in and out: add, set, list, show, remove."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import click

from index.errors import UnreadableFileError, UsageError
from ui.commands.common import NOTHING, as_json_option, open_archive, pair, print_lines, tell, user_settings
from ui.commands.rows import article_row, whole_article


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option(
    "--column", "columns", multiple=True, metavar="FIELD=COLUMN", help="For tables: title=headline, text=body, …"
)
@click.option("--keep-all", is_flag=True, help="Mark nothing as boilerplate.")
@click.option("--allow-fetch", is_flag=True, help="Let http(s) addresses among PATH be fetched.")
@click.option("--prune", is_flag=True, help="Remove the articles of files that were added from PATH and are gone.")
@click.option("--no-statements", is_flag=True, help="Leave who said what for a later `rashomon add`.")
def add(
    paths: tuple[str, ...],
    columns: tuple[str, ...],
    keep_all: bool,
    allow_fetch: bool,
    prune: bool,
    no_statements: bool,
) -> None:
    """Add articles: files, folders of them, or - for one article on standard input.

    Known are .txt, .md, .html, .pdf, .jsonl, .csv, .parquet, .rss and .atom, each also as .gz, and .zip, .tar.gz and
    .warc with any of these inside. Only what changed is read again. A file that cannot be read is named with the
    reason; the others go in, and the command exits with 4.
    """
    from index.build import build
    from index.embed import open_embedder
    from index.readers import read_stream, read_url
    from index.statements.reader import StatementReader
    from ui.progress import follow

    settings = user_settings()
    limits = settings.limits()
    addresses = [path for path in paths if path.startswith(("http://", "https://"))]
    if addresses and not allow_fetch:
        raise UsageError(f"{addresses[0]} is an address; --allow-fetch lets it be fetched.")
    files = [Path(path) for path in paths if path not in addresses and path != "-"]
    if missing := [str(path) for path in files if not os.path.lexists(path)]:
        raise UsageError(f"There is no {missing[0]}; give files or folders that are there.")
    others = {address: read_url(address, limits) for address in addresses}
    if "-" in paths:
        others["-"] = read_stream(sys.stdin.buffer, limits=limits)
    events = build(
        files,
        folder=settings.archive,
        embedder=open_embedder(settings.embedding, cache=settings.cache),
        reader=None if no_statements else StatementReader(),
        limits=limits,
        columns=dict(pair(column) for column in columns),
        others=others,
        keep_all=keep_all,
        prune=prune,
    )
    _, failures = follow(events)
    sys.exit(UnreadableFileError.exit_code if failures else 0)


@click.command("set")
@click.argument("article")
@click.argument("changes", nargs=-1, metavar="FIELD=VALUE...")
@click.option("--keep-all", is_flag=True, help="Nothing of it is boilerplate.")
def set_fields(article: str, changes: tuple[str, ...], keep_all: bool) -> None:
    """Correct what is known of an article: outlet, title, published, authors, url, language.

    A correction wins over what was found, and survives when the article is added again. An empty value takes it back.

    Example: rashomon set 06c682b296ac384f outlet="Northline News" published=2026-03-13
    """
    from index.build import correct
    from index.embed import open_embedder
    from index.intake import KEEP_ALL
    from index.statements.reader import StatementReader

    settings = user_settings()
    said = dict(pair(change) for change in changes) | ({KEEP_ALL: "yes"} if keep_all else {})
    if not said:
        raise UsageError("Say what to set, as outlet=NAME.")
    open_archive().close()
    embedder = open_embedder(settings.embedding, cache=settings.cache)
    correct(article, said, folder=settings.archive, embedder=embedder, reader=StatementReader())


@click.command("list")
@as_json_option
def list_articles(as_json: bool) -> None:
    """List the articles: id, day, outlet, title."""
    from ui.terminal import article_line

    archive = open_archive()
    articles = archive.catalogue.articles()
    print_lines(json.dumps(article_row(a), ensure_ascii=False) if as_json else article_line(a) for a in articles)


@click.command()
@click.argument("article")
@click.option("--page", is_flag=True, help="Print the web page that the article was taken from, as it was read.")
@as_json_option
def show(article: str, page: bool, as_json: bool) -> None:
    """Show the article of this id: what is known of it and from what, its text, and what is left out as boilerplate."""
    from ui.terminal import article_lines

    archive = open_archive()
    found = archive.catalogue.article(article)
    if found is None:
        raise UsageError(f"The archive holds no article {article}; `rashomon list` shows what it holds.")
    if page:
        kept = archive.pages.get(article)
        if kept is None:
            tell("No web page is kept with this article.")
            sys.exit(NOTHING)
        sys.stdout.buffer.write(kept)
        return
    print_lines([json.dumps(whole_article(found), ensure_ascii=False, indent=2)] if as_json else article_lines(found))


@click.command()
@click.argument("articles", nargs=-1, required=True, metavar="ARTICLE...")
def remove(articles: tuple[str, ...]) -> None:
    """Remove articles, by the ids that `rashomon list` shows; their files stay, and adding these brings them back."""
    from index.build import remove as take_out
    from index.embed import open_embedder

    settings = user_settings()
    open_archive().close()
    embedder = open_embedder(settings.embedding, cache=settings.cache)
    removed = take_out(articles, folder=settings.archive, embedder=embedder)
    tell(f"{removed} of {len(articles)} removed")
    sys.exit(0 if removed else NOTHING)
