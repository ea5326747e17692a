"""How long a plan stays open: time from its stage to granskning, those still waiting included."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from pipelines.indicators.facts import Facts, days_of
from pipelines.indicators.intervals import FEWEST
from pipelines.indicators.survival import Survival, kaplan_meier
from pipelines.model.codes import PLAN_KIND, PLAN_STAGE, STAGES_BEFORE_REVIEW, STAGES_ENDED

_MONTH = 365.25 / 12
_PAST_REVIEW = ("granskning", "infor_antagande", "antagen", "overklagad", "laga_kraft")


@dataclass(frozen=True)
class Wait:
    """The expected wait of an open plan; numbers are None where too little is known.

    ``basis`` says in Swedish whose times it rests on, or why there is none.
    """

    since: str | None
    median: float | None
    low: float | None
    high: float | None
    left: float | None
    count: int
    basis: str


def waiting_times(facts: Facts) -> pl.DataFrame:
    """Return the time from each early stage of each plan to its review, in months.

    Columns: ``plan_id``, ``municipality_code``, ``plan_kind``, ``plan_stage``, ``months`` and
    ``happened``: false where review has not come by the measuring day (right-censored), or by the
    day that a plan of unknown state was last seen. Plans that were dropped are left out: they
    never come to review.
    """
    events = facts["plan_stage_event"].with_columns(days_of("stage_date").alias("day"))
    review = (
        events.filter(pl.col("plan_stage").is_in(_PAST_REVIEW))
        .group_by("plan_id")
        .agg(pl.col("day").min().alias("review"))
    )
    return (
        events.filter(pl.col("plan_stage").is_in(STAGES_BEFORE_REVIEW))
        .group_by("plan_id", "plan_stage")
        .agg(pl.col("day").min(), pl.col("stage_date").min())
        .join(review, on="plan_id", how="left")
        .join(
            facts["plan"].select(
                "plan_id", "municipality_code", "plan_kind", pl.col("plan_stage").alias("now"),
                pl.when("is_stale").then(days_of("status_per")).otherwise(pl.lit(facts.as_of))
                .alias("seen"),
            ),
            on="plan_id",
        )
        .filter(
            ~pl.col("now").is_in(STAGES_ENDED),
            pl.col("day") <= facts.as_of,
            # A plan known to be past review, but not when, would look like one still waiting.
            pl.col("review").is_not_null() | ~pl.col("now").is_in(_PAST_REVIEW),
        )
        .with_columns(
            ((pl.coalesce("review", "seen") - pl.col("day")).dt.total_days() / _MONTH)
            .alias("months"),
            pl.col("review").is_not_null().alias("happened"),
        )
        .filter(pl.col("months") >= 0)
        .select("plan_id", "municipality_code", "plan_kind", "plan_stage", "stage_date", "months",
                "happened")
        .sort("plan_id", "plan_stage")
    )  # fmt: skip


class WaitingRoom:
    """Curves by municipality, kind and stage, with the region's where a municipality has few."""

    def __init__(self, facts: Facts) -> None:
        self._region = facts.region_label
        self._names = dict(
            facts["municipality"].select("municipality_code", "municipality_name").iter_rows()
        )
        times = waiting_times(facts)
        self._since = {
            (plan, stage): (since, months)
            for plan, stage, since, months in times.select(
                "plan_id", "plan_stage", "stage_date", "months"
            ).iter_rows()
        }
        self._local = _curves(times, ["municipality_code", "plan_kind", "plan_stage"])
        self._whole = _curves(times, ["plan_kind", "plan_stage"])

    def wait(self, plan: str, municipality: str, kind: str, stage: str) -> Wait:
        """Return the expected wait of an open plan in its present stage.

        Five in Ekö came to samråd and three on to review, each after twelve months.

        >>> from pipelines.indicators.worked_example import worked_facts
        >>> WaitingRoom(worked_facts()).wait("dp-5", "9701", "dp", "samrad").basis
        '5 planer av slaget detaljplan i Ekö från skedet samråd'
        """
        since, waited = self._since.get((plan, stage), (None, None))
        local, whole = self._local.get((municipality, kind, stage)), self._whole.get((kind, stage))
        curve, place = local, self._names.get(municipality, municipality)
        if local is None or local.n < FEWEST:
            curve, place = whole, self._region
        if curve is None or curve.n < FEWEST:
            return Wait(since, None, None, None, None, curve.n if curve else 0,
                        "För få planer med dagar för skedet och granskningen")  # fmt: skip
        median, low, high = (_number(each) for each in curve.median())
        left = None if waited is None else _number(curve.left_after(waited))
        return Wait(since, median, low, high, left, curve.n, _basis(curve, place, kind, stage))


def _curves(times: pl.DataFrame, by: list[str]) -> dict[tuple[str, ...], Survival]:
    return {
        tuple(str(part) for part in key): kaplan_meier(
            rows["months"].to_numpy(), rows["happened"].to_numpy()
        )
        for key, rows in times.group_by(by)
    }


def _basis(curve: Survival, place: str, kind: str, stage: str) -> str:
    open_end = np.isnan(curve.median()[0])
    waiting = "; färre än hälften har nått granskning" if open_end else ""
    return (
        f"{curve.n} planer av slaget {PLAN_KIND.labels[kind].lower()} i {place} "
        f"från skedet {PLAN_STAGE.labels[stage].lower()}{waiting}"
    )


def _number(value: float) -> float | None:
    return None if np.isnan(value) else round(float(value), 1)
