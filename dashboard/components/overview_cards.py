"""Cards of *Läget* beside map and ladder: five findings, the chain, what can be influenced."""

from __future__ import annotations

from html import escape
from typing import Any

import polars as pl
import streamlit as st

from dashboard import region_findings
from dashboard.charts import thread
from dashboard.charts.window_timeline import WINDOW_COLUMNS, left_words
from dashboard.components.card import card, foot, note
from dashboard.components.change_card import since_last
from dashboard.components.tables import Cell, show_table
from dashboard.components.thread_panels import SOURCE, traced_themes
from dashboard.components.unfold import table_and_files
from dashboard.components.view import View
from dashboard.components.window_panels import link_to, open_now, stage_words, with_stage_words
from dashboard.text import TYPE_SHORT, count
from pipelines.indicators import windows
from pipelines.indicators.selection import YEARS
from pipelines.model.codes import THEME
from pipelines.model.measure_codes import STEP

SHOWN_WINDOWS = 3
_ALONE, _BESIDE = 6, 2
SHOWN_THEMES = 3


def five_findings(view: View, values: pl.DataFrame) -> None:
    """Draw the five findings in one row; each leads to its page with the same choice."""
    items = "".join(
        f'<li><a href="{escape(view.link(each.page), quote=True)}" target="_self">'
        f"<b>{escape(each.figure)}</b> <span>{escape(each.words)}</span></a></li>"
        for each in region_findings.five(values)
    )
    st.html(f'<ol class="femfynd" aria-label="Fem fynd">{items}</ol>')


def beside(view: View) -> None:
    """Draw the right column: what has changed and the chain.

    Where one of them has nothing to say, what can still be influenced takes its place. The change
    is counted last: the first time between two large editions it takes longer than the page.
    """
    top = st.container()
    followed = chain(view)
    with top:
        changed = since_last(view)
    if not (changed and followed):
        open_windows(view, _BESIDE if changed or followed else _ALONE)


def chain(view: View) -> bool:
    """Themes along the chain, as on *Röda tråden*; return whether there is any to show."""
    found = traced_themes(view, YEARS)
    if not found.height:
        return False
    chart = thread.theme_chart(found, thread.AIM)
    with card("kedja", chart.title, thread.SHORT_SUBTITLE):
        show_table(
            ["Tema", *thread.STEP_SHORT.values()],
            [_chain_row(row) for row in chart.table.head(SHOWN_THEMES).to_dicts()],
            caption=chart.title,
            numeric=frozenset(range(1, len(STEP.values) + 1)),
        )
        foot(view, chart, key="kedja", source=SOURCE)
    return True


def _chain_row(row: dict[str, Any]) -> list[Cell]:
    cells = [Cell(thread.step_words(row, step)) for step in STEP.values]
    return [Cell(THEME.labels[row["theme"]]), *cells]


def open_windows(view: View, shown: int = SHOWN_WINDOWS) -> None:
    """What can still be influenced, what closes first at the top."""
    rows = open_now(view)
    title = region_findings.windows_title(view.measure(windows.windows))
    with card("fonster", title, "Före granskning eller beslut. Det som stänger först står först."):
        if rows.height:
            show_table(
                ["Handling", "Skede", "Kvar"],
                [_window_row(view, row) for row in rows.head(shown).to_dicts()],
                caption=title,
                numeric=frozenset(),
            )
        more = rows.height - shown
        note(view, f"{count(more, 'handling', 'handlingar')} till i filen" if more > 0 else "")
        frame = with_stage_words(rows)
        table_and_files(view, "kan_paverkas", frame, WINDOW_COLUMNS, caption=title, key="fonster")


def _window_row(view: View, row: dict[str, Any]) -> list[Cell]:
    left, _ = left_words(row)
    where = f"{row['municipality_name']} · {TYPE_SHORT[row['object_type']]}"
    return [
        Cell(row["object_name"], link_to(view, row), where),
        Cell(stage_words(row)),
        Cell(left),
    ]
