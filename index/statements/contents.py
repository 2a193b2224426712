"""What a word of saying can have said: every candidate for the content, from the dependency tree.

A cue such as "blamed" has several candidates: its object, its object with what follows, the object of its
preposition, the clause it stands in ("…, he said"), the quotation beside it. Each is a handful of character spans
and a template, its path from the cue; `index.statements.judge` chooses among them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.statements.words import words
from index.types import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from index.statements.syntax import Tree

DIRECT = words(
    """
    ccomp xcomp dobj advcl prep oprd acl relcl nsubj nsubjpass csubj attr acomp dep parataxis npadvmod advmod intj
    appos pcomp pobj amod compound poss dative conj punct mark
    """
)
FURTHER = {
    "prep": ("pobj", "pcomp", "prep"),
    "agent": ("pobj",),
    "xcomp": ("dobj", "ccomp", "xcomp", "prep", "acomp", "attr"),
    "advcl": ("dobj", "ccomp", "xcomp"),
    "dobj": ("prep", "acl", "relcl"),
    "acomp": ("ccomp", "xcomp", "prep", "advcl"),
    "attr": ("prep", "acl", "relcl"),
    "pobj": ("prep", "acl", "relcl", "pcomp"),
    "nsubj": ("prep",),
    "ccomp": ("ccomp",),
}
DEPTH = 4
NEXT = 3  # characters between one sentence and the quotation after it
PARAGRAPH = 6  # the same where a colon leads to the next paragraph
PUNCTUATION = frozenset((",", ":", ".", "HYPH", "-LRB-", "-RRB-", "NFP", "_SP"))
MARKS = frozenset(("``", "''"))
GOVERNED = words(
    """
    ccomp parataxis advcl relcl acl prep conj pcomp appos amod nsubj nsubjpass dobj pobj attr compound dep advmod
    xcomp poss npadvmod
    """
)


@dataclass(frozen=True, slots=True)
class Option:
    """One candidate.

    Attributes:
        template: the path from the cue, as a name.
        spans: characters of the article, in order.
        head: the token that heads the content, in the cue's sentence; the cue itself where it lies elsewhere.
    """

    template: str
    spans: tuple[Span, ...]
    head: int


def options(tree: Tree, cue: int, quotes: Sequence[Span]) -> list[Option]:
    """The candidates of one cue, none twice; `quotes` are the quotations of the cue's surroundings."""
    found: dict[tuple[Span, ...], Option] = {}
    for option in (*_beside(tree, cue, quotes), *_around(tree, cue), *_quoted(tree, cue, quotes)):
        spans = _widened(option.spans, quotes, tree, cue)
        if spans and spans not in found and not any(s.start <= tree.starts[cue] < s.end for s in spans):
            found[spans] = Option(option.template, spans, option.head)
    return list(found.values())


def _beside(tree: Tree, cue: int, quotes: Sequence[Span]) -> Iterator[Option]:
    """Descendants on either side, alone and run together."""
    anchors = list(_anchors(tree, cue, "", DEPTH))
    right = [k for k in tree.children[cue] if k > cue and tree.deps[k] != "punct"]
    subject = tree.child(cue, "nsubj", "nsubjpass")
    for path, token in anchors:
        first, last = tree.edges[token]
        if first > cue:
            yield from _cut(tree, path, token)
            yield from _to_quote(tree, path, token, quotes)
            ends = {token: path}
            ends.update({k: f"{path}+{tree.deps[k]}" for k in right if tree.edges[k][1] > last})
            for end, name in ends.items():
                span = _trimmed(tree, first, tree.edges[end][1])
                if span:
                    yield Option(name, (span,), token)
                    if subject is not None and subject < cue and path in SPLIT:
                        yield from _with_subject(tree, subject, name, span, token)
        elif last < cue:
            span = _trimmed(tree, first, last)
            if span:
                yield Option("<" + path, (span,), token)
                following = [q for q in quotes if tree.ends[cue] < q.start < tree.ends[-1] + NEXT]
                if path == "ccomp" and following:
                    yield Option("<ccomp quote", (span, following[0]), token)
        else:
            yield from _holed(tree, cue, path, token)


def _cut(tree: Tree, path: str, token: int) -> Iterator[Option]:
    """A descendant without its last modifier, which may belong to the writer."""
    for kid in tree.children[token]:
        if kid > token and tree.deps[kid] in LOOSE and tree.edges[kid][1] == tree.edges[token][1]:
            span = _trimmed(tree, tree.edges[token][0], tree.edges[kid][0] - 1)
            if span:
                yield Option(f"{path}-{tree.deps[kid]}", (span,), token)


def _to_quote(tree: Tree, path: str, token: int, quotes: Sequence[Span]) -> Iterator[Option]:
    """A descendant up to the end of the last quotation in it, after which the writer may go on."""
    span = _trimmed(tree, *tree.edges[token])
    ends = [q.end for q in quotes if span and span.start <= q.start and q.end < span.end]
    if span and ends:
        yield Option(f"{path}-quote", (Span(span.start, ends[-1]),), token)


LOOSE = frozenset(("relcl", "advcl", "appos", "conj", "prep", "npadvmod", "acl", "parataxis", "ccomp", "dep"))
SPLIT = frozenset(("xcomp", "oprd", "prep", "prep>pobj", "prep>pcomp", "acomp", "dobj", "attr", "ccomp", "advcl"))


