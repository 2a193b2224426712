"""Search by words: tantivy, BM25 over English stems."""

from __future__ import annotations

import math
import re
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from index.errors import ArchiveError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from pathlib import Path

    import tantivy
    from numpy.typing import NDArray

    from index.types import Passage

    Ids = NDArray[np.int64]

_WORD = re.compile(r"\w+")
TITLE = 0.4
"""What a word in the headline counts beside one in the passage; tests/bench/retrieval.py shows other values."""
MANY = 50
"""A filter that allows a fiftieth of all passages or more is applied to the best of all of them."""
MOST = 4_000
"""Passages looked through so."""
_HEAP = 64_000_000
"""Bytes of a writer's buffer: one thread's share of tantivy's own default."""


@cache
def _schema() -> tantivy.Schema:
    import tantivy

    builder = tantivy.SchemaBuilder()
    builder.add_integer_field("passage", stored=True, indexed=True, fast=True)
    builder.add_text_field("article", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("title", tokenizer_name="en_stem", index_option="freq")
    builder.add_text_field("body", tokenizer_name="en_stem", index_option="position")
    return builder.build()


class Lexical:
    """Passages by their words. Holds the state it was opened in; safe for several threads."""

    def __init__(self, folder: Path) -> None:
        """Opens the index in `folder`, a new one where there is none.

        Raises:
            ArchiveError: the files are not an index.
        """
        import tantivy

        try:
            there = tantivy.Index.exists(str(folder))
            self._index = tantivy.Index.open(str(folder)) if there else tantivy.Index(_schema(), path=str(folder))
            self._index.config_reader(reload_policy="manual")
            self._searcher = self._index.searcher()
        except (ValueError, OSError) as error:
            raise ArchiveError(
                "The archive's word index cannot be read; restore it from a copy, or add the articles to a new archive."
            ) from error

    def __len__(self) -> int:
        return int(self._searcher.num_docs)

    def ids(self) -> set[int]:
        """Every passage in the index."""
        import tantivy

        every = self._searcher.search(tantivy.Query.all_query(), max(len(self), 1)).hits
        return {int(self._searcher.doc(where).to_dict()["passage"][0]) for _, where in every}

    def write(self, added: Iterable[tuple[Passage, str]], removed: Iterable[int]) -> None:
        """Forgets the passages `removed`, adds each `(passage, title)`, and makes both durable."""
        import tantivy

        writer = self._index.writer(heap_size=_HEAP, num_threads=1)
        for passage_id in removed:
            writer.delete_documents_by_term("passage", passage_id)
        for passage, title in added:
            document = tantivy.Document()
            document.add_integer("passage", passage.id)
            document.add_text("article", passage.article_id)
            document.add_text("title", title)
            document.add_text("body", passage.text)
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()
        self._searcher = self._index.searcher()

    def search(
        self, words: str, k: int, *, articles: Collection[str] | None = None, passages: Ids | None = None
    ) -> list[tuple[int, float]]:
        """The `k` best passages for any of the words, best first, as (id, BM25 score), ties by id.

        Args:
            words: plain text; punctuation and operators mean nothing, and a word that comes twice counts once.
            articles: ids of articles to search among; all where it is None.
            passages: ids of all their passages, ascending, where they are known: among many articles, the best of all
                passages are then looked through first.
        """
        import tantivy

        query = self._query(words)
        if query is None or (articles is not None and not articles):
            return []
        if articles is None:
            return self._best(query, k)
        if passages is not None and len(passages) * MANY > len(self):
            most = min(MOST, 2 * k * len(self) // len(passages))
            every = self._best(query, most)
            among = set(passages[np.isin(passages, [i for i, _ in every])].tolist())
            found = [hit for hit in every if hit[0] in among]
            if len(found) >= k or len(every) < most:
                return found[:k]
        of_these = tantivy.Query.term_set_query(_schema(), "article", list(articles))
        only = tantivy.Query.const_score_query(of_these, 0.0)
        return self._best(tantivy.Query.boolean_query([(tantivy.Occur.Must, query), (tantivy.Occur.Must, only)]), k)

    def _query(self, words: str) -> tantivy.Query | None:
        """Any of the words in the body or the title, in one flat disjunction, which tantivy need not read to its end.

        That is block-max WAND (Ding and Suel, SIGIR 2011): passages that cannot come among the best are passed over.
        """
        import tantivy

        either = tantivy.Occur.Should
        clauses = []
        for stem in dict.fromkeys(stems(words)):
            in_title = tantivy.Query.term_query(_schema(), "title", stem, "freq")
            clauses.append((either, tantivy.Query.term_query(_schema(), "body", stem, "freq")))
            clauses.append((either, tantivy.Query.boost_query(in_title, TITLE)))
        return tantivy.Query.boolean_query(clauses) if clauses else None

    def _best(self, query: tantivy.Query, k: int) -> list[tuple[int, float]]:
        hits = self._searcher.search(query, k, count=False).hits
        ids = self._searcher.fast_field_values("passage", [where for _, where in hits])
        return sorted(((int(i), float(score)) for i, (score, _) in zip(ids, hits, strict=True)), key=_by_score)

    def rarity(self, word: str) -> float:
        """How telling a word is: its inverse document frequency over passages, `ln(1 + (N - n + .5) / (n + .5))`.

        The formula is BM25's (Robertson and Zaragoza, 2009), as tantivy uses it.
        """
        plain = " ".join(_WORD.findall(word.lower()))
        if not plain:
            return 0.0
        phrase = self._index.parse_query(f'"{plain}"', ["body"])
        held = int(self._searcher.search(phrase, 1).count or 0)
        return math.log(1 + (len(self) - held + 0.5) / (held + 0.5))


def _by_score(hit: tuple[int, float]) -> tuple[float, int]:
    return -hit[1], hit[0]


@cache
def _analyzer() -> tantivy.TextAnalyzer:
    import tantivy

    words = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
    return words.filter(tantivy.Filter.lowercase()).filter(tantivy.Filter.stemmer("english")).build()


def stems(text: str) -> list[str]:
    """The stems under which the words of `text` are found, in order."""
    return list(_analyzer().analyze(text))
