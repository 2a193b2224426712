"""Numbers, names, sayings and negations are read from a sentence's surface."""

from __future__ import annotations

import pytest

from index.types import Kind
from qa.checks.attribution import attributions
from qa.checks.names import kindred, names
from qa.checks.quantities import quantities


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("8½ tonnes and 8 1/2 tonnes", [(8.5, "tonn"), (8.5, "tonn")]),
        ("1,200 people", [(1200.0, "peopl")]),
        ("twenty-one ferries, one hundred and five cars", [(21.0, "ferri"), (105.0, "car")]),
        ("two thousand and five cars", [(2005.0, "car")]),
        ("nineteen sixty", [(19.0, "sixti"), (60.0, "")]),
        ("$5.3 billion", [(5.3e9, "$")]),
        ("12.5% or 12 per cent", [(12.5, "%"), (12.0, "%")]),
        ("a dozen boats, half a million fish", [(12.0, "boat"), (1e6, "fish")]),
        ("one of them, no one else", []),
        ("30km from here", [(30.0, "kilometre")]),
    ],
)
def test_numbers_are_read_with_what_they_count(text: str, expected: list[tuple[float, str]]) -> None:
    assert [(quantity.value, quantity.unit) for quantity in quantities(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Carvenia’s negotiator, Elira Vasko, met Mr Brandt.", ["Carvenia", "Elira Vasko", "Brandt"]),
        ("Officials said nothing. Talks collapsed.", []),
        ("Harlan said no.", ["Harlan"]),
        ("The Bank of England raised rates on Monday.", ["Bank of England"]),
        ("Mr. J. Pell wrote it.", ["J. Pell"]),
    ],
)
def test_names_are_told_from_words_that_begin_a_sentence(text: str, expected: list[str]) -> None:
    assert [name.text for name in names(text)] == expected


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [("lodria", "lodrian", True), ("spain", "spanish", True), ("lodria", "lodz", False), ("brandt", "brand", False)],
)
def test_a_place_and_its_people_are_kin(one: str, other: str, same: bool) -> None:
    assert kindred(one, other) is same


@pytest.mark.parametrize(
    ("text", "kind", "heads", "targets"),
    [
        ("Carvenia’s negotiator, Elira Vasko, blamed Lodria for it.", Kind.BLAME, ["Elira Vasko"], ["Lodria"]),
        ("Lodria was accused by Elira Vasko of bad faith.", Kind.ACCUSE, [], ["Lodria"]),
        ("“It was shut,” said Mona Reyes, who teaches at Ellery.", Kind.SAY, ["Mona Reyes"], []),
        ("“It was shut,” said Norholm’s minister Sigrid Aune.", Kind.SAY, ["Sigrid Aune"], []),
        ("Owen Marsh, who heads the Seafarers’ Union, criticised Blue Strait.", Kind.CRITICISE, ["Owen Marsh"], ["Blue Strait"]),
        ("Vasko and Brandt said so.", Kind.SAY, ["Vasko", "Brandt"], []),
        ("According to Anton Rusk, nobody came.", Kind.SAY, ["Anton Rusk"], []),
    ],
)  # fmt: skip
def test_who_says_what_about_whom(text: str, kind: Kind, heads: list[str], targets: list[str]) -> None:
    (found,) = attributions(text)
    assert found.kind is kind
    assert [name.text for name in found.heads] == heads
    assert [name.text for name in found.targets] == targets


def test_a_subject_that_names_nobody_is_a_description_and_a_pronoun_points_back() -> None:
    (police,) = attributions("Police said the road was shut.")
    (she,) = attributions("In Berlin, she said, the road was shut.")
    assert (police.described, police.pronoun) == ("Police", False)
    assert (she.speakers, she.pronoun) == ((), True)
