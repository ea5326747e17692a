"""``fetch``: ask sources for what is new, and write it as deliveries."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from pipelines.cli import output
from pipelines.model.region import load_region

if TYPE_CHECKING:
    from pipelines.fetching.delivery import Outcome

_SHOWN = 10


def add_to(app: typer.Typer) -> None:
    """Register the commands."""
    app.command()(fetch)
    source = typer.Typer(help="Describe a source.", no_args_is_help=True)
    source.callback()(_group)
    source.command()(propose)
    app.add_typer(source, name="source")


def _group() -> None:
    """Describe a source."""


def fetch(
    region: Annotated[str, typer.Option("--region", help="Region name, a folder under data/.")],
    sources: Annotated[
        list[str] | None, typer.Argument(metavar="[SOURCE]...", help="Names, as --list shows.")
    ] = None,
    all_: Annotated[
        bool, typer.Option("--all", help="Every source of the region whose key is set.")
    ] = False,
    list_: Annotated[
        bool, typer.Option("--list", help="List sources, terms and the age of what is fetched.")
    ] = False,
    accept_loss: Annotated[
        bool,
        typer.Option("--accept-loss", help="Deliver although most rows do not fit or are gone."),
    ] = False,
    pause: Annotated[
        float, typer.Option("--pause", min=0, help="Seconds between requests to one host.")
    ] = 1.0,
) -> None:
    """Fetch from sources into data/REGION/register and inbox, as a person would deliver.

    Only addresses in source descriptions and registers are asked. A source that is down or has
    changed leaves its last delivery alone; the command then ends with exit code 2.
    """
    from pipelines.fetching.refresh import refresh
    from pipelines.fetching.web import Limits

    where = load_region(region)
    if list_:
        _list(region)
        return
    if bool(sources) == all_:
        raise typer.BadParameter("Name the sources, or give --all.")
    outcomes = refresh(where, sources or (), Limits(pause=pause), accept_loss=accept_loss)
    for outcome in outcomes:
        _print(outcome)
    if any(outcome.error for outcome in outcomes):
        raise typer.Exit(2)


def _print(outcome: Outcome) -> None:
    output.line(f"{outcome.label} ({outcome.source}): {outcome.requests} frågor")
    for note in outcome.notes:
        output.line(f"  {note}")
    if outcome.error:
        output.line(f"  Stoppad: {outcome.error}")
        return
    for counted in outcome.counts.values():
        output.line(
            f"  {counted.file}: {counted.fetched} hämtade = {counted.loaded} inlästa + "
            f"{counted.rejected} avvisade; {counted.added} nya, {counted.changed} ändrade, "
            f"{counted.removed} borttagna sedan förra gången"
        )
    for each in outcome.rejections[:_SHOWN]:
        output.line(f"  Avvisad: {each.what}: {each.reason}")
    if (more := len(outcome.rejections) - _SHOWN) > 0:
        output.line(f"  … och {more} till i hamtat/{outcome.source}/lage.json")


def _list(region: str) -> None:
    from pipelines.fetching.delivery import last_outcome
    from pipelines.fetching.source import load_sources

    where = load_region(region)
    rows = []
    for source in load_sources(where).values():
        last = last_outcome(where, source)
        age = "aldrig" if last.age_days is None else f"{last.age_days} dygn"
        needs = f"saknas: {', '.join(source.key_env)}" if source.lacks_key else "behövs ej"
        key = "satt" if source.key_env and not source.lacks_key else needs
        rows.append((source.name, source.label, key, age, last.error, source.licence))
    output.table(("Källa", "Vad", "Nyckel", "Hämtad för", "Senaste fel", "Licens"), rows)


def propose(
    address: Annotated[
        str, typer.Argument(help="A WFS, an ArcGIS layer or a file; files below data/REGION.")
    ],
    region: Annotated[str, typer.Option("--region", help="Region name, a folder under data/.")],
    municipality: Annotated[str, typer.Option("--municipality", help="Code such as 0120.")],
    layer: Annotated[
        str, typer.Option("--layer", help="The layer's name in service or file.")
    ] = "",
    name: Annotated[
        str, typer.Option("--name", help="Write kallor/NAME.toml instead of printing.")
    ] = "",
) -> None:
    """Propose the record of a municipality's plan layer from a sample."""
    from pipelines.fetching.propose import propose as make
    from pipelines.fetching.propose import save

    where = load_region(region)
    text = make(where, address, municipality, layer)
    if name:
        output.line(save(where, name, text))
    else:
        output.line(text)
