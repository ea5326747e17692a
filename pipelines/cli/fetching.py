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
    """Register the command."""
    app.command()(fetch)


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
