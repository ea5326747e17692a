"""What is collected of one municipality: its plans and allocations with their documents."""

from __future__ import annotations

from functools import partial
from typing import Any

import polars as pl
import streamlit as st

from dashboard.handling.address import document_address
from dashboard.parts.card import card, note
from dashboard.parts.downloads import download
from dashboard.parts.page import FIRST_ROWS, STAGES, known_objects, nothing
from dashboard.parts.table import Cell, show_table
from dashboard.parts.unfold import rest_of
from dashboard.parts.view import View
from dashboard.queries import municipality
from dashboard.text import DASH, TYPE_SHORT, capital, count, listing, number, unknown_since
from pipelines.model.codes import COVERAGE, DOCUMENT_KIND
from pipelines.model.columns import COLUMN

_DOCUMENT = ("Dokument", "Datum", "Sidor")
_COLUMNS = tuple(
    COLUMN[name]
    for name in (
        "object_name", "object_type", "object_stage", "status_per", "is_stale", "document_title",
        "document_kind", "document_date", "pages", "coverage", "coverage_reason", "is_latest",
        "source_url",
    )
)  # fmt: skip


def documents(view: View) -> None:
    """Every plan with its documents, and for each whether it is read or why not."""
    frame = view.ask(municipality.documents, view.filters)
    with card("dokument", _title(frame), "Lästa först. Underlaget säger varför något saknas."):
        if not frame.height:
            nothing(view, "Inga handlingar i urvalet.", known_objects(view))
            return
        _table(view, frame.head(FIRST_ROWS))
        rest_of(frame, FIRST_ROWS, ("rad", "rader"), partial(_table, view), key="dokument")
        note(view, _kinds(frame))
        with st.container(horizontal=True, gap="medium"):
            download(view, "dokument", frame, _COLUMNS, key="dokument")


def _title(frame: pl.DataFrame) -> str:
    objects = frame["object_name"].n_unique()
    collected = frame.drop_nulls("document_title").height
    plans = count(objects, "känd handling", "kända handlingar")
    if not collected:
        return f"{capital(plans)}, inga dokument insamlade"
    return f"{capital(plans)}, {count(collected, 'dokument', 'dokument')} insamlade"


def _kinds(frame: pl.DataFrame) -> str:
    counts = dict(frame["coverage"].value_counts().rows())
    words = [
        f"{number(counts[code])} {label[:1].lower()}{label[1:]}"
        for code, label in COVERAGE.labels.items()
        if counts.get(code)
    ]
    return listing(words)


def _table(view: View, frame: pl.DataFrame) -> None:
    """Draw the rows; columns about documents only where there are any."""
    rows = frame.to_dicts()
    about = _DOCUMENT if frame["document_kind"].count() else ()
    show_table(
        ["Handling", "Skede", *about, "Underlag"],
        [[*_plan(row), *(_document(view, row) if about else ()), _coverage(row)] for row in rows],
        caption="Handlingar och dokument",
        numeric=frozenset({4} if about else ()),
    )


def _plan(row: dict[str, Any]) -> list[Cell]:
    return [
        Cell(row["object_name"], row["object_url"] or "", TYPE_SHORT[row["object_type"]]),
        Cell(STAGES.get(row["object_stage"], row["object_stage"] or DASH), second=_state(row)),
    ]


def _state(row: dict[str, Any]) -> str:
    """Per which day the stage is known, or since when it is unknown."""
    if row["is_stale"]:
        return unknown_since(row["status_per"])
    return f"per {row['status_per']}" if row["status_per"] else ""


def _document(view: View, row: dict[str, Any]) -> list[Cell]:
    kind = DOCUMENT_KIND.labels.get(row["document_kind"] or "", "")
    title = row["document_title"] or kind or DASH
    return [
        Cell(
            title,
            document_address(view.region, view.edition.stem, row),
            kind if row["document_title"] else "",
        ),
        Cell(row["document_date"] or DASH),
        Cell(number(row["pages"])),
    ]


def _coverage(row: dict[str, Any]) -> Cell:
    """What is read or why not; *ej insamlad* is its own reason."""
    code = row["coverage"]
    reason = "" if code == "not_collected" else row["coverage_reason"]
    return Cell(COVERAGE.labels[code], second=reason or "", kind=f"underlag {code}")
