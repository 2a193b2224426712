"""The command `rashomon`. Results go to stdout, progress and messages to stderr.

Exit codes: 0 done, 1 failed, 2 wrong usage, 3 nothing found or abstained, 4 some files failed (the good ones are in),
5 archive damaged or incompatible, 6 model unavailable, 130 interrupted.
"""

from __future__ import annotations

import json
import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from index.errors import RashomonError, UnreadableFileError, UsageError
from index.types import Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date, datetime

    from index.archive import Archive
    from index.types import Article, Filters, Hit, Span, Statement
    from qa.settings import Settings

NOTHING = 3
INTERRUPTED = 130

F = TypeVar("F", bound="Callable[..., None]")

as_json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")


def filter_options(command: F) -> F:
    """The options by which a search is limited."""
    day = click.DateTime(formats=["%Y-%m-%d"])
    for option in (
        click.option("--until", type=day, metavar="DAY", help="Published on this day (2026-03-31) or earlier."),
        click.option("--since", type=day, metavar="DAY", help="Published on this day (2026-03-01) or later."),
        click.option("--outlet", "outlets", multiple=True, help="Only this outlet; may be given several times."),
    ):
        command = option(command)
    return command


@click.group(
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Begin with `rashomon add FOLDER`, then `rashomon ask QUESTION` or `rashomon chat`.",
)
@click.option(
    "--archive",
    type=click.Path(path_type=Path, file_okay=False),
    envvar="RASHOMON_ARCHIVE",
    show_envvar=True,
    help="The archive's folder; if not given, one in your user data folder.",
)
@click.version_option(package_name="rashomon", prog_name="rashomon")
@click.pass_context
def app(context: click.Context, archive: Path | None) -> None:
    """Questions about the news, answered with the exact words of the articles."""
    context.obj = archive


def _settings() -> Settings:
    from qa.settings import Settings

    archive = click.get_current_context().obj
    return Settings(**({"archive": archive} if archive else {}))


@app.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option(
    "--column", "columns", multiple=True, metavar="FIELD=COLUMN", help="For tables: title=headline, text=body, …"
)
@click.option("--keep-all", is_flag=True, help="Mark nothing as boilerplate.")
@click.option("--allow-fetch", is_flag=True, help="Let http(s) addresses among PATH be fetched.")
@click.option("--no-statements", is_flag=True, help="Leave who said what for a later `rashomon add`.")
def add(
    paths: tuple[str, ...], columns: tuple[str, ...], keep_all: bool, allow_fetch: bool, no_statements: bool
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
    from ui.terminal import follow

    settings = _settings()
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
        columns=dict(_pair(column) for column in columns),
        others=others,
        keep_all=keep_all,
    )
    _, failures = follow(events)
    sys.exit(UnreadableFileError.exit_code if failures else 0)


def _pair(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals:
        raise UsageError(f"{text!r} is not of the form NAME=VALUE.")
    return name.strip(), value.strip()


@app.command("set")
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

    settings = _settings()
    said = dict(_pair(change) for change in changes) | ({KEEP_ALL: "yes"} if keep_all else {})
    if not said:
        raise UsageError("Say what to set, as outlet=NAME.")
    _archive().close()
    embedder = open_embedder(settings.embedding, cache=settings.cache)
    correct(article, said, folder=settings.archive, embedder=embedder, reader=StatementReader())


@app.command()
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
    model: str | None,
    as_json: bool,
) -> None:
    """Answer QUESTION from the archive, every sentence with the exact words that prove it.

    Exits with 3 where the archive does not say.
    """
    from qa.engine import open_engine
    from qa.types import Finished
    from ui.terminal import answer_lines

    settings = _settings()
    engine = open_engine(settings)
    filters = _filters(engine.outlets(), outlets, since, until)
    chosen = model or settings.model
    for event in engine.ask(question, filters=filters, model=None if chosen == "quote" else chosen):
        if isinstance(event, Finished):
            _print([event.answer.model_dump_json(indent=2)] if as_json else answer_lines(event.answer))
            sys.exit(NOTHING if event.answer.abstained else 0)


@app.command()
@click.argument("query")
@filter_options
@click.option("--top", type=click.IntRange(1, 1000), default=10, show_default=True, help="How many passages.")
@as_json_option
def search(
    query: str, outlets: tuple[str, ...], since: datetime | None, until: datetime | None, top: int, as_json: bool
) -> None:
    """Show the passages that fit QUERY, without an answer."""
    from qa.engine import open_engine
    from ui.terminal import hit_lines

    engine = open_engine(_settings())
    hits = engine.search(query, filters=_filters(engine.outlets(), outlets, since, until), k=top)
    _print((json.dumps(row, ensure_ascii=False) for row in _hit_rows(hits)) if as_json else hit_lines(hits))
    sys.exit(0 if hits else NOTHING)


def _hit_rows(hits: Iterable[Hit]) -> Iterable[dict[str, Any]]:
    for rank, hit in enumerate(hits, start=1):
        yield {
            "rank": rank,
            "score": round(hit.score, 6),
            "found_by": hit.found_by,
            "article_id": hit.article.id,
            "outlet": hit.article.outlet,
            "title": hit.article.title,
            "published": hit.article.published,
            "path": _path(hit.article),
            "start": hit.passage.start,
            "end": hit.passage.end,
            "text": hit.passage.text,
        }


