"""What the straightforward computations share: facts as pandas frames, and a reader's choice.

They are written as an analyst would write them: rows are filtered, grouped and merged anew for each
question. Bootstrap intervals are left out, because drawing them would only make pandas slower.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from pipelines.indicators.facts import Facts
from pipelines.indicators.selection import Selection
from pipelines.model.codes import COMMITMENT

Frames = dict[str, pd.DataFrame]
WHOLE = "alla"
READ = ["read_found", "read_none"]
_NOT_KNOWN = ["superseded", "not_applicable"]
_TABLES = ("municipality", "regional_core", "planning_object", "document", "passage",
           "land_allocation", "testing_activity", "procurement")  # fmt: skip


def frames_of(facts: Facts) -> Frames:
    """Hand the facts to pandas once; loading is not part of what is timed."""
    frames = {name: facts[name].to_pandas() for name in _TABLES}
    # The edition's own counts would make the comparison too easy.
    frames["planning_object"] = frames["planning_object"].drop(
        columns=["level", "commitment", "passages", "themes", "instruments"]
    )
    frames["now"] = pd.DataFrame({"day": [pd.Timestamp(facts.as_of)]})
    return frames


def now(frames: Frames) -> pd.Timestamp:
    """Return the measuring day."""
    return frames["now"].day[0]


def chosen_objects(frames: Frames, selection: Selection) -> pd.DataFrame:
    """Return the known objects of a choice, with ``is_read``."""
    objects = in_places(frames["planning_object"], selection)
    objects = objects[~objects.coverage.isin(_NOT_KNOWN)]
    if selection.object_types:
        objects = objects[objects.object_type.isin(selection.object_types)]
    if selection.from_year is not None:
        objects = objects[objects.year >= selection.from_year]
    if selection.to_year is not None:
        objects = objects[objects.year <= selection.to_year]
    return objects.assign(is_read=objects.coverage.isin(READ))


def kept_passages(frames: Frames, selection: Selection) -> pd.DataFrame:
    """Return the passages that a choice of themes, instruments and level leaves."""
    passages = frames["passage"]
    for column, wanted in (("themes", selection.themes), ("instruments", selection.instruments)):
        if wanted:
            passages = passages[has_any(passages[column], wanted)]
    if selection.lowest:
        passages = passages[passages.level >= COMMITMENT.position(selection.lowest)]
    return passages


def found_in(objects: pd.DataFrame, passages: pd.DataFrame) -> pd.DataFrame:
    """Add what counted passages come to: ``found``, ``highest``, ``requires``."""
    counted = passages[passages.is_counted]
    strict = counted[(counted.level == 4) & (counted.instruments.str.len() > 0)]
    found = counted.groupby("object_id").agg(found=("level", "size"), highest=("level", "max"))
    objects = objects.merge(found, left_on="object_id", right_index=True, how="left")
    return objects.assign(
        found=objects.found.fillna(0),
        highest=objects.highest.fillna(0),
        requires=objects.object_id.isin(strict.object_id.unique()),
    )


def in_places(rows: pd.DataFrame, selection: Selection) -> pd.DataFrame:
    """Return the rows of the chosen municipalities."""
    if not selection.municipalities:
        return rows
    return rows[rows.municipality_code.isin(selection.municipalities)]


def has_any(lists: pd.Series[Any], wanted: Sequence[str]) -> pd.Series[Any]:
    """Tell which lists hold any of some codes."""
    any_of = set(wanted)
    return lists.map(lambda codes: codes is not None and not any_of.isdisjoint(codes))


def counted(rows: pd.DataFrame, hits: str, by: Sequence[str] = ()) -> pd.DataFrame:
    """Count rows and hits for the whole and each municipality, with share and Wilson's limits."""
    table = summed(rows, hits, by)
    return table.join(wilson(table.numerator, table.n))


def summed(rows: pd.DataFrame, column: str, by: Sequence[str] = ()) -> pd.DataFrame:
    """Sum a column and count rows for the whole and each municipality."""
    both = [
        rows.assign(unit_id=unit).groupby(["unit_id", *by])[column].agg(["sum", "count"])
        for unit in (WHOLE, rows.municipality_code)
    ]
    return pd.concat(both).rename(columns={"sum": "numerator", "count": "n"})


def wilson(hits: pd.Series[Any], n: pd.Series[Any]) -> pd.DataFrame:
    """Return shares with Wilson's 95 % interval."""
    z = 1.959964
    centre = (hits + z**2 / 2) / (n + z**2)
    half = z / (n + z**2) * np.sqrt(hits * (n - hits) / n + z**2 / 4)
    return pd.DataFrame({"value": hits / n, "low": centre - half, "high": centre + half})
