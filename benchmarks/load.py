"""Many readers at once while editions are published: seconds, errors, memory, ``/halsa``.

``python -m benchmarks.load FOLDER`` makes a region of 200 000 passages (kept in FOLDER), serves it,
and lets ``--readers`` read for ``--minutes`` with ``--think`` seconds between their choices while
``--publications`` editions become current. ``--project`` serves another checkout with its own
environment and its own FOLDER, for turns with an earlier version. The memory
of every minute is printed, so that an hour with few readers is a soak. It ends with 1 when a reader
had an error.
"""

from __future__ import annotations

import argparse
import random
import shutil
import statistics
import sys
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

from websockets.exceptions import WebSocketException

from benchmarks import large_edition
from benchmarks.servers import Server, dashboard
from benchmarks.session import Run, open_session
from pipelines.model.region import PROJECT
from pipelines.warehouse.edition import KEPT, POINTER
from pipelines.warehouse.sealed import seal, seal_of, write_safely

YEARS = tuple(str(year) for year in range(2010, 2025))
PAGES = (
    "", "oversiktsplaner", "detaljplaner", "markanvisningar", "roda_traden", "testverksamhet",
    "upphandling", "innovationsindex", "belagg",
)  # fmt: skip
_OTHER_PAGE = 0.2
"""Share of a reader's choices that lead to another page; the others choose a year."""
_ARRIVE = 10.0
"""Seconds within which the readers come."""


def read_on(
    address: str, region: str, number: int, until: float, think: float
) -> tuple[list[Run], list[str]]:
    """Read as one reader does until a time; return the runs, and what went wrong."""
    choose, runs, wrong, session = random.Random(number), [], [], None
    page = PAGES[number % len(PAGES)]
    time.sleep(choose.uniform(0, _ARRIVE))
    while time.monotonic() < until:
        try:
            if session is None or choose.random() < _OTHER_PAGE:
                if session is not None:
                    session.close()
                    page = choose.choice(PAGES)
                session, run = open_session(address, page, region=region)
            else:
                run = session.select("fran", choose.choice(YEARS))
            runs.append(run)
            wrong += run.errors
        except (WebSocketException, OSError, StopIteration) as error:
            wrong.append(f"{page}: {error!r}")
            session = None
        time.sleep(choose.uniform(0.5, 1.5) * think)
    if session is not None:
        session.close()
    return runs, wrong


def _publish(folder: Path, times: int, seconds: float, end: Event) -> None:
    """Let so many editions become current: copies under new names, so that no answer is known."""
    first = next(folder.glob("*.duckdb"))
    copies: list[Path] = []
    for number in range(times):
        if end.wait(seconds / (times + 1)):
            break
        file = folder / f"2026-12-01-{number:08x}.duckdb"
        draft = folder / f".{file.name}.tmp"
        shutil.copyfile(first, draft)
        seal(draft, file)
        draft.rename(file)
        write_safely(folder / POINTER, file.name.encode())
        copies.append(file)
        for old in copies[:-KEPT]:
            old.unlink(missing_ok=True)
            seal_of(old).unlink(missing_ok=True)
    end.wait()
    write_safely(folder / POINTER, first.name.encode())
    for file in copies:
        file.unlink(missing_ok=True)
        seal_of(file).unlink(missing_ok=True)


def _ask_health(address: str, end: Event) -> list[float]:
    seconds = []
    while not end.wait(1.0):
        start = time.perf_counter()
        with urllib.request.urlopen(f"{address}/halsa", timeout=60) as answer:
            answer.read()
        seconds.append(time.perf_counter() - start)
    return seconds


def _watch(server: Server, end: Event) -> list[float]:
    levels = [server.memory()]
    while not end.wait(60.0):
        levels.append(server.memory())
    return [*levels, server.memory()]


def spread(seconds: list[float]) -> str:
    """Return the median, the 95th percentile and the longest in words."""
    ordered = sorted(seconds)
    late = ordered[int(0.95 * (len(ordered) - 1))]
    return f"median {statistics.median(ordered):.2f} s, p95 {late:.2f} s, at most {ordered[-1]:.2f}"


def crowd(server: Server, region: str, readers: int, seconds: float, think: float) -> list[str]:
    """Let readers read and print what it took; return what went wrong."""
    before, held, until = server.cpu(), server.memory(), time.monotonic() + seconds
    with ThreadPoolExecutor(readers) as pool:
        asked = [
            pool.submit(read_on, server.address, region, number, until, think)
            for number in range(readers)
        ]
        found = [each.result() for each in asked]
    runs = [run.seconds for runs, _ in found for run in runs]
    wrong = [words for _, errors in found for words in errors]
    share = (server.cpu() - before) / seconds
    _say(
        f"{readers} readers, {think:.0f} s between choices, {seconds:.0f} s: {len(runs)} runs, "
        f"{spread(runs)}; {len(wrong)} errors; {share:.2f} cores, "
        f"{1000 * share * seconds / len(runs):.0f} ms of processor a run; "
        f"{held:.0f} MB, then {server.memory():.0f}"
    )
    for words in sorted(set(wrong))[:5]:
        _say(f"  {wrong.count(words)} × {words[:200]}")
    return wrong


def main() -> None:
    """Make the region, serve it, and put the load on it."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("folder", type=Path)
    asked.add_argument("--readers", type=int, default=40)
    asked.add_argument("--minutes", type=float, default=10.0)
    asked.add_argument("--publications", type=int, default=30)
    asked.add_argument("--think", type=float, default=3.0)
    asked.add_argument("--project", type=Path, default=PROJECT)
    given = asked.parse_args()
    seconds, end = 60 * given.minutes, Event()
    with (
        large_edition.large_region(given.folder, 1 / 15, large_edition.MUNICIPALITIES) as region,
        dashboard(given.project) as server,
        ThreadPoolExecutor(3) as pool,
    ):
        editions = given.folder / "editions" / region.name
        health = pool.submit(_ask_health, server.address, end)
        levels = pool.submit(_watch, server, end)
        published = pool.submit(_publish, editions, given.publications, seconds, end)
        try:
            wrong = crowd(server, region.name, given.readers, seconds, given.think)
        finally:
            end.set()
        published.result()
        _say(f"/halsa: {len(health.result())} times, {spread(health.result())}")
        _say(f"MB held each minute: {', '.join(f'{each:.0f}' for each in levels.result())}")
    sys.exit(1 if wrong else 0)


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
