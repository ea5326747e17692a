"""Test activities: where they are and how far they have come."""

from __future__ import annotations

import polars as pl

from dashboard.charts.chart import Chart, Style, Trace, figure, hidden_axis, label
from dashboard.charts.map_labels import Geo
from dashboard.charts.region_map import base_map, map_layout
from dashboard.text import capital, count, listing, number, part
from pipelines.model.column import Column
from pipelines.model.columns import COLUMN
from pipelines.model.market_codes import TESTING_KIND, TESTING_PHASE

LIST_COLUMNS = tuple(
    COLUMN[name]
    for name in (
        "activity_name",
        "municipality_name",
        "core_name",
        "host",
        "testing_kind",
        "testing_phase",
        "start_year",
        "end_year",
        "themes",
        "open_to_smes",
        "contact_published",
        "funders",
        "barriers",
        "source_url",
        "certainty",
    )
)


def testing_map(frame: pl.DataFrame, geo: Geo, style: Style, *, height: int) -> Chart:
    """Put running activities with a known place on the region's borders."""
    active = frame.filter("is_active")
    placed = active.drop_nulls(["lon", "lat"])
    title = _map_title(active)
    points: Trace = {
        "type": "scatter",
        "mode": "markers",
        "x": placed["lon"].to_list(),
        "y": placed["lat"].to_list(),
        "marker": {
            "size": 15,
            "color": style.palette.test,
            "opacity": 0.88,
            "line": {"color": style.palette.card, "width": 1.6},
        },
        "hovertext": [_hover(row) for row in placed.to_dicts()],
        "hovertemplate": "%{hovertext}<extra></extra>",
    }
    missing = active.height - placed.height
    note = f"{count(placed.height, 'punkt', 'punkter')} på kartan"
    return Chart(
        name="testkarta",
        title=title,
        subtitle="Pågående testbäddar, living labs, piloter och demonstrationer med känt läge",
        alt=f"{title}. Karta med punkter: {_places(placed)}.",
        note=note + (f" · {number(missing)} utan känt läge" if missing else ""),
        table=frame,
        columns=LIST_COLUMNS,
        figure=figure([*base_map(geo, style), points], style, height=height, **map_layout(geo)),
    )


def phase_bars(frame: pl.DataFrame, style: Style) -> Chart:
    """One bar a phase, from idea to ended; ``frame`` is ``testing_phase, activities``."""
    counts = dict(frame.rows())
    rows = [
        {"testing_phase": code, "label": text, "activities": counts.get(code, 0)}
        for code, text in TESTING_PHASE.labels.items()
    ]
    total = sum(counts.values())
    title = _phase_title(counts)
    bars: Trace = {
        "type": "bar",
        "orientation": "h",
        "x": [row["activities"] for row in rows],
        "y": list(range(len(rows))),
        "width": 0.62,
        "marker": {"color": style.palette.test},
        "hoverinfo": "skip",
    }
    names = [
        label(row["label"], style, x=0, y=i, xshift=-10, xanchor="right")
        for i, row in enumerate(rows)
    ]
    values = [
        label(number(row["activities"]), style, x=row["activities"], y=i, xshift=7, xanchor="left")
        for i, row in enumerate(rows)
    ]
    top = max([row["activities"] for row in rows] + [1])
    return Chart(
        name="testfaser",
        title=title,
        subtitle="Antal testverksamheter i varje fas",
        alt=f"{title}. " + ", ".join(f"{row['label']} {row['activities']}" for row in rows) + ".",
        note=count(total, "känd testverksamhet", "kända testverksamheter"),
        table=pl.DataFrame(rows),
        columns=(
            Column(name="label", label="Fas", meaning="Var verksamheten befinner sig."),
            Column(name="activities", label="Antal", meaning="Testverksamheter.", kind="integer"),
        ),
        figure=figure(
            [bars],
            style,
            height=len(rows) * 36 + 34,
            xaxis=hidden_axis(range=[0, top * 1.12]),
            yaxis=hidden_axis(range=[len(rows) - 0.5, -0.5]),
            annotations=[*names, *values],
            margin={"l": 112, "r": 8, "t": 4, "b": 24},
        )
        if total
        else None,
    )


def _map_title(active: pl.DataFrame) -> str:
    if not active.height:
        return "Ingen pågående testverksamhet är känd i urvalet"
    places = (
        active["municipality_name"]
        .value_counts(sort=True, name="n")
        .sort(["n", "municipality_name"], descending=[True, False])
    )
    most = [name for name, n in places.rows() if n == places["n"][0]]
    where = listing(most[:3]) if len(most) <= 3 else "flera kommuner"
    return f"Flest pågående tester i {where}"


def _phase_title(counts: dict[str, int]) -> str:
    scaled, running = counts.get("uppskalning", 0), sum(counts.values())
    if not running:
        return "Ingen testverksamhet är känd i urvalet"
    return f"{capital(part(scaled, running))} testverksamheter skalas upp"


def _hover(row: dict[str, object]) -> str:
    kind = TESTING_KIND.labels[str(row["testing_kind"])]
    phase = TESTING_PHASE.labels[str(row["testing_phase"])]
    return f"<b>{row['activity_name']}</b><br>{kind} · {phase}<br>{row['municipality_name']}"


def _places(placed: pl.DataFrame) -> str:
    counted = placed["municipality_name"].value_counts(sort=True, name="n")
    return ", ".join(f"{name} {n}" for name, n in counted.rows()) or "inga"
