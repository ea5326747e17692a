"""From test to scaling up: how many, how long it takes and what stands in the way (2.5).

Time to an event when some have not got there yet is estimated by Kaplan–Meier, by SciPy: Kaplan and
Meier (1958), JASA 53, 457–481; limits on the log-log scale (Kalbfleisch and Prentice 1980), which
keep within 0 and 1; the median's interval is where the limits cross one half (Brookmeyer and
Crowley 1982, Biometrics 38, 29–41).
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl
from scipy.stats import CensoredData, ecdf

from pipelines.indicators import values
from pipelines.indicators.definition import Indicator
from pipelines.indicators.scope import EVERYTHING, Scope
from pipelines.indicators.values import FEWEST, Floats, Values, shared
from pipelines.model.codes import BARRIER, TESTING_KIND, THEME
from pipelines.model.tables import SURVIVAL

SCALING = Indicator(
    id="2.5",
    label="Från test till uppskalning",
    question="Hur många tester skalas upp, hur lång tid tar det och vad hindrar?",
    unit="andel",
    formula="Påbörjade tester som skalats upp, delat med påbörjade. Mediantiden från start till "
    "uppskalning skattas med Kaplan–Meier, där tester som inte skalats upp följs till mätdagen, "
    "och de vars läge är okänt till det år de senast sågs. "
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


def compute(scope: Scope) -> Values:
    """Compute share and barriers for all units, the median time for the whole."""
    return scaled_share(scope) + median_years(scope) + barriers(scope)


_HAS_SCALED = "coalesce(testing_phase = 'uppskalning', false) OR scaled_year IS NOT NULL"


def scaled_share(scope: Scope) -> Values:
    """2.5, share: started activities that have scaled up.

    >>> from pipelines.indicators.worked_example import told, worked_scope
    >>> told(scaled_share(worked_scope()))
    andel: 0.29 (0.08–0.64) n=7/7
    """
    query = f"""SELECT municipality_code, 'andel' AS part,
                       count(*) FILTER ({_HAS_SCALED}) AS hits, count(*) AS n, count(*) AS known
                FROM chosen_activity WHERE is_started GROUP BY ALL"""
    return shared(scope, SCALING, (("andel", "Andel uppskalade"),), query)


def median_years(scope: Scope) -> Values:
    """2.5, time: median years to scaling up, for all and by kind and theme.

    Two of seven have scaled up, so the curve has not come down to one half.

    >>> from pipelines.indicators.worked_example import told, worked_scope
    >>> told(median_years(worked_scope()), parts="median:alla")
    median:alla: – n=7/7 Hälften har inte nått dit ännu, av 7.
    """
    curves, started = scope.once(survival_curves), scope.once(_started)
    n = np.array([[float(curve.n) for _, _, curve in curves]])
    middle = np.array([curve.median() for _, _, curve in curves]).T[:, None, :]
    reached = np.array([[float(curve.reached) for _, _, curve in curves]])
    absence = np.where(np.isnan(middle[0]), values.NOT_REACHED, values.PRESENT)
    # Scaled up without a year: the time exists but nobody has stated it.
    unknown = (reached == 0) & started["has_scaled"].any()
    absence = np.where(unknown, values.NOT_REPORTED, absence)
    absence = np.where(n < FEWEST, np.where(n > 0, values.TOO_FEW, values.NONE_KNOWN), absence)
    present = absence == values.PRESENT
    value, low, high = (np.where(present, each, np.nan) for each in middle)
    cells = values.Cells(
        value,
        reached,
        n,
        np.full(n.shape, float(started.height)),
        absence,
        # A limit that the curve does not reach has no number: the interval is open at that end.
        low,
        high,
    )
    parts = [(f"median:{group}", f"Median, {label}") for group, label, _ in curves]
    return values.rows(SCALING, scope.whole, parts, cells, unit="år")


def barriers(scope: Scope) -> Values:
    """2.5, barriers: number of activities that name each kind of barrier.

    >>> from pipelines.indicators.worked_example import told, worked_scope
    >>> told(barriers(worked_scope()), parts="hinder:(finance|rules)")
    hinder:finance: 2.00 n=3/7
    hinder:rules: 1.00 n=3/7
    """
    kinds = pl.col("barriers").list.eval(barrier_kind(pl.element())).list.unique()
    named = scope.sql("SELECT municipality_code, barriers FROM chosen_activity").with_columns(
        pl.lit("alla").alias("part"), kinds.fill_null([]).alias("barrier"), pl.lit(1).alias("known")
    )
    n, known = scope.laid(
        named.with_columns((pl.col("barrier").list.len() > 0).cast(pl.Int64).alias("n")),
        ("alla",), "n", "known",
    )  # fmt: skip
    each = named.explode("barrier").drop_nulls("barrier")
    (found,) = scope.laid(each.with_columns(part=pl.col("barrier")), BARRIER.values, "known")
    parts = [(f"hinder:{code}", label) for code, label in BARRIER.labels.items()]
    width = len(parts)
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


def _started(scope: Scope) -> pl.DataFrame:
    """Started activities with the years from their start to scaling up, or to now without.

    ``years`` is null where the time is not known: without a start, or scaled up nobody says when.
    """
    now = scope.facts.as_of.year
    return scope.sql(
        f"""SELECT testing_kind, coalesce(themes, []) AS themes, {_HAS_SCALED} AS has_scaled,
                   scaled_year IS NOT NULL AS happened,
                   CASE WHEN start_year <= {now}
                             AND (scaled_year IS NOT NULL OR NOT ({_HAS_SCALED}))
                        THEN greatest(coalesce(scaled_year, last_seen) - start_year, 0)
                   END::DOUBLE AS years
            FROM chosen_activity WHERE is_started"""
    )


def survival_curves(scope: Scope) -> list[tuple[str, str, Survival]]:
    """Return (group, label, curve) for all activities, each kind and each theme.

    A started activity is followed from its start to scaling up, else to the measuring day, or to
    the year it was last seen where its state is unknown.
    """
    timed = scope.once(_started).drop_nulls("years")
    groups = [(*EVERYTHING[0], pl.lit(value=True))]
    groups += [
        (f"slag:{code}", label, pl.col("testing_kind") == code)
        for code, label in TESTING_KIND.labels.items()
    ]
    groups += [
        (f"tema:{code}", label, pl.col("themes").list.contains(code))
        for code, label in THEME.labels.items()
    ]
    chosen = [(group, label, timed.filter(own)) for group, label, own in groups]
    return [
        (group, label, kaplan_meier(own["years"].to_numpy(), own["happened"].to_numpy()))
        for group, label, own in chosen
    ]


def survival_table(scope: Scope) -> pl.DataFrame:
    """Return the table ``survival``: the share that has scaled up after each time, by group.

    Groups of fewer than five are left out; the first row of each is the start, nobody yet, and
    the last the longest time that anyone has been followed.
    """
    curves = [each for each in scope.once(survival_curves) if each[2].n >= FEWEST]
    steps = [_steps(curve) for _, _, curve in curves]
    if not steps:
        return pl.DataFrame(schema=pl.Schema(SURVIVAL.polars_schema))
    sizes = [each["time_years"].size for each in steps]
    columns = {name: np.concatenate([each[name] for each in steps]) for name in steps[0]}
    return (
        pl.DataFrame(
            {
                "survival_group": np.repeat([group for group, _, _ in curves], sizes),
                "group_label": np.repeat([label for _, label, _ in curves], sizes),
            }
            | columns,
            nan_to_null=True,
        )
        .unique(["survival_group", "time_years"], keep="last", maintain_order=True)
        .cast(pl.Schema(SURVIVAL.polars_schema))
    )


def _steps(curve: Survival) -> dict[str, Floats]:
    """A curve's columns from the start, through each step, to the longest time followed."""
    # The band of those who are there is the other band upside down.
    found = {
        "time_years": np.append(0.0, curve.times),
        "share_scaled": np.append(0.0, 1 - curve.left),
        "low": np.append(np.nan, 1 - curve.high),
        "high": np.append(np.nan, 1 - curve.low),
        "at_risk": np.append(curve.n, curve.at_risk),
        "events": np.append(0.0, curve.events),
    }
    if curve.times.size and curve.longest <= curve.times[-1]:
        return found
    end = {name: each[-1] for name, each in found.items()}
    end |= {"time_years": curve.longest, "at_risk": curve.followed, "events": 0}
    return {name: np.append(each, end[name]) for name, each in found.items()}