@app.command()
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
    article: str | None,
    as_json: bool,
) -> None:
    """Show who said what about whom, each with the exact words.

    Example: rashomon statements --kind blame --about Lodria
    """
    from ui.terminal import statement_lines

    archive = _archive()
    filters = replace(
        _filters(tuple(archive.catalogue.outlets()), outlets, since, until), articles=(article,) if article else ()
    )
    among = None if filters.empty else archive.catalogue.select(filters)
    found = archive.statements.find(kinds=[Kind(k) for k in kinds], speaker=speaker, about=about, articles=among)
    told = ((statement, archive.catalogue.article(statement.article_id)) for statement in found)
    lines = [
        line
        for statement, where in told
        if where
        for line in (
            [json.dumps(_statement_row(statement, where), ensure_ascii=False)]
            if as_json
            else statement_lines(statement, where)
        )
    ]
    _print(lines)
    if unread := archive.statements.unread():
        _tell(f"{len(unread)} articles were added with --no-statements; `rashomon add` without it reads them.")
    sys.exit(0 if lines else NOTHING)


def _statement_row(statement: Statement, article: Article) -> dict[str, Any]:
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


@app.command("list")
@as_json_option
def list_articles(as_json: bool) -> None:
    """List the articles: id, day, outlet, title."""
    from ui.terminal import article_line

    archive = _archive()
    articles = archive.catalogue.articles()
    _print(json.dumps(_article_row(a), ensure_ascii=False) if as_json else article_line(a) for a in articles)


@app.command()
@click.argument("article")
@as_json_option
def show(article: str, as_json: bool) -> None:
    """Show the article of this id: what is known of it and from what, its text, and what is left out as boilerplate."""
    from ui.terminal import article_lines

    found = _archive().catalogue.article(article)
    if found is None:
        raise UsageError(f"The archive holds no article {article}; `rashomon list` shows what it holds.")
    _print([json.dumps(_whole_article(found), ensure_ascii=False, indent=2)] if as_json else article_lines(found))


@app.command()
@click.argument("articles", nargs=-1, required=True, metavar="ARTICLE...")
def remove(articles: tuple[str, ...]) -> None:
    """Remove articles, by the ids that `rashomon list` shows; their files stay, and adding these brings them back."""
    from index.build import remove as take_out
    from index.embed import open_embedder

    settings = _settings()
    _archive().close()
    embedder = open_embedder(settings.embedding, cache=settings.cache)
    removed = take_out(articles, folder=settings.archive, embedder=embedder)
    _tell(f"{removed} of {len(articles)} removed")
    sys.exit(0 if removed else NOTHING)


@app.command()
@as_json_option
def status(as_json: bool) -> None:
    """Say what the archive holds."""
    from ui.terminal import status_lines

    archive = _archive()
    counts, outlets, days = archive.catalogue.counts(), archive.catalogue.outlets(), archive.catalogue.days()
    size = sum(size for size, _, _ in archive.manifest.files.values())
    known = {
        "archive": str(archive.folder),
        **counts,
        "outlets": outlets,
        "days": days,
        "bytes": size,
        "generation": archive.manifest.generation,
        "recipe": archive.manifest.recipe,
    }
    _print([json.dumps(known, ensure_ascii=False, indent=2)] if as_json else status_lines(archive))


@app.command()
@click.option(
    "--port", type=click.IntRange(1, 65535), default=8501, show_default=True, help="The page's port on this machine."
)
def chat(port: int) -> None:
    """Open the page: ask in a chat, and see each citation in its article."""
    from ui.server import serve

    settings = _settings()
    _archive().close()
    _tell(f"The chat is at http://127.0.0.1:{port}; stop it with Ctrl-C.")
    serve(settings, port=port)


def _archive() -> Archive:
    from index.archive import Archive

    return Archive(_settings().archive)


def _filters(
    known: tuple[str, ...], outlets: tuple[str, ...], since: datetime | None, until: datetime | None
) -> Filters:
    from index.types import Filters

    by_name = {name.casefold(): name for name in known}
    named = [by_name.get(outlet.casefold()) for outlet in outlets]
    if None in named:
        unknown = outlets[named.index(None)]
        shown = ", ".join(known[:12]) + (" …" if len(known) > 12 else "")  # noqa: PLR2004  about two lines
        raise UsageError(f"The archive has no outlet {unknown!r}; it has {shown or 'none that is known'}.")
    return Filters(tuple(name for name in named if name), _day(since), _day(until))


def _day(moment: datetime | None) -> date | None:
    return moment.date() if moment else None


def _path(article: Article) -> str:
    return f"{article.path}#{article.key}" if article.key else article.path


def _article_row(article: Article) -> dict[str, Any]:
    return {
        "article_id": article.id,
        "outlet": article.outlet,
        "title": article.title,
        "published": article.published,
        "url": article.url,
        "path": _path(article),
    }


def _whole_article(article: Article) -> dict[str, Any]:
    return {
        **_article_row(article),
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


def _print(lines: Iterable[str]) -> None:
    try:
        for line in lines:
            sys.stdout.write(line + "\n")
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever reads stdout has read enough; what is still buffered goes nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _tell(message: str) -> None:
    sys.stderr.write(message + "\n")


def main() -> None:
    """Runs the command and exits with its code; whatever a user can be told is one sentence on stderr."""
    try:
        code = app(standalone_mode=False)
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except RashomonError as error:
        _tell(f"rashomon: {error}")
        code = error.exit_code
    except (KeyboardInterrupt, click.Abort):
        _tell("rashomon: interrupted; what was done is kept")
        code = INTERRUPTED
    sys.exit(code if isinstance(code, int) else 0)


if __name__ == "__main__":
    main()
