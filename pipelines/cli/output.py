"""What every command prints with: lines for scripts on standard output, notes on standard error."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence

from rich.console import Console
from rich.table import Table

from pipelines.errors import PlanInnovationError


def json_line(value: Mapping[str, object]) -> None:
    """Print one JSON object on a line of its own, with å ä ö as they are."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False) + "\n")


def line(text: str = "") -> None:
    """Print one line for people."""
    sys.stdout.write(text + "\n")


def note(text: str) -> None:
    """Print one line on standard error, out of the way of scripts."""
    sys.stderr.write(text + "\n")


def fault(error: PlanInnovationError) -> None:
    """Print on standard error what was found, what was expected and what to do."""
    note(f"{error.found}\nVäntat: {error.expected}\nGör så här: {error.do}")


def table(headers: Sequence[str], rows: Sequence[Sequence[object]], title: str = "") -> None:
    """Print a table; columns whose cells are all numbers are set to the right."""
    shown = Table(title=title or None, title_justify="left", title_style="bold")
    for position, header in enumerate(headers):
        numeric = bool(rows) and all(isinstance(row[position], int | float) for row in rows)
        shown.add_column(header, justify="right" if numeric else "left", overflow="fold")
    for row in rows:
        shown.add_row(*("" if cell is None else str(cell) for cell in row))
    Console(soft_wrap=False).print(shown)
