"""Slides about tests, what is bought, what has changed, and what is known beside read plans."""

from __future__ import annotations

from dataclasses import replace

import polars as pl

from dashboard import measures
from dashboard.charts.excerpts import excerpt_bars
from dashboard.charts.procurement import by_kind
from dashboard.charts.share_lines import count_bars
from dashboard.charts.testing import phase_bars
from dashboard.draw.chart import Chart, Rows
from dashboard.draw.levels import LEVEL_COLUMNS, LEVELS
from dashboard.meeting.compare import COLUMNS, Change, Earlier, compare, why
from dashboard.meeting.slide import Slide, make_slide
from dashboard.parts.climate import SOURCES, climate_title, counted
from dashboard.parts.findings import testing_today
from dashboard.parts.to_do import reasons_words, tasks_title
from dashboard.parts.view import EXCERPTS, REGISTERS, TESTS, View
from dashboard.queries.excerpts import climate_answers, excerpt_counts, to_check
from dashboard.text import DASH, capital, count, number, part, signed, word
from pipelines.model.codes import ANSWER, INNOVATION_PROCUREMENT, PROCUREMENT_KIND
from pipelines.model.columns import COLUMN, Column

BOUGHT = "registret över upphandlingar"
_MOST_ROWS, _MOST_NAMES = 5, 2
_TESTS_QUOTE = ("testbadd", "pilot_demonstration")
_BUYING_QUOTE = ("innovationsupphandling", "funktionskrav")
_BUYING = (
    Column(
        name="procurement_kind",
        label="Slag av upphandling",
        meaning="Vilket verktyg som används.",
        kind="code",
        codes=PROCUREMENT_KIND,
    ),
    Column(name="procurements", label="Antal", meaning="Upphandlingar.", kind="integer"),
    Column(name="won_by_sme", label="Vunna av SMF", meaning="Av de kända.", kind="integer"),
    Column(name="size_known", label="Känd storlek", meaning="Där vinnarens storlek är känd.",
           kind="integer"),
)  # fmt: skip


def tests_slide(view: View) -> Slide:
    """Test activities by phase."""
    values = view.measure(measures.testing_activities)["values"]
    return make_slide(
        view,
        kind="test",
        finding=testing_today(values).headline,
        chart=phase_bars(values),
        quote=replace(view.filters, instruments=_TESTS_QUOTE),
        source=TESTS,
        empty="Ingen testverksamhet är känd i urvalet.",
    )


def buying_slide(view: View) -> Slide:
    """Procurements by innovation tool, and how many small companies won."""
    frame = by_kind(view.measure(measures.procurement)["procurements"])
    tools = frame.filter(pl.col("procurement_kind").is_in(INNOVATION_PROCUREMENT))
    counts = dict(tools.select("procurement_kind", "procurements").rows())
    total, used = int(frame["procurements"].sum()), int(tools["procurements"].sum())
    note = f"{number(used)} av {count(total, 'känd upphandling', 'kända upphandlingar')}"
    chart = Chart(
        name="upphandling_verktyg",
        title=_buying_finding(tools, used, total),
        subtitle="Antal upphandlingar med innovationsverktyg",
        alt=", ".join(f"{PROCUREMENT_KIND.labels[kind]} {n}" for kind, n in counts.items()) + ".",
        note=note if used < total else "Andra upphandlingar är ej insamlade",
        table=frame.select("procurement_kind", "procurements", "won_by_sme", "size_known"),
        columns=_BUYING,
        figure=count_bars(
            [
                {"label": PROCUREMENT_KIND.labels[kind], "activities": counts.get(kind, 0)}
                for kind in INNOVATION_PROCUREMENT
            ],
            "upphandlingar",
        )
        if total
        else None,
    )
    return make_slide(
        view,
        kind="upphandling",
        finding=chart.title,
        chart=chart,
        quote=replace(view.filters, instruments=_BUYING_QUOTE),
        source=BOUGHT,
        empty="Ingen upphandling är känd i urvalet.",
    )


def change_slide(view: View, earlier: Earlier) -> Slide:
    """Then and now, with new and revised documents; or why nothing can be compared."""
    change = compare(view, earlier.file) if earlier.file else None
    empty = earlier.absence or "Den tidigare utgåvan kan inte läsas av dagens program."
    told: tuple[str, ...]
    if change is None:
        numbers = pl.DataFrame(schema={column.name: pl.Int64 for column in COLUMNS})
        finding, told = "Inget att jämföra med", ()
    else:
        numbers, finding = change.numbers, change_finding(change, earlier.day)
        moved = why(view, earlier.file) if earlier.file else ""
        told = tuple(f"{part}." for part in (moved, *_documents_in_words(change)) if part)
    shown = numbers.sort(pl.col("difference") == 0, maintain_order=True).head(_MOST_ROWS)
    rows = Rows(
        ("Mått", "Då", "Nu", "Skillnad"),
        tuple(
            (row["measure"], number(row["then"]), number(row["now"]), signed(row["difference"]))
            for row in shown.to_dicts()
        ),
        frozenset({1, 2, 3}),
    )
    chart = Chart(
        name="sedan_forra_motet",
        title=finding,
        subtitle=f"Utgåvan {earlier.day} mot mötets utgåva" if change else "",
        alt=f"{finding}. Tabell med ett mått per rad.",
        note="",
        table=numbers,
        columns=COLUMNS,
        figure=rows if change else None,
    )
    slide = make_slide(view, kind="forandring", finding=finding, chart=chart, empty=empty)
    return replace(slide, told=told)


def change_finding(change: Change, then: str) -> str:
    """``Fyra nya och två reviderade dokument sedan 2026-06-11``."""
    new, revised = change.new.height, change.revised.height
    if new or revised:
        first = f"{word(new, neuter=True) if new else 'inga'} {'nytt' if new == 1 else 'nya'}"
        second = (
            f"{word(revised, neuter=True) if revised else 'inga'} "
            f"{'reviderat' if revised == 1 else 'reviderade'}"
        )
        return f"{capital(first)} och {second} dokument sedan {then}"
    moved = change.numbers.filter(pl.col("difference") != 0).height
    if moved:
        return f"Samma dokument som {then}, men {word(moved, neuter=True)} mått har ändrats"
    return f"Inget har ändrats sedan {then}"


def _buying_finding(tools: pl.DataFrame, used: int, total: int) -> str:
    if not total:
        return "Ingen upphandling är känd i urvalet"
    finding = f"{capital(part(used, total))} kända upphandlingar använder ett innovationsverktyg"
    if used == total:  # a register of tools only: the others are not collected, which is no share
        finding = f"{count(used, 'känd upphandling', 'kända upphandlingar')} med innovationsverktyg"
    sized, won = int(tools["size_known"].sum()), int(tools["won_by_sme"].sum())
    return f"{finding} – mindre företag vann {part(won, sized)} av dem" if sized else finding


def _documents_in_words(change: Change) -> list[str]:
    """The first new and the first revised documents by name; the finding has counted them all."""
    told = []
    for label, frame in (("Nya", change.new), ("Reviderade", change.revised)):
        names = [f"{r['document_title']} ({r['municipality_name']})" for r in frame.to_dicts()]
        if names:
            rest = len(names) - _MOST_NAMES
            more = f" och {number(rest)} till" if rest > 0 else ""
            told.append(f"{label}: {', '.join(names[:_MOST_NAMES])}{more}")
    return told


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
