"""The rules of wording in `boilerplate.toml`, compiled; that file is the place to add one."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from index.types import Reason

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

LONGEST_LINE = 600


@dataclass(frozen=True, slots=True)
class Rules:
    """Patterns by reason.

    Attributes:
        lines: of lines that are boilerplate wherever they stand.
        ends: of lines that begin the end of a page.
        calls: words that ask the reader to do something.
        furniture: of lines that make up a page's frame.
        headings: of lines above what a page shows beside its article.
        comments: of lines between an article and what its readers wrote.
    """

    lines: Mapping[Reason, re.Pattern[str]]
    ends: Mapping[Reason, re.Pattern[str]]
    calls: re.Pattern[str]
    furniture: re.Pattern[str]
    headings: re.Pattern[str]
    comments: re.Pattern[str]


@lru_cache(maxsize=1)
def rules() -> Rules:
    """The rules as the package ships them."""
    written = tomllib.loads(files("index").joinpath("boilerplate.toml").read_text("utf-8"))
    return Rules(
        lines={Reason(name): _any(patterns) for name, patterns in written["lines"].items()},
        ends={Reason(name): _any(patterns) for name, patterns in written["ends"].items()},
        calls=_any(written["calls"]),
        furniture=_any(written["furniture"]),
        headings=_any(written["headings"]),
        comments=_any(written["comments"]),
    )


def reason_of(line: str, patterns: Mapping[Reason, re.Pattern[str]]) -> Reason | None:
    """The reason of the first pattern that matches all of `line`, blanks folded; None for very long lines."""
    if len(line) > LONGEST_LINE:
        return None
    return next((reason for reason, pattern in patterns.items() if pattern.fullmatch(line)), None)


def _any(patterns: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)
