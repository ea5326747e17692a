"""Testing: how much goes on, on what, where and how to find it (2.1, 2.2, 2.4); with 2.3."""

from __future__ import annotations

import numpy as np
import polars as pl

from pipelines.indicators import values
from pipelines.indicators.chosen_activities import answered_share, chosen_activities
from pipelines.indicators.definition import Indicator
from pipelines.indicators.facts import CORE
from pipelines.indicators.openness import OPENNESS, openness
from pipelines.indicators.scope import EVERYTHING, Scope
from pipelines.model.codes import THEME
from pipelines.model.market_codes import TESTING_PHASE

_MAPPED = "Kartlagd testverksamhet (registret testverksamhet)."
_FIRST_YEAR = 2015

ACTIVE = Indicator(
    id="2.1",
    label="Pågående testverksamhet",
    question="Hur många tester pågår, på vilka teman och i vilken fas?",
    unit="antal",
    formula="Testverksamheter i fasen test, demonstration eller uppskalning; per fas räknas alla "
    "faser, per år de som pågick eller började då, utan idéer.",
    needs=_MAPPED,
    goals=(2,),
    actions=("2.1",),
    caveats=(
        "Bara kartlagda verksamheter räknas; en kommun utan rader är inte kartlagd.",
        "År kräver startår; antalet med känt startår står bredvid.",
    ),
)
PUBLISHED = Indicator(
    id="2.2",
    label="Kartlagda och tillgängliga tester",
    question="Hur många tester går att hitta och kontakta?",
    unit="andel",
    formula="Pågående tester med publik adress, kontakt och villkor, delat med dem där uppgiften "
    "är känd.",
    needs="Kolumnen Kontaktväg finns i registret testverksamhet.",
    interval="Wilson",
    goals=(2,),
    actions=("2.1", "2.2"),
)
CORES = Indicator(
    id="2.4",
    label="Stadskärnor som testbäddar",
    question="Hur många teman testas i stadskärnan?",
    unit="av 11",
    formula="Antal teman med minst en pågående test i stadskärnan.",
    needs="Kolumnen Stadskärna-id i registret testverksamhet.",
    goals=(2,),
    actions=("2.3",),
)
DEFINITIONS = (ACTIVE, PUBLISHED, OPENNESS, CORES)


def compute(scope: Scope) -> pl.DataFrame:
    """Compute the family: 2.1–2.3 for the whole and municipalities, 2.1 and 2.4 for cores."""
    return pl.concat([measure(scope) for measure in (active, published, openness, cores)])


def active(scope: Scope) -> pl.DataFrame:
    """2.1: number of running activities, and by theme, phase and year.

    >>> from pipelines.indicators.worked_example import told, worked_scope
    >>> found = active(worked_scope())
    >>> some = ["alla", "tema:energi", "fas:test", "ar:2018", "start:2018"]
    >>> told(found.filter(pl.col("part").is_in(some)))
    alla: 6.00 n=7/7
    tema:energi: 4.00 n=7/7
    fas:test: 3.00 n=7/7
    ar:2018: 3.00 n=7/7
    start:2018: 1.00 n=7/7
    """
    rows = chosen_activities(scope).with_columns(pl.lit(value=True).alias("row"))
    running, mapped = scope.tally(rows, "is_running", "row")
    by_theme = scope.tally(rows.explode("themes"), "is_running", part="themes", parts=THEME.values)[
        0
    ]
    by_phase = scope.tally(rows, "row", part="testing_phase", parts=TESTING_PHASE.values)[0]
    years = [str(year) for year in range(_FIRST_YEAR, max(scope.facts.as_of.year, _FIRST_YEAR) + 1)]
    begun = rows.filter(pl.col("testing_phase") != "ide").with_columns(
        pl.col("start_year").is_not_null().alias("dated"),
        pl.col("start_year").cast(pl.String).alias("start"),
    )
    dated = begun.filter("dated")
    by_year = scope.tally(_run_years(dated, scope.facts.as_of.year), "row", part="run", parts=years)
    by_start = scope.tally(dated, "row", part="start", parts=years)
    known_start, known_begun = scope.tally(begun, "dated", "row")
    found = np.hstack([running, by_theme, by_phase, by_year[0], by_start[0]])
    parts = (
        *EVERYTHING,
        *((f"tema:{code}", label) for code, label in THEME.labels.items()),
        *((f"fas:{code}", label) for code, label in TESTING_PHASE.labels.items()),
        *((f"ar:{year}", year) for year in years),
        *((f"start:{year}", f"{year}, påbörjade") for year in years),
    )
    of_years = 2 * len(years)
    known = np.repeat(mapped, found.shape[1], axis=1)
    known[:, -of_years:] = known_begun
    n = known.copy()
    n[:, -of_years:] = known_start
    cells = values.amount(found, n, known)
    return pl.concat(
        [values.rows(ACTIVE, scope.units, parts, cells), _active_in_cores(scope, rows)]
    )


