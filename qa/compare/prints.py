"""Two prints of the same words, laid side by side word by word: what differs in typing alone, is cut, or is changed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING

from qa.checks.fold import fold
from qa.checks.quantities import quantities

if TYPE_CHECKING:
    from collections.abc import Sequence

GAP = "…"
"""Stands for what a printer marks as left out or put in: an ellipsis, a remark in brackets."""
TOKEN = re.compile(
    r"(?P<gap>\[[^\]]*\]|\(\s*\.\.\.\s*\)|…|\.\s?\.\s?\.)"
    r"|(?P<word>\d+(?:[.,]\d+)*|[^\W\d_]+(?:'[^\W\d_]+)*)|(?P<sign>[%$€£/])"
)
CONTRACTED = (
    (r"\bcan't\b", "cannot"), (r"\bwon't\b", "will not"), (r"n't\b", " not"), (r"'m\b", " am"), (r"'re\b", " are"),
    (r"'ll\b", " will"), (r"'ve\b", " have"), (r"'s\b", " is"), (r"\bgonna\b", "going to"),
)  # fmt: skip
"""What is spoken alike and written in full or not, as the printer likes."""
SPELLED = (("our", "or"), ("ae", "e"), ("ys", "yz"), ("is", "iz"), ("tre", "ter"), ("ll", "l"))
"""British and American letters; both sides are brought to the second, right word or not, and then compared."""
FURTHEST = 4
"""How many words a marked gap stands for at the most."""


class Way(StrEnum):
    """How two prints of one utterance differ."""

    SAME = "same"
    TYPED = "typed"
    CUT = "cut"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Token:
    """A word for comparison: `stem` is how it counts, `text` how it is printed."""

    stem: str
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """A step from one print to the other: "equal", "delete", "insert", "replace", with the words of both."""

    step: str
    one: str
    other: str


@dataclass(frozen=True, slots=True)
class Differences:
    """Two prints compared.

    Attributes:
        alike: the share of words in common, of those in the stretch that both print; 0 to 1.
        shared: the words in common.
        changes: all steps in order, the equal ones too.
    """

    way: Way
    alike: float
    shared: tuple[Token, ...]
    changes: tuple[Change, ...]


@lru_cache(maxsize=16384)
def tokens(words: str) -> tuple[Token, ...]:
    """The words of a quotation: folded, apostrophes dropped, numbers by their value, marked gaps as one."""
    folded = fold(words)
    numbers = [(q.span.start, q.span.end, q.value) for q in quantities(folded.text)]
    found: list[Token] = []
    read_to = 0
    for match in TOKEN.finditer(folded.text):
        start, end = match.span()
        if start < read_to:
            continue
        number = next(((e, value) for s, e, value in numbers if s <= start < e), None)
        if number and match["gap"] is None:
            end, stem = number[0], f"{number[1]:g}"
        else:
            stem = GAP if match["gap"] else (match["word"] or match["sign"]).replace("'", "")
        read_to = end
        found.append(Token(stem, folded.span(start, end).of(words)))
    return tuple(found)


Step = tuple[str, list[Token], list[Token]]


def differences(left: Sequence[Token], right: Sequence[Token]) -> Differences:
    """Compares two prints word by word (Levenshtein's editing steps without substitution, joined)."""
    steps = _steps(left, right)
    shared = tuple(word for tag, one, _ in steps if tag == "equal" for word in one)
    begin, end = _overlap(steps)
    inside = [step for step in steps[begin:end] if step[0] != "equal" and not _marked(step)]
    changed = [step for step in inside if not _typed(step)]
    lost = sum(max(len(one), len(other)) for _, one, other in changed)
    way = _way(left, right, steps, changed, inside)
    changes = tuple(Change(*_shown(step)) for step in steps)
    return Differences(way, len(shared) / max(1, len(shared) + lost), shared, changes)


def _steps(left: Sequence[Token], right: Sequence[Token]) -> list[Step]:
    """The editing steps, neighbouring ones joined; the same both ways."""
    from rapidfuzz.distance import Indel

    one, other = [word.stem for word in left], [word.stem for word in right]
    if other < one:
        return [(tag, to, since) for tag, since, to in _steps(right, left)]
    steps: list[Step] = []
    for step in Indel.opcodes(one, other):
        since, to = list(left[step.src_start : step.src_end]), list(right[step.dest_start : step.dest_end])
        if steps and step.tag != "equal" and steps[-1][0] != "equal":
            steps[-1] = ("replace", steps[-1][1] + since, steps[-1][2] + to)
        else:
            steps.append((step.tag, since, to))
    return steps


def _overlap(steps: Sequence[Step]) -> tuple[int, int]:
    """The steps without what only one print has at either end."""
    begin, end = 0, len(steps)
    if steps and _one_sided(steps[0]):
        begin = 1
    if end > begin and _one_sided(steps[-1]):
        end -= 1
    return begin, end


def _one_sided(step: Step) -> bool:
    tag, one, other = step
    return tag != "equal" and (not one or not other)


def _marked(step: Step) -> bool:
    """Whether a print says itself that it leaves out or puts in something here."""
    _, one, other = step
    for gap, filled in ((one, other), (other, one)):
        if any(word.stem == GAP for word in gap) and all(word.stem == GAP for word in gap):
            return len(filled) <= FURTHEST or any(word.text in ("…", "...") for word in gap)
    return False


def _typed(step: Step) -> bool:
    """Whether both sides are the same words, parted, spelled or contracted otherwise ("health care", "I'm")."""
    _, one, other = step
    return _letters(one) == _letters(other)


def _letters(side: Sequence[Token]) -> str:
    whole = fold(" ".join(word.text for word in side)).text
    for short, long in CONTRACTED:
        whole = re.sub(short, long, whole)
    for british, american in SPELLED:
        whole = whole.replace(british, american)
    return re.sub(r"\W", "", whole)


def _way(
    left: Sequence[Token],
    right: Sequence[Token],
    steps: Sequence[Step],
    changed: Sequence[Step],
    inside: Sequence[Step],
) -> Way:
    if changed:
        return Way.CHANGED
    if any(step[0] != "equal" and step not in inside for step in steps):
        return Way.CUT
    same = [word.text.casefold() for word in left] == [word.text.casefold() for word in right]
    return Way.SAME if same else Way.TYPED


def _shown(step: Step) -> tuple[str, str, str]:
    tag, one, other = step
    kind = tag if tag == "equal" or (one and other) else "delete" if one else "insert"
    return kind, " ".join(word.text for word in one), " ".join(word.text for word in other)
