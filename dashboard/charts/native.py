"""Drawings as HTML and SVG: sharp at any size, large on a wall and small on a phone, nothing to click.

Plotly sets type in pixels and cannot follow the width of the screen, so slides are drawn here.
"""

from __future__ import annotations

from html import escape

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
from dashboard.charts.ladder import LEVELS, UNREAD
from dashboard.text import DASH, number

_LEAST_SHARE = 0.045
"""A narrower part of a bar has no room for its number."""
_MAP_TYPE = 32.0
"""Size of names on the map, in map units."""


def drawing_html(drawing: Drawing, alt: str) -> str:
    """Return the drawing as HTML. ``alt`` describes pictures; tables speak for themselves."""
    if isinstance(drawing, HeatGrid):
        return _heat(drawing, alt)
    if isinstance(drawing, Lines):
        return _lines(drawing, alt)
    if isinstance(drawing, LevelNames):
        return _names(drawing)
    if isinstance(drawing, LadderBars):
        body = _legend() + "".join(_bar(row) for row in drawing.rows)
    elif isinstance(drawing, CountBars):
        body = _counts(drawing)
    else:
        body = _map(drawing)
    return f'<div class="ritning" role="img" aria-label="{escape(alt, quote=True)}">{body}</div>'


def _legend() -> str:
    keys = [
        f'<span><i class="ruta-n n{level}"></i>{escape(word)}</span>'
        for level, word in enumerate(LEVELS)
    ]
    keys.append(f'<span><i class="ruta-n olast"></i>{UNREAD}</span>')
    return f'<p class="nyckel">{"".join(keys)}</p>'


def _bar(row: LadderRow) -> str:
    parts = [*((f"n{level}", count) for level, count in enumerate(row.levels))]
    parts.append(("olast", row.unread))
    cells = "".join(
        f'<span class="del {kind}" style="flex-grow:{count}">'
        f"{number(count) if count / row.known >= _LEAST_SHARE and kind != 'olast' else ''}</span>"
        for kind, count in parts
        if count
    )
    return (
        f'<p class="stapelnamn"><b>{escape(row.label)}</b>'
        f"<span>{number(row.read)} av {number(row.known)} lästa</span></p>"
        f'<p class="stapel">{cells}</p>'
    )


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
    from dashboard.components.heat_table import divisible

    head = "".join(f'<th scope="col">{escape(divisible(text))}</th>' for text in grid.columns)
    body = "".join(
        f'<tr><th scope="row">{escape(divisible(label))}</th>'
        + "".join(
            f'<td class="tom">{DASH}</td>' if cell is None else f'<td class="n{cell[1]}">{cell[0]}</td>'
            for cell in cells
        )
        + "</tr>"
        for label, cells in grid.rows
    )
    return (
        f'<table class="bildvarme"><caption>{escape(caption)}</caption><thead><tr>'
        f'<th scope="col">{escape(grid.corner)}</th>{head}</tr></thead><tbody>{body}</tbody></table>'
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


def _map(drawing: AreaMap) -> str:
    shapes = "".join(
        f'<path class="{_kind(area.level)}" d="{_path(area)}"/>' for area in drawing.areas
    )
    names = "".join(
        f'<text class="{_kind(area.level)}" x="{area.label[0]}" y="{area.label[1]}" '
        f'font-size="{_MAP_TYPE:g}">{escape(area.name)}</text>'
        for area in named_areas(drawing, _MAP_TYPE)
    )
    return (
        f'{_legend()}<svg class="karta" viewBox="-4 -4 {MAP_WIDTH + 8:g} {drawing.height + 8:g}">'
        '<defs><pattern id="streck" width="12" height="12" patternUnits="userSpaceOnUse" '
        'patternTransform="rotate(45)"><rect width="12" height="12"/><path d="M0 0V12"/></pattern>'
        f"</defs>{shapes}{names}</svg>"
    )


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
