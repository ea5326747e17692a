"""*Läget* of a region where no plan is registered: its municipalities, and what to collect."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from dashboard.charts import ladder_rows, region_map
from dashboard.parts.card import chart_card
from dashboard.parts.findings import Finding, count_words
from dashboard.parts.to_do import tasks_card
from dashboard.parts.view import REGISTERS, View
from dashboard.text import capital
from pipelines.indicators import planning

_TASKS = 8


def finding(view: View) -> Finding:
    """Say that nothing is registered, that this is no zero, and what comes next."""
    return Finding(
        "Inga planer eller markanvisningar är registrerade ännu",
        f"Regionen har {count_words(len(view.places))}. Det som inte är registrerat är okänt, inte "
        "noll: figurerna fylls när registren är ifyllda och en ny utgåva byggs.",
    )


def draw(view: View) -> None:
    """Draw the map of the region beside the list of what to collect."""
    with st.container(key="tvaspalt"):
        left, right = st.columns(2, gap="medium")
    with left:
        places = ladder_rows.highest(view.only("op").measure(planning.ladder), view.places)
        chart = region_map.commitment_map(
            places,
            view.borders,
            height=440,
            name="karta_op",
            title=f"{capital(count_words(len(view.places)))} i regionen",
            subtitle="Kartan färgas när översiktsplaner är registrerade och lästa.",
        )
        chart_card(view, replace(chart, note=""), key="karta", source=REGISTERS)
    with right:
        tasks_card(view, _TASKS)
