"""Plain text as an older system exports it: lines of 78 characters, form feeds between pages."""

from __future__ import annotations

import textwrap

from pipelines.example import blocks as b
from pipelines.example.source import EXAMPLE_WORD, Source

_WIDTH = 78
_LINES = 48
_FORM_FEED = "\f"


def make_text(source: Source, blocks: list[b.Block]) -> bytes:
    """Set a document as UTF-8 text."""
    pages, starts = _pages(blocks)
    front = [_cover(source)]
    if source.innehall:
        front.append(_contents(starts, len(front) + 2))
    bodies = [*front, *pages]
    total = len(bodies)
    shown = [
        _framed(source, lines, number, total) if number > 1 else lines
        for number, lines in enumerate(bodies, start=1)
    ]
    return _FORM_FEED.join("\n".join(lines) + "\n" for lines in shown).encode("utf-8")


def _cover(source: Source) -> list[str]:
    centred = [
        source.authority.upper(), "", "", "", source.titel, source.undertitel, "", "", "",
        source.date_in_words, f"Dnr {source.diarienummer}", "", "", EXAMPLE_WORD,
    ]  # fmt: skip
    lines = [part for line in centred for part in textwrap.wrap(line, 60) or [""]]
    return ["", "", "", "", *(line.center(_WIDTH).rstrip() for line in lines)]


def _contents(starts: list[tuple[b.Heading, int]], first: int) -> list[str]:
    lines = ["INNEHÅLL", ""]
    for heading, page in starts:
        if heading.level <= 2:
            name = ("" if heading.level == 1 else "  ") + heading.shown
            number = str(page + first - 1)
            dots = "." * (_WIDTH - len(name) - len(number) - 2)
            lines.append(f"{name} {dots} {number}")
    return lines


def _framed(source: Source, lines: list[str], page: int, total: int) -> list[str]:
    number = f"Sida {page} ({total})"
    head = f"{source.sidhuvud:<{_WIDTH - len(number)}}{number}"
    return [head, "-" * _WIDTH, "", *lines, "", f"{source.sidfot} · {EXAMPLE_WORD}"]


def _pages(blocks: list[b.Block]) -> tuple[list[list[str]], list[tuple[b.Heading, int]]]:
    """Return the pages of text, and for each heading the page of the text that it stands on."""
    pages: list[list[str]] = [[]]
    starts: list[tuple[b.Heading, int]] = []
    for block in blocks:
        lines = _lines(block)
        # A heading needs room for itself and some text; other blocks are cut where the page ends.
        room = _LINES - len(pages[-1])
        needed = 9 if isinstance(block, b.Heading) and block.level == 1 else 6
        turns = isinstance(block, b.PageBreak)
        if pages[-1] and (turns or (isinstance(block, b.Heading) and room < needed)):
            pages.append([])
        if isinstance(block, b.Heading):
            starts.append((block, len(pages)))
        for line in lines:
            if len(pages[-1]) >= _LINES:
                pages.append([])
            if line or pages[-1]:
                pages[-1].append(line)
    return pages, starts


def _lines(block: b.Block) -> list[str]:
    match block:
        case b.Heading(level=level):
            rule = {1: "=", 2: "-"}.get(level, "")
            underline = [rule * len(block.shown)] if rule else []
            return ["", block.shown, *underline, ""]
        case b.Paragraph():
            return [*textwrap.wrap(block.text, _WIDTH, break_on_hyphens=False), ""]
        case b.Listing():
            return [*_items(block), ""]
        case b.Grid():
            return [*_table(block), ""]
        case b.Figure():
            return [f"[{block.caption}]", ""]
        case b.PageBreak():
            return []


def _items(block: b.Listing) -> list[str]:
    lines: list[str] = []
    for position, item in enumerate(block.items):
        mark = f"{block.mark(position, '-')} "
        lines += textwrap.wrap(
            item,
            _WIDTH,
            initial_indent=mark,
            subsequent_indent=" " * len(mark),
            break_on_hyphens=False,
        )
    return lines


def _table(grid: b.Grid) -> list[str]:
    """Set a table in columns two spaces apart; long cells go on below."""
    rows = [grid.header, *grid.rows]
    columns = len(grid.header)
    widths = [max(len(row[column]) for row in rows) for column in range(columns)]
    while sum(widths) + 2 * (columns - 1) > _WIDTH:
        widths[widths.index(max(widths))] -= 1
    lines: list[str] = []
    for row in rows:
        cells = [
            textwrap.wrap(text, width, break_on_hyphens=False) or [""]
            for text, width in zip(row, widths, strict=True)
        ]
        for k in range(max(len(cell) for cell in cells)):
            parts = [cell[k] if k < len(cell) else "" for cell in cells]
            padded = [f"{part:<{width}}" for part, width in zip(parts, widths, strict=True)]
            lines.append("  ".join(padded).rstrip())
        if row is grid.header:
            lines.append("  ".join("-" * width for width in widths))
    return lines
