"""What the pictures show: counted right, few crossings, hostile names harmless."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from index.types import Kind, Quoted, Span, Statement
from tests.ui.scripted import HOSTILE
from ui.charts import OTHERS, bars_chart, chosen_in, quoted, timeline_chart
from ui.parties import MOST_EDGES, edges, parties_chart

if TYPE_CHECKING:
    from collections.abc import Iterator


def said(who: str | None, kind: Kind, whom: str | None, article: str = "a", *, negated: bool = False) -> Statement:
    spans = (Span(0, 1),)
    return Statement(
        f"{who}{kind}{whom}{article}", article, kind, who, (), whom, Quoted.INDIRECT, None, negated, spans, spans, spans
    )


def test_edges_gather_the_same_act_and_leave_out_what_is_denied_or_unnamed() -> None:
    every = edges(
        [
            said("Ann", Kind.BLAME, "Bob"),
            said("Ann", Kind.BLAME, "Bob", "b"),
            said("Ann", Kind.PRAISE, "Bob"),
            said("Ann", Kind.ACCUSE, "Cid", negated=True),
            said(None, Kind.BLAME, "Cid"),
            said("Ann", Kind.SAY, "Cid"),
        ]
    )
    assert [(edge.told, len(edge.statements)) for edge in every] == [("Ann blames Bob", 2), ("Ann praises Bob", 1)]
    assert every[0].name == "blame|Ann|Bob"


def test_a_picture_has_a_line_for_each_edge_up_to_the_most_that_can_be_read() -> None:
    every = edges([said(f"S{n}", Kind.BLAME, f"T{n % 7}") for n in range(50)])
    spec = parties_chart(every).to_dict()
    lines = list(values(spec, "edge"))
    assert len(set(lines)) == MOST_EDGES
    assert "http" not in str({k: v for k, v in spec.items() if k != "$schema"})


def test_hostile_names_reach_the_picture_as_words_on_one_line() -> None:
    every = edges([said(name, Kind.BLAME, name[::-1]) for name in HOSTILE])
    names = list(values(parties_chart(every).to_dict(), "name"))
    assert len(names) == 2 * len(HOSTILE)
    assert not any("\n" in name or "\x1b" in name or "\u202e" in name for name in names)


def test_bars_count_each_outlet_and_put_the_smallest_together() -> None:
    statements = [said("Ann", Kind.SAY, None, f"a{n}") for n in range(12)] + [said("Bob", Kind.SAY, None, "a0")]
    rows = quoted(statements, {f"a{n}": f"Outlet {n:02}" for n in range(12)})
    assert sum(n for who, _, n in rows if who == "Ann") == 12
    assert [row for row in rows if row[0] == "Bob"] == [("Bob", "Outlet 00", 1)]
    assert [n for who, outlet, n in rows if outlet == OTHERS] == [5]
    assert len(list(values(bars_chart(rows).to_dict(), "speaker"))) == len(rows)


def test_every_point_of_a_timeline_names_its_article() -> None:
    points = [
        {"article": f"{n}", "day": f"2026-02-0{n}", "outlet": "Canal Post", "title": HOSTILE[4], "role": "report"}
        for n in (1, 2, 3)
    ]
    assert list(values(timeline_chart(points).to_dict(), "article")) == ["1", "2", "3"]


def test_a_choice_is_read_from_what_the_browser_sends() -> None:
    assert chosen_in(SimpleNamespace(selection={"edge": [{"edge": "blame|Ann|Bob"}]}), "edge") == "blame|Ann|Bob"
    assert chosen_in(SimpleNamespace(selection={"edge": []}), "edge") is None
    assert chosen_in(None, "edge") is None


def values(spec: Any, field: str) -> Iterator[str]:
    """The values of a field in the data of a chart."""
    for rows in spec.get("datasets", {}).values() or ():
        yield from (row[field] for row in rows if field in row)
    data = spec.get("data", {})
    yield from (row[field] for row in data.get("values", ()) if isinstance(data, dict) and field in row)
    for layer in spec.get("layer", ()):
        yield from values(layer, field)
