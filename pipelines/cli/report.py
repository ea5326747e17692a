"""The report of a build and the state of the regions, in plain Swedish."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import polars as pl

from pipelines.cli import output
from pipelines.model.codes import COMMITMENT, COVERAGE, OBJECT_TYPE
from pipelines.model.tables import TABLE
from pipelines.sources.issues import REJECTED
from pipelines.warehouse.status import RegionStatus

if TYPE_CHECKING:
    from pipelines.build import Build
    from pipelines.warehouse.losses import Loss

_SHOWN = 20


def print_report(build: Build) -> None:
    """Print what went in, what was rejected and why, what was read and what came out."""
    region, published = build.region, build.published
    output.line(f"{region.label}{f' ({region.mark})' if region.mark else ''}")
    output.table(
        ("Tabell", "Fil", "Rader in", "Inlästa", "Avvisade"),
        [
            (TABLE[d.table_name].label, d.file_name, d.rows_in, d.rows_loaded, d.rows_rejected)
            for d in build.deliveries
        ],
        "Leveranser",
    )
    rejected = [issue for issue in build.issues if issue.severity == REJECTED]
    others = [issue for issue in build.issues if issue.severity != REJECTED]
    for title, issues in (("Avvisat", rejected), ("Att se över", others)):
        if issues:
            output.line(f"{title}: {len(issues)}")
            for issue in issues[:_SHOWN]:
                output.line(f"  {issue.sentence()}")
            if len(issues) > _SHOWN:
                output.line(
                    f"  … och {len(issues) - _SHOWN} till; se tabellen {TABLE['issue'].label}."
                )
    output.table(*_coverage_table(build.frames["planning_object"]), "Handlingar")
    for row in _states(build.frames):
        output.line(_state_line(row))
    output.line(
        f"Dokument lästa nu: {build.documents_read}, "
        f"oförändrade sedan sist: {build.documents_cached}."
    )
    if published.is_new:
        output.line(f"Ny utgåva: {published.edition_id} (innehåll {published.content_hash[:12]}).")
    else:
        output.line(f"Oförändrat innehåll; utgåvan {published.edition_id} ligger kvar.")


def print_losses(name: str, losses: Sequence[Loss]) -> None:
    """Print what shrank more than the limits allow."""
    output.table(
        ("Tabell", "Vad", "Förra utgåvan", "Nu"),
        [(loss.name, loss.what, loss.before, loss.now) for loss in losses],
        f"Det här har krympt i {name}",
    )


def _state_line(row: Mapping[str, object]) -> str:
    """One line: ``Testverksamhet: 8 pågår säkert, 50 av 86 har okänt läge``."""
    certain = "pågår säkert" if row["table"] == "testing_activity" else "kan säkert påverkas"
    label = TABLE[str(row["table"])].label
    if row["unknown_state"] is None:
        return f"{label}: hur gammalt läget är bedömdes inte i den här utgåvan."
    return (
        f"{label}: {row['certain']} {certain}, "
        f"{row['unknown_state']} av {row['rows']} har okänt läge."
    )


def _states(frames: Mapping[str, pl.DataFrame]) -> list[dict[str, object]]:
    """The same counts as in the state of a region, from the frames of a build."""
    counted = []
    for table, certain in (("planning_object", "is_open"), ("testing_activity", "is_running")):
        frame = frames[table]
        counted.append(
            {
                "table": table,
                "rows": frame.height,
                "unknown_state": frame["is_stale"].fill_null(False).sum(),
                "certain": frame[certain].fill_null(False).sum(),
            }
        )
    return counted


def _coverage_table(objects: pl.DataFrame) -> tuple[Sequence[str], list[tuple[object, ...]]]:
    """Coverage down and object types across, with the highest commitment that was read."""
    grouped = objects.group_by("coverage", "object_type").len().rows()
    counts = {(coverage, kind): number for coverage, kind, number in grouped}
    types = OBJECT_TYPE.values
    rows: list[tuple[object, ...]] = [
        (label, *(counts.get((code, kind), 0) for kind in types))
        for code, label in COVERAGE.labels.items()
        if any((code, kind) in counts for kind in types)
    ]
    rows.append(
        ("Kända", *(objects.filter(pl.col("object_type") == kind).height for kind in types))
    )
    rows.append(("Högsta grad", *(_highest(objects, kind) for kind in types)))
    return ("Underlag", *OBJECT_TYPE.labels.values()), rows


def _highest(objects: pl.DataFrame, kind: str) -> str:
    read = objects.filter(
        pl.col("object_type") == kind, pl.col("coverage").is_in(["read_found", "read_none"])
    )
    return COMMITMENT.codes[int(str(read["level"].max()))].label if read.height else "–"


def print_status(regions: Sequence[RegionStatus]) -> None:
    """Print editions, coverage and rejected rows of each region."""
    for region in regions:
        output.line(f"{region.label} ({region.name})")
        for fault in region.faults:
            output.line(f"  Obs: {fault}")
        if region.current is None:
            output.line(f"  Ingen utgåva. Kör planinnovation run --region {region.name}.")
            continue
        output.line(f"  Gällande utgåva: {region.current}; utgåvor: {len(region.editions)}")
        facts = region.edition
        output.line(
            f"  Kodbok {facts['codebook_version']} ({str(facts['codebook_hash'])[:12]}), "
            f"läsare {facts['reader_version']}, program {facts['software_version']}"
        )
        for loss in region.accepted_losses:
            output.line(
                f"  Godtagen minskning, {loss['label']}: {loss['what']}, "
                f"{loss['before']} → {loss['now']}"
            )
        output.table(
            ("Handlingstyp", "Underlag", "Antal"),
            [
                (
                    OBJECT_TYPE.labels[str(row["object_type"])],
                    COVERAGE.labels[str(row["coverage"])],
                    row["objects"],
                )
                for row in region.coverage
            ],
            "Täckning",
        )
        for row in region.states:
            output.line(f"  {_state_line(row)}")
        output.table(
            ("Tabell", "Fil", "Rader in", "Inlästa", "Avvisade"),
            [
                (
                    TABLE[str(d["table"])].label,
                    d["file"],
                    d["rows_in"],
                    d["rows_loaded"],
                    d["rows_rejected"],
                )
                for d in region.deliveries
            ],
            "Leveranser",
        )
