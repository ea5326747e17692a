"""The pack as an editable PowerPoint: native charts and tables, never pictures."""

from __future__ import annotations

import io
from typing import Any

from pptx import Presentation
from pptx.util import Inches

from dashboard.draw.pptx import (
    SIZES,
    Box,
    Run,
    describe,
    draw_chart,
    largest_size,
    natural_width,
    page_rows,
    panel,
    rgb,
    spread_rows,
    table,
    text,
    write_runs,
)
from dashboard.draw.printed import LINK, PRINT, text_width
from dashboard.filters import level_label
from dashboard.meeting.numbers import Numbers, numbers_behind
from dashboard.meeting.pack import OPENS, Closing, Pack, closing_pages
from dashboard.meeting.slide import Slide, stretches
from dashboard.parts.quotation import source_line, summary_source
from dashboard.text import number

WIDE, HIGH, EDGE = 13.333, 7.5, 0.6
BODY = Box(EDGE, 1.65, WIDE - 2 * EDGE, 4.85)
"""What title and foot leave of a page."""
_MAIN = Box(EDGE, 2.0, 7.3, 4.45)
_WHOLE = Box(EDGE, 2.0, WIDE - 2 * EDGE, 4.45)
_PROOF = Box(8.35, 2.05, WIDE - EDGE - 8.35, 4.3)
_NUMBER_SIZES, _SMALLER = (18, 16, 14, 13), (12, 11, 10)
_MOST_PAGES, _FEW_PAGES, _MOST_BESIDE = 3, 2, 3
_GAP, _AIRY = 0.5, 1.15
"""Between tables that are beside each other, and how much wider than its words a table is."""
_SAME, _TEXT = 0.4, 18
_TITLE_ONLY = 5


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
        _add_numbers(deck, pack, f"{place} · Tabell", slide, own)
    for closing in closing_pages(pack):
        _add_closing(deck, pack, closing)
    target = io.BytesIO()
    deck.save(target)
    return target.getvalue()


def _opening(deck: Any, pack: Pack) -> None:
    """The agenda; a long one goes on over the next page."""
    rows = [
        (str(place), slide.heading, slide.finding, number(item.minutes))
        for place, (item, slide) in enumerate(pack.points, start=1)
    ]
    headers = ("", "Punkt", "Slutsats", "Minuter")
    size = largest_size(headers, rows, width=BODY.width, height=BODY.height, sizes=SIZES)
    for shown in page_rows(headers, rows, width=BODY.width, height=BODY.height, size=size):
        page = _new_page(deck, pack, pack.title, pack.subtitle)
        frame = table(page, BODY, headers, shown, numeric=frozenset({3}), size=size, like=rows)
        spread_rows(frame, BODY.height)
        _foot(page, f"Filter och utgåva är frysta. {pack.total_minutes} minuter.", pack.attribution)


def _point(deck: Any, pack: Pack, slide: Slide, place: int, own: Numbers) -> None:
    page = _new_page(deck, pack, slide.finding, f"{place} · {slide.heading}")
    text(page, Box(EDGE, 1.58, WIDE - 2 * EDGE, 0.3), [Run(slide.measured, color=PRINT.muted)], 16)
    proof = bool(slide.quotations or slide.summaries or slide.told)
    box = _MAIN if proof else _WHOLE
    if slide.empty:
        text(page, box, [Run(slide.empty)], 22, middle=True)
    else:
        draw_chart(page, box, slide.chart)
    only = slide.chart.figure is None and not slide.empty
    if proof:
        _proof(page, pack, slide, _WHOLE if only else _PROOF, 28 if only else 20)
    same = f" · Siffrorna står under {own.as_before}" if own.as_before else ""
    _foot(page, slide.foot + same, f"Urval: {slide.choice}. Utgåva {pack.edition_id}.")
    page.notes_slide.notes_text_frame.text = f"{slide.finding}.\n{slide.chart.alt}\n{slide.choice}"


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


def _add_numbers(deck: Any, pack: Pack, over: str, slide: Slide, own: Numbers) -> None:
    """Add the pages of a slide's numbers; none where they are already printed."""
    if not own.rows or own.as_before:
        return
    body = (
        BODY if not own.same else Box(BODY.left, BODY.top + _SAME, BODY.width, BODY.height - _SAME)
    )
    size, columns, pages = _laid_out(own, body)
    shown = pages if len(pages) <= columns * _MOST_PAGES else pages[: columns * _FEW_PAGES]
    count = sum(len(rows) for rows in shown)
    left_out = f"Visar {count} av {len(own.rows)} rader; alla står i PDF-filen. "
    wide = _width(own, size, columns, body)
    for start in range(0, len(shown), columns):
        page = _new_page(deck, pack, f"Siffrorna bakom: {slide.heading}", over)
        if own.same:
            place = Box(BODY.left, BODY.top, BODY.width, _SAME)
            text(page, place, [Run(own.same, color=PRINT.muted)], 16)
        for place_of, rows in enumerate(shown[start : start + columns]):
            box = Box(body.left + place_of * (wide + _GAP), body.top, wide, body.height)
            table(page, box, own.headers, rows, numeric=own.numeric, size=size, like=own.rows)
        more = left_out if count < len(own.rows) else ""
        _foot(page, more + slide.source, f"Urval: {slide.choice}. Utgåva {pack.edition_id}.")


