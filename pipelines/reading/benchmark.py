"""How fast reading is against the bare text extraction of PDFium, side by side in one run."""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pypdfium2

from pipelines.errors import ReadingError
from pipelines.reading import worker_pool
from pipelines.reading.extraction import read_document
from pipelines.reading.page_cache import pack
from pipelines.reading.reader import MEMORY_MB, TIMEOUT_S

_ROUNDS = 5


@dataclass(frozen=True, slots=True)
class ReadingSpeed:
    """Medians over rounds that took turns.

    Attributes:
        pages: pages in the corpus.
        workers: processes used by both ways.
        bare: pages per second of `get_text_range` alone.
        read: pages per second from file to clean passages, packed for the cache.
        peak_mb: largest resident memory of a reading worker, in megabytes.
    """

    pages: int
    workers: int
    bare: float
    read: float
    peak_mb: float

    @property
    def ratio(self) -> float:
        """Speed of reading as a share of bare extraction."""
        return self.read / self.bare if self.bare else 0.0

    def __str__(self) -> str:
        return (
            f"{self.pages} sidor, {self.workers} processer: "
            f"pypdfium2 {self.bare:.0f} sidor/s, läsning {self.read:.0f} sidor/s, "
            f"kvot {self.ratio:.2f}, minne {self.peak_mb:.0f} MB per process"
        )


def benchmark(
    paths: list[Path], *, workers: int | None = None, rounds: int = _ROUNDS
) -> ReadingSpeed:
    """Measure reading against bare extraction of the same PDF files with as many workers."""
    count = workers or len(os.sched_getaffinity(0))
    pages = sum(_count_pages(path) for path in paths)
    bare: list[float] = []
    read: list[float] = []
    peak = 0
    for _ in range(rounds):
        seconds, _outputs = _timed(paths, bare_text, count)
        bare.append(pages / seconds)
        seconds, outputs = _timed(paths, read_and_pack, count)
        read.append(pages / seconds)
        peak = max([peak, *(int(output) for output in outputs)])
    return ReadingSpeed(pages, count, statistics.median(bare), statistics.median(read), peak / 1024)


def bare_text(path: str, alive: Callable[[], None]) -> bytes:
    """Take the text of every page and throw it away: the floor for any reader on PDFium."""
    document = pypdfium2.PdfDocument(path)
    for index in range(len(document)):
        page = document[index]
        text_page = page.get_textpage()
        text_page.get_text_range()
        text_page.close()
        page.close()
    document.close()
    alive()
    return b"0"


def read_and_pack(path: str, alive: Callable[[], None]) -> bytes:
    """Read as for the cache; return the peak memory of this worker in kilobytes."""
    document = read_document(Path(path), ocr=False)
    if document.status != "read":
        raise ReadingError(
            f"{document.file_name}: {document.reason}",
            expected="Mätningen behöver dokument med läsbar text.",
            do="Välj andra dokument.",
        )
    pack(document)
    alive()
    return str(_peak_kb()).encode("ascii")


def _peak_kb() -> int:
    try:
        import resource
    except ImportError:  # not on this system
        return 0
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def _timed(paths: list[Path], work: worker_pool.Work, workers: int) -> tuple[float, list[bytes]]:
    """Return seconds from the first to the last document, workers started beforehand."""
    runs = worker_pool.run(
        [paths[0]] * workers + paths,
        work,
        workers=workers,
        timeout_s=TIMEOUT_S,
        memory_mb=MEMORY_MB,
        preload=[__name__],
    )
    outputs: list[bytes] = []
    started = time.perf_counter()
    for position, (_, output) in enumerate(runs):
        if position == workers - 1:
            started = time.perf_counter()  # each worker is warm
        if isinstance(output, bytes):
            outputs.append(output)
    return time.perf_counter() - started, outputs


def _count_pages(path: Path) -> int:
    document = pypdfium2.PdfDocument(path)
    try:
        return len(document)
    finally:
        document.close()
