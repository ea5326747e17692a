"""What can be explored: units, their measures, and every value with its n or its reason."""

from __future__ import annotations

from dataclasses import replace

import polars as pl

from dashboard.charts.explore import KIND, LEVEL, YEAR, Measure
from dashboard.parts.view import View
from dashboard.queries.objects import object_list
from dashboard.text import measure_name
from pipelines.indicators import catalog
from pipelines.indicators.facts import CORE, MUNICIPALITY
from pipelines.model.codes import COVERAGE, OBJECT_TYPE

MUNICIPALITIES, PLANS, CORES = "Kommuner", "Handlingar", "Stadskärnor"
FORMS = {
    MUNICIPALITIES: ("kommun", "kommuner"),
    PLANS: ("handling", "handlingar"),
    CORES: ("regional stadskärna", "regionala stadskärnor"),
}
"""Kind of unit → one and several of it."""
_PLACE_KIND = {MUNICIPALITIES: MUNICIPALITY, CORES: CORE}
_OF_ONE_YEAR = ("ar:", "start:")
"""Parts of a measure that are about one year; the slider chooses among them."""
RUNNING = "2.1 alla"
OF_PLANS = (
    Measure("level", "Förpliktelsegrad", LEVEL),
    Measure("passages", "Belägg", "antal"),
    Measure("density", "Täthet", "per 10 sidor"),
    Measure("themes", "Teman", "av 11"),
    Measure("instruments", "Styrmedel", "av 11"),
    Measure("pages", "Sidor", "antal"),
    Measure("year", "År", YEAR),
    Measure("type", "Handlingstyp", KIND),
)
"""What is known of one plan or allocation."""
DEFAULTS: dict[str, dict[str, str | None]] = {
    MUNICIPALITIES: {"x": "1.4 themes", "y": "1.5 dp", "colour": "1.9 index", "size": "2.1 alla"},
    PLANS: {"x": "density", "y": "level", "colour": "type", "size": "pages"},
    CORES: {"x": "2.1 alla", "y": "2.4 alla", "colour": None, "size": None},
}
"""What an address without a choice shows; fixed, because it leaves such a choice out."""
_SHAPE = (
    "unit_id", "unit_name", "municipality_code", "municipality_name", "key", "label",
    "value_unit", "value", "n", "absence",
)  # fmt: skip


def until(view: View, year: int | None) -> View:
    """The same view of plans up to a year; the reader's own last year still holds."""
    if year is None:
        return view
    last = min(year, view.filters.year_to or year)
    return view.under(replace(view.filters, year_to=last))


def years_of(view: View) -> list[int]:
    """The years of the plans in the choice, in order."""
    found = view.ask(object_list, view.filters)["year"].drop_nulls().unique().sort().to_list()
    return [int(year) for year in found]


def values_of(view: View, kind: str, year: int | None) -> pl.DataFrame:
    """Every value of every unit of a kind: one row a unit and measure.

    Args:
        view: the reader's choice.
        kind: :data:`MUNICIPALITIES`, :data:`PLANS` or :data:`CORES`.
        year: plans after it are left out; what is counted year by year is of this year.

    Returns:
        ``unit_id, unit_name, municipality_code, municipality_name, key, label, value_unit, value,
        n, absence``; a missing value has its reason.
    """
    chosen = until(view, year)
    return _plans(chosen) if kind == PLANS else _places(chosen, _PLACE_KIND[kind], year)


def measures_of(values: pl.DataFrame, kind: str) -> dict[str, Measure]:
    """The measures of a kind of unit by key, in the order of the goals."""
    if kind == PLANS:
        return {measure.key: measure for measure in OF_PLANS}
    rows = values.select("key", "label", "value_unit").unique("key", maintain_order=True)
    found = [Measure(*row) for row in rows.rows()]
    return {measure.key: measure for measure in sorted(found, key=_place)}


def _place(measure: Measure) -> tuple[str, int, str]:
    group, order = measure.key.split(" ")[0].split(".")
    return group, int(order), measure.label