def _laid_out(own: Numbers, body: Box) -> tuple[float, int, list[Any]]:
    """Type size, how many tables stand beside each other, and the rows of each table."""

    def cut(size: float, columns: int) -> list[Any]:
        wide = _width(own, size, columns, body)
        return page_rows(own.headers, own.rows, width=wide, height=body.height, size=size)

    sizes = [size for size in (*_NUMBER_SIZES, *_SMALLER) if _holds_words(own, size, body)]
    for size in sizes:
        if size in _NUMBER_SIZES and len(cut(size, 1)) == 1:
            return size, 1, cut(size, 1)
    size = next((size for size in sizes if size <= _NUMBER_SIZES[-1]), _SMALLER[-1])
    natural = natural_width(own.headers, own.rows, size)
    beside = max(1, min(_MOST_BESIDE, int((body.width + _GAP) / (natural + _GAP))))
    pages = cut(size, beside)
    return size, min(beside, len(pages)), pages


def _holds_words(own: Numbers, size: float, body: Box) -> bool:
    """Whether a table of this size breaks no word."""
    words = [[max(text.split(" "), key=len) for text in row] for row in (own.headers, *own.rows)]
    return natural_width(words[0], words[1:], size) <= body.width


def _width(own: Numbers, size: float, columns: int, body: Box) -> float:
    room = (body.width - (columns - 1) * _GAP) / columns
    return min(room, _AIRY * natural_width(own.headers, own.rows, size))


def _add_closing(deck: Any, pack: Pack, closing: Closing) -> None:
    """Add a closing page; a long table takes as many as it needs."""
    pages = (
        page_rows(closing.headers, closing.rows, width=BODY.width, height=BODY.height, size=_TEXT)
        if closing.rows
        else [()]
    )
    for rows in pages:
        page = _new_page(deck, pack, closing.title, pack.subtitle)
        if rows:
            table(page, BODY, closing.headers, rows, size=_TEXT, like=closing.rows)
        if closing.sentences:
            _sentences(page, closing.sentences)
        _foot(page, *closing.foot)


def _sentences(page: Any, sentences: tuple[str, ...]) -> None:
    shape = text(page, BODY, [Run(sentences[0])], _TEXT)
    for sentence in sentences[1:]:
        paragraph = shape.text_frame.add_paragraph()
        paragraph.space_before = 100000
        write_runs(paragraph, [Run(sentence)], _TEXT)


def _new_page(deck: Any, pack: Pack, title: str, over: str) -> Any:
    """A page with what every page has: title, mark, edition, number."""
    page = deck.slides.add_slide(deck.slide_layouts[_TITLE_ONLY])
    heading = page.shapes.title
    heading.left, heading.top, heading.width, heading.height = Box(
        EDGE, 0.62, WIDE - 2 * EDGE, 0.95
    ).emu
    frame = heading.text_frame
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    frame.paragraphs[0].alignment = 1
    write_runs(frame.paragraphs[0], [Run(title, bold=True)], _title_size(title))
    text(page, Box(EDGE, 0.3, 7.5, 0.3), [Run(over, color=PRINT.muted)], 14)
    if pack.mark:
        mark = text(
            page, Box(WIDE - EDGE - 4.5, 0.3, 4.5, 0.3), [Run(pack.mark, True, PRINT.attention)],
            14, right=True,
        )  # fmt: skip
        describe(mark, "Exempelmärke", "")
    panel(page, Box(EDGE, 6.62, WIDE - 2 * EDGE, 0.01), "Linje", PRINT.line)
    place = text(
        page,
        Box(WIDE - EDGE - 1, 6.7, 1, 0.3),
        [Run(str(len(deck.slides)), color=PRINT.muted)],
        12,
        right=True,
    )
    describe(place, "Sidnummer", "")
    return page


def _title_size(title: str) -> float:
    """The largest size that keeps a title on one line, or the size of two lines."""
    room = 0.95 * 72 * (WIDE - 2 * EDGE)  # office suites set type a little wider
    fits = [size for size in (28, 26, 24) if text_width(title, size, bold=True) <= room]
    return fits[0] if fits else 25


def _foot(page: Any, *lines: str) -> None:
    """Small lines under a page: what it rests on."""
    shape = text(page, Box(EDGE, 6.7, 11.2, 0.6), [Run(lines[0], color=PRINT.muted)], 11)
    for line in lines[1:]:
        write_runs(shape.text_frame.add_paragraph(), [Run(line, color=PRINT.muted)], 11)
    describe(shape, "Underlag", "")
