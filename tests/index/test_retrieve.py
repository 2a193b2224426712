"""Questions to ranked passages: both searches fused, filtered, and balanced between outlets."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pytest

from index.archive import Archive
from index.fuse import blend
from index.proximity import proximity
from index.ranking import BY_WORDS
from index.retrieve import CANDIDATES, LOOKED_INTO, READ, SLOT, retrieve
from index.types import Filters
from tests.fakes import HashEmbedder
from tests.index.making import OUTLETS, add, row, write_rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path
    from typing import Any

    from index.types import Hit

EMBEDDER = HashEmbedder()
QUESTION = "Which mayor blamed the harbour company over crowns in Aldern?"


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """Sixty articles of three outlets and of none."""
    folder = tmp_path_factory.mktemp("retrieve")
    add(folder / "a", write_rows(folder / "t.jsonl", *(row(n, sentences=20) for n in range(60))))
    with Archive(folder / "a") as opened:
        yield opened


def ask(archive: Archive, question: str = QUESTION, **options: Any) -> tuple[Hit, ...]:
    options.setdefault("filters", Filters())
    return retrieve(question, archive=archive, embedder=EMBEDDER, **options)


def test_hits_stand_in_the_order_of_the_blend_of_words_meaning_and_article(archive: Archive) -> None:
    vector = EMBEDDER.query(QUESTION)
    dense = dict(archive.dense.search(vector, CANDIDATES))
    lexical = dict(archive.lexical.search(QUESTION, BY_WORDS))
    among = {*dense, *list(lexical)[:CANDIDATES]}
    meaning = dict(zip(among, archive.dense.similarity(vector, list(among)), strict=True))
    near = [i for i, _ in blend(meaning, lexical)[:LOOKED_INTO]]
    article_of = archive.catalogue.articles_of(near)
    likeness = {
        article: np.mean(archive.dense.similarity(vector, archive.catalogue.passage_ids([article])))
        for article in article_of.values()
    }
    of_near = {i: meaning[i] for i in near}
    about = {i: float(likeness[article_of[i]]) for i in near}
    read = [i for i, _ in blend(of_near, lexical, about)[:READ]]
    texts = {i: passage.text for i, (passage, _) in archive.catalogue.found(read).items()}
    expected = blend(of_near, lexical, about, proximity(QUESTION, texts, archive.lexical.rarity))
    hits = ask(archive, k=15, balanced=False)
    assert [hit.passage.id for hit in hits] == [i for i, _ in expected[:15]]
    assert [hit.score for hit in hits] == pytest.approx([score for _, score in expected[:15]], abs=1e-5)
    for hit in hits:
        by = [
            name for name, ids in (("dense", dense), ("lexical", list(lexical)[:CANDIDATES])) if hit.passage.id in ids
        ]
        assert hit.found_by == tuple(by)


class Longest:
    """A reranker for which the longer passage is the better one."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, frozenset[str]]] = []

    def scores(self, question: str, passages: Sequence[str]) -> list[float]:
        self.asked.append((question, frozenset(passages)))
        return [float(len(passage)) for passage in passages]


def test_a_reranker_orders_the_best_passages_and_their_scores_stay(archive: Archive) -> None:
    reranker = Longest()
    before = ask(archive, k=READ, balanced=False)
    found = ask(archive, k=10, balanced=False, reranker=reranker)
    headed = {hit.passage: f"{hit.article.title}\n{hit.passage.text}" for hit in before}
    assert len(before) == READ
    assert reranker.asked == [(QUESTION, frozenset(headed.values()))]
    assert [hit.passage for hit in found] == sorted(headed, key=lambda passage: -len(headed[passage]))[:10]
    assert [hit.score for hit in found] == pytest.approx([hit.score for hit in before[:10]])
    ask(archive, k=READ + 5, reranker=reranker)
    assert len(reranker.asked[-1][1]) == READ + 5


def test_an_exact_search_of_few_passages_is_the_search(archive: Archive) -> None:
    assert ask(archive, exact=True) == ask(archive)


