"""Where on a page the article stands, for text that is all of a page's words: menus, article, comments, footer.

Two logistic regressions, one after the other: the first scores each line by its looks, the second by what the first
said of the lines around it. `tests/bench/train_page.py` learnt them on every second page of
article-extraction-benchmark; their weights are `page.json`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import numpy as np

from index.boilerplate import LONGEST_LINE, reason_of, rules
from index.layout import SENTENCE_END, looks, places, topical
from index.types import Reason

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

SHORT_WORDS = 5
LEAST_SHORT = 8
MOSTLY = 0.4
LEAST_LEFT = 350
FEW = 0.1
ABOVE = 10
PARAGRAPH = 200
HEAD_LINES = 6
HEAD_WORDS = range(3, 26)
HEAD_SHARE = 0.3


@dataclass(frozen=True)
class Model:
    """Two linear functions and a bar.

    Attributes:
        looks, places: the weight of each measure, the constant last.
        bar: log-odds of being the article below which a line is not.
    """

    looks: NDArray[np.float64]
    places: NDArray[np.float64]
    bar: float

    def article(self, lines: Sequence[str], reasons: Sequence[Reason | None]) -> NDArray[np.bool_]:
        """For each line of a page whether it is the article."""
        scores = looks(lines, reasons) @ self.looks[:-1] + self.looks[-1]
        sizes = np.array([len(line) for line in lines], dtype=float)
        found: NDArray[np.bool_] = places(scores, sizes) @ self.places[:-1] + self.places[-1] >= self.bar
        return found


@cache
def model() -> Model:
    """The model as the package ships it."""
    written = json.loads(files("index").joinpath("page.json").read_text("utf-8"))
    return Model(np.array(written["looks"]), np.array(written["places"]), written["bar"])


def is_page(lines: Sequence[str]) -> bool:
    """Whether the lines are those of a whole page: several are short and no sentences, and some are buttons or menus.

    One such button is enough where short lines make up much of the text. Of 10,000 clean articles two were taken
    for pages.
    """
    short = [line for line in lines if line.count(" ") < SHORT_WORDS - 1 and not SENTENCE_END.search(line)]
    if len(short) < LEAST_SHORT:
        return False
    furniture = len({line.casefold() for line in short if rules().furniture.fullmatch(line)})
    return furniture > (len(short) < MOSTLY * len(lines))


def outside(lines: Sequence[str], reasons: Sequence[Reason | None], judge: Model | None = None) -> Mapping[int, Reason]:
    """The lines that are no part of the article, and what they are; none where the text is no whole page.

    Losing the article is the worst error: where too little would be left, nothing is outside.

    Args:
        lines: the text's lines, blanks folded.
        reasons: for each line, why it is boilerplate by its own wording, or None.
        judge: tells the article's lines; the package's own if not given.
    """
    if not is_page(lines):
        return {}
    kept = (judge or model()).article(lines, reasons)
    left = sum(len(line) for line, keep, reason in zip(lines, kept, reasons, strict=True) if keep and not reason)
    if left < LEAST_LEFT or _only_comments(lines, kept):
        return {}
    _keep_head(lines, kept)
    return _told(lines, kept)


def _told(lines: Sequence[str], kept: NDArray[np.bool_]) -> dict[int, Reason]:
    """What each line is that is not kept: behind the article, what the last heading says."""
    found = {}
    first = int(kept.argmax())
    current = Reason.NAVIGATION
    for index, line in enumerate(lines):
        opened = _opened(line)
        keep = kept[index] and opened is not Reason.COMMENTS
        if index < first or (keep and SENTENCE_END.search(line)):
            current = Reason.NAVIGATION
        elif not keep:
            current = opened or current
        if not keep:
            found[index] = current
    return found


def _only_comments(lines: Sequence[str], kept: NDArray[np.bool_]) -> bool:
    """Whether nearly all that is kept follows the head of comments, and prose right before that head is not kept."""
    sizes = np.array([len(line) for line in lines])
    for index, line in enumerate(lines):
        if _opened(line) is Reason.COMMENTS and (sizes * kept)[:index].sum() < FEW * (sizes * kept).sum():
            near = range(max(0, index - ABOVE), index)
            if any(sizes[i] >= PARAGRAPH and not kept[i] and SENTENCE_END.search(lines[i]) for i in near):
                return True
    return False


def _keep_head(lines: Sequence[str], kept: NDArray[np.bool_]) -> None:
    """Keeps the nearest line above the article that is about the same: its headline."""
    first = int(kept.argmax())
    told = set(topical(" ".join(line for line, keep in zip(lines, kept, strict=True) if keep)))
    for index in range(first - 1, max(-1, first - 1 - HEAD_LINES), -1):
        words = topical(lines[index])
        if lines[index].count(" ") + 1 not in HEAD_WORDS or _opened(lines[index]) or not words:
            continue
        if sum(word in told for word in words) >= HEAD_SHARE * len(words):
            kept[index] = True
            return


def _opened(line: str) -> Reason | None:
    """What a line is the heading of, where it is one."""
    if len(line) > LONGEST_LINE:
        return None
    if rules().comments.fullmatch(line):
        return Reason.COMMENTS
    return reason_of(line, rules().ends) or (Reason.RELATED if rules().headings.fullmatch(line) else None)
