"""Parts of a PowerPoint page: text, native tables, the map as shapes. Inches and points."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from pptx.dml.color import RGBColor
from pptx.enum.dml import MSO_PATTERN
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Inches, Pt

from dashboard.charts.drawing import MAP_WIDTH, AreaMap
from dashboard.charts.levels import LEVELS, UNREAD
from dashboard.charts.native import named_areas
from dashboard.meeting.pack import PRINT, text_width

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
    """A stretch of text in one look."""

    text: str
    bold: bool = False
    color: str = PRINT.ink


def rgb(color: str) -> Any:
    """``#0E3A66`` as python-pptx wants it."""
    make: Any = RGBColor  # python-pptx leaves it untyped
    return make(*bytes.fromhex(color.lstrip("#")))


def write_runs(paragraph: Any, runs: Sequence[Run], size: float) -> None:
    """Fill a paragraph, in Swedish so that the spelling check does not underline it."""
    for run in runs:
        piece = paragraph.add_run()
        piece.text = run.text
        piece.font.size, piece.font.bold, piece.font.name = Pt(size), run.bold, FONT
        piece.font.color.rgb = rgb(run.color)
        piece.font._element.set("lang", "sv-SE")


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


def table(
    slide: Any,
    box: Box,
    headers: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    numeric: frozenset[int] = frozenset(),
    shares: Sequence[float] = (),
    size: float = 14,
    fills: dict[tuple[int, int], int] | None = None,
) -> Any:
    """A native table; ``shares`` divide its width, ``fills`` are the levels of coloured cells."""
    height = Inches(min(box.height, max(0.36, size / 32) * (len(rows) + 1)))
    frame = slide.shapes.add_table(len(rows) + 1, len(headers), *Box(*box).emu[:3], height)
    _plain_table(frame)
    parts = list(shares) or [1.0] * len(headers)
    for column, share in zip(frame.table.columns, parts, strict=True):
        column.width = Inches(box.width * share / sum(parts))
    for line, values in enumerate([headers, *rows]):
        frame.table.rows[line].height = int(height / (len(rows) + 1))
        for place, value in enumerate(values):
            level = (fills or {}).get((line - 1, place))
            _cell(frame.table.cell(line, place), value, size, line == 0, place in numeric, level)
    describe(frame, "Tabell", f"Tabell: {', '.join(each for each in headers if each)}.")
    return frame


def map_shapes(slide: Any, box: Box, drawing: AreaMap, alt: str) -> Any:
    """The map as editable shapes in one group, each named after its municipality."""
    scale = min(box.width / MAP_WIDTH, box.height / drawing.height)
    left = box.left + (box.width - MAP_WIDTH * scale) / 2
    top = box.top + (box.height - drawing.height * scale) / 2
    group = slide.shapes.add_group_shape()
    for area in drawing.areas:
        for ring in area.rings:
            points = [(Inches(left + x * scale), Inches(top + y * scale)) for x, y in ring]
            builder = group.shapes.build_freeform(*points[0], scale=1.0)
            builder.add_line_segments(points[1:], close=True)
            shape = builder.convert_to_shape()
            _no_style(shape)
            fill_level(shape, area.level)
            if not area.is_chosen:
                shape.fill.solid()
                shape.fill.fore_color.rgb = rgb(PRINT.ground)
            describe(shape, area.name, "")
    for area in named_areas(drawing, 0.16 / scale):
        (x, y), wide = area.label, 1.5
        label = Box(left + x * scale - wide / 2, top + y * scale - 0.12, wide, 0.24)
        ink = PRINT.ink if area.level is None else PRINT.on_ladder[area.level]
        shape = text(group, label, [Run(area.name, color=ink)], 11, middle=True)
        shape.text_frame.paragraphs[0].alignment = PP_ALIGN.CENTER
    describe(group, "Karta", alt)
    return group


def panel(slide: Any, box: Box, name: str, color: str = PRINT.card) -> Any:
    """A plain rectangle without line or shadow."""
    shape = slide.shapes.add_shape(1, *box.emu)
    _no_style(shape)
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


def _no_style(shape: Any) -> None:
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


def _cell(
    cell: Any, value: str, size: float, head: bool, is_number: bool, level: int | None
) -> None:
    cell.margin_left, cell.margin_right = Inches(0.04), Inches(0.1)
    cell.margin_top = cell.margin_bottom = Inches(0.03)
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    color = PRINT.muted if head else PRINT.ink if level is None else PRINT.on_ladder[level]
    paragraph = cell.text_frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.RIGHT if is_number else PP_ALIGN.LEFT
    if level is not None:
        paragraph.alignment = PP_ALIGN.CENTER
        cell.fill.solid()
        cell.fill.fore_color.rgb = rgb(PRINT.ladder[level])
    else:
        cell.fill.background()
    write_runs(paragraph, [Run(value, color=color, bold=level is not None)], size)
    _underline(cell)


def _underline(cell: Any) -> None:
    """Borders stand before the fill in the schema."""
    color = PRINT.line.lstrip("#")
    line = parse_xml(
        f'<a:lnB {nsdecls("a")} w="9525"><a:solidFill><a:srgbClr val="{color}"/>'
        "</a:solidFill></a:lnB>"
    )
    cell._tc.get_or_add_tcPr().insert(0, line)


def _plain_table(frame: Any) -> None:
    """No style of PowerPoint's own: head row kept for screen readers, no bands."""
    frame.table.first_row, frame.table.horz_banding = True, False
    style = frame._element.graphic.graphicData.tbl.tblPr.find(qn("a:tableStyleId"))
    style.text = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
