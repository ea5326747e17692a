"""Planning objects: each plan, allocation or policy with all that its documents show."""

from __future__ import annotations

import polars as pl

from pipelines.model.codes import (
    COMMITMENT,
    DOCUMENT_KIND,
    INSTRUMENT,
    OWN_VOICE_DOCUMENTS,
    STAGES_BEFORE_REVIEW,
    STAGES_ENDED,
    THEME,
)
from pipelines.model.tables import TABLE
from pipelines.tables.known_objects import superseded

CONTRACT = TABLE["planning_object"]
_READ = ("read_found", "read_none")


def add_unregistered(objects: pl.DataFrame, documents: pl.DataFrame) -> pl.DataFrame:
    """Add an object for each document that belongs to none of the registered ones.

    Its name is the document's title and its stage what the first page says, else *under
    framtagande*; the register should confirm both.
    """
    own_object = documents.join(objects.select("object_id"), on="object_id", how="anti").sort(
        "document_id"
    )
    added = own_object.unique("object_id", keep="first", maintain_order=True).select(
        "object_id",
        "object_type",
        pl.col("document_kind")
        .replace_strict(DOCUMENT_KIND.labels, return_dtype=pl.String)
        .alias("object_kind"),
        pl.col("document_title").alias("object_name"),
        "municipality_code",
        pl.lit(None, pl.String).alias("core_id"),
        "case_number",
        pl.coalesce("document_stage", pl.lit("under_framtagande")).alias("object_stage"),
        pl.coalesce("document_stage", pl.lit("under_framtagande"))
        .is_in(STAGES_BEFORE_REVIEW)
        .alias("is_open"),
        pl.col("document_date").alias("decided"),
        "source_url",
        pl.lit(None, pl.String).alias("replaces_plan_id"),
        pl.lit(None, pl.String).alias("plan_kind"),
        pl.lit(None, pl.String).alias("twin_of"),
    )
    return pl.concat([objects, added.select(objects.columns)])


def build(
    objects: pl.DataFrame,
    documents: pl.DataFrame,
    passages: pl.DataFrame,
    municipalities: pl.DataFrame,
    summaries: pl.DataFrame,
) -> pl.DataFrame:
    """Return one row per object with its coverage, its passages and its highest commitment.

    Coverage is typed: an object is *read* when one of its own documents has been read; what is
    known only from a consultation report, or from an excerpt about that object, is *endast
    utdrag*; where nothing was found and one of its own documents was not understood or could not be
    read, it is *ej förstådd* or *oläsbar*. Only *läst, inget funnet* is a zero, so ``level`` and
    ``passages`` are null for everything that has not been read.
    """
    facts = (
        objects.join(_from_documents(documents), on="object_id", how="left")
        .join(_from_passages(passages), on="object_id", how="left")
        .join(superseded(objects), on="object_id", how="left")
        .with_columns(
            pl.col("object_id")
            .is_in(summaries["object_id"].drop_nulls().implode())
            .alias("has_excerpt")
        )
        .join(
            municipalities.select("municipality_code", "owns_land"),
            on="municipality_code",
            how="left",
        )
    )
    return (
        facts.with_columns(_coverage().alias("coverage"))
        .with_columns(_reason().alias("coverage_reason"))
        .with_columns(*_findings())
        .pipe(CONTRACT.conform)
        .sort("object_id")
    )


def _from_documents(documents: pl.DataFrame) -> pl.DataFrame:
    own = pl.col("document_kind").is_in(OWN_VOICE_DOCUMENTS)
    read = pl.col("coverage").is_in(_READ)
    latest_read = own & read & pl.col("is_latest")
    not_understood = pl.col("coverage") == "not_understood"
    unreadable = pl.col("coverage") == "unreadable"
    return documents.group_by("object_id").agg(
        pl.len().cast(pl.Int64).alias("documents_known"),
        read.sum().cast(pl.Int64).alias("documents_read"),
        pl.col("pages").filter(latest_read).sum().alias("pages"),
        latest_read.any().alias("has_own_read"),
        read.any().alias("has_read"),
        unreadable.any().alias("has_unreadable"),
        (own & unreadable).any().alias("has_own_unreadable"),
        not_understood.any().alias("has_not_understood"),
        (own & not_understood).any().alias("has_own_not_understood"),
        pl.col("coverage_reason")
        .filter(not_understood)
        .drop_nulls()
        .first()
        .alias("not_understood_reason"),
        (pl.col("coverage") == "withheld").any().alias("has_withheld"),
        (pl.col("coverage") == "superseded").any().alias("has_same_file"),
        pl.col("coverage_reason").drop_nulls().first().alias("document_reason"),
        pl.col("year").max().alias("document_year"),
    )


