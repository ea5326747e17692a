"""Documents: the register's rows and the files found without one, joined with what was read."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import polars as pl

from pipelines.model.plan_codes import DOCUMENT_KIND, OWN_VOICE_DOCUMENTS
from pipelines.model.tables import TABLE
from pipelines.reading.passage import ExtractedDocument
from pipelines.sources.inbox import InboxFile
from pipelines.sources.issues import WARNING, Issue
from pipelines.tables.identify import OBJECT_TYPE_OF_DOCUMENT, Identification, identify

CONTRACT = TABLE["document"]
Readings = Mapping[Path, ExtractedDocument]


def register_unknown(
    files: list[InboxFile],
    readings: Readings,
    municipalities: pl.DataFrame,
    objects: pl.DataFrame,
) -> tuple[pl.DataFrame, dict[str, Path], list[Issue]]:
    """Turn files that no register names into rows, each reported with the suggestion made.

    Returns the rows (delivered columns and ``link_kind``), document id → file, and one warning per
    file. A file whose municipality cannot be told is an issue only: it cannot be shown anywhere.
    """
    rows: list[dict[str, object]] = []
    paths: dict[str, Path] = {}
    issues: list[Issue] = []
    for file in files:
        if file.document_id:
            continue
        reading = readings[file.path]
        found = identify(file.path, file.inbox, reading, municipalities, objects)
        if not found.municipality_code:
            issues.append(_nowhere(file.path, found, reading))
            continue
        document_id = _document_id(found.municipality_code, file.path, paths)
        object_id = found.object_id or document_id
        paths[document_id] = file.path
        issues.append(_suggestion(file.path, found, object_id))
        rows.append(_row(document_id, object_id, file.path, reading, found))
    schema = {**CONTRACT.delivered_schema, "link_kind": pl.String()}
    return pl.DataFrame(rows, schema=pl.Schema(schema)), paths, issues


def build(
    rows: pl.DataFrame, paths: Mapping[str, Path], readings: Readings, objects: pl.DataFrame
) -> pl.DataFrame:
    """Add to each document what reading found; counts of passages are added by :func:`count`.

    Args:
        rows: the delivered columns and ``link_kind``.
        paths: document id → file; a document without one is *ej insamlad*.
        readings: file → what was read.
        objects: known plans and allocations, for ``object_type``.
    """
    read = [_read_columns(str(key), paths.get(str(key)), readings) for key in rows["document_id"]]
    columns = (
        "sha256",
        "format",
        "pages",
        "readable_share",
        "language",
        "is_ocr",
        "coverage",
        "coverage_reason",
    )
    schema = {"document_id": pl.String(), **{c: CONTRACT.polars_schema[c] for c in columns}}
    types = objects.select("object_id", "object_type")
    implied_type = pl.col("document_kind").replace_strict(OBJECT_TYPE_OF_DOCUMENT, default="dp")
    return (
        rows.join(pl.DataFrame(read, schema=pl.Schema(schema)), on="document_id", how="left")
        .join(types, on="object_id", how="left")
        .with_columns(
            pl.coalesce("object_type", implied_type).alias("object_type"),
            pl.col("document_date").str.slice(0, 4).cast(pl.Int64).alias("year"),
        )
        .pipe(_mark_latest)
        .with_columns(pl.lit(0, pl.Int64).alias("passages"), pl.lit(0, pl.Int64).alias("level"))
        .pipe(CONTRACT.conform)
        .sort("document_id")
    )  # fmt: skip


def mark_not_coded(documents: pl.DataFrame, failed: Sequence[str]) -> pl.DataFrame:
    """Type the documents whose coding broke its limits: they are read, but say nothing."""
    lost = pl.col("document_id").is_in(list(failed))
    reason = "Kodningen avbröts: dokumentet kräver för mycket tid eller minne. Dela det i flera."
    return documents.with_columns(
        pl.when(lost).then(pl.lit("unreadable")).otherwise("coverage").alias("coverage"),
        pl.when(lost).then(pl.lit(reason)).otherwise("coverage_reason").alias("coverage_reason"),
    )


def count(documents: pl.DataFrame, passages: pl.DataFrame) -> pl.DataFrame:
    """Write the number of counted passages and the highest level into each document.

    A document that was read but for a part of it (``coverage_reason`` names the part) and in which
    nothing was found is *ej förstådd*: what was not understood is no zero.
    """
    counted = passages.filter("is_counted").group_by("document_id").agg(
        pl.len().cast(pl.Int64).alias("found"), pl.col("level").max().alias("highest")
    )  # fmt: skip
    return (
        documents.join(counted, on="document_id", how="left")
        .with_columns(
            pl.col("found").fill_null(0).alias("passages"),
            pl.col("highest").fill_null(0).alias("level"),
            pl.when((pl.col("coverage") == "read_none") & (pl.col("found") > 0))
            .then(pl.lit("read_found"))
            .when((pl.col("coverage") == "read_none") & pl.col("coverage_reason").is_not_null())
            .then(pl.lit("not_understood"))
            .otherwise(pl.col("coverage"))
            .alias("coverage"),
        )
        .pipe(CONTRACT.conform)
        .sort("document_id")
    )


def _mark_latest(documents: pl.DataFrame) -> pl.DataFrame:
    """Of several versions of an object's own document of one kind, only the latest counts."""
    own = pl.col("document_kind").is_in(OWN_VOICE_DOCUMENTS)
    readable = ~pl.col("coverage").is_in(
        ["not_collected", "unreadable", "not_understood", "withheld"]
    )
    order = documents.select(
        "document_id", "object_id", "document_kind", "document_date", readable=readable
    ).sort("readable", "document_date", "document_id", descending=True, nulls_last=True)
    newest = order.unique(["object_id", "document_kind"], keep="first", maintain_order=True)
    is_newest = pl.col("document_id").is_in(newest["document_id"].to_list())
    return documents.with_columns((~own | is_newest).alias("is_latest"))


