"""Swedish words and forms: numbers, shares, plurals, lists, and names that recur on every page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import floor

from pipelines.indicators.values import FEWEST
from pipelines.model.codes import OBJECT_TYPE

PRODUCT = "Innovation i planeringen"
NBSP = "\N{NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"
TOO_FEW = "för få"
DASH = "–"
NOTHING = "±0"
"""A difference that is none."""

_WORDS = (
    "noll", "en", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv"
)  # fmt: skip

TYPE_PLURAL = {"op": "översiktsplaner", "dp": "detaljplaner", "ma": "markanvisningar"}
TYPE_SHORT = {"op": "ÖP", "dp": "DP", "ma": "MA"}
TYPE_SINGULAR = {code: label.lower() for code, label in OBJECT_TYPE.labels.items()}

OWN_VOICE = "plan"
"""The voice of an excerpt in which a municipality speaks in its own name."""
EXCERPT_GROUPS = {
    "op": ("Översiktsplaner", ("op", "fop", "tillagg")),
    "dp": ("Detaljplaner", ("dp",)),
    "ma": ("Markanvisningar och tävlingar", ("ma_policy", "ma_decision", "tavling")),
    "program": ("Program för stadsdelar", ("program",)),
}
"""What an excerpt is about: group → name and kinds of document."""
OTHER_EXCERPTS = "ovrigt"


def number(value: float | None, decimals: int = 0) -> str:
    """Swedish number: ``1234.5`` with one decimal → ``1 234,5``; nothing → a dash."""
    if value is None:
        return DASH
    written = f"{abs(value):,.{decimals}f}".replace(",", NBSP).replace(".", ",")
    return f"{MINUS}{written}" if value < 0 else written


def percent(numerator: float | None, n: int | None) -> str:
    """Share in whole percent; *för få* below five, a dash when nothing is known."""
    if numerator is None or not n:
        return DASH
    return TOO_FEW if n < FEWEST else f"{number(100 * numerator / n)}{NBSP}%"


def signed(value: float, decimals: int | None = None) -> str:
    """A difference: ``+7,1``, ``−3``, ``±0``; one decimal below ten where none is asked for."""
    size = round(abs(value), 1 if decimals is None else decimals)
    if not size:
        return NOTHING
    if decimals is None:
        decimals = 0 if size >= 10 or float(size).is_integer() else 1
    return f"{'+' if value > 0 else MINUS}{number(size, decimals)}"


def apportioned(parts: Sequence[float], decimals: int = 0) -> list[float]:
    """Round parts so that they sum to their rounded sum: the largest remainders go upwards.

    >>> apportioned([100 / 3, 100 / 3, 100 / 3])
    [34.0, 33.0, 33.0]
    """
    unit = 10**decimals
    exact = [round(part * unit, 9) for part in parts]
    whole = [floor(part) for part in exact]
    by_remainder = sorted(range(len(parts)), key=lambda place: whole[place] - exact[place])
    for place in by_remainder[: round(sum(exact)) - sum(whole)]:
        whole[place] += 1
    return [part / unit for part in whole]


def word(count: int, neuter: bool = False) -> str:
    """Numbers to twelve as words: ``3`` → ``tre``; ``ett`` where the noun is neuter."""
    if count == 1 and neuter:
        return "ett"
    return _WORDS[count] if 0 <= count < len(_WORDS) else number(count)


def part(some: int, whole: int, neuter: bool = False) -> str:
    """``tre av åtta``, ``alla åtta``, ``ingen av åtta``; figures for both above twelve."""
    if whole == 1:
        return ("inget" if neuter else "ingen") if some == 0 else word(some, neuter)
    if some == 0:
        return f"{'inget' if neuter else 'ingen'} av {word(whole)}"
    if some == whole and whole > 1:
        return f"{'båda' if whole == 2 else f'alla {word(whole)}'}"
    if max(some, whole) >= len(_WORDS):
        return f"{number(some)} av {number(whole)}"
    return f"{word(some, neuter)} av {word(whole, neuter)}"


def measure_name(indicator: str, part_of_it: str) -> str:
    """``Andel handlingar med innovation, detaljplan``; a whole measure has its name alone."""
    own = part_of_it.lower()
    return indicator if own in ("alla", "alla led") else f"{indicator}, {own}"


def capital(sentence: str) -> str:
    """The first letter as a capital, the rest untouched."""
    return sentence[:1].upper() + sentence[1:]


def count(value: int, one: str, many: str) -> str:
    """``1 plan``, ``2 planer``."""
    return f"{number(value)}{NBSP}{one if value == 1 else many}"


def of_type(value: int, object_type: str) -> str:
    """``1 detaljplan``, ``2 detaljplaner``."""
    return count(value, TYPE_SINGULAR[object_type], TYPE_PLURAL[object_type])


def listing(words: Iterable[str], last: str = "och") -> str:
    """``A``, ``A och B``, ``A, B och C``; ``last`` is the word before the last one."""
    parts = list(words)
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {last} {parts[-1]}"


def shortened(text: str, length: int = 220) -> str:
    """The text, cut at a word and ended with an ellipsis where it is longer than ``length``."""
    if len(text) <= length:
        return text
    return text[:length].rsplit(" ", 1)[0].rstrip(",;:–") + " …"


def unknown_since(status_per: str | None) -> str:
    """``läget okänt sedan 2021``; without a date nothing says since when."""
    return f"läget okänt sedan {status_per[:4]}" if status_per else "läget okänt, utan datum"


def day(timestamp: object) -> str:
    """The date part of a timestamp: ``2026-11-23``."""
    return str(timestamp)[:10]


def plural_of(object_type: str) -> str:
    """``detaljplaner``."""
    return TYPE_PLURAL[object_type]
