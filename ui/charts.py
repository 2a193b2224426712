"""The pictures: who is quoted by which outlet, and when a story was published.

Each is an Altair chart, which the browser draws by itself; no other host is asked for anything. What a picture tells by
colour it tells by shape or by words too, and every picture has a table or a list beside it.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from ui.rows import shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import altair as alt

    from index.types import Statement

MOST_BARS = 12
MOST_SHADES = 7
NAME_CHARACTERS = 40
ROW_PIXELS = 30
LEGEND_PIXELS = 18
OTHERS = "other outlets"
UNKNOWN = "outlet not known"

_SHADES = ("#3d8fd1", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#8c8c8c", "#b3a369")


def quoted(statements: Iterable[Statement], outlets: Mapping[str, str | None]) -> list[tuple[str, str, int]]:
    """How often each outlet quotes each of the most quoted speakers, as (speaker, outlet, number).

    Args:
        statements: what was said.
        outlets: the outlet of each article.
    """
    told = [(one.speaker, outlets.get(one.article_id) or UNKNOWN) for one in statements if one.speaker]
    speakers = [name for name, _ in Counter(speaker for speaker, _ in told).most_common(MOST_BARS)]
    largest = [name for name, _ in Counter(outlet for _, outlet in told).most_common()]
    kept = set(largest if len(largest) <= MOST_SHADES + 1 else largest[:MOST_SHADES])
    counts = Counter((who, outlet if outlet in kept else OTHERS) for who, outlet in told if who in set(speakers))
    return sorted(((*pair, n) for pair, n in counts.items()), key=lambda row: (speakers.index(row[0]), row[1]))


def bars_chart(rows: Sequence[tuple[str, str, int]]) -> alt.Chart:
    """Bars of `quoted`: a bar for each speaker, a part of it for each outlet."""
    import altair as alt

    speakers = list(dict.fromkeys(name for name, _, _ in rows))
    values = [
        {"speaker": axis_name(speakers.index(who), who), "outlet": shown(outlet, NAME_CHARACTERS), "statements": n}
        for who, outlet, n in rows
    ]
    chart: alt.Chart = (
        alt.Chart(alt.InlineData(values=values))
        .mark_bar()
        .encode(
            y=alt.Y("speaker:N", sort=None, title=None, axis=names_axis("left")),
            x=alt.X("statements:Q", title="Statements", axis=alt.Axis(tickMinStep=1, format="d")),
            color=alt.Color(
                "outlet:N",
                scale=alt.Scale(range=list(_SHADES)),
                legend=alt.Legend(orient="top", title=None, columns=1, labelLimit=220),
            ),
            tooltip=[alt.Tooltip("outlet:N", title="Outlet"), alt.Tooltip("statements:Q", title="Statements")],
        )
        .properties(height=ROW_PIXELS * len(speakers) + 70 + LEGEND_PIXELS * len({row[1] for row in rows}))
    )
    return chart


def axis_name(place: int, name: str) -> str:
    """A name for an axis; two names that are cut to the same words stay two, by spaces that do not show."""
    return shown(name, NAME_CHARACTERS) + "\u200a" * place


def names_axis(side: str) -> alt.Axis:
    """An axis of names, all of them shown."""
    import altair as alt

    options: dict[str, Any] = {"orient": side, "labelLimit": 140, "domain": False, "ticks": False, "grid": False}
    options["labelOverlap"] = False
    return alt.Axis(title=None, labelPadding=8, **options)


def timeline_chart(points: Sequence[Mapping[str, str]]) -> alt.Chart:
    """When each article of a story came out; a click on a point chooses it.

    The choice is the chart's parameter `article`, with the field `article`.

    Args:
        points: of each article `article` (its id), `day` (YYYY-MM-DD), `outlet`, `title` and `role`.
    """
    import altair as alt

    before: Counter[tuple[str, str]] = Counter()
    shown_points = []
    for point in points:
        outlet, title = shown(point["outlet"], NAME_CHARACTERS), shown(point["title"], 120)
        # Articles of one outlet and day lie side by side.
        before[outlet, point["day"]] += 1
        told = f"{point['day']}, {outlet}: {title} ({point['role']})"
        place = before[outlet, point["day"]]
        shown_points.append({**point, "outlet": outlet, "title": title, "place": place, "told": told})
    days = {point["day"] for point in points}
    chosen = alt.selection_point(name="article", fields=["article"], on="click", clear="dblclick")
    roles = ["report", "original", "copy"]
    axis = alt.Axis(format="%-d %b %Y", labelOverlap=True, tickCount=min(len(days), 8), grid=False)
    chart: alt.Chart = (
        alt.Chart(alt.InlineData(values=shown_points))
        .mark_point(filled=True, size=170, opacity=0.85, cursor="pointer")
        .encode(
            x=alt.X("utcyearmonthdate(day):T", title=None, axis=axis, scale=alt.Scale(padding=24)),
            y=alt.Y("outlet:N", title=None, axis=alt.Axis(labelLimit=140, domain=False, ticks=False, grid=True)),
            yOffset=alt.YOffset("place:O"),
            description=alt.Description("told:N"),
            shape=alt.Shape(
                "role:N",
                scale=alt.Scale(domain=roles, range=["circle", "diamond", "square"]),
                legend=alt.Legend(orient="top", title=None),
            ),
            color=alt.Color(
                "role:N",
                scale=alt.Scale(domain=roles, range=["#3d8fd1", "#009e73", "#d55e00"]),
                legend=alt.Legend(orient="top", title=None),
            ),
            tooltip=[
                alt.Tooltip("title:N", title="Title"),
                alt.Tooltip("utcyearmonthdate(day):T", title="Day", format="%-d %B %Y"),
            ],
        )
        .add_params(chosen)
        .properties(height=46 * len({point["outlet"] for point in points}) + 70)
    )
    return chart


def chosen_in(event: Any, name: str) -> str | None:
    """What was chosen in a chart that was drawn with `on_select`, by its parameter and field `name`."""
    selection = getattr(event, "selection", None) or {}
    picked = selection.get(name) or []
    value = picked[0].get(name) if picked and isinstance(picked[0], dict) else None
    return value if isinstance(value, str) else None
