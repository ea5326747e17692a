"""Native PowerPoint charts: their data sheets hold the same numbers as the page."""

from __future__ import annotations

from typing import Any

from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION
from pptx.util import Pt

from dashboard.charts.drawing import CountBars, LadderBars, LadderRow
from dashboard.charts.levels import LEVELS, UNREAD
from dashboard.meeting.pack import PRINT
from dashboard.meeting.pptx_parts import FONT, Box, describe, fill_level, rgb

_FEW_BARS = 4
_NewData: Any = CategoryChartData  # python-pptx leaves it untyped


def ladder_chart(slide: Any, box: Box, bars: LadderBars, alt: str) -> Any:
    """A native stacked bar chart: five levels and what is not read, counts in the bars."""
    few = len(bars.rows) <= _FEW_BARS
    data = _NewData(number_format="0;;;")
    data.categories = [_named(row, few=few) for row in bars.rows]
    for level, name in enumerate(LEVELS):
        data.add_series(name, [row.levels[level] if row.read else None for row in bars.rows])
    data.add_series(UNREAD, [row.unread for row in bars.rows])
    frame = slide.shapes.add_chart(XL_CHART_TYPE.BAR_STACKED_100, *box.emu, data)
    chart = frame.chart
    _axes(chart, 16 if few else 14 if len(bars.rows) <= 8 else 12)
    plot = chart.plots[0]
    plot.gap_width, plot.overlap = 45, 100
    for level, series in enumerate(plot.series):
        fill_level(series.format, level if level < len(LEVELS) else None)
        labels = series.data_labels
        labels.show_value, labels.number_format, labels.number_format_is_linked = (
            True,
            "0;;;",
            False,
        )
        labels.font.size, labels.font.bold = Pt(16 if few else 13), True
        known = level < len(LEVELS)
        labels.font.color.rgb = rgb(PRINT.on_ladder[level] if known else PRINT.muted)
    chart.has_legend = False  # the key above is larger, and the same on every page
    describe(frame, "Diagram", alt)
    return frame


def _named(row: LadderRow, *, few: bool) -> str:
    """The bar's name and how many of its documents are read; in two lines where there is room."""
    read = f"{row.read} av {row.known} lästa"
    return f"{row.label}\n{read}" if few else f"{row.label} ({read})"


def count_chart(slide: Any, box: Box, bars: CountBars, alt: str) -> Any:
    """A native bar chart of counts with the numbers beside the bars."""
    data = _NewData(number_format="0")
    data.categories = [name for name, _ in bars.rows]
    data.add_series(bars.unit.capitalize(), [value for _, value in bars.rows])
    frame = slide.shapes.add_chart(XL_CHART_TYPE.BAR_CLUSTERED, *box.emu, data)
    chart = frame.chart
    _axes(chart, 15)
    chart.has_legend = False
    plot = chart.plots[0]
    plot.gap_width = 45
    series = plot.series[0]
    series.format.fill.solid()
    series.format.fill.fore_color.rgb = rgb(PRINT.test)
    series.data_labels.show_value = True
    series.data_labels.position = XL_LABEL_POSITION.OUTSIDE_END
    series.data_labels.font.size, series.data_labels.font.bold = Pt(16), True
    describe(frame, "Diagram", alt)
    return frame


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
