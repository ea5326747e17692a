"""Maps as PNG, for formats that cannot hold drawings."""

from __future__ import annotations

import io

import pypdfium2
from reportlab.pdfgen.canvas import Canvas

from pipelines.example.blocks import Figure
from pipelines.example.look import look_of, register_fonts
from pipelines.example.map_figure import draw_map
from pipelines.example.source import Source

PICTURE_WIDTH, PICTURE_HEIGHT = 440.0, 330.0
_SCALE = 1.6


def map_picture(source: Source, figure: Figure) -> bytes:
    """Return the map of a figure as PNG."""
    register_fonts()
    drawn = io.BytesIO()
    canvas = Canvas(drawn, pagesize=(PICTURE_WIDTH, PICTURE_HEIGHT), invariant=1)
    draw_map(canvas, source, figure, look_of(source.kommunkod), PICTURE_WIDTH, PICTURE_HEIGHT)
    canvas.showPage()
    canvas.save()
    document = pypdfium2.PdfDocument(drawn.getvalue())
    picture = document[0].render(scale=_SCALE).to_pil()
    document.close()
    file = io.BytesIO()
    picture.save(file, "PNG")
    return file.getvalue()
