"""The chain, the index and the pages that put several together, in plain pandas."""

from __future__ import annotations

import numpy as np
import pandas as pd

from benchmarks import plain_registers, plain_texts
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
from benchmarks.plain_texts import Tables
from pipelines.indicators import index_draws
from pipelines.indicators.selection import Selection
from pipelines.model.codes import INSTRUMENT, TESTING_PHASE, THEME

_PAIR = ["municipality_code", "theme"]
_STEPS = ("dp", "ma", "test")


def red_thread(frames: Frames, selection: Selection) -> Tables:
    """1.6: how each theme of a plan in force fares in each step, and the share that holds."""
    pairs = follow(frames, selection)
    tables = {"pairs": pairs}
    long = pd.concat(
        [
            pairs[["municipality_code", f"{step}_held", f"{step}_judged"]].set_axis(
                ["municipality_code", "held", "judged"], axis=1
            ).assign(step=step)
            for step in _STEPS
        ]
    )  # fmt: skip
    judged = long[long.judged].assign(held=long[long.judged].held.astype(bool))
    return tables | {"1.6": counted(judged, "held", ("step",)), "1.6:alla": counted(judged, "held")}


def follow(frames: Frames, selection: Selection) -> pd.DataFrame:
    """Return for each municipality and theme the plan to follow, and what became of it."""
    levels = plain_texts.theme_levels(kept_passages(frames, selection), selection)
    objects = in_places(frames["planning_object"], selection).dropna(subset="year")
    read = objects[objects.coverage.isin(READ)]
    pairs = _versions(objects, levels, selection)
    for step in ("dp", "ma"):
        pairs = _decided(pairs, read[read.object_type == step], levels, step)
    pairs = _tested(pairs, in_places(frames["testing_activity"], selection), now(frames).year)
    judged = sum(pairs[f"{step}_judged"].astype(int) for step in _STEPS)
    ordered = pairs.assign(judged=judged, any_judged=judged > 0).sort_values(
        ["any_judged", "judged", "year", "object_id"], ascending=[False, False, False, True]
    )
    return ordered.drop_duplicates(_PAIR)


def _versions(objects: pd.DataFrame, levels: pd.DataFrame, selection: Selection) -> pd.DataFrame:
    """Adopted plans with the themes they start, and the last year that they steer."""
    plans = objects[objects.object_type == "op"].sort_values(["year", "object_id"])
    nearest = plans.groupby("municipality_code").year.shift(-1) - 1
    last = np.fmin(nearest, plans.year + selection.years)
    started = plans.assign(last=last)[plans.coverage.isin(READ)].merge(levels, on="object_id")
    return started[started.level >= 2][[*_PAIR, "object_id", "year", "last", "level"]]


def _decided(
    pairs: pd.DataFrame, own: pd.DataFrame, levels: pd.DataFrame, step: str
) -> pd.DataFrame:
    keys = ["object_id", "theme"]
    there = pairs[["object_id", "municipality_code", "year", "last"]].drop_duplicates().merge(
        own[["object_id", "municipality_code", "year"]],
        on="municipality_code", suffixes=("", "_step"),
    )  # fmt: skip
    there = there[(there.year_step >= there.year) & (there.year_step <= there["last"])]
    read = there.groupby("object_id").size().rename("read")
    best = (
        there.merge(levels, left_on="object_id_step", right_on="object_id", suffixes=("", "_own"))
        .groupby(keys)["level"].max().rename("best")
    )  # fmt: skip
    joined = pairs.merge(best, on=keys, how="left").merge(read, on="object_id", how="left")
    return pairs.reset_index(drop=True).assign(
        **{
            f"{step}_held": joined.best >= joined.level,
            f"{step}_judged": joined.best.notna() | (joined.read > 0),
        }
    )


def _tested(pairs: pd.DataFrame, tests: pd.DataFrame, this_year: int) -> pd.DataFrame:
    known = tests[tests.testing_phase != TESTING_PHASE.values[0]]
    each = known.assign(
        first=known.start_year.fillna(this_year), end=known.end_year.fillna(this_year)
    )[["municipality_code", "themes", "first", "end"]].explode("themes")
    joined = pairs.merge(
        each, left_on=_PAIR, right_on=["municipality_code", "themes"], suffixes=("", "_test")
    )
    found = joined[(joined["first"] <= joined["last"]) & (joined.end >= joined.year)]
    held = pd.MultiIndex.from_frame(pairs[["object_id", "theme"]]).isin(
        pd.MultiIndex.from_frame(found[["object_id", "theme"]].drop_duplicates())
    )
    mapped = pairs.municipality_code.isin(tests.municipality_code.unique())
    return pairs.assign(test_held=held, test_judged=mapped)


