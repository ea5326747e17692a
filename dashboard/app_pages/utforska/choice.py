"""What the reader puts where, as widgets and as parameters of the address."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl
import streamlit as st

from dashboard.app_pages.utforska import units
from dashboard.charts.explore import ROLES, Measure
from dashboard.parts.card import card
from dashboard.parts.filter_bar import keep_in_link
from dashboard.parts.view import View

PARAMETER = {"x": "vagratt", "y": "lodratt", "colour": "farg", "size": "storlek"}
"""Role of a measure → parameter of the address and key of its widget."""
KIND, YEAR, MARKED = "enhet", "till_ar", "markerade"
ALL_YEARS = "Alla år"
_NONE = "Ingen"
_MOST_MARKED = 40
"""More marks than this make an address that browsers and e-mail cut."""


@dataclass(frozen=True)
class Choice:
    """What is shown: the kind of unit, a measure a role, and the last year (None: all years)."""

    kind: str
    measures: dict[str, Measure | None]
    year: int | None
    values: pl.DataFrame

    @property
    def forms(self) -> tuple[str, str]:
        """One and several of the units."""
        return units.FORMS[self.kind]


def choose(view: View) -> Choice:
    """Draw the choice of units, axes, colour, size and year."""
    with card("utforskaval", "Vad vill du se?", "Bilden och länken följer valet"):
        kind = st.segmented_control(
            "En punkt är en av",
            list(units.FORMS),
            default=units.MUNICIPALITIES,
            required=True,
            key=KIND,
            bind="query-params",
        )
        year = _year(view)
        values = units.values_of(view, kind, year)
        offered = units.measures_of(values, kind)
        measures = {role: _measure(role, offered, kind) for role in ROLES}
        keep_in_link(KIND, kind)
    return Choice(kind, measures, year, values)


def _measure(role: str, offered: dict[str, Measure], kind: str) -> Measure | None:
    """Draw the choice for one role; colour and size may be left out."""
    labels = {measure.label: measure for measure in offered.values()}
    free = role in ("colour", "size")
    options = [*([_NONE] if free else []), *labels]
    if not options:
        return None
    key = PARAMETER[role]
    if st.session_state.get(key) not in (None, *options):
        # A measure of another kind of unit must not linger in the choice.
        del st.session_state[key]
    preset = offered.get(units.DEFAULTS[kind][role] or "")
    first = options.index(preset.label) if preset else 0
    chosen = st.selectbox(ROLES[role], options, index=first, key=key, bind="query-params")
    keep_in_link(key, chosen)
    return labels.get(chosen)


def _year(view: View) -> int | None:
    """Draw the years as a slider where the choice has more than one."""
    years = [str(year) for year in units.years_of(view)]
    if len(years) < 2:
        return None
    options = [*years, ALL_YEARS]
    if st.session_state.get(YEAR) not in (None, *options):
        del st.session_state[YEAR]
    chosen = st.select_slider(
        "Handlingar till och med år",
        options,
        value=ALL_YEARS,
        key=YEAR,
        bind="query-params",
        help="Senare handlingar räknas inte. Pågående testverksamhet är den som pågick det året; "
        "andra register räknas hela.",
    )
    keep_in_link(YEAR, chosen)
    return None if chosen == ALL_YEARS else int(chosen)


def marks(table: pl.DataFrame, kind: str) -> list[str]:
    """Draw the marked units as a list that can be searched, for those who do not draw a box."""
    names = dict(table.select("unit_id", "unit_name").rows())
    if not names:
        return []
    kept = [each for each in st.session_state.get(MARKED, []) if each in names]
    if kept != st.session_state.get(MARKED, []):
        st.session_state[MARKED] = kept
    chosen: list[str] = st.multiselect(
        f"Markerade {units.FORMS[kind][1]}",
        list(names),
        format_func=lambda unit: names.get(unit, unit),
        placeholder="Dra en ruta i bilden, eller välj här",
        select_all=False,
        key=MARKED,
        bind="query-params",
    )
    keep_in_link(MARKED, *([names[each] for each in chosen] if is_in_link(chosen) else []))
    return chosen


def is_in_link(marked: list[str]) -> bool:
    """Whether the address can carry the marks."""
    return len(marked) <= _MOST_MARKED


def mark(found: list[str]) -> None:
    """Take what was marked in the picture; an empty box leaves the marks as they are."""
    if found:
        st.session_state[MARKED] = list(dict.fromkeys(str(each) for each in found))
