"""``serve`` and ``demo``: the dashboard."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import Annotated

import typer

from pipelines.model.region import load_region, region_names
from pipelines.progress import Progress

Port = Annotated[
    int, typer.Option("--port", help="Port on 127.0.0.1; 0 takes a free one.", min=0, max=65535)
]
DEFAULT_PORT = 8501


def add_to(app: typer.Typer) -> None:
    """Register the commands."""
    app.command()(serve)
    app.command()(demo)


def serve(port: Port = DEFAULT_PORT) -> None:
    """Open the dashboard on 127.0.0.1."""
    command = [sys.executable, "-m", "dashboard", "--port", str(port)]
    sys.stdout.flush()
    if os.name == "posix":
        # The dashboard takes over this process, so that a signal to the command reaches it.
        # A module of its own: the pipelines never import the dashboard.
        os.execv(sys.executable, command)  # noqa: S606 - our own interpreter and words
    raise typer.Exit(subprocess.run(command, check=False).returncode)


def demo(port: Port = DEFAULT_PORT) -> None:
    """Build the regions that have no edition, then open the dashboard (what `make run` does)."""
    from pipelines.build import build_with_earlier
    from pipelines.cli.report import print_report
    from pipelines.warehouse.edition import current_file

    for name in region_names():
        if current_file(name) is None:
            print_report(build_with_earlier(load_region(name), progress=Progress()))
    serve(port)
