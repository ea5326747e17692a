"""How long scaling up takes, by kind of test and theme, where there are tests enough to say."""

from __future__ import annotations

from typing import Any

import polars as pl

from dashboard.charts.chart import Chart, Style, Trace, figure, hidden_axis, label
from dashboard.charts.scaling import EVERYONE, scale_axis
from dashboard.charts.values import Row, group, reason, whole, years_words
from dashboard.text import NBSP, count, listing, number, word
from dashboard.theme import SMALL_SIZE
from pipelines.indicators.share import FEWEST
from pipelines.model.column import Column

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
_STEP = 34


def group_times(values: pl.DataFrame, style: Style) -> Chart:
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
        figure=_groups(drawn, style) if drawn else None,
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


def _groups(rows: list[dict[str, Any]], style: Style) -> object:
    """A dot at each median with its interval; an arrow where there is no upper end."""
    palette = style.palette
    known = [(place, row) for place, row in enumerate(rows) if row["median"] is not None]
    longest = max([row["high"] or row["median"] for _, row in known] or [1]) + 2
    interval: Trace = {
        "type": "scatter",
        "mode": "lines",
        "x": [x for _, row in known for x in (row["low"], row["high"] or longest, None)],
        "y": [y for place, _ in known for y in (place, place, None)],
        "line": {"color": palette.test, "width": 7},
        "opacity": 0.4,
        "hoverinfo": "skip",
    }
    dots: Trace = {
        "type": "scatter",
        "mode": "markers",
        "x": [row["median"] for _, row in known],
        "y": [place for place, _ in known],
        "marker": {"size": 14, "color": palette.test, "line": {"color": palette.card, "width": 2}},
        "hovertext": [f"{row['label']}: {_group_words(row)}" for _, row in known],
        "hovertemplate": "%{hovertext}<extra></extra>",
    }
    open_ended = [place for place, row in known if row["high"] is None]
    arrows: Trace = {
        "type": "scatter",
        "mode": "markers",
        "x": [longest] * len(open_ended),
        "y": open_ended,
        "marker": {"size": 13, "color": palette.test, "opacity": 0.6, "symbol": "triangle-right"},
        "hoverinfo": "skip",
        "cliponaxis": False,
    }
    quiet = {"size": SMALL_SIZE, "color": palette.muted}
    names = [
        label(row["label"], style, x=0, y=place, xanchor="right", xshift=-10)
        for place, row in enumerate(rows)
    ]
    waiting = [
        label("hälften har inte nått dit", style, x=0, y=place, xanchor="left", font=quiet)
        for place, row in enumerate(rows)
        if row["median"] is None
    ]
    return figure(
        [interval, arrows, dots],
        style,
        height=len(rows) * _STEP + 56,
        annotations=[*names, *waiting],
        xaxis=scale_axis(style, list(range(0, int(longest) + 1, 2)), "år", range=[0, longest]),
        yaxis=hidden_axis(range=[len(rows) - 0.5, -0.5]),
        margin={"l": 196, "r": 12, "t": 4, "b": 46},
    )  # fmt: skip
