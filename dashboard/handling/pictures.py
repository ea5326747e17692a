"""PDF pages as pictures, and where a passage is on them: asked of processes of their own.

PDFium allows one thread and draws what others have made: a page that breaks it, takes too long or
too much memory ends its process, not the dashboard.
"""

from __future__ import annotations

import atexit
import json
import os
import queue
import subprocess
import sys
import threading
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from dashboard.handling.pdf_worker import Box

_PROCESSES = min(2, os.cpu_count() or 1)
_KEPT_BYTES = 48 << 20


class UndrawableError(Exception):
    """A page cannot be drawn."""


class Frame(NamedTuple):
    """A page: its size in points, the boxes of a passage on it, and the text that is under them."""

    width: float
    height: float
    boxes: tuple[Box, ...]
    text: str


class _Worker:
    """A process that is begun when it is asked, and begun anew when it has ended."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def ask(self, task: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
        """Return the answer to a task and the bytes that follow it.

        Raises:
            EOFError: the process has ended.
        """
        process = self._running()
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            process.stdin.write(json.dumps(task).encode() + b"\n")
            process.stdin.flush()
            line = process.stdout.readline()
            answer: dict[str, Any] = json.loads(line) if line else {}
            length = int(answer.get("bytes", 0))
            picture = process.stdout.read(length) if length else b""
        except OSError as error:
            self.end()
            raise EOFError from error
        if not line or len(picture) < length:
            self.end()
            raise EOFError
        return answer, picture

    def end(self) -> None:
        """End the process, if there is one."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "dashboard.handling.pdf_worker"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
        return self._process


class _Workers:
    """The processes, each for one task at a time."""

    def __init__(self) -> None:
        self._all = [_Worker() for _ in range(_PROCESSES)]
        self._free: queue.LifoQueue[_Worker] = queue.LifoQueue()
        for worker in self._all:
            self._free.put(worker)
        atexit.register(self.end)

    def ask(self, **task: Any) -> tuple[dict[str, Any], bytes]:
        """Let a process do a task; twice where it had come to its end.

        Raises:
            UndrawableError: the task cannot be done.
        """
        worker = self._free.get()
        try:
            for _ in range(2):
                try:
                    answer, picture = worker.ask(task)
                except EOFError:
                    continue
                if "error" in answer:
                    raise UndrawableError(answer["error"])
                return answer, picture
        finally:
            self._free.put(worker)
        raise UndrawableError("the process ended")

    def end(self) -> None:
        """End all processes."""
        for worker in self._all:
            worker.end()


_WORKERS = _Workers()


class _Kept:
    """Pictures in memory; the one that was asked for longest ago leaves first."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._held: dict[tuple[str, int], bytes] = {}
        self._bytes = 0

    def get(self, key: tuple[str, int]) -> bytes | None:
        """Return a picture and note that it was asked for."""
        with self._lock:
            picture = self._held.pop(key, None)
            if picture is not None:
                self._held[key] = picture
            return picture

    def put(self, key: tuple[str, int], picture: bytes) -> None:
        """Keep a picture, and let the oldest go where there are too many."""
        with self._lock:
            self._bytes += len(picture) - len(self._held.pop(key, b""))
            self._held[key] = picture
            while self._bytes > _KEPT_BYTES and len(self._held) > 1:
                self._bytes -= len(self._held.pop(next(iter(self._held))))


_PICTURES = _Kept()


def picture(file: Path, number: int) -> bytes:
    """Return a page as JPEG, from memory or drawn.

    Raises:
        UndrawableError: the file or the page is broken, or too heavy.
    """
    key = (file.name, number)
    found = _PICTURES.get(key)
    if found is None:
        _, found = _WORKERS.ask(do="draw", path=str(file), page=number)
        _PICTURES.put(key, found)
    return found


@lru_cache(maxsize=2000)
def boxes(file: Path, pages: tuple[int, ...], quote: str, before: str) -> tuple[Frame, ...]:
    """Return pages with the places of a quotation that runs over them.

    Args:
        file: a kept PDF.
        pages: the pages that the passage runs over, from 1.
        quote: the passage; an empty one asks for the pages' size alone.
        before: text of the first page before the passage.

    Raises:
        UndrawableError: the file or a page is broken.
    """
    answer, _ = _WORKERS.ask(do="locate", path=str(file), pages=pages, quote=quote, before=before)
    return tuple(
        Frame(width, height, tuple(map(tuple, drawn)), text)
        for width, height, drawn, text in answer["frames"]
    )