def index(frames: Frames, selection: Selection) -> Tables:
    """1.9: the four components, and each rank's interval from draws, one ranking after another."""
    passages = kept_passages(frames, selection)
    known = found_in(chosen_objects(frames, selection), passages)
    read = known[known.is_read]
    groups = read.groupby("municipality_code")
    own = passages[passages.is_counted].merge(read[["object_id"]], on="object_id")
    codes = [
        own[["municipality_code", column]].explode(column).dropna()
        .groupby("municipality_code")[column].nunique()
        for column in ("themes", "instruments")
    ]  # fmt: skip
    carried = red_thread(frames, selection)["1.6:alla"]
    parts = pd.DataFrame(
        {
            "depth": 100 * groups.highest.mean() / 4,
            "breadth": 100 * codes[0].add(codes[1], fill_value=0)
            / (len(THEME.values) + len(INSTRUMENT.values)),
            "density": (100 * groups.found.sum() / groups.pages.sum()).clip(upper=100),
            "carry": 100 * carried.value.drop(WHOLE, errors="ignore"),
            "judged": carried.n.drop(WHOLE, errors="ignore"),
            "read": groups.size(),
        }
    )  # fmt: skip
    parts["breadth"] = parts.breadth.fillna(0)
    enough = parts[(parts.read >= 5) & (parts.judged >= 5)]
    return {"components": enough, "1.9": _ranks(enough[["depth", "breadth", "density", "carry"]])}


def _ranks(parts: pd.DataFrame) -> pd.DataFrame:
    if parts.empty:
        return parts
    random = np.random.default_rng(1)
    spread = (parts.max() - parts.min()).replace(0, np.nan)
    scales = [parts, 100 * (parts - parts.min()) / spread,
              100 * (parts.rank() - 1) / max(len(parts) - 1, 1)]  # fmt: skip
    drawn = []
    for _ in range(index_draws.DRAWS):
        weights = random.dirichlet(np.full(4, index_draws.CONCENTRATION / 4))
        scaled = scales[random.integers(3)].fillna(parts)
        arithmetic = scaled @ weights
        geometric = np.exp(np.log(scaled.clip(lower=1)) @ weights)
        score = arithmetic if random.integers(2) else geometric
        drawn.append(score.rank(ascending=False, method="min"))
    ranks = pd.concat(drawn, axis=1)
    score = parts.mean(axis=1)
    return pd.DataFrame(
        {
            "score": score,
            "rank": score.rank(ascending=False, method="min"),
            "low": ranks.quantile(0.025, axis=1),
            "high": ranks.quantile(0.975, axis=1),
        }
    )


def overview(frames: Frames, selection: Selection) -> Tables:
    """The page *Läget*: 1.1–1.3, 1.6, 1.8, 2.1, 3.2 and K.1."""
    known = found_in(chosen_objects(frames, selection), kept_passages(frames, selection))
    return {
        **plain_texts.headline(known, known[known.is_read]),
        **red_thread(frames, selection),
        **plain_texts.windows(known),
        **plain_registers.active(frames, selection),
        **plain_registers.tools(frames, selection),
    }


def municipality(frames: Frames, selection: Selection) -> Tables:
    """The page *Kommun*: every number for a municipality and those like it."""
    group = Selection(municipalities=_group(frames, selection.similar_to))
    known = found_in(chosen_objects(frames, group), kept_passages(frames, group))
    return {
        **plain_texts.allocations(frames, group),
        **plain_texts.windows(known),
        **plain_texts.data_quality(frames, group),
        **index(frames, group),
        **plain_registers.testing_activities(frames, group),
        **plain_registers.procurement(frames, group),
    }


def _group(frames: Frames, code: str) -> tuple[str, ...]:
    """A municipality and the five nearest by Gower's distance on what is known of it."""
    rows = frames["municipality"].set_index("municipality_code")
    plans = frames["planning_object"].groupby("municipality_code").size()
    numbers = np.log1p(
        pd.DataFrame(
            {"population": rows.population, "density": rows.population / rows.area_km2,
             "plans": plans.reindex(rows.index).fillna(0)}
        )
    )  # fmt: skip
    differences = (numbers - numbers.loc[code]).abs() / (numbers.max() - numbers.min())
    differences["land"] = (rows.owns_land != rows.owns_land[code]).astype(float)
    nearest = differences.mean(axis=1).drop(code).round(9).reset_index(name="distance")
    nearest = nearest.sort_values(["distance", "municipality_code"])
    return (code, *nearest.municipality_code.head(5))
