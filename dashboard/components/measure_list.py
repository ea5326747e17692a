"""Measures one under the other, the parts of each on its line: value, basis, interval or reason."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

from dashboard.components.indicator_words import (
    basis_words,
    interval_words,
    reason_words,
    value_words,
)
from dashboard.text import DASH, TYPE_SHORT, number
from pipelines.indicators.facts import CORE

Rows = list[dict[str, Any]]
"""The parts of one measure: rows of ``indicator_value``."""
_TYPES = {code: place for place, code in enumerate(TYPE_SHORT)}


def measure_list(measures: Mapping[str, Rows], *, questions: bool = False) -> str:
    """A list of measures by id as HTML, with the question that each answers where that is asked."""
    items = []
    for key, rows in measures.items():
        if not rows:
            continue
        asked = f'<br><span class="tyst">{escape(rows[0]["question"])}</span>' if questions else ""
        items.append(
            f"<div><dt>{escape(key)} {escape(rows[0]['indicator_label'])}{asked}</dt>"
            f"<dd>{''.join(_line(row) for row in together(rows))}</dd></div>"
        )
    return f'<dl class="mattlista">{"".join(items)}</dl>'


def together(rows: Rows) -> Rows:
    """The parts, or one of them for all where none has a value and all for the same reason."""
    shared = {row["absence_kind"] for row in rows}
    if len(rows) > 1 and len(shared) == 1 and None not in shared:
        return [rows[0] | {"part": "alla", "unit_kind": "", "known": _known(rows)}]
    return rows


def by_type(row: Mapping[str, Any]) -> int:
    """The place of a part about one type of plan; other parts come first, in their own order."""
    return _TYPES.get(str(row["part"]).split(":")[0], 0)


def part_name(row: Mapping[str, Any]) -> str:
    """What a part is about: the core, *ÖP*, its label; nothing for the whole."""
    if row["unit_kind"] == CORE:
        return str(row["unit_name"])
    if row["part"] == "alla":
        return ""
    return TYPE_SHORT.get(row["part"]) or str(row["part_label"])


def joined(words: Iterable[str]) -> str:
    """Those that say something, with commas between."""
    return ", ".join(each for each in words if each)


def _known(rows: Rows) -> int:
    each = [row["known"] or 0 for row in rows]
    return sum(each) if all(row["part"] in _TYPES for row in rows) else max(each)


def _line(row: Mapping[str, Any]) -> str:
    if row["part"] is None:
        return '<span class="tyst">redovisas per kommun, på sidan Innovationsindex</span>'
    name = escape(part_name(row))
    if row["value"] is None:
        why = reason_words(row["absence"])
        says_known = not row["known"] or any(sign.isdigit() for sign in why)
        known = "" if says_known else f' <span class="tyst">({number(row["known"])} kända)</span>'
        return f"<span>{name} <b>{escape(why)}</b>{known}</span>"
    interval = interval_words(row)
    quiet = joined((basis_words(row), f"intervall {interval}" if interval != DASH else ""))
    tail = f' <span class="tyst">({escape(quiet)})</span>' if quiet else ""
    return f"<span>{name} <b>{escape(value_words(row))}</b>{tail}</span>"
