"""Which pages hold usable text, what a document is called, and why one cannot be read."""

from __future__ import annotations

import re

from pipelines.reading.extract.page_lines import Line, RawPage

_MIN_SHARE = 0.2
_SCANNED_SHARE = 0.3
_SCANNED_RUN = 3
_JUNK_TITLE = re.compile(
    r"\.(?:docx?|pdf|indd|xlsx?|pptx?|rtf|dwg)\b|^(?:microsoft|untitled|namnlös|print|layout|document\d*)",
    re.IGNORECASE,
)
_MAX_TITLE = 160
_SHORT_TITLE = 20
_COVER_LINES = 30


def unread_pages(pages: list[RawPage]) -> set[int]:
    """Return the numbers of pages that look scanned and were not read.

    A page that is a picture without text is a map or a photo as long as such pages are few; three
    in a row, or three in ten of the document, are a scan.
    """
    pictures = [page.number for page in pages if page.image]
    if len(pictures) >= _SCANNED_SHARE * len(pages):
        return set(pictures)
    scanned: set[int] = set()
    run: list[int] = []
    for number in [*pictures, -1]:
        if run and number != run[-1] + 1:
            scanned.update(run if len(run) >= _SCANNED_RUN else [])
            run = []
        run.append(number)
    return scanned


def too_little(share: float) -> bool:
    """Tell whether so few pages can be read that the document counts as unreadable."""
    return share < _MIN_SHARE


def why_unreadable(pages: list[RawPage], unread: set[int], *, ocr: bool, at_hand: bool) -> str:
    """Return the Swedish sentence for a document without usable text.

    `ocr` is whether reading pictures was asked for, `at_hand` whether it can be done here.
    """
    if not unread:
        return "Dokumentet innehåller ingen text."
    found = f"Dokumentet är inskannat: {len(unread)} av {len(pages)} sidor saknar läsbar text."
    if not ocr:
        return f"{found} Texttolkning (OCR) användes inte."
    if at_hand:
        return f"{found} Texttolkningen (OCR) hittade ingen text på dem."
    return f"{found} Texttolkning (OCR) med svenska är inte installerad."


def title_of(pages: list[RawPage], stated: str) -> str:
    """Return the title: the largest type on the cover, or the file's own statement.

    Without type sizes the first lines that stand together on the cover are the title.
    """
    lines = [line for line in pages[0].lines if len(line.text) > 3] if pages else []
    lines = [line for line in lines[:_COVER_LINES] if any(map(str.isalpha, line.text))]
    sizes = sorted({line.size for line in lines}, reverse=True)
    if len(sizes) > 1:
        chosen = _of_size(lines, sizes[0])
        if sum(len(line.text) for line in chosen) < _SHORT_TITLE:
            chosen += _of_size(lines, sizes[1])
    elif stated and not _JUNK_TITLE.search(stated):
        return stated[:_MAX_TITLE]
    else:
        chosen = _first_groups(lines)
    return " ".join(line.text for line in chosen)[:_MAX_TITLE].strip()


def _of_size(lines: list[Line], size: float) -> list[Line]:
    """Return the first lines of a type size that stand together, three at most."""
    places = [index for index, line in enumerate(lines) if line.size >= 0.97 * size]
    first = next(index for index in places if lines[index].size <= size)
    return [line for line in lines[first : first + 3] if 0.97 * size <= line.size <= size]


def _first_groups(lines: list[Line]) -> list[Line]:
    """Return the first heading that the format states, or the lines up to a gap."""
    headings = [line for line in lines if line.role == "heading"]
    if headings:
        return headings[:1]
    group: list[Line] = []
    for line in lines[:4]:
        if line.gap > 0 and sum(len(chosen.text) for chosen in group) >= _SHORT_TITLE:
            break
        group.append(line)
    return group