def test_a_hit_shows_its_words_its_sentences_and_its_cosine(archive: Archive) -> None:
    for hit in ask(archive):
        text = hit.article.text
        assert hit.passage.text == text[hit.passage.start : hit.passage.end]
        assert [s.ordinal for s in hit.sentences] == list(range(hit.passage.first, hit.passage.last + 1))
        assert all(s.text == text[s.start : s.end] for s in hit.sentences)
        assert (hit.sentences[0].start, hit.sentences[-1].end) == (hit.passage.start, hit.passage.end)
        document = EMBEDDER.documents([f"{hit.article.title}\n{hit.passage.text}"])[0]
        assert hit.similarity == pytest.approx(float(document @ EMBEDDER.query(QUESTION)), abs=1e-5)


@pytest.mark.parametrize(
    "filters",
    [
        Filters(outlets=("Aldern Echo",)),
        Filters(outlets=("Aldern Echo", "Brannock Bee")),
        Filters(since=date(2026, 3, 14)),
        Filters(until=date(2026, 3, 14)),
        Filters(since=date(2026, 2, 1), until=date(2026, 6, 30), outlets=("Corvale Chronicle",)),
    ],
)
def test_only_what_the_filters_let_through_is_found_and_all_of_it(archive: Archive, filters: Filters) -> None:
    def passes(number: int) -> bool:
        made = row(number)
        day = date.fromisoformat(made["published"])
        return (
            (not filters.outlets or made["outlet"] in filters.outlets)
            and (filters.since is None or day >= filters.since)
            and (filters.until is None or day <= filters.until)
        )

    expected = {f"n{n}" for n in range(60) if passes(n)}
    assert 0 < len(expected) < 60
    assert {hit.article.key for hit in ask(archive, filters=filters, k=500)} == expected


def test_filters_by_article_and_filters_that_let_nothing_through(archive: Archive) -> None:
    chosen = ask(archive)[3].article.id
    assert {hit.article.id for hit in ask(archive, filters=Filters(articles=(chosen,)))} == {chosen}
    assert ask(archive, filters=Filters(articles=("0" * 16,))) == ()
    assert ask(archive, filters=Filters(outlets=("Nobody",))) == ()
    assert ask(archive, filters=Filters(since=date(2030, 1, 1))) == ()


def test_every_outlet_among_much_alike_is_heard_early(archive: Archive) -> None:
    pool = ask(archive, k=60, balanced=False)
    hits = ask(archive, k=8)
    speakers = [hit.article.outlet or hit.article.id for hit in hits]
    for place, hit in enumerate(hits):
        paid = hit.score - SLOT * (speakers[place] in speakers[:place])
        for other in pool:
            if other.passage.id not in {h.passage.id for h in hits[:place]}:
                of = other.article.outlet or other.article.id
                assert paid >= other.score - SLOT * (of in speakers[:place]) - 1e-5
    assert {hit.article.outlet for hit in hits} >= {outlet for outlet in OUTLETS if outlet}


def test_articles_of_no_known_outlet_each_speak_for_themselves(tmp_path: Path) -> None:
    rows = [row(n, sentences=40) | {"outlet": None} for n in range(4)]
    add(tmp_path / "a", write_rows(tmp_path / "t.jsonl", *rows))
    with Archive(tmp_path / "a") as opened:
        hits = ask(opened, k=4)
        pool = {hit.article.id: hit.score for hit in reversed(ask(opened, k=60, balanced=False))}
        assert hits[0].score == max(pool.values())
        second = next(hit for hit in hits if hit.article.id != hits[0].article.id)
        assert second.score == pytest.approx(max(s for i, s in pool.items() if i != hits[0].article.id))
        alone = ask(opened, k=4, filters=Filters(articles=(hits[0].article.id,)))
        assert len(alone) == 4
        assert all(hit.article.outlet is None for hit in alone)


@pytest.mark.parametrize("k", [1, 3, 10, 200])
def test_there_are_k_hits_no_passage_twice(archive: Archive, k: int) -> None:
    hits = ask(archive, k=k)
    assert len(hits) == min(k, len(archive.dense))
    assert len({hit.passage.id for hit in hits}) == len(hits)


@pytest.mark.parametrize("question", ["?!", "zeppelin", "AND OR NOT", "“”", "町", "a" * 2000])
def test_any_question_finds_something_by_meaning_at_least(archive: Archive, question: str) -> None:
    hits = ask(archive, question=question, k=3)
    assert len(hits) == 3
    assert all("dense" in hit.found_by for hit in hits)