def published(scope: Scope) -> pl.DataFrame:
    """2.2: share of running activities that can be found and contacted, of those that say.

    Five of Ekö's six running tests answer, four of them yes.

    >>> from pipelines.indicators.worked_example import told, worked_scope
    >>> told(published(worked_scope()))
    alla: 0.80 (0.38–0.96) n=5/6
    """
    running = chosen_activities(scope).filter("is_running")
    cells = answered_share(scope, running, "contact_published")
    return values.rows(PUBLISHED, scope.units, EVERYTHING, cells)


def cores(scope: Scope) -> pl.DataFrame:
    """2.4: number of themes with a running test, for each core.

    >>> from pipelines.indicators.worked_example import told, worked_scope
    >>> told(cores(worked_scope()), "eko-c")
    alla: 3.00 n=6/7
    """
    rows = chosen_activities(scope)
    counted = rows.group_by("core_id").agg(
        pl.col("is_running").sum().alias("running"),
        pl.len().alias("known"),
        pl.col("themes").filter("is_running").explode().drop_nulls().n_unique().alias("themes"),
    )
    found = _cores(scope).join(counted, left_on="unit_id", right_on="core_id", how="left")
    numbers = [
        found[name].fill_null(0).to_numpy().astype(float)[:, None]
        for name in ("themes", "running", "known")
    ]
    return values.rows(CORES, _cores(scope), EVERYTHING, values.amount(*numbers))


def _cores(scope: Scope) -> pl.DataFrame:
    wanted = scope.facts["regional_core"]
    if scope.selection.is_place:
        wanted = wanted.filter(
            pl.col("municipality_codes").list.eval(pl.element().is_in(scope.codes_here)).list.any()
        )
    if scope.selection.cores:
        wanted = wanted.filter(pl.col("core_id").is_in(scope.selection.cores))
    return wanted.select(
        pl.lit(CORE).alias("unit_kind"),
        pl.col("core_id").alias("unit_id"),
        pl.col("core_name").alias("unit_name"),
    )


def _active_in_cores(scope: Scope, rows: pl.DataFrame) -> pl.DataFrame:
    counted = rows.group_by("core_id").agg(
        pl.col("is_running").sum().alias("running"), pl.len().alias("known")
    )
    found = _cores(scope).join(counted, left_on="unit_id", right_on="core_id", how="left")
    running, known = (
        found[name].fill_null(0).to_numpy().astype(float)[:, None] for name in ("running", "known")
    )
    return values.rows(ACTIVE, _cores(scope), EVERYTHING, values.amount(running, known, known))


def _run_years(dated: pl.DataFrame, now: int) -> pl.DataFrame:
    """Repeat each activity for every year that it ran."""
    last = pl.when(pl.col("is_running")).then(now).otherwise(pl.col("start_year"))
    return (
        dated.with_columns(
            pl.int_ranges(
                pl.max_horizontal("start_year", pl.lit(_FIRST_YEAR)),
                pl.coalesce("end_year", last) + 1,
            ).alias("run")
        )
        .explode("run")
        .drop_nulls("run")
        .with_columns(pl.col("run").cast(pl.String))
    )
