"""From test to scaling up: the share that has got there year by year, and how long it takes."""

from __future__ import annotations

from typing import Any

import htpy as h
import polars as pl

from dashboard.charts.values import Row, group, reason, whole, years_words
from dashboard.draw.chart import Chart, Mark, Plot, Scale, ScaleRow, Trace
from dashboard.draw.plotly import rich
from dashboard.text import NBSP, capital, count, listing, number, part, word
from pipelines.indicators.values import FEWEST
from pipelines.model.columns import COLUMN, Column
from pipelines.model.tables import SURVIVAL

EVERYONE = "alla"
_MOST_YEARS = 8
"""With more years than this every second is named."""
_CURVE_COLUMNS = tuple(COLUMN[name] for name in SURVIVAL.computed if name != "survival_group")


def scaling_curve(survival: pl.DataFrame, values: pl.DataFrame) -> Chart:
    """The Kaplan–Meier curve of all tests with its 95 % band and the median marked (2.5)."""
    parts = whole(values, "2.5")
    median, share = parts["median:alla"], parts["andel"]
    table = survival.filter(pl.col("survival_group") == EVERYONE)
    drawn = table.height > 1 and table["events"].sum() > 0
    title = scaling_title(median, share)
    steps = "; ".join(
        f"efter {number(row['time_years'])} år {number(100 * row['share_scaled'])} procent"
        for row in table.filter(pl.col("events") > 0).to_dicts()
    )
    note = f"{number(median['n'])} av {number(median['known'])} påbörjade tester har känd tid"
    return Chart(
        name="test_till_uppskalning",
        title=title,
        subtitle="Skattad andel uppskalade efter år sedan start (Kaplan–Meier, 95 procents "
        "intervall). Tester som pågår följs till mätdagen.",
        alt=f"{title}. {capital(steps) if drawn else 'Inget går att rita'}.",
        note=note if median["known"] else "",
        table=table,
        columns=_CURVE_COLUMNS,
        figure=_curve(table, median) if drawn else None,
    )


def scaling_title(median: Row, share: Row) -> str:
    """When half have scaled up, with the interval; or the typed reason why that is not known."""
    scaled, started = int(share["numerator"] or 0), share["n"]
    if median["value"] is not None:
        return f"Hälften av testerna har skalats upp efter {years_words(median)}"
    if not started:
        return "Inget påbörjat test att följa till uppskalning"
    some = capital(part(scaled, started, neuter=True))
    if median["absence_kind"] == "not_reached":
        tests = f"{some} {'test' if started == 1 else 'tester'}"
        return f"{tests} har skalats upp; hälften har inte nått dit ännu"
    if median["absence_kind"] == "not_reported" and scaled:
        years = "dess år" if scaled == 1 else "åren"
        return f"Tiden till uppskalning är okänd: {word(scaled)} skalas upp, men {years} saknas"
    return f"Tiden till uppskalning går inte att ange: {reason(median)}"


def _curve(table: pl.DataFrame, median: Row) -> Plot:
    """Steps with their band, the half marked, and under the years how many are left to follow."""
    rows = table.to_dicts()
    last = rows[-1]["time_years"]
    every = 2 if last > _MOST_YEARS else 1
    ticks = list(range(0, int(last) + 1, every))
    line = {
        "type": "scatter",
        "name": "andel",
        "mode": "lines+markers",
        "x": [row["time_years"] for row in rows],
        "y": [100 * row["share_scaled"] for row in rows],
        "line": {"shape": "hv", "color": "@test", "width": 3},
        "marker": {
            "opacity": 1,
            "color": "@test",
            "size": [0 if not row["events"] else 9 for row in rows],
        },
        "hovertext": [_said(row) for row in rows],
        "hoverinfo": "text",
    }
    counts = [_below(row["time_years"], number(row["at_risk"])) for row in rows]
    shares = (0, 25, 50, 75, 100)
    axis = {
        "range": [0, 100],
        "tickvals": shares,
        "ticktext": [f"{each}{NBSP}%" for each in shares],
    }
    return Plot(
        data=(*_band(table.drop_nulls(["low", "high"]), last), line),
        layout={
            "xaxis": {
                "range": [-0.02 * last, 1.02 * last],
                "tickvals": ticks,
                "ticktext": [f"{each}{NBSP}år" for each in ticks],
                "showgrid": False,
            },
            "yaxis": axis,
            "margin": {"b": 56},
            "annotations": [*counts, *_half(median)],
            "shapes": _to_half(median),
        },
        height=330,
    )


def _band(known: pl.DataFrame, last: float) -> list[Trace]:
    """The interval as the area between two lines of steps; both go on to the end."""
    if not known.height:
        return []
    times = [*known["time_years"], last]
    return [
        {
            "type": "scatter",
            "name": name,
            "mode": "lines",
            "x": times,
            "y": [*(100 * known[name]), 100 * known[name][-1]],
            "line": {"shape": "hv", "width": 0, "color": "@test"},
            "fill": fill,
            "fillcolor": "@test/0.18",
            "hoverinfo": "skip",
        }
        for name, fill in (("low", "none"), ("high", "tonexty"))
    ]


def _below(time: float, words: str) -> Trace:
    """How many are left at a time, under the axis; the first says what it is."""
    own = {
        "x": time, "y": 0, "yref": "paper", "yshift": -40, "showarrow": False, "text": words,
        "font": {"color": "@muted", "size": 14},
    }  # fmt: skip
    return own if time else {**own, "text": f"Kvar:{NBSP}{words}", "xanchor": "center"}


