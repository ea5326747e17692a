"""The table behind a slide's drawing, as paper shows it: nothing that every row would repeat."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from dashboard.draw.chart import Chart, Rows
from dashboard.meeting.slide import Slide
from dashboard.parts.table import in_words
from pipelines.model.columns import Column

_LONG = 6
"""From so many rows on, what all of them say is said once instead."""


@dataclass(frozen=True)
class Numbers:
    """Words of a table; ``numeric`` are its right-aligned columns.

    ``same`` is what holds for every row, as a sentence. ``as_before`` names the earlier point whose
    table is the same one, which is then not printed again.
    """

    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: frozenset[int]
    same: str = ""
    as_before: str = ""


def numbers_behind(slides: Sequence[Slide]) -> list[Numbers]:
    """Return the table of each slide, in order; without rows where the drawing holds all of it."""
    printed: dict[tuple[object, ...], str] = {}
    found = []
    for place, slide in enumerate(slides, start=1):
        own = _numbers(slide.chart)
        if isinstance(slide.chart.figure, Rows) and own.rows == slide.chart.figure.rows:
            own = replace(own, rows=())
        key = (own.headers, own.rows, own.same)
        found.append(Numbers(own.headers, own.rows, own.numeric, own.same, printed.get(key, "")))
        if own.rows:
            printed.setdefault(key, f"{place} · {slide.heading}")
    return found


def told_columns(chart: Chart) -> list[Column]:
    """The columns of a chart that tell rows apart; paper has no room for others."""
    same = _same_columns(chart)
    return [column for column in _filled(chart) if column not in same]


def said_once(chart: Chart) -> str:
    """Say what all rows share: ``Gäller alla rader: Lästa 0``, and a full stop."""
    row = chart.table.row(0, named=True) if chart.table.height else {}
    words = [f"{column.label} {in_words(row[column.name], column)}"
             for column in _same_columns(chart)]  # fmt: skip
    return f"Gäller alla rader: {', '.join(words)}." if words else ""


def _numbers(chart: Chart) -> Numbers:
    columns = told_columns(chart)
    return Numbers(
        tuple(column.label for column in columns),
        tuple(
            tuple(in_words(row[column.name], column) for column in columns)
            for row in chart.table.to_dicts()
        ),
        frozenset(i for i, column in enumerate(columns) if column.is_number),
        said_once(chart),
    )


def _filled(chart: Chart) -> list[Column]:
    frame = chart.table
    return [
        column
        for column in chart.columns
        if column.name in frame.columns and frame[column.name].null_count() < frame.height
    ]


def _same_columns(chart: Chart) -> list[Column]:
    """Columns with one value in all rows; never the first, which names the row."""
    frame = chart.table
    if frame.height < _LONG:
        return []
    return [column for column in _filled(chart)[1:] if frame[column.name].n_unique() == 1]
