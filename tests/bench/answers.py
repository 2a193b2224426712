"""Questions about news, with every sentence that answers them marked: `answers.jsonl`.

For each event of the data set `events` questions of several kinds were written. Those of the kind `summary` were
written from the event's title and summary alone, before the articles were looked at, as somebody would ask who has read
none of them; the others after reading what two or three outlets tell: facts, as a quiz asks, why, what was said, what
only some of the outlets tell, and what none of them tells. Further ones are about articles of `newsquiz`, none of which
answers a question of that set, with two near each. In each article every sentence was marked that answers by itself
under its headline (`answers`), or in part or only with the one before (`partly`), by the place of its first character
in the article's text. Of articles of the uses `train` and `further` the first 40 sentences were read, of the others all.

`report` is 60 events of the half by which no settings may be chosen, told apart by a hash of the title as everywhere in
the benches: no weight and no threshold of an answer was shaped by them; rules of what one outlet alone tells were looked
at on 40 of them. `tune` is 39 events by which the steps after the model are set. The weights were trained on `train`.

`further` are 3,255 more questions about `newsquiz`, half of them in a quiz master's general words; they shaped nothing
but when an answer abstains (`tests/bench/abstention.py`). For 2,312 of these sentences of other articles were read too
(`elsewhere`, with the places of those that were): the seven that the model of answers, over the whole archive without
the question's own articles, took most surely for answers. For 180 of the questions one of them is. Trained on for 285
more steps, the model told what answers no better that could be measured: area under the curve over `tune` .911 before
and .913 after, over `report` .79 and .76.
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
Use = Literal["train", "further", "tune", "report"]
Data = Literal["events", "newsquiz"]
MARKED_SENTENCES = 40
"""How many sentences of an article of the uses `train` and `further` were read."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One article's answer to a question: ordinals of the sentences that answer, and that do so in part."""

    article: Article
    sentences: tuple[Sentence, ...]
    answers: frozenset[int]
    partly: frozenset[int]


@dataclass(frozen=True, slots=True)
class Marked:
    """A question and what each article of its event answers; of other articles only some sentences were read."""

    question: str
    kind: str
    cells: tuple[Cell, ...]
    elsewhere: tuple[Cell, ...] = ()

    @property
    def event(self) -> frozenset[str]:
        """Names the event by its articles."""
        return frozenset(cell.article.id for cell in self.cells)


def marked(archive: Archive, use: Use, data: Data = "events") -> list[Marked]:
    """The questions of one use.

    Args:
        archive: holds the articles of the data set, as `tests.bench.retrieval` makes it.
        use: what the questions are for.
        data: the set; only of `events` some are kept for `tune` and `report`.
    """
    named = places(archive, load(f"{data}/articles.jsonl.gz"))
    held = {name: article_id for article_id, name in named.items()}
    rows = [json.loads(line) for line in MARKED.read_text(encoding="utf-8").splitlines()]
    texts: dict[str, tuple[Article, tuple[Sentence, ...]]] = {}

    def cell(name: str, marks: Mapping[str, list[int]]) -> Cell:
        if name not in texts:
            article = archive.catalogue.article(held[name])
            assert article is not None
            texts[name] = (article, tuple(s for s in archive.catalogue.sentences(article) if not s.is_title))
        article, sentences = texts[name]
        if "read" in marks:
            sentences = tuple(s for s in sentences if s.start in marks["read"])
        elif use in ("train", "further"):
            sentences = sentences[:MARKED_SENTENCES]
        at = {sentence.start: sentence.ordinal for sentence in sentences}
        full, part = (frozenset(at[start] for start in marks[how] if start in at) for how in ("answers", "partly"))
        return Cell(article, sentences, full, part)

    return [
        Marked(
            row["question"],
            row["kind"],
            *(tuple(cell(name, marks) for name, marks in row.get(of, {}).items()) for of in ("articles", "elsewhere")),
        )
        for row in rows
        if (row["use"], row["data"]) == (use, data)
    ]
