"""Who the words of a source stand for: names, roles, pronouns and bodies, within one article."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from index.statements.names import COUNTRIES, NOBODY, TITLES, Named, People
from index.statements.syntax import whole_word
from index.statements.words import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.statements.syntax import Tree
    from index.types import Span

SHE = frozenset(("she", "her", "hers"))
HE = frozenset(("he", "his", "him"))
THEY = frozenset(("they", "their", "them"))
IT = frozenset(("it", "its"))
SPEAKING = frozenset(("i", "my", "me", "we", "our", "us"))
RELATIVE = frozenset(("who", "which", "that", "whom", "whose"))
WOMEN = re.compile(
    r"\b(?:Mrs|Ms|Miss|Madam|spokeswoman|congresswoman|chairwoman|actress|queen|princess|first lady)\b[\w. ]{0,40}$",
    re.IGNORECASE,
)
MEN = re.compile(r"\b(?:Mr|spokesman|congressman|chairman|actor|king|prince|businessman)\b[\w. ]{0,40}$", re.IGNORECASE)
DETERMINERS = words(
    """
    the a an this that these those some its his her their our my but and or so even
    """
)
GENDER_REACH = 60
SHORT = 4  # words that "of …" may have in a speaker's name
JOINED = re.compile(r",? and (?:[\w.’'-]+ ){0,6}")


@dataclass
class Cast:
    """The speakers of one article as reading goes on.

    Attributes:
        people: the full names.
        roles: the people that were called by a role ("negotiator").
        subjects: offset of each subject met that is a person, and who it is, in order.
        last: offset, "they" or "it", and words of each subject that is no single person, in order.
    """

    people: People
    roles: dict[str, list[str]] = field(default_factory=dict)
    subjects: list[tuple[int, Named]] = field(default_factory=list)
    last: list[tuple[int, str, str]] = field(default_factory=list)

    def meet(self, trees: Sequence[Tree], quotes: Sequence[Span]) -> None:
        """Notes, before anything is resolved, who holds which role and who is the subject where."""
        for tree in trees:
            for token in range(len(tree)):
                if tree.deps[token] == "nsubj" and tree.tags[token].startswith("NN"):
                    self._note_subject(tree, token, quotes)
                if tree.tags[token] in ("NNP", "NNPS"):
                    self._note_role(tree, token)

    def _note_subject(self, tree: Tree, token: int, quotes: Sequence[Span]) -> None:
        at = tree.starts[token]
        if any(q.start <= at < q.end for q in quotes):
            return
        proper = tree.tags[token] in ("NNP", "NNPS")
        named = self._person(tree, token) if proper else NOBODY
        if named != NOBODY:
            self.subjects.append((at, named))
        else:
            number = "they" if tree.tags[token].endswith("S") else "it"
            name = self._quiet(run_words(tree, token), at).name if proper else phrase(tree, token)
            if name:
                self.last.append((at, number, name))

    def _note_role(self, tree: Tree, token: int) -> None:
        found = [k for k in tree.children[token] if tree.deps[k] in ("appos", "compound") and tree.tags[k] == "NN"]
        if tree.deps[token] == "appos" and tree.tags[tree.heads[token]] == "NN":
            found.append(tree.heads[token])
        first, last = run(tree, token)
        title = [
            t
            for t in range(first, last)
            if tree.words[t].lower() in ("president", "leader", "minister", "chairman")
            and tree.words[max(0, t - 1)].lower() not in ("vice", "deputy")
        ]
        if (found or title) and (name := self._person(tree, token).name):
            for role in (*found, *title):
                holders = self.roles.setdefault(tree.words[role].lower(), [])
                if name not in holders:
                    holders.append(name)

    def _person(self, tree: Tree, token: int) -> Named:
        """The person, or those it could be, whom a proper noun names; nobody where it names something else."""
        named = self._quiet(run_words(tree, token), tree.starts[token]) if self.people.places else NOBODY
        if named.among:
            return named
        return named if named.name in self.people.places else NOBODY

    def _quiet(self, words: list[str], at: int) -> Named:
        kept = dict(self.people.holders)
        named = self.people.resolve(words, at)
        self.people.holders = kept
        return named

    def resolve(self, tree: Tree, token: int, enclosing: Named) -> Named:
        """Whom the noun phrase headed by `token` stands for; `enclosing` is who says the words around it."""
        word, at = tree.words[token].lower(), tree.starts[token]
        if word in RELATIVE:
            head = next((h for h in tree.ancestors(token) if tree.tags[h].startswith(("N", "PRP"))), None)
            return self.resolve(tree, head, enclosing) if head is not None and head < token else NOBODY
        if word in SPEAKING and tree.words[token] != "US":
            return enclosing
        if word in HE or word in SHE:
            return enclosing if self._may_be(word, enclosing) else self._pronoun(word, at)
        if word in THEY or word in IT:
            number = "they" if word in THEY else "it"
            return Named(next((n for place, k, n in reversed(self.last) if place < at and k == number), None))
        if tree.tags[token] in ("NNP", "NNPS"):
            named = self.people.resolve(run_words(tree, token), at)
        else:
            named = self._common(tree, token)
        return self._with_others(tree, token, named)

    def about(self, tree: Tree, token: int, speaker: Named) -> Named:
        """Whom a target's words stand for; "it", "them", and whoever would be the speaker himself, are left open."""
        if tree.words[token].lower() in THEY | IT:
            return NOBODY
        whose = self._opposed(tree, token)
        named = self.resolve(tree, token if whose is None else whose, speaker)
        if named.name != speaker.name:
            return named
        return Named(phrase(tree, tree.heads[token])) if tree.deps[token] == "poss" else NOBODY

    def _opposed(self, tree: Tree, token: int) -> int | None:
        """The Lee of "Lee's opponents accused him"."""
        subject = tree.child(tree.heads[token], "nsubj") if tree.words[token].lower() in HE | SHE else None
        whose = tree.child(subject, "poss") if subject is not None else None
        return whose if whose is not None and tree.tags[whose] == "NNP" else None

    def _with_others(self, tree: Tree, token: int, named: Named) -> Named:
        """One name for "Ann Lee and minister Bo Chen", as they speak together."""
        if named.name not in self.people.places:
            return named
        first, last = tree.edges[token]
        words = self.people.text[tree.starts[first] : tree.ends[last]]
        found = sorted((words.find(name), name) for name in self.people.places if name in words)
        both = [name for _, name in found]
        if len(both) == 2 and JOINED.fullmatch(words[found[0][0] + len(both[0]) : found[1][0]]):  # noqa: PLR2004
            return Named(" and ".join(both))
        return named

    def _pronoun(self, word: str, at: int) -> Named:
        other = MEN if word in SHE else WOMEN
        for place, named in sorted(self.subjects, key=lambda subject: -subject[0]):
            if place < at and not any(self._called(name, other) for name in (named.name, *named.among) if name):
                return named
        return Named(self.people.before(at))

    def _may_be(self, word: str, speaker: Named) -> bool:
        """Whether "he" or "she" can be who says the words around it: a person, of that gender if that is told."""
        names = (speaker.name, *speaker.among) if speaker.name else speaker.among
        other = MEN if word in SHE else WOMEN
        known = all(n in self.people.places or (n.istitle() and " " not in n and n not in COUNTRIES) for n in names)
        return bool(names) and known and not any(self._called(n, other) for n in names)

    def _called(self, name: str, pattern: re.Pattern[str]) -> bool:
        """Whether the words in front of a name anywhere tell that it is not of this gender."""
        text = self.people.text
        starts = [place - len(name) for place in self.people.places.get(name, ())]
        return any(pattern.search(text[max(0, s - GENDER_REACH) : max(0, s)]) for s in starts)

    def _common(self, tree: Tree, token: int) -> Named:
        appositions = [k for k in tree.children[token] if tree.deps[k] == "appos" and tree.tags[k] == "NNP"]
        if appositions:
            return self.resolve(tree, appositions[0], NOBODY)
        word = tree.words[token].lower()
        kids = [k for k in tree.children[token] if k < token]
        definite = any(tree.deps[k] in ("det", "poss") and tree.words[k].lower() not in ("a", "an") for k in kids)
        holders = self.roles.get(word, [])
        if definite and tree.tags[token] == "NN" and holders:
            return Named(holders[0]) if len(holders) == 1 else Named(None, tuple(holders))
        body = self._body(word, tree.starts[token]) if definite and len(kids) == 1 else None
        return Named(body or phrase(tree, token))

    def _body(self, word: str, at: int) -> str | None:
        """The capitalised name that a bare "the ministry" repeats; "the president" repeats no "Vice President"."""
        if word in TITLES:
            return None
        found = re.findall(rf"(?:[A-Z][\w’'-]+ )+{re.escape(word.capitalize())}\b", self.people.text[:at])
        return re.sub(r"^The ", "", found[-1]) if found else None


