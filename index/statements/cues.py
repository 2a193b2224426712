"""What a speaker does by saying it: from the word of saying to the kind of statement."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from index.types import Kind

if TYPE_CHECKING:
    from index.statements.syntax import Tree

LEXICON = {
    Kind.CLAIM: """
        claim argue assert allege contend maintain insist suggest suspect purport profess assertion
        contention allegation argument posit imply reckon estimate calculate alleged characterize portray
        label paint brand cast liken
    """,
    Kind.DENY: """
        deny denial disavow repudiate
    """,
    Kind.REJECT: """
        reject refuse rebuff rebut refute dismiss dispute resist balk rejection refusal oppose
        opposition veto spurn scoff counter contradict disregard invalidate reluctance unwillingness
    """,
    Kind.ACCUSE: """
        accuse accusation charge indict
    """,
    Kind.BLAME: """
        blame fault scapegoat
    """,
    Kind.CRITICISE: """
        criticize criticise condemn denounce slam blast attack rip assail lambast lambaste bash mock decry
        deride ridicule chide rebuke scold berate deplore lament bemoan castigate rail lash hammer disparage
        insult savage criticism critique denunciation dislike complain complaint trash taunt belittle
        reprimand
    """,
    Kind.PRAISE: """
        praise applaud laud hail celebrate commend congratulate thank tout admire love extol extoll cheer
        salute compliment credit welcome trumpet boast brag revere
    """,
    Kind.PROMISE: """
        promise pledge vow plan intend commit guarantee assure swear offer assurance intention prepare
    """,
    Kind.THREATEN: """
        threaten threat
    """,
    Kind.DEMAND: """
        demand urge call-for call-on order request require appeal plead beg recommend advise advocate
        insist-be press implore exhort push instruct mandate persuade encourage recommendation petition
        lobby
    """,
    Kind.WARN: """
        warn caution warning alert
    """,
    Kind.AGREE: """
        agree support endorse back favor accept concede acknowledge admit approve embrace endorsement
        backing agreement echo champion concur recognize vouch rally defend
    """,
    Kind.DISAGREE: """
        disagree differ object protest disagreement objection dissent balk
    """,
    Kind.DOUBT: """
        doubt question skeptical wary doubtful wonder distrust mistrust skepticism unsure
    """,
    Kind.ANNOUNCE: """
        announce declare reveal disclose release unveil announcement proclaim issue publish introduce
        propose proposal proclamation nominate appoint decide decision launch rule order pronounce initiate
    """,
    Kind.ASK: """
        ask inquire query pose inquiry wonder-whether
    """,
    Kind.BELIEVE: """
        think believe hope expect fear want feel know see consider belief view seem appear worry assume
        guess suppose predict understand seek regard wish deem anticipate imagine prefer concern worried
        concerned confident nervous angry hopeful desire try aim look like love hate sense speculate
        expectation prediction opinion willing eager optimistic afraid convinced foresee interpret remember
    """,
    Kind.CONFIRM: """
        confirm verify affirm reaffirm corroborate reiterate attest confirmation certify validate
    """,
}
KINDS = {lemma: kind for kind, lemmas in LEXICON.items() for lemma in lemmas.split()}
FALSE = re.compile(
    r"\b(ungrounded|groundless|baseless|unfounded|untrue|false|fabricat\w+|lies?|lying|nonsense|bogus|ludicrous|"
    r"preposterous|absurd|fake|hoax|fiction|misleading|inaccurate|misrepresent\w+|incorrect|wrong)\b",
    re.IGNORECASE,
)
SAID_BY_OTHERS = re.compile(
    r"claim|allegation|accusation|assertion|characteri[sz]ation|charge|story|report|account|suggestion|criticism|remark|rumou?r",
    re.IGNORECASE,
)
UNWILLING = frozenset(("refuse", "refusal", "resist", "balk", "reluctance", "unwillingness"))
CLAIMED = frozenset(
    ("accept", "acknowledge", "admit", "recognize", "recognise", "believe", "agree", "concede", "endorse")
)
BLOWS = frozenset(("attack", "bash", "blast", "hammer", "lash", "rip", "savage", "slam", "trash"))
REPORTING = frozenset((Kind.SAY, Kind.CLAIM, Kind.ANNOUNCE, Kind.CONFIRM, Kind.BELIEVE, Kind.WARN))
NEVER = frozenset(("not", "n't", "n’t", "never", "neither", "nor", "no"))


def kind_of(tree: Tree, cue: int, content: str) -> Kind:
    """What the speaker does, from the cue, the words that go with it, and, for a few kinds, the content."""
    lemma = tree.lemmas[cue]
    kind = KINDS.get(lemma, Kind.SAY)
    helpers = {tree.words[k].lower() for k in tree.children[cue] if tree.deps[k] in ("prep", "prt")}
    if lemma == "call":
        kind = Kind.DEMAND if helpers & {"for", "on", "upon"} else Kind.SAY
    elif (lemma == "point" and "finger" in tree.lemmas[cue:]) or (
        lemma == "hold" and _has(tree, cue, ("responsible", "accountable"))
    ):
        kind = Kind.BLAME
    elif lemma in ("cast", "raise", "express", "have", "voice") and _has(tree, cue, ("doubt", "skepticism")):
        kind = Kind.DOUBT
    elif lemma == "make" and _has(tree, cue, ("threat", "promise", "claim", "accusation", "charge")):
        objects = (tree.lemmas[k].lower().rstrip("s") for k in tree.children[cue])
        kind = next((KINDS[noun] for noun in objects if noun in KINDS), kind)
    elif (lemma == "ask" and _infinitive(tree, cue)) or (lemma == "insist" and _subjunctive(tree, cue)):
        kind = Kind.DEMAND
    else:
        kind = _two_sided(tree, cue, kind)
    return _by_content(kind, lemma, content)


def _two_sided(tree: Tree, cue: int, kind: Kind) -> Kind:
    """The kind of a word that can also tell of a deed: blows, refusals, charges, orders."""
    lemma, tag = tree.lemmas[cue], tree.tags[cue]
    if lemma in BLOWS and tag.startswith("V") and not _at_someone(tree, cue):
        return Kind.SAY
    if lemma == "charge" and tag in ("VB", "VBD", "VBZ", "VBP", "VBG") and tree.child(cue, "dobj", "nsubjpass") is None:
        return Kind.CLAIM
    if lemma == "charge" and _priced(tree, cue):
        return Kind.SAY
    if lemma in UNWILLING and _act(tree, cue):
        return Kind.SAY
    if lemma in ("back", "cast", "order", "like", "look") and not _said_of(tree, cue):
        return Kind.SAY
    return kind


def _by_content(kind: Kind, lemma: str, content: str) -> Kind:
    called = content.partition(" as ")[2] if lemma == "describe" else content
    if kind is Kind.SAY and lemma in ("call", "describe", "label", "brand") and FALSE.search(called):
        return Kind.REJECT
    return kind


def negated(tree: Tree, cue: int) -> bool:
    """Whether the saying itself is denied."""
    around = [cue, tree.heads[cue]] if tree.deps[cue] == "xcomp" else [cue]
    return any(
        (tree.words[k].lower() in NEVER or tree.words[k - 1 : k + 1] == ("no", "longer"))
        and tree.deps[k] in ("neg", "advmod", "preconj")
        for token in around
        for k in tree.children[token]
    )


def _has(tree: Tree, cue: int, lemmas: tuple[str, ...]) -> bool:
    near = [*tree.children[cue], *(g for k in tree.children[cue] for g in tree.children[k])]
    return any(tree.lemmas[k].lower() in lemmas or tree.lemmas[k].lower().rstrip("s") in lemmas for k in near)


def _priced(tree: Tree, cue: int) -> bool:
    """Whether what is charged is money ("charged the island 4,000 crowns an hour")."""
    helpers = {tree.words[k].lower() for k in tree.children[cue] if tree.deps[k] == "prep"}
    if tree.deps[cue] == "relcl" and tree.lemmas[tree.heads[cue]] in ("price", "rate", "fee", "amount", "sum", "cost"):
        return True
    things = [k for k in tree.children[cue] if k > cue and tree.deps[k] in ("dobj", "dative", "nummod", "npadvmod")]
    return "with" not in helpers and any(tree.tags[t] in ("$", "CD") for k in things for t in tree.below(k))


def _infinitive(tree: Tree, cue: int) -> bool:
    clause = tree.child(cue, "xcomp", "ccomp")
    return clause is not None and any(tree.tags[k] == "TO" for k in tree.children[clause])


def _at_someone(tree: Tree, cue: int) -> bool:
    """Whether a blow can be one of words: at somebody with a name, for or as something, or "lashed out"."""
    thing = tree.child(cue, "dobj", "nsubjpass")
    if thing is not None and any(tree.tags[t].startswith(("NNP", "PRP")) for t in tree.below(thing)):
        return True
    helpers = {tree.words[k].lower() for k in tree.children[cue] if tree.deps[k] in ("prep", "prt")}
    return bool(helpers & {"for", "as", "over", "out"}) and "into" not in helpers


def _act(tree: Tree, cue: int) -> bool:
    """Whether what is refused is to do something, rather than to accept what another says or offers."""
    clause = tree.child(cue, "xcomp", "acl", "advcl", "ccomp")
    return clause is not None and tree.lemmas[clause] not in CLAIMED


def _subjunctive(tree: Tree, cue: int) -> bool:
    """Whether the clause tells what shall be ("insisted that sanctions be lifted")."""
    clause = tree.child(cue, "ccomp")
    if clause is None:
        return False
    verbs = [t for t in (clause, *tree.children[clause]) if tree.tags[t] in ("VB", "VBP", "VBZ", "VBD", "MD", "TO")]
    return bool(verbs) and tree.tags[verbs[0]] == "VB"


def _said_of(tree: Tree, cue: int) -> bool:
    """Whether an ambiguous verb has the object that makes it one of saying."""
    return tree.child(cue, "dobj", "nsubjpass", "ccomp") is not None
