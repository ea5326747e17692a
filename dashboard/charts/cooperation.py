"""Who cooperates with whom: municipalities on one side, those they test with on the other."""

from __future__ import annotations

from math import sqrt
from typing import Any

import polars as pl

from dashboard.charts.chart import Chart, Style, Trace, figure, hidden_axis, label
from dashboard.charts.values import Row, whole
from dashboard.text import count, number, part, shortened, word
from pipelines.model.columns import COLUMN
from pipelines.model.derived_tables import COOPERATION

DRAWN = 14
"""More parties than this on a side would lie on each other; the rest stand in the table."""
_COLUMNS = tuple(COLUMN[name] for name in COOPERATION.computed if name != "activity_ids")
_POINTS = 13
_ROW = 31


def network(frames: dict[str, pl.DataFrame], style: Style) -> Chart:
    """Draw municipalities to the left, others to the right, a line for tests they share.

    ``frames`` is the answer of ``pages.testing_activities``: *cooperation*, *parties*,
    *activities* and *values*.
    """
    pairs, parties = frames["cooperation"], frames["parties"]
    stated = frames["activities"].filter(pl.col("partners").list.len() > 0).height
    title = network_title(frames, stated)
    links = _links(pairs, parties)
    drawn, rest = _drawn(links)
    note = f"Partner kända för {number(stated)} av " + count(
        frames["activities"].height, "testverksamhet", "testverksamheter"
    )
    if rest:
        note += f" · {count(rest, 'part', 'parter')} med få gemensamma tester står bara i tabellen"
    lines = [
        f"{row['party']} och {row['other_party']}: {count(row['activities'], 'test', 'tester')}"
        for row in pairs.head(DRAWN).to_dicts()
    ]
    return Chart(
        name="samarbeten",
        title=title,
        subtitle="Kommuner och dem de testar med, med antal tester; tjockare linje är fler "
        "gemensamma. Även avslutade tester.",
        alt=f"{title}. {'; '.join(lines) or 'Inget går att rita'}.",
        note=note if frames["activities"].height else "",
        table=pairs,
        columns=_COLUMNS,
        figure=_figure(drawn, parties, style) if drawn.height else None,
    )


def network_title(frames: dict[str, pl.DataFrame], stated: int) -> str:
    """Who takes part most, and whether municipalities test together."""
    together: Row = whole(frames["values"], "2.3")["kommuner"]
    if not frames["activities"].height:
        return "Ingen testverksamhet är känd i urvalet"
    if not stated:
        return "Partner är inte insamlade, så samarbeten går inte att visa"
    others = frames["parties"].filter(pl.col("municipality_code").is_null())
    top = (others if others.height else frames["parties"]).row(0, named=True)
    tests = f"{part(top['activities'], stated, neuter=True)} tester med kända partner"
    if stated == 1:
        tests = "det enda test som har kända partner"
    hits = int(together["numerator"] or 0)
    if not together["n"]:
        return f"{top['party']} är med i {tests}"
    with_others = f"{word(hits) if hits else 'ingen'} {'kommuner' if hits > 1 else 'kommun'} testar"
    return f"{top['party']} är med i {tests}; {with_others} tillsammans med en annan"


def _links(pairs: pl.DataFrame, parties: pl.DataFrame) -> pl.DataFrame:
    """``left, right, activities, code``: pairs with a municipality, which stands to the left."""
    codes = dict(parties.select("party", "municipality_code").drop_nulls().rows())
    rows = []
    for row in pairs.to_dicts():
        one, other = row["party"], row["other_party"]
        if one not in codes and other not in codes:
            continue
        left, right = (one, other) if one in codes else (other, one)
        rows.append((left, right, row["activities"], right in codes))
    schema = {"left": pl.String, "right": pl.String, "activities": pl.Int64, "inside": pl.Boolean}
    return pl.DataFrame(rows, schema=schema, orient="row")


def _drawn(links: pl.DataFrame) -> tuple[pl.DataFrame, int]:
    """The links of the right-hand parties that share most, and how many parties are left out."""
    right = (
        links.filter(~pl.col("inside"))
        .group_by("right")
        .agg(pl.col("activities").sum(), pl.len().alias("places"))
        .sort("activities", "places", "right", descending=[True, True, False])
    )
    shown = right.head(DRAWN)["right"]
    kept = links.filter(pl.col("inside") | pl.col("right").is_in(shown.implode()))
    return kept, right.height - shown.len()


def _orders(drawn: pl.DataFrame) -> tuple[list[str], list[str]]:
    """Top to bottom: municipalities by tests; the others near those they share tests with."""
    weight = drawn.group_by("left").agg(pl.col("activities").sum())
    own = set(drawn["left"]) | set(drawn.filter("inside")["right"])
    totals = dict(weight.rows())
    left = sorted(own, key=lambda name: (-totals.get(name, 0), name))
    place = {name: at for at, name in enumerate(left)}
    across = drawn.filter(~pl.col("inside")).with_columns(
        pl.col("left").replace_strict(place, return_dtype=pl.Float64).alias("at")
    )
    centre = across.group_by("right").agg(
        ((pl.col("at") * pl.col("activities")).sum() / pl.col("activities").sum()).alias("at"),
        pl.col("activities").sum(),
    )
    ordered = centre.sort("at", -pl.col("activities"), "right")
    return left, ordered["right"].to_list()


