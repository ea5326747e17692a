"""Plain text: a form feed ends a page, indentation and blank lines are the layout."""

from __future__ import annotations

import re
from pathlib import Path

from charset_normalizer import from_bytes

from pipelines.reading.extract.characters import normalise, single_spaced
from pipelines.reading.extract.page_lines import Line, RawDocument, RawPage, UnreadableError

_CELL = re.compile(r"\S(?:\t| {2,})(?=\S)")
_AROUND = 8
_NOTE = re.compile(r"^[\d*]{1,2}\s+")
_LINE_END = re.compile(r"\r\n?|\u2028|\u2029|\x85")
_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def decode(data: bytes) -> str:
    """Return the bytes as text: a byte-order mark decides, then UTF-8, then a guess.

    Raises UnreadableError where the bytes are no text at all.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _guess(data)
    if "\x00" not in text:
        return text
    return _guess(data)


def _guess(data: bytes) -> str:
    """Guess among the encodings that Swedish authorities have used."""
    sample = data[:200_000]
    if sample.count(b"\x00") > len(sample) // 5:
        little = sample[1::2].count(b"\x00") >= sample[0::2].count(b"\x00")
        text = data.decode("utf-16-le" if little else "utf-16-be", errors="replace")
    else:
        best = from_bytes(sample, cp_isolation=["cp1252", "mac_roman", "cp850"]).best()
        text = data.decode(best.encoding if best else "cp1252", errors="replace")
    controls = sum(text.count(chr(code)) for code in (*range(8), *range(14, 28)))
    if controls > len(text) // 50:
        raise UnreadableError("Filen är inte text och inget av formaten PDF, DOCX eller HTML.")
    return text


def read_text(path: Path) -> RawDocument:
    """Return the pages of a text file."""
    text = normalise(_LINE_END.sub("\n", decode(path.read_bytes())))
    parts = text.split("\f")
    if len(parts) > 1 and not parts[-1].strip():
        parts.pop()
    pages = [RawPage(number, _lines(part, number)) for number, part in enumerate(parts, 1)]
    _set_room([line for page in pages for line in page.lines])
    return RawDocument(pages)


def _lines(text: str, number: int) -> list[Line]:
    lines: list[Line] = []
    blank = 0
    for raw in text.split("\n"):
        stripped = raw.strip()
        if not stripped:
            blank += 1
            continue
        indent = len(raw.expandtabs(4)) - len(raw.expandtabs(4).lstrip())
        cells = _cells(stripped) if "  " in stripped or "\t" in stripped else 1
        line = Line(single_spaced(stripped), float(indent), float(indent + len(stripped)))
        line.page, line.cells, line.jump = number, cells, not lines
        line.gap = 0.0 if line.jump else float(blank)
        lines.append(line)
        blank = 0
    return lines


def _cells(text: str) -> int:
    """Count the pieces set apart by two spaces or more; the number of a note is no cell."""
    return 1 + len(_CELL.findall(_NOTE.sub("", text)))


def _set_room(lines: list[Line]) -> None:
    """Set the free space of each line against the longest of the lines around it."""
    ends = [line.x1 if line.cells == 1 else 0.0 for line in lines]
    for index, line in enumerate(lines):
        edge = max(ends[max(0, index - _AROUND) : index + _AROUND + 1])
        line.room = max(0.0, edge - line.x1)
