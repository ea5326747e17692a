"""Drawings of pages as data: what stands where, its colour by meaning and what it leads to.

Pages draw them as HTML and SVG (:mod:`dashboard.charts.html`): text keeps the reader's size and
flows with the width of the screen, every part can be a link, and no library has to be loaded
before anything is seen. Lengths are counts or values; nothing here knows of pixels.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

Data = tuple[Any, ...]
"""What a part leads to, as its chart's ``follow`` understands it; empty leads nowhere."""
Point = tuple[float, float]
Side = Literal["after", "before", "over"]


@dataclass(frozen=True)
class Part:
    """One part of a bar or column: its length, colour by meaning, and what it says when touched.

    ``text`` stands in the part where there is room for it, ``name`` before it where there is room
    for both.
    """

    amount: float
    kind: str
    words: str
    data: Data = ()
    text: str = ""
    name: str = ""


@dataclass(frozen=True)
class Bar:
    """A lying bar of parts, with its name and a note at its end."""

    label: str
    parts: tuple[Part, ...]
    note: str = ""


@dataclass(frozen=True)
class Bars:
    """Bars under each other. All are equally long when ``is_share``, else to one scale.

    ``legend`` pairs a kind with its word. Bars of unread alone are folded into one line when they
    are many, for a wall of equal bars says less than their names.
    """

    bars: tuple[Bar, ...]
    legend: tuple[tuple[str, str], ...] = ()
    is_share: bool = True


@dataclass(frozen=True)
class Column:
    """A standing column; parts are given from the foot, ``total`` stands on its top."""

    label: str
    parts: tuple[Part, ...]
    total: str = ""


@dataclass(frozen=True)
class Columns:
    """Columns side by side to one scale; an empty one holds the place of a year without any."""

    columns: tuple[Column, ...]


@dataclass(frozen=True)
class Mark:
    """One mark on a scale, from ``start`` to ``end`` in the scale's own values.

    ``shape`` is ``bar`` (a thick length), ``span`` (an interval), ``thin`` (an interval below a
    bar), ``dot`` or ``ring`` (a value at ``end``), or ``text`` (nothing but its text). ``kind`` is
    its colour by meaning, of a text ``strong`` or ``quiet``. A span that ``is_open`` goes on beyond
    what is drawn. ``text`` stands ``after`` its end, ``before`` its start or ``over`` the value.
    """

    shape: str
    kind: str
    start: float
    end: float
    words: str = ""
    data: Data = ()
    text: str = ""
    is_open: bool = False
    text_at: Side = "after"


@dataclass(frozen=True)
class ScaleRow:
    """A name, its marks, a note at the end, and words below or instead of the marks.

    ``quiet`` follows the name, ``estimate`` begins the words below in bold. ``data`` is what the
    name leads to.
    """

    label: str
    marks: tuple[Mark, ...] = ()
    note: str = ""
    below: str = ""
    instead: str = ""
    quiet: str = ""
    estimate: str = ""
    data: Data = ()


@dataclass(frozen=True)
class Scale:
    """Rows of marks on one scale from ``low`` to ``high``.

    ``ticks`` are values with their words, evenly spaced; ``zero`` is a value that a line stands at,
    with its word on top. ``is_beside`` puts names beside the marks, else above. ``has_track`` draws
    the whole scale behind each row.
    """

    rows: tuple[ScaleRow, ...]
    low: float
    high: float
    ticks: tuple[tuple[float, str], ...] = ()
    zero: tuple[float, str] | None = None
    is_beside: bool = True
    has_track: bool = False
    legend: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Node:
    """One party of a network: its name, number, diameter in pixels and what it says."""

    name: str
    number: str
    size: float
    words: str
    data: Data = ()


@dataclass(frozen=True)
class Tie:
    """What two parties share: their places, the line's width in pixels and what it says.

    ``right`` is None where ``other`` is a place to the left as well.
    """

    left: int
    right: int | None
    width: float
    words: str
    other: int = 0


@dataclass(frozen=True)
class Network:
    """Parties in two columns, each spread over the whole height, and the ties between them."""

    left: tuple[Node, ...]
    right: tuple[Node, ...]
    ties: tuple[Tie, ...]


@dataclass(frozen=True)
class Place:
    """One municipality on a map: rings, where its name goes, and what it says.

    ``rings`` and ``label`` are shares (0–1) of the map's width and height, y downwards. ``word``
    stands under the name; ``is_named`` says whether the name has room in the area. A place that
    says no ``words`` cannot be pointed at.
    """

    name: str
    kind: str
    rings: tuple[tuple[Point, ...], ...]
    label: Point
    is_named: bool
    word: str = ""
    words: str = ""
    data: Data = ()


@dataclass(frozen=True)
class NameBeside:
    """A name in the margin: where it stands, on which side, and the line to its place (shares)."""

    name: str
    is_left: bool
    at: Point
    line: tuple[Point, Point]


@dataclass(frozen=True)
class Dot:
    """A mark on a map: its place (shares), diameter in pixels, number, and what it says."""

    at: Point
    size: float
    text: str
    words: str
    data: Data = ()


@dataclass(frozen=True)
class PlaceMap:
    """A region: ``ratio`` is width by height with the margins, ``height`` its pixels on a page.

    ``margin`` is the part of the width on each side that only names stand in. ``by_word`` says
    that places are coloured by their word, and are listed by it where the map is narrow.
    """

    places: tuple[Place, ...]
    beside: tuple[NameBeside, ...]
    ratio: float
    margin: float
    height: int
    dots: tuple[Dot, ...] = ()
    by_word: bool = True


Drawn = Bars | Columns | Scale | Network | PlaceMap