def _with_subject(tree: Tree, subject: int, name: str, span: Span, token: int) -> Iterator[Option]:
    head = _trimmed(tree, *tree.edges[subject])
    if head:
        yield Option("subject+" + name, (head, span), token)


def _anchors(tree: Tree, token: int, path: str, depth: int) -> Iterator[tuple[str, int]]:
    for kid in tree.children[token]:
        dep = tree.deps[kid]
        if not path and dep not in DIRECT:
            if dep in FURTHER and depth > 1:
                yield from _anchors(tree, kid, dep, depth - 1)
            continue
        if path and dep not in FURTHER.get(tree.deps[token], ()):
            continue
        name = f"{path}>{dep}" if path else dep
        if dep != "punct":
            yield name, kid
        if dep in FURTHER and depth > 1:
            yield from _anchors(tree, kid, name, depth - 1)


def _holed(tree: Tree, cue: int, path: str, token: int) -> Iterator[Option]:
    """A descendant that stands on both sides of the cue: its words without the cue's own."""
    mine = {cue, *(t for k in tree.children[cue] if k != token and tree.deps[k] != "punct" for t in tree.below(k))}
    spans = _runs(tree, [t for t in tree.below(token) if t not in mine])
    if spans:
        yield Option("o" + path, spans, token)


def _around(tree: Tree, cue: int) -> Iterator[Option]:
    """What governs the cue, without the cue's own words."""
    dep, head = tree.deps[cue], tree.heads[cue]
    if head == cue or dep not in GOVERNED:
        return
    mine = set(tree.below(cue))
    for level, above in enumerate(tree.ancestors(cue)):
        if level > 1:
            return
        rest = [t for t in tree.below(above) if t not in mine]
        spans = _runs(tree, rest)
        if spans:
            yield Option(f"^{dep}{level}", spans, above)
        for kid in tree.children[above]:
            if kid not in mine and tree.deps[kid] in (
                "nsubj",
                "dobj",
                "attr",
                "ccomp",
                "acl",
                "relcl",
                "xcomp",
                "prep",
            ):
                span = _trimmed(tree, *tree.edges[kid])
                if span:
                    yield Option(f"^{dep}{level}>{tree.deps[kid]}", (span,), kid)


def _quoted(tree: Tree, cue: int, quotes: Sequence[Span]) -> Iterator[Option]:
    """Quotations before, after and on both sides of the cue, in this sentence or next to it."""
    at, first, last = tree.starts[cue], tree.starts[0], tree.ends[-1]
    colon = tree.words[-1] == ":"
    before = [q for q in quotes if q.end <= at and q.end > first - NEXT]
    after = [q for q in quotes if q.start >= tree.ends[cue] and q.start < last + (PARAGRAPH if colon else NEXT)]
    if before:
        yield Option("<quote" if before[-1].end > first else "<quote before", (before[-1],), cue)
        if len(before) > 1:
            yield Option("<quotes", (Span(before[0].start, before[-1].end),), cue)
    if after:
        yield Option("quote" if after[0].start < last else "quote after", (after[0],), cue)
        if len(after) > 1:
            yield Option("quotes", (Span(after[0].start, after[-1].end),), cue)
    if before and after and before[-1].end > first:
        near = after[0].start < last
        yield Option("<quote>" if near else "<quote> after", (before[-1], after[0]), cue)
    if colon or tree.words[cue] == ":":
        yield Option("rest", tuple(filter(None, [_trimmed(tree, cue + 1, len(tree) - 1)])), cue)


def _runs(tree: Tree, tokens: Sequence[int]) -> tuple[Span, ...]:
    """Tokens as spans: one for each unbroken run."""
    spans: list[Span] = []
    start = 0
    for place, token in enumerate(tokens):
        if place + 1 == len(tokens) or tokens[place + 1] != token + 1:
            span = _trimmed(tree, tokens[start], token)
            start = place + 1
            if span:
                spans.append(span)
    return tuple(spans)


def _trimmed(tree: Tree, first: int, last: int) -> Span | None:
    """Tokens from first to last as characters, without punctuation or a lone quotation mark at the edges."""
    while first <= last and (tree.tags[first] in PUNCTUATION or tree.tags[first] == "''"):
        first += 1
    while first <= last and (tree.tags[last] in PUNCTUATION or tree.tags[last] == "``"):
        last -= 1
    return Span(tree.starts[first], tree.ends[last]) if first <= last else None


def _widened(spans: tuple[Span, ...], quotes: Sequence[Span], tree: Tree, cue: int) -> tuple[Span, ...]:
    """Spans that end inside a quotation, drawn to its marks; spans that meet become one."""
    out: list[Span] = []
    at = tree.starts[cue]
    for span in spans:
        start, end = span.start, span.end
        for quote in quotes:
            if quote.start <= at < quote.end:
                continue
            if quote.start <= start < quote.end:
                start = quote.start
            if quote.start < end <= quote.end:
                end = quote.end
        if out and start <= out[-1].end:
            out[-1] = Span(out[-1].start, max(end, out[-1].end))
        else:
            out.append(Span(start, end))
    return tuple(out)
