"""PDF documents: cover, contents, text in one or two columns, tables and maps."""

from __future__ import annotations

import io
from functools import partial
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.lib.units import mm
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate

from pipelines.example import blocks as b
from pipelines.example.look import Look, look_of, register_fonts
from pipelines.example.pdf_cover import draw_cover
from pipelines.example.pdf_pages import (
    BOTTOM,
    HEIGHT,
    INDENT,
    MARGIN,
    TOP,
    WIDTH,
    Furniture,
    PagedCanvas,
    contents_pages,
)
from pipelines.example.pdf_story import Story
from pipelines.example.pdf_styles import make_styles
from pipelines.example.source import Source

_BAND = 74 * mm
"""Height of the coloured field in which a chapter of two-column text opens."""


def make_pdf(source: Source, blocks: list[b.Block]) -> bytes:
    """Set a document as PDF with a text layer."""
    register_fonts()
    look = look_of(source.kommunkod)
    headings = [block for block in blocks if isinstance(block, b.Heading)]
    pages = contents_pages(headings) if source.innehall else 0
    furniture = Furniture(source, look, pages)
    two = source.layout == "tva_spalter"
    story = Story(source, look, furniture, make_styles(look, columns=2 if two else 1), two=two)
    target = io.BytesIO()
    document = BaseDocTemplate(
        target,
        pagesize=(WIDTH, HEIGHT),
        title=source.titel,
        author=source.authority,
        subject=f"{source.kind_label} (Exempeldata)",
        creator="planinnovation",
        lang="sv-SE",
        invariant=1,
    )
    document.addPageTemplates(_templates(source, look, furniture, two=two))
    document.build(list(story.flow(blocks)), canvasmaker=partial(PagedCanvas, furniture=furniture))
    return target.getvalue()


def _templates(
    source: Source, look: Look, furniture: Furniture, *, two: bool
) -> list[PageTemplate]:
    def frame(x: float, y: float, width: float, height: float, name: str) -> Frame:
        return Frame(x, y, width, height, 0, 0, 0, 0, id=name)

    def head(canvas: Any, _document: Any) -> None:
        furniture.head(canvas)

    def cover(canvas: Any, _document: Any) -> None:
        draw_cover(canvas, source, look)

    def opening(canvas: Any, _document: Any) -> None:
        canvas.saveState()
        canvas.setFillColor(HexColor(look.dark))
        canvas.rect(0, HEIGHT - _BAND, WIDTH, _BAND, fill=1, stroke=0)
        canvas.setFillColor(HexColor(look.accent))
        canvas.rect(0, HEIGHT - _BAND - 2 * mm, WIDTH, 2 * mm, fill=1, stroke=0)
        canvas.restoreState()

    width, height = WIDTH - 2 * MARGIN, HEIGHT - TOP - BOTTOM
    indent = 0 if two else INDENT
    return [
        PageTemplate("cover", [frame(MARGIN, BOTTOM, width, height, "cover")], onPage=cover),
        PageTemplate("plain", [frame(MARGIN, BOTTOM, width, height, "plain")], onPage=head),
        PageTemplate(
            "text",
            [frame(MARGIN + indent, BOTTOM, width - 2 * indent, height, "text")],
            onPage=head,
        ),
        PageTemplate(
            "opening",
            [
                frame(MARGIN, HEIGHT - _BAND + 6 * mm, width, _BAND - 32 * mm, "title"),
                frame(MARGIN, BOTTOM, width, HEIGHT - _BAND - 12 * mm - BOTTOM, "text"),
            ],
            onPage=opening,
        ),
    ]
