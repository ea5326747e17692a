"""``run``, ``status`` and ``export``: from deliveries to editions and out again."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from pipelines.cli import output
from pipelines.model.region import load_region, region_names
from pipelines.model.tables import TABLE
from pipelines.progress import Progress


class ReportFormat(StrEnum):
    """How a report is printed."""

    text = "text"
    json = "json"


class ExportFormat(StrEnum):
    """File format of an export."""

    csv = "csv"


class Dialect(StrEnum):
    """CSV dialect of an export."""

    standard = "standard"
    excel = "excel"


Region = Annotated[str, typer.Option("--region", help="Region name, a folder under data/.")]


def add_to(app: typer.Typer) -> None:
    """Register the commands."""
    app.command()(run)
    app.command()(status)
    app.command()(export)


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
) -> None:
    """Build and publish an edition, and print the report."""
    from pipelines.build import build_with_earlier
    from pipelines.cli.report import print_report

    if inbox is not None and region is None:
        raise typer.BadParameter("--inbox needs --region: regions never mix.")
    for name in [region] if region else region_names():
        build = build_with_earlier(load_region(name), inbox, progress=Progress(quiet=quiet))
        print_report(build)


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
    format: Annotated[ExportFormat, typer.Option("--format", help="csv.")] = ExportFormat.csv,
    dialect: Annotated[
        Dialect,
        typer.Option("--dialect", help="standard (comma, point) or excel (semicolon, comma, BOM)."),
    ] = Dialect.standard,
) -> None:
    """Write every table of the current edition, and indikatorer.csv, to a folder."""
    from pipelines.warehouse.export import export_tables

    files = export_tables(load_region(region), folder, dialect.value)
    for file, rows in files:
        output.line(f"{file.name}\t{rows}")
    output.note(f"{len(files)} filer i {folder}; {TABLE['indicator_value'].file}.csv har måtten.")