def run(tree: Tree, token: int) -> tuple[int, int]:
    """The first and last token of the run of proper nouns around a token."""
    first, last = whole_word(tree, token)
    while first and (
        tree.tags[first - 1] in ("NNP", "NNPS")
        or (tree.words[first - 1] == "of" and tree.tags[max(0, first - 2)] == "NNP" and tree.deps[first] == "pobj")
    ):
        first -= 1
    while last + 1 < len(tree) and tree.tags[last + 1] in ("NNP", "NNPS"):
        last = whole_word(tree, last + 1)[1]
    return first, last


def run_words(tree: Tree, token: int) -> list[str]:
    """The words of the run of proper nouns around a token, parts that a hyphen joins in one."""
    found: list[str] = []
    first, last = run(tree, token)
    for at in range(first, last + 1):
        joined = at > first and tree.starts[at] == tree.ends[at - 1] and "-" in (tree.words[at], tree.words[at - 1])
        if joined:
            found[-1] += tree.words[at]
        else:
            found.append(tree.words[at])
    return found


def phrase(tree: Tree, token: int) -> str:
    """A noun phrase in its own words, without the article and what follows the noun but "of …"."""
    begin, token = whole_word(tree, token)
    first = max(min(tree.edges[token][0], begin), token - 8)
    while first < token and (tree.words[first].lower() in DETERMINERS or tree.tags[first] in ("``", ",", ":", "''")):
        first += 1
    kept = token
    for kid in tree.children[token]:
        of = kid == token + 1 and tree.deps[kid] == "prep" and tree.words[kid] in ("of", "in", "for", "from")
        noun = tree.child(kid, "pobj") if of else None
        if noun is None or any(tree.words[t].endswith("ing") for t in range(kid, noun)):
            continue
        end = max([noun, *(tree.edges[k][1] for k in tree.children[noun] if tree.deps[k] == "conj")])
        kept = end if end <= kid + SHORT else kept
    words = ""
    for t in range(first, kept + 1):
        gap = " " if t > first and tree.starts[t] > tree.ends[t - 1] else ""
        words += gap + tree.words[t]
    return words
