"""The pages about plans and allocations in plain pandas: how much, how bindingly, on what."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from benchmarks.plain import (
    READ,
    WHOLE,
    Frames,
    chosen_objects,
    counted,
    found_in,
    in_places,
    kept_passages,
    now,
)
from pipelines.indicators.selection import Selection
from pipelines.model.codes import COMMITMENT, STAGES_BEFORE_REVIEW, THEME

Tables = dict[str, pd.DataFrame]
_TYPE = ("object_type",)
_CLIMATE = "innovat|nyskap|nytänk|klimat|energi|koldioxid|utsläpp|återbruk|cirkul|kretslopp|träbygg"


def plans(frames: Frames, selection: Selection) -> Tables:
    """1.1–1.5, 1.7 and K.1, by year, and themes and instruments by municipality and level."""
    passages = kept_passages(frames, selection)
    known = found_in(chosen_objects(frames, selection), passages)
    read = known[known.is_read]
    tables = headline(known, read)
    tables["1.5"] = _density(read)
    tables["1.7"] = _early(frames, read, passages)
    own = passages[passages.is_counted].merge(
        read[["object_id", "municipality_code", "object_type"]],
        on="object_id", suffixes=("", "_own"),
    )  # fmt: skip
    for column in ("themes", "instruments"):
        each = own[["object_id", "municipality_code", "object_type", "level", column]]
        each = each.explode(column).dropna(subset=column)
        tables[f"1.4:{column}"] = pd.concat(
            [
                each.assign(unit_id=unit).groupby("unit_id")[column].agg(numerator="nunique")
                for unit in (WHOLE, each.municipality_code)
            ]
        )
        tables[f"{column}_levels"] = each.groupby([column, "level"]).size().to_frame("passages")
        holders = [
            each.assign(unit_id=unit)
            .groupby(["unit_id", "object_type", column])
            .object_id.nunique()
            for unit in (WHOLE, each.municipality_code)
        ]
        tables[f"{column}_units"] = pd.concat(holders).to_frame("numerator")
    return tables


def headline(known: pd.DataFrame, read: pd.DataFrame) -> Tables:
    """1.1, 1.2, 1.3 and K.1 by type of object, and 1.1 year by year."""
    hits = read.assign(hit=read.found > 0)
    ladder = {
        f"1.2:{code}": counted(read.assign(at=read.highest == level), "at", _TYPE)
        for level, code in enumerate(COMMITMENT.values)
    }
    return {
        "1.1": counted(hits, "hit", _TYPE),
        "1.3": counted(read, "requires", _TYPE),
        "K.1": counted(known, "is_read", _TYPE),
        "by_year": hits.groupby(["year", "object_type"]).hit.agg(["sum", "count"]),
        **ladder,
    }


def windows(known: pd.DataFrame) -> Tables:
    """1.8: open objects that are read and hold nothing, and all that are open."""
    opened = known[known.is_open]
    read = opened[opened.is_read]
    empty = read.assign(empty=read.found == 0)
    return {"1.8": counted(empty, "empty", _TYPE), "1.8:oppna": counted(known, "is_open", _TYPE)}


def allocations(frames: Frames, selection: Selection) -> Tables:
    """The same as plans, and 3.1: what developers are chosen by."""
    return plans(frames, selection) | {"3.1": criteria(frames, selection)}


def criteria(frames: Frames, selection: Selection) -> pd.DataFrame:
    """3.1: share of allocations that select by innovation or climate."""
    rows = selecting(frames, selection)
    return counted(rows[rows.answered], "selects")


def selecting(frames: Frames, selection: Selection) -> pd.DataFrame:
    """Return the chosen allocations with ``answered`` and ``selects``."""
    known = chosen_objects(frames, selection)
    own = known[known.object_type == "ma"]
    passages = kept_passages(frames, selection)
    tools = passages[passages.is_counted][["object_id", "instruments"]].explode("instruments")
    says = tools[tools.instruments.isin(["markanvisning_kriterier", "tavling", "funktionskrav"])]
    named = frames["land_allocation"][["allocation_id", "criteria", "decision_date"]].explode(
        "criteria"
    )
    named = named.dropna(subset="criteria")
    climate = named[named.criteria.str.lower().str.contains(_CLIMATE)].allocation_id.unique()
    has_criteria = own.object_id.isin(named.allocation_id.unique())
    return own.assign(
        answered=own.is_read | has_criteria,
        selects=(own.is_read & own.object_id.isin(says.object_id)) | own.object_id.isin(climate),
    ).merge(
        frames["land_allocation"][["allocation_id", "decision_date"]],
        left_on="object_id", right_on="allocation_id", how="left",
    )  # fmt: skip


def data_quality(frames: Frames, selection: Selection) -> Tables:
    """K.1–K.3: coverage, readability and the median age of each register."""
    known = chosen_objects(frames, selection)
    documents = in_places(frames["document"], selection)
    collected = documents[documents.coverage.isin([*READ, "unreadable", "not_understood"])]
    ages = {}
    for name in ("municipality", "land_allocation", "document", "testing_activity", "procurement"):
        rows = in_places(frames[name], selection)
        days = (now(frames) - pd.to_datetime(rows.as_of)).dt.days
        ages[name] = days.median() / (365.25 / 12)
    return {
        "K.1": counted(known, "is_read", _TYPE),
        "K.2": counted(collected.assign(read=collected.coverage.isin(READ)), "read"),
        "K.3": pd.Series(ages).to_frame("value"),
    }


def _density(read: pd.DataFrame) -> pd.DataFrame:
    tables = []
    for unit in (WHOLE, read.municipality_code):
        groups = read.assign(unit_id=unit).groupby(["unit_id", "object_type"])
        sums = groups[["found", "pages"]].sum()
        ratio = (sums.found / sums.pages).rename("ratio")
        each = read.assign(unit_id=unit).merge(ratio, on=["unit_id", "object_type"])
        rest = (each.found - each.ratio * each.pages) ** 2
        n = groups.size()
        spread = np.sqrt(
            n / (n - 1) * rest.groupby([each.unit_id, each.object_type]).sum()
        ) / sums.pages  # fmt: skip
        tables.append(
            pd.DataFrame(
                {
                    "value": 10 * ratio,
                    "low": 10 * (ratio - 1.96 * spread),
                    "high": 10 * (ratio + 1.96 * spread),
                }
            )
        )
    medians = (10 * read.found / read.pages).groupby(read.object_type).median()
    return pd.concat([*tables, medians.to_frame("value")])


def _early(frames: Frames, read: pd.DataFrame, passages: pd.DataFrame) -> pd.DataFrame:
    documents = frames["document"]
    early = documents[documents.document_stage.isin(STAGES_BEFORE_REVIEW)]
    readable = early[early.coverage.isin(READ) & (early.document_kind != "samradsredogorelse")]
    holders = read[(read.object_type == "dp") & read.object_id.isin(passages.object_id)]
    judged = holders[holders.object_id.isin(readable.object_id)]
    first = passages[passages.document_id.isin(early.document_id)].object_id.unique()
    return counted(judged.assign(early=judged.object_id.isin(first)), "early")


def theme_levels(passages: pd.DataFrame, selection: Selection) -> pd.DataFrame:
    """Return the highest counted level of each object on each theme."""
    own = passages[passages.is_counted][["object_id", "level", "themes"]]
    each = own.explode("themes").dropna().rename(columns={"themes": "theme"})
    wanted: Any = selection.themes or THEME.values
    each = each[each.theme.isin(wanted)]
    return each.groupby(["object_id", "theme"], as_index=False)["level"].max()
