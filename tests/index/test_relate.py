"""Copies and stories as an archive keeps them: found on add, mended on removal, the same however articles come in."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from index.archive import Archive
from index.build import build, correct, remove
from index.errors import UsageError
from index.progress import Related
from index.statements.reader import StatementReader
from tests.fakes import HashEmbedder

if TYPE_CHECKING:
    from pathlib import Path

    from index.types import Article

FERRY = """The night ferry Anna Belle struck the stone pier at Tollund early on Tuesday and lost both of its bow doors.
Harbour pilots took the ninety passengers off in small boats before the tide turned against the hull.
Inspectors from the coastal office said that the steering gear had been repaired only nine days earlier.
The owner, Marit Lines, cancelled every crossing until a second ship arrives from the southern yards.
A deck hand told reporters that the engines had answered late to every order given since midnight.
Engineers will lift the doors from the harbour floor before the weekend, weather permitting, the office added."""
ORCHARD = """Growers around Velm expect half of their usual plum harvest after the late frost of last week.
The cold burned open blossom on the valley floor while the terraces above the river were spared.
A cooperative of forty farms asked the regional council for help with loans that fall due in autumn.
Council members answered that the emergency fund had been emptied by the floods of the past winter.
Beekeepers said that their hives had hardly flown for eleven days in a row this spring.
Prices for preserved fruit rose by a fifth at the market hall on Saturday morning."""


def told(outlet: str, day: str, text: str, **more: str) -> dict[str, str]:
    return {"outlet": outlet, "published": day, "title": f"{outlet} on {text.split()[3]}", "text": text, **more}


ROWS = [
    told("Tollund Post", "2026-02-03", FERRY),
    told("Coast Radio", "2026-02-04", FERRY + "\nThis report first appeared in Tollund Post."),
    told("Inland Daily", "2026-02-04", FERRY.replace("night ferry", "car ferry")),
    told("Velm Farmer", "2026-04-20", ORCHARD),
]


def write(path: Path, rows: list[dict[str, str]]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def add(archive: Path, path: Path) -> list[Related]:
    events = build([path], folder=archive, embedder=HashEmbedder())
    return [event for event in events if isinstance(event, Related)]


def known(archive: Path) -> tuple[list[tuple[list[str], str | None]], list[tuple[list[str], str | None, str | None]]]:
    """Groups of copies by outlets with the original's, and stories by outlets with their days."""
    with Archive(archive) as opened:
        articles = {a.id: a for a in opened.catalogue.articles()}

        def outlet(article: str) -> str:
            return articles[article].outlet or ""

        groups = [
            (sorted(map(outlet, group.articles)), outlet(group.original) if group.original else None)
            for group in opened.copies.groups()
        ]
        stories = [(sorted(map(outlet, s.articles)), s.first, s.last) for s in opened.stories.stories()]
        return groups, stories


ALL_FERRY = ["Coast Radio", "Inland Daily", "Tollund Post"]


def test_copies_are_one_group_named_after_the_one_that_the_others_credit(tmp_path: Path) -> None:
    assert add(tmp_path / "a", write(tmp_path / "t.jsonl", ROWS))[-1] == Related(4, 4)
    groups, stories = known(tmp_path / "a")
    assert groups == [(ALL_FERRY, "Tollund Post")]
    assert stories == [(ALL_FERRY, "2026-02-03", "2026-02-04")]
    with Archive(tmp_path / "a") as opened:
        ids = {a.outlet: a.id for a in opened.catalogue.articles()}
        assert opened.copies.voices(ids.values()) == {
            **dict.fromkeys((ids[name] for name in ALL_FERRY), "Tollund Post"), ids["Velm Farmer"]: "Velm Farmer"
        }  # fmt: skip
        assert opened.copies.of([ids["Velm Farmer"]]) == {}


def test_articles_that_come_one_by_one_end_as_those_that_come_together(tmp_path: Path) -> None:
    add(tmp_path / "whole", write(tmp_path / "t.jsonl", ROWS))
    for count in range(1, len(ROWS) + 1):
        add(tmp_path / "a", write(tmp_path / "u.jsonl", ROWS[:count]))
    assert known(tmp_path / "a") == known(tmp_path / "whole")


def test_what_is_added_is_not_held_against_the_others_twice(tmp_path: Path) -> None:
    path = write(tmp_path / "t.jsonl", ROWS)
    add(tmp_path / "a", path)
    assert add(tmp_path / "a", path) == []


def test_a_group_and_a_story_that_lose_articles_shrink_and_end(tmp_path: Path) -> None:
    add(tmp_path / "a", write(tmp_path / "t.jsonl", ROWS))
    with Archive(tmp_path / "a") as opened:
        ids = {a.outlet: a.id for a in opened.catalogue.articles()}
        story = opened.stories.stories()[0].id
    remove([ids["Tollund Post"]], folder=tmp_path / "a", embedder=HashEmbedder())
    left = ["Coast Radio", "Inland Daily"]
    assert known(tmp_path / "a") == ([(left, None)], [(left, "2026-02-04", "2026-02-04")])
    with Archive(tmp_path / "a") as opened:
        assert opened.stories.story(story).central in {ids[name] for name in left}
    remove([ids["Coast Radio"]], folder=tmp_path / "a", embedder=HashEmbedder())
    assert known(tmp_path / "a") == ([], [])
    with Archive(tmp_path / "a") as opened, pytest.raises(UsageError, match="no story"):
        opened.stories.story(story)


def test_a_correction_is_seen_by_groups_and_stories(tmp_path: Path) -> None:
    add(tmp_path / "a", write(tmp_path / "t.jsonl", ROWS))
    with Archive(tmp_path / "a") as opened:
        ids = {a.outlet: a.id for a in opened.catalogue.articles()}
    said = {"outlet": "Harbour Gazette", "published": "2026-02-05"}
    correct(ids["Inland Daily"], said, folder=tmp_path / "a", embedder=HashEmbedder(), reader=StatementReader())
    groups, stories = known(tmp_path / "a")
    names = ["Coast Radio", "Harbour Gazette", "Tollund Post"]
    assert groups == [(names, "Tollund Post")]
    assert stories == [(names, "2026-02-03", "2026-02-05")]


def test_a_voice_without_an_original_is_the_agency_or_nobodys(tmp_path: Path) -> None:
    agency = [told(name, "2026-02-03", f"TOLLUND (Reuters) - {FERRY}") for name in ("Coast Radio", "Inland Daily")]
    unknown = [told(name, "2026-04-20", ORCHARD) for name in ("Velm Farmer", "Hill Farmer")]
    add(tmp_path / "a", write(tmp_path / "t.jsonl", [*agency, *unknown]))
    with Archive(tmp_path / "a") as opened:
        ids: dict[str, Article] = {a.id: a for a in opened.catalogue.articles()}
        voices = opened.copies.voices(ids)
    named = {ids[i].outlet: voice for i, voice in voices.items()}
    assert named["Coast Radio"] == named["Inland Daily"] == "Reuters"
    assert named["Velm Farmer"] == named["Hill Farmer"]
    assert named["Velm Farmer"].startswith("copies of ")
