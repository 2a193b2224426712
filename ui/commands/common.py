"""What the commands share: options, the archive they work on, and where lines go."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, TypeVar

import click

from index.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date, datetime

    from index.archive import Archive
    from index.types import Filters
    from qa.settings import Settings

NOTHING = 3

F = TypeVar("F", bound="Callable[..., None]")

as_json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")


def filter_options(command: F) -> F:
    """The options by which a search is limited."""
    day = click.DateTime(formats=["%Y-%m-%d"])
    for option in (
        click.option("--story", metavar="ID", help="Only articles of this story, as `rashomon stories` lists them."),
        click.option("--until", type=day, metavar="DAY", help="Published on this day (2026-03-31) or earlier."),
        click.option("--since", type=day, metavar="DAY", help="Published on this day (2026-03-01) or later."),
        click.option("--outlet", "outlets", multiple=True, help="Only this outlet; may be given several times."),
    ):
        command = option(command)
    return command


def user_settings() -> Settings:
    """The settings of this user, and of this call of the command."""
    from qa.settings import Settings

    archive = click.get_current_context().obj
    return Settings(**({"archive": archive} if archive else {}))


def open_archive() -> Archive:
    """The archive this call works on, its newest generation."""
    from index.archive import Archive

    return Archive(user_settings().archive)


def read_filters(
    archive: Archive,
    outlets: tuple[str, ...] = (),
    since: datetime | None = None,
    until: datetime | None = None,
    story: str | None = None,
) -> Filters:
    """The filters that the options ask for.

    Raises:
        UsageError: the archive has no such outlet or story.
    """
    from index.types import Filters

    known = tuple(archive.catalogue.outlets())
    by_name = {name.casefold(): name for name in known}
    named = [by_name.get(outlet.casefold()) for outlet in outlets]
    if None in named:
        unknown = outlets[named.index(None)]
        shown = ", ".join(known[:12]) + (" …" if len(known) > 12 else "")  # noqa: PLR2004  about two lines
        raise UsageError(f"The archive has no outlet {unknown!r}; it has {shown or 'none that is known'}.")
    articles = archive.stories.story(story).articles if story else ()
    return Filters(tuple(name for name in named if name), _day(since), _day(until), articles)


def _day(moment: datetime | None) -> date | None:
    return moment.date() if moment else None


def pair(text: str) -> tuple[str, str]:
    """NAME=VALUE, split."""
    name, equals, value = text.partition("=")
    if not equals:
        raise UsageError(f"{text!r} is not of the form NAME=VALUE.")
    return name.strip(), value.strip()


def print_lines(lines: Iterable[str]) -> None:
    """Results, to stdout."""
    try:
        for line in lines:
            sys.stdout.write(line + "\n")
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever reads stdout has read enough; what is still buffered goes nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def tell(message: str) -> None:
    """A message, to stderr."""
    sys.stderr.write(message + "\n")
