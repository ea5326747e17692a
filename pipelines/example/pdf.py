"""PDF documents and pictures of maps, set by Typst from ``document.typ``."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import asdict
from functools import cache
from importlib.resources import files
from itertools import takewhile
from pathlib import Path
from typing import Any

import typst

from pipelines.example import blocks as b
from pipelines.example.look import look_of
from pipelines.example.source import Source

_HERE = Path(__file__).parent
_INSEPARABLE = re.compile(r"(?<=\d) (?=\d{3}(?!\d))|(?<=§) (?=\d)|(?<=\d) (?=§)")
_REGION_WORDS = re.compile(
    r"kommun(en|ens)?\b|struktur|utveckling|stråk|markanvändning|huvuddrag|ort(er|erna)\b", re.I
)
_DRAWN_IN = ("#2b3a42", "#a6572c")
"""The dark and the accent colour in which the maps are drawn."""
_SHORT_CHAPTER = 900
"""Characters below which a chapter in two columns gets no opening page of its own."""
_COLUMN = 46
"""Characters that a table may need in its longest words to go into one of two columns."""


def make_pdf(source: Source, blocks: list[b.Block]) -> bytes:
    """Set a document as PDF with a text layer."""
    look = look_of(source.kommunkod)
    document = {
        "title": source.titel,
        "subtitle": source.undertitel,
        "authority": source.authority,
        "kind": source.kind_label,
        "day": source.date_in_words,
        "date": source.datum.isoformat(),
        "case": source.diarienummer,
        "head": source.sidhuvud,
        "foot": source.sidfot,
        "layout": source.layout,
        "contents": source.innehall,
        "cover": "decision" if source.slag == "ma_decision" else look.cover,
        "digits": list(hashlib.sha256(source.kommunkod.encode()).digest()),
        "look": asdict(look) | look.measures(),
        "whole": source.slag in ("op", "fop", "tavling"),
        "blocks": [
            _block(source, block, blocks[place + 1 :], first=place == 0)
            for place, block in enumerate(blocks)
        ],
    }
    pdf: bytes = typst.compile(
        str(_HERE / "document.typ"),
        font_paths=_fonts(),
        sys_inputs={"document": json.dumps(document)},
    )
    return pdf


def map_picture(source: Source, figure: b.Figure) -> bytes:
    """Return the map of a figure as PNG, for formats that cannot hold drawings."""
    page = "#set page(width: auto, height: auto, margin: 0pt)\n#image(bytes(sys.inputs.map))"
    png: bytes = typst.compile(
        page.encode(),
        format="png",
        ppi=115,
        font_paths=_fonts(),
        sys_inputs={"map": _map(source, figure)},
    )
    return png


@cache
def _fonts() -> typst.Fonts:
    """Return Vera, which comes with ReportLab, and Libertinus, which comes with Typst.

    Fonts of the machine are never used, so that a document has the same bytes everywhere.
    """
    return typst.Fonts(include_system_fonts=False, font_paths=[str(files("reportlab") / "fonts")])


def _map(source: Source, figure: b.Figure) -> str:
    """Return the SVG of a schematic map in the municipality's colours.

    All places are invented. Scale and map are chosen by the document and the caption, so that a
    map never changes with the order in which documents are made.
    """
    whole = source.slag == "op" and figure.number == 1
    whole |= source.slag in ("op", "fop") and bool(_REGION_WORDS.search(figure.caption))
    drawn = sorted((_HERE / "maps").glob("kommun-*.svg" if whole else "ort-*.svg"))
    digest = hashlib.sha256(f"{source.id}/{figure.caption}".encode()).digest()
    svg = drawn[digest[0] % len(drawn)].read_text(encoding="utf-8")
    look = look_of(source.kommunkod)
    for drawn_in, colour in zip(_DRAWN_IN, (look.dark, look.accent), strict=True):
        svg = svg.replace(drawn_in, colour)
    return svg


def _block(
    source: Source, block: b.Block, content: Sequence[b.Block], *, first: bool
) -> dict[str, Any]:
    """Return a block as the template reads it; ``content`` is what follows it."""
    match block:
        case b.Heading():
            opens = block.level == 1 and (first or _length(content) >= _SHORT_CHAPTER)
            text = _typeset(block.shown)
            return {"kind": "heading", "level": block.level, "text": text, "opens": opens}
        case b.Paragraph():
            leads = isinstance(next(iter(content), None), b.Grid)
            return {"kind": "paragraph", "text": _typeset(block.text), "leads": leads}
        case b.Listing():
            items = [_typeset(item) for item in block.items]
            return {"kind": "list", "items": items, "ordered": block.ordered}
        case b.Grid():
            columns = list(zip(block.header, *block.rows, strict=True))
            words = sum(max(map(len, " ".join(column).split())) for column in columns)
            return {
                "kind": "table",
                "header": [_typeset(cell) for cell in block.header],
                "rows": [[_typeset(cell) for cell in row] for row in block.rows],
                "numeric": [block.is_numeric(column) for column in range(len(columns))],
                "widths": [min(max(9, *map(len, column)), 90) for column in columns],
                "wide": words + 2 * len(columns) > _COLUMN,
            }
        case b.Figure():
            note = block.number == 1
            caption = _typeset(block.caption)
            return {"kind": "map", "caption": caption, "map": _map(source, block), "note": note}
        case b.PageBreak():
            return {"kind": "break"}


def _length(content: Sequence[b.Block]) -> int:
    """Return how many characters of running text stand before the next chapter."""
    chapter = takewhile(lambda block: not isinstance(block, b.Heading) or block.level > 1, content)
    return sum(
        len(block.text) if isinstance(block, b.Paragraph) else sum(map(len, block.items))
        for block in chapter
        if isinstance(block, b.Paragraph | b.Listing)
    )


def _typeset(text: str) -> str:
    """Return a text in which ``1 200`` and ``§ 94`` stay on one line."""
    return _INSEPARABLE.sub("\u00a0", text)
