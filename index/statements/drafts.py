"""Statements before it is known who speaks: what lies in what, and where one speaker's clause ends."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from index.types import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from index.statements.contents import Option
    from index.statements.syntax import Tree

REACH = 40  # sentences around a cue in which its paragraph is looked for
NEXT = 3  # characters from a paragraph to a quotation that belongs to it
ASIDE = frozenset(("while", "whereas", "with"))


@dataclass(frozen=True, slots=True)
class Draft:
    """A statement before it is known who speaks.

    Attributes:
        source: the token that heads the speaker's words.
        through: for "CNN reported, citing officials" the token of the one who cites.
    """

    tree: Tree
    cue: int
    source: int | None
    option: Option
    score: float
    through: int | None = None

    @property
    def at(self) -> int:
        """Where the cue stands."""
        return self.tree.starts[self.cue]

    def holds(self, other: Draft) -> bool:
        """Whether the other is part of what is said here."""
        return other is not self and any(s.start <= other.at < s.end for s in self.option.spans)


def surroundings(trees: Sequence[Tree], number: int, quotes: Sequence[Span]) -> list[Span]:
    """The quotations of a sentence's paragraph and the next."""
    here = trees[number].paragraph
    group = [t for t in trees[max(0, number - REACH) : number + REACH] if t.paragraph in (here, here + 1)]
    first, last = group[0].starts[0], group[-1].ends[-1]
    return [q for q in quotes if q.end > first - NEXT and q.start < last + NEXT]


def scoped(draft: Draft, drafts: Sequence[Draft]) -> Draft:
    """The draft without a last clause in which another speaker speaks ("… while the minister blamed …")."""
    tree, spans = draft.tree, draft.option.spans
    for other in drafts:
        if other.source is None or other.tree is not tree or not draft.holds(other):
            continue
        start = _aside(tree, other.cue, other.source)
        end = spans[-1].end
        reaches = tree.ends[tree.edges[other.cue][1]] >= end - 1
        if start is not None and start > draft.cue and reaches and spans[-1].start < tree.starts[start] < end:
            comma = tree.words[start - 1] == ","
            cut = Span(spans[-1].start, tree.ends[start - 1 - comma])
            return replace(draft, option=replace(draft.option, spans=(*spans[:-1], cut)))
    return draft


def _aside(tree: Tree, cue: int, source: int) -> int | None:
    """The word that sets a clause with its own subject beside the one before ("while", "whereas", "with")."""
    first = tree.edges[cue][0]
    own = tree.heads[source] == cue and source < cue
    for word in (first, first - 1):
        if own and 0 < word < source and tree.words[word].lower() in ASIDE:
            return word
    return None


def cited(draft: Draft) -> Iterator[Draft]:
    """The draft and, where it cites someone for it ("…, CNN reported citing officials"), the one cited."""
    yield draft
    for kid in draft.tree.children[draft.cue]:
        if draft.tree.lemmas[kid] in ("cite", "quote") and draft.tree.tags[kid] == "VBG":
            whom = draft.tree.child(kid, "dobj")
            if whom is not None:
                yield replace(draft, cue=kid, source=whom, through=draft.source)


def outer_of(draft: Draft, drafts: Sequence[Draft]) -> Draft | None:
    """The closest statement that this one is part of."""
    around = [d for d in drafts if d.holds(draft) and not draft.holds(d)]
    return min(around, key=lambda d: sum(s.end - s.start for s in d.option.spans), default=None)
