"""Speed of the dashboard in the browser, beside a plain page and an empty one in the same run.

``python -m benchmarks.pages [FOLDER]`` builds a region of 150 000 documents and 3 million passages
(in FOLDER, where it is kept for the next run, else in a temporary one), serves the dashboard, the
plain page and the empty page on 127.0.0.1, takes turns between them in headless Chromium, and
prints medians, ranges and ratios. Machines are noisy: quote the ratios. Everything is bounded; a
run takes some minutes after the region is built.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Browser

from benchmarks import large_edition, load, searching, sessions
from benchmarks.browser import Reader, chromium, fresh_reader
from benchmarks.servers import Server, dashboard, plain_app

REGION = "Storregionen"
YEARS = (2011, 2018, 2013, 2020, 2015, 2022, 2012, 2019)
WARM = (2010, 2024)
LOADS = 5
CROWD = (10, 90.0, 2.5)
"""Readers at once, for how many seconds, seconds between their choices."""
PAGES = ("laget", "detaljplaner")
TARGETS = {"redraw": 0.4, "cpu": 0.2, "interactive": 2.2, "bytes": 150_000, "search": 1.0}
"""What the figures should reach: three ratios, the largest rerun in bytes, seconds of a search."""


class Runs(NamedTuple):
    """Seconds to the redrawn page, processor seconds of the server, bytes received, figures."""

    seconds: list[float]
    cpu: list[float]
    received: list[int]
    figures: int


def main(folder: str | None = None, scale: float = 1.0) -> None:
    """Measure all and print it."""
    with ExitStack() as stack:
        place = Path(folder or stack.enter_context(tempfile.TemporaryDirectory()))
        stack.enter_context(large_edition.large_region(place, scale, large_edition.MUNICIPALITIES))
        ours = stack.enter_context(dashboard())
        plain = stack.enter_context(plain_app("plain_page.py"))
        empty = stack.enter_context(plain_app("empty_page.py"))
        browser = stack.enter_context(chromium())
        for page in PAGES:
            _compare(browser, ours, plain, page)
        _interactive(browser, ours, empty)
        sessions.every_page(ours, REGION, TARGETS["bytes"])
        load.crowd(ours, REGION, *CROWD)
    searching.main(folder)


def _compare(browser: Browser, ours: Server, plain: Server, page: str) -> None:
    """Take turns between our page and the plain one, a fresh filter each time."""
    with fresh_reader(browser) as mine, fresh_reader(browser) as theirs:
        mine.open(f"{ours.address}/{'' if page == 'laget' else page}?region={REGION}")
        mine.page.locator(".st-key-filter summary").click()
        theirs.open(f"{plain.address}/?sida={page}")
        for year in WARM:
            mine.choose_year(year)
            theirs.choose_year(year)
        ours_runs, plain_runs = _no_runs(mine), _no_runs(theirs)
        for year in YEARS:
            _one(mine, ours, year, ours_runs)
            _one(theirs, plain, year, plain_runs)
        again = _no_runs(mine)
        for year in YEARS[:4]:
            _one(mine, ours, year, again)
    _say(f"\n{page}: {ours_runs.figures} figures, plain {plain_runs.figures} figures")
    _ratio("filter to redrawn", ours_runs.seconds, plain_runs.seconds, TARGETS["redraw"], "s")
    _ratio("server CPU a rerun", ours_runs.cpu, plain_runs.cpu, TARGETS["cpu"], "s")
    _say(f"  the same filter again      {_words(again.seconds)} s, CPU {_words(again.cpu)} s")
    kilobytes = [statistics.median(runs.received) / 1000 for runs in (ours_runs, plain_runs)]
    _say(f"  bytes a rerun              {kilobytes[0]:.0f} kB, plain {kilobytes[1]:.0f} kB")
    for name, reader in (("ours", mine), ("plain", theirs)):
        _say(f"  errors in {name}: {len(reader.errors)}")


def _no_runs(reader: Reader) -> Runs:
    return Runs([], [], [], reader.figures())


def _one(reader: Reader, server: Server, year: int, runs: Runs) -> None:
    before = server.cpu()
    runs.seconds.append(reader.choose_year(year))
    runs.cpu.append(server.cpu() - before)
    runs.received.append(reader.received)


def _interactive(browser: Browser, ours: Server, empty: Server) -> None:
    """Open each page in a fresh context, in turns: seconds until it is drawn and still."""

    def load(address: str) -> float:
        with fresh_reader(browser) as reader:
            return reader.open(address)

    pages: dict[str, Callable[[], float]] = {
        "laget": lambda: load(f"{ours.address}/?region={REGION}"),
        "detaljplaner": lambda: load(f"{ours.address}/detaljplaner?region={REGION}"),
        "empty": lambda: load(f"{empty.address}/"),
    }
    times: dict[str, list[float]] = {name: [] for name in pages}
    for turn in range(LOADS + 1):
        for name, opened in pages.items():
            seconds = opened()
            if turn:
                times[name].append(seconds)
    _say("\nTime to interactive, fresh context, beside the empty page")
    for name in PAGES:
        _ratio(name, times[name], times["empty"], TARGETS["interactive"], "s")


def _ratio(what: str, ours: list[float], other: list[float], target: float, unit: str) -> None:
    ratio = statistics.median(ours) / statistics.median(other)
    verdict = "" if ratio <= target else f"  over {target}"
    _say(f"  {what:26} {_words(ours)} {unit}, beside {_words(other)} {unit}: {ratio:.2f}{verdict}")


def _words(values: list[float]) -> str:
    return f"{statistics.median(values):.3f} [{min(values):.3f}–{max(values):.3f}]"


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else None)
