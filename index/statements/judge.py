"""Chooses, for each word that may be one of saying, what it says, or that it says nothing.

A small network scores every candidate of `index.statements.contents`; the best one is taken if it scores above the
bar. Its input are hashed features (what the cue, the candidate and the words between them look like) and the parser's
vectors of the cue and of the candidate's head. It was trained by `tests/bench/train_statements.py` on the training
part of PolNeAR (Newell, Margolin and Ruths, "An Attribution Relations Corpus for Political News", LREC 2018), and is
plain arrays in `judge.npz`: no words of that corpus are in it but the list of cue lemmas.
"""

from __future__ import annotations

import re
import zlib
from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from index.statements.quotations import MARK
from index.statements.words import words
from index.types import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from index.statements.contents import Option
    from index.statements.syntax import Tree

ROWS = 1 << 14
WEIGHTS = Path(__file__).with_name("judge.npz")
EASE = 2.8  # how much lower the bar is for quotations, where a miss costs more than a doubt
LEAST = 4.0  # the same for words of blame, denial and dispute
PLAIN = re.compile(
    r"\^(dobj|pobj)[01]>nsubj|(subject\+)?(dobj|prep>p(obj|comp)|ccomp|xcomp|dobj>prep>p(obj|comp)|dobj\+prep|prep>pobj\+prep|<nsubjpass|prep)(-\w+)?"
)
SHARP = words(
    """
    blame accuse accusation fault condemn denounce criticize criticise criticism slam disagree deny denial reject
    rebuff rebut refute dispute dismiss
    """
)
LENGTHS = (1, 2, 3, 5, 8, 13, 21, 34, 55)


def cue_class(tag: str, word: str) -> str:
    """The class of word that a cue is listed under: verb, noun, adjective, preposition, colon, or none."""
    if tag[0] in "VNJ" and not tag.startswith("NNP"):
        return tag[0]
    return ":" if word == ":" else "I" if word.lower() == "per" else ""


@lru_cache(maxsize=1 << 16)
def row(feature: str) -> int:
    """The row of a feature in the table of weights."""
    return zlib.crc32(feature.encode()) % ROWS


def cue_features(tree: Tree, cue: int, quotes: Sequence[Span]) -> list[str]:
    """What a cue looks like, whatever it says."""
    head, lemma, tag = tree.heads[cue], tree.lemmas[cue], tree.tags[cue]
    kids = tree.children[cue]
    subject = tree.child(cue, "nsubj", "nsubjpass")
    after = tree.words[cue + 1].lower() if cue + 1 < len(tree) else "."
    before = tree.words[cue - 1].lower() if cue else "^"
    found = [
        f"L{lemma}", f"T{tag}", f"D{tree.deps[cue]}", f"LT{lemma} {tag}", f"LD{lemma} {tree.deps[cue]}",
        f"H{tree.lemmas[head]} {tree.deps[cue]}", f"A{after}", f"B{before}", f"LA{lemma} {after}",
        f"LB{lemma} {before}",
    ]  # fmt: skip
    found += [f"K{tree.deps[k]}" for k in kids]
    found += [
        f"W{tree.words[k].lower()}" for k in kids if tree.deps[k] in ("aux", "neg", "prep", "mark", "auxpass", "prt")
    ]
    found += [f"KL{lemma} {tree.words[k].lower()}" for k in kids if tree.deps[k] in ("prep", "prt", "dobj", "acomp")]
    if subject is not None:
        found += [f"S{tree.tags[subject]}", f"SL{tree.lemmas[subject]}", f"SL{lemma} {tree.tags[subject]}"]
    at = tree.starts[cue]
    inside = any(q.start < at < q.end for q in quotes)
    beside = any(q.overlaps(Span(tree.starts[0], tree.ends[-1])) for q in quotes)
    return [*found, f"I{inside}", f"IL{inside} {lemma}", f"Q{beside}", f"QL{beside} {lemma}"]


def option_features(
    tree: Tree, cue: int, found: Sequence[Option], quotes: Sequence[Span], text: str
) -> Iterator[list[str]]:
    """What each candidate looks like, and how it goes with the cue; as many features for each."""
    lemma, tag, dep, last, until = tree.lemmas[cue], tree.tags[cue], tree.deps[cue], tree.words[-1], tree.ends[-1] - 1
    here = [q for q in quotes if tree.starts[0] <= q.start < tree.ends[-1]]
    for option in found:
        template, head, spans = option.template, option.head, option.spans
        start, end = spans[0].start, spans[-1].end
        size = bisect_left(LENGTHS, 1 + text.count(" ", start, end))
        first = _word(text[start : start + 20])
        left = _word(text[max(0, start - 20) : start], last=True)
        right = _word(text[end : end + 20])
        opened, closed, marked = _marks(text, start, end)
        quoted = f"{opened}{closed}{marked}"
        covers = f"{len(here)} {sum(any(s.overlaps(q) for s in spans) for q in here)}" if here else "0 0"
        stop = f"{len(spans)}{end >= until}"
        short = template.split("+", 1)[0]
        joined = _joined(text, spans)
        yield [
            f"t{template}", f"tl{template} {lemma}", f"tt{template} {tag}", f"td{template} {dep}",
            f"h{tree.tags[head]} {template}", f"hl{tree.lemmas[head]}", f"f{first}", f"tf{short} {first}",
            f"b{left}", f"lb{lemma} {left}", f"tb{short} {left}", f"a{right}", f"ta{template} {right}", f"n{size}",
            f"tn{short} {size}", f"q{quoted}", f"tq{short} {quoted}", f"s{stop}", f"ts{template} {stop}",
            f"sl{short} {lemma}", f"g{min(9, abs(head - cue))} {short}", f"tw{template} {last}", f"c{covers}",
            f"tc{short} {covers}", f"j{joined}", f"tj{short} {joined}",
        ]  # fmt: skip


