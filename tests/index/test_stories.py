"""Articles on one event come together whatever the order they arrive in, and two like events stay two."""

from __future__ import annotations

import random
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.stories import likeness as module
from index.stories.grouping import FEW, Item, Stories, _merge
from index.stories.likeness import BUCKETS, FEWEST_WORDS, LEAST_CROWD, MOST_LIKELY, Likeness, terms

DIMENSION = 64
SYLLABLES = ("ba", "to", "me", "qui", "sa", "do", "ri", "lu", "pe", "no")
FIRST_DAY = date(2020, 5, 1)


def word(chance: random.Random) -> str:
    return "".join(chance.choices(SYLLABLES, k=4))


def item(event: int, number: int, day: int | None = 0, *, topic: int = 0, drift: float = 0.6, own: int = 30) -> Item:
    """An article on an event: its vector near the event's, half of its words the event's, the others its own."""
    chance, draw = random.Random(event), np.random.default_rng([event, number, topic])
    middle = np.random.default_rng([event, topic]).standard_normal(DIMENSION)
    if topic:
        middle = 2 * np.random.default_rng(topic).standard_normal(DIMENSION) + middle
    vector = middle + drift * draw.standard_normal(DIMENSION)
    shared = [word(chance) for _ in range(30)]
    private = random.Random(1000 * event + number + 1)
    title = " ".join([*shared[:3], word(private), word(private)])
    body = " ".join(shared + [word(private) for _ in range(own)])
    return Item(
        article_id=f"e{event}-{number:02}",
        vector=(vector / np.linalg.norm(vector)).astype(np.float32),
        terms=terms(title, body),
        published=(FIRST_DAY + timedelta(days=day)).isoformat() if day is not None else None,
        outlet=f"outlet {number % 3}",
    )


def grouped(batches: list[list[Item]]) -> set[frozenset[str]]:
    stories = Stories([], {})
    for batch in batches:
        stories.add(batch)
    return {frozenset(story.articles) for story in stories.stories()}


def ids(event: int, count: int) -> frozenset[str]:
    return frozenset(f"e{event}-{number:02}" for number in range(count))


EVENTS = [item(event, number, day=7 * event) for event in range(6) for number in range(4)]


def test_each_event_becomes_one_story() -> None:
    assert grouped([EVENTS]) == {ids(event, 4) for event in range(6)}


@given(st.randoms(use_true_random=False), st.integers(1, 24))
@settings(max_examples=25, deadline=None)
def test_order_and_batches_do_not_matter(chance: random.Random, size: int) -> None:
    shuffled = chance.sample(EVENTS, len(EVENTS))
    batches = [shuffled[start : start + size] for start in range(0, len(shuffled), size)]
    assert grouped(batches) == {ids(event, 4) for event in range(6)}


def test_articles_alike_but_days_apart_are_two_stories() -> None:
    spring = [item(1, number, day=0, drift=1.2, own=300) for number in range(3)]
    autumn = [item(1, number, day=150, drift=1.2, own=300) for number in range(3, 6)]
    together = [item(1, number, day=number % 2, drift=1.2, own=300) for number in range(6)]
    assert grouped([together]) == {ids(1, 6)}
    assert grouped([spring + autumn]) == {frozenset(i.article_id for i in half) for half in (spring, autumn)}


def test_an_article_on_nothing_else_stands_alone_and_is_not_reported_as_changed() -> None:
    stories = Stories([], {})
    assert stories.add([item(9, 0)]) == {}
    assert stories.stories() == []


def test_a_newcomer_joins_a_story_that_keeps_its_id() -> None:
    stories = Stories([], {})
    before = stories.add([item(1, 0), item(1, 1), item(2, 0)])
    story = before["e1-00"]
    assert before == {"e1-00": story, "e1-01": story}
    assert stories.add([item(1, 2)]) == {"e1-02": story}


def test_a_stored_state_goes_on_as_if_it_had_never_been_stored() -> None:
    whole = Stories([], {})
    story_of = {article: story for article, story in whole.add(EVENTS[:12]).items() if story}
    crowds = whole.crowds
    known = [Item(i.article_id, i.vector, i.terms, i.published, i.outlet, crowds[i.article_id]) for i in EVENTS[:12]]
    stored = Stories(known, story_of)
    assert stored.add(EVENTS[12:]) == whole.add(EVENTS[12:])
    assert stored.stories() == whole.stories()


def test_removing_leaves_no_story_of_one() -> None:
    stories = Stories([], {})
    stories.add([item(1, 0), item(1, 1), item(2, 0), item(2, 1), item(2, 2)])
    assert stories.remove(["e1-00", "e2-01"]) == {"e1-01": None}
    assert [story.articles for story in stories.stories()] == [("e2-00", "e2-02")]


def test_an_id_is_not_given_to_two_stories_when_its_founder_has_left() -> None:
    stories = Stories([item(1, n) for n in range(3)], {"e1-00": "e2-00", "e1-01": "e2-00", "e1-02": "e2-00"})
    made = stories.add([item(2, 0), item(2, 1)])
    assert made == {"e2-00": "e2-01", "e2-01": "e2-01"}
    assert len({story.id for story in stories.stories()}) == 2


def test_a_story_tells_its_days_outlets_and_central_article() -> None:
    members = [item(1, number, day) for number, day in enumerate((1, 0, None, 1))]
    stories = Stories([], {})
    stories.add(members)
    (story,) = stories.stories()
    assert (story.first, story.last) == ("2020-05-01", "2020-05-02")
    assert story.articles == ("e1-02", "e1-01", "e1-00", "e1-03")
    assert story.outlets == ("outlet 0", "outlet 1", "outlet 2")
    mean = np.mean([i.vector for i in members], axis=0)
    assert story.central == max(members, key=lambda i: float(i.vector @ mean)).article_id


