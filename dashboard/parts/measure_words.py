"""Indicators in words: value, unit, interval and n of a measure, and lists of measures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import htpy as h

from dashboard.text import DASH, NBSP, TYPE_SHORT, number
from pipelines.indicators.facts import CORE

_SHARE = "andel"
_ONE_PERCENT = 0.01
_MILLION = 1_000_000
Rows = list[dict[str, Any]]
"""The parts of one measure: rows of ``indicator_value``."""
_TYPES = {code: place for place, code in enumerate(TYPE_SHORT)}


def value_words(row: Mapping[str, Any]) -> str:
    """``80 %``, ``14``, ``6,3 per 10 sidor``; the reason in words where there is no value."""
    value = row["value"]
    if value is None:
        return reason_words(row["absence"])
    return _written(float(value), row["value_unit"])


def reason_words(absence: str | None) -> str:
    """The reason for a missing value, as part of a sentence."""
    reason = (absence or "ej beräknat").rstrip(".")
    return reason[:1].lower() + reason[1:]


def millions(value: float | None) -> str:
    """Kronor as millions: ``18500000`` → ``18,5 mnkr``."""
    if value is None:
        return DASH
    shown = value / _MILLION
    return f"{number(shown, 0 if shown >= 100 else 1)}{NBSP}mnkr"


def basis_words(row: Mapping[str, Any]) -> str:
    """``8 av 10, 19 kända``: what the value rests on, and what is known beside it."""
    if row["n"] is None:
        return ""
    parts = []
    is_count = row["numerator"] is not None and row["value"] is not None
    if row["value_unit"] == _SHARE and row["n"] and is_count and _is_share_of(row):
        parts.append(f"{number(row['numerator'])} av {number(row['n'])}")
    elif row["n"]:
        parts.append(f"n = {number(row['n'])}")
    if row["known"] and row["known"] != row["n"]:
        parts.append(f"{number(row['known'])} kända")
    return ", ".join(parts)


def interval_words(row: Mapping[str, Any]) -> str:
    """``49–94 %``: the 95 % interval; a dash where there is none."""
    low, high = row["low"], row["high"]
    if low is None or high is None:
        return DASH
    if row["value_unit"] == _SHARE:
        return f"{number(100 * low)}–{number(100 * high)}{NBSP}%"
    decimals = _decimals(row["value_unit"], high)
    return f"{number(low, decimals)}–{number(high, decimals)}"


def _is_share_of(row: Mapping[str, Any]) -> bool:
    """Whether the value is numerator over n; an estimate from a sample is not."""
    return bool(abs(row["numerator"] / row["n"] - row["value"]) < _ONE_PERCENT)


def _written(value: float, unit: str) -> str:
    if unit == _SHARE:
        return f"{number(100 * value, 1 if 0 < value < _ONE_PERCENT else 0)}{NBSP}%"
    if unit == "kronor":
        return millions(value)
    if unit == "procent":
        return f"{number(value)}{NBSP}%"
    words = "" if unit in ("antal", "alfa", "index") else f"{NBSP}{unit}"
    return number(value, _decimals(unit, value)) + words


def _decimals(unit: str, value: float) -> int:
    if unit == "alfa":
        return 2
    return 0 if unit == "månader" or float(value).is_integer() else 1


def measure_list(measures: Mapping[str, Rows], *, questions: bool = False) -> h.Element:
    """A list of measures by id, with the question that each answers where that is asked."""
    return h.dl(".mattlista")[
        (
            h.div[
                h.dt[
                    f"{key} {rows[0]['indicator_label']}",
                    questions and [h.br, h.span(".tyst")[rows[0]["question"]]],
                ],
                h.dd[(_line(row) for row in together(rows))],
            ]
            for key, rows in measures.items()
            if rows
        )
    ]


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


def _line(row: Mapping[str, Any]) -> h.Element:
    if row["part"] is None:
        return h.span(".tyst")["redovisas per kommun, på sidan Innovationsindex"]
    value = value_words(row)
    if row["value"] is None:
        says_known = not row["known"] or any(sign.isdigit() for sign in value)
        quiet = "" if says_known else f"{number(row['known'])} kända"
    else:
        interval = interval_words(row)
        quiet = joined((basis_words(row), f"intervall {interval}" if interval != DASH else ""))
    tail = quiet and [" ", h.span(".tyst")[f"({quiet})"]]
    return h.span[part_name(row), " ", h.b[value], tail]
