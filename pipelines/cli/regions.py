"""``region new``: the folder of any region of Sweden, ready to be filled."""

from __future__ import annotations

from typing import Annotated

import typer

from pipelines.cli import output


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    region = typer.Typer(help="Make a region of Swedish municipalities.", no_args_is_help=True)
    region.callback()(_group)
    region.command()(new)
    app.add_typer(region, name="region")


def _group() -> None:
    """Make a region of Swedish municipalities."""


def new(
    county: Annotated[
        list[str] | None,
        typer.Option("--county", help="County code such as 03; several with commas or repeated."),
    ] = None,
    municipality: Annotated[
        list[str] | None,
        typer.Option(
            "--municipality",
            help="Municipality code such as 0380; several with commas or repeated.",
        ),
    ] = None,
    name: Annotated[
        str | None,
        typer.Option("--name", help="Folder and address; made from the label when left out."),
    ] = None,
    label: Annotated[
        str | None,
        typer.Option("--label", help="Shown name; the county's or the only municipality's."),
    ] = None,
) -> None:
    """Make data/NAME with settings, municipalities, borders and empty registers.

    Nothing is overwritten. Several municipalities that are no whole county need --label.
    """
    from pipelines.sources.new_region import choose, create_region

    choice = choose(_codes(county), _codes(municipality))
    region = create_region(choice, name, label)
    number = len(choice.codes)
    output.line(
        f"{region.label}: {number} {'kommun' if number == 1 else 'kommuner'} i {region.folder}"
    )
    output.note(
        f"Fyll i registren i {region.registers} och lägg dokument i {region.inbox}/<kommunkod>/.\n"
        f"Kör sedan planinnovation run --region {region.name}; sidan Att kontrollera säger vad "
        "som saknas."
    )


def _codes(given: list[str] | None) -> list[str]:
    return [code.strip() for each in given or [] for code in each.split(",") if code.strip()]
