"""The map of the PowerPoint as shapes that can be edited, every municipality by its name."""

from __future__ import annotations

from typing import Any

from pptx.enum.shapes import MSO_CONNECTOR, MSO_SHAPE
from pptx.enum.text import PP_ALIGN
from pptx.util import Inches, Pt

from dashboard.charts.area_names import Name, name_all, text_width
from dashboard.charts.drawing import Area, AreaMap, Point
from dashboard.meeting.pack import PRINT
from dashboard.meeting.pptx_parts import Box, Run, describe, fill_level, no_style, rgb, text

_INSIDE, _BESIDE = (0.046, 0.042, 0.038), 0.046
"""Type sizes of names, as shares of the map's height."""


class _Scale:
    """Map units → inches, so that map and names fill a box as far as proportions let them."""

    def __init__(self, drawing: AreaMap, box: Box) -> None:
        self.named = name_all(drawing, inside=_INSIDE, beside=_BESIDE)
        self.unit = min(box.width / self.named.width, box.height / self.named.height)
        left, top, *_ = self.named.frame
        self.left = box.left + (box.width - self.named.width * self.unit) / 2 - left * self.unit
        self.top = box.top + (box.height - self.named.height * self.unit) / 2 - top * self.unit

    def at(self, point: Point) -> Point:
        """A place on the page."""
        return self.left + point[0] * self.unit, self.top + point[1] * self.unit


def map_shapes(slide: Any, box: Box, drawing: AreaMap, alt: str) -> Any:
    """Draw the map as one group of shapes, each named after its municipality."""
    scale = _Scale(drawing, box)
    group = slide.shapes.add_group_shape()
    for area in drawing.areas:
        _area(group, area, scale)
    for name in scale.named.names:
        if name.line:
            _line(group, name, scale)
        _words(group, name, scale)
    describe(group, "Karta", alt)
    return group


def _area(group: Any, area: Area, scale: _Scale) -> None:
    for ring in area.rings:
        points = [tuple(Inches(each) for each in scale.at(point)) for point in ring]
        builder = group.shapes.build_freeform(*points[0], scale=1.0)
        builder.add_line_segments(points[1:], close=True)
        shape = builder.convert_to_shape()
        no_style(shape)
        fill_level(shape, area.level)
        if not area.is_chosen:
            shape.fill.solid()
            shape.fill.fore_color.rgb = rgb(PRINT.ground)
        describe(shape, area.name, "")


def _line(group: Any, name: Name, scale: _Scale) -> None:
    """The line from a name beside the map to a dot in its area."""
    start, end = (scale.at(point) for point in name.line or ())
    ends = [Inches(each) for each in (*start, *end)]
    line = group.shapes.add_connector(MSO_CONNECTOR.STRAIGHT, *ends)
    line.line.color.rgb, line.line.width = rgb(PRINT.ink), Pt(0.6)
    describe(line, f"Linje {name.area.name}", "")
    half = 0.035
    place = Box(end[0] - half, end[1] - half, 2 * half, 2 * half).emu
    dot = group.shapes.add_shape(MSO_SHAPE.OVAL, *place)
    no_style(dot)
    dot.fill.solid()
    dot.fill.fore_color.rgb = rgb(PRINT.ink)
    dot.line.fill.background()
    describe(dot, f"Punkt {name.area.name}", "")


def _words(group: Any, name: Name, scale: _Scale) -> None:
    x, y = scale.at(name.at)
    size = 72 * scale.named.size * scale.unit
    wide, high = 1.15 * text_width(name.area.name, size) / 72, 1.3 * size / 72
    starts = {"inside": x - wide / 2, "left": x - wide, "right": x}
    level = name.area.level if name.side == "inside" else None
    ink = PRINT.ink if level is None else PRINT.on_ladder[level]
    place = Box(starts[name.side], y - high / 2, wide, high)
    shape = text(group, place, [Run(name.area.name, color=ink)], round(size, 1), middle=True)
    shape.text_frame.word_wrap = False
    sides = {"inside": PP_ALIGN.CENTER, "left": PP_ALIGN.RIGHT, "right": PP_ALIGN.LEFT}
    shape.text_frame.paragraphs[0].alignment = sides[name.side]
