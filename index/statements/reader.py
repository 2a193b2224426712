"""DOOR: an article and its sentences to its statements, each part as exact spans.

Sentences that may hold a word of saying are parsed (`syntax`); each such word gets its candidates (`contents`), and the
judge takes the best or none. The speaker's words follow from the tree (`sources`), who they stand for from the article
(`speakers`), and kind and target from the words of saying (`cues`, `targets`).
"""

from __future__ import annotations

import hashlib
import re
import sys
from collections import deque
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from functools import cached_property
from itertools import islice
from multiprocessing import get_context
from typing import TYPE_CHECKING, Any

from threadpoolctl import threadpool_limits

from index.statements.contents import options
from index.statements.cues import REPORTING, kind_of, negated
from index.statements.drafts import Draft, cited, outer_of, scoped, surroundings
from index.statements.judge import Judge
from index.statements.names import NOBODY, Named, People
from index.statements.quotations import MARK, quotations
from index.statements.sources import source_of, source_span
from index.statements.speakers import Cast
from index.statements.syntax import parser
from index.statements.targets import blamed_in, charge_of, target_of
from index.statements.utterances import with_free
from index.types import Kind, Quoted, Span, Statement

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from index.statements.syntax import Parser, Tree
    from index.types import Article, Sentence

WORD = re.compile(r"[^\W\d_]+")
SPOKEN = re.compile(r"[,?!—](?:[”\"»]|''|’’) ")  # where a quotation ends and whoever speaks may be named
BATCH = 8  # articles parsed together; few, so that the last ones are shared out evenly
AHEAD = 3  # batches waiting for each process, so that memory stays flat
DIRECT = 0.9  # share of the content between marks from which on it counts as the speaker's own words


class StatementReader:
    """Reads statements. The parser and the weights load at first use and stay."""

    @property
    def _parser(self) -> Parser:
        return parser()

    @cached_property
    def _judge(self) -> Judge:
        return Judge.load()

    @cached_property
    def _promising(self) -> dict[str, bool]:
        return {}

    def read(self, article: Article, sentences: Sequence[Sentence]) -> tuple[Statement, ...]:
        """The statements of one article, in order of their cues."""
        return self.read_batch([(article, sentences)])[0]

    def read_many(
        self, pairs: Iterable[tuple[Article, Sequence[Sentence]]], processes: int = 1
    ) -> Iterator[tuple[Statement, ...]]:
        """The statements of many articles, in the order given.

        Args:
            pairs: articles with their sentences; read as they are needed.
            processes: how many work at once; with one, the work is done in this process.
        """
        pairs = iter(pairs)
        batches = iter(lambda: list(islice(pairs, BATCH)), [])
        if processes <= 1:
            for batch in batches:
                yield from self.read_batch(batch)
            return
        with ProcessPoolExecutor(processes, get_context("spawn"), _start) as pool:
            waiting = deque(pool.submit(_work, batch) for batch in islice(batches, processes * AHEAD))
            while waiting:
                done = waiting.popleft().result()
                waiting.extend(pool.submit(_work, batch) for batch in islice(batches, 1))
                yield from done

    def read_batch(self, pairs: Sequence[tuple[Article, Sequence[Sentence]]]) -> list[tuple[Statement, ...]]:
        """The statements of a few articles, parsed together."""
        kept = [[s for s in sentences if self._may_hold(s.text)] for _, sentences in pairs]
        trees = iter(self._parser.trees([s for sentences in kept for s in sentences]))
        return [
            self._statements(article, list(islice(trees, len(sentences))))
            for (article, _), sentences in zip(pairs, kept, strict=True)
        ]

    def _may_hold(self, sentence: str) -> bool:
        return (
            ":" in sentence
            or SPOKEN.search(sentence) is not None
            or any(map(self._is_promising, WORD.findall(sentence)))
        )

    def _is_promising(self, word: str) -> bool:
        known = self._promising.get(word)
        if known is None:
            cues, lemma = self._judge.cues, self._parser.lemma
            known = any(f"{tag}:{lemma(word, tag)}" in cues for tag in "VNJ")
            self._promising[word] = known
        return known

    def _statements(self, article: Article, trees: Sequence[Tree]) -> tuple[Statement, ...]:
        quotes = quotations(article.text)
        drafts = self._drafts(article.text, trees, quotes)
        cast = Cast(People(article.text))
        cast.meet(trees, quotes)
        named: dict[int, Named] = {}
        outer = {d.at: outer_of(d, drafts) for d in drafts}
        for draft in sorted(drafts, key=lambda d: (outer[d.at] is not None, d.at)):
            above = outer[draft.at]
            enclosing = named.get(above.at, NOBODY) if above else NOBODY
            named[draft.at] = cast.resolve(draft.tree, draft.source, enclosing) if draft.source is not None else NOBODY
        return tuple(_statement(article, d, named, outer[d.at], cast) for d in drafts)

    def _drafts(self, text: str, trees: Sequence[Tree], quotes: Sequence[Span]) -> list[Draft]:
        found: dict[tuple[tuple[Span, ...], int | None], Draft] = {}
        for number, tree in enumerate(trees):
            cues = [token for token in range(len(tree)) if self._judge.may_be_cue(tree, token)]
            near = surroundings(trees, number, quotes) if cues else []
            for cue in cues:
                if not self._judge.may_say(tree, cue, near):
                    continue
                chosen = self._judge.choose(tree, cue, options(tree, cue, near), near, text)
                if chosen is None:
                    continue
                source = source_of(tree, cue, chosen[0].spans)
                key = (chosen[0].spans, source)
                if key not in found or found[key].score < chosen[1]:
                    found[key] = Draft(tree, cue, source, *chosen)
        drafts = with_free(text, trees, quotes, list(found.values()))
        drafts = [scoped(d, drafts) for d in drafts]
        drafts = [each for draft in drafts for each in cited(draft)]
        return list({d.at: d for d in sorted(drafts, key=lambda d: (d.at, d.through is not None))}.values())


