"""Speed of the measures at national size, beside the straightforward way in the same run.

``python -m benchmarks.indicators`` makes 290 municipalities, 150 000 documents and 3 million
passages, asks every page for its full set of numbers under fresh filters in turns with pandas, and
prints medians and ratios of the same filter. A number, as 0.1, makes a smaller nation.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from benchmarks import plain_chain, plain_registers, plain_texts
from benchmarks.national import national_facts
from benchmarks.plain import Frames, frames_of
from pipelines.indicators import index_draws, pages
from pipelines.indicators.catalog import derive_all
from pipelines.indicators.fact_index import FactIndex
from pipelines.indicators.scope import Scope
from pipelines.indicators.selection import Selection

TARGET_MS = 150
REGION = 26
FILTERS = (
    Selection(from_year=2019),
    Selection(themes=("energi",), lowest="aim"),
    Selection(object_types=("dp",), themes=("mobilitet", "energi")),
    Selection(instruments=("testbadd", "pilot_demonstration")),
    Selection(municipalities=tuple(str(1000 + number) for number in range(REGION))),
    Selection(lowest="should", from_year=2015, to_year=2022),
)
ALIKE = tuple(Selection(similar_to=str(1000 + number)) for number in range(0, 290, 50))
ROUNDS = 3
PLAIN_EVERY = 3
"""Pandas answers under every third filter only: it would take most of an hour to ask them all."""
_EVEN = np.full(4, 0.25)
_HEAD = (
    f"{'page':20}{'median ms':>11}{'worst ms':>10}{'processor':>11}{'pandas ms':>11}{'ratio':>8}\n"
)


@dataclass(frozen=True)
class Page:
    """A page's full set of numbers: ours, the same in plain pandas, and the filters to try."""

    ours: Callable[[Scope], Any]
    plain: Callable[[Frames, Selection], Any]
    filters: tuple[Selection, ...] = FILTERS


PAGES = (
    Page(pages.overview, plain_chain.overview),
    Page(pages.plans, plain_texts.plans),
    Page(pages.allocations, plain_texts.allocations),
    Page(pages.red_thread, plain_chain.red_thread),
    Page(pages.testing_activities, plain_registers.testing_activities),
    Page(pages.procurement, plain_registers.procurement),
    Page(pages.index, plain_chain.index),
    Page(pages.data_quality, plain_texts.data_quality),
    Page(pages.municipality, plain_chain.municipality, ALIKE),
)


def main(scale: float = 1.0) -> None:
    """Make the nation, time everything and print it."""
    facts = national_facts(scale)
    index, seconds = _timed(lambda: FactIndex(facts))
    _say(f"Index made once an edition: {seconds:.1f} s\n")
    _, seconds = _timed(lambda: [page.ours(Scope(index)) for page in PAGES])
    _say(f"Every page without a filter, and all that is made once: {seconds:.1f} s\n")
    frames = frames_of(facts)
    _say(_HEAD)
    for page in PAGES:
        _compare(index, frames, page)
    _index()
    _, seconds = _timed(lambda: derive_all(facts))
    _say(f"All numbers and derived tables of an edition, its index too: {seconds:.1f} s\n")


def _compare(index: FactIndex, frames: Frames, page: Page) -> None:
    ours, processor, theirs, ratios = [], [], [], []
    for number, chosen in enumerate(page.filters):
        before = time.process_time()
        runs = [_timed(lambda s=chosen: page.ours(Scope(index, s)))[1] for _ in range(ROUNDS)]
        processor.append((time.process_time() - before) / ROUNDS)
        ours.append(statistics.median(runs))
        if number % PLAIN_EVERY == 0:
            theirs.append(_timed(lambda s=chosen: page.plain(frames, s))[1])
            ratios.append(theirs[-1] / ours[-1])
    median, cpu, plain = (1000 * statistics.median(each) for each in (ours, processor, theirs))
    late = "" if median < TARGET_MS else f"  over {TARGET_MS} ms"
    _say(
        f"{page.ours.__name__:20}{median:11.0f}{1000 * max(ours):10.0f}{cpu:11.0f}"
        f"{plain:11.0f}{statistics.median(ratios):8.0f}{late}\n"
    )


def _index() -> None:
    for units in (REGION, 290):
        components = np.random.default_rng(1).uniform(0, 100, (units, 4))
        draw, vary = (
            min(_timed(lambda f=each, c=components: f(c, _EVEN))[1] for _ in range(ROUNDS))
            for each in (index_draws.draw, index_draws.sensitivity)
        )
        _say(f"Index of {units}: draws {1000 * draw:.0f} ms, sensitivity {1000 * vary:.0f} ms\n")


def _timed(what: Callable[[], Any]) -> tuple[Any, float]:
    start = time.perf_counter()
    answer = what()
    return answer, time.perf_counter() - start


def _say(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 1.0)
