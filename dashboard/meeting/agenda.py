"""The agenda of a meeting: saved views with frozen filters and edition, and its form in an address.

An item is written as ``number~kind~minutes`` followed by what differs from the default, so that
the whole agenda fits in a link and in a QR code: ``2~karta~5~k.0180.0182~a.energi``.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from dashboard.filters import FIRST_YEAR, LAST_YEAR, Filters
from pipelines.indicators.scope import LOWEST, STALE
from pipelines.model.codes import COMMITMENT, INSTRUMENT, OBJECT_STAGE, OBJECT_TYPE, THEME
from pipelines.model.columns import MUNICIPALITY_PATTERN

KEYS = ("mote", "namn", "utgava", "fore", "punkt")
"""Names of the meeting's parameters in an address."""

DEFAULT_MINUTES = 5
LONGEST_MINUTES = 120
MOST_ITEMS = 20
LONGEST_TITLE = 80
_SPLIT = "~"

Params = Mapping[str, Iterable[str]]


@dataclass(frozen=True)
class Item:
    """One point: ``number`` stays with it when the order changes, ``title`` is empty by default."""

    number: int
    kind: str
    filters: Filters
    minutes: int = DEFAULT_MINUTES
    title: str = ""


@dataclass(frozen=True)
class Agenda:
    """A meeting about one region and one edition.

    ``meeting_id`` tells meetings apart in a browser's memory, ``since`` is the day of the meeting
    before, ``unknown`` how many points of an address were not understood.
    """

    meeting_id: str
    title: str
    region: str
    edition_id: str
    items: tuple[Item, ...] = ()
    since: date | None = None
    unknown: int = 0

    @property
    def minutes(self) -> int:
        """How long the whole agenda takes."""
        return sum(item.minutes for item in self.items)


def new_agenda(region: str, edition_id: str, title: str = "") -> Agenda:
    """Return an empty agenda with an id of its own."""
    return Agenda(secrets.token_hex(3), title, region, edition_id)


def add(agenda: Agenda, kind: str, filters: Filters, minutes: int = DEFAULT_MINUTES) -> Agenda:
    """Return the agenda with a point at its end; a full agenda is returned as it is."""
    if len(agenda.items) >= MOST_ITEMS:
        return agenda
    number = max((item.number for item in agenda.items), default=0) + 1
    item = Item(number, kind, replace(filters, region=agenda.region), minutes)
    return replace(agenda, items=(*agenda.items, item))


def move(agenda: Agenda, number: int, steps: int) -> Agenda:
    """Return the agenda with a point moved; it stops at the ends."""
    items = list(agenda.items)
    place = _place(agenda, number)
    items.insert(min(max(place + steps, 0), len(items) - 1), items.pop(place))
    return replace(agenda, items=tuple(items))


def remove(agenda: Agenda, number: int) -> Agenda:
    """Return the agenda without a point."""
    return replace(agenda, items=tuple(i for i in agenda.items if i.number != number))


def change(agenda: Agenda, number: int, *, title: str, minutes: int) -> Agenda:
    """Return the agenda with a point's title and minutes set."""
    items = list(agenda.items)
    place = _place(agenda, number)
    items[place] = replace(items[place], title=plain_title(title), minutes=minutes)
    return replace(agenda, items=tuple(items))


def plain_title(text: str) -> str:
    """One line of at most eighty characters, without the sign that splits an item."""
    return " ".join(text.replace(_SPLIT, "–").split())[:LONGEST_TITLE]


def to_params(agenda: Agenda) -> dict[str, list[str]]:
    """Return the agenda as address parameters."""
    values = {
        "mote": [agenda.meeting_id],
        "namn": [agenda.title] if agenda.title else [],
        "utgava": [f"{agenda.region}.{agenda.edition_id}"],
        "fore": [agenda.since.isoformat()] if agenda.since else [],
        "punkt": [_write(item) for item in agenda.items],
    }
    return {name: value for name, value in values.items() if value}


def from_params(params: Params, kinds: Iterable[str]) -> Agenda | None:
    """Read an address; None where it names no meeting. Points not understood are counted."""
    first = {name: next(iter(params.get(name, ())), "") for name in KEYS}
    region, _, edition_id = first["utgava"].partition(".")
    if not first["mote"].isalnum() or not region or not edition_id:
        return None
    known = frozenset(kinds)
    read = [_read(text, region, known) for text in params.get("punkt", ())]
    items = {item.number: item for item in read if item is not None}
    return Agenda(
        meeting_id=first["mote"][:12],
        title=plain_title(first["namn"]),
        region=region,
        edition_id=edition_id,
        items=tuple(items.values())[:MOST_ITEMS],
        since=_day(first["fore"]),
        unknown=len(read) - len(items),
    )


def _place(agenda: Agenda, number: int) -> int:
    return next(i for i, item in enumerate(agenda.items) if item.number == number)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _write(item: Item) -> str:
    chosen = item.filters
    values = {
        "k": chosen.municipalities,
        "t": chosen.object_types,
        "g": chosen.stages,
        "f": (chosen.year_from,) if chosen.year_from else (),
        "e": (chosen.year_to,) if chosen.year_to else (),
        "a": chosen.themes,
        "s": chosen.instruments,
        "m": (chosen.minimum,) if chosen.minimum != LOWEST else (),
        "h": (chosen.highest,) if chosen.highest is not None else (),
        "n": (item.title,) if item.title else (),
    }
    parts = [str(item.number), item.kind, str(item.minutes)]
    parts += [
        ".".join([letter, *(str(each) for each in value)])
        for letter, value in values.items()
        if value
    ]
    return _SPLIT.join(parts)


def _read(text: str, region: str, kinds: frozenset[str]) -> Item | None:
    number, kind, minutes, *rest = [*text.split(_SPLIT), "", ""] if _SPLIT in text else ["", "", ""]
    if not (number.isdecimal() and minutes.isdecimal() and kind in kinds):
        return None
    given = {each[:1]: each[2:] for each in rest if each[1:2] == "."}
    lists = {letter: value.split(".") for letter, value in given.items()}
    filters = Filters(
        region=region,
        municipalities=tuple(c for c in lists.get("k", ()) if _is_municipality(c)),
        object_types=_codes(lists, "t", OBJECT_TYPE.values),
        stages=_codes(lists, "g", (*OBJECT_STAGE.values, STALE)),
        year_from=_number(given, "f", FIRST_YEAR, LAST_YEAR),
        year_to=_number(given, "e", FIRST_YEAR, LAST_YEAR),
        themes=_codes(lists, "a", THEME.values),
        instruments=_codes(lists, "s", INSTRUMENT.values),
        minimum=_number(given, "m", LOWEST, len(COMMITMENT.codes) - 1) or LOWEST,
        highest=_number(given, "h", 0, len(COMMITMENT.codes) - 1),
    )
    length = min(max(int(minutes), 1), LONGEST_MINUTES)
    return Item(int(number), kind, filters, length, plain_title(given.get("n", "")))


def _is_municipality(code: str) -> bool:
    return re.fullmatch(MUNICIPALITY_PATTERN, code) is not None


def _codes(lists: Mapping[str, list[str]], letter: str, known: Iterable[str]) -> tuple[str, ...]:
    allowed = set(known)
    return tuple(code for code in lists.get(letter, ()) if code in allowed)


def _number(given: Mapping[str, str], letter: str, low: int, high: int) -> int | None:
    text = given.get(letter, "")
    return int(text) if text.isdecimal() and low <= int(text) <= high else None
