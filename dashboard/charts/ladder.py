"""The commitment ladder: stacked bars in five steps, and hatched what is not read."""

from __future__ import annotations

from typing import Any

import polars as pl

from dashboard.charts.chart import Chart, Style, Trace, figure, hidden_axis, label
from dashboard.text import NBSP, count, number, percent
from dashboard.theme import SMALL_SIZE
from pipelines.indicators.share import FEWEST, wilson
from pipelines.model.codes import COMMITMENT
from pipelines.model.column import Column
from pipelines.model.columns import COLUMN

LEVELS = tuple(code.label for code in COMMITMENT.codes)
UNREAD = "Ej läst"
NOT_CHOSEN = "Ingen i urvalet"
"""A place with nothing known in the choice: neither read nor unread."""
LEVEL_COLUMNS = tuple(f"level_{level}" for level in range(len(LEVELS)))
_READ_ON = "Klicka för att läsa beläggen"
COMPACT_FROM = 5
"""From this many bars the names stand to the left of the bars, else above them."""


def ladder(
    wide: pl.DataFrame,
    style: Style,
    *,
    name: str,
    title: str,
    subtitle: str,
    unit_label: str,
    legend: bool = True,
) -> Chart:
    """Draw one bar a unit, its length the known, its parts the levels and the unread.

    Counts stand in the parts; shares of the read are in the hover and the table.
    """
    table = unread_is_empty(wide).with_columns(_share_and_interval())
    return Chart(
        name=name,
        title=title,
        subtitle=subtitle,
        alt=_alt(wide, title),
        note=_note(wide),
        table=table,
        columns=_columns(unit_label),
        figure=_figure(wide, style, legend=legend) if wide.height else None,
    )


def unread_is_empty(table: pl.DataFrame) -> pl.DataFrame:
    """Empty the levels of rows of which nothing is read: what nobody has read is not zero."""
    read = pl.sum_horizontal(LEVEL_COLUMNS) > 0
    return table.with_columns(pl.when(read).then(name).alias(name) for name in LEVEL_COLUMNS)


def _figure(wide: pl.DataFrame, style: Style, *, legend: bool) -> Any:
    compact = wide.height >= COMPACT_FROM
    step, bar, top = (31, 22, 34) if compact else (66, 34, 30)
    top = top if legend else 6
    height = wide.height * step + top + 30
    left, right = (118, 92) if compact else (0, 0)
    rows = wide.to_dicts()
    traces = [_part(rows, style, level, bar / step) for level in range(len(LEVELS))]
    traces.append(_unread(rows, style, bar / step))
    annotations = [*_names(rows, style, compact=compact), *(_legend(style, left) if legend else ())]
    return figure(
        traces,
        style,
        height=height,
        barmode="stack",
        bargap=0,
        xaxis=hidden_axis(range=[0, 100]),
        yaxis=hidden_axis(range=[len(rows) - 0.5, -0.5] if compact else [len(rows) - 0.68, -0.68]),
        annotations=annotations,
        margin={"l": left, "r": right, "t": top, "b": 24},
    )


def _part(rows: list[dict[str, Any]], style: Style, level: int, width: float) -> Trace:
    counts = [row[LEVEL_COLUMNS[level]] for row in rows]
    shares = [_percent(each, row["known"]) for each, row in zip(counts, rows, strict=True)]
    return {
        "type": "bar",
        "orientation": "h",
        "name": LEVELS[level],
        "x": shares,
        "y": list(range(len(rows))),
        "width": width,
        "customdata": [[row["unit_id"], level] for row in rows],
        "text": [
            number(each) if each and share >= 3 else ""
            for each, share in zip(counts, shares, strict=True)
        ],
        "textposition": "inside",
        "insidetextanchor": "middle",
        "textangle": 0,
        "textfont": {"size": 15, "color": style.palette.on_ladder[level]},
        "constraintext": "none",
        "marker": {
            "color": style.palette.ladder[level],
            "line": {"color": style.palette.card, "width": 1},
        },
        "hovertext": [_hover(row, level) for row in rows],
        "hovertemplate": f"<b>{LEVELS[level]}</b><br>%{{hovertext}}<br>{_READ_ON}<extra></extra>",
        "unselected": {"marker": {"opacity": 1}},
    }


def _unread(rows: list[dict[str, Any]], style: Style, width: float) -> Trace:
    """Hatched; thinner where nothing at all is read, so that the read stand out."""
    return {
        "type": "bar",
        "orientation": "h",
        "name": UNREAD,
        "x": [_percent(row["unread"], row["known"]) for row in rows],
        "y": list(range(len(rows))),
        "width": [width if row["read"] else width * 0.55 for row in rows],
        "customdata": [[row["unit_id"], -1] for row in rows],
        "marker": hatched(style),
        "hovertext": [
            f"<b>{row['unit_name']}</b><br>{UNREAD}: {row['unread']} av {row['known']} kända"
            for row in rows
        ],
        "hovertemplate": "%{hovertext}<extra></extra>",
        "unselected": {"marker": {"opacity": 1}},
    }


