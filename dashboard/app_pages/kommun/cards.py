"""Cards of *Kommun*: which one, its facts, its ladder and those most like it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import polars as pl
import streamlit as st

from dashboard.charts import ladder, ladder_rows
from dashboard.charts.excerpts import excerpt_bars
from dashboard.filters import level_label
from dashboard.parts import markup
from dashboard.parts.card import card, chart_card, draw, foot, note, type_and_level
from dashboard.parts.downloads import download
from dashboard.parts.filter_bar import keep_in_link
from dashboard.parts.markup import show
from dashboard.parts.municipality import SIMILAR, own_municipality
from dashboard.parts.page import known_objects, nothing
from dashboard.parts.table import Cell, show_table
from dashboard.parts.view import EXCERPTS, View
from dashboard.queries import municipality
from dashboard.queries.excerpts import excerpt_counts
from dashboard.queries.municipality import side_by_side
from dashboard.text import (
    DASH,
    NBSP,
    TYPE_SHORT,
    capital,
    listing,
    number,
    part,
)
from pipelines.indicators import planning
from pipelines.model.codes import OBJECT_TYPE, YES_NO
from pipelines.model.columns import COLUMN, Column

_SIDE_COLUMNS = (
    COLUMN["municipality_name"],
    COLUMN["population"],
    Column(name="distance", label="Avstånd", meaning="Olikhet; 0 är samma.", kind="decimal"),
    Column(name="known", label="Kända", meaning="Kända handlingar.", kind="integer"),
    Column(name="read", label="Lästa", meaning="Lästa handlingar.", kind="integer"),
    Column(name="passages", label="Belägg", meaning="Belägg som räknas.", kind="integer"),
    *(
        Column(name=f"{code}_level", label=f"Högsta nivå, {label.lower()}",
               meaning="0 Ingen till 4 Ska; tomt om inget är läst.", kind="integer")
        for code, label in OBJECT_TYPE.labels.items()
    ),
)  # fmt: skip
_KEY = "enkommun"


def facts(view: View, code: str) -> None:
    """Population, area, density, own land: what the likeness rests on."""
    row = view.ask(municipality.facts, code)
    pairs = [
        ("Invånare", _with_year(row)),
        ("Landareal", _with_unit(row.get("area_km2"), "km²")),
        ("Äger mark", YES_NO.labels.get(str(row.get("owns_land") or ""), "ej insamlat")),
        ("Uppgifterna gäller", str(row.get("as_of") or "ej insamlat")),
    ]
    show(markup.facts(pairs))


def _with_year(row: dict[str, object]) -> str:
    population = row.get("population")
    if population is None:
        return "ej insamlat"
    year = f" ({row['population_year']})" if row.get("population_year") else ""
    return number(float(str(population))) + year


def _with_unit(value: object, unit: str) -> str:
    return "ej insamlat" if value is None else f"{number(float(str(value)))}{NBSP}{unit}"


def similar(view: View, code: str) -> pl.DataFrame:
    """The municipalities most like this one, nearest first."""
    return view.ask(municipality.nearest, code).slice(1, SIMILAR)


def beside_similar(view: View, code: str) -> None:
    """The municipality and the four most like it, row by row."""
    both = view.ask(municipality.nearest, code).head(SIMILAR + 1)
    values = view.ask(
        municipality.side_by_side, only(view, *both["municipality_code"].to_list()).filters
    )
    frame = both.join(values, on="municipality_code", how="left", maintain_order="left")
    subtitle = "Högsta förpliktelsegrad i lästa handlingar, bredvid de kommuner som är mest lika"
    with card("jamfor", _beside_title(frame), subtitle):
        show_table(
            ["Kommun", "Invånare", "ÖP", "DP", "MA", "Lästa"],
            [_side_row(view, row) for row in frame.to_dicts()],
            caption="Jämförelse med liknande kommuner",
            numeric=frozenset({1, 5}),
        )
        reasons = both["reason"].drop_nulls().unique(maintain_order=True).to_list()
        note(view, reasons[0].rstrip(".") if reasons else "Inga att jämföra med")
        with st.container(horizontal=True, gap="medium"):
            download(only(view, code), "liknande_kommuner", frame, _SIDE_COLUMNS, key="jamfor")


def _beside_title(frame: pl.DataFrame) -> str:
    mine, others = frame.head(1).to_dicts()[0], frame.slice(1).to_dicts()
    types = [
        each for each in TYPE_SHORT if mine[f"{each}_level"] is not None
        and any(row[f"{each}_level"] is not None for row in others)
    ]  # fmt: skip
    if not types:
        return "För lite är läst för att jämföra med liknande kommuner"
    ahead = [
        TYPE_SHORT[each] for each in types
        if mine[f"{each}_level"] > max(row[f"{each}_level"] or 0 for row in others)
    ]  # fmt: skip
    behind = [
        TYPE_SHORT[each] for each in types
        if mine[f"{each}_level"] < max(row[f"{each}_level"] or 0 for row in others)
    ]  # fmt: skip
    if ahead:
        return f"Bindande längst av de lika i {listing(ahead)}"
    if behind:
        return f"Någon av de mest lika når högre i {listing(behind)}"
    return "Lika långt som de mest lika kommunerna"


def _side_row(view: View, row: dict[str, Any]) -> list[Cell]:
    code = row["municipality_code"]
    levels = [
        Cell(level_label(level), view.link("belagg", municipalities=(code,), object_types=(each,)),
             kind=f"niva n{level}")
        if (level := row[f"{each}_level"]) is not None else Cell(DASH)
        for each in TYPE_SHORT
    ]  # fmt: skip
    read = f"{number(row['read'])} av {number(row['known'])}" if row["known"] else DASH
    people = number(row["population"])
    return [
        Cell(row["municipality_name"], view.link("kommun", municipalities=(code,))),
        Cell(people), *levels, Cell(read),
    ]  # fmt: skip


def ladder_card(view: View, code: str) -> bool:
    """The municipality's ladder, one bar a type of document; while nothing is read, excerpts.

    Returns whether there is either: bars of nothing but unread plans say nothing.
    """
    mine = only(view, code)
    wide = ladder_rows.by_type(mine.measure(planning.ladder))
    counts = mine.ask(excerpt_counts, mine.filters)
    if counts.height and not wide["read"].sum():
        chart = excerpt_bars(counts, name="utdrag_kommun")
        chart_card(mine, chart, key="utdrag-kommun", source=EXCERPTS)
        return True
    if wide.height and not wide["read"].sum():
        return False
    chart = ladder.ladder(
        wide,
        name="forpliktelse_kommun",
        title=ladder_title(wide),
        subtitle="Antal handlingar efter högsta förpliktelsegrad: hur starkt kommunen binder sig.",
        unit_label="Handlingstyp",
    )
    with card("stege-kommun", chart.title, chart.subtitle):
        if not wide.height:
            nothing(mine, "Inga handlingar i urvalet.", known_objects(mine))
            return True
        draw(mine, chart, follow=type_and_level)
        foot(mine, chart, key="stege-kommun")
    return True


def ladder_title(wide: pl.DataFrame) -> str:
    """How many of the municipality's documents make demands."""
    read, known = (int(wide[name].sum()) for name in ("read", "known"))
    if not read:
        return f"Ingen av {number(known)} kända handlingar är läst" if known else "Inga handlingar"
    demands = int(wide["level_4"].sum())
    verb = "ställer krav"
    return f"{capital(part(demands, read))} lästa handlingar {verb}"


