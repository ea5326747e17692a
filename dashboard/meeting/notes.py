"""Minutes: decisions and follow-ups of each point, kept as text in the browser, taken out as files.

They never travel in an address: addresses end up in server logs and in other people's hands.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from typing import Any, Literal

EntryKind = Literal["beslut", "uppfoljning"]
ENTRY_LABELS: dict[EntryKind, str] = {"beslut": "Beslut", "uppfoljning": "Uppföljning"}
LONGEST_ENTRY = 600
LONGEST_NOTE = 4000
_FORM = 1


@dataclass(frozen=True)
class Entry:
    """One decision or follow-up: what, which organisation answers for it, and by which day."""

    kind: EntryKind
    text: str
    responsible: str = ""
    due: str = ""


@dataclass(frozen=True)
class PointNotes:
    """What is written down under one point of the agenda."""

    note: str = ""
    entries: tuple[Entry, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing is written."""
        return not self.note and not self.entries


@dataclass(frozen=True)
class Minutes:
    """The notes of a meeting by the number of the point."""

    points: Mapping[int, PointNotes] = field(default_factory=dict)

    def of(self, number: int) -> PointNotes:
        """Return the notes of a point; empty ones where there are none."""
        return self.points.get(number, PointNotes())

    @property
    def entries(self) -> int:
        """How many decisions and follow-ups there are."""
        return sum(len(notes.entries) for notes in self.points.values())


def add_entry(minutes: Minutes, number: int, entry: Entry) -> Minutes:
    """Return the minutes with an entry under a point; an entry without text changes nothing."""
    clean = replace(
        entry,
        text=entry.text.strip()[:LONGEST_ENTRY],
        responsible=entry.responsible.strip()[:LONGEST_ENTRY],
    )
    if not clean.text:
        return minutes
    notes = minutes.of(number)
    return _put(minutes, number, replace(notes, entries=(*notes.entries, clean)))


def drop_entry(minutes: Minutes, number: int, place: int) -> Minutes:
    """Return the minutes without the entry at ``place`` under a point."""
    notes = minutes.of(number)
    kept = tuple(entry for i, entry in enumerate(notes.entries) if i != place)
    return _put(minutes, number, replace(notes, entries=kept))


def set_note(minutes: Minutes, number: int, text: str) -> Minutes:
    """Return the minutes with the free text of a point set."""
    return _put(minutes, number, replace(minutes.of(number), note=text.strip()[:LONGEST_NOTE]))


def to_json(minutes: Minutes) -> str:
    """Return the text that the browser keeps."""
    points = {
        str(number): {"note": notes.note, "entries": [asdict(entry) for entry in notes.entries]}
        for number, notes in sorted(minutes.points.items())
        if not notes.is_empty
    }
    return json.dumps({"form": _FORM, "points": points}, ensure_ascii=False)


def from_json(text: str) -> Minutes:
    """Read what the browser kept; a text that is not ours gives empty minutes.

    The browser's memory can be changed by whoever sits at it, so every value is checked.
    """
    try:
        held = json.loads(text or "{}")
        points = held["points"] if held.get("form") == _FORM else {}
        return Minutes({int(number): _point(value) for number, value in points.items()})
    except (ValueError, KeyError, TypeError, AttributeError):
        return Minutes()


def _put(minutes: Minutes, number: int, notes: PointNotes) -> Minutes:
    return Minutes({**minutes.points, number: notes})


def _point(value: dict[str, Any]) -> PointNotes:
    entries = tuple(_entry(each) for each in value.get("entries", ()))
    return PointNotes(str(value.get("note", ""))[:LONGEST_NOTE], entries)


def _entry(value: dict[str, Any]) -> Entry:
    kind: EntryKind = "uppfoljning" if value.get("kind") == "uppfoljning" else "beslut"
    texts = [str(value.get(name, ""))[:LONGEST_ENTRY] for name in ("text", "responsible", "due")]
    return Entry(kind, texts[0], texts[1], _day_or_nothing(texts[2]))


def _day_or_nothing(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        return ""
