"""Measuring: eval."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ui.commands.common import as_json_option, print_lines, tell, user_settings

if TYPE_CHECKING:
    from qa.evaluate import Outcome


@click.command("eval")
@click.argument("folder", metavar="SET", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--model", help="A litellm model string that writes the answers; if not given, they quote.")
@click.option("--show", is_flag=True, help="Name the questions whose answers are not as expected.")
@as_json_option
def evaluate(folder: Path, model: str | None, show: bool, as_json: bool) -> None:
    """Ask the questions of SET, a folder with articles/ and questions.json, and measure the answers.

    The articles go into an archive of their own, which is dropped afterwards; yours is not touched. docs/evaluation.md
    tells the form of the questions and what each figure means.

    Example: rashomon eval examples
    """
    from index.build import build
    from index.embed import open_embedder
    from index.statements.reader import StatementReader
    from qa.evaluate import Evaluation, read_set
    from qa.evaluate import evaluate as measure
    from qa.opening import open_engine
    from ui.progress import follow
    from ui.terminal import evaluation_lines

    articles, conversations = read_set(folder)
    with tempfile.TemporaryDirectory(prefix="rashomon-eval-") as home:
        settings = user_settings().model_copy(update={"archive": Path(home) / "archive"})
        embedder = open_embedder(settings.embedding, cache=settings.cache)
        follow(build([articles], folder=settings.archive, embedder=embedder, reader=StatementReader()))
        for found in measure(open_engine(settings), articles, conversations, model=model):
            if isinstance(found, Evaluation):
                print_lines([found.model_dump_json(indent=2)] if as_json else evaluation_lines(found))
            elif show:
                _show(found)
    sys.exit(0)


def _show(outcome: Outcome) -> None:
    abstained = bool(outcome.answer.abstained)
    if abstained is not outcome.asked.abstain:
        tell(f"{'abstained' if abstained else 'answered'}, not expected: {outcome.asked.question}")
