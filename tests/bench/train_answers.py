"""Trains the weights of `index/answers/answers.npz` on the questions of `answers.jsonl`. Takes two hours on two cores.

usage: python -m tests.bench.train_answers EVENTS NEWSQUIZ [OUT.npz] [--further] [--steps N] [--start FROM.npz]

EVENTS and NEWSQUIZ are archives of these sets, as `tests.bench.retrieval` makes them. The default embedding model reads
questions and sentences; to each of its linear maps the product of two thin matrices is added, which alone are trained,
with what `index.answers.late` weighs tokens by. Within each article the sentences that answer must stand above the others
and above nothing (cross-entropy, where no sentence answers nothing must be the best), and so they must among the sentences
of other articles that were read for a question; and over all sentences of a step, other events' among them, each is told
apart from those that answer (binary cross-entropy). How well it does on the questions kept apart for tuning is told as it
goes. The weights that come with the installation were trained in five runs, each going on from the last as there were
more questions, 1,584 steps in all, of two groups each that were drawn from both sets as one; steps are of three now.
"""

from __future__ import annotations

import argparse
import math
import random
import time
from collections import defaultdict
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import torch
from sklearn.metrics import roc_auc_score
from tokenizers import Tokenizer
from torch import nn

from index.answers.late import HEADLINE, QUESTION, SENTENCE
from index.answers.weights import PARTS, TRAINED
from index.archive import Archive
from index.embed import DEFAULT_MODEL
from index.embed.weights import load, resolve
from index.lexical import stems
from qa.weigh import Question
from tests.bench.answers import Marked, marked

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from torch import Tensor

    from index.types import Sentence
    from tests.bench.answers import Cell

RANK, RATE, MIX_RATE, DECAY, WARM = 16, 3.5e-4, 3e-2, 0.01, 20
EVENTS, MATTERS = 1, 2
"""Events a step, and matters of a quiz: their questions are fewer."""
OWN, FAR, BATCH, EVERY = 56, 12, 32, 130
"""Sentences of an event (more where more are marked), sentences of other events, sentences at once, and steps between
two tests."""
PART, RIGHT, APART = 0.35, 3.0, 0.3
"""What a sentence that answers in part counts, how much one that answers does against one that does not, and what
telling all sentences apart counts beside choosing within an article."""


class Place(NamedTuple):
    """Where a sentence of a step stands, nowhere if it is no event's; and for which question alone it was read."""

    article: str = ""
    ordinal: int = -1
    only: str | None = None


class Changed(nn.Module):  # type: ignore[misc]
    """A linear map that stays, and two thin ones that are trained beside it."""

    def __init__(self, linear: Any) -> None:
        super().__init__()
        self.linear = linear
        self.down = nn.Parameter(torch.randn(RANK, linear.in_features) / math.sqrt(linear.in_features))
        self.up = nn.Parameter(torch.zeros(linear.out_features, RANK))

    def forward(self, x: Tensor) -> Tensor:
        return self.linear(x) + (x @ self.down.T) @ self.up.T


