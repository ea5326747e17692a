"""Cards of *Röda tråden*: what is chosen, themes step by step, where it leaks, what is known."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from html import escape
from typing import Any

import polars as pl
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard import measures
from dashboard.app_pages.roda_traden.finding import coverage, read_of, why_unread
from dashboard.charts import thread
from dashboard.charts.thread import MOST_BOXES
from dashboard.filters import level_label
from dashboard.pages import PAGES
from dashboard.parts.card import card, foot, note
from dashboard.parts.downloads import download
from dashboard.parts.filter_bar import keep_in_link
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
        st.html(
            '<p class="fot">Kedjan behöver alla led: filtren på handlingstyp, skede, år '
            "och högsta grad gäller inte här.</p>"
        )


def themes(view: View, found: pl.DataFrame, lowest: int) -> None:
    """Every theme step by step: one box a municipality, in the same place at every step."""
    chart = thread.theme_chart(found, lowest)
    with card("trad-teman", chart.title, chart.subtitle):
        legend = "".join(
            f'<span><i class="n{level}"></i>{level_label(level)}</span>' for level in range(1, 5)
        )
        heads = "".join(f"<span>{STEP.labels[step]}</span>" for step in STEP.values)
        rows = "".join(
            _theme_row(view, row, found.filter(pl.col("theme") == row["theme"]), lowest)
            for row in chart.table.to_dicts()
        )
        st.html(
            f'<div class="kedja" role="group" aria-label="{escape(chart.alt, quote=True)}">'
            f'<p class="nyckel" aria-hidden="true">{legend}'
            '<span><i class="n4 under"></i>Liten: under vald grad</span>'
            '<span><i class="prov"></i>Test finns</span>'
            '<span><i class="lacka"></i>Läst, temat finns inte</span>'
            '<span><i class="olast"></i>Ej läst</span></p>'
            f'<div class="huvud" aria-hidden="true"><span></span>{heads}</div>{rows}</div>'
        )
        foot(view, chart, key="trad-teman", source=CHAIN)


def _theme_row(view: View, row: dict[str, Any], own: pl.DataFrame, lowest: int) -> str:
    cells = []
    for step in STEP.values:
        drawn = boxes(view, own.filter(pl.col("step") == step), lowest)
        unread = row["started"] - row[f"{step}_judged"]
        rest = f" <em>· {number(unread)} ej läst{'a' if unread > 1 else ''}</em>" if unread else ""
        words = thread.step_words(row, step)
        figure, _, whole = words.partition(" ")
        said = f"<b>{figure}</b> {whole}{rest}" if row[f"{step}_judged"] else f"<em>{words}</em>"
        cells.append(
            f'<div class="led"><p><span class="ledet">{thread.STEP_SHORT[step]}</span> {said}</p>'
            f"{drawn}</div>"
        )
    return f'<div class="tema"><h3>{escape(THEME.labels[row["theme"]])}</h3>{"".join(cells)}</div>'


def steps(view: View, found: pl.DataFrame, values: pl.DataFrame, years: int) -> None:
    """What happens to the threads in each step: grows, holds, weakens, leaks, unknown."""
    chart = thread.step_chart(thread.by_step(found, values), years)
    with card("trad-led", chart.title, chart.subtitle):
        bars = "".join(_step_bar(row) for row in chart.table.to_dicts())
        st.html(
            f'<div class="utfall" role="group" aria-label="{escape(chart.alt, quote=True)}">'
            f"{bars}</div>"
        )
        foot(view, chart, key="trad-led", source=CHAIN)


def _step_bar(row: dict[str, Any]) -> str:
    parts = "".join(
        f'<span class="{code}" style="flex:{row[code]}" title="{OUTCOME.labels[code]}: '
        f'{row[code]}"><b>{row[code]}</b> <small>{_outcome(row["step"], code)}</small></span>'
        for code in _OUTCOMES
        if row[code]
    )
    return (
        f"<div><p><span>{STEP.labels[row['step']]}</span><span>Håller "
        f"{thread.share_words(row)}</span></p>"
        f'<div class="stapel">{parts}</div></div>'
    )


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
            st.html('<p class="tomt">Inga referat i urvalet.</p>')
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


def boxes(view: View, rows: pl.DataFrame, lowest: int) -> str:
    """Return the boxes of one theme in one step as HTML.

    Args:
        view: names the municipalities.
        rows: the theme's rows of the chain in the step, one a municipality.
        lowest: the level below which a box is drawn small.
    """
    states = rows.to_dicts()
    if len(states) > MOST_BOXES:
        return _shares(states, lowest)
    drawn = "".join(
        f'<i class="{box_kind(row, lowest)}" title="{escape(_words(view, row))}"></i>'
        for row in states
    )
    return f'<p class="rutor" aria-hidden="true">{drawn}</p>'


def _shares(states: list[dict[str, Any]], lowest: int) -> str:
    """One box a state, as wide as the municipalities in it are many."""
    counted = Counter((box_kind(row, lowest), state_words(row)) for row in states)
    drawn = "".join(
        f'<i class="{kind}" style="flex:{number}" '
        f'title="{escape(count(number, "kommun", "kommuner"))}: {escape(words)}"></i>'
        for (kind, words), number in sorted(
            counted.items(), key=lambda each: _ORDER.index(each[0][0].split()[0])
        )
    )
    return f'<p class="rutor andelar" aria-hidden="true">{drawn}</p>'


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


def _words(view: View, row: dict[str, Any]) -> str:
    return f"{view.places[row['municipality_code']]}: {state_words(row)}"
