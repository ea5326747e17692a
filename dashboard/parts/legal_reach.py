"""What the law lets a municipality demand, stage by stage, and what it does not."""

from __future__ import annotations

from typing import NamedTuple

import htpy as h

from dashboard.parts.card import card, note
from dashboard.parts.markup import show
from dashboard.parts.table import Cell, show_table
from dashboard.parts.view import View
from dashboard.queries.wordings import levers_by_type
from dashboard.text import DASH, capital, number, part

FLAG = "Kontrollera lagstöd (8 kap. 4 a § PBL)"
IN_SHORT = {
    "op": "Vägleder, binder inte",
    "dp": "Får bara reglera det som 4 kap. PBL medger",
    "ma": "Villkor som markägare",
}
"""What a wording from each type of document can be used for."""


class Stage(NamedTuple):
    """One stage: its name, the type of document where it is counted, what is open, the limit."""

    name: str
    object_type: str
    open: str
    limit: str
    law: str


STAGES: tuple[Stage, ...] = (
    Stage(
        "Översiktsplan",
        "op",
        "Peka ut testområden, ange mål och vilja, lova att pröva nytt i kommunens egen verksamhet.",
        "Vägleder men binder inte. Ett ska gäller kommunen själv, inte byggherren.",
        "3 kap. 2–3 §§ PBL",
    ),
    Stage(
        "Detaljplan",
        "dp",
        "Ge plats för lösningen: mark för provning, höjd, byggrätt, teknikhus, parkering.",
        "Bara det som lagen räknar upp. Egna krav på ett byggnadsverks tekniska egenskaper är "
        "utan verkan.",
        "4 kap. och 8 kap. 4 a § PBL",
    ),
    Stage(
        "Exploateringsavtal",
        "",
        "Byggherrens åtgärder för gator, allmän plats, vatten och avlopp som planen kräver.",
        "Åtagandet ska vara nödvändigt för planen och stå i rimligt förhållande till nyttan.",
        "6 kap. 39–42 §§ PBL",
    ),
    Stage(
        "Markanvisning på egen mark",
        "ma",
        "Tävling, kriterier och poäng för nya lösningar, funktionskrav, testbädd som villkor.",
        "Kommunen handlar som fastighetsägare. Riktlinjer ska finnas, villkoren likabehandla.",
        "Lag (2014:899), undantaget i 8 kap. 4 a § PBL",
    ),
    Stage(
        "Upphandling",
        "",
        "Funktionskrav, dialog, innovationspartnerskap, förkommersiell upphandling, pilot.",
        "Kraven ska hänga samman med det som köps och vara proportionella.",
        "LOU (2016:1145)",
    ),
)
"""Stages in the order of the planning process."""


def reach(view: View) -> None:
    """Draw the table, with how many passages at *Ska* the read documents of each stage hold."""
    rows = {row["object_type"]: row for row in view.ask(levers_by_type, view.filters).to_dicts()}
    flagged = sum(row["flagged"] for row in rows.values())
    title = "Rådighet: vad lagen lämnar öppet i varje skede"
    subtitle = "Vägledning för att hitta rätt skede, inte juridisk rådgivning."
    with card("radighet", title, subtitle):
        show_table(
            ["Skede", "Öppet för kommunen", "Gräns", "Lagrum", "Belägg på nivån Ska"],
            [_row(stage, rows) for stage in STAGES],
            caption=title,
            numeric=frozenset(),
        )
        total = sum(row["at_shall"] for row in rows.values())
        verb = "är märkt" if flagged == 1 else "är märkta"
        marks = (
            f"{capital(part(flagged, total, neuter=True))} belägg på nivån Ska {verb} ”{FLAG}”"
            if total
            else ""
        )
        note(view, marks)
        show(
            h.p(".fot")[
                "Märkningen säger att en jurist bör läsa, aldrig att skrivningen är fel eller "
                "föredömlig."
            ]
        )


def _row(stage: Stage, rows: dict[str, dict[str, int]]) -> list[Cell]:
    counted = rows.get(stage.object_type)
    made = f"{number(counted['at_shall'])} av {number(counted['passages'])}" if counted else DASH
    return [Cell(stage.name), Cell(stage.open), Cell(stage.limit), Cell(stage.law), Cell(made)]
