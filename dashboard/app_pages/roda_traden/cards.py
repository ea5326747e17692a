"""Cards of *Röda tråden*: what is chosen, themes step by step, where it leaks, what is known."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Any

import htpy as h
import polars as pl
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard import measures
from dashboard.app_pages.roda_traden.finding import coverage, read_of, why_unread
from dashboard.charts import thread
from dashboard.charts.thread import MOST_BOXES
from dashboard.filters import level_label
from dashboard.pages import PAGES
from dashboard.parts.card import card, draw, foot, note
from dashboard.parts.downloads import download
from dashboard.parts.filter_bar import keep_in_link
from dashboard.parts.markup import show
from dashboard.parts.page import nothing
from dashboard.parts.quotation import summary_instead
from dashboard.parts.table import Cell, show_table
from dashboard.parts.view import CHAIN, View
from dashboard.queries.excerpts import count_summaries
from dashboard.text import DASH, count, number
from pipelines.indicators.scope import YEARS
from pipelines.indicators.testing import named_activities
from pipelines.model.codes import COMMITMENT, OUTCOME, STEP, THEME
from pipelines.model.columns import Column

_YEARS = (4, YEARS, 12, 16)
_LEVELS = tuple(range(thread.AIM, len(COMMITMENT.values)))
_OUTCOMES = ("grows", "holds", "weakens", "leaks", "unknown", "not_applicable")
_KNOWN_COLUMNS = (
    Column(name="step", label="Led", meaning="Ledet i kedjan.", kind="code", codes=STEP),
    Column(name="known", label="Kända", meaning="Kända handlingar eller tester.", kind="integer"),
    Column(name="read", label="Lästa", meaning="Lästa eller kartlagda.", kind="integer"),
    Column(name="why", label="Varför inte", meaning="Varför resten inte är läst."),
)
_LEGEND = (
    ("n4 under", "Liten: under vald grad"),
    ("prov", "Test finns"),
    ("lacka", "Läst, temat finns inte"),
    ("olast", "Ej läst"),
)
_ORDER = ("n4", "n3", "n2", "n1", "prov", "lacka", "olast", "utgar")


def choice(view: View, row: DeltaGenerator) -> tuple[int, int]:
    """Draw years and lowest level in the row of choices and return them.

    The level is the shared filter, so that it stays in the address and follows to other pages.
    """
    with row:
        years = st.segmented_control(
            "Inom så många år från översiktsplanen",
            _YEARS,
            format_func=lambda each: f"{each} år",
            default=YEARS,
            required=True,
            key="ar",
            bind="query-params",
        )
        keep_in_link("ar", f"{years or YEARS} år")
        st.session_state["tradniva"] = max(view.filters.minimum, thread.AIM)
        lowest = st.segmented_control(
            "Räkna kommuner som når minst",
            _LEVELS,
            format_func=level_label,
            required=True,
            key="tradniva",
            on_change=lambda: st.session_state.update(minst=st.session_state["tradniva"]),
        )
    return years or YEARS, lowest or thread.AIM


def not_used(view: View) -> None:
    """Say which of the chosen filters the chain does not take."""
    ignored = [each for each in view.filters.chosen if each in PAGES["roda_traden"].ignores]
    if ignored:
        show(
            h.p(".fot")[
                "Kedjan behöver alla led: filtren på handlingstyp, skede, år och högsta grad "
                "gäller inte här."
            ]
        )


def themes(view: View, found: pl.DataFrame, lowest: int) -> None:
    """Every theme step by step: one box a municipality, in the same place at every step."""
    chart = thread.theme_chart(found, lowest)
    with card("trad-teman", chart.title, chart.subtitle):
        levels = tuple((f"n{level}", level_label(level)) for level in range(1, 5))
        show(
            h.div(".kedja", role="group", aria_label=chart.alt)[
                h.p(".nyckel", aria_hidden="true")[
                    (h.span[h.i(class_=kind), words] for kind, words in (*levels, *_LEGEND))
                ],
                h.div(".huvud", aria_hidden="true")[
                    h.span, (h.span[STEP.labels[step]] for step in STEP.values)
                ],
                (
                    _theme_row(view, row, found.filter(pl.col("theme") == row["theme"]), lowest)
                    for row in chart.table.to_dicts()
                ),
            ]
        )
        foot(view, chart, key="trad-teman", source=CHAIN)


def _theme_row(view: View, row: dict[str, Any], own: pl.DataFrame, lowest: int) -> h.Element:
    cells = []
    for step in STEP.values:
        unread = row["started"] - row[f"{step}_judged"]
        words = thread.step_words(row, step)
        said: h.Node = h.em[words]
        if row[f"{step}_judged"]:
            figure, _, whole = words.partition(" ")
            rest = f"· {number(unread)} ej läst{'a' if unread > 1 else ''}" if unread else ""
            said = [h.b[figure], f" {whole}", rest and [" ", h.em[rest]]]
        cells.append(
            h.div(".led")[
                h.p[h.span(".ledet")[thread.STEP_SHORT[step]], " ", said],
                boxes(view, own.filter(pl.col("step") == step), lowest),
            ]
        )
    return h.div(".tema")[h.h3[THEME.labels[row["theme"]]], cells]


def steps(view: View, found: pl.DataFrame, values: pl.DataFrame, years: int) -> None:
    """What happens to the threads in each step: grows, holds, weakens, leaks, unknown."""
    chart = thread.step_chart(thread.by_step(found, values), years, found)
    with card("trad-led", chart.title, chart.subtitle):
        with st.container(key="bred-floden"):
            draw(view, chart)
        bars = [_step_bar(row) for row in chart.table.to_dicts()]
        show(h.div(".utfall", role="group", aria_label=chart.alt)[bars])
        foot(view, chart, key="trad-led", source=CHAIN)


def _step_bar(row: dict[str, Any]) -> h.Element:
    parts = (
        h.span(class_=code, style=f"flex:{many}", title=f"{OUTCOME.labels[code]}: {many}")[
            h.b[many], " ", h.small[_outcome(row["step"], code)]
        ]
        for code in _OUTCOMES
        if (many := row[code])
    )
    return h.div[
        h.p[h.span[STEP.labels[row["step"]]], h.span[f"Håller {thread.share_words(row)}"]],
        h.div(".stapel")[parts],
    ]


def _outcome(step: str, outcome: str) -> str:
    tests = {"holds": "test finns", "leaks": "inget test"} if step == "test" else {}
    return tests.get(outcome, OUTCOME.labels[outcome].lower())


def instead(view: View, years: int) -> None:
    """While no thread can be followed: what is known of each step, and what others have read."""
    used = replace(
        view.filters, object_types=(), stages=(), year_from=None, year_to=None, highest=None
    )
    if used.chosen:
        nothing(
            view.under(used),
            "Ingen tråd i urvalet.",
            lambda chosen: _threads(_traced(view.under(chosen), years)),
        )
    with st.container(key="tvaspalt"):
        left, right = st.columns([50, 50], gap="medium")
    with left:
        _known(view)
    with right, card("trad-referat", "Referat ur sidor och dokument", "Räknas inte i någon andel"):
        if not any(view.ask(count_summaries, view.filters)):
            show(h.p(".tomt")["Inga referat i urvalet."])
        summary_instead(view)


def _traced(view: View, years: int) -> pl.DataFrame:
    return view.measure(measures.red_thread, years=years)["carry_through"]


def _threads(found: pl.DataFrame) -> int:
    """How many start: themes that a municipality's comprehensive plan takes up."""
    return found.filter(pl.col("step") == "op").height


