"""Rows of ``indicator_value`` as charts need them: the whole choice, part by part."""

from __future__ import annotations

from typing import Any

import polars as pl

from dashboard.text import NBSP, number, percent
from pipelines.indicators.facts import CHOICE, REGION

Row = dict[str, Any]


def whole(values: pl.DataFrame, indicator_id: str) -> dict[str, Row]:
    """The indicator's rows for the whole region or choice, by part."""
    rows = values.filter(
        pl.col("indicator_id") == indicator_id, pl.col("unit_kind").is_in([REGION, CHOICE])
    )
    return {row["part"]: row for row in rows.to_dicts()}


def group(parts: dict[str, Row], prefix: str) -> dict[str, Row]:
    """The parts of one kind by their code: ``fas:test`` → ``test``, in the given order."""
    start = f"{prefix}:"
    return {part.removeprefix(start): row for part, row in parts.items() if part.startswith(start)}


def counted(row: Row | None) -> int:
    """The value as a whole number; 0 where there is none, so ask for ``n`` before it is shown."""
    return int(row["value"] or 0) if row else 0


def share_words(row: Row) -> str:
    """``70 % (48–85)``: a share with its interval; *för få* or a dash where there is none."""
    words = percent(row["numerator"], row["n"])
    if row["low"] is None or row["high"] is None:
        return words
    return f"{words} ({number(100 * row['low'])}–{number(100 * row['high'])})"


def years_words(row: Row) -> str:
    """``6 år (4–9)``; ``6 år (4 eller mer)`` where the interval has no upper end."""
    middle = f"{number(row['value'])}{NBSP}år"
    if row["low"] is None:
        return middle
    end = f"{number(row['low'])}–{number(row['high'])}" if row["high"] is not None else (
        f"minst {number(row['low'])}"
    )  # fmt: skip
    return f"{middle} ({end})"


def reason(row: Row) -> str:
    """Why there is no value, as part of a sentence: ``uppgiften saknas i registret (40 rader)``."""
    words = str(row["absence"] or "ej beräknat").rstrip(".")
    return words[:1].lower() + words[1:]
