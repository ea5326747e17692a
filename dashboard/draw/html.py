"""Figures as HTML. What leads somewhere is a link: by mouse, by keyboard, in print.

Text keeps the reader's size and flows with the width of the screen, and no library has to be
loaded before anything is seen. htpy makes every element, so that no text can become markup.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import htpy as h
import pyphen

from dashboard.draw.chart import (
    MAP_WIDTH,
    Bar,
    Bars,
    Data,
    Figure,
    Heat,
    Legend,
    Lettering,
    Mark,
    Names,
    Part,
    Place,
    PlaceMap,
    Plot,
    Point,
    Rows,
    Scale,
    ScaleRow,
)
from dashboard.draw.levels import LEGEND, OUTSIDE_KIND, UNREAD, UNREAD_KIND, fill_of
from dashboard.draw.svg import data_address, outline
from dashboard.text import DASH, NBSP, number
from dashboard.theme import Palette

Lead = Callable[[Data], str]
"""A part's data → the address behind it; empty leads nowhere."""
COMPACT_FROM = 5
"""From this many bars the names are to the left of the bars, else above them."""
_FOLD_FROM = 4
"""So many bars of unread alone become one line of names."""
_LETTER, _NARROW, _GAP = 7.6, 150, 12
"""Pixels of a letter; of marks on a phone, which a text has to itself; between mark and text."""
_TOLD_APART = 9
"""Map units between two points of an outline that is only pointed at."""
_SIDES = {"left": "vanster", "right": "hoger"}
_DAY = re.compile(r"\d{4}(-\d\d){0,2}")
"""A day, month or year, which no line may cut."""
_SWEDISH = pyphen.Pyphen(lang="sv", left=3, right=3)


def nowhere(_data: Data) -> str:
    """Lead nowhere: a slide has nothing to press."""
    return ""


def figure_html(
    figure: Figure,
    lead: Lead = nowhere,
    *,
    alt: str,
    palette: Palette,
    mark: str = "",
    is_far: bool = False,
) -> h.Element:
    """Draw a figure.

    Args:
        figure: any shape but a plot, which :func:`dashboard.parts.plot.draw_plot` draws.
        lead: the address that a part's data leads to, or an empty text.
        alt: the same in words; the caption of a table.
        palette: the colours of images within the figure.
        mark: what says that the region is fictional.
        is_far: whether it is read on a wall, as a slide is.
    """
    if isinstance(figure, Heat):
        return _heat(figure, alt)
    if isinstance(figure, Rows):
        return _rows(figure, alt)
    if isinstance(figure, Names):
        return _names(figure)
    legend: Legend = ()
    if isinstance(figure, Bars):
        kind, body, legend = "staplar", _bars(figure, lead), figure.legend
    elif isinstance(figure, Scale):
        kind, body = "skala", _scale(figure, lead)
    elif isinstance(figure, PlaceMap):
        kind, body = "kartbild", _map(figure, lead, palette, is_far=is_far)
        legend = figure.legend
    else:
        assert isinstance(figure, Plot)
        raise TypeError("a plot is drawn by Plotly")
    return h.div(class_=f"diagram {kind}", role="group", aria_label=alt)[
        legend_html(legend), body, mark and h.p(".exempelmark")[mark]
    ]


def legend_html(legend: Legend) -> h.Node:
    """Coloured squares with words, in one line where there is room."""
    if not legend:
        return None
    return h.p(".teckenforklaring", aria_hidden="true")[
        (h.span[h.i(class_=kind), word] for kind, word in legend)
    ]


def linked(inner: h.Node, *, kind: str, style: str, words: str, href: str) -> h.Element:
    """A piece of a drawing: a link with a name where it leads somewhere, else with a tooltip.

    In the browser a link's name becomes its tooltip; it is sent once, because a page has hundreds.
    """
    if not href:
        return h.span(class_=kind, style=style, title=words)[inner]
    return h.a(class_=kind, style=style, href=href, aria_label=words)[inner]


def divisible(text: str) -> str:
    """The text with soft hyphens where Swedish words may be divided."""
    return " ".join(_SWEDISH.inserted(each, "\N{SOFT HYPHEN}") for each in text.split(" "))


