"""Many readers without a browser: bytes and seconds of every page, a crowd, and a long run."""

from __future__ import annotations

import random
import statistics
import sys
import time
from concurrent.futures import ThreadPoolExecutor

from benchmarks.servers import Server
from benchmarks.session import Run, Session, open_session
from dashboard.pages import IN_MENU
from pipelines.model.codes import THEME

YEARS = tuple(str(year) for year in range(2010, 2026))
READERS = 10
CROWD_SECONDS = 45.0
THINK = (1.0, 4.0)
"""Seconds that a reader looks before the next choice."""
SOAK_RUNS = 400


def every_page(server: Server, region: str, limit: float) -> None:
    """Every page under fresh filters: what the first view and the largest rerun send.

    The largest rerun is also sought with every part of the page unfolded, and among the parts.
    """
    _say(
        "\nEvery page: kB of the first view and of the largest rerun, ms of a fresh filter (median)"
    )
    theme = next(iter(THEME.labels.values()))
    for page in IN_MENU:
        session, first = open_session(
            server.address, "" if page == "laget" else page, region=region
        )
        runs = [session.select("fran", year) for year in ("2014", "2019", "2022")]
        runs += [session.select("tema", theme), *_unfolded(session), session.run()]
        session.close()
        largest = max(first.received, *(run.received for run in runs))
        fresh = 1000 * statistics.median(run.seconds for run in runs[:3])
        over = f"  over {limit / 1000:.0f} kB" if largest > limit else ""
        errors = sum(len(run.errors) for run in (first, *runs))
        failed = f"  {errors} errors" if errors else ""
        _say(
            f"  {page:18}{first.received / 1e3:8.0f}{largest / 1e3:8.0f}{fresh:8.0f}{over}{failed}"
        )


def _unfolded(session: Session) -> list[Run]:
    """Open every part, each on its own; those over the page are closed again."""
    runs = []
    for name, part in session.closed.items():
        runs.append(session.open(name))
        if part.is_over:
            session.close_part(name)
    return runs


def crowd(server: Server, region: str) -> None:
    """Ten readers on different pages who choose filters for some time, all at once."""
    pages = list(IN_MENU)
    with ThreadPoolExecutor(READERS) as pool:
        told = [
            pool.submit(_read_on, server, pages[place % len(pages)], region, place)
            for place in range(READERS)
        ]
        runs = [run for each in told for run in each.result()]
    seconds = sorted(run.seconds for run in runs)
    errors = sum(len(run.errors) for run in runs)
    late = seconds[int(0.95 * (len(seconds) - 1))]
    _say(
        f"\n{READERS} readers at once: {len(runs)} reruns, {errors} errors, median "
        f"{statistics.median(seconds):.2f} s, p95 {late:.2f} s"
    )


def _read_on(server: Server, page: str, region: str, seed: int) -> list[Run]:
    choose = random.Random(seed)
    session, _ = open_session(server.address, "" if page == "laget" else page, region=region)
    runs = []
    end = time.monotonic() + CROWD_SECONDS
    while time.monotonic() < end:
        time.sleep(choose.uniform(*THINK))
        runs.append(session.select("fran", choose.choice(YEARS)))
    session.close()
    return runs


def soak(server: Server, region: str) -> None:
    """Some hundred reruns of one session: the collector is off after runs, so memory is watched."""
    session, _ = open_session(server.address, "detaljplaner", region=region)
    levels = [server.memory()]
    choose = random.Random(1)
    for turn in range(SOAK_RUNS):
        session.select("fran", choose.choice(YEARS))
        session.select("till", str(int(choose.choice(YEARS)) + 8))
        if (turn + 1) % (SOAK_RUNS // 4) == 0:
            levels.append(server.memory())
    session.close()
    _say(f"{2 * SOAK_RUNS} reruns: MB held {', '.join(f'{each:.0f}' for each in levels)}")


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
