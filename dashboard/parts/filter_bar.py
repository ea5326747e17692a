"""The shared filters: one quiet row on every page, kept in the address.

The widgets are drawn by the entry script on every page, inside an expander, because a widget that
is not drawn – or that lies in a closed popover – loses its value from the address.

*Kopiera länk* also spells out values that the page itself chose: an address leaves out a widget's
default, and some defaults follow the data or the reader's own browser.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import htpy as h
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard.database import ask
from dashboard.filters import (
    FIRST_YEAR,
    FREE,
    LAST_YEAR,
    STAGES,
    Filters,
    address,
    level_label,
    stage_labels,
)
from dashboard.parts.markup import copy_button, show
from dashboard.parts.municipality import remember_button
from dashboard.queries.municipality import nearest
from dashboard.text import NBSP, count, number
from pipelines.indicators.scope import LOWEST
from pipelines.model.codes import COMMITMENT, INSTRUMENT, OBJECT_TYPE, THEME

_YEARS = list(range(LAST_YEAR, FIRST_YEAR - 1, -1))
_LEVELS = list(range(len(COMMITMENT.codes)))
LOWEST_HELP = (
    "Väljer vilka belägg som listas, citeras och räknas i temarutorna, och vilka handlingar som "
    "listas. Mått, staplar, kartor och index räknar alltid alla nivåer. På Röda tråden väljer den "
    "från vilken nivå ett tema räknas i ett led."
)
_KEY = "i_lanken"


def reset(**values: Any) -> None:
    """Set every filter but the region to *all*, then the given ones."""
    for key, free in FREE.items():
        value = values.get(key, free.everything)
        st.session_state[key] = list(value) if isinstance(value, tuple) else value


def region_switch(names: dict[str, str], opening: str) -> str:
    """Draw the region switch and return the chosen region's name."""
    options = list(names)
    # The address carries the label; a link written by hand may carry the short name.
    asked = st.query_params.get("region", "")
    chosen = st.segmented_control(
        "Region",
        options,
        format_func=names.__getitem__,
        default=asked if asked in names else opening,
        required=True,
        key="region",
        bind="query-params",
        on_change=lambda: st.session_state.update(kommun=[]),
    )
    return chosen if chosen in names else opening


def filter_widgets(region: str, places: dict[str, str]) -> Filters:
    """Draw the other filters and return the reader's choice."""
    _drop_unknown("kommun", places)
    with st.container(horizontal=True, key="filterfalt", gap="medium"):
        municipalities = _several("Kommuner", "kommun", places, "Alla kommuner")
        types = _several("Handlingstyp", "typ", OBJECT_TYPE.labels, "Alla handlingar")
        stages = _several("Skede", "skede", dict(zip(STAGES, STAGES, strict=True)), "Alla skeden")
        themes = _several("Teman", "tema", THEME.labels, "Alla teman")
        instruments = _several("Styrmedel", "styrmedel", INSTRUMENT.labels, "Alla styrmedel")
        year_from = _one("Från och med år", "fran", _YEARS, "Alla år")
        year_to = _one("Till och med år", "till", _YEARS, "Alla år")
        minimum = st.selectbox(
            "Lägsta förpliktelsegrad",
            _LEVELS[LOWEST:],
            format_func=level_label,
            placeholder=level_label(LOWEST),
            key="minst",
            bind="query-params",
            help=LOWEST_HELP,
            width=210,
        )
        highest = st.selectbox(
            "Handlingens högsta grad",
            _LEVELS,
            index=None,
            format_func=level_label,
            placeholder="Alla",
            key="hogst",
            bind="query-params",
            help="Bara handlingar vars starkaste belägg ligger på just denna nivå.",
            width=210,
        )
    return Filters(
        region=region,
        municipalities=tuple(municipalities),
        object_types=tuple(types),
        stages=tuple(code for label in stages for code in STAGES[label]),
        year_from=year_from,
        year_to=year_to,
        themes=tuple(themes),
        instruments=tuple(instruments),
        minimum=minimum or LOWEST,
        highest=highest,
    )


def choice_in_words(
    filters: Filters, regions: dict[str, str], places: dict[str, str]
) -> list[tuple[str, str]]:
    """What is chosen, a part for each filter: words, and after them the chosen value if any."""
    everything = "en kommun" if len(places) == 1 else f"alla {len(places)} kommuner"
    chosen = [
        ("", regions[filters.region]),
        _names(filters.municipalities, places, "kommuner", everything),
        _names(filters.object_types, OBJECT_TYPE.labels, "typer", "alla handlingar"),
    ]
    if filters.stages:
        chosen.append(_names(tuple(stage_labels(filters.stages)), {}, "skeden", ""))
    chosen.append(_period(filters))
    chosen.append(_names(filters.themes, THEME.labels, "teman", "alla teman"))
    if filters.instruments:
        chosen.append(_names(filters.instruments, INSTRUMENT.labels, "styrmedel", ""))
    if filters.minimum != LOWEST:
        chosen.append(("minst ", level_label(filters.minimum)))
    if filters.highest is not None:
        chosen.append(("högsta grad ", level_label(filters.highest)))
    return chosen


