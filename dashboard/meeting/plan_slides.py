"""Slides about plans and land allocations."""

from __future__ import annotations

from dataclasses import replace

import polars as pl

from dashboard import findings
from dashboard.charts import ladder, ladder_rows, region_map
from dashboard.charts.chart import Chart
from dashboard.charts.drawing import (
    Drawing,
    HeatGrid,
    area_map,
    ladder_bars,
    level_names,
)
from dashboard.charts.themes_tools import TOOLS, themes_by_tool
from dashboard.components.heat_table import used
from dashboard.components.view import View
from dashboard.meeting.slide import Slide, make_slide
from dashboard.text import TYPE_PLURAL
from pipelines.indicators import breakdown, pages, planning
from pipelines.model.codes import THEME

NOTHING_KNOWN = "Inga planer eller markanvisningar i urvalet."
NOTHING_READ = (
    "Inget är läst ännu, så det finns inga belägg att visa. Ej insamlad betyder inte noll."
)
NOTHING_FOUND = "De lästa handlingarna i urvalet innehåller inga belägg."
MOST_BARS = 12
_MOST_THEMES, _MOST_TOOLS = 5, 4


def types_slide(view: View) -> Slide:
    """The ladder by document type."""
    types = ladder_rows.by_type(view.measure(planning.ladder))
    places = ladder_rows.highest(view.only("op").measure(planning.ladder), view.places)
    chart = _ladder(view, types, "forpliktelse_per_handlingstyp", "Handlingstyp")
    return make_slide(
        view,
        kind="stege",
        finding=findings.region_today(types, places).headline,
        chart=chart,
        drawing=ladder_bars(types) if types.height else None,
        quote=view.filters,
        empty=NOTHING_KNOWN,
    )


def map_slide(view: View) -> Slide:
    """The map of the highest level, in the chosen type or in comprehensive plans."""
    object_type = _one_type(view, "op")
    places = ladder_rows.highest(view.only(object_type).measure(planning.ladder), view.places)
    return make_slide(
        view,
        kind="karta",
        finding=findings.map_title(places),
        chart=_map(view, places, object_type),
        drawing=area_map(places, view.geo) if places.height else None,
        quote=view.filters.only(object_type),
        empty=NOTHING_KNOWN,
    )


def type_slide(view: View, object_type: str) -> Slide:
    """One type, municipality by municipality: names by level for ÖP, bars for the other two."""
    values = view.only(object_type).measure(planning.ladder)
    places = ladder_rows.highest(values, view.places)
    known = places.filter(pl.col("known") > 0)
    wide = ladder_rows.by_municipality(values, view.places)
    drawing: Drawing | None = None
    if object_type == "op" or wide.height > MOST_BARS:
        chart = _map(view, known, object_type)
        drawing = level_names(known) if known.height else None
    else:
        chart = _ladder(view, wide, f"forpliktelse_per_kommun_{object_type}", "Kommun")
        drawing = ladder_bars(wide) if wide.height else None
    return make_slide(
        view,
        kind=object_type,
        finding=findings.type_today(object_type, ladder_rows.by_type(values), places).headline,
        chart=chart,
        drawing=drawing,
        quote=view.filters.only(object_type),
        empty=f"Inga {TYPE_PLURAL[object_type]} i urvalet.",
    )


def themes_slide(view: View) -> Slide:
    """Themes against instruments; the commonest are drawn, all are in the table."""
    frame = view.measure(breakdown.themes_by_instrument, with_level=True)
    chart = themes_by_tool(frame, "teman_styrmedel")
    shown = _commonest(frame)
    if frame["theme"].n_unique() > _MOST_THEMES or frame["instrument"].n_unique() > _MOST_TOOLS:
        fewer = f"Visar de {len(shown.rows)} vanligaste temana och {len(shown.columns)} styrmedlen"
        chart = replace(chart, note=f"{chart.note}. {fewer}")
    return make_slide(
        view,
        kind="teman",
        finding=chart.title if frame.height else "Inga teman eller styrmedel att visa ännu",
        chart=chart,
        drawing=shown if frame.height else None,
        quote=view.filters,
        empty=why_nothing(view),
    )


def why_nothing(view: View) -> str:
    """Say whether the read holds no evidence or nothing is read at all."""
    return NOTHING_FOUND if view.measure(pages.count_left)["read"] else NOTHING_READ


def _ladder(view: View, wide: pl.DataFrame, name: str, unit: str) -> Chart:
    words = "Antal handlingar efter högsta förpliktelsegrad, av de kända"
    return ladder.ladder(wide, name=name, title="", subtitle=words, unit_label=unit, legend=False)


def _map(view: View, places: pl.DataFrame, object_type: str) -> Chart:
    return region_map.commitment_map(
        places,
        view.geo,
        height=500,
        name=f"karta_{object_type}",
        title=findings.map_title(places),
        subtitle=f"Högsta förpliktelsegrad i {TYPE_PLURAL[object_type]}, per kommun",
    )


def _one_type(view: View, otherwise: str) -> str:
    chosen = view.filters.object_types
    return chosen[0] if len(chosen) == 1 else otherwise


def _commonest(frame: pl.DataFrame) -> HeatGrid:
    def most(name: str, number_of: int, labels: dict[str, str]) -> dict[str, str]:
        sums = frame.group_by(name).agg(pl.col("passages").sum())
        top = sums.sort(["passages", name], descending=[True, False]).head(number_of)
        return used(labels, top[name].to_list())

    themes = most("theme", _MOST_THEMES, THEME.labels)
    tools = most("instrument", _MOST_TOOLS, TOOLS)
    cells = {(r["theme"], r["instrument"]): (r["passages"], r["level"]) for r in frame.to_dicts()}
    return HeatGrid(
        "Tema",
        tuple(tools.values()),
        tuple(
            (label, tuple(cells.get((theme, tool)) for tool in tools))
            for theme, label in themes.items()
        ),
    )
