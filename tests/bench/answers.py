"""Questions about news, with every sentence that answers them marked: `answers.jsonl`.

For each of some 600 events of the data set `events`, questions of several kinds were written after reading what two or
three outlets tell of it: facts, as a quiz asks, why, what was said, what only some of the outlets tell, and what none
of them tells. In each article every sentence was marked that answers by itself under its headline (`answers`), or in
part or only with the one before (`partly`), by the place of its first character in the article's text. The questions
of the use `report` were written from the event's summary alone, before the articles were looked at.

Events are told apart by a hash of their title, as everywhere in the benches: `train` and `tune` are of the half by
which settings may be chosen, `report` is of the other.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from tests.bench.retrieval import load, places

if TYPE_CHECKING:
    from collections.abc import Mapping

    from index.archive import Archive
    from index.types import Article, Sentence

MARKED = Path(__file__).with_name("answers.jsonl")
Use = Literal["train", "tune", "report"]


@dataclass(frozen=True, slots=True)
class Cell:
    """One article's answer to a question: ordinals of the sentences that answer, and that do so in part."""

    article: Article
    sentences: tuple[Sentence, ...]
    answers: frozenset[int]
    partly: frozenset[int]


@dataclass(frozen=True, slots=True)
class Marked:
    """A question and what each article of its event answers."""

    question: str
    kind: str
    cells: tuple[Cell, ...]

    @property
    def event(self) -> frozenset[str]:
        """Names the event by its articles."""
        return frozenset(cell.article.id for cell in self.cells)


def marked(archive: Archive, use: Use) -> list[Marked]:
    """The questions of one use.

    Args:
        archive: holds the articles of `events`, as `tests.bench.retrieval` makes it.
    """
    named = places(archive, load("events/articles.jsonl.gz"))
    held = {name: article_id for article_id, name in named.items()}
    rows = [json.loads(line) for line in MARKED.read_text(encoding="utf-8").splitlines()]
    cells: dict[str, tuple[Article, tuple[Sentence, ...]]] = {}

    def cell(name: str, marks: Mapping[str, list[int]]) -> Cell:
        if name not in cells:
            article = archive.catalogue.article(held[name])
            assert article is not None
            cells[name] = (article, tuple(s for s in archive.catalogue.sentences(article) if not s.is_title))
        article, sentences = cells[name]
        at = {sentence.start: sentence.ordinal for sentence in sentences}
        full, part = (frozenset(at[start] for start in marks[how] if start in at) for how in ("answers", "partly"))
        return Cell(article, sentences, full, part)

    return [
        Marked(row["question"], row["kind"], tuple(cell(name, marks) for name, marks in row["articles"].items()))
        for row in rows
        if row["use"] == use
    ]
