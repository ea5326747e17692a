"""What every chart hands over."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from dashboard.charts.drawn import Drawn
from dashboard.charts.plot import Plot
from dashboard.theme import Palette
from pipelines.model.columns import Column


@dataclass(frozen=True)
class Style:
    """How charts are drawn: colours, and the mark of a fictional region (empty for a real one)."""

    palette: Palette
    mark: str = ""


@dataclass(frozen=True)
class Chart:
    """A drawing with its words and its numbers.

    ``title`` is the finding as a Swedish sentence, ``subtitle`` what is measured, ``alt`` the text
    for those who do not see the drawing, ``note`` its n and coverage, ``table`` the same numbers
    with ``columns`` in order, ``name`` the stem of files. ``figure`` is a drawing in HTML, or one
    with an axis that Plotly draws; None when there is nothing to draw.
    """

    name: str
    title: str
    subtitle: str
    alt: str
    note: str
    table: pl.DataFrame
    columns: tuple[Column, ...]
    figure: Drawn | Plot | None