def hatched(style: Style) -> dict[str, Any]:
    """The mark of what is not read, in every chart of bars: thin lines, never a grey."""
    return {
        "color": style.palette.card,
        "pattern": {
            "shape": "/",
            "fgcolor": style.palette.hatch,
            "bgcolor": style.palette.card,
            "size": 7,
            "solidity": 0.18,
        },
        "line": {"color": style.palette.hatch, "width": 1},
    }


def _percent(part: int, whole: int) -> float:
    """Length of a part; two decimals are finer than a screen."""
    return round(100 * part / whole, 2)


def _hover(row: dict[str, Any], level: int) -> str:
    """What only this part says; what all parts of a level say stands once, in the template."""
    here = row[LEVEL_COLUMNS[level]]
    if not here:
        return ""
    return f"{row['unit_name']}: {here} av {row['read']} lästa ({percent(here, row['read'])})"


def _names(rows: list[dict[str, Any]], style: Style, *, compact: bool) -> list[dict[str, Any]]:
    read = {"size": SMALL_SIZE, "color": style.palette.muted}
    found = []
    for place, row in enumerate(rows):
        words = f"{row['read']} av {row['known']} lästa"
        if compact:
            left = label(row["unit_name"], style, x=0, y=place, xshift=-8, xanchor="right")
            right = label(words, style, x=100, y=place, xshift=8, xanchor="left", font=read)
        else:
            above = {"yshift": 28}
            left = label(row["unit_name"], style, x=0, y=place, xanchor="left", **above)
            right = label(words, style, x=100, y=place, xanchor="right", font=read, **above)
        found += [left, right]
    return found


def _legend(style: Style, left: int) -> list[dict[str, Any]]:
    """Coloured squares with words in one line; short enough for a phone."""
    palette = style.palette
    squares = [
        f'<span style="color:{color};font-size:15px">█</span>{NBSP}{name}'
        for name, color in zip(LEVELS, palette.ladder, strict=True)
    ]
    squares.append(f'<span style="color:{palette.muted};font-size:17px">▨</span>{NBSP}{UNREAD}')
    return [
        {
            "text": f"{NBSP} ".join(squares),
            "xref": "paper",
            "yref": "paper",
            "x": 0,
            "xshift": -left,
            "y": 1,
            "yshift": 8,
            "xanchor": "left",
            "yanchor": "bottom",
            "showarrow": False,
            "font": {"size": SMALL_SIZE, "color": palette.muted},
        }
    ]


def _share_and_interval() -> list[pl.Expr]:
    """Share of the read that reach *Ska*, with a Wilson 95 % interval, in percent."""

    def interval(row: dict[str, int], end: int) -> float | None:
        if row["read"] < FEWEST:
            return None
        return round(100 * wilson(row["level_4"], row["read"])[end], 1)

    both = pl.struct("level_4", "read")
    share = 100 * pl.col("level_4") / pl.col("read")
    return [
        pl.when(pl.col("read") >= FEWEST).then(share.round(1)).alias("shall_share"),
        both.map_elements(lambda row: interval(row, 0), return_dtype=pl.Float64).alias("low"),
        both.map_elements(lambda row: interval(row, 1), return_dtype=pl.Float64).alias("high"),
    ]


def _columns(unit_label: str) -> tuple[Column, ...]:
    levels = [
        Column(name=name, label=LEVELS[i], meaning=COMMITMENT.codes[i].meaning, kind="integer")
        for i, name in enumerate(LEVEL_COLUMNS)
    ]
    return (
        Column(name="unit_name", label=unit_label, meaning="Vad raden gäller."),
        *levels,
        Column(name="unread", label=UNREAD, meaning="Kända men inte lästa.", kind="integer"),
        Column(name="read", label="Lästa", meaning="Lästa handlingar.", kind="integer"),
        Column(name="known", label="Kända", meaning="Kända handlingar.", kind="integer"),
        Column(
            name="shall_share",
            label="Andel Ska, procent",
            meaning="Andel av de lästa som når Ska; tomt under fem lästa.",
            kind="decimal",
        ),
        Column(name="low", label="Från", meaning="Undre gräns, 95 procent.", kind="decimal"),
        Column(name="high", label="Till", meaning="Övre gräns, 95 procent.", kind="decimal"),
        COLUMN["absence"],
    )


def _alt(wide: pl.DataFrame, title: str) -> str:
    parts = []
    for row in wide.to_dicts():
        steps = [f"{LEVELS[i]} {row[name]}" for i, name in enumerate(LEVEL_COLUMNS) if row[name]]
        steps += [f"ej lästa {row['unread']}"] if row["unread"] else []
        parts.append(f"{row['unit_name']}: {', '.join(steps)}")
    return f"{title}. Staplar efter högsta förpliktelsegrad. {'. '.join(parts)}."


def _note(wide: pl.DataFrame) -> str:
    read, known = int(wide["read"].sum()), int(wide["known"].sum())
    return f"{count(read, 'läst handling', 'lästa handlingar')} av {number(known)} kända"
