"""Slides that are short tables or words: the chain, what can still be influenced, a quotation."""

from __future__ import annotations

from dataclasses import replace

import polars as pl

from dashboard import measures
from dashboard.charts import thread
from dashboard.charts.window_timeline import WINDOW_COLUMNS, left_words
from dashboard.draw.chart import Chart, Rows
from dashboard.meeting.plan_slides import why_nothing
from dashboard.meeting.slide import QUOTATION, Slide, make_slide
from dashboard.parts.findings import windows_title
from dashboard.parts.view import View
from dashboard.parts.windows import open_now, stage_words, with_stage_words
from dashboard.queries.passages import count_passages
from dashboard.text import DASH, TYPE_SHORT, count
from pipelines.indicators import windows
from pipelines.model.codes import STEP, THEME
from pipelines.model.columns import COLUMN, Column

MOST_LINES = 6
_WINDOW_COLUMNS = (
    COLUMN["object_name"],
    COLUMN["municipality_name"],
    Column(name="type_short", label="Slag", meaning="ÖP, DP eller MA."),
    *(
        column
        for column in WINDOW_COLUMNS
        if column.name in ("object_stage", "coverage", "since", "months_left", "tests", "clauses")
    ),
)
"""Columns of open plans that paper has room for; all of them are in the file of *Tidsfönster*."""
_CHAIN_COLUMNS = (
    COLUMN["theme"],
    *(
        Column(name=f"{step}{kind}", label=f"{label}: {words}", meaning=meaning, kind="integer")
        for step, label in thread.STEP_SHORT.items()
        for kind, words, meaning in (
            ("", "når graden", "Kommuner vars led når den valda graden, eller har test."),
            ("_judged", "kan bedömas", "Kommuner där något i ledet är läst eller kartlagt."),
        )
    ),
)


def chain_slide(view: View) -> Slide:
    """Themes along the chain ÖP → DP → MA → test, as on *Röda tråden*."""
    found = view.measure(measures.red_thread)["carry_through"]
    chart = thread.theme_chart(found, thread.AIM)
    rows = chart.table
    chart = replace(
        chart,
        title=chart.title if rows.height else "Den röda tråden kan inte följas ännu",
        subtitle=thread.SHORT_SUBTITLE,
        note=f"Visar {min(rows.height, MOST_LINES)} av {count(rows.height, 'tema', 'teman')}",
        columns=_CHAIN_COLUMNS,
    )
    lines = Rows(
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
        chart=replace(chart, figure=lines if rows.height else None),
        quote=replace(view.filters, minimum=thread.AIM),
        empty=why_nothing(view),
    )


def windows_slide(view: View) -> Slide:
    """Plans and allocations that can still take in something new, what closes first first."""
    rows = open_now(view)
    finding = windows_title(view.measure(windows.windows))
    timed = rows["months_left"].drop_nulls().len()
    order = (
        "Det som stänger först står först."
        if timed
        else "Hur länge till går inte att beräkna ännu."
    )
    chart = Chart(
        name="kan_paverkas",
        title=finding,
        subtitle=f"Före granskning eller beslut. {order}",
        alt=f"{finding}. Tabell med en handling per rad.",
        note=f"Visar {min(rows.height, MOST_LINES)} av "
        + count(rows.height, "handling", "handlingar"),
        table=with_stage_words(rows).with_columns(
            pl.col("object_type")
            .replace_strict(TYPE_SHORT, return_dtype=pl.String)
            .alias("type_short")
        ),
        columns=_WINDOW_COLUMNS,
        figure=None,
    )
    lines = Rows(
        ("Handling", "Kommun", "Skede", "Kvar" if timed else "Sedan"),
        tuple(
            (
                f"{row['object_name']} ({TYPE_SHORT[row['object_type']]})",
                row["municipality_name"],
                stage_words(row),
                left_words(row)[0] if timed else row["since"] or DASH,
            )
            for row in rows.head(MOST_LINES).to_dicts()
        ),
    )
    return make_slide(
        view,
        kind="fonster",
        finding=finding,
        chart=replace(chart, figure=lines if rows.height else None),
        empty="Ingen känd handling är i tidigt skede.",
    )


def quotation_slide(view: View) -> Slide:
    """The strongest passage of the choice, to be read aloud; its finding says who speaks."""
    found = view.ask(count_passages, view.filters)
    chart = Chart(
        name=QUOTATION,
        title="",
        subtitle="Ett av de starkaste beläggen i urvalet, ordagrant" if found else "",
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
        quote=view.filters,
        empty="" if found else why_nothing(view),
    )
