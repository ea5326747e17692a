"""The sentence that opens *Tidsfönster*: what can still be influenced, and what it lacks."""

from __future__ import annotations

from collections import Counter

import polars as pl

from dashboard.charts.window_timeline import YEAR
from dashboard.parts.findings import Finding
from dashboard.text import TYPE_PLURAL, capital, count, listing, number, of_type, part, word
from pipelines.model.codes import OBJECT_TYPE, THEME

_COMMON = 3


def finding(windows: pl.DataFrame, unknown: int) -> Finding:
    """How many are open, how many close within a year, what is read of them, what they lack.

    ``unknown`` is how many could be open but have a state that is too old or undated.
    """
    if not windows.height:
        return Finding(
            "Inget tidsfönster är säkert öppet i urvalet",
            f"{_unknown(unknown)}Öppna är planer före granskning och markanvisningar före beslut. "
            "Lätta på ett filter för att se fler.",
        )
    sizes = Counter(windows["object_type"])
    if len(sizes) == 1:
        kind = next(iter(sizes))
        what = f"{capital(word(windows.height))} {of_type(windows.height, kind).split()[-1]}"
    else:
        kinds = listing(TYPE_PLURAL[each] for each in OBJECT_TYPE.values if each in sizes)
        what = f"{capital(word(windows.height))} {kinds}"
    headline = f"{what} kan ännu påverkas{_closing(windows)}"
    return Finding(headline, f"{_unknown(unknown)}{_lead(windows)}")


def _unknown(number_of: int) -> str:
    if not number_of:
        return ""
    what = "till var öppen när den" if number_of == 1 else "till var öppna när de"
    return f"{number(number_of)} {what} senast sågs, men läget är okänt nu; de räknas inte. "


def is_compared(basis: str) -> bool:
    """Whether what a plan lacks could be told: its basis says *Ingen …* where nothing is read."""
    return not basis.startswith("Ingen ")


def _closing(windows: pl.DataFrame) -> str:
    left = windows["months_left"].drop_nulls()
    if not left.len():
        return ""
    soon = left.filter(left <= YEAR).len()
    return f" – {word(soon) if soon else 'ingen'} väntas nå granskning inom ett år"


def _lead(windows: pl.DataFrame) -> str:
    read = windows.filter("is_read")
    empty = read.filter(pl.col("passages") == 0).height
    unread = windows.height - read.height
    parts = []
    lacks = Counter(theme for row in windows["lacks"].to_list() for theme in row or [])
    if read.height:
        verb = "är läst" if read.height == 1 else "är lästa"
        what = f"{word(empty) if empty else 'ingen'} av dem saknar belägg"
        what = what if read.height > 1 else ("utan belägg" if empty else "med belägg")
        parts.append(f"{capital(word(read.height))} {verb}, {what}.")
    if unread:
        verb = "är inte läst" if unread == 1 else "är inte lästa"
        held = " och kan redan innehålla det som listas som saknat" if lacks else ""
        what = count(unread, verb, verb) if read.height else "Ingen är läst"
        parts.append(f"{capital(what)}{held}.")
    if lacks:
        names = [THEME.labels[theme].lower() for theme, _ in lacks.most_common(_COMMON)]
        parts.append(f"Oftast saknas {listing(names)} jämfört med liknande kommuner.")
    elif any(is_compared(basis) for basis in windows["lacks_basis"]):
        parts.append("De saknar inget tema som är vanligt hos liknande kommuner.")
    else:
        parts.append(
            "Vad de saknar går inte att säga: inga handlingar av samma typ är lästa i liknande "
            "kommuner."
        )
    matched = windows.filter(pl.col("tests") > 0).height
    if matched:
        parts.append(f"{capital(part(matched, windows.height))} har en testverksamhet som passar.")
    return " ".join(parts)
