"""Dates in the forms that Swedish documents and registers have, as ISO 8601."""

from __future__ import annotations

import re
from datetime import date, timedelta

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januari jan", "februari feb febr", "mars mar", "april apr", "maj", "juni jun",
            "juli jul", "augusti aug", "september sep sept", "oktober okt", "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_YEAR = r"(?P<y>\d{4})"
_FORMS = tuple(
    re.compile(form, re.I)
    for form in (
        rf"{_YEAR}[-/. ](?P<m>\d{{1,2}})[-/. ](?P<d>\d{{1,2}})",  # 2024-03-05, 2024/3/5
        rf"{_YEAR}(?P<m>\d{{2}})(?P<d>\d{{2}})",  # 20240305
        rf"(?:den )?(?P<d>\d{{1,2}})(?::?e|\.)? ?(?P<n>{_MONTH})\.?,? {_YEAR}",  # den 5 mars 2024
        rf"(?P<d>\d{{1,2}})/(?P<m>\d{{1,2}}) ?[- ] ?{_YEAR}",  # 5/3 2024, 5/3-2024
        rf"(?P<d>\d{{1,2}})\.(?P<m>\d{{1,2}})\.{_YEAR}",  # 5.3.2024
        rf"(?P<a>\d{{1,2}})[/-](?P<b>\d{{1,2}})[/-]{_YEAR}",  # 13/03/2024; 05/03/2024 is not told
        rf"(?:i )?(?P<n>{_MONTH})\.?,? {_YEAR}",  # mars 2024
        rf"{_YEAR}[-/](?P<m>\d{{1,2}})",  # 2024-03
        _YEAR,
    )
)
_TIME = re.compile(r"[T ]\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:[.,]\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?$")
_IN_TEXT = re.compile(
    r"(?<![\d/.-])(?:"
    r"(?P<iso>(?:19|20)\d{2}-(?:0?[1-9]|1[0-2])-(?:0?[1-9]|[12]\d|3[01]))"
    rf"|(?P<long>\d{{1,2}}(?::?e)? (?:{_MONTH})\.? (?:19|20)\d{{2}})"
    r"|(?P<short>\d{1,2}/\d{1,2} ?[- ] ?(?:19|20)\d{2})"
    r"|(?P<dots>\d{1,2}\.\d{1,2}\.(?:19|20)\d{2})"
    rf"|(?P<month>(?<!\d )(?<![a-zåäö])(?:{_MONTH})\.? (?:19|20)\d{{2}})"
    r")(?![\d/]|-\d)",
    re.I,
)
_EPOCH = date(1899, 12, 30)
_FIRST_SERIAL, _LAST_SERIAL = 18_000, 60_000
"""1949 to 2064: a number outside is no date that a plan can have."""


def iso_date(text: str) -> str | None:
    """Return a written date as ISO 8601 of the precision that it has, or None.

    A time of day is left out. A date that can be read in two ways, as 05/03/2024, is None.
    """
    text = " ".join(_TIME.sub("", text.strip()).split())
    for form in _FORMS:
        if found := form.fullmatch(text):
            return _iso(found.groupdict())
    return None


def _iso(parts: dict[str, str | None]) -> str | None:
    year = parts["y"]
    assert year is not None
    month = _MONTHS[parts["n"].casefold()] if parts.get("n") else int(parts.get("m") or 0)  # type: ignore[union-attr]
    day = int(parts.get("d") or 0)
    if parts.get("a"):
        first, second = int(parts["a"] or 0), int(parts["b"] or 0)
        if first != second and first <= 12 and second <= 12:
            return None
        day, month = (first, second) if first > 12 or first == second else (second, first)
    if not month:
        return year if not parts.get("m") else None
    if month > 12:
        return None
    if "d" not in parts and "a" not in parts:
        return f"{year}-{month:02}"
    try:
        return date(int(year), month, day).isoformat()
    except ValueError:
        return None


def date_of_serial(text: str, *, is_1904: bool = False) -> str | None:
    """Return the day of Excel's serial number, as 45356, or None when it can be no such number."""
    if not re.fullmatch(r"\d{5}(?:[.,]\d+)?", text):
        return None
    days = int(text[:5]) + (1462 if is_1904 else 0)
    if not _FIRST_SERIAL <= days <= _LAST_SERIAL:
        return None
    return (_EPOCH + timedelta(days)).isoformat()


def dates_in(text: str) -> list[str]:
    """Return every date with a day or a month in running text, as ISO 8601, in order."""
    return [day for day, _ in dates_with_words(text)]


def dates_with_words(text: str) -> list[tuple[str, str]]:
    """Return every date in running text with the forty characters before it."""
    flat = " ".join(text.split())
    found = [
        (iso_date(hit.group()), flat[max(0, hit.start() - 40) : hit.start()])
        for hit in _IN_TEXT.finditer(flat)
    ]
    return [(day, before) for day, before in found if day]
