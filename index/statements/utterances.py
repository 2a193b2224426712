"""Words of saying that are known by their place alone: beside a quotation that nobody is yet heard to say.

No list holds every verb that can bring in speech ("“Never!” the audience screamed back"). But where a sentence begins
with a quotation, closed by a comma or a cry, and a subject and its verb follow at once, that verb is one of saying; so
is one that a colon or a comma parts from a quotation, and a colon after a name ("Lee: “We will.”").
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.statements.contents import Option
from index.statements.quotations import MARK

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from index.statements.syntax import Tree
    from index.types import Span

NEXT = 3  # characters from a quotation that is a sentence of its own to the words after it
ENDINGS = ",?!—"
NAME = 6  # words at most before a colon that are a name
NAMING = ("NNP", "NNPS", "-LRB-", "-RRB-", "HYPH")


def utterances(tree: Tree, quotes: Sequence[Span], text: str) -> Iterator[tuple[int, Option]]:
    """Each word that brings in one of these quotations by its place, with the quotation as what is said."""
    for cue in range(len(tree)):
        if any(q.start <= tree.starts[cue] < q.end for q in quotes):
            continue
        for quote in quotes:
            if _follows(tree, cue, quote, text) or _leads(tree, cue, quote, text):
                yield cue, Option("utterance", (quote,), cue)


def _follows(tree: Tree, cue: int, quote: Span, text: str) -> bool:
    """Whether the cue's clause comes at once after a quotation that opens the sentence or that it continues."""
    subject = _subject(tree, cue)
    if subject is None or tree.lemmas[cue] in ("be", "have", "do"):
        return False
    if quote.end > tree.starts[cue] or quote.start > tree.starts[0]:
        return False
    begin = tree.starts[min(cue, tree.edges[subject][0])]
    between = text[quote.end : begin]
    if len(between) > NEXT or between.strip() or (quote.end <= tree.starts[0] and not text[begin].islower()):
        return False
    return "\n" not in between and MARK.sub("", quote.of(text)).rstrip()[-1:] in ENDINGS


def _leads(tree: Tree, cue: int, quote: Span, text: str) -> bool:
    """Whether only a comma or a colon stands between the cue and a whole sentence between marks."""
    if quote.start < tree.ends[cue] or not MARK.sub("", quote.of(text)).lstrip()[:1].isupper():
        return False
    between = text[tree.ends[cue] : quote.start].strip()
    if tree.words[cue] == ":":
        return not between and 0 < cue <= NAME and all(tag in NAMING for tag in tree.tags[:cue])
    return between in (",", ":") and _subject(tree, cue) is not None


def _subject(tree: Tree, cue: int) -> int | None:
    return tree.child(cue, "nsubj") if tree.tags[cue] in ("VBD", "VBZ", "VBP") else None
