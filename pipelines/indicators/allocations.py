"""What land allocations choose developers by (3.1)."""

from __future__ import annotations

import numpy as np
import polars as pl

from pipelines.indicators import values
from pipelines.indicators.definition import Indicator
from pipelines.indicators.fact_arrays import codes_to_bits
from pipelines.indicators.intervals import FEWEST, bootstrap_median
from pipelines.indicators.scope import EVERYTHING, TYPES, Scope
from pipelines.model.codes import INSTRUMENT
from pipelines.model.plan_codes import OBJECT_TYPE

CRITERIA = Indicator(
    id="3.1",
    label="Markanvisningar med kriterier för innovation eller klimat",
    question="Hur många markanvisningar väljer byggherre på annat än pris, och hur tungt?",
    unit="andel",
    formula="Markanvisningar med belägg för kriterier, tävling eller funktionskrav, eller med ett "
    "registrerat kriterium om innovation, klimat, energi eller kretslopp, delat med dem som är "
    "lästa eller har kriterier i registret. Vikten är medianen av sådana kriteriers sammanlagda "
    "vikt i procent, bredvid medianen för priset.",
    needs="Lästa beslut, eller kolumnerna Kriterier och Kriteriernas vikt i registret "
    "markanvisningar.",
    interval="Wilson",
    goals=(3,),
    actions=("3.1", "3.2"),
    caveats=("Kriterier som bara står i bilagor som inte är lästa missas.",),
)
_CLIMATE = (
    "innovat|nyskap|nytänk|klimat|energi|koldioxid|utsläpp|återbruk|aterbruk|cirkul|kretslopp"
    "|träbygg|trabygg|traebygg"
)
_PRICE = "pris|köpeskilling"
_SELECTING = ("markanvisning_kriterier", "tavling", "funktionskrav")
_MA = OBJECT_TYPE.values.index("ma")


def selecting(scope: Scope) -> pl.DataFrame:
    """Return the chosen allocations with what they choose by.

    Columns: ``object_id``, ``municipality_code``, ``decision_date``, ``row``, ``answered`` (read,
    or criteria registered), ``selects`` (innovation or climate), ``climate_weight`` and
    ``price_weight`` (percent; null where the register has no weights).
    """
    index, found = scope.index, scope.found
    bits = codes_to_bits(_SELECTING, INSTRUMENT.values)
    known = scope.known & (index.objects.kind == _MA)
    objects = index.objects.frame.select("object_id", "municipality_code").with_columns(
        pl.Series("place", index.objects.municipality),
        pl.Series("was_read", scope.read),
        pl.Series("says", (found.instruments & bits) > 0),
    )
    criteria = pl.col("criteria").list.eval(pl.element().str.to_lowercase())
    registered = scope.facts["land_allocation"].select(
        pl.col("allocation_id").alias("object_id"),
        "decision_date",
        (pl.col("criteria").list.len() > 0).fill_null(value=False).alias("has_criteria"),
        criteria.list.eval(pl.element().str.contains(_CLIMATE)).list.any().alias("names"),
        _weight(_CLIMATE).alias("climate_weight"),
        _weight(_PRICE).alias("price_weight"),
    )
    return (
        objects.filter(pl.Series(known))
        .join(registered, on="object_id", how="left")
        .with_columns(
            (pl.col("was_read") | pl.col("has_criteria").fill_null(value=False)).alias("answered"),
            ((pl.col("was_read") & pl.col("says")) | pl.col("names").fill_null(value=False)).alias(
                "selects"
            ),
            pl.lit(value=True).alias("row"),
        )
    )


def criteria(scope: Scope) -> pl.DataFrame:
    """3.1: share that select by innovation or climate, and the median weights of that and price.

    One of Ekö's two allocations is read and weighs climate innovation 35 percent, price 40.

    >>> from pipelines.indicators.worked_example import told, worked_scope
    >>> told(criteria(worked_scope()))
    alla: – n=1/2 För få: 1 av minst 5.
    vikt: – n=1/1 För få: 1 av minst 5.
    pris: – n=1/1 För få: 1 av minst 5.
    """
    rows = selecting(scope)
    hits, n, known = scope.tally(rows, "selects", "answered", "row")
    missing = values.unread(scope)[:, [kind for kind, _ in TYPES].index("ma")][:, None]
    return pl.concat(
        [
            values.rows(CRITERIA, scope.units, EVERYTHING, values.share(hits, n, known, missing)),
            _median_weight(scope, rows, "vikt", "Vikt för innovation och klimat", "climate_weight"),
            _median_weight(scope, rows, "pris", "Vikt för pris", "price_weight"),
        ]
    )


def _weight(words: str) -> pl.Expr:
    """Sum of the weights of criteria with one of the words; null without weights."""
    parts = (
        pl.element().str.to_lowercase().str.extract_groups(r"^(?<name>.*):\s*(?<weight>[\d.,]+)")
    )
    weight = parts.struct.field("weight").str.replace(",", ".").cast(pl.Float64, strict=False)
    chosen = pl.when(parts.struct.field("name").str.contains(words)).then(weight).otherwise(0.0)
    total = pl.col("criteria_weights").list.eval(chosen).list.sum()
    return pl.when(pl.col("criteria_weights").list.len() > 0).then(total)


def _median_weight(
    scope: Scope, rows: pl.DataFrame, part: str, label: str, column: str
) -> pl.DataFrame:
    """The median weight for the whole, with a bootstrap interval."""
    weights = rows[column].drop_nulls().to_numpy()
    with_criteria = float(rows["has_criteria"].fill_null(value=False).sum())
    enough = weights.size >= FEWEST
    middle = bootstrap_median(weights) if enough else (np.nan,) * 3
    nothing = values.NOT_REPORTED if with_criteria else values.NONE_KNOWN
    absence = values.PRESENT if enough else values.TOO_FEW if weights.size else nothing
    value, low, high = (np.array([[each]]) for each in middle)
    cells = values.Cells(
        value=value,
        numerator=np.array([[float((weights > 0).sum())]]),
        n=np.array([[float(weights.size)]]),
        known=np.array([[with_criteria]]),
        absence=np.array([[absence]]),
        low=low,
        high=high,
    )
    return values.rows(CRITERIA, scope.units[:1], ((part, label),), cells, unit="procent")
