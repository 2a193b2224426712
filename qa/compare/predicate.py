"""What a question says is done: the verbs of its main clause, and the words by which news English says the same.

A sentence that shares names and subject with a question may still tell anything of them; one that answers says mostly
that same thing of them ("Why was the principal fired?": "dismissed", "ousted", "his removal").
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from index.lexical import stems
from index.statements.syntax import parser
from index.types import Sentence

if TYPE_CHECKING:
    from collections.abc import Iterable

    from index.statements.syntax import Tree

LIGHT = frozenset(
    "be have do make take get give hold keep let put set go come say tell plan want try carry happen mean".split()
)
"""Verbs that say little; their object says what is done ("take a decision", "hold a rally")."""
BESIDE = frozenset(("relcl", "acl", "advcl", "amod", "compound", "pcomp", "aux", "auxpass"))
"""How a verb hangs on the main clause that only describes something in it."""
SAME = (
    "kill dead death die deadly fatal murder slay slain shot casualty toll",
    "injure hurt wound injury",
    "attack bomb blast explode shoot gunman attacker suspect shooter carry behind",
    "arrest detain detention custody apprehend hold held jail round",
    "fire dismiss oust sack terminate remove removal firing relieve axe",
    "resign quit step leave left depart exit retire stand",
    "cancel scrap scuttle abandon drop call withdraw withdrew pull axe end",
    "delay postpone pause hold stay put suspend defer",
    "block halt stop bar prevent overturn reject rule strike struck stay",
    "pay paid settle settlement cost payout award compensate",
    "succeed successor replace take takeover next",
    "oppose opposition against revolt critic challenge rebel resist refuse",
    "support back endorse favor favour side defend",
    "lead led ahead front frontrunner favorite favourite top",
    "win won victory winner beat prevail clinch triumph",
    "lose lost defeat fail",
    "vote voted ballot poll count yea nay",
    "pass approve adopt clear confirm",
    "sign enact law order",
    "repeal scrap undo rescind overturn roll rollback nullify reverse kill ease weaken",
    "ban prohibit outlaw bar forbid",
    "order instruct direct tell told command",
    "impose levy slap tax apply place tariff",
    "announce declare say said unveil launch reveal tell enter",
    "warn caution alert fear threat concern",
    "threaten threat vow warn could",
    "react reaction respond response criticize criticise praise backlash anger angry outrage condemn applaud call",
    "respond answer reply react say said tell told call deny dismiss reject defend tweet",
    "add gain grow grew rise rose increase create up",
    "fall fell drop decline decrease shrink down",
    "sell sold dump unload shed trade stock",
    "buy bought purchase acquire",
    "hack breach compromise infect malware infiltrate steal",
    "accuse allege claim charge sue lawsuit complaint blame",
    "claim responsibility credit",
    "find found convict guilty verdict acquit clear",
    "agree agreement deal accord accept pledge commit",
    "discuss talk speak raise address agenda",
    "meet met meeting sit talk huddle summit",
    "run candidacy bid campaign enter race",
    "end suspend drop quit withdraw exit close",
    "stall stuck impasse deadlock break collapse divide snag",
    "ground suspend halt park",
    "hit strike struck landfall ashore arrive reach slam",
    "reach contact locate account find found track",
    "rename change replace name",
    "expand extend increase broaden widen revive restore",
    "record report register log set",
    "submit send sent hand deliver file turn",
    "require mandate force demand must need",
    "demand call ask insist urge want",
    "allow let permit clear proceed",
    "propose offer introduce sponsor author draft",
    "impeach impeachment",
    "grant give award commute pardon clemency",
    "gather rally march protest demonstrate",
    "move relocate shift pull",
    "lower reduce cut slash bring",
)  # fmt: skip
"""Closed groups of verbs of the news with their nouns. Several groups may hold one word; irregular forms stand by."""


@dataclass(frozen=True, slots=True)
class Predicate:
    """What is done, as the question says it: one group of stems for each verb, or for a light verb's object."""

    ways: tuple[frozenset[str], ...]

    def told(self, held: Iterable[str]) -> float:
        """The share of it that these stems tell; 1 where the question says nothing that could be missed."""
        known = frozenset(held)
        return sum(bool(way & known) for way in self.ways) / len(self.ways) if self.ways else 1.0


def predicate(question: str) -> Predicate:
    """Reads a question's main clause; what describes things in it ("the bombing that killed four") is left out."""
    [tree] = parser().trees([Sentence("", 0, 0, len(question), question)])
    verbs = [k for k in range(len(tree)) if tree.tags[k].startswith("V") and _main(tree, k)]
    telling = [k for k in verbs if tree.lemmas[k] not in LIGHT]
    if not telling:
        telling = [
            k
            for k in range(len(tree))
            if tree.deps[k] in ("dobj", "acomp", "attr", "nsubj", "nsubjpass")
            and (tree.tags[k] in ("NN", "NNS") or tree.tags[k][:2] in ("JJ", "VB"))
            and (tree.deps[k] in ("dobj", "acomp") or not verbs)
            and not (k and tree.lemmas[k - 1] == "how")  # "how large" asks for what is not told
        ]
    return Predicate(tuple(dict.fromkeys(_ways(tree.words[k]) for k in telling)))


def _main(tree: Tree, token: int) -> bool:
    """Whether a verb belongs to the main clause and what it governs."""
    chain = (token, *tree.ancestors(token))
    return not any(tree.deps[k] in BESIDE for k in chain)


def _ways(word: str) -> frozenset[str]:
    own = frozenset(stems(word))
    return own.union(*(_groups().get(stem, frozenset()) for stem in own))


@cache
def _groups() -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for group in SAME:
        members = frozenset(stem for word in group.split() for stem in stems(word))
        for stem in members:
            found[stem] = found.get(stem, frozenset()) | members
    return found
