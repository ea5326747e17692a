"""The innovation index, with the interval that its rank deserves (1.9)."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import polars as pl

from pipelines.indicators import chain, index_draws, values
from pipelines.indicators.definition import Indicator
from pipelines.indicators.planning import codes_found, read_and_known
from pipelines.indicators.scope import Scope
from pipelines.indicators.values import FEWEST, Values
from pipelines.model.codes import ABSENCE, COMMITMENT, INSTRUMENT, THEME
from pipelines.model.tables import INDEX_RANK, INDEX_SENSITIVITY

COMPONENTS = ("depth", "breadth", "density", "carry")
EQUAL: Mapping[str, float] = dict.fromkeys(COMPONENTS, 0.25)
FULL_DENSITY = 10.0
"""Passages per ten pages that give the highest score for density."""
EVERYWHERE = "alla"
"""Unit of what the ranks on average depend on."""

INDEX = Indicator(
    id="1.9",
    label="Innovationsindex",
    question="Hur starkt, brett, tätt och genomgående skriver kommunen in innovation?",
    unit="index",
    formula="Medel av fyra tal på fast skala 0–100: djup (medel av handlingarnas högsta "
    "förpliktelsegrad, Ska är 100), bredd (teman och styrmedel av 22), täthet (belägg per tio "
    "sidor, tio är 100) och genomslag (andel led som håller). Intervallet kommer av 1 000 "
    "dragningar av vikter, normering och sammanvägning; platsen visas bara där intervallet inte "
    "överlappar någon annans.",
    needs="Minst fem lästa handlingar och fem led som kan bedömas i kommunen.",
    interval="simulering",
    goals=(1,),
    actions=("1.1", "3.2"),
    caveats=(
        "Ett index döljer vad det består av; visa delarna bredvid.",
        "En kommun utan tillräckligt underlag får inget index, inte noll.",
    ),
)
DEFINITIONS = (INDEX,)
PARTS = (
    ("index", "Index"),
    ("djup", "Djup"),
    ("bredd", "Bredd"),
    ("tathet", "Täthet"),
    ("genomslag", "Genomslag"),
    ("plats", "Plats"),
)


def compute(scope: Scope) -> Values:
    """Compute index, components and rank for each municipality; the region has no rank."""
    return index_values(scope, scope.once(index_table))


def components(scope: Scope) -> pl.DataFrame:
    """Return the four components of each municipality, 0–100, and what they rest on.

    Columns: ``municipality_code``, ``depth``, ``breadth``, ``density``, ``carry``, ``read``,
    ``judged``, ``known`` and ``enough``. Ekö: seven read objects reach 4, 4, 3, 1 and three times
    nothing, 12 of 28 steps; six passages on 105 pages; three of six steps hold.

    >>> from pipelines.indicators.worked_example import worked_scope
    >>> components(worked_scope()).head(1).drop("known").row(0)
    ('9701', 42.857142857142854, 27.272727272727273, 5.714285714285714, 50.0, 7, 6, True)
    """
    query = """SELECT municipality_code, 'alla' AS part, sum(top) AS level, sum(pages) AS pages,
                      sum(hits) AS found FROM chosen_object WHERE is_read GROUP BY ALL"""
    names = ("alla",)
    read, known = (each[1:, 0] for each in read_and_known(scope))
    level, pages, found = (
        each[1:, 0] for each in scope.table(query, names, "level", "pages", "found")
    )
    own = codes_found(scope).select(
        "municipality_code", part=pl.lit("alla"), codes=pl.col("themes") + pl.col("instruments")
    )
    named = scope.laid(own, names, "codes")[0][1:, 0]
    codes = len(THEME.values) + len(INSTRUMENT.values)
    held, judged, _ = (each[1:].sum(axis=1) for each in chain.counts(scope))
    with np.errstate(divide="ignore", invalid="ignore"):
        parts = {
            "depth": 100 * level / read / (len(COMMITMENT.values) - 1),
            "breadth": np.where(read > 0, 100 * named / codes, np.nan),
            "density": np.minimum(100 * 10 * found / pages / FULL_DENSITY, 100),
            "carry": 100 * held / judged,
        }
    return pl.DataFrame(
        {
            "municipality_code": scope.codes,
            **parts,
            "read": read.astype(np.int64),
            "judged": judged.astype(np.int64),
            "known": known.astype(np.int64),
            "enough": (read >= FEWEST) & (judged >= FEWEST) & (pages > 0),
        }
    )


def index_table(scope: Scope, weights: Mapping[str, float] = EQUAL) -> pl.DataFrame:
    """Return the table ``index_rank``; a municipality with too little has a reason instead.

    Args:
        scope: the selection.
        weights: what a reader thinks each component is worth; they need not sum to 1.
    """
    parts = scope.once(components)
    enough = parts.filter("enough")
    frame = parts.with_columns(_reason().alias("absence"))
    if enough.height:
        frame = frame.join(_ranks(enough, weights), on="municipality_code", how="left")
    else:
        frame = frame.with_columns(
            *(pl.lit(None, pl.Float64).alias(name) for name in ("score", "low", "high")),
            *(pl.lit(None, pl.Int64).alias(name) for name in ("rank", "rank_low", "rank_high")),
            pl.lit(None, pl.Boolean).alias("is_withheld"),
        )
    return frame.with_columns(pl.col(*COMPONENTS).fill_nan(None)).select(
        pl.col(name).cast(kind) for name, kind in INDEX_RANK.polars_schema.items()
    )


def sensitivity_table(scope: Scope, weights: Mapping[str, float] = EQUAL) -> pl.DataFrame:
    """Return the table ``index_sensitivity``: what each rank, and all on average, depend on.

    A rank that never moves depends on nothing and has no shares.
    """
    enough = scope.once(components).filter("enough")
    if not enough.height:
        return pl.DataFrame(schema=pl.Schema(INDEX_SENSITIVITY.polars_schema))
    order = np.array([weights[name] for name in COMPONENTS], np.float64)
    shares = index_draws.sensitivity(enough.select(COMPONENTS).to_numpy(), order)
    units = [*enough["municipality_code"], EVERYWHERE]
    choices = len(index_draws.CHOICES)
    return pl.DataFrame(
        {
            "unit_id": [unit for unit in units for _ in range(choices)],
            "choice": list(index_draws.CHOICES) * len(units),
            "first_order": shares[0].T.ravel(),
            "total_order": shares[1].T.ravel(),
        }
    ).with_columns(pl.col("first_order", "total_order").fill_nan(None))


def index_values(scope: Scope, table: pl.DataFrame) -> Values:
    """1.9: index, components and rank as numbers of each municipality.

    With one municipality there is nobody to be compared with: its rank is 1 of 1.

    >>> from pipelines.indicators.worked_example import told, worked_scope
    >>> scope = worked_scope()
    >>> told(index_values(scope, index_table(scope)), "9701")
    index: 31.46 (16.29–37.95) n=7/9
    djup: 42.86 n=7/9
    bredd: 27.27 n=7/9
    tathet: 5.71 n=7/9
    genomslag: 50.00 n=7/9
    plats: 1.00 (1.00–1.00) n=7/9
    """
    shown = pl.col("absence").is_null()
    numbers = table.select(
        "score",
        *(pl.when(shown).then(name).alias(name) for name in COMPONENTS),
        pl.when(~pl.col("is_withheld")).then("rank").alias("rank").cast(pl.Float64),
    )
    value = numbers.to_numpy().astype(np.float64)
    read, known = (each[1:] for each in read_and_known(scope))
    width = len(PARTS)
    low, high = (np.full(value.shape, np.nan) for _ in range(2))
    for place, names in ((0, ("low", "high")), (width - 1, ("rank_low", "rank_high"))):
        low[:, place], high[:, place] = (table[name].cast(pl.Float64).to_numpy() for name in names)
    few = np.where(read > 0, values.TOO_FEW, values.unread_any(scope)[1:])
    withheld = ABSENCE.values.index("overlapping")
    absence = np.repeat(np.where(table["absence"].is_null().to_numpy()[:, None], -1, few), width, 1)
    absence[:, -1] = np.where(
        (absence[:, -1] == -1) & np.isnan(value[:, -1]), withheld, absence[:, -1]
    )
    cells = values.Cells(
        value=value,
        numerator=value,
        n=np.repeat(read, width, axis=1),
        known=np.repeat(known, width, axis=1),
        absence=absence,
        low=low,
        high=high,
    )
    return values.rows(INDEX, scope.units[1:], PARTS, cells)


def _ranks(enough: pl.DataFrame, weights: Mapping[str, float]) -> pl.DataFrame:
    order = np.array([weights[name] for name in COMPONENTS], np.float64)
    matrix = enough.select(COMPONENTS).to_numpy()
    drawn = index_draws.draw(matrix, order)
    score = matrix @ (order / order.sum())
    low, high = np.quantile(drawn.scores, [0.025, 0.975], axis=0)
    return pl.DataFrame(
        {
            "municipality_code": enough["municipality_code"],
            "score": score,
            "low": np.minimum(low, score),
            "high": np.maximum(high, score),
            "rank": index_draws.ranked(score),
            "rank_low": drawn.low,
            "rank_high": drawn.high,
            "is_withheld": index_draws.overlapping(drawn.low, drawn.high),
        }
    )


def _reason() -> pl.Expr:
    return (
        pl.when("enough")
        .then(None)
        .when(pl.col("read") == 0)
        .then(pl.lit("Inget är läst."))
        .when(pl.col("read") < FEWEST)
        .then(pl.format("För få lästa handlingar: {} av minst {}.", "read", pl.lit(FEWEST)))
        .otherwise(pl.format("För få led att bedöma: {} av minst {}.", "judged", pl.lit(FEWEST)))
    )
