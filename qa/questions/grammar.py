"""The grammar of a question: its noun phrases with their part in it, and where its verb stands."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from index.statements.syntax import parser
from index.types import Sentence

if TYPE_CHECKING:
    from index.statements.syntax import Tree

MODIFIERS = frozenset("det compound amod nummod poss nmod quantmod predet".split())
DIRECT = frozenset("nsubj nsubjpass dobj attr dative".split())
SUBJECTS = frozenset("nsubj nsubjpass".split())
ASKING = frozenset("who whom whose what which how when where why".split())
DOING = frozenset("did does do has have had will would".split())
PLACES = frozenset("in at near to from into toward towards around outside inside".split())


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun with what stands before it and belongs to it: `text[start:end]`.

    Attributes:
        words: as they are printed.
        head: the noun, lower case.
        role: its dependency (nsubj, dobj, pobj, …); a noun joined to another has the other's.
        preposition: the word that leads it, lower case, else empty.
        named: whether it is a name.
        plural: whether it stands for several.
        definite: whether "the" or the like stands before it.
        alone: whether nothing but an article tells which one it is.
        asking: whether it holds the asking word ("which company").
    """

    start: int
    end: int
    words: str
    head: str
    role: str
    preposition: str
    named: bool
    plural: bool
    definite: bool
    alone: bool
    asking: bool

    @property
    def subject(self) -> bool:
        """Whether the verb is said of it."""
        return self.role in SUBJECTS

    @property
    def personal(self) -> bool:
        """Whether it can be a person: a name without an article, and no place that something is in."""
        if not self.named or self.definite:
            return False
        return " " in self.words if self.role == "pobj" and self.preposition in PLACES | {"of"} else True


@dataclass(frozen=True)
class Clause:
    """A question as it is parsed."""

    text: str
    tree: Tree

    @cached_property
    def phrases(self) -> tuple[Phrase, ...]:
        """Its noun phrases, in order, without pronouns."""
        tree = self.tree
        found = [
            self._phrase(token)
            for token, tag in enumerate(tree.tags)
            if tag.startswith("NN") and tree.deps[token] not in ("compound", "nmod")
        ]
        return tuple(self._joined(found))

    def _joined(self, found: list[Phrase]) -> list[Phrase]:
        """Names that the parser took for two though they stand side by side ("Theresa" "May") as one."""
        joined: list[Phrase] = []
        for phrase in found:
            before = joined[-1] if joined else None
            if before and before.named and phrase.named and self.text[before.end : phrase.start] == " ":
                words = self.text[before.start : phrase.end]
                joined[-1] = replace(before, end=phrase.end, words=words, head=phrase.head)
            else:
                joined.append(phrase)
        return joined

    def _phrase(self, head: int) -> Phrase:
        tree = self.tree
        if head == self._misread:
            return self._phrase_before(head)
        before = [k for k in tree.children[head] if k < head and tree.deps[k] in MODIFIERS]
        first = min((tree.edges[k][0] for k in before), default=head)
        top = head
        while tree.deps[top] in ("conj", "appos") and tree.heads[top] != top:
            top = tree.heads[top]
        above = tree.heads[top]
        preposition = tree.words[above].lower() if tree.deps[top] == "pobj" else ""
        inside = [
            k for k in range(first, head) if tree.deps[k] != "det" and tree.words[k].lower() not in ("the", "a", "an")
        ]
        lower = {tree.words[k].lower() for k in range(first, head + 1)}
        start, end = tree.starts[first], tree.ends[head]
        return Phrase(
            start,
            end,
            self.text[start:end],
            tree.words[head].lower(),
            tree.deps[top],
            preposition,
            named=tree.tags[head].startswith("NNP") and tree.words[head][0].isupper(),
            plural=tree.tags[head] in ("NNS", "NNPS") or any(tree.deps[k] == "conj" for k in tree.children[head]),
            definite=tree.words[first].lower() in ("the", "this", "that", "these", "those"),
            alone=not inside and not any(tree.deps[k] in ("prep", "relcl", "acl") for k in tree.children[head]),
            asking=bool(lower & ASKING),
        )

    def _phrase_before(self, verb: int) -> Phrase:
        """The subject that was read into one phrase with its verb."""
        tree = self.tree
        first = min((k for k in range(verb) if tree.words[k].lower() in ("did", "does", "do")), default=0) + 1
        start, end = tree.starts[first], tree.ends[verb - 1]
        definite = tree.words[first].lower() in ("the", "this", "that", "these", "those")
        return Phrase(
            start,
            end,
            self.text[start:end],
            tree.words[verb - 1].lower(),
            "nsubj",
            "",
            named=tree.words[verb - 1][0].isupper(),
            plural=tree.tags[verb - 1] in ("NNS", "NNPS"),
            definite=definite,
            alone=verb - first <= 1 + definite,
            asking=False,
        )

    @cached_property
    def root(self) -> int:
        """The main verb's token."""
        root = next(k for k, head in enumerate(self.tree.heads) if head == k)
        return root if self._misread is None else self._misread

    @cached_property
    def _misread(self) -> int | None:
        """The main verb where it was taken for a noun after its subject ("did the union demand"), else None."""
        tree = self.tree
        does = next((k for k, word in enumerate(tree.words) if word.lower() in ("did", "does", "do")), None)
        if does is None or any(tag.startswith("VB") for tag in tree.tags[does + 1 :]):
            return None
        nouns = [k for k in range(does + 1, len(tree)) if tree.tags[k].startswith("NN")]
        small = [k for k in nouns if tree.words[k].islower() and k > does + 1]
        subject = [k for k in nouns if small and k < small[-1]]
        following = [k for k in small if k - 1 in subject]
        return following[0] if following else None

    @property
    def has_verb(self) -> bool:
        """Whether it holds a finite verb or an asking word, so that it is more than a phrase."""
        return any(tag.startswith(("VB", "MD")) for tag in self.tree.tags) or bool(
            {word.lower() for word in self.tree.words} & ASKING
        )

    @property
    def verb(self) -> str:
        """The main verb's dictionary form."""
        return self.tree.lemmas[self.root]

    @property
    def asks_what(self) -> bool:
        """Whether the thing asked for is what is done or said ("what did he accuse them of")."""
        words = [word.lower() for word in self.tree.words[:4]]
        return "what" in words and not DOING.isdisjoint(words)

    @property
    def tail(self) -> str:
        """What follows the main verb, without the closing mark; empty where nothing does."""
        return re.sub(r"[\s?.!]+$", "", self.text[self.tree.ends[self.root] :])


@lru_cache(maxsize=256)
def clause(text: str) -> Clause:
    """Parses a question; the parser loads at the first. A text without words is parsed as a mark."""
    text = text if text.strip() else "?"
    (tree,) = parser().trees([Sentence("", 0, 0, len(text), text)])
    return Clause(text, tree)


def phrases(text: str) -> tuple[Phrase, ...]:
    """The noun phrases of a text; none of an empty one."""
    return clause(text).phrases if text.strip() else ()
