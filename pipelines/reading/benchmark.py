"""How fast reading and coding are against the bare text extraction of PDFium, in one run."""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path

import pypdfium2

from pipelines.errors import ReadingError
from pipelines.reading import worker_pool
from pipelines.reading.codebook import Codebook
from pipelines.reading.coded import CodeWhatIsRead
from pipelines.reading.reader import DEFAULT_LIMITS, Reading

_ROUNDS = 5
_KIND = "dp"
LONG_DOCUMENT = 1000
"""Pages of the document on which the memory of a worker is measured."""

Alive = Callable[[], None]


@dataclass(frozen=True, slots=True)
class ReadingSpeed:
    """Medians over rounds that took turns, all ways with as many workers.

    Speeds are pages per second of processor time in the workers: with as many workers their ratios
    are those of the pages per second on an idle machine, and hold on a busy one.

    Attributes:
        pages: pages in the corpus.
        workers: processes used by each way.
        bare: speed of `get_text_range` alone.
        read: speed from file to clean passages, packed for the cache.
        chain: speed from file to findings, passages and findings packed.
        wall: pages per second by the clock of the whole chain, all workers together.
        peak_mb: memory of a worker that read and coded a document of `LONG_DOCUMENT` pages.
    """

    pages: int
    workers: int
    bare: float
    read: float
    chain: float
    wall: float
    peak_mb: float

    def __str__(self) -> str:
        return (
            f"{self.pages} sidor, {self.workers} processer, sidor per processorsekund: "
            f"pypdfium2 {self.bare:.0f}, "
            f"hela kedjan {self.chain:.0f}, kvot {self.chain / self.bare:.2f}; "
            f"enbart läsning {self.read:.0f}, kvot {self.read / self.bare:.2f}; "
            f"hela kedjan efter klockan {self.wall:.0f} sidor/s; "
            f"minne {self.peak_mb:.0f} MB per process på {LONG_DOCUMENT} sidor"
        )


Cost = tuple[float, int]
"""Processor seconds that a document took, and the peak memory of its worker in kilobytes."""


@dataclass(frozen=True, slots=True)
class _Floor:
    """Take the text of every page and throw it away: the floor for any reader on PDFium."""

    def __call__(self, path: str, alive: Alive) -> Cost:
        started = time.process_time()
        document = pypdfium2.PdfDocument(path)
        for index in range(len(document)):
            page = document[index]
            text_page = page.get_textpage()
            text_page.get_text_range()
            text_page.close()
            page.close()
        document.close()
        alive()
        return time.process_time() - started, 0


@dataclass(frozen=True, slots=True)
class _Measured:
    """Do as the build does."""

    reading: Reading

    def __call__(self, path: str, alive: Alive) -> Cost:
        started = time.process_time()
        _, findings = self.reading(path, alive)
        if self.reading.then is not None and not findings:
            raise ReadingError(
                f"{Path(path).name} går inte att läsa.",
                expected="Mätningen behöver dokument med läsbar text.",
                do="Välj andra dokument.",
            )
        return time.process_time() - started, _peak_kb()


@dataclass(frozen=True, slots=True)
class _Warm:
    """Bring a worker where it is after many documents."""

    codebook: Codebook

    def __call__(self) -> None:
        for matcher in (self.codebook.opening, self.codebook.matcher):
            matcher.find("")
            matcher.prepare()


def benchmark(
    paths: list[Path], codebook: Codebook, *, workers: int | None = None, rounds: int = _ROUNDS
) -> ReadingSpeed:
    """Measure reading and the whole chain against bare extraction of the same PDF files."""
    count = workers or len(os.sched_getaffinity(0))
    paths = sorted(paths, key=lambda path: -path.stat().st_size)  # as the build takes them
    pages = sum(_count_pages(path) for path in paths)
    then = CodeWhatIsRead({str(path): _KIND for path in paths}, codebook, Path())
    ways: dict[str, tuple[worker_pool.Work[Cost], Callable[[], None] | None]] = {
        "bare": (_Floor(), None),
        "read": (_Measured(Reading(ocr=False)), None),
        "chain": (_Measured(Reading(ocr=False, then=then)), _Warm(codebook)),
    }
    speeds: dict[str, list[float]] = {name: [] for name in (*ways, "wall")}
    for _ in range(rounds):
        for name, (work, warm) in ways.items():
            seconds, costs = _timed(paths, work, count, warm)
            speeds[name].append(pages / sum(cost for cost, _ in costs))
        speeds["wall"].append(pages / seconds)
    bare, read, chain, wall = (statistics.median(values) for values in speeds.values())
    return ReadingSpeed(pages, count, bare, read, chain, wall, _peak_mb(paths, codebook))


def _peak_mb(paths: Sequence[Path], codebook: Codebook) -> float:
    """Return the memory of one worker on a long document, made of the pages of `paths`."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "lang.pdf"
        _join_pages(paths, path)
        then = CodeWhatIsRead({str(path): _KIND}, codebook, Path())
        work = _Measured(Reading(ocr=False, then=then))
        _seconds, costs = _timed([path], work, 1, _Warm(codebook))
    return max(peak for _, peak in costs) / 1024


def _join_pages(paths: Sequence[Path], target: Path) -> None:
    joined = pypdfium2.PdfDocument.new()
    for path in cycle(paths):
        source = pypdfium2.PdfDocument(path)
        left = LONG_DOCUMENT - len(joined)
        joined.import_pages(source, list(range(min(left, len(source)))))
        source.close()
        if len(joined) >= LONG_DOCUMENT:
            break
    joined.save(target)
    joined.close()


def _peak_kb() -> int:
    try:
        import resource
    except ImportError:  # not on this system
        return 0
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def _timed(
    paths: list[Path],
    work: worker_pool.Work[Cost],
    workers: int,
    warm: Callable[[], None] | None,
) -> tuple[float, list[Cost]]:
    """Return seconds from the first to the last document, and the cost of each, workers warm."""
    runs = worker_pool.run(
        [paths[-1]] * workers + paths,
        work,
        workers=workers,
        timeout_s=DEFAULT_LIMITS.timeout_s,
        memory_mb=DEFAULT_LIMITS.memory_mb,
        preload=[__name__],
        warm=warm,
    )
    costs: dict[int, Cost] = {}
    started = time.perf_counter()
    for position, (index, cost) in enumerate(runs):
        if position == workers - 1:
            started = time.perf_counter()  # each worker is warm
        if isinstance(cost, str):
            raise ReadingError(
                f"En läsprocess avbröts ({cost}).",
                expected="Mätningen behöver dokument som går att läsa.",
                do="Välj andra dokument.",
            )
        if index >= workers:
            costs[index] = cost
    return time.perf_counter() - started, list(costs.values())


def _count_pages(path: Path) -> int:
    document = pypdfium2.PdfDocument(path)
    try:
        return len(document)
    finally:
        document.close()
