"""Hand in a checked file: what it changes, the button, and what has been handed in."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime

import htpy as h
import streamlit as st

from dashboard.access import demand, person
from dashboard.app_pages.kontrollera.cards import Checked, takes_files
from dashboard.parts.card import card
from dashboard.parts.failure import explain
from dashboard.parts.markup import file_line, show
from dashboard.parts.table import Cell, show_table
from dashboard.parts.view import View
from dashboard.queries import edition
from dashboard.text import DASH, count, number
from pipelines.errors import PlanInnovationError, SourceError
from pipelines.model.tables import TABLE
from pipelines.sources import handed_in
from pipelines.sources.handed_in import REPLACES, Change, HandIn, Replaces

_SHOWN = 20
_FAULT = "inlamningsfel"


def offer(view: View, result: Checked | SourceError) -> None:
    """Draw what a sound file would change and the button that hands it in."""
    if isinstance(result, SourceError) or not takes_files(view):
        return
    if result.rows_loaded < result.rows_in or not result.rows_in:
        return
    digest = hashlib.sha256(result.content).hexdigest()
    waiting = (each for each in handed_in.hand_ins(view.region) if not each.undone_at)
    if any(each.sha256 == digest for each in waiting):
        st.success("Filen är inlämnad och tas in vid nästa bygge.")
        return
    with card("lamna", "Lämna in filen", "Så ändras utgåvan vid nästa bygge. Det går att ångra."):
        replaces: Replaces = st.radio(
            "Vad filen omfattar",
            list(REPLACES),
            format_func=lambda code: REPLACES[code],
            key="inlamningssatt",
        )
        _changes(view, result, replaces)
        st.button(
            "Lämna in", type="primary", key="lamna-in",
            on_click=_hand_in, args=(view, result, replaces),
        )  # fmt: skip
        _fault()


def _changes(view: View, result: Checked, replaces: Replaces) -> None:
    changes = [
        handed_in.change(TABLE[name], view.ask(edition.whole_table, name), rows, replaces)
        for name, rows in result.rows.items()
    ]
    show_table(
        ["Register", "Nya", "Ändrade", "Tas bort", "Oförändrade"],
        [
            [
                Cell(each.table.label),
                *(Cell(number(len(rows))) for rows in (each.new, each.changed, each.gone)),
                Cell(number(each.same)),
            ]
            for each in changes
        ],
        caption="Rader jämfört med den visade utgåvan",
        numeric=frozenset({1, 2, 3, 4}),
    )
    for each in changes:
        _details(each)


def _details(change: Change) -> None:
    for label, keys in (("Nya", change.new), ("Tas bort", change.gone)):
        if keys:
            more = f" och {number(len(keys) - _SHOWN)} till" if len(keys) > _SHOWN else ""
            show(h.p(".fot")[h.b[f"{label}:"], f" {', '.join(keys[:_SHOWN])}{more}"])
    if change.cells.height:
        show_table(
            ["Rad", "Kolumn", "Nu", "Blir"],
            [
                [Cell(row["key"]), Cell(row["column"]), Cell(row["before"] or DASH),
                 Cell(row["after"] or DASH)]
                for row in change.cells.head(_SHOWN).to_dicts()
            ],
            caption=f"Ändrade värden i {change.table.label.lower()}",
            numeric=frozenset(),
        )  # fmt: skip
        if change.cells.height > _SHOWN:
            more = count(change.cells.height - _SHOWN, "ändrat värde", "ändrade värden")
            show(h.p(".fot")[f"{more} till."])


def _hand_in(view: View, result: Checked, replaces: Replaces) -> None:
    try:
        hand_in(view, result, replaces)
    except PlanInnovationError as error:
        st.session_state[_FAULT] = error


def hand_in(view: View, result: Checked, replaces: Replaces) -> HandIn:
    """Keep the file for the next build.

    Raises:
        AccessError: the roles of the one who asks do not allow it.
        SourceError: the region takes no files, or the file does not hold.
    """
    demand("hand_in", f"inlämning av {TABLE[result.register].file} för {view.region.name}")
    name = result.file_name.partition(", bladet ")[0]
    return handed_in.store(
        view.region, name, result.content, result.chosen, replaces, person().who, datetime.now(UTC)
    )


def _undo(view: View, hand_in_id: str) -> None:
    try:
        undo(view, hand_in_id)
    except PlanInnovationError as error:
        st.session_state[_FAULT] = error


def undo(view: View, hand_in_id: str) -> None:
    """Leave a hand-in out from the next build on.

    Raises:
        AccessError: the roles of the one who asks do not allow it.
        SourceError: the region takes no files, or there is no such hand-in.
    """
    demand("hand_in", f"ångrad inlämning {hand_in_id[:40]} för {view.region.name}")
    if not view.region.hand_in:
        raise SourceError(
            f"{view.region.label} tar inte emot filer här.",
            expected="En region som har hand_in = true i region.toml.",
            do="Be den som driver panelen.",
        )
    handed_in.undo(view.region, hand_in_id, person().who, datetime.now(UTC))


def _fault() -> None:
    error = st.session_state.pop(_FAULT, None)
    if error is not None:
        explain(error)


def handed(view: View) -> None:
    """Draw what has been handed in, how far it has come, and a button that undoes each."""
    if not takes_files(view):
        return
    found = handed_in.hand_ins(view.region)
    if not found:
        return
    published = set(view.ask(edition.deliveries)["sha256"])
    with card("inlamnat", "Inlämnade filer", "Vad som har lämnats in här och hur långt det kommit"):
        _fault()
        for each in found[:_SHOWN]:
            with st.container(
                horizontal=True, key=f"inl-{each.hand_in_id}", vertical_alignment="center"
            ):
                about = (
                    each.file_name,
                    count(each.rows, "rad", "rader"),
                    f"{_day(each.at)} av {each.who}",
                    _state(each, each.sha256 in published),
                )
                show(file_line(each.label, " · ".join(about)))
                if not each.undone_at:
                    st.button(
                        "Ångra", key=f"angra-{each.hand_in_id}", type="tertiary",
                        on_click=_undo, args=(view, each.hand_in_id),
                    )  # fmt: skip
        if len(found) > _SHOWN:
            show(h.p(".fot")[f"{number(len(found) - _SHOWN)} äldre visas inte."])


def _state(each: HandIn, is_published: bool) -> str:
    if each.undone_at:
        day = _day(each.undone_at)
        return f"ångrad {day}{', tas bort vid nästa bygge' if is_published else ''}"
    return "ingår i utgåvan" if is_published else "väntar på nästa bygge"


def _day(moment: str) -> str:
    return f"{datetime.fromisoformat(moment).astimezone():%Y-%m-%d %H:%M}"
