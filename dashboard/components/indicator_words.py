"""A measure's value as a reader meets it: value, n and coverage, or the reason there is none."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dashboard.text import DASH, NBSP, number

_SHARE = "andel"
_ONE_PERCENT = 0.01
_MILLION = 1_000_000


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
