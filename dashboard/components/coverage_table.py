"""Which themes are driven with which instruments, and how bindingly."""

from __future__ import annotations

from typing import Any

import polars as pl
import streamlit as st

from dashboard.components.card import card, note
from dashboard.components.downloads import download
from dashboard.components.heat_table import HeatCell, heat_table, used
from dashboard.components.page import nothing
from dashboard.components.view import View
from dashboard.filters import level_label
from dashboard.queries.objects import theme_instrument
from dashboard.text import TYPE_PLURAL, capital, count, part
from pipelines.model.codes import INSTRUMENT, THEME
from pipelines.model.column import Column

_NO_INSTRUMENT = {"none": "Inget styrmedel"}
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


def theme_instrument_table(view: View, object_type: str) -> None:
    """Draw the table of one document type; a cell's colour is the highest level reached in it."""
    frame = view.ask(theme_instrument, view.filters.only(object_type))
    themes = used(THEME.labels, frame["theme"].to_list())
    tools = used(INSTRUMENT.labels | _NO_INSTRUMENT, frame["instrument"].to_list())
    found = len(set(tools) - {"none"})
    title = (
        f"{capital(part(len(themes), len(THEME.codes), neuter=True))} teman och "
        f"{part(found, len(INSTRUMENT.codes), neuter=True)} styrmedel används"
    )
    subtitle = "Antal belägg; färgen är den högsta förpliktelsegraden. Klicka för att läsa."
    with card(f"tabell-{object_type}", title, subtitle):
        if not frame.height:
            nothing(view, f"Inga belägg i {TYPE_PLURAL[object_type]}.")
            return
        cells = {(row["theme"], row["instrument"]): row for row in frame.to_dicts()}
        heat_table(
            themes,
            tools,
            lambda theme, tool: _cell(view, object_type, theme, tool, cells.get((theme, tool))),
            caption=title,
            corner="Tema",
        )
        total = int(frame["passages"].sum())
        note(view, f"{count(total, 'markering', 'markeringar')}; ett belägg kan stå i flera rutor")
        with st.container(horizontal=True, gap="medium"):
            download(
                view,
                f"teman_styrmedel_{object_type}",
                frame.with_columns(pl.col("instrument").replace({"none": None})),
                _COLUMNS,
                key=f"teman-{object_type}",
            )


def _cell(
    view: View, object_type: str, theme: str, tool: str, row: dict[str, Any] | None
) -> HeatCell | None:
    if row is None:
        return None
    tools = () if tool == "none" else (tool,)
    label = (INSTRUMENT.labels | _NO_INSTRUMENT)[tool]
    words = (
        f"{THEME.labels[theme]}, {label.lower()}: "
        f"{count(row['passages'], 'belägg', 'belägg')}, högst {level_label(row['level'])}"
    )
    href = view.link("belagg", object_types=(object_type,), themes=(theme,), instruments=tools)
    return HeatCell(row["passages"], f"n{row['level']}", href, words)
