"""Where the article of a page stands is told for whole pages only, and never so that too little of it is left."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from index.layout import best, looks, places
from index.page import Model, is_page, model, outside
from index.types import Reason

HEAD = ["Home", "World", "Sport", "Sign in", "Kestrel weather", "Tide tables", "Newsletters", "Menu"]
STORY = [
    "Pilots of Kestrel Bay stay ashore",
    "Harbour pilots in Kestrel Bay refused to board ships on Monday, saying the new rota leaves them no sleep.",
    "“We will not sail tired,” said Ines Okafor, who leads the pilots’ union, at a meeting on the quay.",
    "The port authority denied that anybody had been asked to work longer, and called the stoppage unlawful.",
    "Nine ships lay at anchor outside the bay by nightfall, among them a tanker that had waited since Saturday.",
    "The pilots will meet the port’s director on Thursday, and until then no ship will be brought into harbour.",
]
TALK = [
    "Comments",
    "Ana Lima",
    "2 days ago",
    "I think they are all lazy and you should sack them, my cousin works there and says the same!",
    "Reply",
    "Bo Ray",
    "3 days ago",
    "You have no idea what you are talking about, I have been on these boats for years and it is hard work.",
    "Reply",
]
FOOT = ["Most popular", "Bakers of the bay bake on", "About us", "Privacy policy"]
PAGE = [*HEAD, *STORY, *TALK, *FOOT]


def unmarked(lines: list[str]) -> list[None]:
    return [None] * len(lines)


def test_menu_comments_and_footer_fall_away_and_the_headline_stays() -> None:
    found = outside(PAGE, unmarked(PAGE))
    comments, foot = PAGE.index("Comments"), len(PAGE) - len(FOOT)
    assert not {PAGE.index(line) for line in STORY} & found.keys()
    assert {found[index] for index in range(len(HEAD))} == {Reason.NAVIGATION}
    assert found[comments] is Reason.COMMENTS
    assert {found[index] for index in range(comments + 2, foot)} == {Reason.COMMENTS}
    assert {found[index] for index in range(foot, len(PAGE))} == {Reason.RELATED}


def test_a_text_without_the_buttons_of_a_page_is_left_alone() -> None:
    assert is_page(PAGE)
    for lines in ([], STORY, [f"{name} won the cup in the end" for name in STORY], [*STORY, "Home", *["Ann Lee"] * 3]):
        assert not is_page(lines)
        assert outside(lines, unmarked(lines)) == {}


def test_where_hardly_anything_would_be_left_nothing_falls_away() -> None:
    judge = Model(np.zeros_like(model().looks), np.append(np.zeros(len(model().places) - 1), -1.0), 0.0)
    assert not judge.article(PAGE, unmarked(PAGE)).any()
    assert outside(PAGE, unmarked(PAGE), judge) == {}


def test_where_only_comments_would_be_left_nothing_falls_away() -> None:
    class Mistaken(Model):
        def article(self, lines: list[str], reasons: list[Reason | None]) -> np.ndarray:  # type: ignore[override]
            return np.arange(len(lines)) > lines.index("Comments")

    judge = Mistaken(model().looks, model().places, 0.0)
    short = [*HEAD, " ".join(STORY[1:4]), *TALK * 3]
    assert outside(short, unmarked(short), judge) == {}


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(min_size=1).map(lambda text: " ".join(text.split())).filter(bool), min_size=1, max_size=30))
def test_every_line_has_as_many_finite_measures_as_there_are_weights(lines: list[str]) -> None:
    first = looks(lines, unmarked(lines))
    assert first.shape == (len(lines), len(model().looks) - 1)
    second = places(first @ model().looks[:-1], np.array([float(len(line)) for line in lines]))
    assert second.shape == (len(lines), len(model().places) - 1)
    assert np.isfinite(first).all()
    assert np.isfinite(second).all()


@given(st.lists(st.integers(-9, 9), max_size=12))
def test_the_best_run_has_the_highest_sum_of_all_runs(points: list[int]) -> None:
    start, end = best(points)
    highest = max((sum(points[i:j]) for i in range(len(points)) for j in range(i, len(points) + 1)), default=0)
    assert sum(points[start:end]) == highest
