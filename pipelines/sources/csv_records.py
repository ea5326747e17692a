"""A text file of a table → records, whatever its code, its separator and its quotation marks."""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from pipelines.sources.characters import by_swedish_letters

SEPARATORS = (";", ",", "\t", "|")
_LOOKED_AT = 40
"""Lines in which the headings may be."""
_CELL_LINES = 100
"""Lines that one cell can have."""
_KEPT_AS_TEXT = re.compile(r'^="([^"]*)"$')
"""How files for Excel keep 0180 from becoming 180; ours do (``warehouse.delimited``)."""
_GUARDED = re.compile(r"^'(?=[=+\-@\t\r])")
"""The apostrophe that our files put before what a spreadsheet would run as a formula."""
_SEPARATOR_LINE = re.compile(r'^"?sep=(.)"?\s*$', re.I)
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
csv.field_size_limit(1 << 30)  # a geometry may be large; the file's size is limited instead


@dataclass(frozen=True, slots=True)
class CsvRecords:
    """Numbered records without the empty ones.

    ``unclosed`` holds the numbers of the records in which a quotation mark is never closed; each
    was read to the end of its own line.
    """

    records: list[tuple[int, list[str]]]
    unclosed: tuple[int, ...]


def decode(content: bytes) -> str:
    """Decode text as delivered: UTF-8 and UTF-16 with or without mark, else the likeliest code."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return content.decode(encoding, errors="replace").lstrip("\ufeff")
    try:
        text = content.decode("utf-8")
        if "\x00" not in text[:1000]:
            return text
    except UnicodeDecodeError:
        pass
    if b"\x00" in content[:1000]:  # UTF-16 without a mark: every other byte of Swedish is zero
        return content.decode("utf-16-be" if content[0] == 0 else "utf-16-le", errors="replace")
    mended = content.decode("utf-8", errors="cp1252")
    bad = content.decode("utf-8", errors="replace").count("\ufffd")
    if sum(letter >= "\u00a0" for letter in mended) >= bad * 2:
        return mended  # mostly UTF-8, with lines from another program
    return by_swedish_letters(content)


def _by_code_page(error: UnicodeError) -> tuple[str, int]:
    """Read the bytes that are not UTF-8 as Windows' Western code page."""
    assert isinstance(error, UnicodeDecodeError)
    bad = error.object[error.start : error.end]
    return bad.decode("cp1252", errors="replace"), error.end


codecs.register_error("cp1252", _by_code_page)


def read_csv(
    content: bytes, count_headings: Callable[[list[str]], int], most: int = 1_000_000
) -> CsvRecords:
    """Cut a file into records.

    Args:
        content: the file's bytes.
        count_headings: how many of a row's cells are headings that some register has; the
            separator is the one by which most are found.
        most: rows that are wanted; what comes two rows later is not read.
    """
    lines = re.findall(r"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+\Z", decode(content))
    given = _SEPARATOR_LINE.match(lines[0]) if lines else None
    if given:
        lines = lines[1:]  # Excel takes the line away and does not number it
    first = [line for line in lines if line.strip()][:_LOOKED_AT]
    separator = given[1] if given else _separator(first, count_headings)
    heading = max(first, key=lambda line: count_headings(_split(line, separator)), default="")
    records, unclosed = [], []
    rows = _records(lines, separator, heading.count(separator))
    for number, (record, is_closed) in enumerate(rows, start=1):
        cells = [_GUARDED.sub("", _KEPT_AS_TEXT.sub(r"\1", cell)) for cell in record]
        if any(cell.strip() for cell in cells):
            records.append((number, cells))
        if not is_closed:
            unclosed.append(number)
        if len(records) > most + 1:
            break
    return CsvRecords(records, tuple(unclosed))


def _separator(first: list[str], count_headings: Callable[[list[str]], int]) -> str:
    def found(separator: str) -> tuple[int, int]:
        known = max((count_headings(_split(line, separator)) for line in first), default=0)
        return known, first[0].count(separator) if first else 0

    return max(SEPARATORS, key=found)


def _records(lines: list[str], separator: str, width: int) -> Iterator[tuple[list[str], bool]]:
    """Yield (cells, whether its quotation marks are closed); a record can have several lines.

    A mark that is opened and never closed would swallow every row after it. So where a quoted cell
    goes on over lines that have as many separators as a row has, or to the end of the file, the
    mark is taken for a stray one and the row ends with its line.
    """
    place = 0
    while place < len(lines):
        line = lines[place]
        if '"' not in line:
            yield line.rstrip("\r\n").split(separator) if line.strip() else [], True
            place += 1
            continue
        offered = list(_cell_lines(lines, place, separator, width))
        reader = csv.reader(offered, delimiter=separator, strict=True)
        try:
            record, is_whole = next(reader), True
        except csv.Error as error:
            record, is_whole = [], "end of data" not in str(error)
            if is_whole:  # a mark within a cell: as Excel reads it, if it ends
                reader = csv.reader(offered, delimiter=separator)
                record = next(reader)
                is_whole = reader.line_num == 1 or reader.line_num < len(offered)
        if is_whole:
            yield record, True
            place += reader.line_num
        else:
            yield _split(line, separator), False
            place += 1


def _cell_lines(lines: list[str], place: int, separator: str, width: int) -> Iterator[str]:
    """Yield the lines over which a record can go: up to one that is a row of its own."""
    yield lines[place]
    is_first_cell = separator not in lines[place].partition('"')[0]
    for line in lines[place + 1 : place + _CELL_LINES]:
        is_row = bool(width) and line.count(separator) >= width
        if is_row and not (is_first_cell and '"' in line):
            return
        yield line


def _split(line: str, separator: str) -> list[str]:
    return [cell.strip().strip('"') for cell in line.rstrip("\r\n").split(separator)]
