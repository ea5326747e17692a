"""``sample``: the passages that people should code, as a file to fill in."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipelines.cli import output


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command()(sample)


def sample(
    region: Annotated[str, typer.Option("--region", help="Region name, a folder under data/.")],
    out: Annotated[
        Path, typer.Option("--out", help="Where to write: .xlsx with drop-downs, or .csv.")
    ],
    n: Annotated[int, typer.Option("--n", min=1, max=5000, help="Number of passages.")] = 60,
    seed: Annotated[
        int, typer.Option("--seed", help="The same seed and documents give the same passages.")
    ] = 1,
    coder: Annotated[
        str | None,
        typer.Option("--coder", help='Filled in on every row: a role or "kodare A", never a name.'),
    ] = None,
    inbox: Annotated[
        Path | None,
        typer.Option(
            "--inbox",
            help="A further folder of documents, as given to run.",
            exists=True,
            file_okay=False,
        ),
    ] = None,
) -> None:
    """Draw passages for people to code, without showing what the machine made of them."""
    from pipelines.cli.review_file import write_review_file
    from pipelines.model.region import load_region
    from pipelines.model.tables import HUMAN_CODE

    chosen = load_region(region)
    written = write_review_file(chosen, out, n, seed, coder=coder, inbox=inbox)
    output.line(f"{written} passager i {out.name}.")
    if written < n:
        output.note(f"Det finns bara {written} passager att dra ur.")
    output.note(
        f"Lägg den ifyllda filen bland regionens register, med ett namn som börjar med "
        f"{HUMAN_CODE.file}, och kör planinnovation run --region {region}."
    )
