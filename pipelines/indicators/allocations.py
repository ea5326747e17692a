"""What land allocations choose developers by (3.1)."""

from __future__ import annotations

import numpy as np
import polars as pl

from pipelines.indicators import values
from pipelines.indicators.definition import Indicator
from pipelines.indicators.fact_arrays import codes_to_bits
from pipelines.indicators.fact_index import FactIndex
from pipelines.indicators.intervals import FEWEST, bootstrap_median
from pipelines.indicators.scope import EVERYTHING, TYPES, Scope
from pipelines.indicators.values import Values
from pipelines.model.codes import INSTRUMENT, OBJECT_TYPE

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


def selecting(scope: Scope) -> pl.DataFrame:
    """Return the chosen allocations with what they choose by.

    Columns: ``object_id``, ``municipality_code``, ``place`` (its position), ``decision_date``,
    ``has_criteria`` (in the register), ``answered`` (read, or with criteria registered),
    ``selects`` (by innovation or climate), ``climate_weight`` and ``price_weight`` (percent; null
    where the register has no weights).
    """
    allocations = scope.index.once(_registered)
    chosen = allocations.filter(pl.Series(scope.known[allocations["at"].to_numpy()]))
    at = chosen["at"].to_numpy()
    says = (scope.found.instruments[at] & codes_to_bits(_SELECTING, INSTRUMENT.values)) > 0
    read = pl.Series(scope.read[at])
    return chosen.with_columns(
        (read | pl.col("has_criteria")).alias("answered"),
        ((read & pl.Series(says)) | pl.col("names")).alias("selects"),
    ).drop("at", "names")


def _registered(index: FactIndex) -> pl.DataFrame:
    """All allocations among the objects, read or not, with what the register says of them."""
    objects = index.objects
    criteria = pl.col("criteria").list.eval(pl.element().str.to_lowercase())
    registered = index.facts["land_allocation"].select(
        pl.col("allocation_id").alias("object_id"),
        "decision_date",
        (pl.col("criteria").list.len() > 0).alias("has_criteria"),
        criteria.list.eval(pl.element().str.contains(_CLIMATE)).list.any().alias("names"),
        _weight(_CLIMATE).alias("climate_weight"),
        _weight(_PRICE).alias("price_weight"),
    )
    return (
        objects.frame.select("object_id", "municipality_code")
        .with_columns(pl.Series("place", objects.municipality))
        .with_row_index("at")
        .filter(pl.Series(objects.kind == OBJECT_TYPE.values.index("ma")))
        .join(registered, on="object_id", how="left", maintain_order="left")
        .with_columns(pl.col("has_criteria", "names").fill_null(value=False))
    )


def criteria(scope: Scope) -> Values:
    """3.1: share that select by innovation or climate, and the median weights of that and price.

    One of Ekö's two allocations is read and weighs climate innovation 35 percent, price 40.

    >>> from pipelines.indicators.worked_example import told, worked_scope
    >>> told(criteria(worked_scope()))
    alla: – n=1/2 För få: 1 av minst 5.
    vikt: – n=1/1 För få: 1 av minst 5.
    pris: – n=1/1 För få: 1 av minst 5.
    """
    rows = scope.once(selecting)
    hits, n, known = (
        scope.tally(rows["place"].to_numpy(), each)
        for each in (rows["selects"].to_numpy(), rows["answered"].to_numpy(),
                     np.ones(rows.height, np.bool_))
    )  # fmt: skip
    missing = values.unread(scope)[:, [kind for kind, _ in TYPES].index("ma")][:, None]
    cells = values.share(hits, n, known, missing)
    return [
        *values.rows(CRITERIA, scope.units, EVERYTHING, cells),
        *_median_weight(scope, "vikt", "Vikt för innovation och klimat", "climate_weight"),
        *_median_weight(scope, "pris", "Vikt för pris", "price_weight"),
    ]


def _weight(words: str) -> pl.Expr:
    """Sum of the weights of criteria with one of the words; null without weights."""
    parts = (
        pl.element().str.to_lowercase().str.extract_groups(r"^(?<name>.*):\s*(?<weight>[\d.,]+)")
    )
    weight = parts.struct.field("weight").str.replace(",", ".").cast(pl.Float64, strict=False)
    chosen = pl.when(parts.struct.field("name").str.contains(words)).then(weight).otherwise(0.0)
    total = pl.col("criteria_weights").list.eval(chosen).list.sum()
    return pl.when(pl.col("criteria_weights").list.len() > 0).then(total)


def _median_weight(scope: Scope, part: str, label: str, column: str) -> Values:
    """The median weight for the whole, with a bootstrap interval."""
    rows = scope.once(selecting)
    weights = rows[column].drop_nulls().to_numpy()
    with_criteria = float(rows["has_criteria"].sum())
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
    return values.rows(CRITERIA, scope.whole, ((part, label),), cells, unit="procent")
