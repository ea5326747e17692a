"""Slides that are short tables or words: the chain, what can still be influenced, a quotation."""

from __future__ import annotations

from dataclasses import replace

import polars as pl

from dashboard.charts import thread
from dashboard.charts.chart import Chart
from dashboard.charts.drawing import Lines
from dashboard.charts.window_timeline import WINDOW_COLUMNS, left_words
from dashboard.components.thread_panels import traced
from dashboard.components.view import View
from dashboard.components.window_panels import open_now, stage_words, with_stage_words
from dashboard.meeting.plan_slides import why_nothing
from dashboard.meeting.slide import QUOTATION, Slide, make_slide
from dashboard.queries.passages import count_passages
from dashboard.region_findings import windows_title
from dashboard.text import TYPE_SHORT, count
from pipelines.indicators import windows
from pipelines.indicators.selection import YEARS
from pipelines.model.codes import THEME
from pipelines.model.measure_codes import STEP

MOST_LINES = 6


def chain_slide(view: View) -> Slide:
    """Themes along the chain ÖP → DP → MA → test, as on *Röda tråden*."""
    found = traced(view, YEARS)["carry_through"]
    chart = thread.theme_chart(found, thread.AIM)
    rows = chart.table
    chart = replace(
        chart,
        title=chart.title if rows.height else "Den röda tråden kan inte följas ännu",
        subtitle=thread.SHORT_SUBTITLE,
        note=f"Visar {min(rows.height, MOST_LINES)} av {count(rows.height, 'tema', 'teman')}",
    )
    lines = Lines(
        ("Tema", *thread.STEP_SHORT.values()),
        tuple(
            (
                THEME.labels[row["theme"]],
                *(thread.step_words(row, step) for step in STEP.values),
            )
            for row in rows.head(MOST_LINES).to_dicts()
        ),
        frozenset(range(1, len(STEP.values) + 1)),
    )
    return make_slide(
        view,
        kind="kedja",
        finding=chart.title,
        chart=chart,
        drawing=lines if rows.height else None,
        quote=replace(view.filters, minimum=thread.AIM),
        empty=why_nothing(view),
    )


def windows_slide(view: View) -> Slide:
    """Plans and allocations that can still take in something new, what closes first first."""
    rows = open_now(view)
    finding = windows_title(view.measure(windows.windows))
    chart = Chart(
        name="kan_paverkas",
        title=finding,
        subtitle="Före granskning eller beslut. Det som stänger först står först.",
        alt=f"{finding}. Tabell med en handling per rad.",
        note=f"Visar {min(rows.height, MOST_LINES)} av "
        + count(rows.height, "handling", "handlingar"),
        table=with_stage_words(rows),
        columns=WINDOW_COLUMNS,
        figure=None,
    )
    lines = Lines(
        ("Handling", "Kommun", "Skede", "Kvar"),
        tuple(
            (
                f"{row['object_name']} ({TYPE_SHORT[row['object_type']]})",
                row["municipality_name"],
                stage_words(row),
                left_words(row)[0],
            )
            for row in rows.head(MOST_LINES).to_dicts()
        ),
    )
    return make_slide(
        view,
        kind="fonster",
        finding=finding,
        chart=chart,
        drawing=lines if rows.height else None,
        empty="Ingen känd handling är i tidigt skede.",
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
