"""Who said what: the statements of an article, each part as exact spans."""

from __future__ import annotations

import hashlib
import re
from functools import cached_property
from typing import TYPE_CHECKING

from index.contents import options
from index.cues import kind_of, negated
from index.judge import Judge
from index.quotations import MARK, quotations
from index.sources import source_of, source_span
from index.syntax import Parser, Tree
from index.types import Quoted, Span, Statement

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from index.types import Article, Sentence

WORD = re.compile(r"[^\W\d_]+")
BATCH = 16  # articles parsed together


class StatementReader:
    """Reads statements. The parser and the weights load at first use and stay."""

    @cached_property
    def _parser(self) -> Parser:
        return Parser()

    @cached_property
    def _judge(self) -> Judge:
        return Judge.load()

    def read(self, article: Article, sentences: Sequence[Sentence]) -> tuple[Statement, ...]:
        """The statements of one article, in order of their cues."""
        return next(self.read_many([(article, sentences)]))

    def read_many(
        self, pairs: Iterable[tuple[Article, Sequence[Sentence]]], processes: int = 1
    ) -> Iterator[tuple[Statement, ...]]:
        """The statements of many articles, in the order given."""
        for article, sentences in pairs:
            trees = self._parser.trees(sentences)
            yield self._statements(article, trees)

    def _statements(self, article, trees):
        quotes = quotations(article.text)
        out = []
        for n, tree in enumerate(trees):
            near = None
            for cue in range(len(tree)):
                if not self._may_be_cue(tree, cue):
                    continue
                if near is None:
                    lo = tree.starts[0]; hi = tree.ends[-1]
                    group = [t for t in trees[max(0, n - 40) : n + 40] if t.paragraph in (tree.paragraph, tree.paragraph + 1)]
                    lo, hi = group[0].starts[0], group[-1].ends[-1]
                    near = [q for q in quotes if q.end > lo and q.start < hi]
                chosen = self._judge.choose(tree, cue, options(tree, cue, near), near, article.text)
                if chosen is None:
                    continue
                content = chosen[0].spans
                source = source_of(tree, cue, content)
                out.append((tree, cue, source, chosen[0], source_span(tree, source, cue) if source is not None else None))
        return out

    def _may_be_cue(self, tree: Tree, cue: int) -> bool:
        return cue_class(tree.tags[cue], tree.words[cue]) + ":" + tree.lemmas[cue] in self._judge.cues and tree.deps[cue] not in ("aux", "auxpass")


def cue_class(tag, word):
    if tag[0] in "VNJ" and not tag.startswith("NNP"):
        return tag[0]
    return ":" if word == ":" else "I" if word.lower() in ("according", "per") else ""