def _from_passages(passages: pl.DataFrame) -> pl.DataFrame:
    counted = passages.filter("is_counted")
    return counted.group_by("object_id").agg(
        pl.len().cast(pl.Int64).alias("found"),
        pl.col("level").max().alias("highest"),
        pl.col("instruments").explode().unique().alias("found_instruments"),
        pl.col("themes").explode().unique().alias("found_themes"),
    )


def _coverage() -> pl.Expr:
    no_land = (pl.col("object_type") == "ma") & (pl.col("owns_land") == "nej")
    ended = pl.col("object_stage").is_in(STAGES_ENDED)
    return (
        pl.when(pl.col("coverage_reason").is_not_null() | ended)
        .then(pl.lit("superseded"))
        .when(pl.col("has_own_read").fill_null(False) & (pl.col("found") > 0))
        .then(pl.lit("read_found"))
        .when(pl.col("has_own_not_understood").fill_null(False))
        .then(pl.lit("not_understood"))
        .when(pl.col("has_own_unreadable").fill_null(False))
        .then(pl.lit("unreadable"))
        .when(pl.col("has_own_read").fill_null(False))
        .then(pl.lit("read_none"))
        .when(pl.col("has_read").fill_null(False) | pl.col("has_excerpt"))
        .then(pl.lit("excerpt_only"))
        .when(pl.col("has_withheld").fill_null(False))
        .then(pl.lit("withheld"))
        .when(pl.col("has_unreadable").fill_null(False))
        .then(pl.lit("unreadable"))
        .when(pl.col("has_not_understood").fill_null(False))
        .then(pl.lit("not_understood"))
        .when(pl.col("has_same_file").fill_null(False))
        .then(pl.lit("superseded"))
        .when(no_land)
        .then(pl.lit("not_applicable"))
        .otherwise(pl.lit("not_collected"))
    )


def _reason() -> pl.Expr:
    coverage = pl.col("coverage")
    return (
        pl.when(coverage == "superseded")
        .then(
            pl.coalesce("coverage_reason", "document_reason", pl.lit("Planen gäller inte längre."))
        )
        .when((coverage == "excerpt_only") & ~pl.col("has_read").fill_null(False))
        .then(pl.lit("Bara utdrag är kända: referat ur en sida eller text, inte handlingen själv."))
        .when(coverage == "excerpt_only")
        .then(pl.lit("Bara redogörelser för synpunkter är lästa, inte planen själv."))
        .when(coverage == "not_applicable")
        .then(pl.lit("Kommunen äger ingen mark att anvisa."))
        .when(coverage == "not_collected")
        .then(pl.lit("Inget dokument är insamlat."))
        .when(coverage == "not_understood")
        .then(pl.col("not_understood_reason"))
        .when(coverage.is_in(["unreadable", "withheld"]))
        .then(pl.col("document_reason"))
    )


def _findings() -> list[pl.Expr]:
    read = pl.col("coverage").is_in([*_READ, "superseded"]) & pl.col("has_own_read").fill_null(
        False
    )
    level = pl.when(read).then(pl.col("highest").fill_null(0)).otherwise(pl.col("highest"))
    codes = dict(enumerate(COMMITMENT.values))
    decided_year = pl.col("decided").str.slice(0, 4).cast(pl.Int64, strict=False)
    found = pl.col("found")
    return [
        pl.when(read).then(found.fill_null(0)).otherwise(found).alias("passages"),
        level.alias("level"),
        level.replace_strict(codes, default=None, return_dtype=pl.String).alias("commitment"),
        _in_order("found_instruments", INSTRUMENT.values).alias("instruments"),
        _in_order("found_themes", THEME.values).alias("themes"),
        pl.col("documents_known").fill_null(0),
        pl.col("documents_read").fill_null(0),
        pl.col("pages").fill_null(0),
        pl.coalesce(decided_year, "document_year").alias("year"),
    ]  # fmt: skip


def _in_order(column: str, order: tuple[str, ...]) -> pl.Expr:
    """A list of codes in the order of its code list, empty where there is none."""
    return pl.concat_list(
        pl.when(pl.col(column).list.contains(code).fill_null(False)).then(pl.lit(code))
        for code in order
    ).list.drop_nulls()
