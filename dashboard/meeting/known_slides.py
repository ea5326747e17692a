"""Slides of what is known beside read plans: excerpts, climate demands, and what to find out."""

from __future__ import annotations

from dataclasses import replace

from dashboard.charts.excerpts import excerpt_bars
from dashboard.draw.chart import Chart, Rows
from dashboard.draw.levels import LEVEL_COLUMNS, LEVELS
from dashboard.meeting.slide import Slide, make_slide
from dashboard.parts.climate import SOURCES, climate_title, counted
from dashboard.parts.to_do import reasons_words, tasks_title
from dashboard.parts.view import EXCERPTS, REGISTERS, View
from dashboard.queries.excerpts import climate_answers, excerpt_counts, to_check
from dashboard.text import DASH, count, number
from pipelines.model.codes import ANSWER
from pipelines.model.columns import COLUMN

MOST_TASKS = 5
_NUMBERS = frozenset(range(1, len(LEVELS) + 1))
# What a page of numbers has room for; Att kontrollera and Upphandling offer every column as a file.
_TASK_COLUMNS = tuple(
    COLUMN[name]
    for name in ("subject_name", "municipality_name", "check_reasons", "last_step", "status_per")
)
_CLIMATE_COLUMNS = tuple(
    COLUMN[name] for name in ("municipality_name", *SOURCES, "climate_plan_year", "as_of")
)


def excerpts_slide(view: View) -> Slide:
    """Excerpts in municipalities' own voice, by kind of document and level."""
    chart = excerpt_bars(view.ask(excerpt_counts, view.filters), name="utdrag_per_slag")
    rows = chart.table.to_dicts()
    lines = Rows(
        ("Utdrag som gäller", *LEVELS[1:], "Kommuner"),
        tuple(
            (
                row["group_name"],
                *(number(row[name]) for name in LEVEL_COLUMNS[1:]),
                number(row["municipalities"]),
            )
            for row in rows
            if row["own"]
        ),
        _NUMBERS,
    )
    return make_slide(
        view,
        kind="utdrag",
        finding=chart.title,
        chart=replace(chart, figure=lines if lines.rows else None),
        quote=view.filters,
        source=EXCERPTS,
        empty="Inga referat i urvalet.",
    )


def climate_slide(view: View) -> Slide:
    """Answers about climate demands in procurement, two sources side by side."""
    answers = view.ask(climate_answers, view.filters)
    title = climate_title(answers)
    table = tuple(
        (name, *(number(n) for n in counted(answers, column).values()))
        for column, name in SOURCES.items()
    )
    return make_slide(
        view,
        kind="klimat",
        finding=title,
        chart=Chart(
            name="klimatkrav",
            title=title,
            subtitle="Källorna frågar olika. Att inte svara är varken ja eller nej.",
            alt=f"{title}. Tabell med en källa per rad.",
            note=count(answers.height, "kommun", "kommuner"),
            table=answers,
            columns=_CLIMATE_COLUMNS,
            figure=Rows(("Källa", *ANSWER.labels.values()), table, frozenset({1, 2, 3}))
            if answers.height
            else None,
        ),
        source=", ".join(SOURCES.values()),
        empty="Inga svar är insamlade.",
    )


def tasks_slide(view: View) -> Slide:
    """What to check or collect first, so that the meeting can share it out."""
    rows = view.ask(to_check, view.filters)
    title = tasks_title(rows)
    lines = Rows(
        ("Vad", "Kommun", "Att göra", "Senast känt"),
        tuple(
            (
                row["subject_name"] or DASH,
                row["municipality_name"],
                reasons_words(row["check_reasons"]),
                f"{row['last_step'] or DASH} ({row['status_per'] or 'utan datum'})",
            )
            for row in rows.head(MOST_TASKS).to_dicts()
        ),
    )
    return make_slide(
        view,
        kind="attgora",
        finding=title,
        chart=Chart(
            name="att_kontrollera",
            title=title,
            subtitle="Det svar som ändrar mest i figurerna är överst.",
            alt=f"{title}. Tabell med en uppgift per rad.",
            note=f"Visar {min(rows.height, MOST_TASKS)} av {number(rows.height)}",
            table=rows,
            columns=_TASK_COLUMNS,
            figure=lines if rows.height else None,
        ),
        source=REGISTERS,
        empty="Inget att kontrollera i urvalet.",
    )
