"""Slides that are short tables or words: the chain, what can still be influenced, a quotation."""

from __future__ import annotations

from dataclasses import replace

import polars as pl

from dashboard import findings
from dashboard.charts.chart import Chart
from dashboard.charts.drawing import Lines
from dashboard.components.page import STAGES
from dashboard.components.panels import CHAIN_COLUMNS, theme_chain
from dashboard.components.view import View
from dashboard.meeting.plan_slides import why_nothing
from dashboard.meeting.slide import QUOTATION, Slide, make_slide
from dashboard.queries import objects, testing
from dashboard.queries.passages import count_passages
from dashboard.text import DASH, TYPE_SHORT, count, number
from pipelines.model.codes import COVERAGE, THEME
from pipelines.model.columns import COLUMN
from pipelines.model.plan_codes import OBJECT_TYPE

MOST_LINES = 6
_WINDOWS = ("object_name", "municipality_name", "object_type", "object_stage", "coverage", "year")


def chain_slide(view: View) -> Slide:
    """Themes along the chain ÖP → DP → MA → test."""
    frame = view.ask(objects.theme_by_type, view.filters)
    rows = theme_chain(frame, view.ask(testing.tested_themes, view.filters))
    finding = findings.chain_title(rows) if rows.height else "Den röda tråden kan inte följas ännu"
    chart = Chart(
        name="teman_led_for_led",
        title=finding,
        subtitle="Kommuner med minst Avsikt i temat, led för led",
        alt=f"{finding}. Tabell med ett tema per rad.",
        note=f"Visar {min(rows.height, MOST_LINES)} av {count(rows.height, 'tema', 'teman')}",
        table=rows,
        columns=CHAIN_COLUMNS,
        figure=None,
    )
    lines = Lines(
        ("Tema", *(TYPE_SHORT[code] for code in OBJECT_TYPE.values), "Test på plats"),
        tuple(
            (THEME.labels[row["theme"]], *(number(row[s]) for s in (*OBJECT_TYPE.values, "test")))
            for row in rows.head(MOST_LINES).to_dicts()
        ),
        frozenset({1, 2, 3, 4}),
    )
    return make_slide(
        view,
        kind="kedja",
        finding=finding,
        chart=chart,
        drawing=lines if rows.height else None,
        quote=replace(view.filters, minimum=2),
        empty=why_nothing(view),
    )


def windows_slide(view: View) -> Slide:
    """Plans and allocations that can still take in something new."""
    windows = view.ask(objects.open_windows, view.filters)
    read = windows.filter(pl.col("coverage") == "read_none").height
    finding = findings.windows_title(read, windows.height)
    chart = Chart(
        name="kan_paverkas",
        title=finding,
        subtitle="Före granskning eller beslut, utan funna belägg. Lästa först.",
        alt=f"{finding}. Tabell med en handling per rad.",
        note=f"Visar {min(windows.height, MOST_LINES)} av "
        + count(windows.height, "handling", "handlingar"),
        table=windows.with_columns(pl.col("object_stage").replace(STAGES)),
        columns=tuple(COLUMN[name] for name in _WINDOWS),
        figure=None,
    )
    lines = Lines(
        ("Handling", "Kommun", "Skede", "Underlag"),
        tuple(
            (
                f"{row['object_name']} ({TYPE_SHORT[row['object_type']]})",
                row["municipality_name"],
                STAGES.get(row["object_stage"], row["object_stage"] or DASH),
                COVERAGE.labels[row["coverage"]],
            )
            for row in windows.head(MOST_LINES).to_dicts()
        ),
    )
    return make_slide(
        view,
        kind="fonster",
        finding=finding,
        chart=chart,
        drawing=lines if windows.height else None,
        empty="Ingen känd handling i tidigt skede saknar belägg.",
    )


def quotation_slide(view: View) -> Slide:
    """The strongest passage of the choice, to be read aloud; its finding says who speaks."""
    found = view.ask(count_passages, view.filters)
    chart = Chart(
        name=QUOTATION,
        title="",
        subtitle="Ett av de starkaste beläggen i urvalet, ordagrant",
        alt="",
        note=f"Ett av {count(found, 'belägg', 'belägg')} i urvalet" if found else "",
        table=pl.DataFrame(),
        columns=(),
        figure=None,
    )
    return make_slide(
        view,
        kind=QUOTATION,
        finding="Det finns inget citat i urvalet",
        chart=chart,
        drawing=None,
        quote=view.filters,
        empty="" if found else why_nothing(view),
    )
