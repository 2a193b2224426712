"""Days in a question: what they are, and whether they bound the days of publication."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.questions.bounds import bounded, fragment
from qa.questions.times import times

NEWEST = date(2019, 6, 14)  # a Friday


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("since March 2018", "2018-03-01", "2018-03-31"),
        ("before 5 May", "2019-05-05", "2019-05-05"),
        ("before 5 July", "2018-07-05", "2018-07-05"),
        ("on June 3rd, 2017", "2017-06-03", "2017-06-03"),
        ("on 2016-02-29", "2016-02-29", "2016-02-29"),
        ("in 2017", "2017-01-01", "2017-12-31"),
        ("in Feb. 2016", "2016-02-01", "2016-02-29"),
        ("between 3 and 10 June 2019", "2019-06-03", "2019-06-10"),
        ("between March and May 2018", "2018-03-01", "2018-05-31"),
        ("from 2015 to 2017", "2015-01-01", "2017-12-31"),
        ("yesterday", "2019-06-13", "2019-06-13"),
        ("last week", "2019-06-03", "2019-06-09"),
        ("this month", "2019-06-01", "2019-06-14"),
        ("last month", "2019-05-01", "2019-05-31"),
        ("last year", "2018-01-01", "2018-12-31"),
        ("on Monday", "2019-06-10", "2019-06-10"),
        ("on Friday", "2019-06-14", "2019-06-14"),
        ("last Friday", "2019-06-07", "2019-06-07"),
        ("in the past three days", "2019-06-11", "2019-06-14"),
        ("two weeks ago", "2019-05-31", "2019-06-14"),
    ],
)
def test_words_name_these_days(words: str, first: str, last: str) -> None:
    (time,) = times(f"What was said {words}?", NEWEST)
    assert (time.first.isoformat(), time.last.isoformat()) == (first, last)
    assert f"What was said {words}?"[time.start : time.end] == words


@pytest.mark.parametrize(
    "text",
    ["What may he do?", "Did they march?", "Theresa May left.", "the 1990s", "on 31 February", "room 2019b", "9/11"],
)
def test_other_words_name_none(text: str) -> None:
    assert times(text, NEWEST) == ()


@pytest.mark.parametrize(
    ("question", "since", "until"),
    [
        ("What has he said since March 2018?", "2018-03-01", None),
        ("What happened after 5 May?", "2019-05-06", None),
        ("What did the papers write before 5 May?", None, "2019-05-04"),
        ("What did the papers write until 5 May?", None, "2019-05-05"),
        ("What did she say in 2017?", "2017-01-01", "2017-12-31"),
        ("What did she say about the flood in 2017?", "2017-01-01", None),
        ("What was reported on 5 May?", "2019-05-05", "2019-05-05"),
        ("What happened on 5 May?", "2019-05-05", None),
        ("What did she say last week?", "2019-06-03", "2019-06-09"),
        ("Who resigned last week?", "2019-06-03", None),
        ("Who resigned this year?", "2019-01-01", None),
        ("Who resigned in May?", None, None),
        ("Who won the 2016 election?", None, None),
        ("Who was behind the March 2018 Salisbury attack?", None, None),
        ("Who did she say won the election in 2016?", "2016-01-01", None),
        ("Why was the bridge closed until 5 May?", None, None),
        ("Who led the party before 2016?", None, None),
        ("Did they agree to return on 5 May?", None, None),
        ("What did they promise to do in May?", None, None),
        ("What will happen in 2020?", None, None),
        ("What happens after 2020?", None, None),
        ("What is planned this month?", None, None),
    ],
)
def test_days_bound_publication_only_where_nothing_later_is_cut_off(
    question: str, since: str | None, until: str | None
) -> None:
    bounds = bounded(question, NEWEST).bounds
    found = [(b.since and b.since.isoformat(), b.until and b.until.isoformat()) for b in bounds]
    assert found == ([(since, until)] if since or until else [])


def test_words_that_only_bound_are_taken_out_where_enough_is_left() -> None:
    assert bounded("What did Karg say last week about the dam?", NEWEST).rest == "What did Karg say about the dam?"
    assert bounded("Since March, what has Karg said about the dam?", NEWEST).rest == "what has Karg said about the dam?"
    assert bounded("What happened last week?", NEWEST).rest == "What happened last week?"
    assert bounded("What happened in Orm on 5 May?", NEWEST).rest == "What happened in Orm on 5 May?"


def test_an_archive_without_days_reads_none() -> None:
    assert bounded("What did she say last week?", None).bounds == ()
    assert fragment("and in 2018?", None) is None


def test_days_alone_have_both_ends_and_other_words_make_a_question() -> None:
    found = fragment("in 2018?", NEWEST)
    assert found is not None
    assert (found[0].since, found[0].until) == (date(2018, 1, 1), date(2018, 12, 31))
    assert fragment("Karg in 2018?", NEWEST) is None


@given(st.dates(date(1990, 1, 1), NEWEST), st.sampled_from(["%d %B %Y", "%B %d, %Y", "%Y-%m-%d", "%d %b %Y"]))
def test_every_day_is_read_as_it_is_written(day: date, form: str) -> None:
    (time,) = times(f"since {day:{form}}", NEWEST)
    assert time.first == time.last == day


@given(st.integers(1, 300), st.sampled_from(["day", "week", "month"]))
def test_days_that_count_back_end_with_the_newest(number: int, unit: str) -> None:
    (time,) = times(f"in the last {number} {unit}s", NEWEST)
    assert time.last == NEWEST
    assert NEWEST - time.first >= timedelta(days=number)
