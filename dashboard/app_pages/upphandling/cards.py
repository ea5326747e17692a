"""Cards of *Upphandling och SMF*: tools, buyers and the list of procurements."""

from __future__ import annotations

from typing import Any

import polars as pl
import streamlit as st

from dashboard.charts.procurement import by_buyer, by_kind, kind_by_year
from dashboard.draw.html import divisible
from dashboard.parts.card import card, note
from dashboard.parts.downloads import download
from dashboard.parts.measure_words import millions
from dashboard.parts.page import FIRST_ROWS, nothing
from dashboard.parts.table import (
    Cell,
    HeatCell,
    heat_table,
    never_known,
    show_table,
    without,
)
from dashboard.parts.unfold import rest_of
from dashboard.parts.view import View
from dashboard.queries import procurement
from dashboard.text import DASH, capital, count, listing, number, part, word
from pipelines.indicators.market import chosen_procurements
from pipelines.model.codes import (
    CERTAINTY,
    INNOVATION_PROCUREMENT,
    ORGANISATION_TYPE,
    PROCUREMENT_KIND,
    THEME,
)
from pipelines.model.columns import COLUMN, Column

SOURCE = "registret över upphandlingar"
EVERY_SOURCE = "registren över upphandlingar, markanvisningar och testverksamhet"
_FIRST_BUYERS = 6
_ABSENT = "ej insamlat"
_TOOL_HEADERS = ("Verktyg", "Antal", "Värde", "Vunna av mindre företag")
_KIND_COLUMNS = (
    COLUMN["procurement_kind"],
    Column(name="procurements", label="Antal", meaning="Upphandlingar.", kind="integer"),
    Column(name="value_sek", label="Värde", meaning="Summan av kända värden.", kind="decimal",
           unit="kronor"),
    Column(name="with_value", label="Med känt värde", meaning="Upphandlingar.", kind="integer"),
    Column(name="won_by_sme", label="Vunna av SMF", meaning="Upphandlingar.", kind="integer"),
    Column(name="size_known", label="Med känd storlek", meaning="Upphandlingar.", kind="integer"),
)  # fmt: skip
_BUYER_COLUMNS = (
    COLUMN["buyer"],
    COLUMN["buyer_type"],
    Column(name="procurements", label="Med verktyg", meaning="Upphandlingar.", kind="integer"),
    Column(name="kinds", label="Verktyg", meaning="Vilka verktyg.", kind="codes",
           codes=PROCUREMENT_KIND),
    Column(name="last_year", label="Senaste år", meaning="Senaste kända år.", kind="integer"),
    Column(name="value_sek", label="Värde", meaning="Summan av kända värden.", kind="decimal",
           unit="kronor"),
)  # fmt: skip
_LIST_HEADERS = ("Upphandling", "Verktyg", "År", "Värde", "Leverantör", "Teman", "Säkerhet")
_LIST_COLUMNS = tuple(
    COLUMN[name]
    for name in (
        "procurement_id", "procurement_title", "buyer", "buyer_type", "municipality_name",
        "procurement_kind", "procurement_year", "value_sek", "winner", "winner_sme", "themes",
        "cpv", "source_url", "as_of", "certainty", "note",
    )
)  # fmt: skip


def listed(view: View, procurements: pl.DataFrame) -> pl.DataFrame:
    """The procurements that the measures count, in the order of the list."""
    return view.ask(procurement.procurement_list, view.filters).join(
        procurements.select("procurement_id"),
        on="procurement_id",
        how="semi",
        maintain_order="left",
    )


def tools(view: View, procurements: pl.DataFrame) -> None:
    """Each tool: how many, their value, won by SMEs; then year by year."""
    kinds = by_kind(procurements)
    with_tool = kinds.filter(pl.col("procurement_kind") != "ordinary")
    used = part(with_tool.height, len(INNOVATION_PROCUREMENT), neuter=True)
    title = f"{capital(used)} slags innovationsverktyg används"
    rows = [_tool_row(row) for row in kinds.to_dicts()]
    unknown = never_known(rows, _ABSENT)
    about = said_of_columns("Antal, känt värde i miljoner kronor, och vunna av mindre företag",
                             "Antal.", _TOOL_HEADERS, unknown)  # fmt: skip
    with card("verktyg", title, about):
        if not with_tool.height:
            nothing(
                view,
                "Inga upphandlingar med innovationsverktyg i urvalet.",
                lambda chosen: int(chosen_of(view.under(chosen))["has_tool"].sum()),
            )
            return
        headers, told = without(_TOOL_HEADERS, rows, unknown)
        numeric = frozenset(range(1, len(headers)))
        show_table(headers, told, caption=title, numeric=numeric)
        _year_table(procurements)
        valued, total = int(kinds["with_value"].sum()), int(kinds["procurements"].sum())
        note(view, f"Värdet känt för {number(valued)} av {number(total)}", SOURCE)
        with st.container(horizontal=True, gap="medium"):
            download(view, "innovationsverktyg", kinds, _KIND_COLUMNS, key="verktyg")


def _tool_row(row: dict[str, Any]) -> list[Cell]:
    kind = next(code for code in PROCUREMENT_KIND.codes if code.code == row["procurement_kind"])
    value = row["value_sek"]
    won = f"{row['won_by_sme']} av {row['size_known']}" if row["size_known"] else _ABSENT
    return [
        Cell(kind.label, second=kind.meaning),
        Cell(number(row["procurements"])),
        Cell(millions(value) if value else _ABSENT),
        Cell(won),
    ]


