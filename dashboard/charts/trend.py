"""Read plans year by year, stacked by the ladder."""

from __future__ import annotations

import polars as pl

from dashboard.charts.chart import Chart, Style, Trace, figure
from dashboard.charts.ladder import LEVELS
from dashboard.text import capital, count, part, plural_of
from dashboard.theme import SMALL_SIZE
from pipelines.model.column import Column

_FEW_YEARS = 3


def trend(frame: pl.DataFrame, style: Style, *, object_type: str) -> Chart:
    """Draw ``year, level, objects`` as one column a year, *Ska* at the foot.

    The strongest level stands on the axis, because only what stands there can be compared
    between years by eye.
    """
    title = _title(frame, object_type)
    wide = frame.pivot("level", index="year", values="objects").fill_null(0).sort("year")
    for level in range(len(LEVELS)):
        if str(level) not in wide.columns:
            wide = wide.with_columns(pl.lit(0, pl.Int64).alias(str(level)))
    columns = [Column(name="year", label="År", meaning="Handlingens år.", kind="integer")]
    columns += [
        Column(name=str(level), label=label, meaning=f"Lästa som når {label}.", kind="integer")
        for level, label in enumerate(LEVELS)
    ]
    read = int(frame["objects"].sum())
    return Chart(
        name=f"utveckling_{object_type}",
        title=title,
        subtitle=f"Lästa {plural_of(object_type)} per år efter högsta förpliktelsegrad",
        alt=f"{title}. Staplar per år: {_alt(wide)}",
        note=count(read, "läst handling med känt år", "lästa handlingar med känt år"),
        table=wide,
        columns=tuple(columns),
        figure=_figure(wide, style) if wide.height >= _FEW_YEARS else None,
    )


def _figure(wide: pl.DataFrame, style: Style) -> object:
    years = wide["year"].to_list()
    traces: list[Trace] = [
        {
            "type": "bar",
            "name": LEVELS[level],
            "x": years,
            "y": wide[str(level)].to_list(),
            "text": [str(each) if each else "" for each in wide[str(level)]],
            "textposition": "inside",
            "insidetextanchor": "middle",
            "textangle": 0,
            "constraintext": "none",
            "textfont": {"color": style.palette.on_ladder[level], "size": 14},
            "customdata": [[level, year] for year in years],
            "marker": {
                "color": style.palette.ladder[level],
                "line": {"color": style.palette.card, "width": 1},
            },
            "hovertemplate": f"%{{x}}<br>{LEVELS[level]}: %{{y}}<extra></extra>",
        }
        for level in reversed(range(len(LEVELS)))
    ]
    return figure(
        traces,
        style,
        height=230,
        barmode="stack",
        bargap=0.28,
        xaxis={
            "tickmode": "array",
            "tickvals": years,
            "ticktext": [str(year) for year in years],
            "tickfont": {"size": SMALL_SIZE, "color": style.palette.muted},
            "showgrid": False,
            "zeroline": False,
            "linecolor": style.palette.line,
            "fixedrange": True,
        },
        yaxis={"visible": False, "fixedrange": True},
        margin={"b": 46, "t": 6, "l": 0, "r": 0},
    )


def _title(frame: pl.DataFrame, object_type: str) -> str:
    """Compare the earlier half of the years with the later: ``8 av 10 … mot 3 av 8``."""
    years = sorted(frame["year"].unique())
    if len(years) < _FEW_YEARS:
        return f"För få år med lästa {plural_of(object_type)} för att visa en utveckling"
    middle = (years[0] + years[-1]) // 2
    early, late = frame.filter(pl.col("year") <= middle), frame.filter(pl.col("year") > middle)
    (before, of_before), (after, of_after) = _with_evidence(early), _with_evidence(late)
    return capital(
        f"{part(after, of_after)} {plural_of(object_type)} från {middle + 1}–{years[-1]} "
        f"har belägg, mot {part(before, of_before)} från {years[0]}–{middle}"
    )


def _with_evidence(frame: pl.DataFrame) -> tuple[int, int]:
    found = frame.filter(pl.col("level") > 0)["objects"].sum()
    return int(found), int(frame["objects"].sum())


def _alt(wide: pl.DataFrame) -> str:
    parts = []
    for row in wide.to_dicts():
        steps = [f"{LEVELS[i]} {row[str(i)]}" for i in range(len(LEVELS)) if row[str(i)]]
        parts.append(f"{row['year']}: {', '.join(steps)}")
    return "; ".join(parts) + "."
