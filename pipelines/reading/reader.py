"""From file to clean passages: one document here, many through worker processes and a cache."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from dataclasses import replace
from pathlib import Path

from pipelines.reading import page_cache, worker_pool
from pipelines.reading.extract import ocr as scanned
from pipelines.reading.extraction import file_hash, quiet, read_document, read_one, unreadable
from pipelines.reading.passage import ExtractedDocument

__all__ = ["read_document", "read_documents"]

OnDone = Callable[[Path, ExtractedDocument, bool], None]

_POLL_S = 0.5
TIMEOUT_S = 120.0
MEMORY_MB = 1500


def read_documents(
    paths: list[Path],
    *,
    cache_dir: Path | None,
    workers: int | None = None,
    executor: Executor | None = None,
    timeout_s: float = TIMEOUT_S,
    memory_mb: int = MEMORY_MB,
    on_done: OnDone | None = None,
) -> list[ExtractedDocument]:
    """Return the documents in the order of `paths`, from the cache or read by worker processes.

    Args:
        paths: files to read.
        cache_dir: folder of the reading cache, None for no cache.
        workers: processes, by default one for each core; 0 reads in this process, without limits.
        executor: hands the reading to another engine (Dask, a cluster) instead of own processes.
        timeout_s: time without a sign of life after which a document is given up.
        memory_mb: what one document may use, where the system can limit it.
        on_done: called with path, document and whether it came from the cache.
    """
    ocr = scanned.tesseract() is not None
    results: dict[int, ExtractedDocument] = {}
    digests: dict[int, str] = {}
    for index, path in enumerate(paths):
        digests[index] = file_hash(path)
        kept = _from_cache(cache_dir, digests[index], path, with_ocr=ocr)
        if kept is not None:
            results[index] = kept
            _tell(on_done, path, kept, cached=True)
    missing = [index for index in range(len(paths)) if index not in results]
    todo = [paths[index] for index in missing]
    for place, outcome in _outcomes(todo, workers, executor, timeout_s, memory_mb):
        index = missing[place]
        document = _finished(outcome, paths[index], digests[index], timeout_s)
        if isinstance(outcome, bytes) and cache_dir is not None and document.sha256:
            key = page_cache.cache_path(cache_dir, document.sha256, with_ocr=ocr)
            page_cache.store(key, outcome)
        results[index] = document
        _tell(on_done, paths[index], document, cached=False)
    return [results[index] for index in range(len(paths))]


def read_packed(path: str, alive: Callable[[], None]) -> bytes:
    """Read a document in a worker and return it packed: cheaper to send than objects."""
    return page_cache.pack(read_one(Path(path), ocr=True, alive=alive))


def read_limited(path: str, memory_mb: int) -> bytes:
    """Read a document in a process that somebody else's executor started."""
    worker_pool.limit_memory(memory_mb)
    return read_packed(path, quiet)


def _tell(on_done: OnDone | None, path: Path, document: ExtractedDocument, *, cached: bool) -> None:
    if on_done is not None:
        on_done(path, document, cached)


def _from_cache(
    folder: Path | None, digest: str, path: Path, *, with_ocr: bool
) -> ExtractedDocument | None:
    if folder is None or not digest:
        return None
    kept = page_cache.load(page_cache.cache_path(folder, digest, with_ocr=with_ocr))
    return replace(kept, file_name=path.name) if kept is not None else None


def _outcomes(
    paths: list[Path],
    workers: int | None,
    executor: Executor | None,
    timeout_s: float,
    memory_mb: int,
) -> Iterator[tuple[int, bytes | worker_pool.Failure]]:
    """Yield packed documents or failures by place in `paths`, in the order they are done."""
    rest = list(range(len(paths)))
    if executor is not None:
        broken: list[int] = []
        yield from _by_executor(paths, executor, timeout_s, memory_mb, broken)
        rest = broken
    if not rest:
        return
    if workers == 0:
        for place in rest:
            yield place, read_packed(str(paths[place]), quiet)
        return
    pool = worker_pool.run(
        [paths[place] for place in rest],
        read_packed,
        workers=workers or len(os.sched_getaffinity(0)),
        timeout_s=timeout_s,
        memory_mb=memory_mb,
        preload=[__name__],
    )
    for position, outcome in pool:
        yield rest[position], outcome


def _by_executor(
    paths: list[Path], executor: Executor, timeout_s: float, memory_mb: int, broken: list[int]
) -> Iterator[tuple[int, bytes | worker_pool.Failure]]:
    """Read through an executor; what a broken one leaves behind goes to `broken`."""
    places: dict[Future[bytes], int] = {}
    for place, path in enumerate(paths):
        try:
            places[executor.submit(read_limited, str(path), memory_mb)] = place
        except (BrokenExecutor, RuntimeError):
            broken.append(place)
    started: dict[Future[bytes], float] = {}
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
            if future.running() and now - started.setdefault(future, now) > timeout_s:
                yield places.pop(future), "timeout"


def _finished(
    outcome: bytes | worker_pool.Failure, path: Path, digest: str, timeout_s: float
) -> ExtractedDocument:
    if isinstance(outcome, bytes):
        return page_cache.unpack(outcome)
    if outcome == "timeout":
        reason = f"Läsningen avbröts: dokumentet gav inget resultat på {timeout_s:.0f} sekunder."
    else:
        reason = "Läsningen avbröts: dokumentet är skadat eller kräver för mycket minne."
    return unreadable(path, digest, reason)
