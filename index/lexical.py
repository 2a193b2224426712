"""Search by words: tantivy, BM25 over English stems."""

from __future__ import annotations

import math
import re
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from index.errors import ArchiveError
from index.spelling import Spellings

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
COMMON, COMMON_LEAST = 0.15, 150_000
"""The share of all passages, and their number, from which on a word is too common to be looked for beside others: in a
million passages such words take four fifths of the time and change next to nothing. In a hundred thousand they take a
millisecond, and leaving them out loses one answer of 64."""
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
            return _best_first(*self._found(query, k))
        if passages is not None and len(passages) * MANY > len(self):
            most = min(MOST, 2 * k * len(self) // len(passages))
            ids, scores = self._found(query, most)
            among = _among(ids, passages)
            if np.count_nonzero(among) >= k or len(ids) < most:
                return _best_first(ids[among], scores[among])[:k]
        of_these = tantivy.Query.term_set_query(_schema(), "article", list(articles))
        only = tantivy.Query.const_score_query(of_these, 0.0)
        both = [(tantivy.Occur.Must, query), (tantivy.Occur.Must, only)]
        return _best_first(*self._found(tantivy.Query.boolean_query(both), k))

    def _query(self, words: str) -> tantivy.Query | None:
        """Any of the words in the body or the title, in one flat disjunction, which tantivy need not read to its end.

        That is block-max WAND (Ding and Suel, SIGIR 2011): passages that cannot come among the best are passed over.
        Words that are everywhere are left out, where there are others.
        """
        import tantivy

        either = tantivy.Occur.Should
        asked = list(dict.fromkeys(stems(words)))
        common = max(COMMON * len(self), COMMON_LEAST)
        clauses = []
        for stem in [s for s in asked if self._held(s) < common] or asked:
            for spelt in self._spelt(stem):
                in_title = tantivy.Query.term_query(_schema(), "title", spelt, "freq")
                clauses.append((either, tantivy.Query.term_query(_schema(), "body", spelt, "freq")))
                clauses.append((either, tantivy.Query.boost_query(in_title, TITLE)))
        return tantivy.Query.boolean_query(clauses) if clauses else None

    def _found(self, query: tantivy.Query, k: int) -> tuple[Ids, NDArray[np.float64]]:
        """The ids and the scores of the `k` best passages."""
        hits = self._searcher.search(query, k, count=False).hits
        ids = self._searcher.fast_field_values("passage", [where for _, where in hits])
        return np.array(ids, dtype=np.int64), np.array([score for score, _ in hits], dtype=np.float64)

    def rarity(self, word: str) -> float:
        """How telling a word is: its inverse document frequency over passages, `ln(1 + (N - n + .5) / (n + .5))`.

        The formula is BM25's (Robertson and Zaragoza, 2009), as tantivy uses it.
        """
        plain = " ".join(_WORD.findall(word.lower()))
        if not plain:
            return 0.0
        match stems(plain):
            case [stem]:
                return self.stem_rarity(stem)
            case _:
                phrase = self._index.parse_query(f'"{plain}"', ["body"])
                return self._rarity(int(self._searcher.search(phrase, 1).count or 0))

    def stem_rarity(self, stem: str) -> float:
        """The same of one of `stems`, however it is spelt."""
        # What was removed is counted for a while yet.
        return self._rarity(min(self._held(stem), len(self)))

    def _held(self, stem: str) -> int:
        """How many passages hold one of `stems`."""
        return sum(self._searcher.doc_freq("body", spelt) for spelt in _spellings().all(stem))

    def _spelt(self, stem: str) -> list[str]:
        """The stem as it is asked for, and as it is spelt in any passage or headline."""
        _, *others = _spellings().all(stem)
        return [stem, *(s for s in others if any(self._searcher.doc_freq(field, s) for field in ("body", "title")))]

    def _rarity(self, held: int) -> float:
        return math.log(1 + (len(self) - held + 0.5) / (held + 0.5))


def _among(ids: Ids, passages: Ids) -> NDArray[np.bool_]:
    """Which of the ids are among these passages, ascending and at least one, `(len(ids),)`."""
    at = np.searchsorted(passages, ids).clip(max=len(passages) - 1)
    return np.asarray(passages[at] == ids, dtype=bool)


def _best_first(ids: Ids, scores: NDArray[np.float64]) -> list[tuple[int, float]]:
    order = np.lexsort((ids, -scores))
    return list(zip(ids[order].tolist(), scores[order].tolist(), strict=True))


@cache
def _analyzer() -> tantivy.TextAnalyzer:
    import tantivy

    words = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
    return words.filter(tantivy.Filter.lowercase()).filter(tantivy.Filter.stemmer("english")).build()


@cache
def _spellings() -> Spellings:
    return Spellings(lambda word: str(_analyzer().analyze(word)[0]))


def stems(text: str) -> list[str]:
    """The stems under which the words of `text` are found, in order; of words with two spellings the American one."""
    return _spellings().american(_analyzer().analyze(text))
