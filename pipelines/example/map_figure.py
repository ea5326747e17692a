"""A schematic map as a figure: frame, legend, north arrow and scale around a drawn town or region.

All places are invented; the same document and caption always give the same map.
"""

from __future__ import annotations

import random
import re
from typing import Any

from reportlab.lib.colors import HexColor, white
from reportlab.platypus import Flowable

from pipelines.example import map_region, map_town
from pipelines.example.blocks import Figure
from pipelines.example.look import Look
from pipelines.example.map_shapes import INK, Legend
from pipelines.example.source import Source

_REGION_WORDS = re.compile(
    r"kommun(en|ens)?\b|struktur|utveckling|stråk|markanvändning|huvuddrag|ort(er|erna)\b", re.I
)
_PAD = 7.0
_CAPTION = 40.0
_PLAIN_WIDTH = 350.0


class MapFigure(Flowable):  # type: ignore[misc] # ReportLab has no types
    """One map.

    Args:
        source: the document, which decides scale and seed.
        figure: the caption, which decides the rest.
        look: colours.
        width: width in points.
        height: height in points.
        least: a lower height in points that will do, when the rest of a page has room for it.
    """

    def __init__(
        self,
        source: Source,
        figure: Figure,
        look: Look,
        width: float,
        height: float,
        least: float | None = None,
    ) -> None:
        super().__init__()
        self.source, self.figure, self.look = source, figure, look
        self.width, self.height = width, height
        self.least, self.most = height if least is None else least, height

    def wrap(self, _width: float, height: float) -> tuple[float, float]:
        """Tell the size in points, which may be what is left of the page less the caption."""
        room = height - _CAPTION
        self.height = room if self.least <= room < self.most else self.most
        return self.width, self.height

    def draw(self) -> None:
        """Draw on the canvas that ReportLab has set."""
        draw_map(self.canv, self.source, self.figure, self.look, self.width, self.height)


def draw_map(
    canvas: Any, source: Source, figure: Figure, look: Look, width: float, height: float
) -> None:
    """Draw a map with its furniture in the rectangle from the origin to (width, height)."""
    # Seeded by words, so that a map never changes with the order in which documents are made.
    rng = random.Random(f"{source.id}/{figure.caption}")
    regional = source.slag in ("op", "fop") and bool(_REGION_WORDS.search(figure.caption))
    regional = regional or (source.slag == "op" and figure.number == 1)
    canvas.saveState()
    frame = canvas.beginPath()
    frame.rect(0, 0, width, height)
    canvas.clipPath(frame, stroke=0, fill=0)
    area = map_region if regional else map_town
    # Large maps show the same piece of land larger, not more of it.
    enlarged = max(1.0, width / _PLAIN_WIDTH)
    canvas.scale(enlarged, enlarged)
    legend = area.draw(canvas, rng, look, width / enlarged, height / enlarged)
    canvas.restoreState()
    canvas.saveState()
    canvas.setStrokeColor(HexColor(INK))
    canvas.setLineWidth(0.6)
    canvas.rect(0, 0, width, height, fill=0)
    _legend(canvas, look, legend, width)
    _north(canvas, look, width, height)
    _scale(canvas, look, rng, regional=regional)
    canvas.restoreState()


def _legend(canvas: Any, look: Look, legend: Legend, width: float) -> None:
    size = 6.2
    names = [name for name, _, _ in legend]
    box = max(canvas.stringWidth(name, look.text.regular, size) for name in names) + 30
    height = len(legend) * 10 + 2 * _PAD - 3
    left = width - box - _PAD
    canvas.setFillColor(white)
    canvas.setLineWidth(0.4)
    canvas.rect(left, _PAD, box, height, fill=1)
    for row, (name, colour, form) in enumerate(legend):
        y = _PAD + height - _PAD - 3 - row * 10
        canvas.setFillColor(HexColor(colour))
        canvas.setStrokeColor(HexColor(colour))
        if form == "area":
            canvas.rect(left + 6, y - 1.5, 13, 6, fill=1, stroke=0)
        else:
            canvas.setLineWidth(1.6)
            canvas.setDash(3, 1.6) if form == "dashed" else canvas.setDash()
            canvas.line(left + 6, y + 1.5, left + 19, y + 1.5)
            canvas.setDash()
        canvas.setFillColor(HexColor(INK))
        canvas.setFont(look.text.regular, size)
        canvas.drawString(left + 24, y - 0.4, name)
    canvas.setStrokeColor(HexColor(INK))


def _north(canvas: Any, look: Look, width: float, height: float) -> None:
    x, y = width - 20, height - 30
    canvas.setFillColor(white)
    canvas.setStrokeColor(HexColor(INK))
    canvas.setLineWidth(0.5)
    canvas.circle(x, y + 3, 13, fill=1)
    arrow = canvas.beginPath()
    arrow.moveTo(x, y + 14)
    arrow.lineTo(x - 5, y - 5)
    arrow.lineTo(x, y - 1)
    arrow.lineTo(x + 5, y - 5)
    arrow.close()
    canvas.setFillColor(HexColor(INK))
    canvas.drawPath(arrow, fill=1, stroke=0)
    canvas.setFont(look.display.bold, 7)
    canvas.drawCentredString(x, y + 18.5, "N")


def _scale(canvas: Any, look: Look, rng: random.Random, *, regional: bool) -> None:
    step = rng.choice((2, 5)) if regional else rng.choice((50, 100))
    unit = "km" if regional else "m"
    x, y, part = _PAD, _PAD, 34.0
    canvas.setFillColor(white)
    canvas.rect(x, y, 2 * part + 44, 25, fill=1, stroke=0)
    canvas.setFillColor(HexColor(INK))
    canvas.setFont(look.text.regular, 6)
    for index in range(2):
        canvas.setFillColor(HexColor(INK) if index == 0 else white)
        canvas.rect(x + 8 + index * part, y + 12, part, 3, fill=1)
    canvas.setFillColor(HexColor(INK))
    for index in range(3):
        label = f"{index * step}" + (f" {unit}" if index == 2 else "")
        canvas.drawString(x + 7 + index * part, y + 17.5, label)
    canvas.setFont(look.text.italic, 5.6)
    canvas.drawString(x + 8, y + 4, "Exempeldata, påhittad karta")
