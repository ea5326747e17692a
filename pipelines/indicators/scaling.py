"""From test to scaling up: how many, how long it takes and what stands in the way (2.5)."""

from __future__ import annotations

import numpy as np
import polars as pl

from pipelines.indicators import values
from pipelines.indicators.chosen_activities import chosen_activities
from pipelines.indicators.definition import Indicator
from pipelines.indicators.intervals import FEWEST
from pipelines.indicators.scope import EVERYTHING, Scope
from pipelines.indicators.survival import Survival, kaplan_meier
from pipelines.model.codes import THEME
from pipelines.model.derived_tables import SURVIVAL
from pipelines.model.market_codes import TESTING_KIND
from pipelines.model.measure_codes import BARRIER

SCALING = Indicator(
    id="2.5",
    label="Från test till uppskalning",
    question="Hur många tester skalas upp, hur lång tid tar det och vad hindrar?",
    unit="andel",
    formula="Påbörjade tester som skalats upp, delat med påbörjade. Mediantiden från start till "
    "uppskalning skattas med Kaplan–Meier, där tester som inte skalats upp följs till mätdagen. "
    "Hinder räknas per slag bland tester som nämner något hinder.",
    needs="Kolumnerna Fas, Startår, Uppskalat år och Hinder i registret testverksamhet.",
    interval="Kaplan–Meier",
    goals=(2,),
    actions=("2.4",),
    caveats=(
        "Ett test som avslutats utan uppskalning räknas som ännu inte uppskalat till mätdagen, "
        "annars skulle andelen överskattas.",
        "Tester som lyckats är oftare kartlagda än andra.",
    ),
)
DEFINITIONS = (SCALING,)


def compute(scope: Scope) -> pl.DataFrame:
    """Compute share and barriers for all units, the median time for the whole."""
    return pl.concat([scaled_share(scope), median_years(scope), barriers(scope)])


def scaled_share(scope: Scope) -> pl.DataFrame:
    """2.5, share: started activities that have scaled up.

    >>> from pipelines.indicators.worked_example import told, worked_scope
    >>> told(scaled_share(worked_scope()))
    andel: 0.29 (0.08–0.64) n=7/7
    """
    rows = _started(scope)
    hits, n = scope.tally(rows, "has_scaled", "row")
    part = (("andel", "Andel uppskalade"),)
    return values.rows(SCALING, scope.units, part, values.share(hits, n, n))


def median_years(scope: Scope) -> pl.DataFrame:
    """2.5, time: median years to scaling up, for all and by kind and theme.

    Two of seven have scaled up, so the curve has not come down to one half.

    >>> from pipelines.indicators.worked_example import told, worked_scope
    >>> told(median_years(worked_scope()).filter(pl.col("part") == "median:alla"))
    median:alla: – n=7/7 Hälften har inte nått dit ännu, av 7.
    """
    curves = survival_curves(scope)
    started = _started(scope).height
    n = np.array([[float(curve.n) for _, _, curve in curves]])
    middle = np.array([curve.median() for _, _, curve in curves]).T[:, None, :]
    reached = np.array([[float(curve.reached) for _, _, curve in curves]])
    absence = np.where(np.isnan(middle[0]), values.NOT_REACHED, values.PRESENT)
    # Scaled up without a year: the time exists but nobody has stated it.
    unknown = (reached == 0) & (_started(scope)["has_scaled"].sum() > 0)
    absence = np.where(unknown, values.NOT_REPORTED, absence)
    absence = np.where(n < FEWEST, np.where(n > 0, values.TOO_FEW, values.NONE_KNOWN), absence)
    present = absence == values.PRESENT
    value, low, high = (np.where(present, each, np.nan) for each in middle)
    cells = values.Cells(
        value,
        reached,
        n,
        np.full(n.shape, float(started)),
        absence,
        # A limit that the curve does not reach has no number: the interval is open at that end.
        low,
        high,
    )
    parts = [(f"median:{group}", f"Median, {label}") for group, label, _ in curves]
    return values.rows(SCALING, scope.units[:1], parts, cells, unit="år")


def barriers(scope: Scope) -> pl.DataFrame:
    """2.5, barriers: number of activities that name each kind of barrier.

    >>> from pipelines.indicators.worked_example import told, worked_scope
    >>> told(barriers(worked_scope()).head(2))
    hinder:finance: 2.00 n=3/7
    hinder:rules: 1.00 n=3/7
    """
    rows = chosen_activities(scope).with_columns(
        (pl.col("barriers").list.len() > 0).fill_null(value=False).alias("names_any"),
        pl.lit(value=True).alias("row"),
    )
    named = (
        rows.explode("barriers")
        .drop_nulls("barriers")
        .with_columns(barrier_kind(pl.col("barriers")).alias("kind"))
        .unique(["activity_id", "kind"])
    )
    found = scope.tally(named, "row", part="kind", parts=BARRIER.values)[0]
    n, known = scope.tally(rows, "names_any", "row")
    width = len(BARRIER.values)
    parts = [(f"hinder:{code}", label) for code, label in BARRIER.labels.items()]
    cells = values.amount(found, np.repeat(n, width, axis=1), np.repeat(known, width, axis=1))
    return values.rows(SCALING, scope.units, parts, cells, unit="antal")


