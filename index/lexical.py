"""Search by words: tantivy, BM25 over English stems."""

from __future__ import annotations

import math
import re
from functools import cache
from typing import TYPE_CHECKING

from index.errors import ArchiveError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from pathlib import Path

    import tantivy

    from index.types import Passage

_WORD = re.compile(r"\w+")
_HEAP = 64_000_000
"""Bytes of a writer's buffer: one thread's share of tantivy's own default."""


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

    def search(self, words: str, k: int, *, articles: Collection[str] | None = None) -> list[tuple[int, float]]:
        """The `k` best passages for any of the words, best first, as (id, BM25 score), ties by id.

        Args:
            words: plain text; punctuation and operators mean nothing.
            articles: ids of articles to search among; all where it is None.
        """
        import tantivy

        plain = " ".join(_WORD.findall(words.lower()))
        if not plain or (articles is not None and not articles):
            return []
        query = self._index.parse_query(plain, ["title", "body"])
        if articles is not None:
            among = tantivy.Query.term_set_query(_schema(), "article", list(articles))
            only = tantivy.Query.const_score_query(among, 0.0)
            query = tantivy.Query.boolean_query([(tantivy.Occur.Must, query), (tantivy.Occur.Must, only)])
        found = [
            (int(self._searcher.doc(where).to_dict()["passage"][0]), float(score))
            for score, where in self._searcher.search(query, k).hits
        ]
        return sorted(found, key=lambda hit: (-hit[1], hit[0]))

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


@cache
def _analyzer() -> tantivy.TextAnalyzer:
    import tantivy

    words = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
    return words.filter(tantivy.Filter.lowercase()).filter(tantivy.Filter.stemmer("english")).build()


def stems(text: str) -> list[str]:
    """The stems under which the words of `text` are found, in order."""
    return list(_analyzer().analyze(text))