def _half(median: Row) -> list[Trace]:
    """The year at which one half is reached, beside the line down to it."""
    if median["value"] is None:
        return []
    words = rich(h.b[f"hälften: {number(median['value'])} år"])
    place = {"x": median["value"], "y": 4, "yanchor": "bottom", "showarrow": False}
    return [{**place, "text": words, "xanchor": "left", "xshift": 6, "font": {"size": 14}}]


def _to_half(median: Row) -> list[Trace]:
    """From one half on the scale to the curve, and down to its year."""
    half = median["value"]
    if half is None:
        return []
    dots = {"type": "line", "line": {"color": "@ink", "width": 1.2, "dash": "dot"}}
    return [
        {**dots, "x0": 0, "x1": half, "y0": 50, "y1": 50},
        {**dots, "x0": half, "x1": half, "y0": 0, "y1": 50},
    ]


def _said(row: dict[str, Any]) -> str:
    share = f"{number(row['time_years'])} år: {number(100 * row['share_scaled'])} %"
    within = ""
    if row["low"] is not None and row["high"] is not None:
        within = f" ({number(100 * row['low'])}–{number(100 * row['high'])})"
    return f"{share}{within}, {number(row['at_risk'])} kvar att följa"


_GROUP_COLUMNS = (
    Column(name="label", label="Grupp", meaning="Alla, ett slag av test eller ett tema."),
    Column(name="n", label="Tester", meaning="Påbörjade tester med känd tid.", kind="integer"),
    Column(name="scaled", label="Uppskalade", meaning="De med känt år.", kind="integer"),
    Column(name="median", label="Mediantid", meaning="Tid tills hälften är där.", kind="decimal",
           unit="år"),
    Column(name="low", label="Från", meaning="Undre gräns, 95 procent.", kind="decimal"),
    Column(name="high", label="Till", meaning="Övre gräns, 95 procent.", kind="decimal"),
    Column(name="absence", label="Därför saknas värdet", meaning="Skälet i ord."),
)  # fmt: skip
_BEYOND = 2
"""Years drawn beyond the last end, for intervals that have none."""


def group_times(values: pl.DataFrame) -> Chart:
    """Median time of each kind and theme with its interval; the reason where there is none."""
    parts = group(whole(values, "2.5"), "median")
    rows = [_group_row(code, row) for code, row in parts.items() if code != EVERYONE]
    enough = [row for row in rows if row["n"] >= FEWEST]
    few = [row["label"].lower() for row in rows if 0 < row["n"] < FEWEST]
    drawn = sorted(
        (row for row in enough if row["scaled"]),
        key=lambda row: (row["median"] is None, row["median"] or 0, -row["scaled"]),
    )
    title = _group_title(drawn)
    words = "; ".join(f"{row['label']}: {_group_words(row)}" for row in drawn)
    return Chart(
        name="mediantid_per_grupp",
        title=title,
        subtitle="Tid tills hälften skalats upp, per slag av test och tema, med 95 procents "
        "intervall (pil: ingen övre gräns)",
        alt=f"{title}. {words or 'Inget går att rita'}.",
        note=f"För få tester (under {word(FEWEST)}): {listing(few)}" if few else "",
        table=pl.DataFrame(
            [{each.name: row[each.name] for each in _GROUP_COLUMNS} for row in rows],
            schema_overrides=dict.fromkeys(("median", "low", "high"), pl.Float64)
            | {"scaled": pl.Int64, "absence": pl.String},
        ),
        columns=_GROUP_COLUMNS,
        figure=_groups(drawn) if drawn else None,
    )


def _group_row(code: str, row: Row) -> dict[str, Any]:
    reached = None if row["numerator"] is None else int(row["numerator"])
    return {
        "code": code,
        "label": str(row["part_label"]).removeprefix("Median, "),
        "n": row["n"],
        "scaled": reached,
        "median": row["value"],
        "low": row["low"],
        "high": row["high"],
        "absence": row["absence"],
        "words": years_words(row) if row["value"] is not None else reason(row),
    }


def _group_title(drawn: list[dict[str, Any]]) -> str:
    known = [row for row in drawn if row["median"] is not None]
    if not known:
        return "Ingen grupp har nått hälften" if drawn else "Mediantid per grupp går inte att ange"
    first, last = known[0]["median"], known[-1]["median"]
    span = f"{number(first)}" if first == last else f"{number(first)}–{number(last)}"
    groups = "den grupp" if len(known) == 1 else f"de {word(len(known))} grupper"
    return f"Mediantiden är {span}{NBSP}år i {groups} som har nått hälften"


def _group_words(row: dict[str, Any]) -> str:
    return f"{row['words']}, {count(row['scaled'], 'uppskalad', 'uppskalade')} av {row['n']}"


def _groups(rows: list[dict[str, Any]]) -> Scale:
    """A dot at each median with its interval; it goes on where there is no upper end."""
    known = [row for row in rows if row["median"] is not None]
    longest = max([row["high"] or row["median"] for row in known] or [1]) + _BEYOND
    ticks = range(0, int(longest) + 1, 2)
    return Scale(
        rows=tuple(_line(row, longest) for row in rows),
        low=0,
        high=longest,
        ticks=tuple((each, f"{each}{NBSP}år") for each in ticks),
    )


def _line(row: dict[str, Any], longest: float) -> ScaleRow:
    if row["median"] is None:
        return ScaleRow(row["label"], instead="hälften har inte nått dit")
    said = f"{row['label']}: {_group_words(row)}"
    end, is_open = row["high"] or longest, row["high"] is None
    return ScaleRow(
        row["label"],
        (
            Mark("span", "test", row["low"], end, said, is_open=is_open),
            Mark("dot", "test", row["median"], row["median"], said),
        ),
    )
