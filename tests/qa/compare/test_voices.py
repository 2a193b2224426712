"""Who speaks independently."""

from __future__ import annotations

from index.types import CopyGroup
from qa.compare.voices import voices
from tests.qa.compare.told import article

POST, TIMES, STAR = (article(name, f"The {name} has a story.")[0] for name in ("Post", "Times", "Star"))


def group(*, original: str | None = None, agency: str | None = None) -> dict[str, CopyGroup]:
    """Post and Times print one text."""
    ids = tuple(sorted((POST.id, TIMES.id)))
    return dict.fromkeys(ids, CopyGroup(ids[0], ids, original, agency))


def test_each_outlet_speaks_for_itself() -> None:
    assert [voice.name for voice in voices([POST, TIMES, STAR], {})] == ["Post", "Times", "Star"]


def test_copies_are_one_voice_named_after_the_agency() -> None:
    [wire, star] = voices([POST, TIMES, STAR], group(agency="Meridian Wire"))
    assert (wire.name, wire.printed_by, star.name) == ("Meridian Wire", ("Post", "Times"), "Star")


def test_copies_without_an_agency_are_named_after_the_outlet_of_the_original() -> None:
    [voice] = voices([POST, TIMES], group(original=TIMES.id))
    assert (voice.name, voice.printed_by, set(voice.articles)) == ("Times", ("Post",), {POST.id, TIMES.id})


def test_copies_of_which_nothing_is_known_bear_all_names() -> None:
    [voice] = voices([POST, TIMES], group())
    assert (voice.name, voice.printed_by) == ("Post and Times", ("Post", "Times"))