def _figure(drawn: pl.DataFrame, parties: pl.DataFrame, style: Style) -> object:
    left, right = _orders(drawn)
    rows = max(len(left), len(right), 3)
    heights = {name: (0.0, _spread(at, len(left), rows)) for at, name in enumerate(left)}
    heights |= {name: (1.0, _spread(at, len(right), rows)) for at, name in enumerate(right)}
    facts = {row["party"]: row for row in parties.to_dicts()}
    return figure(
        [*_lines(drawn, heights, style), _between(drawn, heights), _nodes(heights, facts, style)],
        style,
        height=rows * _ROW + 44,
        xaxis=hidden_axis(range=[-0.02, 1.02]),
        yaxis=hidden_axis(range=[rows - 0.5, -0.5]),
        annotations=[_name(name, place, facts[name], style) for name, place in heights.items()],
        margin={"l": 190, "r": 290, "t": 4, "b": 24},
    )


def _spread(at: int, many: int, rows: int) -> float:
    """Even heights: the shorter side is spread over the whole."""
    return (at + 0.5) * rows / many - 0.5


def _curve(row: dict[str, Any], heights: dict[str, tuple[float, float]]) -> list[tuple[float, ...]]:
    (x0, y0), (x1, y1) = heights[row["left"]], heights[row["right"]]
    steps = [step / (_POINTS - 1) for step in range(_POINTS)]
    if x0 == x1:  # two municipalities: a bow out from their side and back
        return [(0.8 * t * (1 - t), y0 + (y1 - y0) * t) for t in steps]
    return [(x0 + (x1 - x0) * t, y0 + (y1 - y0) * t * t * (3 - 2 * t)) for t in steps]


def _lines(
    drawn: pl.DataFrame, heights: dict[str, tuple[float, float]], style: Style
) -> list[Trace]:
    """One trace a width, the thickest on top; a None lifts the pen between lines."""
    traces: list[Trace] = []
    for (tests,), rows in drawn.sort("activities").group_by("activities", maintain_order=True):
        several = int(str(tests)) > 1
        xs: list[float | None] = []
        ys: list[float | None] = []
        for row in rows.to_dicts():
            points = _curve(row, heights)
            xs += [*(round(x, 3) for x, _ in points), None]
            ys += [*(round(y, 3) for _, y in points), None]
        line = {
            "width": 1.2 + 1.5 * (int(str(tests)) - 1),
            "color": style.palette.test if several else style.palette.hatch,
        }
        traces.append(
            {"type": "scatter", "mode": "lines", "x": xs, "y": ys, "line": line,
             "opacity": 0.75 if several else 0.9, "hoverinfo": "skip"}
        )  # fmt: skip
    return traces


def _between(drawn: pl.DataFrame, heights: dict[str, tuple[float, float]]) -> Trace:
    """Unseen marks in the middle of the lines, that say how many tests a pair shares."""
    rows = drawn.to_dicts()
    middle = [_curve(row, heights)[_POINTS // 2] for row in rows]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [x for x, _ in middle],
        "y": [y for _, y in middle],
        "marker": {"size": 16, "color": "rgba(0,0,0,0)"},
        "hovertext": [
            f"{row['left']}<br>{row['right']}<br>{count(row['activities'], 'test', 'tester')}"
            for row in rows
        ],
        "hovertemplate": "%{hovertext}<extra></extra>",
    }


def _nodes(
    heights: dict[str, tuple[float, float]], facts: dict[str, Row], style: Style
) -> dict[str, Any]:
    own = [facts[name] for name in heights]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [x for x, _ in heights.values()],
        "y": [y for _, y in heights.values()],
        "marker": {
            "size": [9 + 4 * sqrt(row["activities"]) for row in own],
            "color": style.palette.test,
            "opacity": 1,
            "line": {"color": style.palette.card, "width": 2},
        },
        "customdata": [[row["municipality_code"]] for row in own],
        "hovertext": [_words(row) for row in own],
        "hovertemplate": "%{hovertext}<extra></extra>",
        "unselected": {"marker": {"opacity": 1}},
        "cliponaxis": False,
    }


def _words(row: Row) -> str:
    tests = count(row["activities"], "test", "tester")
    return f"<b>{row['party']}</b><br>{tests} med {count(row['others'], 'part', 'parter')}"


def _name(name: str, place: tuple[float, float], row: Row, style: Style) -> dict[str, Any]:
    is_left = place[0] == 0.0
    text = f"{shortened(name, 34)} <span style='color:{style.palette.muted}'>"
    text += f"{number(row['activities'])}</span>"
    return label(
        text, style, x=place[0], y=place[1], xanchor="right" if is_left else "left",
        xshift=-16 if is_left else 16,
    )  # fmt: skip
