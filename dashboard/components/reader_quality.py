"""How well the reader agrees with people, as measured for the edition's own codebook."""

from __future__ import annotations

from html import escape
from typing import Any

import polars as pl
import streamlit as st

from dashboard.components.card import card, note
from dashboard.components.downloads import download
from dashboard.components.tables import Cell, show_table
from dashboard.components.view import View
from dashboard.queries import method
from dashboard.text import DASH, count, number
from pipelines.model.column import Column

_COLUMNS = (
    Column(name="source_label", label="Prövat på", meaning="Texterna som läsaren prövades på."),
    Column(name="n", label="Antal passager", meaning="Antal märkta passager.", kind="integer"),
    Column(name="measure_label", label="Mått på läsningen", meaning="Hur lika."),
    Column(name="value", label="Värde", meaning="1 är full likhet.", kind="decimal"),
    Column(name="low", label="Från", meaning="Undre gräns, 95 procent.", kind="decimal"),
    Column(name="high", label="Till", meaning="Övre gräns, 95 procent.", kind="decimal"),
)
_SUBTITLE = "Likhet mellan maskin och människa, 1 är full likhet, med 95 procents intervall"
_NOT_PROVED = (
    "Alla texter är påhittade och kodade av dem som byggt läsaren. Talen är därför en övre gräns. "
    "De är inte precision eller täckning i verkliga planer: det kräver hela verkliga dokument "
    "kodade av människor, och visas som K.4 när passager har granskats."
)


def measured(view: View) -> None:
    """Draw the measures with their intervals, and what they do not prove."""
    frame = view.ask(method.evaluation)
    if frame.is_empty():
        return
    sources = dict(frame.select("source_label", "n").unique(maintain_order=True).rows())
    with card("lasaren", _title(frame), _SUBTITLE):
        show_table(
            ["Mått", *(label.split(",", maxsplit=1)[0] for label in sources)],
            _by_measure(frame, list(sources)),
            caption="Läsaren prövad",
            numeric=frozenset(),
        )
        tried = ". ".join(
            f"{label}: {count(n, 'passage', 'passager')}" for label, n in sources.items()
        )
        st.html(f'<p class="under">{escape(tried)}.</p>')
        st.html(f'<p class="under">{_NOT_PROVED}</p>')
        note(view, "", "kodbokens egna märkta passager")
        with st.container(horizontal=True, gap="medium"):
            download(view, "lasaren_provad", frame, _COLUMNS, key="lasaren", filtered=False)


def _by_measure(frame: pl.DataFrame, sources: list[str]) -> list[list[Cell]]:
    """One row a measure, one column for each text that the reader was tried on."""
    found = {(row["measure_label"], row["source_label"]): row for row in frame.to_dicts()}
    measures = frame["measure_label"].unique(maintain_order=True)
    return [
        [Cell(measure), *(_value(found.get((measure, source))) for source in sources)]
        for measure in measures
    ]


def _value(row: dict[str, Any] | None) -> Cell:
    if row is None:
        return Cell(DASH)
    interval = f"{number(row['low'], 2)}–{number(row['high'], 2)}"
    return Cell(f"{number(row['value'], 2)} ({interval})")


def _title(frame: pl.DataFrame) -> str:
    f1 = frame.filter(pl.col("measure") == "f1")
    if f1.is_empty():
        return "Läsaren prövad på märkta passager"
    row = f1.row(0, named=True)
    return f"Läsaren når F1 {number(row['value'], 2)} på {number(row['n'])} märkta passager"
