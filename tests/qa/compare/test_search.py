"""One search for all outlets, and each outlet's best passages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from index.archive import Archive
from index.types import Filters
from qa.compare.search import search
from tests.fakes import HashEmbedder
from tests.index.making import OUTLETS, add, row, write_rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any

    from index.types import Hit

QUESTION = "Which mayor blamed the harbour company over crowns in Aldern?"
EMBEDDER = HashEmbedder()


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """Twelve articles of three outlets and of none: all of their passages are read."""
    folder = tmp_path_factory.mktemp("search")
    add(folder / "a", write_rows(folder / "t.jsonl", *(row(n, sentences=20) for n in range(12))))
    with Archive(folder / "a") as opened:
        yield opened


def ask(archive: Archive, **options: Any) -> dict[str, tuple[Hit, ...]]:
    options.setdefault("filters", Filters())
    return search(QUESTION, EMBEDDER.query(QUESTION), archive=archive, **options)


def test_an_outlet_has_its_own_best_passages_and_the_best_outlet_comes_first(archive: Archive) -> None:
    found = ask(archive, passages=5)
    assert {*OUTLETS} - {None} <= {*found}
    for outlet, of_outlet in found.items():
        assert 0 < len(of_outlet) <= 5
        assert {hit.article.outlet or hit.article.id for hit in of_outlet} == {outlet}
        assert len({hit.passage.id for hit in of_outlet}) == len(of_outlet)
    assert list(ask(archive, outlets=2)) == list(found)[:2]


def test_what_is_silent_is_in_with_its_nearest_passages_and_filters_hold(archive: Archive) -> None:
    silent = next(i for i in archive.catalogue.ids() if (held := archive.catalogue.article(i)) and held.outlet is None)
    assert silent in ask(archive, silent=[silent], outlets=40)
    one = next(outlet for outlet in OUTLETS if outlet)
    assert set(ask(archive, filters=Filters(outlets=(one,)))) == {one}
    assert set(ask(archive, filters=Filters(outlets=(one,)), silent=[silent])) == {one, silent}


class Shortest:
    """A reranker for which the shorter passage is the better one."""

    def scores(self, question: str, passages: Sequence[str]) -> list[float]:
        """Less for more."""
        assert question == QUESTION
        return [-float(len(passage)) for passage in passages]


def test_a_reranker_puts_each_outlet_s_passages_in_its_order(archive: Archive) -> None:
    for of_outlet in ask(archive, reranker=Shortest(), passages=3).values():
        lengths = [len(f"{hit.article.title}\n{hit.passage.text}") for hit in of_outlet]
        assert lengths == sorted(lengths)
