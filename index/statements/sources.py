"""Which words name the speaker of a cue, read off the dependency tree."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.statements.cues import KINDS
from index.statements.syntax import whole_word
from index.types import Kind, Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.statements.syntax import Tree

ATTACKS = frozenset((Kind.ACCUSE, Kind.BLAME, Kind.CRITICISE))
WEIGHED = frozenset(
    ("face", "deny", "reject", "dismiss", "suffer", "escape", "avoid", "draw", "take", "receive", "prompt")
)
TOUCHED = frozenset(("surround", "involve", "include", "contain"))
SUBJECT = ("nsubj", "csubj")
SHARED = frozenset(("advcl", "conj", "xcomp", "pcomp", "prep", "ccomp", "dep", "aux", "acomp", "attr", "oprd"))
CAUSING = frozenset(("prompt", "lead", "cause", "allow", "force", "drive", "spur", "provoke"))
CLIMB = 5
HEADLINE = 8  # words at most before a colon that name who speaks


def source_of(tree: Tree, cue: int, content: Sequence[Span]) -> int | None:
    """The token that heads the speaker's words, or None; never one inside the content."""
    for token in _candidates(tree, cue):
        if token is not None and token != cue and not any(s.start <= tree.starts[token] < s.end for s in content):
            return whole_word(tree, token)[1]
    return None


def _candidates(tree: Tree, cue: int) -> list[int | None]:
    if tree.words[cue] == ":":
        return [_before_colon(tree, cue)]
    if tree.lemmas[cue] == "accord" or tree.words[cue].lower() == "per":
        return [_object(tree, cue, "to"), tree.child(cue, "pobj")]
    if tree.tags[cue].startswith("N"):
        return [*_of_noun(tree, cue), *(() if _suffered(tree, cue) else _shared(tree, cue))]
    if tree.child(cue, "auxpass") is not None or (tree.tags[cue] == "VBN" and tree.child(cue, "agent") is not None):
        return [_agent(tree, cue)]
    if tree.tags[cue] == "VBN" and (tree.deps[cue] in ("acl", "amod") or passive_subject(tree, cue) is not None):
        return [_agent(tree, cue)]
    return [tree.child(cue, *SUBJECT), _inverted(tree, cue), _agent(tree, cue), *_shared(tree, cue)]


def _suffered(tree: Tree, cue: int) -> bool:
    """Whether whoever governs a noun of attack is the one attacked ("he resigned over accusations of fraud")."""
    if KINDS.get(tree.lemmas[cue]) not in ATTACKS:
        return False
    return tree.deps[cue] == "pobj" or tree.lemmas[tree.heads[cue]] in WEIGHED | TOUCHED


def passive_subject(tree: Tree, cue: int) -> int | None:
    """X of "X was accused", "X was arrested and accused", "X stands accused"."""
    head = tree.heads[cue]
    if tree.deps[cue] == "conj" and tree.child(head, "auxpass") is not None and tree.child(cue, "nsubj") is None:
        return tree.child(head, "nsubjpass")
    if tree.lemmas[head] == "stand" and tree.deps[cue] in ("acomp", "xcomp", "advcl", "oprd", "ccomp"):
        return tree.child(head, "nsubj")
    return tree.child(cue, "nsubjpass")


def _agent(tree: Tree, token: int) -> int | None:
    by = tree.child(token, "agent")
    return tree.child(by, "pobj") if by is not None else _object(tree, token, "by")


def _object(tree: Tree, token: int, *prepositions: str) -> int | None:
    for kid in tree.children[token]:
        if tree.deps[kid] in ("prep", "agent") and tree.words[kid].lower() in prepositions:
            return tree.child(kid, "pobj")
    return None


def _inverted(tree: Tree, cue: int) -> int | None:
    """The name after the verb ("…," said Ann Lee), where the parser took it for an object."""
    token = tree.child(cue, "dobj", "attr", "npadvmod")
    if token is None or tree.edges[token][0] != cue + 1 or not tree.tags[token].startswith("NNP"):
        return None
    return token if cue and tree.words[cue - 1] in (",", "”", '"', "''", "’’") else None


def _of_noun(tree: Tree, cue: int) -> list[int | None]:
    """Whose claim or attack it is; "accusations of fraud from two women" tells after "of" what they are about."""
    compound = tree.child(cue, "compound")
    if KINDS.get(tree.lemmas[cue]) not in ATTACKS:
        return [tree.child(cue, "poss"), _object(tree, cue, "by", "from", "of", "among"), compound]
    matter = _object(tree, cue, "of")
    named = compound if compound is not None and tree.tags[compound].startswith("NNP") else None
    farther = _object(tree, matter, "by", "from") if matter is not None else None
    return [tree.child(cue, "poss"), _object(tree, cue, "by", "from", "among"), farther, named]


def _shared(tree: Tree, cue: int) -> list[int | None]:
    """The subject that a verb without one takes over from what governs it."""
    token, found = cue, []
    for _ in range(CLIMB):
        dep, head = tree.deps[token], tree.heads[token]
        if head == token:
            break
        if dep == "acl" and _to(tree, token):
            found.append(tree.child(tree.heads[head], "dative"))
            token = head
            continue
        if dep in ("acl", "relcl", "amod") and tree.tags[head].startswith(("N", "P", "D", "JJ")):
            found.append(head if dep != "amod" and not _used(tree, token) else None)
            token = head
            continue
        if (dep == "xcomp" and tree.lemmas[head] != "use") or (tree.lemmas[head] in CAUSING and _to(tree, token)):
            found.append(tree.child(head, "dobj"))
        if tree.child(head, "auxpass") is not None:
            found += [tree.child(head, "nsubjpass") if dep in ("xcomp", "advcl", "conj") else None, _agent(tree, head)]
        found.append(tree.child(head, *SUBJECT))
        if found[-1] is not None:
            break
        token = head
    return found


def _to(tree: Tree, token: int) -> bool:
    return any(tree.tags[kid] == "TO" for kid in tree.children[token])


def _used(tree: Tree, token: int) -> bool:
    """Whether this is what something is used for ("used an interview to accuse …")."""
    return _to(tree, token) and any(tree.lemmas[above] == "use" for above in list(tree.ancestors(token))[:3])


def _before_colon(tree: Tree, colon: int) -> int | None:
    names = [t for t in range(min(colon, HEADLINE)) if tree.tags[t].startswith(("NN", "PRP"))]
    return names[-1] if names and colon <= HEADLINE else None


def source_span(tree: Tree, token: int, cue: int) -> Span:
    """The words of the speaker: the noun phrase, without a clause that holds the cue."""
    first, last = tree.edges[token]
    first = min(first, whole_word(tree, token)[0])
    for kid in tree.children[token]:
        low, high = tree.edges[kid]
        if low <= cue <= high or tree.deps[kid] in ("relcl", "acl", "advcl", "ccomp", "parataxis"):
            if low > token:
                last = min(last, low - 1)
            else:
                first = max(first, high + 1)
    if first <= cue <= last:
        first, last = (cue + 1, last) if token > cue else (first, cue - 1)
    while last > token and (not tree.words[last][0].isalnum() or tree.deps[last] == "cc"):
        last -= 1
    while first < token and tree.deps[first] in ("punct", "cc"):
        first += 1
    if tree.deps[token] == "poss" and tree.words[last] in ("'s", "’s", "'", "’") and last > token:
        last -= 1
    return Span(tree.starts[first], tree.ends[last])
