"""A region's map: areas as one embedded image, and over it a link and a name for each place.

Streamlit takes SVG elements out of HTML, so the areas are an image; each place lies over it as an
element cut to the same outline, which can be pointed at and reached by keyboard. Names are text.
"""

from __future__ import annotations

from html import escape

from dashboard.charts.drawn import Dot, NameBeside, Place, PlaceMap, Point
from dashboard.charts.html_parts import Lead, linked
from dashboard.charts.levels import GROUND_KIND, LEGEND, OUTSIDE_KIND, QUIET_KIND, UNREAD_KIND
from dashboard.charts.svg import data_address, outline
from dashboard.theme import Palette

_WIDE = 1000
_TOLD_APART = 0.009
"""Share of the map between two points of an outline that is only pointed at."""


def map_html(drawn: PlaceMap, lead: Lead, palette: Palette) -> str:
    """The map as wide as its place allows, its names beside it only where there is room."""
    tall = _WIDE / drawn.ratio
    areas = "".join(_area(place, lead) for place in drawn.places if place.words)
    names = "".join(_inside(place) for place in drawn.places if place.is_named)
    beside = "".join(_beside(name) for name in drawn.beside)
    dots = "".join(_dot(dot, lead) for dot in drawn.dots)
    width = round(drawn.height * drawn.ratio)
    return (
        f'<div class="kartram"><div class="karta{" medmarginal" if drawn.beside else ""}" '
        f'style="aspect-ratio:{drawn.ratio:.4f};max-width:{width}px;--marginal:{drawn.margin:.4f}">'
        f'<img alt="" src="{data_address(_areas(drawn, tall, palette))}">'
        f"{_lines(drawn, tall, palette)}"
        f"{areas}{names}{beside}{dots}</div></div>{_by_word(drawn) if drawn.by_word else ''}"
    )


def _areas(drawn: PlaceMap, tall: float, palette: Palette) -> str:
    shapes = "".join(_shape(place, tall, palette) for place in drawn.places)
    hatch = (
        '<defs><pattern id="s" width="14" height="14" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate(45)"><rect width="14" height="14" fill="{palette.card}"/>'
        f'<path d="M0 0V14" stroke="{palette.hatch}" stroke-width="3"/></pattern></defs>'
    )
    return _svg(hatch + shapes, tall)


def _lines(drawn: PlaceMap, tall: float, palette: Palette) -> str:
    """Lines to the names beside, an image of their own: where names are hidden, so are they."""
    if not drawn.beside:
        return ""
    lines = "".join(
        f'<path d="M{_point(each.line[0], tall)}L{_point(each.line[1], tall)}"/>'
        for each in drawn.beside
    )
    svg = _svg(f'<g stroke="{palette.muted}" stroke-width="1.6">{lines}</g>', tall)
    return f'<img class="bredvid" alt="" src="{data_address(svg)}">'


def _svg(body: str, tall: float) -> str:
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDE} {tall:.0f}">'
    return f"{head}{body}</svg>"


def _shape(place: Place, tall: float, palette: Palette) -> str:
    if place.kind in (GROUND_KIND, QUIET_KIND):
        look = f'fill="{palette.line}" stroke="{palette.card}" stroke-width="2.5"'
    elif place.kind == OUTSIDE_KIND:
        look = f'fill="{palette.ground}" stroke="{palette.line}" stroke-width="2.5"'
    elif place.kind == UNREAD_KIND:
        look = f'fill="url(#s)" stroke="{palette.hatch}" stroke-width="2.5"'
    else:
        colour = palette.ladder[int(place.kind.removeprefix("n"))]
        look = f'fill="{colour}" stroke="{palette.card}" stroke-width="2.5"'
    path = "".join(outline((x * _WIDE, y * tall) for x, y in ring) for ring in place.rings)
    return f'<path {look} d="{path}"/>'


def _point(point: tuple[float, float], tall: float) -> str:
    return f"{point[0] * _WIDE:.0f} {point[1] * tall:.0f}"


def _area(place: Place, lead: Lead) -> str:
    """The outline as a cut, a little coarser; islands are joined by lines without width."""
    first = place.rings[0][0]
    points = [*_coarse(place.rings[0])]
    for ring in place.rings[1:]:
        points += [*_coarse(ring), first]
    cut = ",".join(f"{100 * x:.1f}% {100 * y:.1f}%".replace(".0%", "%") for x, y in points)
    href = lead(place.data) if place.data else ""
    return linked("", kind="plats", style=f"clip-path:polygon({cut})", words=place.words, href=href)


def _coarse(ring: tuple[Point, ...]) -> list[Point]:
    """The ring without points nearer than a finger or a pointer can tell."""
    kept = [ring[0]]
    for x, y in ring[1:]:
        if max(abs(x - kept[-1][0]), abs(y - kept[-1][1])) >= _TOLD_APART:
            kept.append((x, y))
    return kept


def _inside(place: Place) -> str:
    word = f"<br>{escape(place.word)}" if place.word else ""
    name = f"<b>{escape(place.name)}</b>" if word else escape(place.name)
    return (
        f'<span class="ort pa-{place.kind}{" rymlig" if word else ""}" aria-hidden="true" '
        f'style="{_at(place.label)}">{name}{word}</span>'
    )


def _dot(dot: Dot, lead: Lead) -> str:
    href = lead(dot.data) if dot.data else ""
    style = f"{_at(dot.at)};width:{dot.size:.0f}px;height:{dot.size:.0f}px"
    return linked(escape(dot.text), kind="prick", style=style, words=dot.words, href=href)


def _beside(name: NameBeside) -> str:
    side = "vanster" if name.is_left else "hoger"
    return (
        f'<span class="ort bredvid {side}" aria-hidden="true" '
        f'style="{_at(name.at)}">{escape(name.name)}</span>'
    )


def _at(point: tuple[float, float]) -> str:
    return f"left:{100 * point[0]:.1f}%;top:{100 * point[1]:.1f}%"


def _by_word(drawn: PlaceMap) -> str:
    """The places by their word, shown where the map is too narrow for all names."""
    groups = "".join(
        f'<p><i class="{kind}"></i><b>{escape(word)}</b> {escape(", ".join(names))}</p>'
        for kind, word, names in _groups(drawn)
        if names
    )
    return f'<div class="kartnamn" aria-hidden="true">{groups}</div>'


def _groups(drawn: PlaceMap) -> list[tuple[str, str, list[str]]]:
    strongest_first = [*reversed(LEGEND[:-1]), LEGEND[-1]]
    return [
        (kind, word, [place.name for place in drawn.places if place.kind == kind])
        for kind, word in strongest_first
    ]
