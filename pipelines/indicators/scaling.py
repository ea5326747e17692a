"""From test to scaling up: how many, how long it takes and what stands in the way (2.5)."""

from __future__ import annotations

import numpy as np
import polars as pl

from pipelines.indicators import values
from pipelines.indicators.chosen_activities import started
from pipelines.indicators.definition import Indicator
from pipelines.indicators.fact_arrays import NO_YEAR, Bools
from pipelines.indicators.intervals import FEWEST
from pipelines.indicators.scope import EVERYTHING, Scope
from pipelines.indicators.survival import Survival, kaplan_meier
from pipelines.indicators.values import Floats, Values
from pipelines.model.codes import BARRIER, TESTING_KIND, TESTING_PHASE, THEME
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
_SCALED = TESTING_PHASE.values.index("uppskalning")


def compute(scope: Scope) -> Values:
    """Compute share and barriers for all units, the median time for the whole."""
    return scaled_share(scope) + median_years(scope) + barriers(scope)


def scaled_share(scope: Scope) -> Values:
    """2.5, share: started activities that have scaled up.

    >>> from pipelines.indicators.worked_example import told, worked_scope
    >>> told(scaled_share(worked_scope()))
    andel: 0.29 (0.08–0.64) n=7/7
    """
    rows, own = scope.index.activities, started(scope)
    hits, n = (scope.tally(rows.place, each) for each in (own & _has_scaled(scope), own))
    part = (("andel", "Andel uppskalade"),)
    return values.rows(SCALING, scope.units, part, values.share(hits, n, n))


def median_years(scope: Scope) -> Values:
    """2.5, time: median years to scaling up, for all and by kind and theme.

    Two of seven have scaled up, so the curve has not come down to one half.

    >>> from pipelines.indicators.worked_example import told, worked_scope
    >>> told(median_years(worked_scope()), parts="median:alla")
    median:alla: – n=7/7 Hälften har inte nått dit ännu, av 7.
    """
    curves = scope.once(survival_curves)
    own = started(scope)
    n = np.array([[float(curve.n) for _, _, curve in curves]])
    middle = np.array([curve.median() for _, _, curve in curves]).T[:, None, :]
    reached = np.array([[float(curve.reached) for _, _, curve in curves]])
    absence = np.where(np.isnan(middle[0]), values.NOT_REACHED, values.PRESENT)
    # Scaled up without a year: the time exists but nobody has stated it.
    unknown = (reached == 0) & bool((own & _has_scaled(scope)).any())
    absence = np.where(unknown, values.NOT_REPORTED, absence)
    absence = np.where(n < FEWEST, np.where(n > 0, values.TOO_FEW, values.NONE_KNOWN), absence)
    present = absence == values.PRESENT
    value, low, high = (np.where(present, each, np.nan) for each in middle)
    cells = values.Cells(
        value,
        reached,
        n,
        np.full(n.shape, float(own.sum())),
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
    rows, own = scope.index.activities, scope.activities
    kinds = [own & (rows.barriers >> kind & 1 > 0) for kind in range(len(BARRIER.values))]
    found = np.hstack([scope.tally(rows.place, each) for each in kinds])
    n, known = (scope.tally(rows.place, each) for each in (own & (rows.barriers > 0), own))
    width = len(kinds)
    parts = [(f"hinder:{code}", label) for code, label in BARRIER.labels.items()]
    cells = values.amount(found, np.repeat(n, width, axis=1), np.repeat(known, width, axis=1))
    return values.rows(SCALING, scope.units, parts, cells, unit="antal")


def survival_curves(scope: Scope) -> list[tuple[str, str, Survival]]:
    """Return (group, label, curve) for all activities, each kind and each theme.

    A started activity is followed from its start to scaling up, else to the measuring day, or to
    the year it was last seen where its state is unknown.
    """
    rows, now = scope.index.activities, scope.facts.as_of.year
    event = rows.scaled != NO_YEAR
    timed = started(scope) & (rows.start != NO_YEAR) & (rows.start <= now)
    timed &= event | ~_has_scaled(scope)
    years = np.maximum(np.where(event, rows.scaled, rows.last_seen(now)) - rows.start, 0).astype(
        np.float64
    )
    groups = [(*EVERYTHING[0], timed)]
    groups += [
        (f"slag:{code}", label, timed & (rows.kind == kind))
        for kind, (code, label) in enumerate(TESTING_KIND.labels.items())
    ]
    groups += [
        (f"tema:{code}", label, timed & (rows.themes >> theme & 1 > 0))
        for theme, (code, label) in enumerate(THEME.labels.items())
    ]
    return [(group, label, kaplan_meier(years[own], event[own])) for group, label, own in groups]


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


def _has_scaled(scope: Scope) -> Bools:
    rows = scope.index.activities
    scaled: Bools = (rows.phase == _SCALED) | (rows.scaled != NO_YEAR)
    return scaled
