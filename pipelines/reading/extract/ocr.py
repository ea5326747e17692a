"""Scanned pages read by tesseract, where it and its Swedish data are installed.

The binary is called once for each page with a time limit, for as many pages at a time as there
are cores; a page that cannot be read in time stays an unread picture. Confidence is tesseract's
own, 0–100 for each word, averaged over the page.
"""

from __future__ import annotations

import csv
import os
import re
import shutil
import subprocess
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import lru_cache
from typing import Any

from pipelines.reading.extract.characters import normalise
from pipelines.reading.extract.page_lines import Line, RawPage
from pipelines.reading.extract.reading_order import measure

LANGUAGE = "swe"
PAGE_SECONDS = 90
_DPI = 300
_MAX_PIXELS = 5000
_MIN_WORDS = 5
_MIN_LINE_CONFIDENCE = 35.0
_LEVEL_WORD = "5"
_WAITING = 2
"""Pictures for each core that wait in memory."""
# tesseract's own threads wait for each other: one thread for each page is several times faster
_ONE_THREAD = {"OMP_THREAD_LIMIT": "1"}
_BULLET = re.compile(r"^[e©*«»°¢+o] (?=\S)")
_SECTION_BEFORE = re.compile(r"(?<![^\s(])\$(?= \d)")
_SECTION = re.compile(r"(?<=\d)(?P<letter> ?[a-z])? ?\$(?=\s|[.,;)]|$)")


@lru_cache(maxsize=1)
def tesseract() -> str | None:
    """Return the path of tesseract if it can read Swedish, else None."""
    binary = shutil.which("tesseract")
    if binary is None:
        return None
    try:
        listed = subprocess.run(
            [binary, "--list-langs"], capture_output=True, text=True, timeout=20, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    languages = (listed.stdout + listed.stderr).split()
    return binary if LANGUAGE in languages else None


class PictureReader:
    """Reads the pictures of one document's pages, several at a time.

    `alive` is called after each page, so that a long scan is not taken for a hang.
    """

    def __init__(self, binary: str, alive: Callable[[], None]) -> None:
        self._binary = binary
        self._alive = alive
        self._cores = len(os.sched_getaffinity(0))
        self._threads: ThreadPoolExecutor | None = None
        self._waiting: deque[tuple[int, float, float, Future[str]]] = deque()
        self._read: dict[int, RawPage] = {}

    def take(self, page: Any, number: int) -> None:
        """Render a page and let tesseract begin; few pictures are in memory at a time."""
        if self._threads is None:
            self._threads = ThreadPoolExecutor(self._cores)
        while len(self._waiting) >= _WAITING * self._cores:
            self._finish_one()
        image, scale = _picture(page)
        future = self._threads.submit(run_tesseract, self._binary, image)
        self._waiting.append((number, scale, page.get_height(), future))

    def pages(self) -> dict[int, RawPage]:
        """Return the pages that hold text, by number, when all are read."""
        while self._waiting:
            self._finish_one()
        if self._threads is not None:
            self._threads.shutdown()
        return self._read

    def _finish_one(self) -> None:
        number, scale, height, future = self._waiting.popleft()
        tsv = future.result()
        self._alive()
        found = page_from_tsv(tsv, number, scale, height) if tsv else None
        if found is not None:
            self._read[number] = found


def picture_reader(alive: Callable[[], None]) -> PictureReader | None:
    """Return what reads the pictures of a document, None without tesseract."""
    binary = tesseract()
    return PictureReader(binary, alive) if binary is not None else None


def _picture(page: Any) -> tuple[bytes, float]:
    """Render the page in grey as a portable graymap; return it and its pixels per point."""
    width, height = page.get_size()
    scale = min(_DPI / 72, _MAX_PIXELS / max(width, height, 1.0))
    bitmap = page.render(scale=scale, grayscale=True)
    pixels = bitmap.to_numpy()
    rows, columns = pixels.shape[:2]
    data = b"P5 %d %d 255\n" % (columns, rows) + pixels.reshape(rows, columns).tobytes()
    bitmap.close()
    return data, scale


def run_tesseract(binary: str, image: bytes, *, seconds: float = PAGE_SECONDS) -> str:
    """Return tesseract's table of words for a picture, "" when it fails or takes too long."""
    command = [binary, "stdin", "stdout", "-l", LANGUAGE, "--psm", "3", "tsv"]
    try:
        done = subprocess.run(
            command,
            input=image,
            capture_output=True,
            timeout=seconds,
            check=False,
            env={**os.environ, **_ONE_THREAD},
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.decode("utf-8", errors="replace") if done.returncode == 0 else ""


def page_from_tsv(tsv: str, number: int, scale: float, height: float) -> RawPage | None:
    """Return the page that tesseract's table of words describes, None when it holds no text.

    `scale` is pixels per point, `height` the page height in points. Lines that tesseract itself
    hardly believes in (speckles, map symbols) are left out.
    """
    words: dict[tuple[str, ...], list[tuple[str, float, list[float]]]] = {}
    for row in csv.DictReader(tsv.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE):
        text = (row.get("text") or "").strip()
        if row.get("level") != _LEVEL_WORD or not text:
            continue
        box = [float(row[key]) / scale for key in ("left", "top", "width", "height")]
        key = tuple(row[name] for name in ("block_num", "par_num", "line_num"))
        words.setdefault(key, []).append((text, float(row["conf"]), box))
    runs: list[list[Line]] = []
    believed: list[float] = []
    block = ""
    for key, line_words in words.items():
        confidences = [confidence for _, confidence, _ in line_words]
        if sum(confidences) / len(confidences) < _MIN_LINE_CONFIDENCE:
            continue
        if key[0] != block:
            runs.append([])
            block = key[0]
        believed.extend(confidences)
        runs[-1].append(_line(line_words, number, height))
    if len(believed) < _MIN_WORDS:
        return None
    measure(runs, height)
    lines = [line for run in runs for line in run]
    for line in lines:
        line.y = (height - line.y) / height
    return RawPage(number, lines, ocr_confidence=round(sum(believed) / len(believed), 1))


def _line(words: list[tuple[str, float, list[float]]], number: int, height: float) -> Line:
    text = _as_printed(normalise(" ".join(word for word, _, _ in words)))
    left = min(box[0] for _, _, box in words)
    right = max(box[0] + box[2] for _, _, box in words)
    bottom = max(box[1] + box[3] for _, _, box in words)
    line = Line(text, left, right, page=number, y=height - bottom)
    line.char_width = max(0.1, (right - left) / max(1, len(text)))
    return line


def _as_printed(text: str) -> str:
    """Return bullets and the section sign, which Swedish data takes for letters and money."""
    text = _SECTION.sub(lambda match: f"{match['letter'] or ''} §", text)
    text = _SECTION_BEFORE.sub("§", text)
    return _BULLET.sub("• ", text)
