"""How well the reader agrees with people, as measured for the edition's own codebook."""

from __future__ import annotations

import polars as pl
import streamlit as st

from dashboard.components.card import card, note
from dashboard.components.downloads import download
from dashboard.components.tables import Cell, show_table
from dashboard.components.view import View
from dashboard.queries import method
from dashboard.text import number
from pipelines.model.column import Column

_COLUMNS = (
    Column(name="source_label", label="Prövat på", meaning="Texterna som läsaren prövades på."),
    Column(name="n", label="Antal passager", meaning="Antal märkta passager.", kind="integer"),
    Column(name="measure_label", label="Mått på läsningen", meaning="Hur lika."),
    Column(name="value", label="Värde", meaning="1 är full likhet.", kind="decimal"),
    Column(name="low", label="Från", meaning="Undre gräns, 95 procent.", kind="decimal"),
    Column(name="high", label="Till", meaning="Övre gräns, 95 procent.", kind="decimal"),
)
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
    with card("lasaren", _title(frame), "Likhet mellan maskin och människa, 1 är full likhet"):
        show_table(
            ["Mått", "Värde", "Intervall"],
            [
                [
                    Cell(row["measure_label"], second=f"{row['source_label']} ({row['n']})"),
                    Cell(number(row["value"], 2)),
                    Cell(f"{number(row['low'], 2)}–{number(row['high'], 2)}"),
                ]
                for row in frame.to_dicts()
            ],
            caption="Läsaren prövad",
            numeric=frozenset({1, 2}),
        )
        st.html(f'<p class="under">{_NOT_PROVED}</p>')
        note(view, "", "kodbokens egna märkta passager")
        with st.container(horizontal=True, gap="medium"):
            download(view, "lasaren_provad", frame, _COLUMNS, key="lasaren", filtered=False)


def _title(frame: pl.DataFrame) -> str:
    f1 = frame.filter(pl.col("measure") == "f1")
    if f1.is_empty():
        return "Läsaren prövad på märkta passager"
    row = f1.row(0, named=True)
    return f"Läsaren når F1 {number(row['value'], 2)} på {row['n']} märkta passager"
