"""The same numbers the straightforward way: pandas on the rows, filtered and grouped anew."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from pipelines.indicators.facts import Facts
from pipelines.indicators.selection import Selection
from pipelines.model.codes import COMMITMENT

_READ = ["read_found", "read_none"]
_NOT_KNOWN = ["superseded", "not_applicable"]
Frames = dict[str, pd.DataFrame]


def frames_of(facts: Facts) -> Frames:
    """Hand the facts to pandas once; loading is not part of what is timed."""
    names = ("planning_object", "passage", "municipality", "testing_activity", "procurement")
    frames = {name: facts[name].to_pandas() for name in names}
    # The edition's own counts would make the comparison too easy.
    frames["planning_object"] = frames["planning_object"].drop(
        columns=["level", "commitment", "passages", "themes", "instruments"]
    )
    return frames


def plans(frames: Frames, selection: Selection) -> Any:
    """1.1–1.5, by year, and themes and instruments by municipality, as the page *plans* asks."""
    objects, passages = _chosen(frames, selection)
    found = passages.groupby("object_id").agg(found=("level", "size"), highest=("level", "max"))
    strict = passages[(passages.level == 4) & (passages.instruments.str.len() > 0)]
    objects = objects.merge(found, left_on="object_id", right_index=True, how="left")
    objects["found"] = objects.found.fillna(0)
    objects["highest"] = objects.highest.fillna(0)
    objects["requires"] = objects.object_id.isin(strict.object_id.unique())
    read = objects[objects.coverage.isin(_READ)]
    answers = []
    for by in (["object_type"], ["municipality_code", "object_type"]):
        groups = read.groupby(by)
        n = groups.size()
        answers += [_wilson(groups.apply(lambda g: (g.found > 0).sum()), n),
                    _wilson(groups.requires.sum(), n),
                    10 * groups.found.sum() / groups.pages.sum()]  # fmt: skip
        answers += [
            _wilson(groups.apply(lambda g, at=level: (g.highest == at).sum()), n)
            for level in range(len(COMMITMENT.values))
        ]
    for column in ("themes", "instruments"):
        each = passages[["object_id", "level", column]].explode(column).dropna()
        each = each.merge(read[["object_id", "municipality_code", "object_type"]], on="object_id")
        answers.append(each.groupby([column, "level"]).size())
        answers.append(
            each.groupby(["municipality_code", "object_type", column]).object_id.nunique()
        )
        answers.append(each.groupby("municipality_code")[column].nunique())
    answers.append(read.assign(hit=read.found > 0).groupby(["year", "object_type"]).hit.mean())
    return answers


def red_thread(frames: Frames, selection: Selection) -> Any:
    """1.6: levels by theme, the plan in force joined with what was decided in its years."""
    objects, passages = _chosen(frames, selection)
    each = passages[["object_id", "level", "themes"]].explode("themes").dropna()
    level = each.groupby(["object_id", "themes"])["level"].max().reset_index()
    dated = objects[objects.coverage.isin(_READ) & objects.year.notna()]
    plan = dated[dated.object_type == "op"].merge(level, on="object_id")
    plan = plan[plan.level >= 2][["municipality_code", "themes", "object_id", "year", "level"]]
    answers = []
    for step in ("dp", "ma"):
        own = dated[dated.object_type == step].merge(level, on="object_id")
        joined = plan.merge(own[["municipality_code", "themes", "year", "level"]],
                            on=["municipality_code", "themes"], suffixes=("", "_step"))  # fmt: skip
        in_time = joined[
            (joined.year_step >= joined.year) & (joined.year_step <= joined.year + selection.years)
        ]
        best = in_time.groupby(["municipality_code", "themes", "object_id"])["level_step"].max()
        answers.append(best.reset_index().merge(plan, on=["municipality_code", "themes"]))
    return answers


def procurement(frames: Frames, selection: Selection) -> Any:
    """3.2 and 3.3: innovation tools by kind, value, small winners and new suppliers."""
    rows = frames["procurement"]
    if selection.from_year is not None:
        rows = rows[rows.procurement_year >= selection.from_year]
    rows = rows.assign(tool=rows.procurement_kind != "ordinary")
    tools = rows[rows.tool]
    first = rows.groupby("buyer").procurement_year.min()
    won = rows.groupby(["buyer", "winner"]).procurement_year.min()
    joined = rows.merge(first.rename("first"), on="buyer").merge(
        won.rename("won"), on=["buyer", "winner"]
    )
    judged = joined[joined.procurement_year > joined["first"]]
    answered = tools[tools.winner_sme.isin(["ja", "nej"])]
    by = "municipality_code"
    return [
        tools.groupby([by, "procurement_kind"]).size(),
        tools.groupby(by).value_sek.sum(),
        _wilson(rows.groupby(by).tool.sum(), rows.groupby(by).size()),
        _wilson(
            answered.groupby(by).apply(lambda g: (g.winner_sme == "ja").sum()),
            answered.groupby(by).size(),
        ),
        judged.groupby(by).apply(lambda g: (g.won == g.procurement_year).mean()),
    ]


def _chosen(frames: Frames, selection: Selection) -> tuple[pd.DataFrame, pd.DataFrame]:
    objects = frames["planning_object"]
    objects = objects[~objects.coverage.isin(_NOT_KNOWN)]
    if selection.object_types:
        objects = objects[objects.object_type.isin(selection.object_types)]
    if selection.municipalities:
        objects = objects[objects.municipality_code.isin(selection.municipalities)]
    if selection.from_year is not None:
        objects = objects[objects.year >= selection.from_year]
    if selection.to_year is not None:
        objects = objects[objects.year <= selection.to_year]
    passages = frames["passage"]
    passages = passages[passages.is_counted & passages.object_id.isin(objects.object_id)]
    for column, wanted in (("themes", selection.themes), ("instruments", selection.instruments)):
        if wanted:
            any_of = set(wanted)
            passages = passages[passages[column].map(lambda codes, w=any_of: bool(w & set(codes)))]
    if selection.lowest:
        passages = passages[passages.level >= COMMITMENT.position(selection.lowest)]
    return objects, passages


def _wilson(hits: Any, n: Any) -> Any:
    z = 1.959964
    centre = (hits + z**2 / 2) / (n + z**2)
    half = z / (n + z**2) * np.sqrt(hits * (n - hits) / n + z**2 / 4)
    return pd.DataFrame({"value": hits / n, "low": centre - half, "high": centre + half})
