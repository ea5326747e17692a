"""The measures that speak for an activity: the few that say most, and all of them folded away."""

from __future__ import annotations

from html import escape
from typing import Any

import polars as pl

from dashboard.components.indicator_words import basis_words, value_words
from dashboard.components.measure_list import (
    Rows,
    by_type,
    joined,
    measure_list,
    part_name,
)
from pipelines.indicators.change import HEADLINE
from pipelines.indicators.facts import CORE

EFFORTS = "Underlag och insatser"
"""What the activities' own measures (F) count."""
_MOST = 4
"""More numbers than this beside each other are read by nobody; the rest is folded away."""
_MORE_PARTS = {
    "1.2": ("op:shall", "dp:shall", "ma:shall"),
    "2.3": ("kommuner",),
    "2.5": ("median:alla",),
}
_LOGGED = "1.10"
"""The whole plan's efforts: each activity shows its own, so this is only in the folded part."""


def by_measure(values: pl.DataFrame) -> dict[str, Rows]:
    """The rows of each measure that are shown: whole parts, and some parts within parts."""
    found: dict[str, Rows] = {}
    for row in values.to_dicts():
        own = found.setdefault(row["indicator_id"], [])
        part = row["part"]
        if part is None or ":" not in part or part in _MORE_PARTS.get(row["indicator_id"], ()):
            own.append(row)
    return {key: sorted(rows, key=by_type) for key, rows in found.items()}


def speaking(measures: dict[str, Rows], action_id: str) -> list[Rows]:
    """The measures to show first: of the activity's own goal, with a value, at most four numbers.

    A headline is one number for the whole, or one for each part (:data:`HEADLINE`). What has no
    value stands in the folded part, with its reason.
    """
    goal = action_id.split(".", maxsplit=1)[0]
    chosen: list[Rows] = []
    candidates = [
        (key, headline)
        for key, rows in measures.items()
        if not key.startswith("F.") and key != _LOGGED and (headline := _headline(key, rows))
    ]
    candidates.sort(key=lambda each: not each[0].startswith(goal))
    shown = 0
    for _, headline in candidates:
        if not chosen or shown + len(headline) <= _MOST:
            chosen.append(headline)
            shown += len(headline)
    return chosen


def _headline(key: str, rows: Rows) -> Rows:
    parts = HEADLINE.get(key, ())
    wanted = ("alla",) if "alla" in parts else parts
    own = [row for row in rows if row["unit_kind"] == CORE or row["part"] in wanted]
    return [row for row in own if row["value"] is not None]


def _has_value(rows: Rows) -> bool:
    return any(row["value"] is not None for row in rows)


def figures(measures: dict[str, Rows], action_id: str) -> str:
    """The chosen numbers as large figures with what they rest on."""
    own = [rows for key, rows in measures.items() if key.startswith("F.")]
    boxes = [_box(EFFORTS, rows) for rows in own if rows and _has_value(rows)]
    boxes += [_box(rows[0]["indicator_label"], rows) for rows in speaking(measures, action_id)]
    return f'<div class="talrad">{"".join(boxes)}</div>' if boxes else ""


def _box(label: str, rows: Rows) -> str:
    numbers = "".join(f"<li>{_figure(row)}</li>" for row in rows)
    many = ' class="manga"' if len(rows) > _MOST else ""
    return f'<div{many}><p class="tyst">{escape(label)}</p><ul>{numbers}</ul></div>'


def _figure(row: dict[str, Any]) -> str:
    if row["indicator_id"].startswith("F."):
        return f"<b>{escape(value_words(row))}</b>"
    quiet = joined((part_name(row), basis_words(row)))
    return f'<b>{escape(value_words(row))}</b> <span class="tyst">{escape(quiet)}</span>'


def everything(measures: dict[str, Rows]) -> str:
    """Every measure with all parts, intervals and reasons, folded away."""
    own = {key: rows for key, rows in measures.items() if not key.startswith("F.")}
    if not own:
        return ""
    many = "Måttet som talar" if len(own) == 1 else f"Alla {len(own)} mått som talar"
    silent = "" if any(map(_has_value, own.values())) else ", utan tal ännu"
    return f"<details><summary>{many} för den{silent}</summary>{measure_list(own)}</details>"
