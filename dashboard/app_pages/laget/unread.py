"""*Läget* of a region where little is read: what excerpts say, what is certain, what is unknown.

A wall of unread bars tells a meeting nothing. Here it sees what pages and documents say in the
municipalities' own name, counted by themselves and never as plan text; the typed answers about
climate demands; the tests and windows that are certain today; and what to find out first.
"""

from __future__ import annotations

from typing import Any

import polars as pl
import streamlit as st

from dashboard.app_pages.laget.finding import choosing, tests
from dashboard.charts import excerpts as charts
from dashboard.parts.card import card, chart_card, note
from dashboard.parts.climate import climate_card
from dashboard.parts.findings import Finding, Short, windows
from dashboard.parts.quotation import excerpts_to_read
from dashboard.parts.table import Cell, show_table
from dashboard.parts.testing import running_now
from dashboard.parts.to_do import tasks_card
from dashboard.parts.view import EXCERPTS, PLANS, TESTS, View
from dashboard.parts.windows import link_to, open_now, stage_words
from dashboard.queries.excerpts import to_check
from dashboard.text import DASH, TYPE_SHORT, count, listing, number, part, word

_QUOTED, _TASKS, _OPEN, _RUNNING = 2, 7, 4, 10


def finding(view: View, counts: pl.DataFrame, types: pl.DataFrame) -> Finding:
    """Say how many municipalities speak in their own name in excerpts, and how many bind."""
    read, known = (int(types[name].sum()) if types.height else 0 for name in ("read", "known"))
    asked = len(view.filters.municipalities) or len(view.places)
    names = charts.speaking(counts)
    bound = charts.speaking(counts, least=charts.SHOULD, certain=True)
    lead = (
        f"{number(read)} av {number(known)} kända planer och markanvisningar är lästa. "
        "Utdragen visar vad någon har sett, inte vad planerna säger; det som saknas säger "
        "ingenting."
    )
    if not names:
        return Finding("Inget utdrag i urvalet där en kommun talar i eget namn", lead)
    headline = (
        f"I utdrag skriver {part(len(names), asked)} {_municipality(asked)} om innovation i eget "
        f"namn"
    )
    if bound:
        where = f" – {listing(bound)}" if len(bound) <= 4 else ""
        headline += f", {word(len(bound))} med säkert bör eller ska{where}"
    return Finding(headline, lead)


def _municipality(number_of: int) -> str:
    return "kommun" if number_of == 1 else "kommuner"


def short_findings(view: View, values: pl.DataFrame, answers: pl.DataFrame) -> list[Short]:
    """Return what is certain: climate demands, criteria, windows, tests, and what is to be done."""
    yes = answers.filter(pl.col("climate_barometer") == "ja").height
    climate = Short(
        f"{number(yes)} av {number(answers.height)}" if answers.height else "–",
        "kommuner ställer klimatkrav i upphandling, enligt Miljöbarometern",
        "upphandling",
    )
    tasks = view.ask(to_check, view.filters)
    return [
        climate,
        choosing(values),
        windows(values),
        tests(values),
        Short(number(tasks.height), "uppgifter att kontrollera eller samla in", "att_kontrollera"),
    ]  # fmt: skip


def draw(view: View, counts: pl.DataFrame, answers: pl.DataFrame) -> None:
    """Draw the cards of the first view.

    ``counts`` are the rows of ``excerpt_counts`` and ``answers`` those of ``climate_answers``.
    """
    with st.container(key="trespalt"):
        left, middle, right = st.columns([29, 42, 29], gap="medium")
    with left:
        chosen = view.filters.municipalities
        chart_card(
            view,
            charts.excerpt_map(
                counts, view.places, chosen, view.borders, height=440, name="utdrag_per_kommun"
            ),
            key="utdragskarta",
            follow=_own_excerpts,
            source=EXCERPTS,
        )
    with middle:
        chart_card(
            view,
            charts.excerpt_bars(counts, name="utdrag_per_slag"),
            key="utdrag",
            source=EXCERPTS,
            below=lambda: excerpts_to_read(view, _QUOTED),
        )
    with right:
        tasks_card(view, _TASKS)
    with st.container(key="tvaspalt"):
        left, right = st.columns(2, gap="medium")
    with left:
        climate_card(view, answers)
        open_now_card(view)
    with right:
        running_card(view)


def _own_excerpts(data: list[Any]) -> dict[str, Any] | None:
    """A municipality of the map: its excerpts on *Belägg*."""
    code, level = data
    return {"kommun": [code]} if level else None


def open_now_card(view: View) -> None:
    """Plans and allocations that can be influenced, as far as their state is known today."""
    rows = open_now(view)
    title = f"{count(rows.height, 'handling', 'handlingar')} kan säkert påverkas i dag"
    with card("oppna", title, "Läget är daterat och har inte passerat sin hållbarhet."):
        if rows.height:
            show_table(
                ["Handling", "Skede", "Läget per"],
                [
                    [
                        Cell(row["object_name"], link_to(view, row),
                             f"{row['municipality_name']} · {TYPE_SHORT[row['object_type']]}"),
                        Cell(stage_words(row)),
                        Cell(row["status_per"] or DASH),
                    ]
                    for row in rows.head(_OPEN).to_dicts()
                ],
                caption=title,
                numeric=frozenset(),
            )  # fmt: skip
        note(view, _more(rows.height, _OPEN), PLANS)


def running_card(view: View) -> None:
    """Test activities that run, as far as their state is known today."""
    rows = running_now(view)
    title = f"{count(rows.height, 'test', 'tester')} pågår säkert i dag"
    with card("pagar", title, "Läget är daterat och har inte passerat sin hållbarhet."):
        if rows.height:
            show_table(
                ["Test", "Värd", "Läget per"],
                [
                    [
                        Cell(row["activity_name"], row["source_url"] or "",
                             row["municipality_name"]),
                        Cell(row["host"] or DASH),
                        Cell(row["status_per"] or DASH),
                    ]
                    for row in rows.head(_RUNNING).to_dicts()
                ],
                caption=title,
                numeric=frozenset(),
            )  # fmt: skip
        note(view, _more(rows.height, _RUNNING), TESTS)


def _more(total: int, shown: int) -> str:
    return f"{number(total - shown)} till på sin sida" if total > shown else ""
