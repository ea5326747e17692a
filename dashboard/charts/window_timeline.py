"""How long open plans have been in their stage, and how long they are expected to stay open."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import htpy as h
import polars as pl

from dashboard.draw.chart import Chart, Plot, Trace
from dashboard.draw.plotly import rich
from dashboard.text import NBSP, capital, number, word
from pipelines.model.columns import COLUMN, Column

DRAWN = 14
YEAR = 12
_LONGEST_PAST, _LONGEST_AHEAD = 36.0, 36.0
_MONTH = 365.25 / 12
_ROW = 52
"""Height of a plan in pixels, its name and its bar."""
_MEASURE = "Median tid kvar till granskning bland planer av samma slag i samma skede."
_DRAWING = (
    "Tid i skedet (ljust), median kvar till granskning (mörkt) och 95 %-intervall för medianen "
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


def _hover(row: dict[str, Any]) -> str:
    first, _, rest = _line(row).partition(": ")
    return rich(first, h.br, rest)


def _figure(rows: list[dict[str, Any]], as_of: str) -> Plot:
    """From the stage's first day to the measuring day, and on to the expected end, by date.

    Names are above their bars, so that none is cut. What goes on beyond the longest time drawn
    says since when it has waited, or ends in an arrow.
    """
    today = date.fromisoformat(as_of)
    places = range(len(rows))
    past = [_past(row) for row in rows]
    ahead = [_ahead(row) for row in rows]
    shared: Trace = {
        "type": "bar", "orientation": "h", "y": list(places), "width": 0.34,
        "hovertext": [_hover(row) for row in rows], "hoverinfo": "text",
        "customdata": [[(row["object_name"], row["municipality_name"])] for row in rows],
    }  # fmt: skip
    spans = [(i, row) for i, row in enumerate(rows) if row["left_high"] is not None]
    interval: Trace = {
        "type": "scatter", "mode": "lines", "name": "intervall", "hoverinfo": "skip",
        "x": [each for _, row in spans
              for each in (_day(today, row["left_low"]), _day(today, row["left_high"]), None)],
        "y": [each for i, _ in spans for each in (i + 0.3, i + 0.3, None)],
        "line": {"color": "@ink", "width": 2},
    }  # fmt: skip
    ends = [row["left_high"] or 0 for row in rows]
    first, last = max([12.0, *past]), max([6.0, *ends, *ahead])
    room = 0.16 * (first + last)
    names = [
        {
            "x": 0, "xref": "paper", "xanchor": "left", "y": i, "yshift": 21, "showarrow": False,
            "bgcolor": "@card",
            "text": rich(
                row["object_name"], " ", h.span(style="font-size:13px")[row["municipality_name"]]
            ),
        }
        for i, row in enumerate(rows)
    ]  # fmt: skip
    words = [_beside(i, row, today) for i, row in enumerate(rows)]
    waits = [_since(i, row, today, is_long=_past(row) > first / 3) for i, row in enumerate(rows)]
    return Plot(
        data=(
            {**shared, "name": "i skedet", "base": [_day(today, -each) for each in past],
             "x": [_milliseconds(today, -each, 0) for each in past],
             "marker": {"color": "@hatch"}},
            {**shared, "name": "kvar", "base": [as_of] * len(rows),
             "x": [_milliseconds(today, 0, each) for each in ahead],
             "marker": {"color": "@muted"}},
            interval,
        ),
        layout={
            "barmode": "overlay",
            "xaxis": {
                "type": "date", "tickformat": "%Y", "dtick": "M12",
                "range": [_day(today, -first - room / 3), _day(today, last + room)],
            },
            "yaxis": {
                "range": [len(rows) - 0.5, -0.75], "showticklabels": False, "showgrid": False,
            },
            "shapes": [{
                "type": "line", "layer": "below", "yref": "paper", "y0": 0, "y1": 1,
                "x0": as_of, "x1": as_of,
                "line": {"color": "@ink", "width": 1.2, "dash": "dot"},
            }],
            "annotations": [
                *names, *words, *waits,
            ],
        },
        height=110 + _ROW * len(rows),
        leads=True,
    )  # fmt: skip


def _day(today: date, months: float) -> str:
    """The day so many months from the measuring day."""
    return (today + timedelta(days=months * _MONTH)).isoformat()


def _milliseconds(today: date, start: float, end: float) -> float:
    """The length of a bar on an axis of dates, between two days as they are drawn."""
    first, last = (date.fromisoformat(_day(today, each)) for each in (start, end))
    return (last - first).days * 86_400_000.0


def _past(row: dict[str, Any]) -> float:
    return min(float(row["waited"]), _LONGEST_PAST)


def _ahead(row: dict[str, Any]) -> float:
    return min(float(row["months_left"] or 0), _LONGEST_AHEAD)


def _since(place: int, row: dict[str, Any], today: date, *, is_long: bool) -> Trace:
    """How long it has waited: in its bar where that is long, else before it."""
    past = _past(row)
    said = f"← sedan {row['since'][:4]}" if row["waited"] > past else _months(row["waited"])
    at, shift, ink = ("left", 4, "@ink") if is_long else ("right", -4, "@muted")
    return {
        "x": _day(today, -past), "xanchor": at, "xshift": shift, "y": place, "text": said,
        "showarrow": False, "font": {"size": 13, "color": ink},
    }  # fmt: skip


def _beside(place: int, row: dict[str, Any], today: date) -> Trace:
    """The time left in words, after its bar."""
    is_known = row["months_left"] is not None
    return {
        "x": _day(today, _ahead(row)), "xanchor": "left", "xshift": 6, "y": place,
        "text": rich(h.b[left_words(row)[0]]) if is_known else "okänd tid kvar",
        "showarrow": False, "font": {"size": 14, "color": "@ink" if is_known else "@muted"},
    }  # fmt: skip
