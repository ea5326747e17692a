"""The measures that speak of one type of plan under the reader's choice, with what they rest on."""

from __future__ import annotations

from typing import Any

import polars as pl
import streamlit as st

from dashboard.components.card import card, note
from dashboard.components.downloads import download
from dashboard.components.indicator_words import basis_words, interval_words, value_words
from dashboard.components.tables import Cell, show_table
from dashboard.components.view import View
from dashboard.text import DASH, NBSP, TYPE_PLURAL, number, part
from pipelines.indicators import pages
from pipelines.indicators.catalog import INDICATOR
from pipelines.indicators.facts import MUNICIPALITY
from pipelines.model.codes import THEME
from pipelines.model.measure_codes import ABSENCE
from pipelines.model.tables import INDICATOR_VALUE

_SHOWN = ("1.1", "1.3", "1.4", "1.5", "1.7", "K.1")
"""What a page about one type of plan is judged by; the ladder (1.2) is drawn beside."""
_EARLY = {"dp"}
"""Types that have stages early enough for 1.7."""


def measures_card(view: View, object_type: str) -> None:
    """Share with evidence and demands, breadth, density and how early, each with its reason."""
    rows = type_values(view, object_type)
    title, subtitle = measures_title(rows, object_type), "Värde, underlag och 95 procents intervall"
    with card(f"matt-{object_type}", title, subtitle):
        if is_anything_read(rows, object_type):
            _table(rows, object_type)
        else:
            with st.expander("Visa måtten och vad de väntar på"):
                _table(rows, object_type)
        note(view, "Så räknas måtten: Metod och kvalitet")
        with st.container(horizontal=True, gap="medium"):
            download(
                view,
                f"matt_{object_type}",
                rows,
                INDICATOR_VALUE.columns,
                key=f"matt-{object_type}",
            )


def is_anything_read(rows: pl.DataFrame, object_type: str) -> bool:
    """Whether the choice holds a read document of the type, so that something can be counted."""
    coverage = rows.filter(pl.col("indicator_id") == "K.1", pl.col("part") == object_type)
    return bool(coverage["numerator"].sum())


def type_values(view: View, object_type: str) -> pl.DataFrame:
    """Rows of ``indicator_value`` for the choice as a whole, those of this type only."""
    values = view.only(object_type).measure(pages.plan_values)
    own = pl.col("part").is_in([object_type, f"{object_type}:median", "themes", "instruments"])
    whole = pl.col("part") == "alla"
    shown = [each for each in _SHOWN if each != "1.7" or object_type in _EARLY]
    order = {each: place for place, each in enumerate(shown)}
    return values.filter(
        pl.col("unit_kind") != MUNICIPALITY, pl.col("indicator_id").is_in(shown), own | whole
    ).sort(pl.col("indicator_id").replace_strict(order, default=len(order)), maintain_order=True)


def measures_title(rows: pl.DataFrame, object_type: str) -> str:
    """How dense and how broad, as a sentence; that nothing can be counted, where that is so."""
    values = {(row["indicator_id"], row["part"]): row["value"] for row in rows.to_dicts()}
    density = values.get(("1.5", object_type))
    if density is None:
        return f"Inget kan räknas ännu: inga {TYPE_PLURAL[object_type]} i urvalet är lästa"
    themes = int(values.get(("1.4", "themes")) or 0)
    covered = part(themes, len(THEME.values), neuter=True)
    return f"{number(density, 1)}{NBSP}belägg per tio sidor, om {covered} teman"


def _table(rows: pl.DataFrame, object_type: str) -> None:
    show_table(
        ["Mått", "Värde", "Underlag", "Intervall"],
        [_row(row) for row in rows.to_dicts()],
        caption=f"Mått för {TYPE_PLURAL[object_type]}",
        numeric=frozenset({1, 3}),
    )


def _row(row: dict[str, Any]) -> list[Cell]:
    label = row["indicator_label"]
    if row["part"] in ("themes", "instruments"):
        label = f"{label}: {row['part_label'].lower()}"
    elif row["part"].endswith(":median"):
        label = f"{label}: den mittersta handlingen"
    missing = row["value"] is None
    return [
        Cell(label, second=INDICATOR[row["indicator_id"]].question),
        Cell(ABSENCE.labels[row["absence_kind"]] if missing else value_words(row)),
        Cell(basis_words(row) or DASH),
        Cell(interval_words(row)),
    ]
