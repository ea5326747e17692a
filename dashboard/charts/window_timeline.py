"""How long open plans have been in their stage, and how long they are expected to stay open."""

from __future__ import annotations

from typing import Any

import polars as pl

from dashboard.charts.chart import Chart, Style, Trace, figure, hidden_axis, label
from dashboard.text import NBSP, capital, number, shortened, word
from dashboard.theme import SMALL_SIZE
from pipelines.model.column import Column
from pipelines.model.columns import COLUMN

DRAWN = 14
YEAR = 12
_LEFT, _RIGHT = 76, 104
"""Pixels for what stands beside the bars."""
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
            "object_name", "municipality_name", "object_type", "object_stage", "coverage", "since",
            "months_median", "months_low", "months_high", "months_left", "durations", "basis",
            "lacks", "lacks_basis",
        )
    ),
    Column(name="tests", label="Tester som passar", meaning="Förslag.", kind="integer"),
    Column(name="clauses", label="Skrivningar att låna", meaning="Förslag.", kind="integer"),
)  # fmt: skip


def timeline(windows: pl.DataFrame, style: Style, as_of: str) -> Chart:
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
        figure=_figure(drawn, style, as_of) if drawn else None,
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


def _figure(rows: list[dict[str, Any]], style: Style, as_of: str) -> Any:
    palette = style.palette
    past = [min(row["waited"], _LONGEST_PAST) for row in rows]
    ahead = [min(row["months_left"] or 0, _LONGEST_AHEAD) for row in rows]
    places = list(range(len(rows)))
    hover = [f"<b>{row['object_name']}</b><br>{_line(row)}" for row in rows]
    bar: Trace = {"type": "bar", "orientation": "h", "y": places, "width": 0.34,
                  "hovertext": hover, "hovertemplate": "%{hovertext}<extra></extra>"}  # fmt: skip
    waited = bar | {"x": [-each for each in past], "marker": {"color": palette.line}}
    left = bar | {"x": ahead, "marker": {"color": palette.muted}}
    spans = [row for row in zip(places, rows, strict=True) if row[1]["left_high"] is not None]
    interval: Trace = {
        "type": "scatter",
        "mode": "lines",
        "x": [x for _, row in spans for x in (row["left_low"], row["left_high"], None)],
        "y": [y for place, _ in spans for y in (place + 0.31, place + 0.31, None)],
        "line": {"color": palette.ink, "width": 2},
        "hoverinfo": "skip",
    }
    width = max([*ahead, *(row["left_high"] or 0 for _, row in spans), 6.0])
    behind = max([*past, 12.0])
    height = len(rows) * 46 + 60
    return figure(
        [waited, left, interval],
        style,
        height=height,
        barmode="overlay",
        xaxis=hidden_axis(range=[-behind * 1.03, width * 1.03]),
        yaxis=hidden_axis(range=[len(rows) - 0.35, -1.15]),
        shapes=[_today(style, len(rows))],
        annotations=[
            label(f"mätdag {as_of}", style, x=0, y=-0.92, font=_small(style)),
            *_labels(rows, past, ahead, style),
        ],
        margin={"l": _LEFT, "r": _RIGHT, "t": 0, "b": 24},
    )


def _today(style: Style, rows: int) -> dict[str, Any]:
    line = {"color": style.palette.ink, "width": 1.2}
    return {"type": "line", "x0": 0, "x1": 0, "y0": -0.62, "y1": rows - 0.4, "line": line}


def _small(style: Style) -> dict[str, Any]:
    return {"size": SMALL_SIZE, "color": style.palette.muted}


def _labels(
    rows: list[dict[str, Any]], past: list[float], ahead: list[float], style: Style
) -> list[dict[str, Any]]:
    small = _small(style)
    texts = []
    for place, row in enumerate(rows):
        name = f"{shortened(row['object_name'], 44)} <span style='color:{style.palette.muted}'>"
        name += f"{row['municipality_name']}</span>"
        # The ground of the card keeps the line of the measuring day from crossing the name.
        texts.append(
            label(name, style, x=0, xref="paper", y=place - 0.38, xanchor="left", xshift=-_LEFT,
                  bgcolor=style.palette.card)
        )  # fmt: skip
        longer = row["waited"] > past[place]
        since = f"sedan {row['since'][:4]}" if longer else _months(row["waited"])
        texts.append(
            label(("◂ " if longer else "") + since, style, x=-past[place], y=place, font=small,
                  xanchor="right", xshift=-6)
        )  # fmt: skip
        known = row["months_left"] is not None
        words = f"<b>{left_words(row)[0]}</b>" if known else "okänd tid kvar"
        texts.append(
            label(words, style, x=ahead[place], y=place, xanchor="left", xshift=8,
                  font=None if known else small)
        )  # fmt: skip
    return [{key: value for key, value in each.items() if value is not None} for each in texts]
