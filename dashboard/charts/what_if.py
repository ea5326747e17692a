"""Numbers under other rules beside the published ones: what moves, how far, and in which order."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from dashboard.draw.chart import Chart, Mark, Scale, ScaleRow, Side
from dashboard.text import (
    NBSP,
    NOTHING,
    capital,
    count,
    measure_name,
    number,
    signed,
    word,
)
from pipelines.indicators.change import HEADLINE
from pipelines.indicators.innovation_index import FULL_DENSITY, INDEX
from pipelines.model.columns import COLUMN, Column

SHARE = "andel"
_LEAST = 1e-9
_FULL_SCALE = {
    SHARE: 1.0, "av 11": 11.0, "index": 100.0, "procent": 100.0, "per 10 sidor": FULL_DENSITY
}  # fmt: skip
"""The scale that a unit moves on; a count moves on the number of known."""
_DRAWN = 9
_NAMED = ("indicator_id", "indicator_label", "unit_name", "part_label", "value_unit")
COLUMNS = (
    *(COLUMN[name] for name in _NAMED),
    Column(name="value", label="Publicerat", meaning="Värdet i utgåvan.", kind="decimal"),
    Column(name="value_if", label="Om", meaning="Värdet med ändrade regler.", kind="decimal"),
    Column(name="difference", label="Skillnad", meaning="Om minus publicerat.", kind="decimal"),
    COLUMN["n"],
    COLUMN["absence"],
    Column(name="absence_if", label="Varför värde saknas, om", meaning="Skäl med ändrade regler."),
)


def ordered(found: pl.DataFrame) -> pl.DataFrame:
    """Rows of the whole choice and each municipality's index, what moves most first.

    Adds ``is_headline`` and ``moves``, the difference as a part of the unit's full scale; a value
    that is lost moves the whole scale. ``found`` is the answer of ``catalog.what_if``.
    """
    whole = pl.col("unit_id") == found["unit_id"][0]
    own_index = (pl.col("indicator_id") == INDEX.id) & (pl.col("part") == "index")
    headline = [f"{name}/{part}" for name, parts in HEADLINE.items() for part in parts]
    key = pl.concat_str("indicator_id", "part", separator="/")
    scale = pl.col("value_unit").replace_strict(
        _FULL_SCALE, default=None, return_dtype=pl.Float64
    ).fill_null(pl.max_horizontal("value", "value_if", "known"))  # fmt: skip
    lost = pl.col("value").is_null() != pl.col("value_if").is_null()
    moves = (pl.col("difference").abs() / scale).fill_nan(0.0).fill_null(0.0)
    return (
        found.filter(whole | own_index)
        .with_columns(
            (key.is_in(headline) | own_index).alias("is_headline"),
            pl.when(lost).then(1.0).when(moves > _LEAST).then(moves).otherwise(0.0).alias("moves"),
        )
        .sort("moves", descending=True, maintain_order=True)
    )


def name_of(row: Mapping[str, Any]) -> str:
    """``Andel handlingar med innovation, detaljplan``; an index is named by its municipality."""
    if row["indicator_id"] == INDEX.id:
        return f"{row['indicator_label']}, {row['unit_name']}"
    return measure_name(row["indicator_label"], row["part_label"])


def difference_words(row: Mapping[str, Any]) -> str:
    """``−26 procentenheter``, ``+1``, ``±0``; empty where either value is missing."""
    change = row["difference"]
    if change is None:
        return ""
    share = row["value_unit"] == SHARE
    written = signed(100 * change if share else change)
    if not share or written == NOTHING:
        return written
    return f"{written}{NBSP}procentenhet{'' if written[1:] == '1' else 'er'}"


def from_to(row: Mapping[str, Any]) -> tuple[str, str]:
    """Both shares in percent; with a decimal where they differ by less than one."""
    old, new = (100 * row[name] for name in ("value", "value_if"))
    decimals = 1 if 0 < abs(new - old) < 1 else 0
    return number(old, decimals), number(new, decimals)


def difference_chart(rows: pl.DataFrame) -> Chart:
    """Draw the shares that move most: an open ring where they are published, a dot where they go.

    ``rows`` are those of :func:`ordered`.
    """
    shares = rows.filter("is_headline", pl.col("value_unit") == SHARE)
    moved = shares.filter(pl.col("difference").abs() > _LEAST)
    title = _title(moved, shares)
    lines = [f"{name_of(row)}: från {' till '.join(from_to(row))}" for row in moved.to_dicts()]
    known = shares.filter(pl.col("value").is_not_null()).height
    return Chart(
        name="tank_om",
        title=title,
        subtitle="Andelar i procent: ring är publicerat, punkt är med ändrade regler"
        if moved.height
        else "",
        alt=f"{title}. {'; '.join(lines)}.",
        note=f"{number(moved.height)} av {count(known, 'andel', 'andelar')} flyttar sig",
        table=rows,
        columns=COLUMNS,
        figure=_figure(moved.head(_DRAWN).to_dicts()) if moved.height else None,
    )


def _title(moved: pl.DataFrame, shares: pl.DataFrame) -> str:
    if not shares["value"].count():
        return "Ingen andel att jämföra"
    if not moved.height:
        return "Ingen andel flyttar sig"
    down = moved.filter(pl.col("difference") < 0).height
    up = moved.height - down
    parts = [
        f"{word(many)} {'andel' if many == 1 else 'andelar'} {verb}"
        for many, verb in ((down, "sjunker"), (up, "stiger"))
        if many
    ]
    return capital(" och ".join(parts))


def _figure(rows: list[dict[str, Any]]) -> Scale:
    return Scale(
        rows=tuple(_line(row) for row in rows),
        low=0,
        high=100,
        ticks=tuple((each, f"{each}") for each in range(0, 101, 25)),
        is_beside=False,
    )


def _line(row: dict[str, Any]) -> ScaleRow:
    """A ring where the share is published, a dot where it goes, each with its number outermost."""
    old, new = (100 * row[name] for name in ("value", "value_if"))
    said, data = _said(row), (row["part"],)
    (ring_at, dot_at), (ring_text, dot_text) = _sides(old, new), from_to(row)
    ring = Mark("ring", "ring", old, old, said, data, ring_text, text_at=ring_at)
    dot = Mark("dot", "ink", new, new, said, data, dot_text, text_at=dot_at)
    span = Mark("span", "dampad", min(old, new), max(old, new), said)
    return ScaleRow(name_of(row), (span, ring, dot))


def _sides(old: float, new: float) -> tuple[Side, Side]:
    return ("after", "before") if old >= new else ("before", "after")


def _said(row: dict[str, Any]) -> str:
    old, new = from_to(row)
    return (
        f"{name_of(row)}: publicerat {old}{NBSP}%, med ändrade regler {new}{NBSP}% "
        f"({difference_words(row)})"
    )
