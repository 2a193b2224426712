"""Which passages a filter lets through, against the record itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from index import planner
from index.archive import Archive
from index.planner import allowed, by_article, passages_of
from index.types import Filters
from tests.index.making import add, row, write_rows

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """Thirty articles, added twice so that ids do not go by article alone."""
    folder = tmp_path_factory.mktemp("planner")
    add(folder / "a", write_rows(folder / "t.jsonl", *(row(n, sentences=12) for n in range(20))))
    add(folder / "a", write_rows(folder / "u.jsonl", *(row(n, sentences=30) for n in range(20, 30))))
    with Archive(folder / "a") as opened:
        yield opened


def articles(archive: Archive) -> list[str]:
    return [article.id for article in archive.catalogue.articles()]


@pytest.mark.parametrize("few", [0, 1_000])
@pytest.mark.parametrize("every", [1, 2, 7, 99])
def test_the_passages_of_articles_are_those_of_the_record(
    archive: Archive, monkeypatch: pytest.MonkeyPatch, few: int, every: int
) -> None:
    monkeypatch.setattr(planner, "FEW", few)
    chosen = [*articles(archive)[::every], "no such article"]
    assert passages_of(archive.catalogue, chosen).tolist() == archive.catalogue.passage_ids(chosen)


def test_a_filter_lets_its_articles_through_and_no_filter_limits_nothing(archive: Archive) -> None:
    assert allowed(archive.catalogue, Filters()) is None
    scope = allowed(archive.catalogue, Filters(outlets=("Aldern Echo",)))
    assert scope is not None
    assert sorted(scope.articles) == sorted(archive.catalogue.select(Filters(outlets=("Aldern Echo",))))
    assert scope.passages.tolist() == archive.catalogue.passage_ids(scope.articles)
    nothing = allowed(archive.catalogue, Filters(outlets=("Nobody",)))
    assert nothing is not None
    assert len(nothing.articles) == len(nothing.passages) == 0


def test_the_latest_filters_are_remembered(archive: Archive) -> None:
    outlets = [Filters(outlets=(outlet,)) for outlet in ("Aldern Echo", "A", "B", "C", "D")]
    first = allowed(archive.catalogue, outlets[0])
    for filters in (*outlets[1:4], outlets[0]):
        allowed(archive.catalogue, filters)
    assert allowed(archive.catalogue, outlets[0]) is first
    for filters in outlets[1:]:
        allowed(archive.catalogue, filters)
    again = allowed(archive.catalogue, outlets[0])
    assert again is not first
    assert first is not None
    assert again is not None
    assert again.passages.tolist() == first.passages.tolist()


def test_a_passage_is_told_with_its_article_and_where_that_begins_and_ends(archive: Archive) -> None:
    some = archive.catalogue.passage_ids()[::3]
    for passage, (article, first, last) in by_article(archive.catalogue, some).items():
        assert list(range(first, last + 1)) == archive.catalogue.passage_ids([article])
        assert first <= passage <= last
    assert by_article(archive.catalogue, []) == {}
