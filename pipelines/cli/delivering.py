"""``check`` and ``template``: for those who deliver registers."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipelines.cli import output
from pipelines.model.region import load_region
from pipelines.model.tables import REGISTERS

_NAMES = ", ".join(table.file for table in REGISTERS)


def add_to(app: typer.Typer) -> None:
    """Register the commands."""
    app.command()(check)
    app.command()(template)
    app.command()(docs)


def check(
    file: Annotated[Path, typer.Argument(help="A CSV or XLSX delivery.")],
    region: Annotated[
        str, typer.Option("--region", help="Whose codes the file must use.")
    ] = "exempel",
    table: Annotated[str | None, typer.Option("--table", help=f"One of: {_NAMES}.")] = None,
) -> None:
    """Check a delivery without loading it; exit code 1 when a row would be rejected."""
    from pipelines.sources.check import check_file

    delivery = check_file(file, load_region(region), table)
    for issue in delivery.issues:
        output.line(issue.sentence())
    output.line(
        f"Rader in: {delivery.rows_in}. Godkända: {delivery.rows_loaded}. "
        f"Avvisade: {delivery.rows_rejected}."
    )
    if delivery.rows_rejected or not delivery.rows_in:
        raise typer.Exit(1)


def template(
    table: Annotated[str, typer.Argument(help=f"One of: {_NAMES}.")],
    file: Annotated[Path, typer.Argument(help="Where to write: .xlsx with drop-downs, or .csv.")],
) -> None:
    """Write an empty delivery template with headings, help and allowed values."""
    from pipelines.sources.check import register_named
    from pipelines.sources.template import write_template

    write_template(register_named(table), file)
    output.note(f"Mallen ligger i {file}.")


def docs(
    check_only: Annotated[
        bool, typer.Option("--check", help="Only tell whether a file is out of date.")
    ] = False,
) -> None:
    """Write the documents made from declarations: the data dictionary and the method."""
    from pipelines.indicators import method
    from pipelines.model import dictionary

    stale = False
    for file, text in (
        (dictionary.FILE, dictionary.render_dictionary()),
        (method.FILE, method.render_method()),
    ):
        if file.is_file() and file.read_text("utf-8") == text:
            continue
        stale = True
        if not check_only:
            file.write_text(text, "utf-8")
        output.line(file.name)
    if stale and check_only:
        raise typer.Exit(1)
