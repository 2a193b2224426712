"""The house: its floors are light to enter, its names hide nothing, and its README tells the truth."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import click
import pytest

from ui.cli import app

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"
HEAVY = (
    "torch",
    "litellm",
    "streamlit",
    "spacy",
    "sentence_transformers",
    "transformers",
    "openvino",
    "faiss",
    "tantivy",
)


@pytest.mark.parametrize(
    "module", ["index", "index.build", "index.retrieve", "qa.engine", "qa.sessions", "ui.cli", "prompts"]
)
def test_importing_loads_nothing_heavy(module: str) -> None:
    code = f"import sys, {module}; print(*[name for name in {HEAVY} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.split() == []


def commands() -> list[list[str]]:
    """Every `rashomon …` that README shows: on a line of its own in a code block, or between backticks."""
    text = README.read_text(encoding="utf-8")
    blocks = re.findall(r"^```[^\n]*\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
    prose = re.sub(r"^```[^\n]*\n.*?^```", "", text, flags=re.DOTALL | re.MULTILINE)
    lines = [line for block in blocks for line in block.replace("\\\n", " ").splitlines()]
    lines += re.findall(r"`([^`\n]+)`", prose)
    found = []
    for line in lines:
        for part in re.split(r"\s(?:\||&&|;|>)\s", line.removeprefix("$ ").strip()):
            match = re.match(r"(?:\w+=\S+ )*(?:\S*/)?rashomon(?=\s|$)(.*)", part)
            if match:
                found.append(shlex.split(match[1].replace("…", "").replace("...", ""), comments=True))
    return found


def test_readme_shows_the_commands_of_the_product() -> None:
    shown = {word for command in commands() for word in command}
    assert {"add", "ask", "chat"} <= shown


def test_every_command_that_readme_shows_has_its_options_and_takes_its_arguments() -> None:
    context = click.Context(app)
    for arguments in commands():
        if not arguments or arguments == ["--help"]:
            continue
        group = app.make_context("rashomon", list(arguments), resilient_parsing=True)
        rest = [*group._protected_args, *group.args]
        if not rest:
            continue
        command = app.get_command(context, rest[0])
        assert command is not None, f"README shows rashomon {rest[0]}, which there is not"
        if "--help" in rest or not rest[1:]:
            continue
        command.make_parser(context).parse_args(rest[1:])


def test_no_package_is_nested_in_another_floor() -> None:
    floors = {"index", "qa", "ui", "prompts", "tests"}
    assert floors <= {path.name for path in ROOT.iterdir() if path.is_dir()}
    for floor in floors - {"tests"}:
        assert not {path.name for path in (ROOT / floor).iterdir() if path.is_dir()} & floors
