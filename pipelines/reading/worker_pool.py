"""Worker processes with a time and a memory limit, one document at a time each.

A document that crashes its worker or hangs costs that worker only: it is replaced and the other
documents go on. `concurrent.futures` cannot do this, a crash there breaks the whole pool.
"""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
import sys
import time
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, Literal, TypeVar

from pipelines.errors import ReadingError

Result = TypeVar("Result")
Work = Callable[[str, Callable[[], None]], Result]
"""What a worker does with a path; calls its second argument as a sign of life.

The result is anything that can be pickled, but no text: that is how a failure is told.
"""

Failure = Literal["crash", "timeout"]

_START_S = 60.0
_COLLECT_S = 1.0


@dataclass(slots=True)
class _Worker:
    process: BaseProcess
    pipe: Connection
    index: int = -1
    deadline: float = 0.0
    ready: bool = False


def run(
    paths: list[Path],
    work: Work[Result],
    *,
    workers: int,
    timeout_s: float,
    memory_mb: int,
    preload: list[str],
    warm: Callable[[], object] | None = None,
) -> Iterator[tuple[int, Result | Failure]]:
    """Yield (index of the path, result or how it failed) as documents are done.

    `timeout_s` is the time without a sign of life; `memory_mb` what a document may use on top of
    the worker itself, where the system can limit it. `work` and `warm` are sent to the workers;
    `warm` is called in each before its first document.
    """
    waiting = deque(range(len(paths)))
    context = _context(preload)
    pool = [_start(context, work, warm, memory_mb) for _ in range(min(workers, len(paths)))]
    left = len(paths)
    try:
        for worker in pool:
            _give(worker, waiting, paths, timeout_s)
        while left:
            for position, outcome in _outcomes(pool, timeout_s):
                worker = pool[position]
                yield worker.index, outcome
                left -= 1
                if isinstance(outcome, str):
                    _stop(worker)
                    pool[position] = worker = _start(context, work, warm, memory_mb)
                _give(worker, waiting, paths, timeout_s)
    finally:
        for worker in pool:
            _stop(worker)


def _context(preload: list[str]) -> Any:
    """Choose how workers start: forked from a clean server with the reader imported, or anew."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(preload)
    return context


def _start(
    context: Any, work: Work[Any], warm: Callable[[], object] | None, memory_mb: int
) -> _Worker:
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(theirs, work, warm, memory_mb), daemon=True)
    with _without_main():
        process.start()
    theirs.close()
    return _Worker(process, ours)


@contextlib.contextmanager
def _without_main() -> Iterator[None]:
    """Hide the running program from a worker that starts: it would import all of it anew.

    A worker needs the reader only, and a program typed into the interpreter cannot be imported.
    """
    main = sys.modules["__main__"].__dict__
    hidden: dict[str, Any] = {
        name: main.pop(name) for name in ("__file__", "__spec__") if name in main
    }
    main["__spec__"] = None
    try:
        yield
    finally:
        main.update(hidden)


def _give(worker: _Worker, waiting: deque[int], paths: list[Path], timeout_s: float) -> None:
    worker.index = -1
    if waiting:
        worker.index = waiting.popleft()
        # a worker that is still importing on a busy machine does not hang
        patience = timeout_s if worker.ready else max(timeout_s, _START_S)
        worker.deadline = time.monotonic() + patience
        with contextlib.suppress(OSError):  # a worker that died is seen when its pipe is read
            worker.pipe.send(str(paths[worker.index]))


def _outcomes(pool: list[_Worker], timeout_s: float) -> list[tuple[int, Any]]:
    """Wait until something happens; return what ended, by place in the pool."""
    busy = {worker.pipe: position for position, worker in enumerate(pool) if worker.index >= 0}
    nearest = min(pool[position].deadline for position in busy.values())
    ready = wait(list(busy), timeout=max(0.0, nearest - time.monotonic()))
    ended: list[tuple[int, Any]] = []
    for pipe in ready:
        position = busy.pop(pipe)  # type: ignore[call-overload]  # wait() returns what it was given
        try:
            message = pool[position].pipe.recv()
        except (EOFError, OSError):
            _demand_started(pool[position])
            ended.append((position, "crash"))
            continue
        pool[position].ready = True
        if message is None:
            pool[position].deadline = time.monotonic() + timeout_s
        else:
            ended.append((position, message))
    now = time.monotonic()
    late = [place for place in busy.values() if pool[place].deadline <= now]
    return ended + [(place, "timeout") for place in late]


def _demand_started(worker: _Worker) -> None:
    """Raise ReadingError when a worker died before it could take any document."""
    if not worker.ready:
        raise ReadingError(
            "En läsprocess kunde inte starta.",
            expected="Läsningen behöver kunna starta egna processer.",
            do="Kontrollera installationen, eller läs utan processer (workers=0).",
        )


def _stop(worker: _Worker) -> None:
    worker.pipe.close()
    if worker.process.is_alive():
        worker.process.kill()
    worker.process.join(timeout=5)


def _serve(
    pipe: Connection, work: Work[Any], warm: Callable[[], object] | None, memory_mb: int
) -> None:
    """Run in the worker: read documents until the pipe closes."""
    limit_memory(memory_mb)
    if warm is not None:
        warm()
    collected = time.monotonic()
    gc.freeze()  # what is imported stays: no need to look through it again and again
    gc.disable()  # between documents is soon enough
    pipe.send(None)  # ready
    while True:
        try:
            path = pipe.recv()
        except (EOFError, OSError):
            return
        pipe.send(work(path, lambda: pipe.send(None)))
        if time.monotonic() - collected > _COLLECT_S:
            gc.collect()
            collected = time.monotonic()


def limit_memory(memory_mb: int) -> None:
    """Limit this process to `memory_mb` more address space than it has; no-op where unsupported."""
    if sys.platform != "linux" or memory_mb <= 0:
        return
    import resource

    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    limit = pages * resource.getpagesize() + memory_mb * 1024 * 1024
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    if hard != resource.RLIM_INFINITY:
        limit = min(limit, hard)
    resource.setrlimit(resource.RLIMIT_AS, (limit, hard))
