"""``region new`` and ``region redraw``: the folder of any region of Sweden, and its map."""

from __future__ import annotations

from typing import Annotated

import typer

from pipelines.cli import output


def add_to(app: typer.Typer) -> None:
    """Register the commands."""
    region = typer.Typer(help="Make a region of Swedish municipalities.", no_args_is_help=True)
    region.callback()(_group)
    region.command()(new)
    region.command()(redraw)
    app.add_typer(region, name="region")


def _group() -> None:
    """Make a region of Swedish municipalities."""


def redraw(name: Annotated[str, typer.Argument(help="Region name, a folder under data/.")]) -> None:
    """Lay out the names and outlines of a region's map anew, after its borders were changed."""
    import json

    from pipelines.model.region import data_folder, load_region
    from pipelines.sources.map_drawing import with_drawing

    file = data_folder() / load_region(name).map_file
    drawn = with_drawing(json.loads(file.read_text("utf-8")))
    text = json.dumps(drawn, ensure_ascii=False, separators=(",", ":"))
    file.write_text(f"{text}\n", "utf-8")
    output.line(f"{file.name}: {len(drawn['features'])} kommuner ritade")


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
