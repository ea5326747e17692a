"""Testing: how much goes on, on what, where and how to find it (2.1, 2.2, 2.4); with 2.3."""

from __future__ import annotations

import numpy as np
import polars as pl

from pipelines.indicators import values
from pipelines.indicators.chosen_activities import answered_share, running, started, unsure
from pipelines.indicators.definition import Indicator
from pipelines.indicators.fact_arrays import NO_YEAR, Bools, Ints
from pipelines.indicators.facts import CORE
from pipelines.indicators.openness import OPENNESS, openness
from pipelines.indicators.scope import EVERYTHING, UNKNOWN_STATE, Scope
from pipelines.indicators.values import Values
from pipelines.model.codes import TESTING_PHASE, THEME

_MAPPED = "Kartlagd testverksamhet (registret testverksamhet)."
_FIRST_YEAR = 2015

ACTIVE = Indicator(
    id="2.1",
    label="Pågående testverksamhet",
    question="Hur många tester pågår, på vilka teman och i vilken fas?",
    unit="antal",
    formula="Testverksamheter i fasen test, demonstration eller uppskalning vars läge är känt; per "
    "fas räknas alla faser, per år de som pågick eller började då, utan idéer. Delmåttet okänt "
    "läge räknar dem som pågick när de senast sågs men vars uppgift har passerat sin hållbarhet "
    "eller saknar datum.",
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


def compute(scope: Scope) -> Values:
    """Compute the family: 2.1–2.3 for the whole and municipalities, 2.1 and 2.4 for cores."""
    return active(scope) + published(scope) + openness(scope) + cores(scope)


def active(scope: Scope) -> Values:
    """2.1: number of running activities, and by theme, phase and year.

    >>> from pipelines.indicators.worked_example import told, worked_scope
    >>> told(active(worked_scope()), parts="alla|tema:energi|fas:test|(ar|start):2018")
    alla: 6.00 n=7/7
    tema:energi: 4.00 n=7/7
    fas:test: 3.00 n=7/7
    ar:2018: 3.00 n=7/7
    start:2018: 1.00 n=7/7
    """
    rows, chosen = scope.index.activities, scope.activities
    themes = [running(scope) & (rows.themes >> i & 1 > 0) for i in range(len(THEME.values))]
    known_phase = chosen & ~rows.is_stale
    phases = scope.tally(rows.place, known_phase, rows.phase, len(TESTING_PHASE.values))
    years, ran, began = _by_year(scope)
    columns = (scope.tally(rows.place, each) for each in (running(scope), *themes))
    by_year = (scope.tally(rows.place, each) for each in (*ran, *began))
    found = np.hstack([*columns, phases, scope.tally(rows.place, unsure(scope)), *by_year])
    parts = (
        *EVERYTHING,
        *((f"tema:{code}", label) for code, label in THEME.labels.items()),
        *((f"fas:{code}", label) for code, label in TESTING_PHASE.labels.items()),
        *UNKNOWN_STATE,
        *((f"ar:{year}", str(year)) for year in years),
        *((f"start:{year}", f"{year}, påbörjade") for year in years),
    )
    begun = started(scope)
    known = np.repeat(scope.tally(rows.place, chosen), found.shape[1], axis=1)
    known[:, -2 * len(years) :] = scope.tally(rows.place, begun)
    n = known.copy()
    n[:, -2 * len(years) :] = scope.tally(rows.place, begun & (rows.start != NO_YEAR))
    cells = values.amount(found, n, known)
    return values.rows(ACTIVE, scope.units, parts, cells) + _active_in_cores(scope)


def published(scope: Scope) -> Values:
    """2.2: share of running activities that can be found and contacted, of those that say.

    Five of Ekö's six running tests answer, four of them yes.

    >>> from pipelines.indicators.worked_example import told, worked_scope
    >>> told(published(worked_scope()))
    alla: 0.80 (0.38–0.96) n=5/6
    """
    rows = scope.index.activities
    cells = answered_share(scope, rows, running(scope), rows.contact)
    return values.rows(PUBLISHED, scope.units, EVERYTHING, cells)


def cores(scope: Scope) -> Values:
    """2.4: number of themes with a running test, for each core.

    >>> from pipelines.indicators.worked_example import told, worked_scope
    >>> told(cores(worked_scope()), "eko-c")
    alla: 3.00 n=6/7
    """
    rows, places, units = scope.index.activities, *scope.once(_cores)
    themes = np.zeros(scope.facts["regional_core"].height + 1, np.uint16)
    own = np.flatnonzero(running(scope))
    np.bitwise_or.at(themes, rows.core[own], rows.themes[own])
    counted = np.bitwise_count(themes)[places].astype(np.float64)[:, None]
    cells = values.amount(
        counted, _in_cores(scope, running(scope)), _in_cores(scope, scope.activities)
    )
    return values.rows(CORES, units, EVERYTHING, cells)


def _cores(scope: Scope) -> tuple[Ints, pl.DataFrame]:
    """The cores of the selection: their positions in the register, and them as units."""
    wanted = scope.facts["regional_core"].with_row_index("place")
    if scope.selection.is_place:
        wanted = wanted.filter(
            pl.col("municipality_codes").list.eval(pl.element().is_in(scope.codes_here)).list.any()
        )
    if scope.selection.cores:
        wanted = wanted.filter(pl.col("core_id").is_in(scope.selection.cores))
    units = wanted.select(
        pl.lit(CORE).alias("unit_kind"),
        pl.col("core_id").alias("unit_id"),
        pl.col("core_name").alias("unit_name"),
    )
    return wanted["place"].cast(pl.Int64).to_numpy(), units


def _in_cores(scope: Scope, chosen: Bools) -> values.Floats:
    """Number of chosen activities in each core of the selection."""
    core, places = scope.index.activities.core, scope.once(_cores)[0]
    size = scope.facts["regional_core"].height
    counted = np.bincount(core[chosen & (core >= 0)], minlength=size)
    return counted[places].astype(np.float64)[:, None]


def _active_in_cores(scope: Scope) -> Values:
    active_there, unknown, known = (
        _in_cores(scope, each) for each in (running(scope), unsure(scope), scope.activities)
    )
    both = np.repeat(known, 2, axis=1)
    cells = values.amount(np.hstack([active_there, unknown]), both, both)
    return values.rows(ACTIVE, scope.once(_cores)[1], (*EVERYTHING, *UNKNOWN_STATE), cells)


def _by_year(scope: Scope) -> tuple[range, list[Bools], list[Bools]]:
    """The years, which started activities ran in each, and which began then."""
    rows, now = scope.index.activities, scope.facts.as_of.year
    dated = started(scope) & (rows.start != NO_YEAR)
    last = np.where(rows.is_running | rows.is_stale, rows.last_seen(now), rows.start)
    last = np.where(rows.end == NO_YEAR, last, rows.end)
    years = range(_FIRST_YEAR, max(now, _FIRST_YEAR) + 1)
    ran = [dated & (rows.start <= year) & (last >= year) for year in years]
    return years, ran, [dated & (rows.start == year) for year in years]