def _places(view: View, kind: str, year: int | None) -> pl.DataFrame:
    found = view.measure(catalog.measure).filter(pl.col("unit_kind") == kind)
    key = pl.concat_str("indicator_id", "part", separator=" ")
    if year is not None:
        of_year = found.filter(
            pl.col("indicator_id") == "2.1", pl.col("part") == f"ar:{year}"
        ).with_columns(pl.lit("alla").alias("part"), pl.lit("Alla").alias("part_label"))
        if of_year.height:
            found = pl.concat([found.filter(key != RUNNING), of_year])
    of_one_year = pl.any_horizontal(pl.col("part").str.starts_with(each) for each in _OF_ONE_YEAR)
    labels = {
        pair: pair[0] if pair[1] == "Index" else measure_name(*pair)
        for pair in found.select("indicator_label", "part_label").unique().rows()
    }
    is_place = kind == MUNICIPALITY
    return (
        found.filter(~of_one_year)
        .with_columns(
            key.alias("key"),
            pl.struct("indicator_label", "part_label")
            .map_elements(lambda row: labels[tuple(row.values())], return_dtype=pl.String)
            .alias("label"),
            pl.when(is_place).then("unit_id").alias("municipality_code"),
            pl.when(is_place).then("unit_name").alias("municipality_name"),
        )
        .select(_SHAPE)
        .sort("unit_name", maintain_order=True)
    )


def _plans(view: View) -> pl.DataFrame:
    """A plan that nobody has read has no level and no passages, and says why."""
    rows = view.ask(object_list, view.filters)
    codes = {name: code for code, name in view.places.items()}
    types = list(OBJECT_TYPE.labels)
    is_read = pl.col("coverage").is_in(["read_found", "read_none"])
    reason = pl.col("coverage").replace_strict(COVERAGE.labels, return_dtype=pl.String)
    each = {
        "level": pl.col("level"),
        "passages": pl.col("passages"),
        "density": pl.when(pl.col("pages") > 0).then(10 * pl.col("passages") / pl.col("pages")),
        "themes": pl.col("themes").list.len(),
        "instruments": pl.col("instruments").list.len(),
        "pages": pl.col("pages"),
    }
    known = {
        "year": pl.col("year"),
        "type": pl.col("object_type").replace_strict(
            {code: place for place, code in enumerate(types)}, return_dtype=pl.Int64
        ),
    }
    base = rows.with_columns(
        pl.col("object_id").alias("unit_id"),
        own_names().alias("unit_name"),
        pl.col("municipality_name")
        .replace_strict(codes, default=None, return_dtype=pl.String)
        .alias("municipality_code"),
    )
    named = ("unit_id", "unit_name", "municipality_code", "municipality_name")
    frames = []
    for measure in OF_PLANS:
        own = known.get(measure.key)
        value = own if own is not None else pl.when(is_read).then(each[measure.key])
        why = pl.lit("Uppgiften saknas.") if own is not None else (
            pl.when(is_read).then(pl.lit("Uppgiften saknas.")).otherwise(reason + ".")
        )  # fmt: skip
        frames.append(
            base.select(
                *named,
                pl.lit(measure.key).alias("key"),
                pl.lit(measure.label).alias("label"),
                pl.lit(measure.unit).alias("value_unit"),
                value.cast(pl.Float64).alias("value"),
                (pl.col("pages") if measure.key == "density" else pl.lit(None))
                .cast(pl.Int64)
                .alias("n"),
                why.alias("absence"),
            ).with_columns(
                pl.when(pl.col("value").is_null()).then(pl.col("absence")).alias("absence")
            )
        )
    return pl.concat(frames)


def own_names() -> pl.Expr:
    """``Kvarnen 3, Ulvsund``; with its type, then a number, where another has the same name.

    A list and an address know a unit by its name, so no two may share one.
    """
    name = pl.concat_str("object_name", pl.lit(", "), "municipality_name")
    kind = pl.col("object_type").replace_strict(OBJECT_TYPE.labels, return_dtype=pl.String)
    typed = pl.concat_str(name, pl.lit(" ("), kind.str.to_lowercase(), pl.lit(")"))
    own = pl.when(name.is_duplicated()).then(typed).otherwise(name)
    order = pl.int_range(pl.len()).over(own) + 1
    return pl.when(own.is_duplicated()).then(
        pl.concat_str(own, pl.lit(" nr "), order.cast(pl.String))
    ).otherwise(own)  # fmt: skip
