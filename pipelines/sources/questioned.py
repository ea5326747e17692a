"""Cells that can hardly mean what they hold: what Excel made of them, and places far away.

Each is mended where only one meaning is possible, else emptied, and always told of; the row stays.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

import polars as pl

from pipelines.model.columns import Column
from pipelines.model.tables import Table
from pipelines.sources import doubts
from pipelines.sources.issues import Issue
from pipelines.sources.raw_table import ROW, RawTable
from pipelines.sources.workbook import NO_VALUE
from pipelines.sources.written_dates import date_of_serial

Extent = tuple[float, float, float, float]
"""West, south, east and north of a region's map, in degrees."""

_ERROR = re.compile(
    r"#(?:REF|VALUE|NAME|NUM|NULL|DIV/0|SPILL|CALC|FIELD|BLOCKED|CONNECT|BUSY|UNKNOWN|EXTERNAL"
    r"|REFERENS|VÄRDEFEL|OGILTIGT|DIVISION/0|SKÄRNING|SAKNAS|FÄLT|BERÄKNING|FORMEL)!?|#N/A!?"
    r"|#NAMN\?|#NAME\?|#{4,}"
)
"""Error values as Excel writes them in English and in Swedish, and a column that is too narrow."""
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}(?: .*)?|(?:\d{1,2}-[a-zå]{3}|[a-zå]{3}-\d{2,4})\.?", re.I)
_THOUSANDS = re.compile(r"\d{1,3}(?:\.\d{3})+|\d{1,3}(?:,\d{3})+")
_WHOLE_UNITS = ("m²", "kronor")
"""Decimal columns in which three digits after the mark are thousands: 10.400 m² is no room."""
_DEGREES = re.compile(
    r"[NÖEO]?\s*(-?\d+(?:[.,]\d+)?)\s*[°º]?\s*(?:(\d+(?:[.,]\d+)?)\s*['′’]\s*)?"
    r"(?:(\d+(?:[.,]\d+)?)\s*(?:[\"″”]|'')\s*)?[NÖEO]?",
    re.I,
)
_SWEDEN: Extent = (10.0, 55.0, 25.0, 70.0)
_NEAR = 0.5
"""Degrees outside the map that still are the region's surroundings."""

Mended = dict[str, dict[int, str | None]]
"""Column → row number → what the cell holds from now on."""


def question(
    table: Table, raw: RawTable, cells: pl.DataFrame, extent: Extent | None
) -> tuple[pl.DataFrame, list[Issue]]:
    """Return the cells with doubtful ones mended or emptied, and an issue for each.

    Args:
        table: the contract.
        raw: the file.
        cells: text by column name, with the row number; null where empty.
        extent: where the region lies, if known.
    """
    issues: list[Issue] = []
    for column in table.delivered_columns:
        mended: dict[int, str | None] = {}
        required = column.name in table.required
        for row, cell in cells.select(ROW, column.name).drop_nulls().rows():
            if _ERROR.fullmatch(cell):
                issues.append(
                    doubts.excel_error(
                        table, raw.name, row, column, cell, required, is_formula=cell == NO_VALUE
                    )
                )
                mended[row] = None
            elif found := _of_kind(column, cell, raw):
                mended[row], rule = found
                issues.append(rule(table, raw.name, row, column, cell, mended[row]))
        cells = _write(cells, {column.name: mended})
    if "lon" in table.delivered:
        places, found_there = _places(table, raw.name, cells, extent)
        cells = _write(cells, places)
        issues.extend(found_there)
    return cells, issues


Rule = Callable[[Table, str, int, Column, str, str | None], Issue]


def _of_kind(column: Column, cell: str, raw: RawTable) -> tuple[str | None, Rule] | None:
    """What a doubtful cell becomes and the rule that tells of it."""
    if column.kind == "date" and (day := date_of_serial(cell, is_1904=raw.is_1904)):
        return day, doubts.serial_number
    if column.name == "case_number" and _DAY.fullmatch(cell):
        return None, doubts.case_number_as_date
    whole = column.kind == "integer" or column.unit in _WHOLE_UNITS
    if column.is_number and whole and _THOUSANDS.fullmatch(cell):
        return re.sub(r"\D", "", cell), doubts.thousands
    return None


def _write(cells: pl.DataFrame, mended: Mended) -> pl.DataFrame:
    for column, by_row in mended.items():
        if by_row:
            values = [by_row.get(row, cell) for row, cell in cells.select(ROW, column).iter_rows()]
            cells = cells.with_columns(pl.Series(column, values, dtype=pl.String))
    return cells


# Places -----------------------------------------------------------------------------------------


def _places(
    table: Table, name: str, cells: pl.DataFrame, extent: Extent | None
) -> tuple[Mended, list[Issue]]:
    mended: Mended = {"lon": {}, "lat": {}}
    issues: list[Issue] = []
    for row, lon, lat in cells.select(ROW, "lon", "lat").rows():
        if lon is None and lat is None:
            continue
        x, y = _degrees(lon), _degrees(lat)
        shown = f"{lon or 'tomt'}; {lat or 'tomt'}"
        if x is None or y is None:
            if lon is None or lat is None:
                issues.append(doubts.half_a_place(table, name, row, shown))
            continue
        (x, y), doubt = _judge(x, y, extent)
        if doubt:
            issues.append(doubts.doubtful_place(table, name, row, shown, doubt))
        is_lost = doubt in doubts.LOST_PLACES
        mended["lon"][row] = None if is_lost else f"{x:.15g}"
        mended["lat"][row] = None if is_lost else f"{y:.15g}"
    return mended, issues


def _degrees(text: str | None) -> float | None:
    """A coordinate as decimal degrees: 18,07 or 18°04'12" or 18,07 E; None when it is neither."""
    found = _DEGREES.fullmatch((text or "").strip().replace("−", "-"))
    if not found:
        return None
    degrees, minutes, seconds = (float((part or "0").replace(",", ".")) for part in found.groups())
    if minutes >= 60 or seconds >= 60:
        return None
    return degrees + minutes / 60 + seconds / 3600


def _judge(x: float, y: float, extent: Extent | None) -> tuple[tuple[float, float], str]:
    """The place, turned round where only that can be meant, and the doubt about it ("" if none)."""
    if abs(x) < 1e-6 and abs(y) < 1e-6:
        return (x, y), "zero"
    known = [extent] if extent else []
    if any(_inside(x, y, area) for area in known):
        return (x, y), ""
    if any(_inside(y, x, area) for area in [*known, _SWEDEN]) and not _inside(x, y, _SWEDEN):
        return (y, x), "swapped"
    north, east = max(x, y), min(x, y)
    if 6_000_000 < north < 7_900_000 and 0 < east < 1_100_000:
        return (x, y), "metres"
    if abs(x) > 180 or abs(y) > 90:
        return (x, y), "no_degrees"
    return (x, y), "outside" if extent else ""


def _inside(x: float, y: float, area: Iterable[float]) -> bool:
    west, south, east, north = area
    return west - _NEAR <= x <= east + _NEAR and south - _NEAR <= y <= north + _NEAR
