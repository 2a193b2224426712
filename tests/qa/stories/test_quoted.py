"""Who is quoted in invented articles: one name for a speaker, copies counted once, and who is missing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.types import Article, Kind, Span, Statement
from index.types import Quoted as Way
from qa.stories.people import Cast, may_be_one
from qa.stories.quoted import quoted
from qa.stories.types import OutletQuotes, Quoted, Speaker, Why

Said = tuple[str, str, Kind, Way, str | None]
"""Who speaks, what is said, how, and about whom."""


def article(outlet: str, *said: Said, number: int = 1) -> tuple[Article, tuple[Statement, ...]]:
    """An article that is its statements, a line each: "Speaker: words"."""
    made, start, lines = [], 0, []
    article_id = f"{outlet}-{number}"
    for speaker, words, kind, way, target in said:
        line = f"{speaker}: {words}"
        source, content = Span(start, start + len(speaker)), Span(start + len(speaker) + 2, start + len(line))
        made.append(
            Statement(
                f"{article_id}-{start}",
                article_id,
                kind,
                speaker,
                (),
                target,
                way,
                None,
                False,
                (source,),
                (),
                (content,),
            )
        )
        lines.append(line)
        start += len(line) + 1
    return Article(article_id, f"{outlet}.txt", "", "\n".join(lines), outlet=outlet), tuple(made)


def read(*articles: tuple[Article, tuple[Statement, ...]], voices: dict[str, str] | None = None) -> Quoted:
    own = {one.id: one.outlet or one.id for one, _ in articles} | (voices or {})
    return quoted([one for one, _ in articles], {one.id: said for one, said in articles}, own)


def own(words: str, speaker: str) -> Said:
    return speaker, words, Kind.SAY, Way.DIRECT, None


def of(found: Quoted, outlet: str) -> OutletQuotes:
    return next(one for one in found.outlets if one.outlet == outlet)


def speaker(found: tuple[Speaker, ...], name: str) -> Speaker:
    return next(one for one in found if one.name == name)


def test_a_surname_and_a_title_are_the_full_name() -> None:
    found = read(
        article("Courier", own("“One.”", "Elira Vasko"), own("“Two.”", "Vasko")),
        article("Gazette", own("“Three.”", "Minister Vasko"), ("Elira Vasko", "four", Kind.CLAIM, Way.INDIRECT, None)),
    )
    assert [(one.name, one.direct, one.indirect, one.accounts) for one in found.speakers] == [
        ("Elira Vasko", 3, 1, ("Courier", "Gazette"))
    ]


def test_a_surname_of_two_people_stays_itself() -> None:
    found = read(
        article("Courier", own("“One.”", "Elira Vasko"), own("“Two.”", "Tomas Vasko"), own("“Three.”", "Vasko"))
    )
    assert sorted(one.name for one in found.speakers) == ["Elira Vasko", "Tomas Vasko", "Vasko"]


def test_copies_are_one_account_and_their_statements_count_once() -> None:
    said = (own("“The dam holds.”", "Elira Vasko"),)
    found = read(
        article("Courier", *said),
        article("Gazette", *said),
        article("Northline", own("“The dam held.”", "Elira Vasko")),
        voices={"Courier-1": "Meridian Wire", "Gazette-1": "Meridian Wire"},
    )
    everybody = speaker(found.speakers, "Elira Vasko")
    assert (everybody.direct, everybody.accounts) == (2, ("Meridian Wire", "Northline"))
    assert (of(found, "Gazette").prints, of(found, "Gazette").speakers[0].direct) == (("Meridian Wire",), 1)


def test_copies_of_an_unknown_original_are_named_after_who_prints_them() -> None:
    said = (own("“The dam holds.”", "Elira Vasko"),)
    voices = dict.fromkeys(("Courier-1", "Gazette-1"), "copies of 0123456789abcdef")
    found = read(article("Courier", *said), article("Gazette", *said), voices=voices)
    assert found.speakers[0].accounts == ("Courier and Gazette",)


def test_who_two_accounts_quote_and_an_outlet_does_not_is_missing_there() -> None:
    vasko, brandt = own("“The dam holds.”", "Elira Vasko"), own("“It does not.”", "Tomas Brandt")
    found = read(article("Courier", vasko, brandt), article("Gazette", vasko, brandt), article("Dispatch", vasko))
    missing = of(found, "Dispatch").missing
    assert [(one.name, one.why, one.by) for one in missing] == [
        ("Tomas Brandt", Why.QUOTED_ELSEWHERE, ("Courier", "Gazette"))
    ]
    quotes = {citation.marker: citation.quote for citation in found.citations}
    assert {quotes[marker] for marker in missing[0].citations} == {"Tomas Brandt: “It does not.”"}
    assert of(found, "Courier").missing == ()


def test_one_agency_in_two_outlets_is_not_two_accounts() -> None:
    vasko, brandt = own("“The dam holds.”", "Elira Vasko"), own("“It does not.”", "Tomas Brandt")
    voices = {"Courier-1": "Meridian Wire", "Gazette-1": "Meridian Wire"}
    found = read(article("Courier", brandt), article("Gazette", brandt), article("Dispatch", vasko), voices=voices)
    assert of(found, "Dispatch").missing == ()


def test_who_is_blamed_and_never_quoted_is_missing() -> None:
    blame: Said = ("Elira Vasko", "Lodria broke the pact", Kind.BLAME, Way.INDIRECT, "Lodria")
    found = read(
        article("Courier", blame), article("Gazette", blame, own("“We did not.”", "Lodria’s foreign ministry"))
    )
    assert [(one.name, one.why, one.by) for one in of(found, "Courier").missing] == [
        ("Lodria", Why.BLAMED, ("Elira Vasko",))
    ]
    assert of(found, "Gazette").missing == ()


@pytest.mark.parametrize("name", ["Many", "Initial findings", "Thousands of fans", "he"])
def test_crowds_and_pronouns_are_nobody_named(name: str) -> None:
    found = read(article("Courier", own("“One.”", name)))
    assert (found.speakers, of(found, "Courier").unnamed) == ((), 1)


def test_an_outlet_that_quotes_nobody_is_told_no_list_of_the_missing() -> None:
    vasko = own("“The dam holds.”", "Elira Vasko")
    found = read(article("Courier", vasko), article("Gazette", vasko), article("Dispatch"))
    assert (of(found, "Dispatch").speakers, of(found, "Dispatch").missing) == ((), ())


def test_accents_initials_and_companies_make_no_second_name() -> None:
    cast = Cast(["François Hollande", "Francois Hollande", "Donald J. Trump", "Trump", "Norden Ltd", "Norden"])
    assert cast.name("Francois Hollande") == cast.name("François Hollande")
    assert cast.name("Trump") == "Donald J. Trump"
    assert cast.name("Norden") == cast.name("Norden Ltd")


NAMES = st.sampled_from(
    ["Elira Vasko", "Vasko", "Tomas Vasko", "Brandt", "Tomas Brandt", "Mr. Brandt", "Lodria", "Many"]
)


@given(st.lists(NAMES, max_size=8))
def test_a_name_stands_for_itself_once_it_is_resolved(names: list[str]) -> None:
    cast = Cast(names)
    for name in names:
        found = cast.name(name)
        assert found is None or (cast.name(found) == found and may_be_one(name, found))


@given(
    st.lists(st.tuples(st.sampled_from(["Courier", "Gazette", "Dispatch"]), NAMES, st.sampled_from(Way)), max_size=9)
)
def test_every_named_statement_counts_once_and_cites_its_own_words(drawn: list[tuple[str, str, Way]]) -> None:
    articles = [
        article(outlet, (name, f"words {number}", Kind.SAY, way, None), number=number)
        for number, (outlet, name, way) in enumerate(drawn)
    ]
    found = read(*articles)
    named = sum(name != "Many" for _, name, _ in drawn)
    assert sum(one.times for one in found.speakers) == named
    assert sum(one.times for outlet in found.outlets for one in outlet.speakers) == named
    texts = {one.id: one.text for one, _ in articles}
    for citation in found.citations:
        assert texts[citation.article_id][citation.start : citation.end] == citation.quote
