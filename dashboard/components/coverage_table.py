"""Which themes are driven with which instruments, and how bindingly."""

from __future__ import annotations

from typing import Any

from dashboard.charts.themes_tools import TOOLS, themes_by_tool
from dashboard.components.card import card, foot
from dashboard.components.heat_table import HeatCell, heat_table, used
from dashboard.components.page import nothing
from dashboard.components.view import View
from dashboard.filters import level_label
from dashboard.text import TYPE_PLURAL, count
from pipelines.indicators.breakdown import (
    NO_INSTRUMENT,
    passages_with_theme,
    themes_by_instrument,
)
from pipelines.model.codes import THEME


def theme_instrument_table(view: View, object_type: str) -> None:
    """Draw the table of one document type; a cell's colour is the highest level reached in it."""
    frame = view.only(object_type).measure(themes_by_instrument, with_level=True)
    chart = themes_by_tool(frame, f"teman_styrmedel_{object_type}")
    with card(f"tabell-{object_type}", chart.title, f"{chart.subtitle} Klicka för att läsa."):
        if not frame.height:
            nothing(
                view.only(object_type),
                f"Inga belägg med tema i {TYPE_PLURAL[object_type]}.",
                lambda chosen: view.under(chosen).measure(passages_with_theme, with_level=True),
            )
            return
        cells = {(row["theme"], row["instrument"]): row for row in frame.to_dicts()}
        heat_table(
            used(THEME.labels, frame["theme"].to_list()),
            used(TOOLS, frame["instrument"].to_list()),
            lambda theme, tool: _cell(view, object_type, theme, tool, cells.get((theme, tool))),
            caption=chart.title,
            corner="Tema",
        )
        foot(view, chart, key=f"teman-{object_type}")


def _cell(
    view: View, object_type: str, theme: str, tool: str, row: dict[str, Any] | None
) -> HeatCell | None:
    if row is None:
        return None
    tools = () if tool == NO_INSTRUMENT else (tool,)
    words = (
        f"{THEME.labels[theme]}, {TOOLS[tool].lower()}: "
        f"{count(row['passages'], 'belägg', 'belägg')}, högst {level_label(row['level'])}"
    )
    href = view.link("belagg", object_types=(object_type,), themes=(theme,), instruments=tools)
    return HeatCell(row["passages"], f"n{row['level']}", href, words)
