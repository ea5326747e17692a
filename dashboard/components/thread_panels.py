"""Cards of *Röda tråden*: what is chosen, themes step by step, where it leaks, what is known."""

from __future__ import annotations

from dataclasses import replace
from html import escape
from typing import Any

import polars as pl
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard.charts import thread
from dashboard.components import thread_boxes
from dashboard.components.card import card, foot, note
from dashboard.components.downloads import download
from dashboard.components.link_values import keep_in_link
from dashboard.components.page import nothing
from dashboard.components.panels import summary_instead
from dashboard.components.tables import Cell, show_table
from dashboard.components.thread_finding import coverage, read_of, why_unread
from dashboard.components.view import View
from dashboard.filters import level_label
from dashboard.measures import measure, selection_of
from dashboard.queries.passages import count_summaries
from dashboard.text import DASH, number
from dashboard.web.page import RESOURCES
from pipelines.indicators import chain, pages
from pipelines.indicators.chosen_activities import named_activities
from pipelines.indicators.selection import YEARS
from pipelines.model.codes import COMMITMENT, THEME
from pipelines.model.column import Column
from pipelines.model.measure_codes import OUTCOME, STEP

_YEARS = (4, YEARS, 12, 16)
_LEVELS = tuple(range(thread.AIM, len(COMMITMENT.values)))
_UNUSED = ("typ", "skede", "fran", "till", "hogst")
"""Filters that the chain does not take: it needs every step, whenever it was decided."""
_OUTCOMES = ("grows", "holds", "weakens", "leaks", "unknown", "not_applicable")
_KNOWN_COLUMNS = (
    Column(name="step", label="Led", meaning="Ledet i kedjan.", kind="code", codes=STEP),
    Column(name="known", label="Kända", meaning="Kända handlingar eller tester.", kind="integer"),
    Column(name="read", label="Lästa", meaning="Lästa eller kartlagda.", kind="integer"),
    Column(name="why", label="Varför inte", meaning="Varför resten inte är läst."),
)
SOURCE = "kommunernas planhandlingar och registret över testverksamhet"


def style() -> None:
    """Load what only the pages about the chain and the windows need."""
    st.html(RESOURCES / "kedja.css")


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
    ignored = [each for each in view.filters.chosen if each in _UNUSED]
    if ignored:
        st.html(
            '<p class="fot">Kedjan behöver alla led: filtren på handlingstyp, skede, år '
            "och högsta grad gäller inte här.</p>"
        )


def traced(view: View, years: int) -> pages.Frames:
    """The chain and its numbers under the reader's choice."""
    chosen = selection_of(view.filters, years=years)
    return measure(view.edition, view.region, pages.red_thread, chosen)


def traced_themes(view: View, years: int) -> pl.DataFrame:
    """How each theme fares in each municipality, without what stands behind the steps."""
    chosen = selection_of(view.filters, years=years)
    return measure(view.edition, view.region, chain.outcomes, chosen)


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
        foot(view, chart, key="trad-teman", source=SOURCE)


def _theme_row(view: View, row: dict[str, Any], own: pl.DataFrame, lowest: int) -> str:
    cells = []
    for step in STEP.values:
        boxes = thread_boxes.boxes(view, own.filter(pl.col("step") == step), lowest)
        unread = row["started"] - row[f"{step}_judged"]
        rest = f" <em>· {number(unread)} ej läst{'a' if unread > 1 else ''}</em>" if unread else ""
        words = thread.step_words(row, step)
        figure, _, whole = words.partition(" ")
        said = f"<b>{figure}</b> {whole}{rest}" if row[f"{step}_judged"] else f"<em>{words}</em>"
        cells.append(
            f'<div class="led"><p><span class="ledet">{thread.STEP_SHORT[step]}</span> {said}</p>'
            f"{boxes}</div>"
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
        foot(view, chart, key="trad-led", source=SOURCE)


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
            lambda chosen: _threads(traced(view.under(chosen), years)["carry_through"]),
        )
    with st.container(key="tvaspalt"):
        left, right = st.columns([50, 50], gap="medium")
    with left:
        _known(view)
    with right, card("trad-referat", "Andras läsning av utdrag", "Räknas inte i någon andel"):
        if not view.ask(count_summaries, view.filters):
            st.html('<p class="tomt">Inga referat i urvalet.</p>')
        summary_instead(view)


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
        note(view, "Kedjan ritas när en översiktsplan och en senare handling är lästa", SOURCE)
        with st.container(horizontal=True, gap="medium"):
            download(view, "roda_traden_underlag", frame, _KNOWN_COLUMNS, key="trad-kant")
