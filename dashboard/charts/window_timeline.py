"""How long open plans have been in their stage, and how long they are expected to stay open."""

from __future__ import annotations

from typing import Any

import polars as pl

from dashboard.charts.chart import Chart
from dashboard.charts.drawn import Mark, Scale, ScaleRow
from dashboard.text import NBSP, capital, number, word
from pipelines.model.columns import COLUMN, Column

DRAWN = 14
YEAR = 12
_LONGEST_PAST, _LONGEST_AHEAD = 36.0, 36.0
_MEASURE = "Median tid kvar till granskning bland planer av samma slag i samma skede."
_DRAWING = (
    "Månader i skedet (grått), median kvar till granskning (mörkt) och 95 %-intervall för medianen "
    "(streck)."
)
WINDOW_COLUMNS = (
    *(
        COLUMN[name]
        for name in (
            "object_name", "municipality_name", "object_type", "object_stage", "status_per",
            "coverage", "since", "months_median", "months_low", "months_high", "months_left",
            "durations", "basis", "lacks", "lacks_basis",
        )
    ),
    Column(name="tests", label="Tester som passar", meaning="Förslag.", kind="integer"),
    Column(name="clauses", label="Skrivningar att låna", meaning="Förslag.", kind="integer"),
)  # fmt: skip


def timeline(windows: pl.DataFrame, as_of: str) -> Chart:
    """One line a plan: time in the stage behind today, median time left ahead with its interval.

    ``windows`` is the answer of ``window_list``. Plans without a dated stage are not drawn.
    """
    dated = windows.drop_nulls("waited").sort(
        "months_left", "waited", nulls_last=True, maintain_order=True
    )
    drawn = dated.head(DRAWN).to_dicts()
    title = timeline_title(windows)
    rest = windows.height - len(drawn)
    timed = windows["months_left"].drop_nulls().len()
    note = f"Tid kvar beräknad för {number(timed)} av {number(windows.height)}"
    return Chart(
        name="tidsfonster",
        title=title,
        subtitle=f"{_DRAWING if drawn else _MEASURE} Mätdag {as_of}.",
        alt=f"{title}. {'; '.join(_line(row) for row in drawn) or 'Inget går att rita'}.",
        note=note + (f" · {number(rest)} står bara i listan" if rest and drawn else ""),
        table=windows,
        columns=WINDOW_COLUMNS,
        figure=_figure(drawn, as_of) if drawn else None,
    )


def timeline_title(windows: pl.DataFrame) -> str:
    """How many close within a year, or why nobody can say."""
    if not windows.height:
        return "Inget öppet tidsfönster i urvalet"
    left = windows["months_left"].drop_nulls()
    if not left.len():
        return "Ingen tid kvar går att beräkna ännu"
    soon = left.filter(left <= YEAR / 2).len()
    within = left.filter(left <= YEAR).len()
    if not within:
        return "Inget fönster väntas stänga inom ett år"
    fast = f", {word(soon, neuter=True)} inom ett halvår" if 0 < soon < within else ""
    return f"{capital(word(within, neuter=True))} fönster väntas stänga inom ett år{fast}"


def left_words(row: dict[str, Any]) -> tuple[str, str]:
    """Time left and its interval, or why there is none: ``6 mån`` and ``4–7 mån``."""
    left = row["months_left"]
    if left is None:
        if row["months_median"] is not None:
            return "okänd", "skedets början är inte daterad"
        reason = str(row["basis"]).rsplit("; ", 1)[-1]
        return "okänd", reason[:1].lower() + reason[1:]
    words = "under en månad" if left < 1 else _months(left)
    if row["left_low"] is None:
        return words, "har väntat längre än vanligt"
    if row["left_high"] is None:
        return words, f"minst {_months(row['left_low'])}, övre gräns saknas"
    return words, f"intervall {number(row['left_low'])}–{_months(row['left_high'])}"


def long_waiting(windows: pl.DataFrame) -> int:
    """How many have stood in their stage for more than three years."""
    return windows.filter(pl.col("waited") > _LONGEST_PAST).height


def _months(value: float) -> str:
    return f"{number(value)}{NBSP}mån"


def _line(row: dict[str, Any]) -> str:
    left, interval = left_words(row)
    return (
        f"{row['object_name']}, {row['municipality_name']}: {_months(row['waited'])} i skedet, "
        f"kvar {left} ({interval})"
    )


def _figure(rows: list[dict[str, Any]], as_of: str) -> Scale:
    """Time waited to the left of the measuring day, time left and its interval to the right."""
    ends = [row["left_high"] or 0 for row in rows]
    return Scale(
        rows=tuple(_plan(row) for row in rows),
        low=-max([12.0, *(_past(row) for row in rows)]),
        high=max([6.0, *ends, *(_ahead(row) for row in rows)]),
        zero=(0, f"mätdag {as_of}"),
        is_beside=False,
    )


def _past(row: dict[str, Any]) -> float:
    return min(float(row["waited"]), _LONGEST_PAST)


def _ahead(row: dict[str, Any]) -> float:
    return min(float(row["months_left"] or 0), _LONGEST_AHEAD)


def _plan(row: dict[str, Any]) -> ScaleRow:
    past, said = _past(row), _line(row)
    since = f"← sedan {row['since'][:4]}" if row["waited"] > past else _months(row["waited"])
    waited = Mark("bar", "linje", -past, 0, said, text=since, text_at="before")
    return ScaleRow(
        row["object_name"],
        (waited, *_left(row, said)),
        quiet=row["municipality_name"],
        data=(row["object_name"], row["municipality_name"]),
    )


def _left(row: dict[str, Any], said: str) -> tuple[Mark, ...]:
    """The time left in words, after its bar and above its interval where they exist."""
    if row["months_left"] is None:
        return (Mark("text", "quiet", 0, 0, text="okänd tid kvar"),)
    ahead = _ahead(row)
    bar = Mark("bar", "dampad", 0, ahead, said)
    words = Mark("text", "strong", ahead, ahead, text=left_words(row)[0])
    if row["left_high"] is None:
        return bar, words
    return bar, Mark("thin", "ink", row["left_low"], row["left_high"], said), words