def _known(view: View) -> None:
    states = coverage(view)
    tests = view.measure(named_activities).height
    rows: list[dict[str, Any]] = [
        {"step": step, "known": sum(own.values()), "read": read_of(own), "why": why_unread(own)}
        for step in ("op", "dp", "ma")
        for own in (states.get(step, {}),)
    ]
    rows.append({"step": "test", "known": tests, "read": tests, "why": ""})
    frame = pl.DataFrame(rows)
    with card("trad-kant", "Det här är känt led för led", "Kända och lästa handlingar i urvalet"):
        show_table(
            ["Led", "Kända", "Lästa", "Varför inte lästa"],
            [
                [
                    Cell(STEP.labels[row["step"]]),
                    Cell(number(row["known"])),
                    Cell(number(row["read"]) if row["step"] != "test" else "kartlagda"),
                    Cell(row["why"] or DASH),
                ]
                for row in rows
            ],
            caption="Känt led för led",
            numeric=frozenset({1, 2}),
        )
        note(view, "Kedjan ritas när en översiktsplan och en senare handling är lästa", CHAIN)
        with st.container(horizontal=True, gap="medium"):
            download(view, "roda_traden_underlag", frame, _KNOWN_COLUMNS, key="trad-kant")


def boxes(view: View, rows: pl.DataFrame, lowest: int) -> h.Element:
    """Return the boxes of one theme in one step.

    Args:
        view: names the municipalities.
        rows: the theme's rows of the chain in the step, one a municipality.
        lowest: the level below which a box is drawn small.
    """
    states = rows.to_dicts()
    if len(states) > MOST_BOXES:
        return _shares(states, lowest)
    return h.p(".rutor", aria_hidden="true")[
        (
            h.i(
                class_=box_kind(row, lowest),
                title=f"{view.places[row['municipality_code']]}: {state_words(row)}",
            )
            for row in states
        )
    ]


def _shares(states: list[dict[str, Any]], lowest: int) -> h.Element:
    """One box a state, as wide as the municipalities in it are many."""
    counted = Counter((box_kind(row, lowest), state_words(row)) for row in states)
    ordered = sorted(counted.items(), key=lambda each: _ORDER.index(each[0][0].split()[0]))
    return h.p(".rutor.andelar", aria_hidden="true")[
        (
            h.i(
                class_=kind,
                style=f"flex:{many}",
                title=f"{count(many, 'kommun', 'kommuner')}: {words}",
            )
            for (kind, words), many in ordered
        )
    ]


def box_kind(row: dict[str, Any], lowest: int = 0) -> str:
    """The class of a box: level, test, leak, not read or not applicable."""
    if row["level"] is not None:
        return f"n{row['level']}" + (" under" if row["level"] < lowest else "")
    kinds = {"leaks": "lacka", "unknown": "olast", "not_applicable": "utgar", "holds": "prov"}
    return kinds[row["outcome"]]


def state_words(row: dict[str, Any]) -> str:
    """``Ska``, ``test finns``, ``läcker ut`` or ``okänt`` of one step."""
    if row["level"] is not None:
        return level_label(row["level"])
    if row["step"] == "test":
        return {"holds": "test finns", "leaks": "inget test", "unknown": "ej kartlagt"}.get(
            row["outcome"], OUTCOME.labels[row["outcome"]].lower()
        )
    words = {"leaks": "läst, finns inte", "unknown": "ej läst"}
    return words.get(row["outcome"], OUTCOME.labels[row["outcome"]].lower())
