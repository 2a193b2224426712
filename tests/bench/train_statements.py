"""Trains the weights of `index/statements/judge.npz` on the training part of PolNeAR. Takes about ten minutes on one core.

usage: python -m tests.bench.train_statements ../shared/data/polnear/articles.jsonl.gz [OUT.npz]

A candidate is right when its characters overlap the gold content nearly as well as the best candidate of its cue, and
by at least 0.3 (Jaccard); a cue that the gold does not have has no right candidate. The network is trained to choose the right
one or none (cross-entropy); the gate, a logistic regression, to tell cheaply which words have nothing to choose.
"""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from torch import nn

from index.segment import segment
from index.statements.contents import options
from index.statements.drafts import surroundings
from index.statements.judge import ROWS, WEIGHTS, cue_class, cue_features, option_features, row
from index.statements.quotations import quotations
from index.statements.syntax import Parser
from index.types import Span
from tests.bench.statements import rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from index.statements.syntax import Tree

WIDTH, EPOCHS, BATCH, DROP, RATE, DECAY = 32, 5, 256, 0.2, 2e-3, 0.02
BAR = -0.6  # chosen on a tenth of the training articles, held out in an earlier run
LOST = 0.012  # share of the true cues that the gate may turn away
SEEN, SHARE = 2, 0.04  # how often, and in what share of its uses, a lemma must be a cue


@dataclass(frozen=True)
class Example:
    """One cue: rows of its features and of its candidates', vectors, and which candidates are right."""

    cue: np.ndarray
    own: np.ndarray
    vector: np.ndarray
    heads: np.ndarray
    right: np.ndarray


def jaccard(ours: Sequence[Span], gold: Sequence[Sequence[int]]) -> float:
    size = sum(s.end - s.start for s in ours) + sum(e - s for s, e in gold)
    shared = sum(max(0, min(a.end, e) - max(a.start, s)) for a in ours for s, e in gold)
    return shared / (size - shared)


def gold_cues(trees: Sequence[Tree], row_: dict[str, Any]) -> dict[tuple[int, int], list[Any]]:
    """The gold contents under the tree and the token that heads their cue."""
    found: dict[tuple[int, int], list[Any]] = {}
    for gold in row_["attributions"]:
        spans = [Span(*s) for s in gold["cue"]]
        for number, tree in enumerate(trees):
            if not spans or not tree.starts[0] <= spans[0].start < tree.ends[-1]:
                continue
            own = {t for t in range(len(tree)) if any(s.overlaps(Span(tree.starts[t], tree.ends[t])) for s in spans)}
            fit = [
                t for t in sorted(own) if cue_class(tree.tags[t], tree.words[t]) and not tree.deps[t].startswith("aux")
            ]
            tops = [t for t in fit if tree.heads[t] not in own or tree.heads[t] == t] or fit
            words = [t for t in tops if tree.words[t] != ":"] or tops
            if words:
                found.setdefault((number, words[0]), []).append(gold["content"])
    return found


def name(tree: Tree, token: int) -> str:
    return f"{cue_class(tree.tags[token], tree.words[token])}:{tree.lemmas[token]}"


def lexicon(parsed: Sequence[tuple[dict[str, Any], list[Tree]]]) -> list[str]:
    """The lemmas that are cues often enough."""
    used = Counter(name(t, k) for _, trees in parsed for t in trees for k in range(len(t)))
    cues = Counter(name(trees[n], k) for row_, trees in parsed for n, k in gold_cues(trees, row_))
    return sorted(c for c, times in cues.items() if times >= SEEN and times >= SHARE * used[c])


def examples(parsed: Sequence[tuple[dict[str, Any], list[Tree]]], cues: frozenset[str]) -> Iterator[Example]:
    for row_, trees in parsed:
        text, quotes, gold = row_["text"], quotations(row_["text"]), gold_cues(trees, row_)
        for number, tree in enumerate(trees):
            near = surroundings(trees, number, quotes)
            for cue in range(len(tree)):
                if tree.deps[cue] in ("aux", "auxpass") or name(tree, cue) not in cues:
                    continue
                found = options(tree, cue, near)
                contents = gold.get((number, cue), [])
                share = [max((jaccard(o.spans, c) for c in contents), default=0.0) for o in found]
                best = max(share, default=0.0)
                if not found or (contents and best < 0.3):
                    continue
                yield Example(
                    np.array([row(f) for f in cue_features(tree, cue, near)]),
                    np.array([list(map(row, each)) for each in option_features(tree, cue, found, near, text)]),
                    tree.vectors[cue].copy(),
                    tree.vectors[[o.head for o in found]],
                    np.array([s if s >= max(0.3, best - 0.03) else 0.0 for s in share], np.float32),
                )