def chosen_municipality(view: View) -> str:
    """Draw the choice and return the municipality's code.

    The choice is the shared filter *Kommuner*, so that it stays in the address and follows to
    other pages; with several chosen the first is shown. A copied link names the municipality that
    is shown, because those who get it have another *Min kommun*, or none.
    """
    codes = list(view.places)
    chosen = [code for code in view.filters.municipalities if code in view.places]
    st.session_state[_KEY] = (
        chosen[0] if chosen else own_municipality(view.places) or _best_known(view)
    )
    code: str = st.selectbox(
        "Kommun",
        codes,
        format_func=lambda each: view.places[each],
        key=_KEY,
        on_change=lambda: st.session_state.update(kommun=[st.session_state[_KEY]]),
        width=320,
    )
    keep_in_link("kommun", view.places[code])
    return code


def only(view: View, *codes: str) -> View:
    """The same view of just these municipalities, which the page is about."""
    filters = replace(view.filters, municipalities=codes)
    return replace(view, filters=filters, fixed=("kommun",))


def _best_known(view: View) -> str:
    """The municipality with most passages, else with most known documents."""
    everywhere = replace(view.filters, municipalities=())
    frame = view.ask(side_by_side, everywhere)
    if not frame.height:
        return next(iter(view.places))
    best = frame.sort(
        ["passages", "known", "municipality_code"], descending=[True, True, False]
    ).row(0, named=True)
    return str(best["municipality_code"])
