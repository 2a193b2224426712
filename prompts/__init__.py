"""The words for the model: files of text with $holes, and the few lines that load them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from string import Template


@dataclass(frozen=True, slots=True)
class Prompt:
    """A text with holes.

    Attributes:
        name: its file, without `.txt`.
        version: the first 12 hexadecimal digits of the SHA-256 of its text; an answer keeps it.
        text: the words, with holes written as `$name`.
    """

    name: str
    version: str
    text: str

    def fill(self, **holes: str) -> str:
        """The text with every hole filled; what a filling holds is never filled again.

        Raises:
            ValueError: a hole is missing, or a filling has no hole.
        """
        template = Template(self.text)
        wanted = set(template.get_identifiers())
        if wanted != holes.keys():
            missing, unknown = sorted(wanted - holes.keys()), sorted(holes.keys() - wanted)
            raise ValueError(f"the prompt {self.name} lacks {missing} and has no hole for {unknown}")
        return template.substitute(holes)


@cache
def load(name: str) -> Prompt:
    """The prompt `name`.

    Raises:
        FileNotFoundError: there is no such prompt.
        ValueError: a `$` in it names no hole; a dollar sign is written `$$`.
    """
    text = files(__name__).joinpath(f"{name}.txt").read_text(encoding="utf-8").strip()
    if not Template(text).is_valid():
        raise ValueError(f"the prompt {name} has a $ that names no hole: write $$ for a dollar sign")
    return Prompt(name, hashlib.sha256(text.encode()).hexdigest()[:12], text)
