"""From file to clean passages: one document here, many through worker processes and a cache."""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from pipelines.reading import page_cache, worker_pool
from pipelines.reading.extract import ocr as scanned
from pipelines.reading.extraction import (
    NOT_LAID_OUT,
    file_hash,
    quiet,
    read_document,
    read_one,
    unreadable,
)
from pipelines.reading.passage import ExtractedDocument

__all__ = ["read_document", "read_documents"]

_LOG = logging.getLogger(__name__)
OnDone = Callable[[Path, ExtractedDocument, bool], None]
Packed = tuple[bytes, bytes]
"""A document as the cache keeps it, and what `Then` made of it; empty without."""
Outcome = Packed | worker_pool.Failure


class Then(Protocol):
    """What a worker makes of a document that it has read, in the same trip. Can be pickled."""

    def __call__(self, path: str, document: ExtractedDocument) -> bytes:
        """Return what is sent back, packed."""

    def warm(self) -> None:
        """Get ready, once in each worker."""

    def take(self, path: Path, document: ExtractedDocument, packed: bytes) -> None:
        """Receive what a worker made of a document, here."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one document may take.

    Attributes:
        timeout_s: time without a sign of life after which it is given up.
        memory_mb: memory on top of the worker itself, where the system can limit it.
    """

    timeout_s: float = 120.0
    memory_mb: int = 1500


@dataclass(frozen=True, slots=True)
class Reading:
    """How a worker reads: with OCR or without, and what it does next."""

    ocr: bool
    then: Then | None = None

    def __call__(self, path: str, alive: Callable[[], None]) -> Packed:
        """Read a document and return it packed: cheaper to send than objects."""
        document = read_one(Path(path), ocr=self.ocr, alive=alive)
        more = self.then(path, document) if self.then and document.status == "read" else b""
        return page_cache.pack(document), more


_POLL_S = 0.5


DEFAULT_LIMITS = Limits()


def read_documents(
    paths: list[Path],
    *,
    cache_dir: Path | None,
    workers: int | None = None,
    executor: Executor | None = None,
    limits: Limits = DEFAULT_LIMITS,
    on_done: OnDone | None = None,
    ocr: bool = True,
    then: Then | None = None,
) -> list[ExtractedDocument]:
    """Return the documents in the order of `paths`, from the cache or read by worker processes.

    Args:
        paths: files to read.
        cache_dir: folder of the reading cache, None for no cache.
        workers: processes, by default one for each core; 0 reads in this process, without limits.
        executor: hands the reading to another engine (Dask, a cluster) instead of own processes.
        limits: time and memory for each document.
        on_done: called with path, document and whether it came from the cache.
        ocr: read scanned pages with tesseract where it is installed.
        then: what the workers also do with each document that is not in the cache.
    """
    means: page_cache.Means = "text"
    if ocr:
        means = "ocr" if scanned.tesseract() is not None else "without"
    results: dict[int, ExtractedDocument] = {}
    for index, path in enumerate(paths):
        kept = _from_cache(cache_dir, path, means)
        if kept is not None:
            results[index] = kept
            _tell(on_done, path, kept, cached=True)
    # the largest first, so that no worker is left alone with it at the end
    missing = sorted(set(range(len(paths))) - results.keys(), key=lambda i: -_size(paths[i]))
    todo = [paths[index] for index in missing]
    work = Reading(ocr, then)
    for place, outcome in _outcomes(todo, work, workers, executor, limits):
        index = missing[place]
        document = _finished(outcome, paths[index], limits.timeout_s)
        if not isinstance(outcome, str):
            if cache_dir is not None and document.sha256:
                key = page_cache.cache_path(cache_dir, document.sha256, means)
                page_cache.store(key, outcome[0])
            if outcome[1] and then is not None:
                then.take(paths[index], document, outcome[1])
        results[index] = document
        _tell(on_done, paths[index], document, cached=False)
    return [results[index] for index in range(len(paths))]


def read_limited(work: Reading, path: str, memory_mb: int) -> Packed:
    """Read a document in a process that somebody else's executor started."""
    worker_pool.limit_memory(memory_mb)
    return work(path, quiet)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _tell(on_done: OnDone | None, path: Path, document: ExtractedDocument, *, cached: bool) -> None:
    if on_done is not None:
        on_done(path, document, cached)


def _from_cache(
    folder: Path | None, path: Path, means: page_cache.Means
) -> ExtractedDocument | None:
    digest = file_hash(path) if folder is not None else ""
    if folder is None or not digest:
        return None
    kept = page_cache.load(page_cache.cache_path(folder, digest, means))
    return replace(kept, file_name=path.name) if kept is not None else None


def _outcomes(
    paths: list[Path],
    work: Reading,
    workers: int | None,
    executor: Executor | None,
    limits: Limits,
) -> Iterator[tuple[int, Outcome]]:
    """Yield packed documents or failures by place in `paths`, in the order they are done."""
    rest = list(range(len(paths)))
    if executor is not None:
        broken: list[int] = []
        yield from _by_executor(paths, work, executor, limits, broken)
        rest = broken
    if not rest:
        return
    if workers == 0:
        for place in rest:
            yield place, work(str(paths[place]), quiet)
        return
    pool = worker_pool.run(
        [paths[place] for place in rest],
        work,
        workers=workers or len(os.sched_getaffinity(0)),
        timeout_s=limits.timeout_s,
        memory_mb=limits.memory_mb,
        preload=[type(work.then).__module__ if work.then else __name__],
        warm=work.then.warm if work.then else None,
    )
    for position, outcome in pool:
        yield rest[position], outcome


def _by_executor(
    paths: list[Path], work: Reading, executor: Executor, limits: Limits, broken: list[int]
) -> Iterator[tuple[int, Outcome]]:
    """Read through an executor; what a broken one leaves behind goes to `broken`."""
    places: dict[Future[Packed], int] = {}
    for place, path in enumerate(paths):
        try:
            places[executor.submit(read_limited, work, str(path), limits.memory_mb)] = place
        except (BrokenExecutor, RuntimeError):
            broken.append(place)
    started: dict[Future[Packed], float] = {}
    while places:
        done, waiting = wait(places, timeout=_POLL_S, return_when=FIRST_COMPLETED)
        for future in done:
            place = places.pop(future)
            try:
                yield place, future.result()
            except BrokenExecutor:
                broken.append(place)
            except Exception:  # whatever the engine raises for a task that died
                yield place, "crash"
        now = time.monotonic()
        for future in waiting:
            if future.running() and now - started.setdefault(future, now) > limits.timeout_s:
                yield places.pop(future), "timeout"


def _finished(outcome: Outcome, path: Path, timeout_s: float) -> ExtractedDocument:
    if not isinstance(outcome, str):
        try:
            return page_cache.unpack(outcome[0])
        except (ValueError, LookupError, TypeError):  # a defect of ours costs this document alone
            _LOG.exception("%s came back from its worker in no form", path.name)
            return unreadable(path, file_hash(path), NOT_LAID_OUT)
    if outcome == "timeout":
        reason = f"Läsningen avbröts: dokumentet gav inget resultat på {timeout_s:.0f} sekunder."
    else:
        reason = "Läsningen avbröts: dokumentet är skadat eller kräver för mycket minne."
    return unreadable(path, file_hash(path), reason)