def barrier_kind(text: pl.Expr) -> pl.Expr:
    """Tell the kind of a barrier from its words; the first kind with one in the text is chosen.

    >>> pl.select(barrier_kind(pl.lit("Oklart vem som äger nätet"))).item()
    'responsibility'
    """
    chosen = pl.lit("other")
    for code in reversed(BARRIER.codes):
        if code.synonyms:
            hit = text.str.to_lowercase().str.contains("|".join(code.synonyms))
            chosen = pl.when(hit).then(pl.lit(code.code)).otherwise(chosen)
    return chosen


def survival_curves(scope: Scope) -> list[tuple[str, str, Survival]]:
    """Return (group, label, curve) for all activities, each kind and each theme."""
    rows = _timed(scope)
    groups = [(*EVERYTHING[0], rows)]
    groups += [
        (f"slag:{code}", label, rows.filter(pl.col("testing_kind") == code))
        for code, label in TESTING_KIND.labels.items()
    ]
    groups += [
        (f"tema:{code}", label, rows.filter(pl.col("themes").list.contains(code)))
        for code, label in THEME.labels.items()
    ]
    return [
        (group, label, kaplan_meier(each["years"].to_numpy(), each["event"].to_numpy()))
        for group, label, each in groups
    ]


def survival_table(scope: Scope) -> pl.DataFrame:
    """Return the table ``survival``: the share that has scaled up after each time, by group.

    Groups of fewer than five are left out; the first row of each is the start, nobody yet, and
    the last the longest time that anyone has been followed.
    """
    frames = [
        _steps(group, label, curve)
        for group, label, curve in survival_curves(scope)
        if curve.n >= FEWEST
    ]
    empty = pl.DataFrame(schema=pl.Schema(SURVIVAL.polars_schema))
    return (
        pl.concat([empty, *frames])
        .with_columns(pl.col("low", "high").fill_nan(None))
        .unique(["survival_group", "time_years"], keep="last", maintain_order=True)
        .select(*SURVIVAL.polars_schema)
    )


def _steps(group: str, label: str, curve: Survival) -> pl.DataFrame:
    """The curve of one group from the start, through each step, to the longest time followed."""
    goes_on = not curve.times.size or curve.longest > curve.times[-1]
    # The band of those who are there is the other band upside down.
    rows = {
        "time_years": curve.times,
        "share_scaled": 1 - curve.left,
        "low": 1 - curve.high,
        "high": 1 - curve.low,
        "at_risk": curve.at_risk,
        "events": curve.events,
    }
    start = {"time_years": 0.0, "share_scaled": 0.0, "low": np.nan, "high": np.nan,
             "at_risk": curve.n, "events": 0}  # fmt: skip
    with_start = {name: np.concatenate([[start[name]], each]) for name, each in rows.items()}
    end = {name: each[-1] for name, each in with_start.items()}
    end |= {"time_years": curve.longest, "at_risk": curve.followed, "events": 0}
    last = {name: [value] if goes_on else [] for name, value in end.items()}
    return pl.DataFrame(
        {"survival_group": group, "group_label": label}
        | {name: np.concatenate([each, last[name]]) for name, each in with_start.items()}
    ).with_columns(pl.col("at_risk", "events").cast(pl.Int64))


def _started(scope: Scope) -> pl.DataFrame:
    scaled = (pl.col("testing_phase") == "uppskalning") | pl.col("scaled_year").is_not_null()
    return (
        chosen_activities(scope)
        .filter(pl.col("testing_phase") != "ide")
        .with_columns(scaled.alias("has_scaled"), pl.lit(value=True).alias("row"))
    )


def _timed(scope: Scope) -> pl.DataFrame:
    """Started activities with a time: years to scaling up, or to the measuring day without it."""
    now = scope.facts.as_of.year
    return (
        _started(scope)
        .filter(
            pl.col("start_year") <= now,
            ~pl.col("has_scaled") | pl.col("scaled_year").is_not_null(),
        )
        .with_columns(
            pl.col("scaled_year").is_not_null().alias("event"),
            (pl.coalesce("scaled_year", pl.lit(now)) - pl.col("start_year"))
            .clip(lower_bound=0)
            .cast(pl.Float64)
            .alias("years"),
        )
    )
