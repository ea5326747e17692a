"""Scanned pages read by tesseract, where it and its Swedish data are installed.

The binary is called once for each page with a time limit; a page that cannot be read in time stays
an unread picture. Confidence is tesseract's own, 0–100 for each word, averaged over the page.
"""

from __future__ import annotations

import csv
import shutil
import subprocess
from collections.abc import Callable
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


def page_reader(alive: Callable[[], None]) -> Callable[[Any, int], RawPage | None] | None:
    """Return a function that reads the picture of a PDF page, None without tesseract.

    `alive` is called after each page, so that a long scan is not taken for a hang.
    """
    binary = tesseract()
    if binary is None:
        return None

    def read(page: Any, number: int) -> RawPage | None:
        image, scale = _picture(page)
        tsv = run_tesseract(binary, image)
        alive()
        return page_from_tsv(tsv, number, scale, page.get_height()) if tsv else None

    return read


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
            command, input=image, capture_output=True, timeout=seconds, check=False
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
    text = normalise(" ".join(word for word, _, _ in words))
    left = min(box[0] for _, _, box in words)
    right = max(box[0] + box[2] for _, _, box in words)
    bottom = max(box[1] + box[3] for _, _, box in words)
    line = Line(text, left, right, page=number, y=height - bottom)
    line.char_width = max(0.1, (right - left) / max(1, len(text)))
    return line
