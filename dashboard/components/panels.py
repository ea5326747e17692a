"""Cards of *Läget* that hold words and lists rather than drawings."""

from __future__ import annotations

from typing import Any

import polars as pl
import streamlit as st

from dashboard import findings
from dashboard.components.card import card, note
from dashboard.components.downloads import download
from dashboard.components.page import STAGES, level_links, text_links
from dashboard.components.quotation import best_quotation, summary
from dashboard.components.tables import Cell, show_table
from dashboard.components.view import View
from dashboard.queries import objects, testing
from dashboard.queries.passages import find_summaries
from dashboard.text import DASH, TYPE_SHORT, count, number
from pipelines.model.codes import COVERAGE, THEME
from pipelines.model.columns import COLUMN

SHOWN_WINDOWS = 5
_WINDOW_COLUMNS = tuple(
    COLUMN[name]
    for name in (
        "object_name",
        "municipality_name",
        "object_type",
        "object_stage",
        "coverage",
        "year",
    )
)


def proof(view: View, wide: pl.DataFrame) -> None:
    """Links to the passages of each level, and the strongest one to read aloud."""
    level_links(view, wide)
    if wide.height and wide["read"].sum():
        best_quotation(view)
    else:
        summary_instead(view)


def summary_instead(view: View) -> None:
    """While nothing is read, show what others have noted in excerpts, never as a quotation."""
    found = view.ask(find_summaries, view.filters, (), 0, 2)
    if not found.height:
        return
    st.html(
        '<p class="under">Inget är läst ännu. Så länge: två referat, andras läsning av utdrag '
        "återgiven med andra ord. De räknas inte.</p>"
    )
    for row in found.to_dicts():
        summary(row)
    text_links("", [("Alla referat", view.link("belagg"))], name="Referat")


def open_windows(view: View) -> None:
    """Plans and allocations that can still take in something new."""
    windows = view.ask(objects.open_windows, view.filters)
    read = windows.filter(pl.col("coverage") == "read_none").height
    subtitle = "Före granskning eller beslut, utan funna belägg. Lästa först."
    with card("fonster", findings.windows_title(read, windows.height), subtitle):
        if windows.height:
            show_table(
                ["Handling", "Skede", "Underlag"],
                [_window_row(row) for row in windows.head(SHOWN_WINDOWS).to_dicts()],
                caption="Handlingar som ännu kan påverkas",
                numeric=frozenset(),
            )
        more = windows.height - SHOWN_WINDOWS
        note(view, f"{count(more, 'handling', 'handlingar')} till i filen" if more > 0 else "")
        with st.container(horizontal=True, gap="medium"):
            download(view, "kan_paverkas", windows, _WINDOW_COLUMNS, key="fonster")


def tests_in_short(view: View) -> None:
    """How much is being tested on site, in three lines."""
    activities = view.ask(testing.testing_list, view.filters)
    active = activities.filter("is_active")
    open_to = active.filter(pl.col("open_to_smes") == "ja").height
    unknown = active.filter(pl.col("open_to_smes").is_null() | (pl.col("open_to_smes") == "okant"))
    lines = [f"{number(open_to)} öppna för små och medelstora företag"]
    if unknown.height:
        lines.append(f"{number(unknown.height)} utan uppgift om det")
    scaled = activities.filter(pl.col("testing_phase") == "uppskalning").height
    lines.append(f"{number(scaled)} skalas upp")
    title = findings.tests_title(active.height, active["municipality_name"].n_unique())
    with card("tester", title, " · ".join(lines) + "."):
        text_links("", [(_themes_of(active), view.link("testverksamhet"))], name="Testverksamhet")


def _themes_of(active: pl.DataFrame) -> str:
    themes = (
        active["themes"].explode().drop_nulls() if active.height else pl.Series([], dtype=pl.String)
    )
    if not themes.len():
        return "Till testverksamheten"
    most = themes.value_counts(sort=True, name="n").sort(["n", "themes"], descending=[True, False])
    return f"Se alla; flest gäller {THEME.labels[most['themes'][0]].lower()}"


def _window_row(row: dict[str, Any]) -> list[Cell]:
    where = f"{row['municipality_name']} · {TYPE_SHORT[row['object_type']]}"
    return [
        Cell(row["object_name"], second=where),
        Cell(STAGES.get(row["object_stage"], row["object_stage"] or DASH)),
        Cell(COVERAGE.labels[row["coverage"]], kind=f"underlag {row['coverage']}"),
    ]
