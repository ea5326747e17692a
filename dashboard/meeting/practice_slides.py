"""Slides about what happens on site, what is bought, and what has changed."""

from __future__ import annotations

from dataclasses import replace

import polars as pl

from dashboard import measures
from dashboard.charts.bars import count_bars
from dashboard.charts.procurement_counts import by_kind
from dashboard.charts.testing import phase_bars
from dashboard.draw.chart import Chart, Rows
from dashboard.meeting.compare import COLUMNS, Change, Earlier, compare
from dashboard.meeting.slide import Slide, make_slide
from dashboard.meeting.why import why
from dashboard.parts.findings import testing_today
from dashboard.parts.view import TESTS, View
from dashboard.text import capital, count, number, part, signed, word
from pipelines.model.codes import INNOVATION_PROCUREMENT, PROCUREMENT_KIND
from pipelines.model.columns import Column

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
