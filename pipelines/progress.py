"""Progress of long work: bars in a terminal, plain lines elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    TextColumn,
    TimeElapsedColumn,
)
from rich.progress import (
    Progress as Bar,
)

Advance = Callable[[], None]


class Progress:
    """Tells a person what goes on, on standard error, so that output stays clean for scripts."""

    def __init__(self, *, quiet: bool = False) -> None:
        self._quiet = quiet
        self._console = Console(stderr=True, highlight=False)
        self._last = ""

    def step(self, text: str) -> None:
        """Say that a step begins."""
        if not self._quiet and text != self._last:
            self._console.print(text, soft_wrap=True)
        self._last = text

    @contextmanager
    def bar(self, text: str, total: int) -> Iterator[Advance]:
        """Show how many of ``total`` are done; the value is called once for each."""
        if self._quiet or total == 0:
            yield lambda: None
        elif sys.stderr.isatty():
            columns = (
                TextColumn("{task.description}"),
                BarColumn(),
                MofNCompleteColumn(),
                TimeElapsedColumn(),
            )
            with Bar(*columns, console=self._console) as bar:
                task = bar.add_task(text, total=total)
                yield lambda: bar.advance(task)
        else:
            self._console.print(f"{text}: {total}", soft_wrap=True)
            yield lambda: None
