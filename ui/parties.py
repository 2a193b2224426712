"""The picture of who blames, accuses, criticises or praises whom: speakers at the left, the others at the right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.types import Kind
from ui.charts import LEGEND_PIXELS, NAME_CHARACTERS, ROW_PIXELS, axis_name, names_axis
from ui.rows import shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import altair as alt

    from index.types import Statement

MOST_EDGES = 30
ACTS = {
    Kind.BLAME: "blames",
    Kind.ACCUSE: "accuses",
    Kind.CRITICISE: "criticises",
    Kind.PRAISE: "praises",
}
"""The acts between two parties that the picture of who and whom shows."""
# Told apart by colour (Okabe and Ito, 2008, safe for the colour-blind) and by dashes.
_COLOURS = ("#d55e00", "#cc79a7", "#3d8fd1", "#009e73")
_DASHES = ([1, 0], [8, 3], [2, 3], [10, 3, 2, 3])


@dataclass(frozen=True, slots=True)
class Edge:
    """What one party does towards another, and the statements that show it."""

    who: str
    act: Kind
    whom: str
    statements: tuple[Statement, ...]

    @property
    def name(self) -> str:
        """As it stands in a page's address."""
        return f"{self.act}|{self.who}|{self.whom}"

    @property
    def told(self) -> str:
        """In words."""
        return f"{shown(self.who, NAME_CHARACTERS)} {ACTS[self.act]} {shown(self.whom, NAME_CHARACTERS)}"


def edges(statements: Iterable[Statement]) -> list[Edge]:
    """Who blames, accuses, criticises or praises whom, the most often told first; denied acts are left out."""
    found: dict[tuple[str, Kind, str], list[Statement]] = {}
    for one in statements:
        if one.kind in ACTS and one.speaker and one.target and not one.negated:
            found.setdefault((one.speaker, one.kind, one.target), []).append(one)
    every = [Edge(who, act, whom, tuple(told)) for (who, act, whom), told in found.items()]
    return sorted(every, key=lambda edge: (-len(edge.statements), edge.told))


def parties_chart(every: Sequence[Edge]) -> alt.LayerChart:
    """Speakers at the left, whom they speak of at the right, a line for each edge; a click on a line chooses it.

    The choice is the chart's parameter `edge`, with the field `edge` holding `Edge.name`.
    """
    import altair as alt

    lines = every[:MOST_EDGES]
    speakers = list(dict.fromkeys(edge.who for edge in lines))
    targets = _near(lines, speakers)
    values = [
        {
            "edge": edge.name,
            "told": f"{edge.told} ({len(edge.statements)})",
            "act": ACTS[edge.act],
            "width": min(1.5 + len(edge.statements), 6),
            "left": (speakers.index(edge.who) + 0.5) / len(speakers),
            "right": (targets.index(edge.whom) + 0.5) / len(targets),
            "from": 0.01,
            "to": 0.97,
        }
        for edge in lines
    ]
    chosen = alt.selection_point(name="edge", fields=["edge"], on="click", clear="dblclick")
    height = alt.Scale(domain=[0, 1], reverse=True, nice=False, zero=False)
    across = alt.X("from:Q", scale=alt.Scale(domain=[0, 1], nice=False), axis=None)
    acts = list(ACTS.values())
    base = alt.Chart(alt.InlineData(values=values)).encode(
        x=across,
        x2="to:Q",
        y=alt.Y("left:Q", scale=height, axis=None),
        y2="right:Q",
        tooltip=[alt.Tooltip("told:N", title="Statements")],
        description=alt.Description("told:N"),
    )
    legend = alt.Legend(orient="top", title=None, columns=2, symbolType="stroke", symbolSize=400, columnPadding=14)
    drawn = base.mark_rule().encode(
        color=alt.Color("act:N", scale=alt.Scale(domain=acts, range=list(_COLOURS)), legend=legend),
        strokeDash=alt.StrokeDash("act:N", scale=alt.Scale(domain=acts, range=list(_DASHES)), legend=legend),
        strokeWidth=alt.StrokeWidth("width:Q", scale=None),
        opacity=alt.condition(chosen, alt.value(0.95), alt.value(0.2)),
    )
    # A line is thin to aim at; what takes the click is broader and cannot be seen.
    aimed = base.mark_rule(strokeWidth=14, opacity=0.001, cursor="pointer", aria=False).add_params(chosen)
    heads = (
        alt.Chart(alt.InlineData(values=values))
        .mark_point(shape="triangle-right", filled=True, size=90, opacity=1, aria=False)
        .encode(
            x=alt.X("to:Q", scale=alt.Scale(domain=[0, 1], nice=False), axis=None),
            y=alt.Y("right:Q", scale=height, axis=None),
            color=alt.Color("act:N", scale=alt.Scale(domain=acts, range=list(_COLOURS)), legend=None),
        )
    )
    ends = [_ends(speakers, "left"), _ends(targets, "right")]
    chart: alt.LayerChart = (
        alt.layer(*ends, drawn, heads, aimed)
        .resolve_scale(y="independent")
        .properties(height=ROW_PIXELS * max(len(speakers), len(targets), 4) + 4 * LEGEND_PIXELS)
    )
    return chart


def _near(lines: Sequence[Edge], speakers: Sequence[str]) -> list[str]:
    """Targets in an order with few crossings: each by the mean place of those who speak of it (Sugiyama, 1981)."""
    places: dict[str, list[int]] = {}
    for edge in lines:
        places.setdefault(edge.whom, []).append(speakers.index(edge.who))
    return sorted(places, key=lambda name: (sum(places[name]) / len(places[name]), name))


def _ends(names: Sequence[str], side: str) -> alt.Chart:
    """The names at one side, evenly spread."""
    import altair as alt

    values = [{"name": axis_name(place, name)} for place, name in enumerate(names)]
    axis = names_axis(side)
    chart: alt.Chart = (
        alt.Chart(alt.InlineData(values=values))
        .mark_point(opacity=0, aria=False)
        .encode(
            y=alt.Y("name:N", sort=None, title=None, axis=axis, scale=alt.Scale(type="point", padding=0.5)),
            x=alt.value(0),
        )
    )
    return chart
