"""Minutes as files: Markdown to paste into the real minutes, CSV to follow up in a sheet."""

from __future__ import annotations

import polars as pl

from dashboard.meeting.notes import ENTRY_LABELS, PointNotes
from dashboard.meeting.pack import Pack
from pipelines.model.columns import Column
from pipelines.warehouse.delimited import Dialect, write_csv

COLUMNS = tuple(
    Column(
        name=name,
        label=label,
        meaning=meaning,
        kind="date" if name in ("held_on", "due") else "text",
    )
    for name, label, meaning in (
        ("meeting", "Möte", "Mötets namn."),
        ("held_on", "Mötesdatum", "Dagen då protokollet togs ut."),
        ("edition_id", "Utgåva", "Utgåvan som siffrorna kommer ur."),
        ("place", "Punkt", "Punktens plats i dagordningen."),
        ("heading", "Rubrik", "Punktens rubrik."),
        ("finding", "Fynd", "Bildens slutsats."),
        ("choice", "Urval", "Filtren som gällde."),
        ("kind", "Slag", "Beslut, uppföljning eller anteckning."),
        ("text", "Text", "Vad som beslutades eller antecknades."),
        ("responsible", "Ansvarig", "Ansvarig organisation."),
        ("due", "Senast", "Dagen då det ska vara gjort."),
    )
)


def minutes_markdown(pack: Pack) -> str:
    """Return the minutes as Markdown, every point with its finding, choice and decisions."""
    lines = [f"# Protokoll: {_plain(pack.title)}", ""]
    lines += [f"- Region: {pack.region}", f"- Datum: {pack.held_on}"]
    lines += [f"- Utgåva: {pack.edition_id} (byggd {pack.edition_day})"]
    lines += [f"- {pack.mark}"] if pack.mark else []
    for place, (item, slide) in enumerate(pack.points, start=1):
        lines += ["", f"## {place}. {_plain(slide.heading)} ({item.minutes} min)", ""]
        lines += [f"{slide.finding}.", "", f"Urval: {slide.choice}. {slide.note}. {slide.source}."]
        lines += _entries(pack.minutes.of(item.number))
    return "\n".join(lines) + "\n"


def minutes_csv(pack: Pack, dialect: Dialect) -> bytes:
    """Return one row a decision, follow-up or note, with edition, choice and day."""
    rows = []
    for place, (item, slide) in enumerate(pack.points, start=1):
        common = {
            "meeting": pack.title,
            "held_on": pack.held_on.isoformat(),
            "edition_id": pack.edition_id,
            "place": str(place),
            "heading": slide.heading,
            "finding": slide.finding,
            "choice": slide.choice,
        }
        notes = pack.minutes.of(item.number)
        rows += [
            {
                **common,
                "kind": ENTRY_LABELS[entry.kind],
                "text": entry.text,
                "responsible": entry.responsible,
                "due": entry.due,
            }
            for entry in notes.entries
        ]
        if notes.note:
            own = {"kind": "Anteckning", "text": notes.note, "responsible": "", "due": ""}
            rows.append({**common, **own})
    frame = pl.DataFrame(rows, schema={column.name: pl.String for column in COLUMNS})
    return write_csv(frame, COLUMNS, dialect, pack.mark)


def _entries(notes: PointNotes) -> list[str]:
    lines: list[str] = [""] if notes.entries or notes.note else []
    for entry in notes.entries:
        facts = [f"ansvarig: {_plain(entry.responsible)}"] if entry.responsible else []
        facts += [f"senast {entry.due}"] if entry.due else []
        tail = f" ({', '.join(facts)})" if facts else ""
        lines.append(f"- **{ENTRY_LABELS[entry.kind]}:** {_plain(entry.text)}{tail}")
    if notes.note:
        lines += ["", *(f"> {line}" for line in notes.note.splitlines())]
    return lines


def _plain(text: str) -> str:
    """One line, so that a line break cannot start a heading or a list."""
    return " ".join(text.split())