def _bars(figure: Bars, lead: Lead) -> h.Node:
    """Bars under each other, long lists closer together; many unread in one line of names."""
    unread = [bar for bar in figure.bars if _is_unread(bar)]
    folded = unread if len(unread) >= _FOLD_FROM else []
    shown = [bar for bar in figure.bars if bar not in folded]
    longest = 0 if figure.is_share else max((_length(bar) for bar in shown), default=0)
    close = " tat" if len(figure.bars) >= COMPACT_FROM else ""
    names = ", ".join(f"{bar.label}{NBSP}{_length(bar):g}" for bar in folded)
    return [
        h.div(class_=f"rader{close}")[(_bar(bar, lead, longest) for bar in shown)]
        if shown
        else None,
        h.p(".olasta")[h.i(class_=UNREAD_KIND), h.b[f"{UNREAD}:"], f" {names}"] if names else None,
    ]


def _is_unread(bar: Bar) -> bool:
    return all(part.kind == UNREAD_KIND for part in bar.parts if part.amount)


def _length(bar: Bar) -> float:
    return sum(part.amount for part in bar.parts)


def _bar(bar: Bar, lead: Lead, longest: float) -> h.Node:
    free = longest - _length(bar)
    return h.div(class_="rad olast" if _is_unread(bar) else "rad")[
        h.p[h.span[bar.label], h.span(".tyst")[bar.note]],
        h.div(".stapel")[
            (_part(part, lead) for part in bar.parts if part.amount),
            h.span(style=f"flex:{free:g}") if longest else None,
        ],
    ]


def _part(part: Part, lead: Lead) -> h.Node:
    inside: h.Node = part.text and h.b[part.text]
    if part.text and part.name:
        inside = h.b(".medord")[h.span[part.name, NBSP], h.span[part.text]]
    href = lead(part.data) if part.data else ""
    style = f"flex:{part.amount:g}"
    return linked(inside, kind=part.kind, style=style, words=part.words, href=href)


def _scale(figure: Scale, lead: Lead) -> h.Node:
    """Rows of marks, and the ticks under them."""
    step = 0.0
    if len(figure.ticks) > 1:
        step = _at(figure.ticks[1][0], figure) - _at(figure.ticks[0][0], figure)
    style = f"--steg:{step:.3f}%;" if step else ""
    style += f"--fore:{_room(figure, 'before')}px;--efter:{_room(figure, 'after')}px"
    noted = " mednot" if any(row.note for row in figure.rows) else ""
    place = f"bredvid{noted}" if figure.is_beside else "ovanfor"
    return h.div(class_=f"skalrader {place}{' streckad' if step else ''}", style=style)[
        (_row(row, figure, lead) for row in figure.rows),
        bool(figure.ticks) and h.div(".skalrad.axel")[
            h.p(".namn"),
            h.div(".bana")[
                (h.span(style=f"left:{_at(value, figure):.2f}%")[word]
                 for value, word in figure.ticks)
            ],
        ],
    ]  # fmt: skip


def _room(figure: Scale, side: str) -> int:
    """Pixels beside the marks that their texts need where the marks have least room."""
    needed = 0.0
    for mark in (mark for row in figure.rows for mark in row.marks):
        if mark.text and mark.text_at == side:
            ends = [_at(each, figure) for each in (mark.start, mark.end)]
            own = min(ends) if side == "before" else 100 - max(ends)
            needed = max(needed, _GAP + _LETTER * len(mark.text) - _NARROW * own / 100)
    return round(needed)


def _row(row: ScaleRow, figure: Scale, lead: Lead) -> h.Node:
    track = h.i(".spar") if figure.has_track and row.marks else None
    marks: h.Node = [track, *(_mark(mark, figure, lead) for mark in row.marks)]
    if row.instead:
        marks = h.span(".tyst.istallet")[row.instead]
    below = None
    if row.below or row.estimate:
        join = " · " if row.estimate and row.below else ""
        below = h.p(".tyst.under")[row.estimate and h.b[row.estimate], join, row.below]
    return h.div(".skalrad")[
        h.p(".namn")[row.label],
        h.div(".bana")[marks],
        row.note and h.span(".tyst.not")[row.note],
        below,
    ]


