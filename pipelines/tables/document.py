"""Documents: the register's rows and the files found without one, joined with what was read."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath

import polars as pl

from pipelines.model.codes import DOCUMENT_KIND, OWN_VOICE_DOCUMENTS
from pipelines.model.tables import TABLE
from pipelines.reading.passage import ExtractedDocument
from pipelines.sources.characters import composed, shown_name
from pipelines.sources.homes import Homes
from pipelines.sources.inbox import InboxFile
from pipelines.sources.issues import WARNING, Issue
from pipelines.tables.identify import (
    FIRST_PAGES,
    OBJECT_TYPE_OF_DOCUMENT,
    Identification,
    date_of,
    identify,
    stage_of,
)

CONTRACT = TABLE["document"]
Readings = Mapping[Path, ExtractedDocument]


def register_unknown(
    files: list[InboxFile],
    readings: Readings,
    homes: Homes,
    objects: pl.DataFrame,
) -> tuple[pl.DataFrame, dict[str, Path], list[Issue]]:
    """Turn files that no register names into rows, each reported with the suggestion made.

    Returns the rows (delivered columns and ``link_kind``), document id → file, and one warning per
    file. A file whose municipality cannot be told is an issue only: it cannot be shown anywhere.
    A copy of a file that is there already is an issue only, too.
    """
    rows: list[dict[str, object]] = []
    paths: dict[str, Path] = {}
    issues: list[Issue] = []
    first = {readings[file.path].sha256: file for file in reversed(files) if file.document_id}
    for file in files:
        if file.document_id:
            continue
        reading = readings[file.path]
        original = first.setdefault(reading.sha256, file) if reading.sha256 else file
        found = identify(file.path, file.inbox, reading, homes, objects)
        if original is not file and not _is_elsewhere(file, original, found, homes):
            issues.append(_copy(file, original))
            continue
        if not found.municipality_code:
            issues.append(_nowhere(file, found, reading))
            continue
        document_id = _document_id(found.municipality_code, file.path, paths)
        object_id = found.object_id or document_id
        paths[document_id] = file.path
        issues.append(_suggestion(file, found, object_id, reading))
        rows.append(_row(document_id, object_id, file.path, reading, found))
    schema = {**CONTRACT.delivered_schema, "link_kind": pl.String()}
    return pl.DataFrame(rows, schema=pl.Schema(schema)), paths, issues


def _is_elsewhere(
    file: InboxFile, original: InboxFile, found: Identification, homes: Homes
) -> bool:
    """Whether a copy is in another object's folder: it is then a document of that object, too."""
    place = original.path.relative_to(original.inbox).parts[:-1]
    return found.link_kind == "folder" and homes.object(place) != found.object_id