class Reader(nn.Module):  # type: ignore[misc]
    """What `index.answers.late` does, so that it can be trained."""

    def __init__(self) -> None:
        super().__init__()
        self.bert = load(DEFAULT_MODEL)[0].auto_model
        self.bert.requires_grad_(False)
        for layer in self.bert.encoder.layer:
            for part in PARTS:
                where, _, name = part.rpartition(".")
                setattr(layer.get_submodule(where), name, Changed(layer.get_submodule(part)))
        width = self.bert.config.hidden_size
        self.turned = nn.Linear(width, width)
        nn.init.eye_(self.turned.weight)
        self.telling = nn.Linear(width, 1)
        nn.init.zeros_(self.telling.weight)
        self.mix = nn.Parameter(torch.tensor([8.0, 8.0, -8.0]))
        self.tokenizer = Tokenizer.from_file(str(Path(resolve(DEFAULT_MODEL)) / "tokenizer.json"))
        self.tokenizer.no_padding()
        self.eval()  # nothing is dropped: few steps are made

    def row(self, *parts: tuple[str, int]) -> list[int]:
        begin, end = (self.tokenizer.token_to_id(name) for name in ("[CLS]", "[SEP]"))
        told = [self.tokenizer.encode(text, add_special_tokens=False).ids[:most] for text, most in parts if text]
        return [begin, *(token for ids in told for token in (*ids, end))]

    def hidden(self, rows: Sequence[Sequence[int]]) -> tuple[Tensor, Tensor]:
        """The vectors of all tokens, filled up to the longest, and which are there."""
        longest = max(map(len, rows))
        order = sorted(range(len(rows)), key=lambda i: len(rows[i]))
        found: dict[int, tuple[Tensor, Tensor]] = {}
        for start in range(0, len(order), BATCH):
            batch = order[start : start + BATCH]
            length = len(rows[batch[-1]])
            ids = torch.tensor([[*rows[i], *[0] * (length - len(rows[i]))] for i in batch])
            mask = torch.tensor([[1] * len(rows[i]) + [0] * (length - len(rows[i])) for i in batch])
            vectors = self.bert(input_ids=ids, attention_mask=mask).last_hidden_state
            fill = (0, longest - length)
            for place, i in enumerate(batch):
                found[i] = nn.functional.pad(vectors[place], (0, 0, *fill)), nn.functional.pad(mask[place], fill)
        return tuple(torch.stack([found[i][k] for i in range(len(rows))]) for k in (0, 1))  # type: ignore[return-value]

    def forward(self, questions: Sequence[str], sentences: Sequence[tuple[str, str]]) -> Tensor:
        """Log-odds, `(questions, sentences)`."""
        asked, there = self.hidden([self.row((question, QUESTION)) for question in questions])
        told, held = self.hidden([self.row((headline, HEADLINE), (text, SENTENCE)) for headline, text in sentences])
        whole = [
            nn.functional.normalize((x * m[..., None]).sum(1) / m.sum(1, keepdim=True), dim=-1)
            for x, m in ((asked, there), (told, held))
        ]
        looking, tokens = nn.functional.normalize(self.turned(asked), dim=-1), nn.functional.normalize(told, dim=-1)
        telling = nn.functional.softplus(self.telling(asked))[..., 0] * there
        telling = telling / telling.sum(1, keepdim=True)
        found = []
        for looks, counts in zip(looking, telling, strict=True):
            near = torch.einsum("nd,sld->snl", looks, tokens).masked_fill(held[:, None] == 0, -1e4)
            found.append(near.amax(-1) @ counts)
        return self.mix[0] * torch.stack(found) + self.mix[1] * (whole[0] @ whole[1].T) + self.mix[2]


def elsewhere(archive: Archive, asked: Sequence[Marked]) -> dict[str, list[tuple[str, str]]]:
    """For each question sentences of other days that have its words."""
    found: dict[str, list[tuple[str, str]]] = {}
    for one in asked:
        read = Question.read(one.question, archive.lexical.rarity)
        days = {cell.article.published for cell in one.cells}
        near: dict[str, list[tuple[str, str]]] = {}
        for passage, article in archive.catalogue.found(
            [i for i, _ in archive.lexical.search(one.question, 40)]
        ).values():
            if article.id in one.event or article.published in days or article.id in near:
                continue
            sentences = [s.text for s in archive.catalogue.sentences(article, passage) if not s.is_title]
            best = sorted(sentences, key=lambda text: -read.coverage(set(stems(text))))[:2]
            near[article.id] = [(article.title or "", " ".join(text.split())) for text in best]
        found[one.question] = [pair for pairs in list(near.values())[:4] for pair in pairs]
    return found


def events(asked: Sequence[Marked]) -> list[list[Marked]]:
    groups: dict[frozenset[str], list[Marked]] = defaultdict(list)
    for one in asked:
        groups[one.event].append(one)
    return list(groups.values())