def test_a_crowded_topic_asks_for_more_likeness() -> None:
    pair = [item(1, number, day=0, topic=5) for number in range(2)]
    crowd = [item(event, 0, day=30 * event, topic=5) for event in range(10, 60)]
    calm, crowded = Stories([], {}), Stories([], {})
    calm.add(pair)
    crowded.add(pair + crowd)
    assert calm.crowds["e1-00"] == pytest.approx(LEAST_CROWD)
    far = np.stack([i.vector for i in crowd]) @ pair[0].vector
    assert crowded.crowds["e1-00"] == pytest.approx(np.sort(far)[::-1][5:20].mean(), abs=1e-6)


def test_an_article_without_words_or_day_is_taken_in() -> None:
    bare = Item("bare", np.eye(DIMENSION, dtype=np.float32)[0], terms("", ""), "not a day", None)
    stories = Stories([], {})
    assert stories.add([bare]) == {}
    assert grouped([[bare], EVENTS]) == {ids(event, 4) for event in range(6)}


def test_terms_count_words_that_are_not_common_and_mark_the_title() -> None:
    packed = np.frombuffer(terms("Flood in Riverton", "The flood reached Riverton and the flood grew."), dtype="<u4")
    counts = sorted(zip((packed >> 20 & 63).tolist(), (packed >> 26).tolist(), strict=True))
    assert counts == [(1, 0), (1, 0), (3, 1), (4, 1)]
    assert sorted(set((packed % BUCKETS).tolist())) == (packed % BUCKETS).tolist()


def compared(items: list[Item]) -> Likeness:
    return Likeness(
        np.stack([i.vector for i in items]),
        [i.terms for i in items],
        [date.fromisoformat(i.published).toordinal() if i.published else None for i in items],
        [i.crowd for i in items],
    )


def test_a_likeness_is_the_sum_of_meaning_days_words_and_title_less_the_crowd() -> None:
    texts = ("Flood in Riverton", "the flood drowned seven cattle"), ("Riverton mourns", "seven cattle drowned today")
    vectors = np.array([[1, 0], [0.28, 0.96]], dtype=np.float32)
    likeness = Likeness(vectors, [terms(*text) for text in texts], [10, 11], [0.0, 0.0])
    alone, both = np.log(1002 / 2), np.log(1002 / 3)  # flood and mourns; riverton, drowned, seven and cattle
    title = both**2 / np.sqrt((alone**2 + both**2) ** 2)
    days = module.NEAR_DAY * np.exp(-1 / module.DAY**2) + module.NEAR_MONTH * np.exp(-1 / module.MONTH)
    words = module.WORDS * np.log((1 + 4 * both) / FEWEST_WORDS)
    meant = module.MEANING * 0.28 + days + words + module.TITLE * title - module.CROWD * LEAST_CROWD + module.OFFSET
    assert likeness.among(np.array([0, 1]))[0, 1] == pytest.approx(meant, abs=1e-4)


def test_likeness_is_symmetric_and_no_pair_outweighs_the_others() -> None:
    alike = compared(EVENTS).among(np.arange(len(EVENTS)))
    assert (alike == alike.T).all()
    assert np.abs(alike).max() == MOST_LIKELY


def test_links_tell_what_among_tells_and_leave_out_what_is_unlike() -> None:
    likeness, rows = compared(EVENTS), np.arange(len(EVENTS))
    found = {(link.one, link.other) for link in likeness.links(rows) if likeness.still(link)}
    alike = likeness.among(rows)
    np.fill_diagonal(alike, -1)
    assert found == set(zip(*(place.tolist() for place in np.nonzero(alike >= 0)), strict=True))


def test_few_articles_are_one_story_only_where_each_is_like_every_other() -> None:
    alike = np.full((FEW, FEW), 5.0, dtype=np.float32)
    label = np.arange(FEW) // 2
    assert _merge(alike, label).tolist() == label.tolist()


def test_groups_that_together_are_many_join_where_they_are_alike_on_average() -> None:
    group = np.repeat([0, 1, 2], [4, 4, 4])
    alike = np.where(group[:, None] == group, 5.0, -5.0).astype(np.float32)
    alike[:4, 4:8] = alike[4:8, :4] = np.tile([2.0, -0.5], 2)  # .75 on average; a few pairs are unlike
    joined = _merge(alike, group)
    assert [len(set(joined[group == g].tolist())) for g in range(3)] == [1, 1, 1]
    assert joined[0] == joined[4] != joined[8]


@given(st.permutations(range(9)))
@settings(max_examples=25, deadline=None)
def test_joining_does_not_depend_on_the_order_of_articles(order: list[int]) -> None:
    chance = np.random.default_rng(3)
    drawn = chance.normal(0, 2, (9, 9))
    alike, label = ((drawn + drawn.T) / 2).astype(np.float32), np.array([0, 0, 0, 0, 1, 1, 1, 2, 2])

    def together(joined: np.ndarray[tuple[int], np.dtype[np.intp]], names: list[int]) -> set[frozenset[int]]:
        return {frozenset(names[k] for k in np.flatnonzero(joined == g)) for g in set(joined.tolist())}

    assert together(_merge(alike[np.ix_(order, order)].astype(np.float32), label[order]), order) == together(
        _merge(alike, label), [*range(9)]
    )