def build(
    rows: pl.DataFrame, paths: Mapping[str, Path], readings: Readings, objects: pl.DataFrame
) -> tuple[pl.DataFrame, list[Issue]]:
    """Add to each document what reading found; counts of passages are added by :func:`count`.

    Args:
        rows: the delivered columns and ``link_kind``.
        paths: document id → file; a document without one is *ej insamlad*.
        readings: file → what was read.
        objects: known plans and allocations, for ``object_type``.

    Returns the documents, and an issue for each that is the same file as another one: it counts
    once.
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
    documents, issues = _count_once(
        rows.join(pl.DataFrame(read, schema=pl.Schema(schema)), on="document_id", how="left")
    )
    versions = _versions(documents, paths, readings)
    documents = (
        documents.join(types, on="object_id", how="left")
        .with_columns(
            pl.coalesce("object_type", implied_type).alias("object_type"),
            pl.col("document_date").str.slice(0, 4).cast(pl.Int64).alias("year"),
        )
        .pipe(_mark_latest, versions)
        .with_columns(pl.lit(0, pl.Int64).alias("passages"), pl.lit(0, pl.Int64).alias("level"))
        .pipe(CONTRACT.conform)
        .sort("document_id")
    )  # fmt: skip
    return documents, issues


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


def _count_once(documents: pl.DataFrame) -> tuple[pl.DataFrame, list[Issue]]:
    """Type the second of two documents that are the same file as superseded, and tell of it."""
    first: dict[str, tuple[str, str]] = {}
    again: dict[str, str] = {}
    issues: list[Issue] = []
    order = (pl.col("link_kind") != "registered", "document_id")
    for document_id, object_id, sha256, coverage, name in (
        documents.sort(*order)
        .select("document_id", "object_id", "sha256", "coverage", "file_name")
        .rows()
    ):
        if coverage not in _READABLE or not sha256:
            continue
        kept_id, kept_object = first.setdefault(sha256, (document_id, object_id))
        if kept_id != document_id:
            again[document_id] = f"Samma fil som {kept_id} ({kept_object}), och räknas där."
            issues.append(_same_file(document_id, object_id, name, kept_id, kept_object))
    if not again:
        return documents, []
    is_again = pl.col("document_id").is_in(list(again))
    reason = pl.col("document_id").replace_strict(again, default=None, return_dtype=pl.String)
    documents = documents.with_columns(
        pl.when(is_again).then(pl.lit("superseded")).otherwise("coverage").alias("coverage"),
        pl.when(is_again).then(reason).otherwise("coverage_reason").alias("coverage_reason"),
    )
    return documents, issues


_READABLE = ("read_none", "read_found", "excerpt_only")
_STAGE_ORDER = (
    "planbesked", "planuppdrag", "program", "samrad", "granskning", "infor_antagande", "antagen",
    "overklagad", "laga_kraft",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Version:
    """A document among those of its object and kind; stage -1 and date "" where not known."""

    document_id: str
    is_readable: bool
    stage: int
    date: str


def _versions(
    documents: pl.DataFrame, paths: Mapping[str, Path], readings: Readings
) -> dict[tuple[str, str], list[_Version]]:
    """Documents by object and kind, with stage and date as registered, else as the text says."""
    groups: dict[tuple[str, str], list[_Version]] = defaultdict(list)
    for row in documents.iter_rows(named=True):
        stage, day = row["document_stage"] or "", row["document_date"] or ""
        path = paths.get(row["document_id"])
        if path and not (stage and day):
            reading = readings[path]
            cover = "\n".join(page.text for page in reading.pages[:FIRST_PAGES])
            stage = stage or stage_of(PurePath(path.name), cover)
            day = day or date_of(cover)
        rank = _STAGE_ORDER.index(stage) if stage in _STAGE_ORDER else -1
        readable = row["coverage"] in _READABLE
        groups[row["object_id"], row["document_kind"]].append(
            _Version(row["document_id"], readable, rank, day)
        )
    return groups


def _mark_latest(
    documents: pl.DataFrame, versions: Mapping[tuple[str, str], list[_Version]]
) -> pl.DataFrame:
    """Of several versions of an object's own document of one kind, only the latest counts.

    That is the one of the latest stage, and within a stage the newest. A document that does not say
    its stage has at least the one that the object had reached on its day.
    """
    latest = [_latest(group) for group in versions.values()]
    own = pl.col("document_kind").is_in(OWN_VOICE_DOCUMENTS)
    is_newest = pl.col("document_id").is_in(latest)
    same = pl.col("coverage") == "superseded"
    return documents.with_columns(((~own & ~same) | is_newest).alias("is_latest"))


def _latest(group: list[_Version]) -> str:
    def reached(version: _Version) -> int:
        if version.stage >= 0 or not version.date:
            return version.stage
        before = [other.stage for other in group if other.date and other.date <= version.date]
        return max(before, default=-1)

    return max(
        group, key=lambda each: (each.is_readable, reached(each), each.date, each.document_id)
    ).document_id


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
    stem = (
        re.sub(r"[^0-9A-Za-zÅÄÖåäö]+", "-", composed(shown_name(path.stem))).strip("-").casefold()
    )
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
        "document_title": composed(reading.title) or shown_name(path.stem),
        "document_stage": found.stage or None,
        "document_date": found.date or None,
        "file_name": shown_name(path.name),
        "case_number": found.case_number or None,
        "note": f"Ej registrerat; kopplat därför att {found.reason}.",
        "link_kind": found.link_kind,
    }


def _suggestion(
    file: InboxFile, found: Identification, object_id: str, reading: ExtractedDocument
) -> Issue:
    kind = DOCUMENT_KIND.labels[found.document_kind]
    proposal = f"kommun {found.municipality_code}, handling {object_id}, dokumentslag {kind}"
    if found.case_number:
        proposal += f", diarienummer {found.case_number}"
    done = (
        f"det lästes ändå, som {proposal} ({found.reason})."
        if reading.status == "read"
        else f"det togs upp som {proposal}, men gick inte att läsa. {reading.reason}"
    )
    text = f"Dokumentet finns inte i registret; {done}"
    if found.question:
        text += f" Det är inte kopplat till någon känd handling. {found.question}"
    return Issue(
        "document", file.place, 0, "", file.place, "ej_registrerad", text,
        "en rad i dokument.csv för varje fil",
        "Lägg filen i mappen inbox/<kommunkod>/<handling-id>/ för rätt handling, eller lägg till "
        "raden i dokument.csv."
        if found.question
        else "Bekräfta eller rätta förslaget genom att lägga till raden.",
        WARNING,
    )  # fmt: skip


def _nowhere(file: InboxFile, found: Identification, reading: ExtractedDocument) -> Issue:
    title = f" Första sidan har rubriken ”{reading.title}”." if reading.title else ""
    asked = f" {found.question}" if found.question else ""
    unread = f" {reading.reason}" if reading.reason else ""
    return Issue(
        "document", file.place, 0, "", file.place, "ingen_kommun",
        f"Dokumentet finns inte i registret och {found.reason}.{asked}{title}{unread}",
        "filen i mappen inbox/<kommunkod>/<handling-id>/",
        "Flytta filen till kommunens mapp, eller lägg till en rad i dokument.csv.",
    )  # fmt: skip


def _copy(file: InboxFile, original: InboxFile) -> Issue:
    return Issue(
        "document", file.place, 0, "", file.place, "samma_fil",
        f"Filen har samma innehåll som {original.place} och räknas inte en gång till.",
        "varje fil en gång",
        "Ta bort den ena filen.",
        WARNING,
    )  # fmt: skip


def _same_file(
    document_id: str, object_id: str, name: str, kept_id: str, kept_object: str
) -> Issue:
    return Issue(
        "document", name, 0, "Dokument-id", document_id, f"samma_fil_{document_id}",
        f"{document_id} ({object_id}) är samma fil som {kept_id} ({kept_object}) och räknas inte "
        "en gång till.",
        "varje fil en gång",
        "Ta bort den ena raden. Är det två handlingar: lämna den andra handlingens egen fil.",
        WARNING,
    )  # fmt: skip
