"""What every chart hands over, and the shapes that its figure is made of.

Pages, slides, PowerPoint and PDF draw the same record: :mod:`dashboard.draw.html`,
:mod:`dashboard.draw.plotly`, :mod:`dashboard.draw.pptx` and :mod:`dashboard.draw.paper`. Shapes
hold amounts, words and colours by meaning (*kinds*, see :mod:`dashboard.draw.levels`); lengths are
counts or values, and nothing here knows of pixels.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import polars as pl

from dashboard.theme import Palette
from pipelines.model.columns import Column

Data = tuple[Any, ...]
"""What a part leads to, as its chart's ``follow`` understands it; empty leads nowhere."""
Point = tuple[float, float]
Legend = tuple[tuple[str, str], ...]
"""Kind → its word, in order."""
Trace = dict[str, Any]
Side = Literal["after", "before", "over"]
MAP_WIDTH = 1000
"""Width of a map in its own units, without names beside it; y grows downwards."""


@dataclass(frozen=True)
class Style:
    """How charts are drawn: colours, and the mark of a fictional region (empty for a real one)."""

    palette: Palette
    mark: str = ""


@dataclass(frozen=True)
class Part:
    """One part of a bar: its length, colour by meaning, and what it says when touched.

    ``text`` is drawn in the part where there is room for it, ``name`` before it where there is room
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

    Bars of unread alone are folded into one line when they are many, because a wall of equal bars
    says less than their names.
    """

    bars: tuple[Bar, ...]
    legend: Legend = ()
    is_share: bool = True


@dataclass(frozen=True)
class Mark:
    """One mark on a scale, from ``start`` to ``end`` in the scale's own values.

    ``shape`` is ``bar`` (a thick length), ``span`` (an interval), ``dot`` or ``ring`` (a value at
    ``end``). ``kind`` is its colour by meaning. A span that ``is_open`` goes on beyond what is
    drawn. ``text`` is drawn ``after`` its end, ``before`` its start or ``over`` the value.
    """

    shape: Literal["bar", "span", "dot", "ring"]
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

    ``estimate`` begins the words below in bold.
    """

    label: str
    marks: tuple[Mark, ...] = ()
    note: str = ""
    below: str = ""
    instead: str = ""
    estimate: str = ""

    @property
    def words(self) -> str:
        """Return all words of the row but its name, where there is room for one line."""
        said = [each for each in (self.instead, self.estimate, self.below, self.note) if each]
        marked = [mark.text for mark in self.marks if mark.text] or [
            mark.words.removeprefix(f"{self.label}: ") for mark in self.marks[-1:]
        ]
        return " · ".join(said or marked)


@dataclass(frozen=True)
class Scale:
    """Rows of marks on one scale from ``low`` to ``high``.

    ``ticks`` are values with their words, evenly spaced. ``is_beside`` puts names beside the marks,
    else above. ``has_track`` draws the whole scale behind each row. ``unit`` says what bars count.
    """

    rows: tuple[ScaleRow, ...]
    low: float
    high: float
    ticks: tuple[tuple[float, str], ...] = ()
    is_beside: bool = True
    has_track: bool = False
    unit: str = ""

    @property
    def is_counts(self) -> bool:
        """Whether each row is one bar from the scale's beginning, so that a bar chart says all."""
        return all(
            [(mark.shape, mark.start) for mark in row.marks] == [("bar", self.low)]
            for row in self.rows
        )

    def part_of(self, value: float) -> float:
        """Where a value is on the scale, from 0 to 1; what is outside is at its end."""
        return min(max((value - self.low) / (self.high - self.low), 0.0), 1.0)


@dataclass(frozen=True)
class Names:
    """Names in groups, each group under its kind and word."""

    groups: tuple[tuple[str, str, tuple[str, ...]], ...]
    heads: tuple[str, str, str] = ("Nivå", "Antal", "Kommuner")


@dataclass(frozen=True)
class Heat:
    """Counts coloured by level, in rows and columns; a cell without anything is None."""

    corner: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[tuple[int, int] | None, ...]], ...]


@dataclass(frozen=True)
class Rows:
    """A short table; ``numeric`` are the places of right-aligned columns."""

    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Name:
    """Where a place's name is written: in the area at ``at``, or beside the map.

    Beside it, ``at`` is the end that faces the map and ``start`` where its line begins.
    """

    side: Literal["inside", "left", "right"]
    at: Point
    start: Point | None = None


@dataclass(frozen=True)
class Lettering:
    """All names of a map at one type ``size``; ``frame`` (left, top, right, bottom) holds all.

    ``names`` has a place's code → its name's place; a place without one is named when touched.
    """

    size: float
    frame: tuple[float, float, float, float]
    names: dict[str, Name]


@dataclass(frozen=True)
class Place:
    """One municipality on a map: its rings, the point of its name, and what it says.

    ``word`` is its level, written under its name where it ``is_roomy``. A place that says no
    ``words`` cannot be pointed at.
    """

    code: str
    name: str
    kind: str
    rings: tuple[tuple[Point, ...], ...]
    label: Point
    is_roomy: bool = False
    word: str = ""
    words: str = ""
    data: Data = ()


@dataclass(frozen=True)
class PlaceMap:
    """A region in map units (1000 wide, y downwards).

    Names are laid out twice: ``near`` for a page and paper, ``far`` for a wall. ``height`` is the
    map's pixels on a page.
    """

    places: tuple[Place, ...]
    near: Lettering
    far: Lettering
    height: int
    legend: Legend = ()


@dataclass(frozen=True)
class Plot:
    """A figure with an axis: traces and layout in Plotly's own words, and its height in pixels.

    Where Plotly asks for a colour it holds a name of the palette, such as ``@test``, ``@ladder3``
    or ``@test/0.2`` with its opacity. A point that leads somewhere has its data last in
    ``customdata`` where ``leads`` is set. ``has_zoom`` lets the reader drag and zoom, where there
    is more to see than fits.
    """

    data: tuple[Trace, ...]
    layout: dict[str, Any]
    height: int
    leads: bool = False
    has_zoom: bool = False


Figure = Bars | Scale | Names | Heat | Rows | PlaceMap | Plot


@dataclass(frozen=True)
class Chart:
    """A drawing with its words and its numbers.

    ``title`` is the finding as a Swedish sentence, ``subtitle`` what is measured, ``alt`` the text
    for those who do not see the drawing, ``note`` its n and coverage, ``table`` the same numbers
    with ``columns`` in order, ``name`` the stem of files. ``figure`` is None when there is nothing
    to draw.
    """

    name: str
    title: str
    subtitle: str
    alt: str
    note: str
    table: pl.DataFrame
    columns: tuple[Column, ...]
    figure: Figure | None
