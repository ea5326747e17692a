"""Speed of the measures at national size, beside the straightforward way in the same run.

``python -m benchmarks.indicators`` makes 290 municipalities, 150 000 documents and 3 million
passages, asks every page for its full set of numbers under fresh filters, and prints medians. The
pages that pandas computes too are timed in turns with it, so that both meet the same machine.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from typing import Any

import numpy as np

from benchmarks import plain_pandas
from benchmarks.national import national_facts
from pipelines.indicators import index_draws, pages
from pipelines.indicators.catalog import derive_all
from pipelines.indicators.fact_index import FactIndex
from pipelines.indicators.scope import Scope
from pipelines.indicators.selection import Selection

TARGET_MS = 150
FILTERS = (
    Selection(from_year=2019),
    Selection(themes=("energi",), lowest="aim"),
    Selection(object_types=("dp",), themes=("mobilitet", "energi")),
    Selection(instruments=("testbadd", "pilot_demonstration")),
    Selection(municipalities=tuple(str(1000 + number) for number in range(26))),
    Selection(lowest="should", from_year=2015, to_year=2022),
)
PAGES: tuple[Callable[[Scope], Any], ...] = (
    pages.overview,
    pages.plans,
    pages.allocations,
    pages.red_thread,
    pages.testing_activities,
    pages.procurement,
    pages.index,
    pages.data_quality,
)
PLAIN = {
    "plans": plain_pandas.plans,
    "red_thread": plain_pandas.red_thread,
    "procurement": plain_pandas.procurement,
}


_EVEN = np.full(4, 0.25)


def main(scale: float = 1.0) -> None:
    """Make the nation, time everything and print it."""
    facts = national_facts(scale)
    index, seconds = _timed(lambda: FactIndex(facts))
    _say(f"Index made once an edition: {seconds:.1f} s")
    _, seconds = _timed(lambda: (index.found, index.theme_levels, index.similar, index.ancestors))
    _say(f"Answers without a filter, made once: {seconds:.1f} s")
    frames = plain_pandas.frames_of(facts)
    _say(f"{'page':20}{'median ms':>10}{'worst ms':>10}{'pandas ms':>11}{'ratio':>8}")
    for page in PAGES:
        _page(index, page, frames)
    similar = [Selection(similar_to=code) for code in index.codes[::60]]
    times = [_timed(lambda s=each: pages.municipality(Scope(index, s)))[1] for each in similar]
    _say(f"{'municipality':20}{1000 * statistics.median(times):10.0f}{1000 * max(times):10.0f}")
    _index()
    _, seconds = _timed(lambda: derive_all(facts))
    _say(f"All numbers and derived tables of an edition: {seconds:.1f} s")


def _page(index: FactIndex, page: Callable[[Scope], Any], frames: plain_pandas.Frames) -> None:
    name = page.__name__
    plain = PLAIN.get(name)
    ours, theirs = [], []
    for selection in FILTERS:
        ours.append(min(_timed(lambda s=selection: page(Scope(index, s)))[1] for _ in range(3)))
        if plain is not None:
            theirs.append(_timed(lambda s=selection, p=plain: p(frames, s))[1])
    median = 1000 * statistics.median(ours)
    line = f"{name:20}{median:10.0f}{1000 * max(ours):10.0f}"
    if theirs:
        pandas = 1000 * statistics.median(theirs)
        line += f"{pandas:11.0f}{pandas / median:8.0f}"
    _say(line + ("" if median < TARGET_MS else f"  over {TARGET_MS} ms"))


def _index() -> None:
    for units in (26, 290):
        components = np.random.default_rng(1).uniform(0, 100, (units, 4))
        both = (index_draws.draw, index_draws.sensitivity)
        draw, vary = (
            min(_timed(lambda f=each, c=components: f(c, _EVEN))[1] for _ in range(3))
            for each in both
        )
        _say(f"Index of {units}: draws {1000 * draw:.0f} ms, sensitivity {1000 * vary:.0f} ms")


def _timed(what: Callable[[], Any]) -> tuple[Any, float]:
    start = time.perf_counter()
    answer = what()
    return answer, time.perf_counter() - start


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 1.0)
