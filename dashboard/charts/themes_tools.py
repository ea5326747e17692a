"""Themes against instruments: which are used together, and how far they reach."""

from __future__ import annotations

import polars as pl

from dashboard.draw.chart import Chart
from dashboard.text import capital, count, part
from pipelines.indicators.planning import NO_INSTRUMENT
from pipelines.model.codes import INSTRUMENT, THEME
from pipelines.model.columns import Column

TOOLS = INSTRUMENT.labels | {NO_INSTRUMENT: "Inget styrmedel"}
"""Code of an instrument, or of none, → label."""
_COLUMNS = (
    Column(name="theme", label="Tema", meaning="Temat.", kind="code", codes=THEME),
    Column(
        name="instrument",
        label="Styrmedel",
        meaning="Styrmedlet; tomt utan styrmedel.",
        kind="code",
        codes=INSTRUMENT,
    ),
    Column(name="passages", label="Belägg", meaning="Antal belägg.", kind="integer"),
    Column(name="level", label="Högsta nivå", meaning="0 Ingen till 4 Ska.", kind="integer"),
)


def themes_by_tool(frame: pl.DataFrame, name: str) -> Chart:
    """Words and numbers of ``breakdown.themes_by_instrument``; it is drawn as a table."""
    tools = set(frame["instrument"]) - {NO_INSTRUMENT}
    title = (
        f"{capital(part(frame['theme'].n_unique(), len(THEME.codes), neuter=True))} teman och "
        f"{part(len(tools), len(INSTRUMENT.codes), neuter=True)} styrmedel används"
    )
    total = int(frame["passages"].sum())
    return Chart(
        name=name,
        title=title,
        subtitle="Antal belägg. Färgen är den högsta förpliktelsegraden i rutan.",
        alt=f"{title}. Tabell med teman som rader och styrmedel som kolumner.",
        note=f"{count(total, 'markering', 'markeringar')}; ett belägg kan stå i flera rutor",
        table=frame.with_columns(pl.col("instrument").replace({NO_INSTRUMENT: None})),
        columns=_COLUMNS,
        figure=None,
    )
