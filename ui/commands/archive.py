"""The archive as a whole: status, stories, doctor, chat."""

from __future__ import annotations

import json
import sys

import click

from index.errors import ArchiveError
from ui.commands.common import NOTHING, as_json_option, open_archive, print_lines, tell, user_settings


@click.command()
@as_json_option
def status(as_json: bool) -> None:
    """Say what the archive holds."""
    from ui.commands.rows import status_row
    from ui.terminal import status_lines

    known = status_row(open_archive())
    print_lines([json.dumps(known, ensure_ascii=False, indent=2)] if as_json else status_lines(known))


@click.command()
@as_json_option
def stories(as_json: bool) -> None:
    """List the stories: events that several articles tell of, the latest first.

    An id limits a question to its story: rashomon ask --story ID QUESTION
    """
    from ui.commands.rows import story_rows
    from ui.terminal import story_lines

    rows = story_rows(open_archive())
    lines = (json.dumps(row, ensure_ascii=False) for row in rows) if as_json else story_lines(rows)
    print_lines(lines)
    sys.exit(0 if rows else NOTHING)


@click.command()
@click.option("--repair", is_flag=True, help="Mend what can be mended, from the articles as they are stored.")
@as_json_option
def doctor(repair: bool, as_json: bool) -> None:
    """Read all of the archive and say what is damaged; exits with 5 where something is.

    The articles are the record: an index that is damaged is made from them again. Where they are damaged themselves,
    the archive as it was before the last change takes their place.
    """
    from index.doctor import examine
    from index.doctor import repair as mend
    from index.embed import open_embedder

    settings = user_settings()
    faults = examine(settings.archive)
    if as_json:
        print_lines([json.dumps([{"part": fault.part, "told": fault.told} for fault in faults], indent=2)])
    else:
        print_lines([f"{fault.part}: {fault.told}" for fault in faults] or ["The archive is sound."])
    if faults and not repair:
        tell("`rashomon doctor --repair` mends what can be mended.")
        sys.exit(ArchiveError.exit_code)
    if faults:
        articles = mend(settings.archive, open_embedder(settings.embedding, cache=settings.cache))
        tell(f"mended; the archive holds {articles} articles. `rashomon add` with their files adds what is missing.")


@click.command()
@click.option(
    "--port", type=click.IntRange(1, 65535), default=8501, show_default=True, help="The page's port on this machine."
)
def chat(port: int) -> None:
    """Open the page: ask in a chat, and see each citation in its article."""
    from ui.server import serve

    settings = user_settings()
    tell(f"The chat is at http://127.0.0.1:{port}; stop it with Ctrl-C.")
    serve(settings, port=port)
