"""Public actors that have opened a door within twelve months (3.4)."""

from __future__ import annotations

from datetime import date

import numpy as np
import polars as pl

from pipelines.indicators import values
from pipelines.indicators.allocations import selecting
from pipelines.indicators.definition import Indicator
from pipelines.indicators.facts import days_of
from pipelines.indicators.scope import EVERYTHING, Scope
from pipelines.model.market_codes import INNOVATION_PROCUREMENT, PHASES_ACTIVE

PUBLIC_ACTORS = Indicator(
    id="3.4",
    label="Aktiva offentliga aktörer",
    question="Hur många offentliga aktörer har öppnat en dörr det senaste året?",
    unit="antal",
    formula="Olika kommuner, regioner och statliga aktörer som de senaste tolv månaderna före "
    "mätdagen upphandlat med innovationsverktyg, anvisat mark med kriterier för innovation eller "
    "klimat, eller varit värd för en pågående test.",
    needs="Registren upphandlingar, markanvisningar och testverksamhet med datum eller år.",
    goals=(3,),
    actions=("3.2", "3.3"),
    caveats=(
        "Ett år utan datum räknas när året ligger inom de tolv månaderna.",
        "En aktör som står under två namn räknas två gånger.",
    ),
)
_PUBLIC = ("kommun", "region", "stat")
_ROLES = {"kopare": "Köpare", "markanvisare": "Markanvisande kommuner", "vard": "Testvärdar"}


def public_actors(scope: Scope) -> pl.DataFrame:
    """3.4: number of different public actors with an act in the last twelve months.

    Ekö's municipality allocated land by climate criteria and hosts running tests.

    >>> from pipelines.indicators.worked_example import told, worked_scope
    >>> told(public_actors(worked_scope()))
    alla: 1.00 n=1/1
    kopare: 1.00 n=1/1
    markanvisare: 1.00 n=1/1
    vard: 1.00 n=1/1
    """
    acts = pl.concat([_buyers(scope), _allocators(scope), _hosts(scope)]).with_columns(
        pl.col("actor").rank("dense"), pl.lit(value=True).alias("is_any")
    )
    roles = (*EVERYTHING, *_ROLES.items())
    columns = [_distinct(scope, acts, role) for role, _ in roles]
    active, dated, known = (np.hstack([each[i] for each in columns]) for i in range(3))
    return values.rows(PUBLIC_ACTORS, scope.units, roles, values.amount(active, dated, known))


_CONDITIONS = ("is_recent", "is_dated", "is_any")


def _distinct(scope: Scope, acts: pl.DataFrame, role: str) -> list[values.Floats]:
    """Number of different actors by unit: active, with a dated act, with any act.

    An actor who acts in two municipalities is still one in the whole.
    """
    rows = acts if role == EVERYTHING[0][0] else acts.filter(pl.col("role") == role)
    different = [pl.col("actor").filter(name).n_unique().alias(name) for name in _CONDITIONS]
    whole = rows.select(different)
    own = rows.group_by("place").agg(different).filter(pl.col("place") >= 0)
    answers = []
    for name in _CONDITIONS:
        counts = np.zeros(len(scope.index.codes))
        counts[own["place"].to_numpy()] = own[name].to_numpy()
        answers.append(np.concatenate([whole[name].to_numpy(), counts[scope.places]])[:, None])
    return answers


def _acts(
    rows: pl.DataFrame, role: str, actor: pl.Expr, recent: pl.Expr, dated: pl.Expr
) -> pl.DataFrame:
    return rows.select(
        "place",
        actor.alias("actor"),
        pl.lit(role).alias("role"),
        recent.fill_null(value=False).alias("is_recent"),
        dated.alias("is_dated"),
    )


def _years_within(scope: Scope) -> tuple[int, int]:
    now = scope.facts.as_of
    return now.year - 1, now.year


def _buyers(scope: Scope) -> pl.DataFrame:
    rows = scope.rows("procurement").filter(
        pl.col("procurement_kind").is_in(INNOVATION_PROCUREMENT),
        pl.col("buyer_type").is_in(_PUBLIC),
    )
    year = pl.col("procurement_year")
    within = year.is_between(*_years_within(scope))
    return _acts(rows, "kopare", pl.col("buyer"), within, year.is_not_null())


def _allocators(scope: Scope) -> pl.DataFrame:
    names = scope.facts["municipality"].select("municipality_code", "municipality_name")
    rows = selecting(scope).filter("selects").join(names, on="municipality_code", how="left")
    now = scope.facts.as_of
    year_ago = date(now.year - 1, now.month, min(now.day, 28))
    decided = days_of("decision_date")
    only_year = pl.col("decision_date").str.len_chars() == len("2024")
    within = pl.when(only_year).then(decided.dt.year() >= year_ago.year).otherwise(
        decided >= year_ago
    ) & (decided <= now)  # fmt: skip
    return _acts(
        rows,
        "markanvisare",
        pl.format("{} kommun", "municipality_name"),
        within,
        decided.is_not_null(),
    )


def _hosts(scope: Scope) -> pl.DataFrame:
    first, last = _years_within(scope)
    rows = scope.rows("testing_activity").filter(
        pl.col("host_type").is_in(_PUBLIC), pl.col("testing_phase") != "ide"
    )
    running = pl.col("testing_phase").is_in(PHASES_ACTIVE) & (
        pl.col("end_year").fill_null(last) >= first
    )
    ended = pl.col("end_year") >= first
    dated = running | pl.col("end_year").is_not_null()
    return _acts(rows, "vard", pl.col("host"), running | ended, dated)
