"""Text that runs up or down the page: a turned page is set upright, a turned label stays apart."""

from __future__ import annotations

from pipelines.reading.extract.page_lines import Line


def upright(lines: list[Line], width: float, height: float) -> tuple[list[Line], float, float]:
    """Return lines, width and height of the page as a reader would hold it.

    Turned lines come in with role "text" and the place of their last letter in `x1` and
    `char_width`. When they are most of the page, the page is turned with them; otherwise they are
    marked as short lines of their own.
    """
    turned = [line for line in lines if line.role == "text"]
    if not turned:
        return lines, width, height
    if len(turned) <= len(lines) / 2:
        for line in turned:
            line.x1, line.char_width = line.x0 + line.size, line.size / 2
        return lines, width, height
    upwards = sum(line.char_width > line.y for line in turned) > len(turned) / 2
    for line in lines:
        end = line.char_width if line.role == "text" else line.y
        start, across = (line.y, width - line.x0) if upwards else (height - line.y, line.x0)
        stop = end if upwards else height - end
        if line.role == "text":
            line.char_width = max(0.1, abs(stop - start) / max(1, len(line.text) - 1))
            line.role = ""
        line.x0, line.x1, line.y = start, max(start, stop) + line.char_width, across
    return lines, height, width
