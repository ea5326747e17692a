"""Slides about plans and land allocations."""

from __future__ import annotations

import polars as pl

from dashboard import findings
from dashboard.charts import ladder, region_map
from dashboard.charts.chart import Chart
from dashboard.charts.drawing import (
    Drawing,
    HeatGrid,
    area_map,
    ladder_bars,
    level_names,
)
from dashboard.components.heat_table import used
from dashboard.components.view import View
from dashboard.meeting.slide import Slide, make_slide
from dashboard.queries import objects
from dashboard.text import TYPE_PLURAL, capital, count, part
from pipelines.model.codes import INSTRUMENT, THEME
from pipelines.model.column import Column

NOTHING_KNOWN = "Inga planer eller markanvisningar i urvalet."
NOTHING_READ = (
    "Inget är läst ännu, så det finns inga belägg att visa. Ej insamlad betyder inte noll."
)
NOTHING_FOUND = "De lästa handlingarna i urvalet innehåller inga belägg."
MOST_BARS = 12
_MOST_THEMES, _MOST_TOOLS = 5, 4
_NO_TOOL = {"none": "Inget styrmedel"}
_HEAT_COLUMNS = (
    Column(name="theme", label="Tema", meaning="Temat.", kind="code", codes=THEME),
    Column(
        name="instrument", label="Styrmedel", meaning="Styrmedlet.", kind="code", codes=INSTRUMENT
    ),
    Column(name="passages", label="Belägg", meaning="Antal belägg.", kind="integer"),
    Column(name="level", label="Högsta nivå", meaning="0 Ingen till 4 Ska.", kind="integer"),
)


def types_slide(view: View) -> Slide:
    """The ladder by document type."""
    types = ladder.widen(view.ask(objects.ladder_by_type, view.filters), list(TYPE_PLURAL))
    types = ladder.named(types, {code: capital(text) for code, text in TYPE_PLURAL.items()})
    places = view.ask(objects.highest_by_municipality, view.filters.only("op"))
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
    chosen = view.filters.only(object_type)
    places = view.ask(objects.highest_by_municipality, chosen)
    return make_slide(
        view,
        kind="karta",
        finding=findings.map_title(places),
        chart=_map(view, places, object_type),
        drawing=area_map(places, view.geo) if places.height else None,
        quote=chosen,
        empty=NOTHING_KNOWN,
    )


def type_slide(view: View, object_type: str) -> Slide:
    """One type, municipality by municipality: names by level for ÖP, bars for the other two."""
    chosen = view.filters.only(object_type)
    places = view.ask(objects.highest_by_municipality, chosen)
    known = places.filter(pl.col("known") > 0)
    whole = ladder.widen(view.ask(objects.ladder_by_type, chosen))
    wide = ladder.widen(view.ask(objects.ladder_by_municipality, chosen))
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
        finding=findings.type_today(object_type, whole, places).headline,
        chart=chart,
        drawing=drawing,
        quote=chosen,
        empty=f"Inga {TYPE_PLURAL[object_type]} i urvalet.",
    )


def themes_slide(view: View) -> Slide:
    """Themes against instruments; the commonest are drawn, all are in the table."""
    frame = view.ask(objects.theme_instrument, view.filters)
    themes = used(THEME.labels, frame["theme"].to_list())
    tools = used(INSTRUMENT.labels, frame["instrument"].to_list())
    finding = (
        f"{capital(part(len(themes), len(THEME.codes), neuter=True))} teman och "
        f"{part(len(tools), len(INSTRUMENT.codes), neuter=True)} styrmedel används"
    )
    total = int(frame["passages"].sum())
    shown = _commonest(frame)
    note = count(total, "markering", "markeringar") + "; ett belägg kan stå i flera rutor"
    if frame.height and (len(themes) > _MOST_THEMES or len(tools) > _MOST_TOOLS):
        note += (
            f". Visar de {len(shown.rows)} vanligaste temana och {len(shown.columns)} styrmedlen"
        )
    chart = Chart(
        name="teman_styrmedel",
        title=finding,
        subtitle="Antal belägg. Färgen är den högsta förpliktelsegraden i rutan.",
        alt=f"{finding}. Tabell med teman som rader och styrmedel som kolumner.",
        note=note,
        table=frame.with_columns(pl.col("instrument").replace({"none": None})),
        columns=_HEAT_COLUMNS,
        figure=None,
    )
    return make_slide(
        view,
        kind="teman",
        finding=finding if frame.height else "Inga teman eller styrmedel att visa ännu",
        chart=chart,
        drawing=shown if frame.height else None,
        quote=view.filters,
        empty=why_nothing(view),
    )


def why_nothing(view: View) -> str:
    """Say whether the read holds no evidence or nothing is read at all."""
    read = view.ask(objects.ladder_by_type, view.filters)["level"].drop_nulls().len()
    return NOTHING_FOUND if read else NOTHING_READ


def _ladder(view: View, wide: pl.DataFrame, name: str, unit: str) -> Chart:
    words = "Antal handlingar efter högsta förpliktelsegrad, av de kända"
    return ladder.ladder(
        wide, view.style, name=name, title="", subtitle=words, unit_label=unit, legend=False
    )


def _map(view: View, places: pl.DataFrame, object_type: str) -> Chart:
    return region_map.commitment_map(
        places,
        view.geo,
        view.style,
        height=500,
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
    tools = most("instrument", _MOST_TOOLS, INSTRUMENT.labels | _NO_TOOL)
    cells = {(r["theme"], r["instrument"]): (r["passages"], r["level"]) for r in frame.to_dicts()}
    return HeatGrid(
        "Tema",
        tuple(tools.values()),
        tuple(
            (label, tuple(cells.get((theme, tool)) for tool in tools))
            for theme, label in themes.items()
        ),
    )
