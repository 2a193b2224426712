"""Words of saying that are known by their place alone: beside a quotation that nobody is yet heard to say.

No list holds every verb that can bring in speech ("“Never!” the audience screamed back"). But where a sentence begins
with a quotation, closed by a comma or a cry, and a subject and its verb follow at once, that verb is one of saying; so
is one that a colon or a comma parts from a quotation, and a colon after a name ("Lee: “We will.”"). What such a verb
brings in is taken from a speaker of the paragraph before; a paragraph that is a quotation and nothing more goes to one.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from index.statements.contents import Option
from index.statements.cues import REPORTING, kind_of
from index.statements.drafts import Draft
from index.statements.quotations import MARK
from index.statements.sources import source_of
from index.statements.words import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from index.statements.syntax import Tree
    from index.types import Span

NEXT = 3  # characters from a quotation that is a sentence of its own to the words after it
ENDINGS = ",?!—"
ANSWERING = words(
    """
    ask say tell reply respond retort answer shout cry wonder tweet write add continue exclaim scream yell joke quip
    insist declare press demand retaliate counter snap
    """
)
NAME = 8  # words at most before a colon that are a name, with a role or not
NAMES = ("NNP", "NNPS")
NAMING = (*NAMES, "-LRB-", "-RRB-", "HYPH", "NN", "NNS", "CC", "JJ", ",", "POS", "CD")


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
    if len(between) > NEXT or between.strip():
        return False
    if quote.end <= tree.starts[0] and not text[begin].islower() and tree.lemmas[cue] not in ANSWERING:
        return False
    return "\n" not in between and MARK.sub("", quote.of(text)).rstrip()[-1:] in ENDINGS


def _leads(tree: Tree, cue: int, quote: Span, text: str) -> bool:
    """Whether only a comma or a colon stands between the cue and a whole sentence between marks."""
    if quote.start < tree.ends[cue] or not MARK.sub("", quote.of(text)).lstrip()[:1].isupper():
        return False
    between = text[tree.ends[cue] : quote.start].strip()
    if tree.words[cue] == ":":
        before = tree.tags[:cue]
        named = cue <= NAME and any(tag in NAMES for tag in before) and all(tag in NAMING for tag in before)
        return not between and named
    return between in (",", ":") and _subject(tree, cue) is not None


def _subject(tree: Tree, cue: int) -> int | None:
    return tree.child(cue, "nsubj") if tree.tags[cue] in ("VBD", "VBZ", "VBP") else None


def with_free(text: str, trees: Sequence[Tree], quotes: Sequence[Span], drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts once every quotation has been looked at that nobody is yet heard to say, or the wrong one is."""
    drafts = _with_uttered(text, trees, quotes, _disputed(text, trees, drafts))
    return _continued(text, drafts, quotes)


def _disputed(text: str, trees: Sequence[Tree], drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts without a quotation from a later paragraph that words beside it bring in there."""
    return [_until(draft, -1) if _is_disputed(text, trees, draft) else draft for draft in drafts]


def _is_disputed(text: str, trees: Sequence[Tree], draft: Draft) -> bool:
    spans, last = draft.option.spans, draft.option.spans[-1]
    if len(spans) == 1 or "\n" not in text[max(draft.at, spans[-2].end) : last.start]:
        return False
    beside = [t for t in trees if t is not draft.tree and last.end > t.starts[0] - NEXT and last.start < t.ends[-1]]
    return any(True for tree in beside for _ in utterances(tree, [last], text))


def _until(draft: Draft, end: int, *more: Span) -> Draft:
    return replace(draft, option=replace(draft.option, spans=(*draft.option.spans[:end], *more)))


def _continued(text: str, drafts: Sequence[Draft], quotes: Sequence[Span]) -> list[Draft]:
    """The drafts, each with the quotations that nobody takes up and that make up the paragraphs after its own."""
    said = [span for draft in drafts for span in draft.option.spans]
    found = {d.at: d for d in sorted(drafts, key=lambda d: d.at)}
    for quote in quotes:
        if any(quote.overlaps(span) for span in said) or not _is_paragraph(text, quote):
            continue
        above = text.rfind("\n", 0, _written_before(text, quote.start)) + 1
        before = [at for at, d in found.items() if above <= max(at, d.option.spans[-1].start) < quote.start]
        if not before:
            continue
        draft = found[before[-1]]
        if draft.source is not None and kind_of(draft.tree, draft.cue, "") in REPORTING:
            found[before[-1]] = _until(draft, len(draft.option.spans), quote)
    return list(found.values())


def _is_paragraph(text: str, quote: Span) -> bool:
    """Whether a quotation, and nothing else, makes up a paragraph or several sentences at its end."""
    after = text[quote.end : quote.end + NEXT].lstrip(" .\u00a0")
    alone = "\n" in text[_written_before(text, quote.start) : quote.start]
    return alone and not after.partition("\n")[0] and " " in quote.of(text)


def _written_before(text: str, at: int) -> int:
    """Where what is written before a place ends; the text is not copied, since it may be long and quote much."""
    while at and text[at - 1].isspace():
        at -= 1
    return at


def _with_uttered(text: str, trees: Sequence[Tree], quotes: Sequence[Span], drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts with the quotations that none takes up, added to the draft of their own cue or as new drafts."""
    said = [span for draft in drafts for span in draft.option.spans]
    free = [quote for quote in quotes if not any(quote.overlaps(span) for span in said)]
    found = {draft.at: draft for draft in drafts}
    for tree in trees if free else ():
        near = [q for q in free if q.end > tree.starts[0] - NEXT and q.start < tree.ends[-1]]
        for cue, option in utterances(tree, near, text) if near else ():
            known = found.get(tree.starts[cue])
            if known is not None:
                spans = tuple(sorted((*known.option.spans, *option.spans)))
                found[known.at] = replace(known, option=replace(known.option, spans=spans))
            else:
                draft = Draft(tree, cue, source_of(tree, cue, option.spans), option, 0.0)
                found[draft.at] = draft
    return list(found.values())
