"""Cards of *Läget*: the five findings, the proof, what has changed, the chain."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

import duckdb
import htpy as h
import polars as pl
import streamlit as st

from dashboard.app_pages.laget.finding import ladder_title
from dashboard.budget import asked
from dashboard.charts import ladder, region_map, thread
from dashboard.charts.change import change_chart, documents_words
from dashboard.meeting.compare import (
    compare_documents,
    edition_before,
    edition_of_day,
    from_to,
    most_moved,
    split,
)
from dashboard.meeting.held import last_meeting
from dashboard.parts.card import (
    card,
    chart_card,
    draw,
    foot,
    municipality_of,
    type_and_level,
)
from dashboard.parts.findings import Short, map_title
from dashboard.parts.markup import link, show
from dashboard.parts.page import level_links, no_evidence
from dashboard.parts.quotation import best_quotation, summary_instead
from dashboard.parts.table import Cell, show_table
from dashboard.parts.to_do import unknown_address
from dashboard.parts.view import CHAIN, View
from dashboard.parts.windows import open_windows
from dashboard.queries.passages import count_passages
from dashboard.text import number
from pipelines.indicators import chain as chain_measures
from pipelines.model.codes import STEP, THEME

QUOTED = 2
_UNREADABLE = "Den tidigare utgåvan kan inte läsas av dagens program."
_EXPLAINED = h.details(".fot")[
    h.summary["Så räknas förändringen"],
    "Talet räknas om som om bara en del av orsakerna hade inträffat. Varje orsaks del är dess "
    "effekt i medel över alla ordningar, så delarna summerar till hela förändringen.",
]
_SAME = "Andelarna har inte ändrats"
_ALONE, _BESIDE = 6, 2
SHOWN_THEMES = 3


def read_plans(view: View, types: pl.DataFrame, places: pl.DataFrame) -> None:
    """Draw the three columns: map, ladder with its proof, and what stands beside them.

    ``types`` is the ladder by type of document, ``places`` how far every municipality reaches.
    """
    with st.container(key="trespalt"):
        left, middle, right = st.columns([29, 42, 29], gap="medium")
    with left:
        chart = region_map.commitment_map(
            places,
            view.borders,
            height=440,
            name="karta_op",
            title=map_title(places),
            subtitle="Högsta förpliktelsegrad i översiktsplan, per kommun",
        )
        chart_card(view, chart, key="karta", follow=municipality_of("op"))
    with middle:
        chart = ladder.ladder(
            types,
            name="forpliktelse_per_handlingstyp",
            title=ladder_title(types),
            subtitle="Antal handlingar efter högsta förpliktelsegrad. "
            "Klicka på en del för att läsa beläggen.",
            unit_label="Handlingstyp",
        )
        below = partial(proof, view, types)
        chart_card(view, chart, key="stege", follow=type_and_level, below=below)
    with right:
        beside(view)


def proof(view: View, wide: pl.DataFrame) -> None:
    """Links to the passages of each level, and the strongest ones to read aloud.

    Where there is nothing to quote, the reason, and summaries as long as there are some.
    """
    level_links(view, wide)
    if view.ask(count_passages, view.filters):
        best_quotation(view, QUOTED)
        return
    no_evidence(view)
    summary_instead(view, number_of=1)


def since_last(view: View) -> bool:
    """Draw the card; where there is nothing to compare with, one quiet line and False."""
    meeting = last_meeting(view)
    earlier = (
        edition_of_day(view.region.name, meeting, view.edition)
        if meeting
        else edition_before(view.region.name, view.edition)
    )
    since = f"Sedan mötet {meeting}" if meeting else f"Sedan förra utgåvan {earlier.day}"
    if earlier.file is None or not _card(view, earlier.file, since):
        show(h.p(".fot")[earlier.absence or _UNREADABLE])
        return False
    return True


def _card(view: View, earlier: Path, since: str) -> bool:
    try:
        rows = asked(lambda: split(earlier, view.edition, view.filters))
        new, revised, gone = compare_documents(view, earlier)
    except (duckdb.Error, pl.exceptions.PolarsError):
        return False
    told = most_moved(rows)
    documents = documents_words(new.height, revised.height, gone.height)
    about = f"{since}: {documents or 'samma dokument'}."
    chart = change_chart(
        rows,
        told,
        title=from_to(told.row(0, named=True)) if told.height else _SAME,
        subtitle=f"{about} Procentenheter." if told.height else about,
    )
    with card("forandring", chart.title, chart.subtitle):
        draw(view, chart)
        if told.height:
            show(_EXPLAINED)
        foot(view, chart, key="forandring")
    return True


def five_findings(view: View, found: list[Short]) -> None:
    """Draw five findings in one row; each leads to its page with the same choice.

    Beside a figure is the way to what it leaves out because its state is unknown.
    """
    show(
        h.ol(".femfynd", aria_label="Fem fynd")[
            (
                h.li[
                    link(view.link(each.page), [h.b[each.figure], " ", h.span[each.words]]),
                    bool(each.unknown)
                    and h.a(".okant", href=unknown_address(view), target="_self")[
                        f"{number(each.unknown)} har okänt läge"
                    ],
                ]
                for each in found
            )
        ]
    )


def beside(view: View) -> None:
    """Draw the right column: what has changed and the chain.

    Where one of them has nothing to say, what can still be influenced takes its place. The change
    is counted last: the first time between two large editions it takes longer than the page.
    """
    top = st.container()
    followed = chain(view)
    with top:
        changed = since_last(view)
    if not (changed and followed):
        open_windows(view, _BESIDE if changed or followed else _ALONE)


def chain(view: View) -> bool:
    """Themes along the chain, as on *Röda tråden*; return whether there is any to show."""
    found = view.measure(chain_measures.outcomes)
    if not found.height:
        return False
    chart = thread.theme_chart(found, thread.AIM)
    with card("kedja", chart.title, thread.SHORT_SUBTITLE):
        show_table(
            ["Tema", *thread.STEP_SHORT.values()],
            [_chain_row(row) for row in chart.table.head(SHOWN_THEMES).to_dicts()],
            caption=chart.title,
            numeric=frozenset(range(1, len(STEP.values) + 1)),
        )
        foot(view, chart, key="kedja", source=CHAIN)
    return True


def _chain_row(row: dict[str, Any]) -> list[Cell]:
    cells = [Cell(thread.step_words(row, step)) for step in STEP.values]
    return [Cell(THEME.labels[row["theme"]]), *cells]
