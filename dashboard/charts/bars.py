"""Lying bars of counts, with their names before and their numbers after."""

from __future__ import annotations

from typing import Any

from dashboard.draw.chart import Mark, Scale, ScaleRow
from dashboard.text import number


def count_bars(rows: list[dict[str, Any]], unit: str = "") -> Scale:
    """Draw ``label, activities``, the first on top; ``unit`` says what is counted."""
    top = max([row["activities"] for row in rows] + [1])
    return Scale(
        rows=tuple(
            ScaleRow(
                row["label"],
                (Mark("bar", "test", 0, row["activities"], f"{row['label']}: {row['activities']}",
                      text=number(row["activities"])),),
            )
            for row in rows
        ),
        low=0,
        high=top,
        unit=unit,
    )  # fmt: skip
