"""``run``, ``status``, ``export``, ``backup`` and ``restore``: editions in and out."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from pipelines.cli import output
from pipelines.errors import PlanInnovationError
from pipelines.model.region import load_region, region_names
from pipelines.model.tables import TABLE
from pipelines.progress import Progress


class ReportFormat(StrEnum):
    """How a report is printed."""

    text = "text"
    json = "json"


class ExportFormat(StrEnum):
    """Which files an export has."""

    all = "all"
    csv = "csv"
    parquet = "parquet"
    json = "json"


class Dialect(StrEnum):
    """CSV dialect of an export."""

    standard = "standard"
    excel = "excel"


Region = Annotated[str, typer.Option("--region", help="Region name, a folder under data/.")]


Overwrite = Annotated[
    bool, typer.Option("--overwrite", help="Replace files that are there with other content.")
]


def add_to(app: typer.Typer) -> None:
    """Register the commands."""
    app.command()(run)
    app.command()(status)
    app.command()(export)
    app.command()(backup)
    app.command()(restore)


def run(
    region: Annotated[
        str | None, typer.Option("--region", help="Region to build; all regions when left out.")
    ] = None,
    inbox: Annotated[
        Path | None,
        typer.Option(
            "--inbox",
            help="A further folder of documents and registers.",
            exists=True,
            file_okay=False,
        ),
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", help="No progress, only the report.")] = False,
    accept_loss: Annotated[
        list[str] | None,
        typer.Option(
            "--accept-loss",
            metavar="TABLE",
            help="Publish although this table shrank more than the limits allow; may be repeated.",
        ),
    ] = None,
) -> None:
    """Build and publish an edition, and print the report.

    A build that would lose more of the current edition than the region's limits allow stops with a
    table of what shrank and exit code 2; the current edition stays.
    """
    from pipelines.build import build_with_earlier
    from pipelines.cli.report import print_losses, print_report
    from pipelines.warehouse.losses import LossError

    if region is None and (inbox is not None or accept_loss):
        raise typer.BadParameter("--inbox and --accept-loss need --region: regions never mix.")
    stopped: list[PlanInnovationError] = []
    for name in [region] if region else region_names():
        try:
            build = build_with_earlier(
                load_region(name),
                inbox,
                progress=Progress(quiet=quiet),
                accept_loss=accept_loss or (),
            )
            print_report(build)
        except PlanInnovationError as error:  # the other regions are built all the same
            if isinstance(error, LossError):
                print_losses(name, error.losses)
            stopped.append(error)
    for earlier in stopped[:-1]:
        output.fault(earlier)
    if stopped:
        raise stopped[-1]


def backup(
    file: Annotated[Path, typer.Argument(help="File to write, for example backup.tar.")],
    overwrite: Overwrite = False,
) -> None:
    """Write editions, kept documents, registers, inboxes and settings of all regions to a file."""
    from pipelines.warehouse.backup import backup as write

    copied = write(file, overwrite=overwrite)
    output.line(f"{copied.files} filer, {copied.size / 1e6:.1f} MB i {file}.")
    for name in copied.damaged:
        output.line(f"Obs: utgåvan {name} är skadad och togs inte med.")


def restore(
    file: Annotated[
        Path, typer.Argument(help="File that backup wrote.", exists=True, dir_okay=False)
    ],
    overwrite: Overwrite = False,
) -> None:
    """Check a backup and put back what it holds; nothing else is removed."""
    from pipelines.warehouse.backup import restore as put_back

    copied = put_back(file, overwrite=overwrite)
    output.line(f"{copied.files} filer återställda, {copied.size / 1e6:.1f} MB.")


def status(
    format: Annotated[
        ReportFormat, typer.Option("--format", help="text or json.")
    ] = ReportFormat.text,
) -> None:
    """List editions, their inputs and coverage, and how many rows were rejected."""
    from pipelines.cli.report import print_status
    from pipelines.warehouse.status import region_status

    regions = [region_status(name) for name in region_names()]
    if format is ReportFormat.json:
        deliveries = [delivery for region in regions for delivery in region.deliveries]
        output.line(
            json.dumps(
                {"regions": [region.summary() for region in regions], "deliveries": deliveries},
                ensure_ascii=False,
                indent=2,
                default=str,
            )
        )
    else:
        print_status(regions)


def export(
    folder: Annotated[
        Path, typer.Argument(help="Folder to write to; made if missing.", file_okay=False)
    ],
    region: Region,
    format: Annotated[
        ExportFormat,
        typer.Option("--format", help="all (with metadata), or the tables as csv, parquet, json."),
    ] = ExportFormat.all,
    dialect: Annotated[
        Dialect,
        typer.Option("--dialect", help="standard (comma, point) or excel (semicolon, comma, BOM)."),
    ] = Dialect.standard,
    edition: Annotated[
        str | None, typer.Option("--edition", help="Id of an earlier edition.")
    ] = None,
) -> None:
    """Write an edition as open data: tables, indicators, metadata and SHA256SUMS.

    With --dialect excel or a --format only the tables are written.
    """
    from pipelines.warehouse.edition import open_edition
    from pipelines.warehouse.open_data import export_files, opened

    home = load_region(region)
    with opened(region, edition) if edition else open_edition(region) as con:
        files = export_files(con, home, folder, dialect.value, format.value)
    for name, size in files:
        output.line(f"{name}\t{size}")
    output.note(f"{len(files)} filer i {folder}; {TABLE['indicator_value'].file} har måtten.")
