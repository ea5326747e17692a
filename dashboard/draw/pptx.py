"""Charts in PowerPoint: native charts, tables and shapes, never pictures. Inches and points."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION
from pptx.enum.dml import MSO_PATTERN
from pptx.enum.shapes import MSO_CONNECTOR, MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Inches, Pt

from dashboard.draw.chart import Bars, Chart, Legend, Mark, Name, Place, PlaceMap, Point, Scale
from dashboard.draw.levels import UNREAD_KIND, fill_of, ink_on
from dashboard.draw.printed import PRINT, as_table, column_widths, text_width
from pipelines.sources.characters import composed

FONT = "Arial"
"""Stands on every machine, and office suites without it have a face of the same widths."""
SIZES = (20, 18, 16, 14, 13, 12, 11, 10)
_KEY_SIZE, _KEY_HEIGHT = 15, 0.42
_FEW_BARS = 4
_NAMED, _SCALED, _HIGHEST_ROW = 0.34, 0.4, 1.0
"""Shares of the width for names and for the scale, and inches of a row of marks."""
_NewData: Any = CategoryChartData  # python-pptx leaves it untyped
_LINE, _PADDING, _LEAST_ROW = 1.2, 0.1, 0.3
"""Height of a line in type sizes, what a row has above and below it, and the lowest row."""
_WIDER = 1.04
"""Office suites set type a little wider than the font says."""
_AIRIEST = 1.5
"""How much higher than its words a row may stand where there is room."""

Rows = Sequence[Sequence[str]]


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


def no_style(shape: Any) -> None:
    """The theme gives every shape a shadow through its style."""
    for style in shape._element.xpath("./p:style"):
        style.getparent().remove(style)


def draw_chart(page: Any, box: Box, chart: Chart) -> None:
    """Draw a chart's figure in a box, in the largest type that it holds.

    Bars become a native stacked chart, counts a native bar chart, marks on a scale and a map
    editable shapes, and all else a table; a figure of Plotly's has no place on a slide.
    """
    figure = chart.figure
    if isinstance(figure, Bars | PlaceMap) and figure.legend:
        _legend(page, box.left, box.top, figure.legend)
        box = Box(box.left, box.top + _KEY_HEIGHT, box.width, box.height - _KEY_HEIGHT)
    if isinstance(figure, Bars):
        _bar_chart(page, box, figure, chart.alt)
    elif isinstance(figure, Scale):
        draw = _count_chart if figure.is_counts else _marks
        draw(page, box, figure, chart.alt)
    elif isinstance(figure, PlaceMap):
        _map(page, box, figure, chart.alt)
    elif figure is not None and (found := as_table(figure)):
        head, rows = found.headers, found.rows
        size = largest_size(head, rows, width=box.width, height=box.height, sizes=SIZES)
        frame = table(page, box, head, rows, numeric=found.numeric, size=size, fills=found.fills)
        spread_rows(frame, box.height)


def _legend(slide: Any, left: float, top: float, legend: Legend) -> None:
    """Kinds as squares with their words."""
    for kind, word in legend:
        square = panel(slide, Box(left, top + 0.04, 0.2, 0.2), f"Nyckel {word}")
        _fill(square, kind)
        wide = text_width(word, _KEY_SIZE) / 72
        text(
            slide, Box(left + 0.27, top, wide + 0.1, 0.3), [Run(word, color=PRINT.muted)], _KEY_SIZE
        )
        left += 0.27 + wide + 0.26


def _fill(shape: Any, kind: str) -> None:
    """Give a shape or a series the colour of a kind; what is not read is hatched."""
    fill, is_unread = shape.fill, kind == UNREAD_KIND
    if is_unread:
        fill.patterned()
        fill.pattern = MSO_PATTERN.WIDE_UPWARD_DIAGONAL
        fill.fore_color.rgb, fill.back_color.rgb = rgb(PRINT.hatch), rgb(PRINT.card)
    else:
        fill.solid()
        fill.fore_color.rgb = rgb(fill_of(kind, PRINT))
    shape.line.color.rgb = rgb(PRINT.hatch if is_unread else PRINT.card)
    shape.line.width = Pt(0.75)


def _bar_chart(slide: Any, box: Box, bars: Bars, alt: str) -> None:
    """A native stacked bar chart, counts in the bars; what is not read is a series of its own."""
    few = len(bars.bars) <= _FEW_BARS
    words = dict(bars.legend)
    data = _NewData(number_format="0;;;")
    data.categories = [
        f"{bar.label}\n{bar.note}" if few else f"{bar.label} ({bar.note})" for bar in bars.bars
    ]
    kinds = [part.kind for part in bars.bars[0].parts]
    for place, kind in enumerate(kinds):
        known = [any(p.amount for p in bar.parts if p.kind != UNREAD_KIND) for bar in bars.bars]
        amounts = [
            bar.parts[place].amount if is_known or kind == UNREAD_KIND else None
            for bar, is_known in zip(bars.bars, known, strict=True)
        ]
        data.add_series(words.get(kind, bars.bars[0].parts[place].name), amounts)
    style = XL_CHART_TYPE.BAR_STACKED_100 if bars.is_share else XL_CHART_TYPE.BAR_STACKED
    frame = slide.shapes.add_chart(style, *box.emu, data)
    _axes(frame.chart, 16 if few else 14 if len(bars.bars) <= 8 else 12)
    plot = frame.chart.plots[0]
    plot.gap_width, plot.overlap = 45, 100
    for kind, series in zip(kinds, plot.series, strict=True):
        _fill(series.format, kind)
        labels = series.data_labels
        labels.show_value, labels.number_format_is_linked = True, False
        labels.number_format = "0;;;"
        labels.font.size, labels.font.bold = Pt(16 if few else 13), True
        ink = PRINT.muted if kind == UNREAD_KIND else ink_on(kind, PRINT)
        labels.font.color.rgb = rgb(ink)
    describe(frame, "Diagram", alt)


def _count_chart(slide: Any, box: Box, scale: Scale, alt: str) -> None:
    """A native bar chart of counts with the numbers beside the bars."""
    data = _NewData(number_format="0")
    data.categories = [row.label for row in scale.rows]
    data.add_series(scale.unit.capitalize(), [row.marks[0].end for row in scale.rows])
    frame = slide.shapes.add_chart(XL_CHART_TYPE.BAR_CLUSTERED, *box.emu, data)
    _axes(frame.chart, 15)
    plot = frame.chart.plots[0]
    plot.gap_width = 45
    series = plot.series[0]
    series.format.fill.solid()
    series.format.fill.fore_color.rgb = rgb(PRINT.test)
    series.data_labels.show_value = True
    series.data_labels.position = XL_LABEL_POSITION.OUTSIDE_END
    series.data_labels.font.size, series.data_labels.font.bold = Pt(16), True
    describe(frame, "Diagram", alt)


def _marks(slide: Any, box: Box, scale: Scale, alt: str) -> None:
    """One group of shapes: names on the left, marks on one scale, words on the right."""
    group = slide.shapes.add_group_shape()
    lines = len(scale.rows) + bool(scale.ticks)
    step = min(box.height / lines, _HIGHEST_ROW)
    size = min(16.0, 72 * step / 3)
    left, wide = box.left + _NAMED * box.width, _SCALED * box.width
    for place, row in enumerate(scale.rows):
        middle = box.top + step * (place + 0.5)
        at = Box(box.left, middle - step / 2, _NAMED * box.width - 0.15, step)
        text(group, at, [Run(row.label)], size, middle=True)
        words = row.words
        if row.instead:
            text(
                group,
                Box(left, at.top, box.width - at.width, step),
                [Run(words, color=PRINT.muted)],
                size,
                middle=True,
            )
            continue
        if scale.has_track:
            panel(group, Box(left, middle - 0.02, wide, 0.04), "Skala", PRINT.line)
        for mark in row.marks:
            ends = sorted(left + wide * scale.part_of(each) for each in (mark.start, mark.end))
            _mark(group, mark, ends, middle, step)
        end = Box(left + wide + 0.15, at.top, box.left + box.width - left - wide - 0.15, step)
        text(group, end, [Run(words, color=PRINT.muted)], size * 0.85, middle=True)
    for value, word in scale.ticks:
        x = left + wide * scale.part_of(value)
        text(
            group,
            Box(x - 0.5, box.top + step * len(scale.rows), 1, step),
            [Run(word, color=PRINT.muted)],
            size * 0.85,
        ).text_frame.paragraphs[0].alignment = PP_ALIGN.CENTER
    describe(group, "Diagram", alt)


def _mark(group: Any, mark: Mark, ends: Sequence[float], middle: float, step: float) -> None:
    """A bar or interval between its ends, a dot or ring at its value."""
    is_value = mark.shape in ("dot", "ring")
    high = {"bar": 0.5 * step, "span": 0.1}.get(mark.shape, 0.18)
    start, stop = ends
    if is_value:
        start, stop = stop - high / 2, stop + high / 2
    at = Box(start, middle - high / 2, max(stop - start, 0.02), high)
    shape = group.shapes.add_shape(MSO_SHAPE.OVAL if is_value else MSO_SHAPE.RECTANGLE, *at.emu)
    no_style(shape)
    _fill(shape, mark.kind)
    if mark.shape == "ring":
        shape.line.color.rgb, shape.line.width = shape.fill.fore_color.rgb, Pt(1.5)
        shape.fill.fore_color.rgb = rgb(PRINT.card)
    describe(shape, mark.words or "Märke", mark.words)


def _axes(chart: Any, size: float) -> None:
    categories, values = chart.category_axis, chart.value_axis
    categories.reverse_order = True
    categories.tick_labels.font.size, categories.tick_labels.font.name = Pt(size), FONT
    categories.tick_labels.font.color.rgb = rgb(PRINT.ink)
    categories.format.line.fill.background()
    categories.has_major_gridlines = values.has_major_gridlines = False
    values.visible = False
    chart.font.name = FONT
    chart.has_title = False
    chart.has_legend = False  # the key above is larger, and the same on every page


class _OnPage:
    """Map units → inches, so that map and names fill a box as far as proportions let them."""

    def __init__(self, figure: PlaceMap, box: Box) -> None:
        left, top, right, bottom = figure.far.frame
        wide, high = right - left, bottom - top
        self.unit = min(box.width / wide, box.height / high)
        self.left = box.left + (box.width - wide * self.unit) / 2 - left * self.unit
        self.top = box.top + (box.height - high * self.unit) / 2 - top * self.unit

    def at(self, point: Point) -> Point:
        """A place on the page."""
        return self.left + point[0] * self.unit, self.top + point[1] * self.unit


def _map(slide: Any, box: Box, figure: PlaceMap, alt: str) -> None:
    """One group of shapes that can be edited, each named after its municipality."""
    scale, far = _OnPage(figure, box), figure.far
    group = slide.shapes.add_group_shape()
    for place in figure.places:
        for ring in place.rings:
            points = [tuple(Inches(each) for each in scale.at(point)) for point in ring]
            builder = group.shapes.build_freeform(*points[0], scale=1.0)
            builder.add_line_segments(points[1:], close=True)
            shape = builder.convert_to_shape()
            no_style(shape)
            _fill(shape, place.kind)
            describe(shape, place.name, "")
    for place in figure.places:
        if name := far.names.get(place.code):
            if name.start:
                _line(group, place, scale.at(name.start), scale.at(place.label))
            _name(group, place, name, scale.at(name.at), 72 * far.size * scale.unit)
    describe(group, "Karta", alt)


def _line(group: Any, place: Place, start: Point, end: Point) -> None:
    """The line from a name beside the map to a dot in its area."""
    ends = [Inches(each) for each in (*start, *end)]
    line = group.shapes.add_connector(MSO_CONNECTOR.STRAIGHT, *ends)
    line.line.color.rgb, line.line.width = rgb(PRINT.ink), Pt(0.6)
    describe(line, f"Linje {place.name}", "")
    half = 0.035
    at = Box(end[0] - half, end[1] - half, 2 * half, 2 * half).emu
    dot = group.shapes.add_shape(MSO_SHAPE.OVAL, *at)
    no_style(dot)
    dot.fill.solid()
    dot.fill.fore_color.rgb = rgb(PRINT.ink)
    dot.line.fill.background()
    describe(dot, f"Punkt {place.name}", "")


def _name(group: Any, place: Place, name: Name, at: Point, size: float) -> None:
    x, y = at
    wide, high = 1.15 * text_width(place.name, size) / 72, 1.3 * size / 72
    starts = {"inside": x - wide / 2, "left": x - wide, "right": x}
    ink = ink_on(place.kind, PRINT) if name.side == "inside" else PRINT.ink
    box = Box(starts[name.side], y - high / 2, wide, high)
    shape = text(group, box, [Run(place.name, color=ink)], round(size, 1), middle=True)
    shape.text_frame.word_wrap = False
    sides = {"inside": PP_ALIGN.CENTER, "left": PP_ALIGN.RIGHT, "right": PP_ALIGN.LEFT}
    shape.text_frame.paragraphs[0].alignment = sides[name.side]


def table(
    slide: Any,
    box: Box,
    headers: Sequence[str],
    rows: Rows,
    *,
    numeric: frozenset[int] = frozenset(),
    size: float = 14,
    fills: dict[tuple[int, int], int] | None = None,
    like: Rows = (),
) -> Any:
    """A native table over the width of a box, its columns as wide as their words ask for.

    ``fills`` are the levels of coloured cells; ``like`` are all rows of a table that is cut into
    pages, so that its columns are the same on each.
    """
    widths = widths_in(box.width, headers, like or rows, size)
    heights = [_row_height(row, widths, size) for row in (headers, *rows)]
    frame = slide.shapes.add_table(len(rows) + 1, len(headers), *box.emu[:3], Inches(sum(heights)))
    _plain_table(frame)
    for column, width in zip(frame.table.columns, widths, strict=True):
        column.width = Inches(width)
    for line, values in enumerate([headers, *rows]):
        frame.table.rows[line].height = Inches(heights[line])
        for place, value in enumerate(values):
            level = (fills or {}).get((line - 1, place))
            _cell(frame.table.cell(line, place), value, size, line == 0, place in numeric, level)
    describe(frame, "Tabell", f"Tabell: {', '.join(each for each in headers if each)}.")
    return frame


def spread_rows(frame: Any, height: float) -> None:
    """Let the rows of a table stand further apart, up to a height."""
    head, *rows = frame.table.rows
    words = sum(row.height for row in rows)
    room = min(_AIRIEST, max(1.0, (Inches(height) - head.height) / words))
    for row in rows:
        row.height = int(room * row.height)
    frame.height = head.height + sum(row.height for row in rows)


def widths_in(width: float, headers: Sequence[str], rows: Rows, size: float) -> list[float]:
    """Column widths in inches that fill a width."""
    asked = column_widths(headers, rows, room=72 * width, size=_WIDER * size)
    return [width * each / sum(asked) for each in asked]


def natural_width(headers: Sequence[str], rows: Rows, size: float) -> float:
    """The width in inches at which no text of the table wraps."""
    return sum(column_widths(headers, rows, room=1e9, size=_WIDER * size)) / 72


def page_rows(
    headers: Sequence[str], rows: Rows, *, width: float, height: float, size: float
) -> list[Rows]:
    """Cut the rows into pages by how high their words make them."""
    widths = widths_in(width, headers, rows, size)
    head = _row_height(headers, widths, size)
    pages: list[list[Sequence[str]]] = [[]]
    left = height - head
    for row in rows:
        high = _row_height(row, widths, size)
        if high > left and pages[-1]:
            pages.append([])
            left = height - head
        pages[-1].append(row)
        left -= high
    return list(pages)


def largest_size(
    headers: Sequence[str], rows: Rows, *, width: float, height: float, sizes: Sequence[float]
) -> float:
    """The first of the sizes, which fall, at which all rows stand on one page; else the last."""
    for size in sizes:
        least = column_widths(headers, rows, room=0, size=_WIDER * size)
        pages = page_rows(headers, rows, width=width, height=height, size=size)
        if len(pages) == 1 and sum(least) <= 72 * width:
            return size
    return sizes[-1]


def _row_height(row: Sequence[str], widths: Sequence[float], size: float) -> float:
    lines = max(
        _lines(text, 72 * (width - 0.14), size) for text, width in zip(row, widths, strict=True)
    )
    return max(_LEAST_ROW, lines * _LINE * size / 72 + _PADDING)


def _lines(text: str, room: float, size: float) -> int:
    """How many lines a text takes; words longer than the room are broken."""
    lines, used = 1, 0.0
    for word in text.split(" "):
        wide = _WIDER * text_width(f"{word} ", size)
        if used and used + wide > room:
            lines, used = lines + 1, 0.0
        lines += int(wide // room) if wide > room > 0 else 0
        used += wide % room if wide > room > 0 else wide
    return lines


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
