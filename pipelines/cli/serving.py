"""``serve`` and ``demo``: the dashboard."""

from __future__ import annotations

import subprocess
import sys
from typing import Annotated

import typer

from pipelines.model.region import load_region, region_names
from pipelines.progress import Progress

Port = Annotated[int, typer.Option("--port", help="Port on 127.0.0.1.", min=1, max=65535)]
DEFAULT_PORT = 8501


def add_to(app: typer.Typer) -> None:
    """Register the commands."""
    app.command()(serve)
    app.command()(demo)


def serve(port: Port = DEFAULT_PORT) -> None:
    """Open the dashboard on 127.0.0.1."""
    # A process of its own: the pipelines never import the dashboard.
    command = [sys.executable, "-m", "dashboard.server", "--port", str(port)]
    raise typer.Exit(subprocess.run(command, check=False).returncode)


def demo(port: Port = DEFAULT_PORT) -> None:
    """Build the regions that have no edition, then open the dashboard (what `make run` does)."""
    from pipelines.build import build_region
    from pipelines.cli.report import print_report
    from pipelines.warehouse.edition import current_file

    for name in region_names():
        if current_file(name) is None:
            print_report(build_region(load_region(name), progress=Progress()))
    serve(port)
