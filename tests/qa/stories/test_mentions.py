"""Words that name a day: what they mean in an article of a known day, and where they are left alone."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.stories.mentions import Tense, mentions

WEDNESDAY = date(2026, 3, 4)


def meant(text: str, published: date | None = WEDNESDAY, tense: Tense = Tense.PAST) -> list[str | None]:
    found = [mention.day(published, tense) for mention in mentions(text)]
    return [day.isoformat() if day else None for day in found]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("The bridge closed on Monday.", "2026-03-02"),
        ("The bridge closed on Wednesday.", "2026-03-04"),
        ("The bridge closed on Friday.", "2026-02-27"),
        ("The bridge closed yesterday.", "2026-03-03"),
        ("The bridge closed this morning.", "2026-03-04"),
        ("Two days ago the bridge closed.", "2026-03-02"),
        ("The bridge closed on Feb. 20.", "2026-02-20"),
        ("The bridge closed on 20 February.", "2026-02-20"),
        ("The bridge closed on January 10th.", "2026-01-10"),
        ("The bridge closed on November 3, 2025.", "2025-11-03"),
        ("The bridge closed last Wednesday.", "2026-02-25"),
    ],
)
def test_a_past_day_is_the_last_such_day_up_to_the_publication(text: str, day: str) -> None:
    assert meant(text) == [day]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("The bridge will open on Friday.", "2026-03-06"),
        ("The bridge will open tomorrow.", "2026-03-05"),
        ("The bridge will open on March 20.", "2026-03-20"),
        ("The bridge will open on Wednesday.", "2026-03-04"),
    ],
)
def test_an_announced_day_is_the_next_such_day(text: str, day: str) -> None:
    assert meant(text, tense=Tense.FUTURE) == [day]


@pytest.mark.parametrize(
    "text",
    [
        "The bridge closed on Thursday.",  # six days ago, or the day after where the outlet is
        "The bridge closed last Friday.",
        "The bridge closed next Friday.",
        "The bridge closed the following Monday, that is following Monday.",
        "The bridge closed on June 20.",  # of another year, which would be printed
        "The bridge closed on March 9, 2026.",  # after the article
        "The bridge closed on February 30.",
        "The bridge closed on November 3, 2019.",  # background
        "The bridge closed on Monday, March 3.",  # a Tuesday
    ],
)
def test_a_day_in_doubt_is_no_day(text: str) -> None:
    assert set(meant(text)) == {None}


def test_a_date_without_a_year_may_be_of_the_year_before_across_new_year() -> None:
    assert meant("It closed on Dec. 30.", date(2026, 1, 5)) == ["2025-12-30"]
    assert meant("It closed on October 1.", date(2026, 1, 5)) == [None]


def test_a_weekday_with_its_date_is_one_day() -> None:
    assert meant("The bridge closed on Monday, March 2.") == ["2026-03-02"]


def test_without_a_day_of_publication_only_a_whole_date_counts() -> None:
    assert meant("It closed on Monday and yesterday and on May 3 and on May 3, 2024.", published=None) == [
        None,
        None,
        None,
        "2024-05-03",
    ]


@pytest.mark.parametrize(
    "text", ["Today's bridge", "a Monday-night show", "the Mondays of May", "on 20 Marches", "May"]
)
def test_words_that_only_look_like_a_day_are_left_alone(text: str) -> None:
    assert mentions(text) == ()


@given(
    published=st.dates(date(1990, 1, 1), date(2030, 1, 1)),
    text=st.sampled_from(
        ["Monday", "this Tuesday", "last Sunday", "yesterday", "tomorrow", "March 3", "3 days ago", "May 1, 2020"]
    ),
    tense=st.sampled_from(Tense),
)
def test_a_past_day_is_never_after_the_article_and_an_announced_one_never_before(
    published: date, text: str, tense: Tense
) -> None:
    for mention in mentions(text):
        day = mention.day(published, tense)
        if day:
            assert (day <= published) if tense is Tense.PAST else (day >= published)
            assert abs(day - published) <= timedelta(days=366)
