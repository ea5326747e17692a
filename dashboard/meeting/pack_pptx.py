"""The pack as an editable PowerPoint: native charts and tables, never pictures."""

from __future__ import annotations

import io
from typing import Any

from pptx import Presentation
from pptx.util import Inches

from dashboard.charts.drawing import (
    AreaMap,
    CountBars,
    HeatGrid,
    LadderBars,
    LevelNames,
    Lines,
    level_word,
)
from dashboard.filters import level_label
from dashboard.meeting.closing import closing_pages
from dashboard.meeting.numbers import Numbers, numbers_behind
from dashboard.meeting.pack import LINK, OPENS, PRINT, Pack
from dashboard.meeting.pptx_charts import count_chart, ladder_chart
from dashboard.meeting.pptx_closing import add_closing
from dashboard.meeting.pptx_map import map_shapes
from dashboard.meeting.pptx_numbers import add_numbers
from dashboard.meeting.pptx_page import BODY, EDGE, HIGH, WIDE, foot, new_page
from dashboard.meeting.pptx_parts import (
    Box,
    Run,
    describe,
    legend,
    panel,
    rgb,
    text,
    write_runs,
)
from dashboard.meeting.pptx_tables import largest_size, spread_rows, table
from dashboard.meeting.quote_runs import stretches
from dashboard.meeting.slide import Slide
from dashboard.parts.quotation import source_line, summary_source
from dashboard.text import DASH, number

_MAIN = Box(EDGE, 2.0, 7.3, 4.45)
_WHOLE = Box(EDGE, 2.0, WIDE - 2 * EDGE, 4.45)
_PROOF = Box(8.35, 2.05, WIDE - EDGE - 8.35, 4.3)
_SIZES = (20, 18, 16, 14, 13, 12, 11, 10)


