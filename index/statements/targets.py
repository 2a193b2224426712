"""Whom a statement is about: the one blamed, accused, criticised, asked, contradicted, agreed with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.statements.cues import SAID_BY_OTHERS
from index.statements.sources import WEIGHED, passive_subject
from index.statements.words import words
from index.types import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.statements.syntax import Tree
    from index.types import Span

OBJECT = frozenset((Kind.ACCUSE, Kind.CRITICISE, Kind.PRAISE, Kind.THREATEN, Kind.WARN, Kind.AGREE))
SAYINGS = frozenset((Kind.REJECT, Kind.DENY, Kind.DOUBT, Kind.DISAGREE))
AGAINST = ("against", "at", "on", "toward", "towards", "with")
ABOUT = ("of", "for", "about", "to")
UNDER = ("by", "over", "amid", "despite", "following")
BROKEN = words(
    """
    fail failure collapse breakdown break break-up breakup stall deadlock impasse end crisis delay defeat loss
    lose death die shutdown rise violence attack war problem trouble fall drop decline recession
    """
)
REFUSING = frozenset(("refuse", "fail", "decline", "refusal", "failure", "lack", "unwillingness", "insist", "reject"))


def target_of(tree: Tree, cue: int, kind: Kind) -> int | None:
    """The token that heads the target's words, or None."""
    if kind is Kind.BLAME:
        return _blamed(tree, cue)
    if kind is Kind.DEMAND:
        return _pobj(tree, cue, "on", "upon") if tree.lemmas[cue] == "call" else tree.child(cue, "dobj", "nsubjpass")
    if kind in SAYINGS:
        return _sayer(tree, cue)
    if kind in OBJECT:
        return _opposed(tree, cue, kind)
    return None


def _opposed(tree: Tree, cue: int, kind: Kind) -> int | None:
    thing = tree.child(cue, "dobj")
    if (passive := _passive(tree, cue)) is not None:
        thing = passive
    if tree.tags[cue].startswith("N") or thing is None:
        found = _pobj(tree, cue, *(AGAINST[:3] if kind is Kind.ACCUSE else (*AGAINST, *ABOUT)))
        return found if found is not None or kind is not Kind.ACCUSE else _under(tree, cue)
    return _owner(tree, thing)


def charge_of(tree: Tree, cue: int, accused: int) -> bool:
    """Whether "of …" after the accused tells of what ("the bank of fraud"), though the parser takes it along."""
    mine = any(tree.words[kid].lower() == "of" for kid in tree.children[cue])
    return tree.lemmas[cue] == "accuse" and not mine and tree.tags[accused] in ("NN", "NNS", "PRP$")


def _under(tree: Tree, noun: int) -> int | None:
    """X of "X, dogged by accusations", "X faces accusations", "X resigned over accusations"."""
    verb = tree.heads[noun]
    if tree.deps[noun] == "pobj":
        if tree.words[verb].lower() not in UNDER:
            return None
        verb = tree.heads[verb]
        if tree.tags[verb] == "VBN" and tree.deps[verb] in ("acl", "relcl"):
            subject = tree.child(verb, "nsubjpass")
            whose = subject if subject is not None else tree.heads[verb]
            return tree.heads[verb] if tree.tags[whose].startswith("W") else whose
        return tree.child(verb, "nsubjpass", "nsubj")
    return tree.child(verb, "nsubj") if tree.deps[noun] == "dobj" and tree.lemmas[verb] in WEIGHED else None


def _passive(tree: Tree, cue: int) -> int | None:
    """X of "X was blamed" and of "X, accused of …"."""
    if tree.tags[cue] == "VBN" and tree.deps[cue] == "acl":
        return tree.heads[cue]
    return passive_subject(tree, cue) if tree.tags[cue] == "VBN" else tree.child(cue, "nsubjpass")


def _blamed(tree: Tree, cue: int) -> int | None:
    """X of "blame X for Y", "blame Y on X", "hold X responsible", "the blame on X"."""
    found = _pobj(tree, cue, "on", "upon", after=True)
    if found is None and (passive := _passive(tree, cue)) is not None:
        return passive
    thing = tree.child(cue, "dobj")
    if found is None and thing is not None:
        found = _laid_on(tree, thing)
    if found is None:
        found = thing
    if found is None:
        clause = tree.child(cue, "ccomp", "xcomp")
        found = tree.child(clause, "nsubj") if clause is not None else None
    return _owner(tree, found)


def _laid_on(tree: Tree, thing: int) -> int | None:
    """X of "the collapse of the talks on X", which the parser hangs below the nearest noun."""
    for token in tree.below(thing):
        if tree.words[token].lower() in ("on", "upon") and tree.edges[token][1] == tree.edges[thing][1]:
            return tree.child(token, "pobj")
    return None


def _sayer(tree: Tree, cue: int) -> int | None:
    """X of "reject X's claims", "disagree with X", "dispute the claim by X"."""
    found = tree.child(cue, "dobj", "nsubjpass")
    if found is None:
        found = _pobj(tree, cue, "with", "of", "on", "to", "about")
    if found is None:
        return None
    if SAID_BY_OTHERS.search(tree.words[found]) or tree.child(found, "poss") is not None:
        owner = tree.child(found, "poss", "compound")
        return owner if owner is not None else _pobj(tree, found, "by", "from", "of")
    named = tree.tags[found] in ("NNP", "NNPS") or tree.words[found].lower() in ("him", "her", "them")
    return found if named else None


def _owner(tree: Tree, token: int | None) -> int | None:
    """X of "X's decision", else the token itself."""
    owner = tree.child(token, "poss") if token is not None else None
    return owner if owner is not None else token


def _pobj(tree: Tree, token: int, *prepositions: str, after: bool = False) -> int | None:
    for kid in tree.children[token]:
        if tree.deps[kid] == "prep" and (kid > token or not after) and tree.words[kid].lower() in prepositions:
            found = tree.child(kid, "pobj")
            if found is not None:
                return found
    return None


def blamed_in(tree: Tree, content: Sequence[Span]) -> int | None:
    """Who is to blame by the content itself: "failed because X would not …", "is due to the fact that X …"."""
    inside = [t for t in range(len(tree)) if any(s.start <= tree.starts[t] < s.end for s in content)]
    for token in inside:
        if tree.words[token].lower() not in ("because", "due") or not _went_wrong(tree, inside, token):
            continue
        verb = next((t for t in _clause(tree, token) if t > token and _refuses(tree, t)), None)
        subject = _subject(tree, verb) if verb is not None else None
        if subject is not None and subject > token and not tree.tags[subject].startswith(("PRP", "W")):
            return subject
    return None


def _clause(tree: Tree, token: int) -> list[int]:
    """What "because" or "due" brings in: its own words, or the clause it opens."""
    if tree.deps[token] in ("mark", "advmod"):
        verb = tree.heads[token]
        return [verb, *(k for k in tree.children[verb] if tree.deps[k] == "conj")]
    return tree.below(token)


def _went_wrong(tree: Tree, inside: Sequence[int], before: int) -> bool:
    return any(tree.lemmas[t].lower() in BROKEN for t in inside if t < before) or "up" in tree.words[:before]


def _refuses(tree: Tree, token: int) -> bool:
    if not tree.tags[token].startswith("V"):
        return False
    return tree.lemmas[token] in REFUSING or tree.child(token, "neg") is not None


def _subject(tree: Tree, verb: int) -> int | None:
    return tree.child(verb, "nsubj", "nsubjpass")