def _mark(mark: Mark, figure: Scale, lead: Lead) -> h.Node:
    """A mark, and the text beside it or over its value."""
    left, right = sorted(_at(each, figure) for each in (mark.start, mark.end))
    is_value = mark.shape in ("dot", "ring")
    style = f"left:{_at(mark.end, figure):.2f}%"
    if not is_value:
        style = f"left:{left:.2f}%;width:{right - left:.2f}%"
    drawn = linked(
        None,
        kind=f"{mark.shape} {mark.kind}{' oppen' if mark.is_open else ''}",
        style=style,
        words=mark.words,
        href=lead(mark.data) if mark.data else "",
    )
    if not mark.text:
        return drawn
    place = {"before": "varde fore", "over": "varde over", "after": "varde"}[mark.text_at]
    own = f"right:{100 - left:.2f}%" if mark.text_at == "before" else f"left:{right:.2f}%"
    return [drawn, h.span(class_=f"{place}{' vid' if is_value else ''}", style=own)[mark.text]]


def _at(value: float, figure: Scale) -> float:
    """A value as percent of the scale's length, within it."""
    return 100 * figure.part_of(value)


def _names(figure: Names) -> h.Element:
    return h.dl(".nivanamn")[
        (
            h.div[
                h.dt[h.span(class_=f"niva {kind}")[word], h.b[number(len(names))]],
                h.dd[", ".join(names)],
            ]
            for kind, word, names in figure.groups
        )
    ]


def _heat(figure: Heat, caption: str) -> h.Element:
    def cell(found: tuple[int, int] | None) -> h.Element:
        return h.td(".tom")[DASH] if found is None else h.td(class_=f"n{found[1]}")[found[0]]

    return h.table(".bildvarme")[
        h.caption[caption],
        h.thead[
            h.tr[
                h.th(scope="col")[figure.corner],
                (h.th(scope="col")[divisible(text)] for text in figure.columns),
            ]
        ],
        h.tbody[
            (
                h.tr[h.th(scope="row")[divisible(label)], (cell(each) for each in cells)]
                for label, cells in figure.rows
            )
        ],
    ]


def _rows(figure: Rows, caption: str) -> h.Element:
    def kinds(place: int, text: str = "") -> str | None:
        names = ["tal"] if place in figure.numeric else []
        names += ["hel"] if _DAY.fullmatch(text) else []
        names += ["siffra"] if place == 0 and text.isdecimal() else []
        return " ".join(names) or None

    def line(row: Sequence[str]) -> h.Element:
        return h.tr[
            (
                h.td({"data-rubrik": figure.headers[i]}, class_=kinds(i, text))[text]
                for i, text in enumerate(row)
            )
        ]

    return h.table(".bildrader")[
        h.caption[caption],
        h.thead[
            h.tr[
                (h.th(scope="col", class_=kinds(i))[text] for i, text in enumerate(figure.headers))
            ]
        ],
        h.tbody[(line(row) for row in figure.rows)],
    ]


def _map(figure: PlaceMap, lead: Lead, palette: Palette, *, is_far: bool) -> h.Node:
    """Areas as one image, and over it a link and a name for each place.

    Streamlit takes SVG elements out of HTML, so the areas are an image; each place lies over it as
    an element cut to the same outline, which can be pointed at and reached by keyboard.
    """
    names = figure.far if is_far else figure.near
    left, top, right, bottom = names.frame
    wide, high = right - left, bottom - top

    def at(point: Point) -> Point:
        return 100 * (point[0] - left) / wide, 100 * (point[1] - top) / high

    def name(place: Place) -> h.Node:
        own = names.names.get(place.code)
        if own is None:
            return None
        x, y = at(own.at)
        word = place.word if place.is_roomy and not is_far and own.side == "inside" else ""
        kind = f"ort pa-{place.kind}" if own.side == "inside" else f"ort bredvid {_SIDES[own.side]}"
        return h.span(class_=kind, aria_hidden="true", style=f"left:{x:.1f}%;top:{y:.1f}%")[
            h.b[place.name] if word else place.name, word and [h.br, word]
        ]

    style = (
        f"aspect-ratio:{wide / high:.4f};--hojd:{figure.height}px;--bredd:{wide / high:.4f};"
        f"--bokstav:{100 * names.size / wide:.3f}cqi;--vanster:{-left / wide:.4f};"
        f"--hoger:{(right - MAP_WIDTH) / wide:.4f}"
    )
    beside = any(each.start for each in names.names.values())
    return [
        h.div(".kartram")[
            h.div(class_=f"karta{' medmarginal' if beside else ''}", style=style)[
                h.img(alt="", src=data_address(_areas(figure, names.frame, palette))),
                h.img(".bredvid", alt="", src=data_address(_lines(figure, names, palette)))
                if beside
                else None,
                (
                    _outline(place, lead, at)
                    for place in figure.places
                    if place.words and not is_far
                ),
                (name(place) for place in figure.places),
            ]
        ],
        h.div(".kartnamn", aria_hidden="true")[
            (
                h.p[h.i(class_=kind), h.b[word], " ", ", ".join(own)]
                for kind, word in (*reversed(LEGEND[:-1]), LEGEND[-1])
                if (own := [place.name for place in figure.places if place.kind == kind])
            )
        ],
    ]