def _year_table(procurements: pl.DataFrame) -> None:
    frame = kind_by_year(procurements)
    if not frame.height:
        return
    years = {str(year): str(year) for year in frame["procurement_year"].unique().sort()}
    kinds = {
        code: divisible(label)
        for code, label in PROCUREMENT_KIND.labels.items()
        if code in set(frame["procurement_kind"])
    }
    cells = {
        (row["procurement_kind"], str(row["procurement_year"])): row["procurements"]
        for row in frame.to_dicts()
    }
    heat_table(
        kinds,
        years,
        lambda kind, year: _heat(cells.get((kind, year))),
        caption="Innovationsverktyg per år",
        corner="Per år",
    )


def _heat(found: int | None) -> HeatCell | None:
    return HeatCell(found, f"t{min(found, 3)}") if found else None


def buyers(view: View, frame: pl.DataFrame) -> None:
    """Who has used a tool, and when last."""
    with card("kopare", _latest(frame), "Köpare med minst en upphandling med innovationsverktyg"):
        if not frame.height:
            nothing(
                view,
                "Ingen köpare i urvalet.",
                lambda chosen: by_buyer(chosen_of(view.under(chosen))).height,
            )
            return
        _buyer_table(frame.head(_FIRST_BUYERS))
        rest_of(frame, _FIRST_BUYERS, ("köpare", "köpare"), _buyer_table, key="kopare")
        note(view, count(frame.height, "köpare", "köpare"), SOURCE)
        with st.container(horizontal=True, gap="medium"):
            download(view, "kopare", frame, _BUYER_COLUMNS, key="kopare")


def _buyer_table(frame: pl.DataFrame) -> None:
    show_table(
        ["Köpare", "Antal", "Verktyg", "Senast"],
        [_buyer_row(row) for row in frame.to_dicts()],
        caption="Köpare",
        numeric=frozenset({1}),
    )


def chosen_of(view: View) -> pl.DataFrame:
    """The rows alone, where another choice is only counted."""
    return view.measure(chosen_procurements)


def _latest(frame: pl.DataFrame) -> str:
    if not frame.height:
        return "Ingen köpare har använt verktygen"
    dated = frame.drop_nulls("last_year")
    if not dated.height:
        return f"{capital(count(frame.height, 'köpare', 'köpare'))} har använt verktygen"
    latest = int(str(dated["last_year"].max()))
    active = dated.filter(pl.col("last_year") == latest).height
    verb = "köpare var aktiva" if active > 1 else "köpare var aktiv"
    return f"{capital(word(active))} av {word(frame.height)} {verb} {latest}, senast kända år"


def _buyer_row(row: dict[str, Any]) -> list[Cell]:
    kinds = ", ".join(PROCUREMENT_KIND.labels[each].lower() for each in row["kinds"])
    return [
        Cell(row["buyer"], second=ORGANISATION_TYPE.labels.get(row["buyer_type"] or "", "")),
        Cell(number(row["procurements"])),
        Cell(kinds),
        Cell(str(row["last_year"] or DASH)),
    ]


def said_of_columns(
    whole: str, without_them: str, headers: tuple[str, ...], unknown: frozenset[int]
) -> str:
    """The card's subtitle; columns that know nothing are named in it instead of being drawn."""
    if not unknown:
        return whole
    names = listing([headers[place].lower() for place in sorted(unknown)])
    return f"{without_them} Ej insamlat för någon: {names}."


def procurement_list(view: View, frame: pl.DataFrame) -> None:
    """Every chosen procurement, those with a tool first."""
    title = "Alla kända upphandlingar"
    unknown = never_known([_list_row(row) for row in frame.to_dicts()])
    dashes = "Med innovationsverktyg först. Uppgifter som källan inte ger är streck."
    subtitle = said_of_columns(dashes, dashes, _LIST_HEADERS, unknown)
    with card("upphandlingar", title, subtitle):
        if not frame.height:
            nothing(
                view,
                "Inga upphandlingar i urvalet.",
                lambda chosen: chosen_of(view.under(chosen)).height,
            )
            return
        _list_table(frame.head(FIRST_ROWS), title, unknown)
        rest_of(
            frame,
            FIRST_ROWS,
            ("upphandling", "upphandlingar"),
            lambda rows: _list_table(rows, f"{title}, fortsättning", unknown),
            key="upphandlingar",
        )
        note(view, count(frame.height, "upphandling", "upphandlingar"), SOURCE)
        with st.container(horizontal=True, gap="medium"):
            download(view, "upphandlingar", frame, _LIST_COLUMNS, key="upphandlingar")


def _list_table(frame: pl.DataFrame, caption: str, unknown: frozenset[int]) -> None:
    rows = [_list_row(row) for row in frame.to_dicts()]
    headers, told = without(_LIST_HEADERS, rows, unknown)
    numeric = frozenset(i for i, text in enumerate(headers) if text == "Värde")
    show_table(headers, told, caption=caption, numeric=numeric)


def _list_row(row: dict[str, Any]) -> list[Cell]:
    themes = [THEME.labels[each] for each in row["themes"] or []]
    size = {"ja": "mindre företag", "nej": "större företag"}.get(row["winner_sme"] or "", "")
    return [
        Cell(row["procurement_title"], row["source_url"] or "", row["buyer"]),
        Cell(PROCUREMENT_KIND.labels[row["procurement_kind"]]),
        Cell(str(row["procurement_year"] or DASH)),
        Cell(millions(row["value_sek"])),
        Cell(row["winner"] or DASH, second=size),
        Cell(", ".join(themes) or DASH),
        Cell(CERTAINTY.labels.get(row["certainty"] or "", DASH)),
    ]
