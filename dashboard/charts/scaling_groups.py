"""How long scaling up takes, by kind of test and theme, where there are tests enough to say."""

from __future__ import annotations

from typing import Any

import polars as pl

from dashboard.charts.scaling import EVERYONE
from dashboard.charts.values import Row, group, reason, whole, years_words
from dashboard.draw.chart import Chart, Mark, Scale, ScaleRow
from dashboard.text import NBSP, count, listing, number, word
from pipelines.indicators.values import FEWEST
from pipelines.model.columns import Column

_GROUP_COLUMNS = (
    Column(name="label", label="Grupp", meaning="Alla, ett slag av test eller ett tema."),
    Column(name="n", label="Tester", meaning="Påbörjade tester med känd tid.", kind="integer"),
    Column(name="scaled", label="Uppskalade", meaning="De med känt år.", kind="integer"),
    Column(name="median", label="Mediantid", meaning="Tid tills hälften är där.", kind="decimal",
           unit="år"),
    Column(name="low", label="Från", meaning="Undre gräns, 95 procent.", kind="decimal"),
    Column(name="high", label="Till", meaning="Övre gräns, 95 procent.", kind="decimal"),
    Column(name="absence", label="Därför saknas värdet", meaning="Skälet i ord."),
)  # fmt: skip
_BEYOND = 2
"""Years drawn beyond the last end, for intervals that have none."""


def group_times(values: pl.DataFrame) -> Chart:
    """Median time of each kind and theme with its interval; the reason where there is none."""
    parts = group(whole(values, "2.5"), "median")
    rows = [_group_row(code, row) for code, row in parts.items() if code != EVERYONE]
    enough = [row for row in rows if row["n"] >= FEWEST]
    few = [row["label"].lower() for row in rows if 0 < row["n"] < FEWEST]
    drawn = sorted(
        (row for row in enough if row["scaled"]),
        key=lambda row: (row["median"] is None, row["median"] or 0, -row["scaled"]),
    )
    title = _group_title(drawn)
    words = "; ".join(f"{row['label']}: {_group_words(row)}" for row in drawn)
    return Chart(
        name="mediantid_per_grupp",
        title=title,
        subtitle="Tid tills hälften skalats upp, per slag av test och tema, med 95 procents "
        "intervall (pil: ingen övre gräns)",
        alt=f"{title}. {words or 'Inget går att rita'}.",
        note=f"För få tester (under {word(FEWEST)}): {listing(few)}" if few else "",
        table=pl.DataFrame(
            [{each.name: row[each.name] for each in _GROUP_COLUMNS} for row in rows],
            schema_overrides=dict.fromkeys(("median", "low", "high"), pl.Float64)
            | {"scaled": pl.Int64, "absence": pl.String},
        ),
        columns=_GROUP_COLUMNS,
        figure=_groups(drawn) if drawn else None,
    )


def _group_row(code: str, row: Row) -> dict[str, Any]:
    reached = None if row["numerator"] is None else int(row["numerator"])
    return {
        "code": code,
        "label": str(row["part_label"]).removeprefix("Median, "),
        "n": row["n"],
        "scaled": reached,
        "median": row["value"],
        "low": row["low"],
        "high": row["high"],
        "absence": row["absence"],
        "words": years_words(row) if row["value"] is not None else reason(row),
    }


def _group_title(drawn: list[dict[str, Any]]) -> str:
    known = [row for row in drawn if row["median"] is not None]
    if not known:
        return "Ingen grupp har nått hälften" if drawn else "Mediantid per grupp går inte att ange"
    first, last = known[0]["median"], known[-1]["median"]
    span = f"{number(first)}" if first == last else f"{number(first)}–{number(last)}"
    groups = "den grupp" if len(known) == 1 else f"de {word(len(known))} grupper"
    return f"Mediantiden är {span}{NBSP}år i {groups} som har nått hälften"


def _group_words(row: dict[str, Any]) -> str:
    return f"{row['words']}, {count(row['scaled'], 'uppskalad', 'uppskalade')} av {row['n']}"


def _groups(rows: list[dict[str, Any]]) -> Scale:
    """A dot at each median with its interval; it goes on where there is no upper end."""
    known = [row for row in rows if row["median"] is not None]
    longest = max([row["high"] or row["median"] for row in known] or [1]) + _BEYOND
    ticks = range(0, int(longest) + 1, 2)
    return Scale(
        rows=tuple(_line(row, longest) for row in rows),
        low=0,
        high=longest,
        ticks=tuple((each, f"{each}{NBSP}år") for each in ticks),
    )


def _line(row: dict[str, Any], longest: float) -> ScaleRow:
    if row["median"] is None:
        return ScaleRow(row["label"], instead="hälften har inte nått dit")
    said = f"{row['label']}: {_group_words(row)}"
    end, is_open = row["high"] or longest, row["high"] is None
    return ScaleRow(
        row["label"],
        (
            Mark("span", "test", row["low"], end, said, is_open=is_open),
            Mark("dot", "test", row["median"], row["median"], said),
        ),
    )