def drawn(groups: Sequence[list[Marked]]) -> Iterator[list[Marked]]:
    """All groups in a new order each time, for ever."""
    while True:
        yield from random.sample(groups, len(groups))


def step(reader: Reader, groups: Sequence[list[Marked]], far: dict[str, list[tuple[str, str]]]) -> Tensor:
    """The loss over some events."""
    sentences: list[tuple[str, str]] = []
    places: list[Place] = []

    def add(told: Iterable[tuple[Cell, Sentence]], only: str | None = None) -> None:
        for cell, sentence in told:
            sentences.append((cell.article.title or "", " ".join(sentence.text.split())))
            places.append(Place(cell.article.id, sentence.ordinal, only))

    for group in groups:
        needed = {(c.article.id, n) for one in group for c in one.cells for n in c.answers | c.partly}
        every = [(c, s) for c in group[0].cells for s in c.sentences]
        others = [(c, s) for c, s in every if (c.article.id, s.ordinal) not in needed]
        random.shuffle(others)
        add((c, s) for c, s in every if (c.article.id, s.ordinal) in needed)
        add(others[: max(0, OWN - len(needed))])
        for one in group:
            add(((c, s) for c in one.elsewhere for s in c.sentences), one.question)
        away = [pair for one in group if not one.elsewhere for pair in far[one.question]]
        sentences += random.sample(away, min(FAR, len(away)))
        places += [Place()] * (len(sentences) - len(places))
    asked = [one for group in groups for one in group]
    losses = [
        _loss(one, scores, places)
        for one, scores in zip(asked, reader([one.question for one in asked], sentences), strict=True)
    ]
    return torch.stack(losses).mean()


def _loss(one: Marked, scores: Tensor, places: Sequence[Place]) -> Tensor:
    """What one question adds; sentences that were read for another question alone are passed over."""
    cells = (*one.cells, *one.elsewhere)
    right = {(c.article.id, n): 1.0 for c in cells for n in c.answers}
    right |= {(c.article.id, n): PART for c in cells for n in c.partly}
    goal = torch.tensor([right.get((place.article, place.ordinal), 0.0) for place in places])
    within = []
    for read in (*((cell,) for cell in one.cells), *([one.elsewhere] if one.elsewhere else [])):
        articles, only = {cell.article.id for cell in read}, one.question if read is one.elsewhere else None
        own = [i for i, place in enumerate(places) if place.article in articles and place.only == only]
        nothing = scores.new_tensor([0.0 if any(cell.answers for cell in read) else 1.0])
        share = torch.cat([goal[own], nothing])
        ranked = torch.cat([scores[own], scores.new_zeros(1)]).log_softmax(0)
        within.append(-(share / share.sum() * ranked).sum())
    weights = torch.where(goal > 0, RIGHT, 1.0)
    weights *= torch.tensor([float(place.only in {None, one.question}) for place in places])
    apart = nn.functional.binary_cross_entropy_with_logits(scores, goal, weight=weights, reduction="sum")
    return torch.stack(within).mean() + APART * apart / (weights * (goal > 0)).sum().clamp(min=6.0)


def tested(reader: Reader, asked: Sequence[Marked]) -> Iterator[str]:
    """How often the best sentence answers, and how well articles that answer are told from those that do not."""
    first, best, there = [], [], []
    with torch.no_grad():
        for group in events(asked):
            pairs = [(c.article.title or "", " ".join(s.text.split())) for c in group[0].cells for s in c.sentences]
            for one, scores in zip(group, reader([g.question for g in group], pairs).numpy(), strict=True):
                ends = np.cumsum([len(cell.sentences) for cell in one.cells])[:-1]
                for cell, own in zip(one.cells, np.split(scores, ends), strict=True):
                    best.append(own.max())
                    there.append(bool(cell.answers))
                    if cell.answers:
                        first.append(cell.sentences[int(own.argmax())].ordinal in cell.answers)
    yield f"best sentence answers {np.mean(first):.3f} of {len(first)} cells"
    yield f"answered or not, area under the curve {roc_auc_score(there, best):.3f}"