def _svg(frame: tuple[float, float, float, float], *inside: h.Node) -> h.Element:
    left, top, right, bottom = frame
    box = f"{left:g} {top:g} {right - left:g} {bottom - top:g}"
    return h.svg({"viewBox": box}, xmlns="http://www.w3.org/2000/svg")[inside]


def _areas(
    figure: PlaceMap, frame: tuple[float, float, float, float], palette: Palette
) -> h.Element:
    thick = f"{0.0025 * (frame[2] - frame[0]):.1f}"

    def shape(place: Place) -> h.Element:
        fill, edge = fill_of(place.kind, palette), palette.card
        if place.kind == OUTSIDE_KIND:
            edge = palette.line
        elif place.kind == UNREAD_KIND:
            fill, edge = "url(#s)", palette.hatch
        path = "".join(outline(ring) for ring in place.rings)
        return h.path({"stroke-width": thick}, fill=fill, stroke=edge, d=path)

    hatch = h.pattern(
        {"patternUnits": "userSpaceOnUse", "patternTransform": "rotate(45)"},
        id="s", width="18", height="18",
    )[
        h.rect(width="18", height="18", fill=palette.card),
        h.path({"stroke-width": "4"}, d="M0 0V18", stroke=palette.hatch),
    ]  # fmt: skip
    return _svg(frame, h.defs[hatch], (shape(place) for place in figure.places))


def _lines(figure: PlaceMap, names: Lettering, palette: Palette) -> h.Element:
    """Lines to the names beside, an image of their own: where names are hidden, so are they."""
    thin, ink = f"{0.035 * names.size:.1f}", palette.ink
    ends = [
        (own.start, place.label)
        for place in figure.places
        if (own := names.names.get(place.code)) and own.start
    ]
    return _svg(
        names.frame,
        (
            [
                h.path({"stroke-width": thin}, stroke=ink,
                       d=f"M{start[0]:g} {start[1]:g}L{end[0]:g} {end[1]:g}"),
                h.circle(cx=f"{end[0]:g}", cy=f"{end[1]:g}", r=f"{0.11 * names.size:.1f}", fill=ink,
                         stroke=palette.card),
            ]
            for start, end in ends
        ),
    )  # fmt: skip


def _outline(place: Place, lead: Lead, at: Callable[[Point], Point]) -> h.Element:
    """The outline as a cut, a little coarser; islands are joined by lines without width."""
    first = place.rings[0][0]
    points = [*_coarse(place.rings[0])]
    for ring in place.rings[1:]:
        points += [*_coarse(ring), first]
    cut = ",".join(f"{x:.1f}% {y:.1f}%".replace(".0%", "%") for x, y in map(at, points))
    href = lead(place.data) if place.data else ""
    style = f"clip-path:polygon({cut})"
    return linked(None, kind="plats", style=style, words=place.words, href=href)


def _coarse(ring: tuple[Point, ...]) -> list[Point]:
    """The ring without points nearer than a finger or a pointer can tell."""
    kept = [ring[0]]
    for x, y in ring[1:]:
        if max(abs(x - kept[-1][0]), abs(y - kept[-1][1])) >= _TOLD_APART:
            kept.append((x, y))
    return kept
