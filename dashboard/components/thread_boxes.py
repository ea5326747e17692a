"""Boxes of the chain: one a municipality, or where there are many, one a state as wide as it is."""

from __future__ import annotations

from collections import Counter
from html import escape
from typing import Any

import polars as pl

from dashboard.charts.thread import MOST_BOXES
from dashboard.components.view import View
from dashboard.filters import level_label
from dashboard.text import count
from pipelines.model.measure_codes import OUTCOME

_ORDER = ("n4", "n3", "n2", "n1", "prov", "lacka", "olast", "utgar")


def boxes(view: View, rows: pl.DataFrame, lowest: int) -> str:
    """Return the boxes of one theme in one step as HTML.

    Args:
        view: names the municipalities.
        rows: the theme's rows of the chain in the step, one a municipality.
        lowest: the level below which a box is drawn small.
    """
    states = rows.to_dicts()
    if len(states) > MOST_BOXES:
        return _shares(states, lowest)
    drawn = "".join(
        f'<i class="{box_kind(row, lowest)}" title="{escape(_words(view, row))}"></i>'
        for row in states
    )
    return f'<p class="rutor" aria-hidden="true">{drawn}</p>'


def _shares(states: list[dict[str, Any]], lowest: int) -> str:
    """One box a state, as wide as the municipalities in it are many."""
    counted = Counter((box_kind(row, lowest), state_words(row)) for row in states)
    drawn = "".join(
        f'<i class="{kind}" style="flex:{number}" '
        f'title="{escape(count(number, "kommun", "kommuner"))}: {escape(words)}"></i>'
        for (kind, words), number in sorted(
            counted.items(), key=lambda each: _ORDER.index(each[0][0].split()[0])
        )
    )
    return f'<p class="rutor andelar" aria-hidden="true">{drawn}</p>'


def box_kind(row: dict[str, Any], lowest: int = 0) -> str:
    """The class of a box: level, test, leak, not read or not applicable."""
    if row["level"] is not None:
        return f"n{row['level']}" + (" under" if row["level"] < lowest else "")
    kinds = {"leaks": "lacka", "unknown": "olast", "not_applicable": "utgar", "holds": "prov"}
    return kinds[row["outcome"]]


def state_words(row: dict[str, Any]) -> str:
    """``Ska``, ``test finns``, ``läcker ut`` or ``okänt`` of one step."""
    if row["level"] is not None:
        return level_label(row["level"])
    if row["step"] == "test":
        return {"holds": "test finns", "leaks": "inget test", "unknown": "ej kartlagt"}.get(
            row["outcome"], OUTCOME.labels[row["outcome"]].lower()
        )
    words = {"leaks": "läst, finns inte", "unknown": "ej läst"}
    return words.get(row["outcome"], OUTCOME.labels[row["outcome"]].lower())


def _words(view: View, row: dict[str, Any]) -> str:
    return f"{view.places[row['municipality_code']]}: {state_words(row)}"
