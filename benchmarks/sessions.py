"""A reader without a browser on every page: bytes and seconds."""

from __future__ import annotations

import statistics
import sys

from benchmarks.servers import Server
from benchmarks.session import Run, Session, open_session
from dashboard.pages import IN_MENU
from pipelines.model.codes import THEME


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


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
