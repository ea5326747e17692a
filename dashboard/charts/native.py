"""Drawings as HTML and SVG: sharp on a wall and on a phone, with nothing to click.

Plotly sets type in pixels and cannot follow the width of the screen, so slides are drawn here.
"""

from __future__ import annotations

from base64 import b64encode
from html import escape

import pyphen

from dashboard.charts.drawing import (
    MAP_WIDTH,
    Area,
    AreaMap,
    CountBars,
    Drawing,
    HeatGrid,
    LadderBars,
    LadderRow,
    LevelNames,
    Lines,
    level_word,
)
from dashboard.charts.levels import LEVELS, UNREAD
from dashboard.text import DASH, number
from dashboard.theme import FONT, Palette

_SWEDISH = pyphen.Pyphen(lang="sv", left=3, right=3)
_LEAST_SHARE = 0.045
"""A narrower part of a bar has no room for its number."""
_FEW_BARS = 4
_LEAST_TYPE, _TYPE_BY_HEIGHT = 30.0, 0.046
"""Size of names in map units: 28 px where the map fills 58 percent of a wall's height."""


def drawing_html(drawing: Drawing, alt: str, palette: Palette) -> str:
    """Return the drawing as HTML. ``alt`` describes pictures; tables speak for themselves."""
    if isinstance(drawing, HeatGrid):
        return _heat(drawing, alt)
    if isinstance(drawing, Lines):
        return _lines(drawing, alt)
    if isinstance(drawing, LevelNames):
        return _names(drawing)
    if isinstance(drawing, LadderBars):
        body = _ladder(drawing)
    elif isinstance(drawing, CountBars):
        body = _counts(drawing)
    else:
        body = _map(drawing, palette)
    return f'<div class="ritning" role="img" aria-label="{escape(alt, quote=True)}">{body}</div>'


def divisible(text: str) -> str:
    """The text with soft hyphens where Swedish words may be divided."""
    return " ".join(_SWEDISH.inserted(each, "\N{SOFT HYPHEN}") for each in text.split(" "))


def _legend() -> str:
    keys = [
        f'<span><i class="ruta-n n{level}"></i>{escape(word)}</span>'
        for level, word in enumerate(LEVELS)
    ]
    keys.append(f'<span><i class="ruta-n olast"></i>{UNREAD}</span>')
    return f'<p class="nyckel">{"".join(keys)}</p>'


def _ladder(bars: LadderBars) -> str:
    """Few bars have their names above, many beside."""
    if len(bars.rows) <= _FEW_BARS:
        return _legend() + "".join(_bar(row) for row in bars.rows)
    rows = "".join(
        f'<div class="rad"><span>{escape(row.label)}</span>{_parts(row)}'
        f'<span class="tyst">{number(row.read)} av {number(row.known)}</span></div>'
        for row in bars.rows
    )
    return f'<div class="tat">{_legend()}{rows}</div>'


def _bar(row: LadderRow) -> str:
    return (
        f'<p class="stapelnamn"><b>{escape(row.label)}</b>'
        f"<span>{number(row.read)} av {number(row.known)} lästa</span></p>{_parts(row)}"
    )


def _parts(row: LadderRow) -> str:
    parts = [*((f"n{level}", count) for level, count in enumerate(row.levels))]
    parts.append(("olast", row.unread))
    cells = "".join(
        f'<span class="del {kind}" style="flex-grow:{count}">'
        f"{number(count) if count / row.known >= _LEAST_SHARE and kind != 'olast' else ''}</span>"
        for kind, count in parts
        if count
    )
    return f'<p class="stapel">{cells}</p>'


def _counts(bars: CountBars) -> str:
    top = max((value for _, value in bars.rows), default=0) or 1
    return "".join(
        f'<p class="antal"><span class="vad">{escape(name)}</span><span class="hur">'
        f'<i style="width:{84 * value / top:.1f}%"></i><b>{number(value)}</b></span></p>'
        for name, value in bars.rows
    )


def _names(names: LevelNames) -> str:
    rows = "".join(
        f'<div><dt><span class="niva {_kind(level)}">{level_word(level)}</span>'
        f"<b>{number(len(found))}</b></dt><dd>{escape(', '.join(found))}</dd></div>"
        for level, found in names.groups
    )
    return f'<dl class="nivanamn">{rows}</dl>'


