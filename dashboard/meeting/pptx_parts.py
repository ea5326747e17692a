"""Parts of a PowerPoint page: text, panels, the key, the look of a level. Inches and points."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from pptx.dml.color import RGBColor
from pptx.enum.dml import MSO_PATTERN
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.util import Inches, Pt

from dashboard.charts.levels import LEVELS, UNREAD
from dashboard.meeting.pack import PRINT, text_width
from pipelines.sources.characters import composed

FONT = "Arial"
"""Stands on every machine, and office suites without it have a face of the same widths."""
_KEY_SIZE = 15


class Box(NamedTuple):
    """Left, top, width, height in inches."""

    left: float
    top: float
    width: float
    height: float

    @property
    def emu(self) -> tuple[int, int, int, int]:
        """The same as python-pptx wants it."""
        left, top, width, height = (Inches(each) for each in self)
        return left, top, width, height


class Run(NamedTuple):
    """A stretch of text in one look, and the address that it leads to."""

    text: str
    bold: bool = False
    color: str = PRINT.ink
    href: str = ""


def rgb(color: str) -> Any:
    """``#0E3A66`` as python-pptx wants it."""
    make: Any = RGBColor  # python-pptx leaves it untyped
    return make(*bytes.fromhex(color.lstrip("#")))


def write_runs(paragraph: Any, runs: Sequence[Run], size: float) -> None:
    """Fill a paragraph, in Swedish so that the spelling check does not underline it."""
    for run in runs:
        piece = paragraph.add_run()
        piece.text = composed(run.text)
        piece.font.size, piece.font.bold, piece.font.name = Pt(size), run.bold, FONT
        piece.font.color.rgb = rgb(run.color)
        piece.font._element.set("lang", "sv-SE")
        if run.href:
            piece.hyperlink.address = run.href


def text(
    slide: Any,
    box: Box,
    runs: Sequence[Run],
    size: float,
    *,
    middle: bool = False,
    right: bool = False,
) -> Any:
    """Put a text box on the page."""
    shape = slide.shapes.add_textbox(*box.emu)
    frame = shape.text_frame
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    frame.vertical_anchor = MSO_ANCHOR.MIDDLE if middle else MSO_ANCHOR.TOP
    frame.paragraphs[0].alignment = PP_ALIGN.RIGHT if right else PP_ALIGN.LEFT
    write_runs(frame.paragraphs[0], runs, size)
    return shape


def describe(shape: Any, name: str, words: str) -> None:
    """Name a shape and give it its text alternative."""
    facts = shape._element.xpath(".//p:cNvPr")[0]
    facts.set("name", name)
    facts.set("descr", words)


def panel(slide: Any, box: Box, name: str, color: str = PRINT.card) -> Any:
    """A plain rectangle without line or shadow."""
    shape = slide.shapes.add_shape(1, *box.emu)
    no_style(shape)
    shape.fill.solid()
    shape.fill.fore_color.rgb = rgb(color)
    shape.line.fill.background()
    describe(shape, name, "")
    return shape


def legend(slide: Any, left: float, top: float) -> None:
    """The ladder's key as squares with words."""
    levels: list[int | None] = [*range(len(LEVELS)), None]
    for level in levels:
        word = UNREAD if level is None else LEVELS[level]
        square = panel(slide, Box(left, top + 0.04, 0.2, 0.2), f"Nyckel {word}")
        fill_level(square, level)
        wide = text_width(word, _KEY_SIZE) / 72
        text(
            slide, Box(left + 0.27, top, wide + 0.1, 0.3), [Run(word, color=PRINT.muted)], _KEY_SIZE
        )
        left += 0.27 + wide + 0.26


def no_style(shape: Any) -> None:
    """The theme gives every shape a shadow through its style."""
    for style in shape._element.xpath("./p:style"):
        style.getparent().remove(style)


def fill_level(shape: Any, level: int | None) -> None:
    """Give a shape or a series the colour of a level; what is not read is hatched."""
    fill = shape.fill
    if level is None:
        fill.patterned()
        fill.pattern = MSO_PATTERN.WIDE_UPWARD_DIAGONAL
        fill.fore_color.rgb, fill.back_color.rgb = rgb(PRINT.hatch), rgb(PRINT.card)
    else:
        fill.solid()
        fill.fore_color.rgb = rgb(PRINT.ladder[level])
    line = shape.line
    line.color.rgb = rgb(PRINT.hatch if level is None else PRINT.card)
    line.width = Pt(0.75)