def _joined(text: str, spans: Sequence[Span]) -> str:
    """How several spans hang together: over paragraphs or not, after a question, and whether words follow the last."""
    if len(spans) == 1:
        return ""
    first, last = spans[0], spans[-1]
    after = text[last.end : last.end + 2]
    follows = "n" if "\n" in after or not after.strip() else "l" if after.strip()[:1].islower() else "u"
    parted, asked = "\n" in text[first.end : last.start], "?" in text[first.end - 2 : first.end]
    return f"{parted:d}{asked:d}{follows}"


def _marks(text: str, start: int, end: int) -> tuple[bool, bool, bool]:
    """Whether a quotation mark stands at the start, at the end, and anywhere."""
    if not _mark(text[start:end]):
        return False, False, False
    return _mark(text[start : start + 2]), _mark(text[end - 2 : end]), True


def _word(words: str, *, last: bool = False) -> str:
    """The first or last word of some, in small letters."""
    split = words.lower().split()
    return split[-last] if split else "$"


def _mark(words: str) -> bool:
    return MARK.search(words) is not None


@dataclass(frozen=True)
class Judge:
    """The network.

    Attributes:
        table: shape (ROWS, width), one row for each hashed feature.
        cue_weights, head_weights: shape (96, width), from the parser's vectors.
        bias, out: shape (width,).
        gate, gate_bar: shape (ROWS,); a cue whose features sum to less is not worth looking at.
        bar: the score a candidate must pass.
        cues: lemmas, each after its class of word ("V", "N", "J", "I"), that may be cues.
    """

    table: np.ndarray
    cue_weights: np.ndarray
    head_weights: np.ndarray
    bias: np.ndarray
    out: np.ndarray
    gate: np.ndarray
    gate_bar: float
    bar: float
    cues: frozenset[str]

    @classmethod
    def load(cls, path: Path = WEIGHTS) -> Judge:
        """Reads the weights."""
        with np.load(path, allow_pickle=False) as file:
            names = ("table", "cue_weights", "head_weights", "bias", "out", "gate")
            table, cue, head, bias, out, gate = (file[name].astype(np.float32) for name in names)
            bars = float(file["gate_bar"]), float(file["bar"])
            return cls(table, cue, head, bias, out, gate, *bars, frozenset(map(str, file["cues"])))

    def may_say(self, tree: Tree, cue: int, quotes: Sequence[Span]) -> bool:
        """Whether a cue is worth looking at: a cheap test that turns away few true cues and half of the others."""
        if is_conflict(tree, cue):
            return True
        return float(self.gate[list(map(row, cue_features(tree, cue, quotes)))].sum()) >= self.gate_bar

    def scores(self, tree: Tree, cue: int, found: Sequence[Option], quotes: Sequence[Span], text: str) -> np.ndarray:
        """The score of each candidate, shape (candidates,)."""
        shared = (
            self.table[list(map(row, cue_features(tree, cue, quotes)))].sum(0)
            + tree.vectors[cue] @ self.cue_weights
            + self.bias
        )
        rows = [list(map(row, features)) for features in option_features(tree, cue, found, quotes, text)]
        own = self.table[np.array(rows)].sum(1)
        heads = tree.vectors[[o.head for o in found]] @ self.head_weights
        scores: np.ndarray = np.maximum(shared + own + heads, 0) @ self.out
        return scores

    def may_be_cue(self, tree: Tree, cue: int) -> bool:
        """Whether a word was ever one of saying, and is no auxiliary here."""
        if tree.deps[cue] in ("aux", "auxpass"):
            return False
        return f"{cue_class(tree.tags[cue], tree.words[cue])}:{tree.lemmas[cue]}" in self.cues

    def choose(
        self, tree: Tree, cue: int, found: Sequence[Option], quotes: Sequence[Span], text: str
    ) -> tuple[Option, float] | None:
        """The best candidate and its score, or None where the cue says nothing."""
        if not found:
            return None
        scores = self.scores(tree, cue, found, quotes, text)
        plain = [i for i, o in enumerate(found) if PLAIN.fullmatch(o.template)] if is_conflict(tree, cue) else []
        best = int(scores.argmax())
        spans = found[best].spans
        bar = self.bar - EASE * _mark(text[spans[0].start : spans[-1].end])
        if scores[best] <= bar or (plain and found[best].template.startswith("quote")):
            best = max(plain, key=lambda i: float(scores[i]), default=best)
            bar = self.bar - LEAST if plain else bar
        return (found[best], float(scores[best])) if scores[best] > bar else None


def is_conflict(tree: Tree, cue: int) -> bool:
    """Whether a word is one of blame, denial or dispute, which hardly ever says nothing."""
    if tree.lemmas[cue] in SHARP:
        return tree.tags[cue] != "VBN" or tree.deps[cue] not in ("amod", "compound")
    thing = tree.child(cue, "dobj")
    return (
        tree.lemmas[cue] in ("cast", "lay", "place", "put")
        and thing is not None
        and tree.lemmas[thing] in ("doubt", "blame")
    )