def write_pptx(pack: Pack) -> bytes:
    """Return the pack as a PowerPoint file."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = Inches(WIDE), Inches(HIGH)
    facts = deck.core_properties
    facts.title, facts.language, facts.author = pack.title, "sv-SE", "Innovation i planeringen"
    facts.subject = " · ".join(each for each in (pack.subtitle, pack.mark) if each)
    _opening(deck, pack)
    behind = numbers_behind([slide for _, slide in pack.points])
    for place, (_, slide) in enumerate(pack.points, start=1):
        own = behind[place - 1]
        _point(deck, pack, slide, place, own)
        add_numbers(deck, pack, f"{place} · Tabell", slide, own)
    for closing in closing_pages(pack):
        add_closing(deck, pack, closing)
    target = io.BytesIO()
    deck.save(target)
    return target.getvalue()


def _opening(deck: Any, pack: Pack) -> None:
    page = new_page(deck, pack, pack.title, pack.subtitle)
    rows = [
        (str(place), slide.heading, slide.finding, number(item.minutes))
        for place, (item, slide) in enumerate(pack.points, start=1)
    ]
    headers = ("", "Punkt", "Slutsats", "Minuter")
    size = largest_size(headers, rows, width=BODY.width, height=BODY.height, sizes=_SIZES)
    frame = table(page, BODY, headers, rows, numeric=frozenset({3}), size=size)
    spread_rows(frame, BODY.height)
    foot(page, f"Filter och utgåva är frysta. {pack.total_minutes} minuter.", pack.attribution)


def _point(deck: Any, pack: Pack, slide: Slide, place: int, own: Numbers) -> None:
    page = new_page(deck, pack, slide.finding, f"{place} · {slide.heading}")
    text(page, Box(EDGE, 1.58, WIDE - 2 * EDGE, 0.3), [Run(slide.measured, color=PRINT.muted)], 16)
    proof = bool(slide.quotations or slide.summaries or slide.told)
    _draw(page, slide, _MAIN if proof else _WHOLE)
    only = slide.drawing is None and not slide.empty
    if proof:
        _proof(page, pack, slide, _WHOLE if only else _PROOF, 28 if only else 20)
    same = f" · Siffrorna står under {own.as_before}" if own.as_before else ""
    foot(page, slide.foot + same, f"Urval: {slide.choice}. Utgåva {pack.edition_id}.")
    page.notes_slide.notes_text_frame.text = f"{slide.finding}.\n{slide.chart.alt}\n{slide.choice}"


def _draw(page: Any, slide: Slide, box: Box) -> None:
    drawing = slide.drawing
    if slide.empty:
        text(page, box, [Run(slide.empty)], 22, middle=True)
    elif isinstance(drawing, LadderBars):
        legend(page, box.left, box.top)
        ladder_chart(page, _below_key(box), drawing, slide.chart.alt)
    elif isinstance(drawing, CountBars):
        count_chart(page, box, drawing, slide.chart.alt)
    elif isinstance(drawing, AreaMap):
        legend(page, box.left, box.top)
        map_shapes(page, _below_key(box), drawing, slide.chart.alt)
    elif drawing is not None:
        _as_table(page, box, drawing)


def _below_key(box: Box) -> Box:
    return Box(box.left, box.top + 0.42, box.width, box.height - 0.42)


def _as_table(page: Any, box: Box, drawing: LevelNames | HeatGrid | Lines) -> None:
    """A drawing that is a table, in the largest type that its box holds."""
    numeric: frozenset[int] = frozenset()
    fills: dict[tuple[int, int], int] = {}
    headers: tuple[str, ...]
    rows: list[tuple[str, ...]]
    if isinstance(drawing, HeatGrid):
        headers, rows, fills = _heat(drawing)
    elif isinstance(drawing, Lines):
        headers, rows, numeric = drawing.headers, list(drawing.rows), drawing.numeric
    else:
        headers, numeric = ("Nivå", "Antal", "Kommuner"), frozenset({1})
        rows = [(level_word(at), number(len(own)), ", ".join(own)) for at, own in drawing.groups]
        fills = {(i, 0): at for i, (at, _) in enumerate(drawing.groups) if at is not None}
    size = largest_size(headers, rows, width=box.width, height=box.height, sizes=_SIZES)
    frame = table(page, box, headers, rows, numeric=numeric, size=size, fills=fills)
    spread_rows(frame, box.height)


def _heat(
    grid: HeatGrid,
) -> tuple[tuple[str, ...], list[tuple[str, ...]], dict[tuple[int, int], int]]:
    rows = [
        (label, *(DASH if cell is None else number(cell[0]) for cell in cells))
        for label, cells in grid.rows
    ]
    fills = {
        (line, place): cell[1]
        for line, (_, cells) in enumerate(grid.rows)
        for place, cell in enumerate(cells, start=1)
        if cell is not None
    }
    return (grid.corner, *grid.columns), rows, fills


def _proof(page: Any, pack: Pack, slide: Slide, box: Box, size: float) -> None:
    """The quotation with its deciding words in bold, or a summary that says it is one."""
    bar = panel(page, Box(box.left - 0.2, box.top, 0.07, box.height), "Citatstreck")
    ground = Box(box.left - 0.13, box.top, box.width + 0.13, box.height)
    panel(page, ground, "Citatgrund", PRINT.ground)
    if slide.quotations:
        row = slide.quotations[0]
        bar.fill.fore_color.rgb = rgb(PRINT.ladder[row["level"]])
        runs = [Run(piece.text, piece.decides) for piece in stretches(row)]
        below = f"{level_label(row['level'])} · {source_line(row)}"
    elif slide.told:
        bar.fill.fore_color.rgb = rgb(PRINT.line)
        runs, below = [Run(slide.told[0])], ""
    else:
        row = slide.summaries[0]
        bar.fill.fore_color.rgb = rgb(PRINT.hatch)
        runs = [Run("Referat: ", True), Run(str(row["summary"]))]
        below = summary_source(row)
    inner = Box(box.left + 0.1, box.top + 0.1, box.width - 0.25, box.height - 0.2)
    shape = text(page, inner, runs, size, middle=True)
    describe(shape, "Citat", "")
    under = [Run(below, color=PRINT.muted)]
    href = pack.addresses.get(slide.quotations[0]["passage_id"], "") if slide.quotations else ""
    if href:
        under += [Run(" · ", color=PRINT.muted), Run(OPENS, color=LINK, href=href)]
    more = [([Run(each)], size) for each in slide.told[1:]] if slide.told else []
    for pieces, own in more or [(under, 13)]:
        paragraph = shape.text_frame.add_paragraph()
        paragraph.space_before = 120000
        write_runs(paragraph, pieces, own)
