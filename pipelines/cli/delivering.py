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
    handed = typer.Typer(help="Files that were handed in on the page.", no_args_is_help=True)
    handed.command("list")(list_handed_in)
    handed.command("undo")(undo_handed_in)
    app.add_typer(handed, name="handed-in")


def check(
    file: Annotated[Path, typer.Argument(help="A CSV or XLSX delivery.")],
    region: Annotated[
        str, typer.Option("--region", help="Whose codes the file must use.")
    ] = "exempel",
    table: Annotated[str | None, typer.Option("--table", help=f"One of: {_NAMES}.")] = None,
    marked: Annotated[
        Path | None,
        typer.Option("--marked", help="XLSX to write: the file with its errors in the cells."),
    ] = None,
) -> None:
    """Check a delivery without loading it; exit code 1 when a row would be rejected."""
    from pipelines.sources.check import read_and_check

    checked = read_and_check(file, load_region(region), table)
    delivery = checked.delivery
    if marked is not None:
        from pipelines.sources.marked import mark

        marked.write_bytes(mark(checked))
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
    region: Annotated[
        str | None, typer.Option("--region", help="Whose municipalities' codes can be chosen.")
    ] = None,
) -> None:
    """Write an empty delivery template with headings, help and allowed values."""
    from pipelines.sources.check import allowed_in, register_named
    from pipelines.sources.template import write_template

    choices = allowed_in(load_region(region)) if region else {}
    write_template(register_named(table), file, choices)
    output.note(f"Mallen ligger i {file}.")


def list_handed_in(region: Annotated[str, typer.Option("--region", help="Region name.")]) -> None:
    """List hand-ins, the newest first: id, register, rows, hash, who, and when undone."""
    from pipelines.sources.handed_in import hand_ins

    for each in hand_ins(load_region(region)):
        undone = f"ångrad {each.undone_at} av {each.undone_by}" if each.undone_at else "gäller"
        cells = (each.hand_in_id, each.label, f"{each.rows} rader", each.replaces, each.sha256,
                 f"av {each.who}", undone, each.file_name)  # fmt: skip
        output.line("\t".join(cells))


def undo_handed_in(
    hand_in_id: Annotated[str, typer.Argument(metavar="ID", help="Id that list shows.")],
    region: Annotated[str, typer.Option("--region", help="Region name.")],
) -> None:
    """Leave a hand-in out from the next build on; it stays on record."""
    from datetime import UTC, datetime

    from pipelines.sources.handed_in import undo

    found = undo(load_region(region), hand_in_id, "kommandoraden", datetime.now(UTC))
    output.line(f"{found.label}: {found.rows} rader ingår inte i nästa bygge.")


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
