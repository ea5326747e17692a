"""Speed and memory of the measures under fresh filters, at the size of a region and of the nation.

``python -m benchmarks.indicators [FOLDER]`` publishes (in FOLDER, kept for the next run,
else in a temporary one) an edition of 200 000 passages in 26
municipalities and one of 3 million in 290, asks for the full set of numbers of every page under
filters that nobody has asked for before, and prints medians. Beside them stands plain SQL on the
passages themselves: 1.1 by municipality and type, without the table that numbers are counted from.
A second argument, as 0.1, makes both smaller.
"""

from __future__ import annotations

import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import duckdb

from benchmarks.large_edition import large_region
from dashboard import measures
from pipelines.indicators import innovation_index, planning, quality
from pipelines.indicators.facts import Facts
from pipelines.indicators.scope import Scope, Selection
from pipelines.warehouse.edition import current_file

SIZES = {"region": (1 / 15, 26, 150), "nation": (1.0, 290, 500)}
"""Share of the nation's documents, municipalities, and milliseconds that a page may take."""
FILTERS = (
    Selection(year_from=2019),
    Selection(themes=("energi",), minimum=2),
    Selection(object_types=("dp",), themes=("mobilitet", "energi")),
    Selection(instruments=("testbadd", "pilot_demonstration")),
    Selection(municipalities=tuple(str(1000 + number) for number in range(26))),
    Selection(minimum=3, year_from=2015, year_to=2022),
)
ROUNDS = 3
PAGES: dict[str, Callable[[Scope], Any]] = {
    "1.1": planning.inclusion,
    "Läget": measures.overview,
    "Planer": measures.plan_values,
    "Teman och styrmedel": planning.themes_by_instrument,
    "Röda tråden": measures.red_thread,
    "Testverksamhet": measures.testing_activities,
    "Upphandling": measures.procurement,
    "Index": measures.index,
    "Känslighet": innovation_index.sensitivity_table,
    "Kvalitet": quality.compute,
}
_PLAIN = """
WITH found AS (SELECT object_id, count(*) AS hits FROM passage WHERE is_counted AND level >= $level
               AND (len($themes) = 0 OR list_has_any(themes, $themes)) GROUP BY object_id)
SELECT municipality_code, object_type, count(*) FILTER (hits > 0), count(*)
FROM planning_object LEFT JOIN found USING (object_id)
WHERE coverage IN ('read_found', 'read_none') AND ($first IS NULL OR year >= $first) GROUP BY ALL
"""


def main(folder: Path, scale: float = 1.0) -> None:
    """Publish both editions in a folder, unless they are there, and time everything."""
    for name, (share, municipalities, limit) in SIZES.items():
        with large_region(folder / name, share * scale, municipalities) as region:
            file = current_file(region.name)
        if file is None:
            raise SystemExit(f"{folder / name} holds no edition")
        connection = duckdb.connect(str(file), read_only=True)
        _say(f"{name}: {file.stat().st_size / 1e6:.0f} MB\n")
        _time_pages(Facts(region.name, region.label, connection=connection), limit)
        plain = [_timed(partial(_in_plain_sql, connection, chosen)) for chosen in FILTERS]
        _report("1.1 in plain SQL", plain, limit)
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        _say(f"most memory of the process so far: {most:.0f} MB\n\n")
        connection.close()


def _time_pages(facts: Facts, limit: int) -> None:
    for page, measure in PAGES.items():
        _report(page, [_timed(partial(_ask, facts, measure, chosen)) for chosen in FILTERS], limit)


def _ask(facts: Facts, measure: Callable[[Scope], Any], chosen: Selection) -> None:
    measure(Scope(facts, chosen))


def _in_plain_sql(connection: duckdb.DuckDBPyConnection, chosen: Selection) -> None:
    values = {"level": chosen.minimum, "themes": list(chosen.themes), "first": chosen.year_from}
    connection.cursor().execute(_PLAIN, values).fetchall()


def _timed(what: Callable[[], Any]) -> tuple[float, float]:
    """The median time and processor time of a few rounds, in milliseconds."""
    clock, processor = [], []
    for _ in range(ROUNDS):
        start, before = time.perf_counter(), time.process_time()
        what()
        clock.append(1000 * (time.perf_counter() - start))
        processor.append(1000 * (time.process_time() - before))
    return statistics.median(clock), statistics.median(processor)


def _report(name: str, times: list[tuple[float, float]], limit: int) -> None:
    clock, processor = zip(*times, strict=True)
    middle = statistics.median(clock)
    late = f"  over {limit} ms" if middle > limit else ""
    _say(f"{name:22}{middle:8.0f} ms, worst {max(clock):6.0f}, "
         f"processor {statistics.median(processor):6.0f}{late}\n")  # fmt: skip


def _say(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()


if __name__ == "__main__":
    if len(sys.argv) > 1:
        main(Path(sys.argv[1]), *(float(each) for each in sys.argv[2:]))
    else:
        with tempfile.TemporaryDirectory() as folder:
            main(Path(folder))
