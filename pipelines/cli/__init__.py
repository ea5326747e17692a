"""The command ``planinnovation``: a contract that outside scripts rely on."""

from __future__ import annotations

import typer

from pipelines.cli import (
    building,
    delivering,
    fetching,
    measuring,
    output,
    reading,
    regions,
    serving,
)
from pipelines.errors import PlanInnovationError, system_fault

app = typer.Typer(
    name="planinnovation",
    help="Read municipal plans, code how bindingly they write in innovation, publish an edition.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
for part in (
    building,
    serving,
    regions,
    delivering,
    fetching,
    reading,
    measuring,
):
    part.add_to(app)


def main() -> None:
    """Run the command line; an error that a person can mend ends with exit code 2 and no trace."""
    try:
        app()
    except PlanInnovationError as error:
        output.fault(error)
        raise SystemExit(2) from error
    except Exception as error:
        fault = system_fault(error)
        if fault is None:
            raise
        output.fault(fault)
        raise SystemExit(2) from error
