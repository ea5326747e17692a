"""Public actors that have opened a door within twelve months (3.4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl

from pipelines.indicators import values
from pipelines.indicators.allocations import selecting
from pipelines.indicators.chosen_activities import IDEA, unsure_rows
from pipelines.indicators.definition import Indicator
from pipelines.indicators.fact_arrays import NO_YEAR, Bools, Ints
from pipelines.indicators.fact_index import FactIndex
from pipelines.indicators.facts import days_of
from pipelines.indicators.registers import municipal_actor
from pipelines.indicators.scope import EVERYTHING, UNKNOWN_STATE, Scope
from pipelines.indicators.values import Values

PUBLIC_ACTORS = Indicator(
    id="3.4",
    label="Aktiva offentliga aktörer",
    question="Hur många offentliga aktörer har öppnat en dörr det senaste året?",
    unit="antal",
    formula="Olika kommuner, regioner och statliga aktörer som de senaste tolv månaderna före "
    "mätdagen upphandlat med innovationsverktyg, anvisat mark med kriterier för innovation eller "
    "klimat, eller varit värd för en pågående test. Tester med okänt läge räknas inte.",
    needs="Registren upphandlingar, markanvisningar och testverksamhet med datum eller år.",
    goals=(3,),
    actions=("3.2", "3.3"),
    caveats=(
        "Ett år utan datum räknas när året ligger inom de tolv månaderna.",
        "En aktör som står under två namn räknas två gånger.",
    ),
)
_ROLES = {"kopare": "Köpare", "markanvisare": "Markanvisande kommuner", "vard": "Testvärdar"}
_UNSURE = ((UNKNOWN_STATE[0][0], "Testvärdar, okänt läge"),)


@dataclass(frozen=True)
class _Acts:
    """Acts of public actors, one element each.

    ``place`` is a municipality's position (−1 for none), ``actor`` a number for who did it.
    """

    place: Ints
    actor: Ints
    is_recent: Bools
    is_dated: Bools


def public_actors(scope: Scope) -> Values:
    """3.4: number of different public actors with an act in the last twelve months.

    Ekö's municipality allocated land by climate criteria and hosts running tests.

    >>> from pipelines.indicators.worked_example import told, worked_scope
    >>> told(public_actors(worked_scope()))
    alla: 1.00 n=1/1
    kopare: 1.00 n=1/1
    markanvisare: 1.00 n=1/1
    vard: 1.00 n=1/1
    okant_lage: 0.00 n=1/1
    """
    acts = [_buyers(scope), _allocators(scope), _hosts(scope)]
    columns = [
        [_distinct(scope, role, condition) for role in (acts, *([each] for each in acts))]
        for condition in _CONDITIONS
    ]
    active, dated, known = (np.hstack(each) for each in columns)
    roles = (*EVERYTHING, *_ROLES.items())
    unsure = _distinct(scope, [_unsure_hosts(scope)], "")
    return [
        *values.rows(PUBLIC_ACTORS, scope.units, roles, values.amount(active, dated, known)),
        *values.rows(
            PUBLIC_ACTORS, scope.units, _UNSURE, values.amount(unsure, known[:, :1], known[:, :1])
        ),
    ]


_CONDITIONS = ("is_recent", "is_dated", "")


def _distinct(scope: Scope, acts: list[_Acts], condition: str) -> values.Floats:
    """Number of different actors by unit, of acts that meet a condition.

    An actor who acts in two municipalities is still one in the whole.
    """
    chosen = [getattr(each, condition) if condition else slice(None) for each in acts]
    did = np.zeros((len(scope.index.codes) + 1, len(scope.index.actors)), np.bool_)
    for each, own in zip(acts, chosen, strict=True):
        # An act outside the municipalities (−1) falls into the last row, which is no unit.
        did[each.place[own], each.actor[own]] = True
    numbers = np.append(did.any(axis=0).sum(), did[scope.places].sum(axis=1))
    return numbers.astype(np.float64)[:, None]


def _years_within(scope: Scope) -> tuple[int, int]:
    now = scope.facts.as_of
    return now.year - 1, now.year


def _buyers(scope: Scope) -> _Acts:
    rows, (first, last) = scope.index.procurements, _years_within(scope)
    own = scope.within(rows) & (rows.kind >= 0) & rows.is_public & (rows.actor >= 0)
    year = rows.year[own]
    recent = (year >= first) & (year <= last)
    return _Acts(rows.place[own], rows.actor[own], recent, year != NO_YEAR)


def _allocators(scope: Scope) -> _Acts:
    rows = scope.once(selecting).filter("selects")
    now = scope.facts.as_of
    year_ago = date(now.year - 1, now.month, min(now.day, 28))
    decided = days_of("decision_date")
    only_year = pl.col("decision_date").str.len_chars() == len("2024")
    recent = pl.when(only_year).then(decided.dt.year() >= year_ago.year).otherwise(
        decided >= year_ago
    ) & (decided <= now)  # fmt: skip
    answers = rows.select(recent.fill_null(value=False).alias("recent"), decided.alias("day"))
    place = rows["place"].to_numpy()
    return _Acts(
        place,
        scope.index.once(_municipal_actors)[place],
        answers["recent"].to_numpy(),
        answers["day"].is_not_null().to_numpy(),
    )


def _municipal_actors(index: FactIndex) -> Ints:
    """Each municipality's number as an actor."""
    names = index.municipalities.select(municipal_actor()).to_series()
    return np.array([index.actors[name] for name in names], np.int64)


def _hosts(scope: Scope) -> _Acts:
    rows, (first, last) = scope.index.activities, _years_within(scope)
    own = _public_hosts(scope) & ~rows.is_stale
    end = rows.end[own]
    running = rows.is_running[own] & (np.where(end == NO_YEAR, last, end) >= first)
    ended = end >= first
    return _Acts(rows.place[own], rows.host[own], running | ended, running | (end != NO_YEAR))


def _unsure_hosts(scope: Scope) -> _Acts:
    """Hosts of tests of unknown state: whether their door is open is not known either."""
    rows = scope.index.activities
    own = _public_hosts(scope) & unsure_rows(scope.index)
    nothing = np.zeros(int(own.sum()), np.bool_)
    return _Acts(rows.place[own], rows.host[own], nothing, nothing)


def _public_hosts(scope: Scope) -> Bools:
    """Which tests past the idea have a public host."""
    rows = scope.index.activities
    beyond = (rows.phase >= 0) & (rows.phase != IDEA)
    own: Bools = scope.within(rows) & rows.is_public & beyond & (rows.host >= 0)
    return own
