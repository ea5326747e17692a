"""What draws PDF pages and finds words on them, one task at a time: ``python -m`` this module.

A task is a line of JSON on standard input, its answer a line of JSON on standard output, for a
picture followed by its bytes. The process ends with its input, after some hundred tasks, and when
a task takes too long or too much memory.
"""

from __future__ import annotations

import contextlib
import io
import json
import signal
import sys
from collections.abc import Iterator, Sequence
from typing import Any

from dashboard.handling.places import Range, over_pages

WIDTH = 1500
"""Pixels across a page: sharp on a projector, some hundred kilobytes."""
_MAX_PIXELS = 9_000_000
_SECONDS = 15
_MEMORY = 1 << 31
_TASKS = 500
"""Tasks after which a new process takes over, so that leaks stay small."""
_QUALITY = 82
_STEPS = 20_000

Box = tuple[float, float, float, float]
"""Left, top, right and bottom as shares of the page's width and height."""
Frame = tuple[float, float, tuple[Box, ...], str]
"""A page's width and height in points, the boxes of a passage on it, and the text under them."""


def draw(path: str, number: int) -> bytes:
    """Draw a page."""
    with _page(path, number) as page:
        width, height = page.get_size()
        scale = min(WIDTH / width, (_MAX_PIXELS / (width * height)) ** 0.5)
        bitmap = page.render(scale=scale)
        image = bitmap.to_pil().convert("RGB")
        target = io.BytesIO()
        image.save(target, "JPEG", quality=_QUALITY, subsampling=0)
        bitmap.close()
        return target.getvalue()


def locate(path: str, pages: Sequence[int], quote: str, before: str) -> list[Frame]:
    """Find a quotation on PDF pages."""
    sizes: list[tuple[float, float]] = []
    texts: list[list[str]] = []
    places: list[list[Box]] = []
    for number in pages:
        with _page(path, number) as page:
            sizes.append(page.get_size())
            chars, at = _characters(page) if quote else ([], [])
            texts.append(chars)
            places.append(at)
    found = over_pages(quote, texts, before) if quote else [[] for _ in pages]
    return list(map(_frame, sizes, texts, places, found))


def _frame(
    size: tuple[float, float], chars: list[str], places: list[Box], ranges: list[Range]
) -> Frame:
    shape = size[0] / size[1]
    drawn = tuple(box for found in ranges for box in _lines(chars, places, found, shape))
    under = (char for char, box in zip(chars, places, strict=True) if _is_under(box, drawn))
    return (*size, drawn, "".join(under))


def _is_under(place: Box, drawn: tuple[Box, ...]) -> bool:
    x, y = (place[0] + place[2]) / 2, (place[1] + place[3]) / 2
    return any(left <= x <= right and top <= y <= bottom for left, top, right, bottom in drawn)


def _lines(chars: list[str], places: list[Box], found: Range, shape: float) -> Iterator[Box]:
    """Yield a box for each printed line of a range, cells of a table apart.

    `shape` is the page's width as a share of its height.
    """
    line: Box | None = None
    part = slice(*found)
    for char, place in zip(chars[part], places[part], strict=True):
        if char.isspace() or place[2] <= place[0] or place[3] <= place[1]:
            continue
        if line is not None and _continues(line, place, shape):
            line = (
                min(line[0], place[0]), min(line[1], place[1]),
                max(line[2], place[2]), max(line[3], place[3]),
            )  # fmt: skip
            continue
        if line is not None:
            yield line
        line = place
    if line is not None:
        yield line


def _continues(line: Box, place: Box, shape: float) -> bool:
    """Tell whether a character goes on along a line: at its height and not far to the right."""
    height = max(line[3] - line[1], place[3] - place[1])
    beside = place[1] < line[3] + height / 2 and place[3] > line[1] - height / 2
    return beside and -1.5 * height <= (place[0] - line[2]) * shape <= 3 * height


@contextlib.contextmanager
def _page(path: str, number: int) -> Iterator[Any]:
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    try:
        page = document[number - 1]
        try:
            yield page
        finally:
            page.close()
    finally:
        document.close()


def _characters(page: Any) -> tuple[list[str], list[Box]]:
    """Return the characters of a page with their boxes as they are on the picture.

    A box is as wide as the letter's place and as high as its ink: the places of many typefaces
    reach into the lines above and below.
    """
    import pypdfium2.raw as pdfium

    text = page.get_textpage()
    chars: list[str] = []
    places: list[Box] = []
    rect = pdfium.FS_RECTF()
    sides = [pdfium.c_double() for _ in range(4)]
    x, y = pdfium.c_int(), pdfium.c_int()

    def on_picture(across: float, up: float) -> tuple[float, float]:
        pdfium.FPDF_PageToDevice(page, 0, 0, _STEPS, _STEPS, 0, across, up, x, y)
        return x.value / _STEPS, y.value / _STEPS

    for index in range(text.count_chars()):
        chars.append(chr(pdfium.FPDFText_GetUnicode(text, index)))
        pdfium.FPDFText_GetLooseCharBox(text, index, rect)
        if pdfium.FPDFText_GetCharBox(text, index, *sides):
            rect.bottom, rect.top = sides[2].value, sides[3].value
        left, top = on_picture(rect.left, rect.top)
        right, bottom = on_picture(rect.right, rect.bottom)
        places.append((min(left, right), min(top, bottom), max(left, right), max(top, bottom)))
    text.close()
    return chars, places


def _limit() -> None:
    """Limit the memory of this process, where the system can."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))


def _alarm(seconds: int) -> None:
    """End this process after some seconds, where the system can; 0 takes it back."""
    if hasattr(signal, "alarm"):
        signal.alarm(seconds)


def main() -> None:
    """Do tasks until there are no more."""
    _limit()
    sink = sys.stdout.buffer
    for _ in range(_TASKS):
        line = sys.stdin.buffer.readline()
        if not line:
            return
        task = json.loads(line)
        picture = b""
        _alarm(_SECONDS)
        try:
            if task["do"] == "draw":
                picture = draw(task["path"], task["page"])
                answer: dict[str, Any] = {"bytes": len(picture)}
            else:
                answer = {
                    "frames": locate(task["path"], task["pages"], task["quote"], task["before"])
                }
        except Exception as error:  # a broken file raises whatever PDFium's bindings raise
            answer = {"error": repr(error)}
        _alarm(0)
        sink.write(json.dumps(answer).encode() + b"\n" + picture)
        sink.flush()


if __name__ == "__main__":
    main()
