"""``serve``, ``demo`` and ``audit-log``: the dashboard and what was done in it."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import datetime
from typing import Annotated

import typer

from pipelines.cli import output
from pipelines.cli.building import ReportFormat
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
    app.command("audit-log")(audit_log)


def audit_log(
    since: Annotated[
        datetime | None, typer.Option("--since", formats=["%Y-%m-%d"], help="First day to show.")
    ] = None,
    action: Annotated[
        str, typer.Option("--action", help="Only actions whose words contain this.")
    ] = "",
    format: Annotated[
        ReportFormat, typer.Option("--format", help="text or json (a line each).")
    ] = ReportFormat.text,
) -> None:
    """Show who did what in the dashboard, oldest first; people are pseudonyms."""
    from pipelines.warehouse.audit import audit_folder, events

    first = since.date().isoformat() if since else ""
    found = [event for event in events() if event.at >= first and action in event.action]
    if format is ReportFormat.json:
        for event in found:
            output.json_line(event._asdict())
    elif found:
        headers = ("Tid (UTC)", "Vem", "Roll", "Handling", "Vad", "Utfall")
        output.table(headers, [tuple(event) for event in found])
    else:
        output.line(f"Inga händelser i {audit_folder()}.")


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