def _read_columns(document_id: str, path: Path | None, readings: Readings) -> dict[str, object]:
    if path is None:
        return {
            "document_id": document_id,
            "coverage": "not_collected",
            "coverage_reason": "Filen finns inte i inkorgen.",
        }
    reading = readings[path]
    status = {"read": "read_none"}.get(reading.status, reading.status)
    return {
        "document_id": document_id,
        "sha256": reading.sha256,
        "format": reading.format,
        "pages": reading.pages_total,
        "readable_share": reading.readable_share,
        "language": reading.language,
        "is_ocr": reading.ocr,
        "coverage": status,
        "coverage_reason": reading.reason or None,
    }


def _document_id(code: str, path: Path, taken: Mapping[str, Path]) -> str:
    stem = re.sub(r"[^0-9A-Za-zÅÄÖåäö]+", "-", path.stem).strip("-").casefold()
    proposal, number = f"{code}-{stem}", 2
    while proposal in taken:
        proposal, number = f"{code}-{stem}-{number}", number + 1
    return proposal


def _row(
    document_id: str, object_id: str, path: Path, reading: ExtractedDocument, found: Identification
) -> dict[str, object]:
    return {
        "document_id": document_id,
        "municipality_code": found.municipality_code,
        "object_id": object_id,
        "document_kind": found.document_kind,
        "document_title": reading.title or path.stem,
        "document_stage": found.stage or None,
        "document_date": found.date or None,
        "file_name": path.name,
        "case_number": found.case_number or None,
        "note": f"Ej registrerat; kopplat därför att {found.reason}.",
        "link_kind": found.link_kind,
    }


def _suggestion(path: Path, found: Identification, object_id: str) -> Issue:
    kind = DOCUMENT_KIND.labels[found.document_kind]
    proposal = f"kommun {found.municipality_code}, handling {object_id}, dokumentslag {kind}"
    if found.case_number:
        proposal += f", diarienummer {found.case_number}"
    return Issue(
        "document", path.name, 0, "", path.name, "ej_registrerad",
        f"Dokumentet finns inte i registret; det lästes ändå, som {proposal} ({found.reason}).",
        "en rad i dokument.csv för varje fil",
        "Bekräfta eller rätta förslaget genom att lägga till raden.",
        WARNING,
    )  # fmt: skip


def _nowhere(path: Path, found: Identification, reading: ExtractedDocument) -> Issue:
    title = f" Första sidan har rubriken ”{reading.title}”." if reading.title else ""
    return Issue(
        "document", path.name, 0, "", path.name, "ingen_kommun",
        f"Dokumentet finns inte i registret och {found.reason}.{title}",
        "filen i mappen inbox/<kommunkod>/<handling-id>/",
        "Flytta filen till kommunens mapp, eller lägg till en rad i dokument.csv.",
    )  # fmt: skip