def summary(parts: list[tuple[str, str]]) -> h.Node:
    """The row's text: chosen values in bold; what is not narrowed gives way on a phone."""
    drawn: list[h.Node] = []
    for words, value in parts:
        part = [f"{NBSP}· " if drawn else "", words, value and h.b[value]]
        drawn.append(part if value else h.span(".alla")[part])
    return drawn


def coverage_words(counts: dict[str, int]) -> str:
    """``48 av 61 kända handlingar lästa · 13 ej insamlade`` from coverage code → number."""
    known = sum(counts.values())
    read = counts.get("read_found", 0) + counts.get("read_none", 0)
    words = [f"{number(read)} av {count(known, 'känd handling läst', 'kända handlingar lästa')}"]
    reasons = {
        "not_collected": ("ej insamlad", "ej insamlade"),
        "unreadable": ("oläsbar", "oläsbara"),
        "not_understood": ("ej förstådd", "ej förstådda"),
        "excerpt_only": ("endast utdrag", "endast utdrag"),
        "withheld": ("med sekretess", "med sekretess"),
    }
    words += [count(counts[code], *forms) for code, forms in reasons.items() if counts.get(code)]
    return " · ".join(words)


def buttons(edition: Path, filters: Filters, places: dict[str, str]) -> DeltaGenerator:
    """Draw *Återställ* and what makes the one chosen municipality *Min kommun*.

    Returns the place of *Kopiera länk*, which is drawn when the page has said what it shows.
    """
    with st.container(horizontal=True, key="filterknappar", gap="small"):
        st.button(
            "Återställ",
            key="aterstall",
            on_click=reset,
            type="tertiary",
            disabled=not filters.chosen,
        )
        place = st.container(width="content", key="kopieraplats")
        if len(filters.municipalities) == 1:
            remember_button(places, filters.municipalities[0], where="filter")
            _with_similar(edition, filters.municipalities[0])
    return place


def _with_similar(edition: Path, code: str) -> None:
    """Draw the button that adds the municipalities most like the chosen one, where they are known.

    They become ordinary choices, so that a link shows which they are.
    """
    group = ask(edition, nearest, code)["municipality_code"].to_list()
    if len(group) > 1:
        st.button(
            "Ta med liknande kommuner",
            key="liknande",
            on_click=lambda: st.session_state.update(kommun=group),
            type="tertiary",
            width="content",
            help="De som är mest lika i folkmängd, täthet, antal kända planer och eget markägande.",
        )


def copy_link(filters: Filters, regions: dict[str, str], places: dict[str, str]) -> None:
    """Draw *Kopiera länk*; the link spells out every value of the filters and of the page."""
    more = link_values({"region", *FREE})
    show(
        copy_button("Kopiera länk", address(filters, regions=regions, places=places, more=more)),
        width="content",
    )


def _several(label: str, key: str, options: dict[str, str], everything: str) -> list[str]:
    chosen: list[str] = st.multiselect(
        label,
        list(options),
        format_func=lambda code: options.get(code, code),
        placeholder=everything,
        select_all=False,
        key=key,
        bind="query-params",
        width=300,
    )
    return [code for code in chosen if code in options]


def _one(label: str, key: str, options: list[int], everything: str) -> int | None:
    return st.selectbox(
        label, options, index=None, placeholder=everything, key=key, bind="query-params", width=150
    )


def _drop_unknown(key: str, options: dict[str, str]) -> None:
    """A municipality of the other region must not linger in the choice."""
    kept = [code for code in st.session_state.get(key, []) if code in options]
    if kept != st.session_state.get(key, []):
        st.session_state[key] = kept


def _names(
    codes: tuple[str, ...], labels: dict[str, str], plural: str, everything: str
) -> tuple[str, str]:
    if not codes:
        return everything, ""
    if len(codes) > 2:
        return "", f"{len(codes)} {plural}"
    return "", ", ".join(labels.get(code, code) for code in codes)


def _period(filters: Filters) -> tuple[str, str]:
    if filters.year_from and filters.year_to:
        return "", f"{filters.year_from}–{filters.year_to}"
    if filters.year_from:
        return "", f"från {filters.year_from}"
    return ("", f"till {filters.year_to}") if filters.year_to else ("alla år", "")


def forget_link_values() -> None:
    """Forget the values of the page that ran before."""
    st.session_state[_KEY] = {}


def keep_in_link(name: str, *values: str) -> None:
    """Spell out a parameter of the address, in the words that its widget shows."""
    st.session_state.setdefault(_KEY, {})[name] = list(values)


def link_values(filters: set[str]) -> dict[str, list[str]]:
    """Return what the address says beside the named filters, and what the page has added."""
    params = st.query_params
    given = {name: params.get_all(name) for name in params if name not in filters}
    return given | dict(st.session_state.get(_KEY, {}))
