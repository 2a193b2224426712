"""Which verb a day belongs to, and whether that verb tells what happened or what is announced.

Only the main clause, what is joined to it by "and", and what it reports are read: the day of a relative clause ("the
man, who was freed on Monday, said …") is not the day of what the sentence tells. Tags and dependencies are those of
`index.statements.syntax`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qa.stories.mentions import Tense

if TYPE_CHECKING:
    from index.statements.syntax import Tree
    from qa.stories.mentions import Mention

PARTS = frozenset("morning afternoon evening night noon midnight hours dawn".split())
"""Parts of a day that a weekday may stand with: "Friday morning", "in the early hours of Friday"."""
PLACED = frozenset("on of".split())
PLACED_IN_PART = frozenset("on of in at around during".split())
SETTLED = frozenset({"this", "earlier", "early", "late", "later", "mid"})
"""Words beside a weekday that leave it the day it is; others ("every", "the following", "Black") make it another."""
REPORTED = frozenset({"ccomp", "parataxis"})
DOUBTING = frozenset("deny doubt dispute reject refute ask wonder question pretend imagine hope wish want".split())
OPEN = frozenset("if whether unless".split())
SCHEDULED = frozenset("expect schedule set due plan slate intend aim prepare".split())
SUBJECTS = frozenset({"nsubj", "nsubjpass", "expl", "csubj", "csubjpass"})
EDITED = frozenset("amend update correct publish post".split())
PRINTED = frozenset("article story report post piece version page".split())
"""What is done to an article itself is no part of what it tells."""
PRESENT = frozenset({"VBZ", "VBP"})


def tense_of(tree: Tree, mention: Mention, offset: int) -> Tense | None:
    """How the clause that a mention belongs to tells; None where that is open.

    Args:
        tree: the sentence.
        mention: in the sentence's text.
        offset: where that text starts in the article.
    """
    inside = [
        token
        for token in range(len(tree))
        if tree.starts[token] < offset + mention.end and offset + mention.start < tree.ends[token]
    ]
    tops = [token for token in inside if tree.heads[token] not in inside or tree.heads[token] == token]
    if len(tops) != 1:
        return None
    verb = _verb(tree, tops[0], frozenset(inside))
    if verb is None or not _is_main(tree, verb):
        return None
    nowadays = tree.words[tops[0]].lower() == "today" and tree.deps[verb] == "xcomp"
    return None if nowadays else _tense(tree, verb)


def _verb(tree: Tree, token: int, inside: frozenset[int]) -> int | None:
    """The verb that a day belongs to as an adverb, by itself or after "on"."""
    in_part = False
    while True:
        if not _alone(tree, token, inside):
            return None
        dep, head = tree.deps[token], tree.heads[token]
        word = tree.words[head].lower()
        if dep in ("npadvmod", "advmod", "tmod") and tree.tags[head][0] == "V":
            return head
        if dep in ("compound", "nmod", "amod", "poss", "npadvmod") and word in PARTS:
            token, in_part = head, True
            continue
        if dep != "pobj" or word not in (PLACED_IN_PART if in_part else PLACED):
            return None
        above = tree.heads[head]
        if tree.words[above].lower() in PARTS:
            token, in_part = above, True
        elif word != "of" and tree.tags[above][0] == "V":
            return above
        else:
            return None


def _alone(tree: Tree, token: int, inside: frozenset[int]) -> bool:
    """Whether a day is neither one of several nor made another by a word beside it."""
    if tree.deps[token] == "conj":
        return False
    if tree.words[token].lower() in PARTS:
        return True
    beside = [child for child in tree.children[token] if child not in inside]
    if any(tree.deps[child] in ("cc", "conj", "relcl") for child in beside):
        return False
    kinds = ("det", "amod", "compound", "predet", "poss", "nummod")
    return all(tree.words[child].lower() in SETTLED for child in beside if tree.deps[child] in kinds)


def _is_main(tree: Tree, verb: int) -> bool:
    """Whether a verb is of the main clause, or of what the main clause reports as it is."""
    while True:
        if any(tree.deps[k] == "mark" and tree.words[k].lower() in OPEN for k in tree.children[verb]):
            return False
        dep, head = tree.deps[verb], tree.heads[verb]
        if head == verb:
            return True
        reported = dep in REPORTED and tree.lemmas[head] not in DOUBTING and not _negated(tree, head)
        if not (reported or dep == "conj" or (dep == "xcomp" and _scheduled(tree, verb))):
            return False
        verb = head


def _negated(tree: Tree, verb: int) -> bool:
    return tree.child(verb, "neg") is not None


def _tense(tree: Tree, verb: int) -> Tense | None:
    subject = _subject(tree, verb)
    if subject is None or (tree.lemmas[verb] in EDITED and tree.lemmas[subject] in PRINTED):
        return None
    if tree.deps[verb] == "xcomp":
        return Tense.FUTURE if _scheduled(tree, verb) else None
    helpers = _helpers(tree, verb)
    words = {tree.words[k].lower() for k in helpers}
    tags = {tree.tags[k] for k in helpers}
    if "MD" in tags:
        ahead = words & {"will", "'ll", "’ll", "shall", "wo"}
        return Tense.FUTURE if ahead and "have" not in words else None
    if tree.tags[verb] == "VBD" or "VBD" in tags:
        return Tense.PAST
    has = words & {"has", "have", "'ve", "’ve"}
    return Tense.PAST if tree.tags[verb] == "VBN" and has else None


def _helpers(tree: Tree, verb: int) -> list[int]:
    """Its auxiliaries, or those of the verb that it is joined to where it has none of its own."""
    own = [k for k in tree.children[verb] if tree.deps[k] in ("aux", "auxpass")]
    joined = tree.deps[verb] == "conj" and tree.tags[verb] in ("VBN", "VB", "VBG")
    if own or not joined or tree.tags[tree.heads[verb]] not in ("VBN", "VB", "VBG"):
        return own
    return _helpers(tree, tree.heads[verb])


def _subject(tree: Tree, verb: int) -> int | None:
    """Its subject, or that of the verb it is joined to."""
    own = tree.child(verb, *SUBJECTS)
    if own is not None or tree.deps[verb] not in ("conj", "xcomp", "acomp"):
        return own
    return _subject(tree, tree.heads[verb])


def _scheduled(tree: Tree, verb: int) -> bool:
    """Whether it is announced to be done: "is expected to meet", "plans to leave"."""
    head = tree.heads[verb]
    if _negated(tree, head) or not {tree.lemmas[head], tree.words[head].lower()} & SCHEDULED:
        return False
    finite = head if tree.deps[head] != "acomp" else tree.heads[head]
    tags = {tree.tags[finite], *(tree.tags[k] for k in tree.children[finite] if tree.deps[k] in ("aux", "auxpass"))}
    return bool(tags & PRESENT) and not any(tree.words[k].lower() in ("has", "have") for k in tree.children[finite])
