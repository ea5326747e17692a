"""Plain text: bytes become characters, a form feed ends a page, indentation is the layout."""

from __future__ import annotations

import re
from pathlib import Path

from pipelines.reading.extract.characters import normalise, single_spaced
from pipelines.reading.extract.page_lines import Line, RawDocument, RawPage, UnreadableError
from pipelines.sources.characters import by_swedish_letters

_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_META = re.compile(rb"<(?:meta|\?xml)[^>]+(?:charset|encoding)=[\"']?([\w-]+)", re.IGNORECASE)
_META_WITHIN = 16_384
# names that browsers know and Python does not, or knows as something narrower
_ALIASES = {
    "iso-8859-1": "cp1252", "latin1": "cp1252", "latin-1": "cp1252", "us-ascii": "cp1252",
    "x-mac-roman": "mac_roman", "macintosh": "mac_roman", "x-macroman": "mac_roman",
    "windows-1252": "cp1252",
}  # fmt: skip
_FEW_BROKEN = 50
_LEAD = "\u00c2-\u00f4"
_REST = (
    "\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013\u2014\u2018-\u201a"
    "\u201c-\u201e\u2020-\u2022\u2026\u2030\u2039\u203a\u20ac\u2122"
)
_TWICE = re.compile(f"[{_LEAD}][{_REST}]+")


def decode(data: bytes) -> str:
    """Return the bytes as text: a byte-order mark decides, then UTF-8, then a guess.

    Text that was encoded twice on its way is made right. Raises UnreadableError where the bytes
    are no text at all.
    """
    return once(_decoded(data, ""))


def decode_page(data: bytes) -> str:
    """Return a web page as text; what it says of its encoding counts only where it is not UTF-8."""
    declared = _META.search(data[:_META_WITHIN])
    return once(_decoded(data, declared[1].decode("ascii").lower() if declared else ""))


def _decoded(data: bytes, declared: str) -> str:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    text = _utf8(data)
    if text and "\x00" not in text:
        return text
    if declared and not declared.startswith("utf"):
        try:
            return data.decode(_ALIASES.get(declared, declared))
        except (LookupError, UnicodeDecodeError):
            return _guess(data)
    return _guess(data) if data else ""


def _utf8(data: bytes) -> str:
    """Return the bytes decoded as UTF-8, "" where they are not: a few broken ones are damage."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        text = data.decode("utf-8", errors="replace")
    whole = sum(1 for char in text if char > "\x7f" and char != "\ufffd")
    return text if whole > _FEW_BROKEN * text.count("\ufffd") else ""


def _guess(data: bytes) -> str:
    """Guess among the encodings that Swedish authorities have used."""
    sample = data[:200_000]
    if sample.count(b"\x00") > len(sample) // 5:
        little = sample[1::2].count(b"\x00") >= sample[0::2].count(b"\x00")
        text = data.decode("utf-16-le" if little else "utf-16-be", errors="replace")
    else:
        text = by_swedish_letters(data)
    controls = sum(text.count(chr(code)) for code in (*range(8), *range(14, 28)))
    if controls > len(text) // 50:
        raise UnreadableError("Filen är inte text och inget av formaten PDF, Word eller HTML.")
    return text


def once(text: str) -> str:
    """Return text whose letters were encoded as UTF-8 twice ("Ã¥" for "å") as it was meant.

    Each run of such letters is mended by itself; what is no UTF-8 stays as it is.
    """
    if "\u00c3" not in text and "\u00e2" not in text and "\u00c2" not in text:
        return text
    return _TWICE.sub(_mended, text)


def _mended(match: re.Match[str]) -> str:
    for encoding in ("cp1252", "latin-1"):
        try:
            return match[0].encode(encoding).decode("utf-8")
        except (UnicodeEncodeError, UnicodeDecodeError):
            continue
    return match[0]


# Plain text ---------------------------------------------------------------------------------------

_CELL = re.compile(r"\S(?:\t| {2,})(?=\S)")
_AROUND = 8
_NOTE = re.compile(r"^[\d*]{1,2}\s+")
_LINE_END = re.compile(r"\r\n?|\u2028|\u2029|\x85")


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