_reader: StatementReader | None = None


def _start() -> None:
    """Makes a process of the pool ready: one thread, and no torch, which spaCy loads for 3 s where it finds it."""
    global _reader  # noqa: PLW0603 - one reader for each process of the pool
    modules: dict[str, Any] = sys.modules
    modules.setdefault("torch", None)  # how Python notes what cannot be imported
    threadpool_limits(1)
    _reader = StatementReader()


def _work(batch: Sequence[tuple[Article, Sequence[Sentence]]]) -> list[tuple[Statement, ...]]:
    assert _reader is not None
    return _reader.read_batch(batch)


def _statement(article: Article, draft: Draft, named: dict[int, Named], outer: Draft | None, cast: Cast) -> Statement:
    tree, cue, spans = draft.tree, draft.cue, draft.option.spans
    who = named[draft.at]
    said = " ".join(span.of(article.text) for span in spans)
    kind = kind_of(tree, cue, said)
    about = target_of(tree, cue, kind)
    if kind in REPORTING and (blamed := blamed_in(tree, spans)) is not None:
        kind, about = Kind.BLAME, blamed
    target = cast.about(tree, about, who) if about is not None else NOBODY
    if kind is Kind.ACCUSE and about is not None and charge_of(tree, cue, about):
        target = replace(target, name=(target.name or "").partition(" of ")[0] or None)
    source = (source_span(tree, draft.source, cue),) if draft.source is not None else ()
    words = (_cue_span(tree, cue),)
    mark = repr((article.id, source, words, spans))
    return Statement(
        id=hashlib.sha256(mark.encode()).hexdigest()[:16],
        article_id=article.id,
        kind=kind,
        speaker=who.name,
        ambiguous=who.among,
        target=target.name,
        quoted=_quoted(article.text, spans),
        via=_via(draft, who, outer, named, cast),
        negated=negated(tree, cue),
        source=source,
        cue=words,
        content=spans,
    )


def _via(draft: Draft, who: Named, outer: Draft | None, named: dict[int, Named], cast: Cast) -> str | None:
    if draft.through is not None:
        return cast.resolve(draft.tree, draft.through, NOBODY).name
    reporter = named[outer.at].name if outer else None
    return reporter if reporter != who.name else None


def _cue_span(tree: Tree, cue: int) -> Span:
    """The word of saying with its auxiliaries, negation and particle, where they stand next to it."""
    own = {cue, *(k for k in tree.children[cue] if tree.deps[k] in ("aux", "auxpass", "neg", "prt"))}
    first = last = cue
    while first - 1 in own:
        first -= 1
    while last + 1 in own:
        last += 1
    return Span(tree.starts[first], tree.ends[last])


def _quoted(text: str, spans: Sequence[Span]) -> Quoted:
    marked = [q for s in spans for q in _within(text, s)]
    if not marked:
        return Quoted.INDIRECT
    opened = all(MARK.match(text, s.start) for s in spans)
    whole = sum(q.end - q.start for q in marked) >= DIRECT * sum(s.end - s.start for s in spans)
    return Quoted.DIRECT if opened and whole else Quoted.MIXED


def _within(text: str, span: Span) -> list[Span]:
    words = span.of(text)
    if not MARK.search(words):
        return []
    return [Span(q.start + span.start, q.end + span.start) for q in quotations(words)]
