"""The progress of adding, on stderr."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from index.progress import Added, Failed, Found, Read, Related, Saved, Understood, Vanished
from qa.show import spelled

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rich.console import Console
    from rich.progress import Progress as Bar
    from rich.progress import TaskID

    from index.progress import Progress

MOST_NAMED = 10


class _Screen:
    """What was counted, and the bar and the lines that show it."""

    def __init__(self, console: Console, bar: Bar) -> None:
        self._console = console
        self._bar = bar
        self._task: TaskID = bar.add_task("reading", total=None)
        self.articles = self.failures = self.unchanged = 0

    def show(self, event: Progress) -> None:
        """Draws one event."""
        match event:
            case Read(_, was_unchanged):
                self.unchanged += was_unchanged
                self._bar.advance(self._task)
            case Added(n, _):
                self.articles += n
                self._bar.update(self._task, description=f"{self.articles} articles")
            case Related(n, of):
                self._bar.update(self._task, description="looking for copies and stories", completed=n, total=of)
            case Understood(n, of):
                self._bar.update(self._task, description="reading who said what", completed=n, total=of)
            case Saved():
                self._bar.refresh()
            case Found() | Failed() | Vanished():
                self._tell(event)

    def _tell(self, event: Found | Failed | Vanished) -> None:
        match event:
            case Found(files, skipped):
                self._bar.update(self._task, total=files)
                if skipped:
                    kinds = ", ".join(f"{n} {kind or 'without suffix'}" for kind, n in sorted(skipped.items()))
                    self._console.print(f"passed over, of no known kind: {spelled(kinds)}")
            case Failed(path, reason):
                self.failures += 1
                self._console.print(f"{spelled(path)}: {spelled(reason)}")
            case Vanished(paths, removed):
                self._console.print(_gone(paths, removed=removed))


def follow(events: Iterable[Progress]) -> tuple[int, int]:
    """Shows the progress of adding on stderr.

    Returns:
        How many articles went in, and how many files or articles failed.
    """
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    console = Console(stderr=True, markup=False, highlight=False, soft_wrap=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Bar(*columns, console=console, transient=True, disable=not sys.stderr.isatty()) as bar:
        screen = _Screen(console, bar)
        for event in events:
            screen.show(event)
    parts = [f"{screen.articles} articles added"]
    parts += [f"{screen.unchanged} files unchanged"] if screen.unchanged else []
    parts += [f"{screen.failures} could not be read"] if screen.failures else []
    console.print(", ".join(parts))
    return screen.articles, screen.failures


def _gone(paths: Sequence[str], *, removed: bool) -> str:
    named = ", ".join(map(spelled, paths[:MOST_NAMED])) + (" …" if len(paths) > MOST_NAMED else "")
    rest = "their articles were removed" if removed else "their articles stay; --prune removes them"
    return f"{len(paths)} files are gone ({named}); {rest}"