def started(reader: Reader, path: Path) -> None:
    """Goes on from weights that were saved."""
    with np.load(path, allow_pickle=False) as file, torch.no_grad():
        told = {name: torch.from_numpy(file[name].astype(np.float32)) for name in file.files}
        for number, layer in enumerate(reader.bert.encoder.layer):
            for part in PARTS:
                for name in ("down", "up"):
                    getattr(layer.get_submodule(part), name).copy_(told[f"{number}.{part}.{name}"])
        for name in ("turned", "telling"):
            weights, linear = told[name].reshape(-1, told[name].shape[-1]), getattr(reader, name)
            linear.weight.copy_(weights[:, :-1])
            linear.bias.copy_(weights[:, -1])
        reader.mix.copy_(told["mix"])


def saved(reader: Reader, path: Path) -> None:
    """Writes what was trained, as `index.answers.weights` reads it."""
    arrays = {
        f"{number}.{part}.{name}": getattr(layer.get_submodule(part), name).detach().numpy().astype(np.float16)
        for number, layer in enumerate(reader.bert.encoder.layer)
        for part in PARTS
        for name in ("down", "up")
    }
    for name in ("turned", "telling"):
        linear = getattr(reader, name)
        arrays[name] = np.concatenate([linear.weight.detach().numpy(), linear.bias.detach().numpy()[:, None]], axis=1)
    np.savez_compressed(
        path,
        **arrays | {"turned": arrays["turned"].astype(np.float16), "telling": arrays["telling"][0]},
        mix=reader.mix.detach().numpy(),
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("events", type=Path)
    parser.add_argument("newsquiz", type=Path)
    parser.add_argument("out", type=Path, nargs="?", default=TRAINED)
    parser.add_argument("--steps", type=int, default=1200)
    parser.add_argument("--start", type=Path, help="weights to go on from")
    parser.add_argument("--further", action="store_true", help="train on the questions of the use `further` as well")
    parser.add_argument("--seed", type=int, default=1, help="another one where a run goes on from weights")
    options = parser.parse_args()
    random.seed(options.seed)
    torch.manual_seed(options.seed)
    with Archive(options.events) as archive:
        train, tune = marked(archive, "train"), marked(archive, "tune")
        far = elsewhere(archive, train)
    with Archive(options.newsquiz) as archive:
        quiz = [one for use in ("train", "further")[: 1 + options.further] for one in marked(archive, use, "newsquiz")]
        far |= elsewhere(archive, quiz)
    decks = [(drawn(events(train)), EVENTS), (drawn(events(quiz)), MATTERS)]
    reader = Reader()
    if options.start:
        started(reader, options.start)
    body = [p for name, p in reader.named_parameters() if p.requires_grad and name != "mix"]
    optimizer = torch.optim.AdamW(
        [{"params": body, "lr": RATE}, {"params": [reader.mix], "lr": MIX_RATE}], weight_decay=DECAY
    )
    falling = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda n: min(1, (n + 1) / WARM) * max(0.03, 1 - n / options.steps)
    )
    begun = time.perf_counter()
    for number in range(1, options.steps + 1):
        loss = step(reader, [group for deck, most in decks for group in islice(deck, most)], far)
        loss.backward()
        nn.utils.clip_grad_norm_([*body, reader.mix], 1.0)
        optimizer.step()
        falling.step()
        optimizer.zero_grad()
        if number % EVERY == 0 or number == options.steps:
            spent = time.perf_counter() - begun
            print(
                f"{number} of {options.steps}, {spent:.0f} s, loss {float(loss.detach()):.3f}; "
                + "; ".join(tested(reader, tune)),
                flush=True,
            )
            saved(reader, options.out)


if __name__ == "__main__":
    main()
