"""A measure's value as a reader meets it: value, n and coverage, or the reason there is none."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dashboard.text import DASH, NBSP, number, percent

_SHARE = "andel"
_ONE_PERCENT = 0.01


def value_words(row: Mapping[str, Any]) -> str:
    """``80 %``, ``14``, ``6,3 per 10 sidor``; the reason in words where there is no value."""
    value = row["value"]
    if value is None:
        return str(row["absence"] or "ej beräknat")
    if row["value_unit"] == _SHARE:
        return f"{number(100 * value, 1 if 0 < value < _ONE_PERCENT else 0)}{NBSP}%"
    decimals = 0 if float(value).is_integer() else 1
    unit = "" if row["value_unit"] == "antal" else f"{NBSP}{row['value_unit']}"
    return number(value, decimals) + unit


def basis_words(row: Mapping[str, Any]) -> str:
    """``8 av 10 lästa, 19 kända``: what the value rests on, and what is known beside it."""
    if row["n"] is None:
        return ""
    parts = []
    if row["value_unit"] == _SHARE and row["n"]:
        parts.append(f"{number(row['numerator'])} av {number(row['n'])}")
    elif row["n"]:
        parts.append(f"n = {number(row['n'])}")
    if row["known"] and row["known"] != row["n"]:
        parts.append(f"{number(row['known'])} kända")
    return ", ".join(parts)


def interval_words(row: Mapping[str, Any]) -> str:
    """``49–94 %``: the 95 % interval of a share; a dash where there is none."""
    if row["low"] is None or row["high"] is None:
        return DASH
    return f"{number(100 * row['low'])}–{percent(row['high'] * 1000, 1000)}"
