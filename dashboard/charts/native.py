"""Drawings as HTML and SVG: sharp on a wall and on a phone, with nothing to click.

Type follows the height of the screen, so that a wall and a laptop show the same slide.
"""

from __future__ import annotations

import re
from html import escape

import pyphen

from dashboard.charts.area_names import Name, name_all
from dashboard.charts.drawing import (
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
from dashboard.charts.svg import data_address
from dashboard.text import DASH, number
from dashboard.theme import FONT, Palette

_SWEDISH = pyphen.Pyphen(lang="sv", left=3, right=3)
_LEAST_SHARE = 0.045
"""A narrower part of a bar has no room for its number."""
_FEW_BARS = 4
_DAY = re.compile(r"\d{4}(-\d\d){0,2}")
"""A day, month or year, which no line may cut."""
_INSIDE, _BESIDE = (0.046, 0.042), 0.058
"""Size of names as a share of the map's height: 28 px where it fills 58 percent of a wall's. With
names beside it the map is wider and on a phone smaller, so they are larger in it."""
_HATCHING = 0.016
"""From line to line of the hatching, as a share of the map's height."""


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
    def number_class(place: int, text: str = "") -> str:
        names = ["tal"] if place in lines.numeric else []
        names += ["hel"] if _DAY.fullmatch(text) else []
        names += ["siffra"] if place == 0 and text.isdecimal() else []
        return f' class="{" ".join(names)}"' if names else ""

    head = "".join(
        f'<th scope="col"{number_class(i)}>{escape(text)}</th>'
        for i, text in enumerate(lines.headers)
    )
    body = "".join(
        "<tr>"
        + "".join(
            f'<td data-rubrik="{escape(lines.headers[i], quote=True)}"{number_class(i, text)}>'
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
    named = name_all(drawing, inside=_INSIDE, beside=_BESIDE)
    shapes = "".join(_shape(area, palette) for area in drawing.areas)
    left, top, right, bottom = named.frame
    wide, high, step = right - left + 8, bottom - top + 8, _HATCHING * drawing.height
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{left - 4:.0f} {top - 4:.0f} '
        f'{wide:.0f} {high:.0f}" width="{wide:.0f}" height="{high:.0f}">'
        f'<defs><pattern id="s" width="{step:.1f}" height="{step:.1f}" '
        'patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        f'<rect width="{step:.1f}" height="{step:.1f}" fill="{palette.card}"/>'
        f'<path d="M0 0V{step:.1f}" stroke="{palette.muted}" stroke-width="{step / 5:.1f}"/>'
        f"</pattern></defs>{shapes}"
        f'<g font-family="{escape(FONT, quote=True)}" font-size="{named.size:.0f}" '
        f'font-weight="600" dominant-baseline="central">'
        f"{''.join(_name(name, named.size, palette) for name in named.names)}</g></svg>"
    )
    return f'{_legend()}<img class="karta" alt="" src="{data_address(svg)}">'


def _shape(area: Area, palette: Palette) -> str:
    if not area.is_chosen:
        look = f'fill="{palette.ground}" stroke="{palette.line}" stroke-width="2"'
    elif area.level is None:
        look = f'fill="url(#s)" stroke="{palette.muted}" stroke-width="3"'
    else:
        look = f'fill="{palette.ladder[area.level]}" stroke="{palette.card}" stroke-width="3"'
    return f'<path {look} d="{_path(area)}"/>'


def _name(name: Name, size: float, palette: Palette) -> str:
    """A name in its area, or beside the map with a line that ends in a dot."""
    x, y = name.at
    words = escape(name.area.name)
    if name.line is None:
        ink = _ink(name.area.level, palette, size)
        return f'<text x="{x}" y="{y}" text-anchor="middle" {ink}>{words}</text>'
    (x1, y1), (x2, y2) = name.line
    anchor = "end" if name.side == "left" else "start"
    return (
        f'<path d="M{x1:.0f} {y1:.0f}L{x2} {y2}" stroke="{palette.ink}" '
        f'stroke-width="{0.035 * size:.1f}"/>'
        f'<circle cx="{x2}" cy="{y2}" r="{0.11 * size:.1f}" fill="{palette.ink}" '
        f'stroke="{palette.card}" stroke-width="{0.05 * size:.1f}"/>'
        f'<text x="{x:.0f}" y="{y:.0f}" text-anchor="{anchor}" fill="{palette.ink}">{words}</text>'
    )


def _ink(level: int | None, palette: Palette, size: float) -> str:
    if level is not None:
        return f'fill="{palette.on_ladder[level]}"'
    halo = f'stroke="{palette.card}" stroke-width="{0.22 * size:.0f}" stroke-linejoin="round"'
    return f'fill="{palette.ink}" paint-order="stroke" {halo}'


def _path(area: Area) -> str:
    return "".join("M" + "L".join(f"{x:g} {y:g}" for x, y in ring) + "Z" for ring in area.rings)


def _kind(level: int | None) -> str:
    return "olast" if level is None else f"n{level}"
