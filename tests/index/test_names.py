"""Which person a name stands for."""

from __future__ import annotations

from index.statements.names import Named, People, bare


def test_titles_and_possessives_are_no_part_of_a_name() -> None:
    assert bare(["Prime", "Minister", "Ann", "Lee's"]) == ["Ann", "Lee"]
    assert bare(["But", "Mr.", "Lee"]) == ["Lee"]


def test_a_last_name_stands_for_the_full_name_met_before() -> None:
    people = People("Ann Lee came. Later Lee spoke.")
    assert people.resolve(["Lee"], 20) == Named("Ann Lee")


def test_a_name_of_two_people_close_by_stays_open() -> None:
    people = People("Ann Lee met Bruce Lee. Later Lee spoke.")
    assert people.resolve(["Lee"], 29) == Named(None, ("Ann Lee", "Bruce Lee"))


def test_the_one_named_far_before_gives_way_to_the_one_close_by() -> None:
    text = "Ann Lee came. " + "It rained all day. " * 60 + "Bruce Lee came. Then Lee spoke."
    assert People(text).resolve(["Lee"], text.rindex("Lee")) == Named("Bruce Lee")


def test_someone_not_yet_named_does_not_make_a_name_doubtful() -> None:
    text = "Ann Lee came. Lee spoke. Then Bruce Lee came."
    assert People(text).resolve(["Lee"], text.index("Lee spoke")) == Named("Ann Lee")


def test_a_capital_speaks_for_its_country() -> None:
    assert People("").resolve(["Washington"], 0) == Named("United States")
    assert People("").resolve(["U.S."], 0) == Named("United States")


def test_a_middle_initial_makes_no_new_person() -> None:
    assert list(People("Ann B. Lee came. Then Ann Lee left.").places) == ["Ann B. Lee"]
