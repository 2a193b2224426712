"""The command `rashomon`. Results go to stdout, progress and messages to stderr.

Exit codes: 0 done, 1 failed, 2 wrong usage, 3 nothing found or abstained, 4 some files failed (the good ones are in),
5 archive damaged or incompatible, 6 model unavailable, 130 interrupted.
"""

from __future__ import annotations

import sys
from pathlib import Path

import click

from index.errors import RashomonError
from ui.commands import archive as whole
from ui.commands import articles, comparisons, evaluation, questions
from ui.commands.common import tell

INTERRUPTED = 130


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


for command in (
    articles.add,
    questions.ask,
    questions.search,
    questions.check,
    comparisons.compare,
    comparisons.quotes,
    comparisons.quoted,
    comparisons.timeline,
    questions.statements,
    articles.list_articles,
    articles.show,
    articles.set_fields,
    articles.remove,
    whole.stories,
    whole.status,
    whole.doctor,
    evaluation.evaluate,
    whole.chat,
):
    app.add_command(command)


def main() -> None:
    """Runs the command and exits with its code; whatever a user can be told is one sentence on stderr."""
    try:
        code = app(standalone_mode=False)
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except RashomonError as error:
        tell(f"rashomon: {error}")
        code = error.exit_code
    except (KeyboardInterrupt, click.Abort):
        tell("rashomon: interrupted; what was done is kept")
        code = INTERRUPTED
    sys.exit(code if isinstance(code, int) else 0)


if __name__ == "__main__":
    main()
