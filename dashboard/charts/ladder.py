"""The commitment ladder: stacked bars in five steps, and hatched what is not read."""

from __future__ import annotations

from typing import Any

import polars as pl

from dashboard.draw.chart import Bar, Bars, Chart, Part
from dashboard.draw.levels import LEGEND, LEVEL_COLUMNS, LEVEL_KINDS, LEVELS, UNREAD, UNREAD_KIND
from dashboard.text import count, number, percent
from pipelines.indicators.values import FEWEST, wilson
from pipelines.model.codes import COMMITMENT
from pipelines.model.columns import COLUMN, Column


def ladder(
    wide: pl.DataFrame,
    *,
    name: str,
    title: str,
    subtitle: str,
    unit_label: str,
    legend: bool = True,
) -> Chart:
    """Draw one bar a unit, its length the known, its parts the levels and the unread.

    Counts stand in the parts; shares of the read are said when touched and in the table.
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
        figure=_bars(wide, legend=legend) if wide.height else None,
    )


def unread_is_empty(table: pl.DataFrame) -> pl.DataFrame:
    """Empty the levels of rows of which nothing is read: what nobody has read is not zero."""
    read = pl.sum_horizontal(LEVEL_COLUMNS) > 0
    return table.with_columns(pl.when(read).then(name).alias(name) for name in LEVEL_COLUMNS)


def _bars(wide: pl.DataFrame, *, legend: bool) -> Bars:
    bars = tuple(_bar(row) for row in wide.to_dicts())
    return Bars(bars, LEGEND if legend else ())


def _bar(row: dict[str, Any]) -> Bar:
    unread = row["unread"]
    said = f"{row['unit_name']}, {UNREAD.lower()}: {unread} av {row['known']} kända"
    return Bar(
        label=row["unit_name"],
        parts=(
            *(_part(row, level) for level in range(len(LEVELS))),
            Part(unread, UNREAD_KIND, said, (row["unit_id"], -1)),
        ),
        note=f"{row['read']} av {row['known']} lästa",
    )


def _part(row: dict[str, Any], level: int) -> Part:
    here, read = row[LEVEL_COLUMNS[level]], row["read"]
    said = f"{row['unit_name']}, {LEVELS[level]}: {here} av {read} lästa ({percent(here, read)})"
    data = (row["unit_id"], level)
    return Part(here, LEVEL_KINDS[level], said if here else "", data, number(here))


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