@dataclass(frozen=True)
class Survival:
    """The curve of those not yet there, a step at each event time.

    ``low`` and ``high`` are its 95 % limits (NaN where they do not exist), ``events`` and
    ``at_risk`` the numbers at each time, ``n`` all observed, ``reached`` those with the event,
    ``longest`` the longest time that anyone has been followed and ``followed`` how many were.
    """

    times: Floats
    left: Floats
    low: Floats
    high: Floats
    events: Floats
    at_risk: Floats
    n: int
    reached: int
    longest: float
    followed: int

    def median(self) -> tuple[float, float, float]:
        """Return the time by which half are there, with its interval; NaN where not reached."""
        return (
            _crossing(self.times, self.left, 0.5),
            _crossing(self.times, self.low, 0.5),
            _crossing(self.times, self.high, 0.5),
        )

    def left_after(self, elapsed: float) -> float:
        """Return the median time that is left for one that has waited ``elapsed`` already.

        NaN where the curve does not come down to half of those still waiting.
        """
        passed = self.times <= elapsed
        now = float(self.left[passed][-1]) if passed.any() else 1.0
        return _crossing(self.times, self.left, now / 2) - elapsed if now > 0 else np.nan


def kaplan_meier(durations: npt.ArrayLike, happened: npt.ArrayLike) -> Survival:
    """Estimate the curve from durations and whether the event had happened by then.

    Args:
        durations: time to the event, or to the last time known without it (right-censored).
        happened: true where the event came.

    Five tests: two scaled up after 2 and 4 years, three still running after 1, 3 and 5.

    >>> curve = kaplan_meier([2, 4, 1, 3, 5], [True, True, False, False, False])
    >>> curve.times.tolist(), curve.left.round(3).tolist(), curve.at_risk.tolist()
    ([2.0, 4.0], [0.75, 0.375], [4.0, 2.0])
    >>> curve.median()[0]
    4.0
    """
    time, event = np.asarray(durations, np.float64), np.asarray(happened, np.bool_)
    longest = float(time.max(initial=0.0))
    followed = int((time == longest).sum())
    if not event.any():
        none = np.zeros(0)
        return Survival(none, none, none, none, none, none, time.size, 0, longest, followed)
    curve = ecdf(CensoredData(uncensored=time[event], right=time[~event])).sf
    steps = np.isin(curve.quantiles, time[event])
    with warnings.catch_warnings():
        # Where all or none are left the log-log limits do not exist; they come out as NaN.
        warnings.simplefilter("ignore", RuntimeWarning)
        limits = curve.confidence_interval(method="log-log")
    at = curve.quantiles[steps]
    return Survival(
        times=at,
        left=curve.probabilities[steps],
        low=limits.low.probabilities[steps],
        high=limits.high.probabilities[steps],
        events=np.array([np.sum(event & (time == t)) for t in at], np.float64),
        at_risk=np.array([np.sum(time >= t) for t in at], np.float64),
        n=int(time.size),
        reached=int(event.sum()),
        longest=longest,
        followed=followed,
    )


def _crossing(times: Floats, curve: Floats, height: float) -> float:
    """The first time at which a falling curve is at or below a height; NaN where it never is."""
    below = np.flatnonzero(curve <= height + 1e-12)
    return float(times[below[0]]) if below.size else np.nan
