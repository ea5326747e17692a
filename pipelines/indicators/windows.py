"""Plans and allocations that can still be influenced, how long, and what they lack (1.8)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl

from pipelines.indicators import values
from pipelines.indicators.definition import Indicator
from pipelines.indicators.facts import Facts, days_of
from pipelines.indicators.scaling import Survival, kaplan_meier
from pipelines.indicators.scope import READ, TYPES, UNKNOWN_STATE, Scope
from pipelines.indicators.values import FEWEST, Values, counted
from pipelines.model.codes import (
    OBJECT_TYPE,
    PLAN_KIND,
    PLAN_STAGE,
    STAGES_BEFORE_REVIEW,
    STAGES_ENDED,
    THEME,
)
from pipelines.model.tables import OPEN_WINDOW

WINDOWS = Indicator(
    id="1.8",
    label="Öppna tidsfönster",
    question="Vilka handlingar kan ännu påverkas och saknar innovation?",
    unit="antal",
    formula="Lästa planer före granskning och markanvisningar före beslut, utan belägg. Delmåttet "
    "öppna räknar alla kända som ännu kan påverkas, lästa eller inte; okänt läge dem vars skede "
    "eller läge har passerat sin hållbarhet eller saknar datum, så att ingen vet.",
    needs="Planer med skede och markanvisningar med läge; för belägg krävs lästa handlingar.",
    direction="none",
    goals=(1,),
    actions=("1.2",),
    caveats=("Skedet gäller per källans datum.", "En oläst handling räknas inte som tom."),
)
DEFINITIONS = (WINDOWS,)
_MOST_THEMES = 5
_ENOUGH = 2
"""A theme is usual when this many of the similar municipalities have it."""
_MONTH = 365.25 / 12
_PAST_REVIEW = ("granskning", "infor_antagande", "antagen", "overklagad", "laga_kraft")


def compute(scope: Scope) -> Values:
    """Compute the family for the whole and each municipality, by object type."""
    return windows(scope)


def windows(scope: Scope) -> Values:
    """1.8: number of open objects that are read and hold no passage, and of all open ones.

    Three of Ekö's detailed plans are open, two of them read, one of those without innovation.

    >>> from pipelines.indicators.worked_example import told, worked_scope
    >>> told(windows(worked_scope()), parts="(oppna:)?(dp|ma)")
    dp: 1.00 n=2/3
    ma: – n=0/1 Ej insamlat: 1 kända, inga lästa.
    oppna:dp: 3.00 n=6/6
    oppna:ma: 1.00 n=2/2
    """
    empty = """SELECT municipality_code, object_type AS part,
                      count(*) FILTER (is_read AND hits = 0) AS value,
                      count(*) FILTER (is_read) AS n, count(*) AS known
               FROM chosen_object WHERE is_known AND is_open GROUP BY ALL"""
    every = """SELECT municipality_code, $part || ':' || object_type AS part,
                      count(*) FILTER (CASE $part WHEN 'oppna' THEN is_open ELSE is_unknown END)
                          AS value, count(*) AS n, count(*) AS known
               FROM chosen_object WHERE is_known GROUP BY ALL"""
    (known,) = scope.table(empty, [kind for kind, _ in TYPES], "known")
    unread = np.where(known > 0, values.unread(scope), values.NONE_KNOWN)
    unsure = UNKNOWN_STATE[0][0]
    is_open = [(f"oppna:{kind}", f"{label}, alla öppna") for kind, label in TYPES]
    unknown = [(f"{unsure}:{kind}", f"{label}, okänt läge") for kind, label in TYPES]
    return [
        *counted(scope, WINDOWS, TYPES, empty, unread),
        *counted(scope, WINDOWS, is_open, every, part="oppna"),
        *counted(scope, WINDOWS, unknown, every, part=unsure),
    ]


def open_windows(scope: Scope) -> pl.DataFrame:
    """Return the table ``open_window``: each open object, how long it stays so, what it lacks.

    >>> from pipelines.indicators.worked_example import worked_scope
    >>> open_windows(worked_scope()).select("object_id", "months_median", "durations").rows()
    [('dp-2', 12.0, 5), ('dp-5', 12.0, 5), ('dp-6', None, 1), ('ma-2', None, 0)]
    """
    objects = scope.sql(
        """SELECT o.*, plan_kind, bits.themes_found FROM planning_object o
           JOIN chosen_object bits USING (object_id) LEFT JOIN plan ON plan_id = object_id
           WHERE bits.is_known AND bits.is_open ORDER BY object_id"""
    )
    room, usual = WaitingRoom(scope.facts), _UsualThemes(scope)
    rows: list[dict[str, object]] = []
    for row in objects.iter_rows(named=True):
        wait = _NO_WAIT
        if row["plan_kind"] is not None:
            wait = room.wait(
                row["object_id"], row["municipality_code"], row["plan_kind"], row["object_stage"]
            )
        lacks, basis = usual.lacking(row)
        rows.append(
            {
                **{name: row[name] for name in OPEN_WINDOW.computed if name in row},
                "since": wait.since,
                "months_median": wait.median,
                "months_low": wait.low,
                "months_high": wait.high,
                "months_left": wait.left,
                "durations": wait.count,
                "basis": wait.basis,
                "lacks": lacks,
                "lacks_basis": basis,
            }
        )
    return pl.DataFrame(rows, schema=pl.Schema(OPEN_WINDOW.polars_schema))


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


_NO_WAIT = Wait(None, None, None, None, None, 0, "Registret har inga daterade steg")


class _UsualThemes:
    """Themes by municipality and object type in what is read, to compare open objects with."""

    def __init__(self, scope: Scope) -> None:
        self._names = dict(
            scope.facts["municipality"].select("municipality_code", "municipality_name").iter_rows()
        )
        self._alike: dict[str, list[str]] = {}
        alike = scope.facts.similar.select("municipality_code", "similar_code")
        for code, other in alike.iter_rows():
            self._alike.setdefault(code, []).append(other)
        found = scope.sql(
            """SELECT municipality_code, object_type, bit_or(themes_found) FROM chosen_object
               WHERE is_read GROUP BY ALL"""
        )
        self._themes = {(code, kind): themes for code, kind, themes in found.iter_rows()}

    def lacking(self, row: dict[str, Any]) -> tuple[list[str], str]:
        """Return themes that similar municipalities have and this object has not, and why."""
        kind = row["object_type"]
        label = OBJECT_TYPE.labels[kind].lower()
        alike = [
            code for code in self._alike.get(row["municipality_code"], [])
            if (code, kind) in self._themes
        ]  # fmt: skip
        if not alike:
            return [], f"Ingen {label} är läst i liknande kommuner"
        holders = [
            sum(self._themes[code, kind] >> place & 1 for code in alike)
            for place in range(len(THEME.values))
        ]
        usual = [
            place
            for place in sorted(range(len(THEME.values)), key=lambda each: (-holders[each], each))
            if holders[place] >= min(_ENOUGH, len(alike))
        ]
        own = row["themes_found"]
        lacks = [THEME.values[place] for place in usual if not own >> place & 1][:_MOST_THEMES]
        names = ", ".join(self._names[code] for code in alike)
        basis = f"{label.capitalize()} i liknande kommuner: {names}"
        if row["coverage"] not in READ:
            basis += "; handlingen är inte läst, så temana kan finnas i den"
        return lacks, basis


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