class Network(nn.Module):
    """What `index.statements.judge.Judge` computes, in a form that learns."""

    def __init__(self) -> None:
        super().__init__()
        self.table = nn.EmbeddingBag(ROWS, WIDTH, mode="sum")
        self.gate = nn.EmbeddingBag(ROWS, 1, mode="sum")
        self.cue, self.head = nn.Linear(96, WIDTH), nn.Linear(96, WIDTH, bias=False)
        self.out = nn.Linear(WIDTH, 1, bias=False)
        nn.init.normal_(self.table.weight, 0, 0.05)
        nn.init.zeros_(self.gate.weight)

    def bag(self, table: nn.EmbeddingBag, lists: Sequence[np.ndarray]) -> torch.Tensor:
        """The sum of a table's rows for each list, some left out while learning."""
        flat = torch.from_numpy(np.concatenate(lists))
        starts = torch.tensor(np.cumsum([0, *map(len, lists[:-1])]))
        kept = (torch.rand(len(flat)) > DROP).float() / (1 - DROP) if self.training else torch.ones(len(flat))
        return table(flat, starts, per_sample_weights=kept)

    def forward(self, batch: Sequence[Example]) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """Scores of all candidates, whose they are, and what the gate says of each cue."""
        owner = torch.tensor(np.repeat(np.arange(len(batch)), [len(e.own) for e in batch]))
        cues = self.bag(self.table, [e.cue for e in batch]) + self.cue(
            torch.tensor(np.stack([e.vector for e in batch]))
        )
        own = self.bag(self.table, [o for e in batch for o in e.own])
        own = own + self.head(torch.tensor(np.concatenate([e.heads for e in batch])))
        hidden = nn.functional.dropout(torch.relu(cues[owner] + own), 0.2, self.training)
        return self.out(hidden)[:, 0], owner, self.bag(self.gate, [e.cue for e in batch])[:, 0]


def loss(scores: torch.Tensor, owner: torch.Tensor, batch: Sequence[Example]) -> torch.Tensor:
    """Cross-entropy of choosing a right candidate, or none where none is right."""
    right = torch.tensor(np.concatenate([e.right for e in batch]))
    zero = torch.zeros(len(batch))
    high = zero.scatter_reduce(0, owner, scores.detach(), "amax")
    weight = torch.exp(scores - high[owner])
    everything = zero.index_add(0, owner, weight) + torch.exp(-high)
    good = zero.index_add(0, owner, weight * right)
    none = zero.index_add(0, owner, right) == 0
    return -(torch.log(torch.where(none, torch.exp(-high), good) + 1e-9) - torch.log(everything)).mean()


def fit(found: list[Example]) -> Network:
    network = Network()
    optimizer = torch.optim.AdamW(network.parameters(), lr=RATE, weight_decay=DECAY)
    steps = EPOCHS * (len(found) // BATCH + 1)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: max(0.03, 1 - step / steps))
    for epoch in range(EPOCHS):
        order = np.random.default_rng(epoch).permutation(len(found))
        total = 0.0
        for start in range(0, len(found), BATCH):
            batch = [found[i] for i in order[start : start + BATCH]]
            scores, owner, gate = network(batch)
            says = torch.tensor([float(e.right.any()) for e in batch])
            error = loss(scores, owner, batch)
            optimizer.zero_grad()
            (error + nn.functional.binary_cross_entropy_with_logits(gate, says)).backward()
            optimizer.step()
            schedule.step()
            total += float(error.detach()) * len(batch)
        print(f"epoch {epoch}: {total / len(found):.4f}", flush=True)
    return network.eval()


def main() -> None:
    torch.manual_seed(7)
    torch.set_num_threads(1)
    parser = Parser()
    articles = rows(Path(sys.argv[1]), "train")
    parsed = [(r, parser.trees(segment(r["id"], r["text"], ()))) for r in articles]
    cues = lexicon(parsed)
    found = list(examples(parsed, frozenset(cues)))
    network = fit(found)
    gate = network.gate.weight.detach().numpy()[:, 0]
    says = np.array([gate[e.cue].sum() for e in found if e.right.any()])
    bound = float(np.quantile(says, LOST))
    past = np.mean([gate[e.cue].sum() >= bound for e in found])
    print(f"{len(cues)} lemmas, {len(found)} cues, {len(says)} true; the gate lets {past:.2f} pass")
    np.savez_compressed(
        Path(sys.argv[2]) if len(sys.argv) > 2 else WEIGHTS,
        table=network.table.weight.detach().numpy().astype(np.float16),
        cue_weights=network.cue.weight.detach().numpy().T.astype(np.float16),
        head_weights=network.head.weight.detach().numpy().T.astype(np.float16),
        bias=network.cue.bias.detach().numpy(),
        out=network.out.weight.detach().numpy()[0],
        gate=gate.astype(np.float16),
        gate_bar=np.float32(bound),
        bar=np.float32(BAR),
        cues=np.array(cues),
    )


if __name__ == "__main__":
    main()
