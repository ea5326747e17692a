"""``bench``: speed as ratios, two ways side by side in one run; machines are noisy."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipelines.cli import output


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command()(bench)


def bench(
    files: Annotated[
        list[Path] | None,
        typer.Argument(help="PDF documents; the example region's when left out.", exists=True),
    ] = None,
    rounds: Annotated[int, typer.Option("--rounds", help="Rounds that take turns.", min=1)] = 3,
) -> None:
    """Measure reading, coding and building against the plain way of doing the same."""
    from pipelines.benchmark import coding_speed, example_documents, rebuild_speed
    from pipelines.reading.benchmark import benchmark
    from pipelines.reading.codebook import load_codebook

    paths = [file for file in (files or example_documents()) if file.suffix.casefold() == ".pdf"]
    readable = _readable(paths)
    output.line(f"Läsning: {benchmark(readable, load_codebook(), rounds=rounds)}")
    output.line(f"Kodning: {coding_speed(readable, rounds=rounds)}")
    output.line(f"Bygge: {rebuild_speed()}")


def _readable(paths: list[Path]) -> list[Path]:
    """Without scans: the floor of bare extraction has nothing to extract from a picture."""
    from pipelines.reading.reader import read_documents

    read = read_documents(paths, cache_dir=None, ocr=False)
    return [path for path, document in zip(paths, read, strict=True) if document.status == "read"]