def _heat(grid: HeatGrid, caption: str) -> str:
    head = "".join(f'<th scope="col">{escape(divisible(text))}</th>' for text in grid.columns)
    body = "".join(
        f'<tr><th scope="row">{escape(divisible(label))}</th>'
        + "".join(
            f'<td class="tom">{DASH}</td>'
            if cell is None
            else f'<td class="n{cell[1]}">{cell[0]}</td>'
            for cell in cells
        )
        + "</tr>"
        for label, cells in grid.rows
    )
    return (
        f'<table class="bildvarme"><caption>{escape(caption)}</caption><thead><tr>'
        f'<th scope="col">{escape(grid.corner)}</th>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table>"
    )


def _lines(lines: Lines, caption: str) -> str:
    def number_class(place: int) -> str:
        return ' class="tal"' if place in lines.numeric else ""

    head = "".join(
        f'<th scope="col"{number_class(i)}>{escape(text)}</th>'
        for i, text in enumerate(lines.headers)
    )
    body = "".join(
        "<tr>"
        + "".join(
            f'<td data-rubrik="{escape(lines.headers[i], quote=True)}"{number_class(i)}>'
            f"{escape(text)}</td>"
            for i, text in enumerate(row)
        )
        + "</tr>"
        for row in lines.rows
    )
    return (
        f'<table class="bildrader"><caption>{escape(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    )


def _map(drawing: AreaMap, palette: Palette) -> str:
    """The map as an embedded image: Streamlit takes SVG elements out of HTML."""
    shapes = "".join(_shape(area, palette) for area in drawing.areas)
    size = max(_LEAST_TYPE, _TYPE_BY_HEIGHT * drawing.height)
    names = "".join(
        f'<text x="{area.label[0]}" y="{area.label[1]}" {_ink(area.level, palette)}>'
        f"{escape(area.name)}</text>"
        for area in named_areas(drawing, size)
    )
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" '
        f'viewBox="-4 -4 {MAP_WIDTH + 8:g} {drawing.height + 8:g}" '
        f'width="{MAP_WIDTH + 8:g}" height="{drawing.height + 8:g}">'
        '<defs><pattern id="s" width="13" height="13" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate(45)"><rect width="13" height="13" fill="{palette.card}"/>'
        f'<path d="M0 0V13" stroke="{palette.hatch}" stroke-width="3"/></pattern></defs>{shapes}'
        f'<g font-family="{escape(FONT, quote=True)}" font-size="{size:.0f}" font-weight="600" '
        f'text-anchor="middle" dominant-baseline="central">{names}</g></svg>'
    )
    return f'{_legend()}<img class="karta" alt="" src="{data_address(svg)}">'


def data_address(svg: str) -> str:
    """An SVG as an address that an image can have without a request."""
    return f"data:image/svg+xml;base64,{b64encode(svg.encode('utf-8')).decode('ascii')}"


def _shape(area: Area, palette: Palette) -> str:
    if not area.is_chosen:
        look = f'fill="{palette.ground}" stroke="{palette.line}" stroke-width="2"'
    elif area.level is None:
        look = f'fill="url(#s)" stroke="{palette.hatch}" stroke-width="2"'
    else:
        look = f'fill="{palette.ladder[area.level]}" stroke="{palette.card}" stroke-width="3"'
    return f'<path {look} d="{_path(area)}"/>'


def _ink(level: int | None, palette: Palette) -> str:
    if level is not None:
        return f'fill="{palette.on_ladder[level]}"'
    halo = f'stroke="{palette.card}" stroke-width="9" stroke-linejoin="round"'
    return f'fill="{palette.ink}" paint-order="stroke" {halo}'


def named_areas(drawing: AreaMap, size: float) -> list[Area]:
    """The areas whose names fit at a type size without lying on each other; large ones first."""
    taken: list[tuple[float, float, float, float]] = []
    named = []
    for area in sorted(drawing.areas, key=lambda each: each.size, reverse=True):
        (x, y), half = area.label, 0.29 * size * len(area.name)
        box = (x - half, y - 0.62 * size, x + half, y + 0.62 * size)
        inside = box[0] >= 0 and box[2] <= MAP_WIDTH
        if inside and not any(_overlap(box, other) for other in taken):
            taken.append(box)
            named.append(area)
    return named


def _overlap(a: tuple[float, float, float, float], b: tuple[float, float, float, float]) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _path(area: Area) -> str:
    return "".join("M" + "L".join(f"{x:g} {y:g}" for x, y in ring) + "Z" for ring in area.rings)


def _kind(level: int | None) -> str:
    return "olast" if level is None else f"n{level}"
